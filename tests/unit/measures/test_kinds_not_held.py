"""Kinds of record of which none is held: said only where no word without a code could be one."""

from __future__ import annotations

import pytest

from earlyhelp.measures import CATALOGUE
from earlyhelp.measures.calculate import kinds_not_held
from spec.dataset import snapshot

EVENTS = """
    event_id | person_id | type         | start_date
    1        | Ann       | looked_after | 2024-01-01
    2        | Ben       | {other}      | 2024-02-01
"""


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("cin_episode", "no such record is held at all (social_care_event.type)"),
        ("unmapped", "no record has its code, and some words of social_care_event.type have none yet"),
    ],
    ids=["every word has a code", "a word has none"],
)
def test_that_there_is_no_such_record_is_said_only_where_every_word_has_a_code(other: str, why: str) -> None:
    with snapshot({"social_care_event": EVENTS.format(other=other)}, checked=False) as con:
        told = {kind.code: kind.why for kind in kinds_not_held(con, CATALOGUE["G2"])}
    assert told["cp_plan"] == why
