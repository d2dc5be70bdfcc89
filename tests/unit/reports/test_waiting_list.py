"""The waiting list as blocks: the table of how waits end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from earlyhelp.measures import Standards
from earlyhelp.measures.waiting import waiting
from earlyhelp.release import policy, publish_waiting
from earlyhelp.reports.waiting import how_waits_end
from spec.dataset import snapshot

AS_AT = date(2026, 3, 31)
ALLOCATED_WITHIN_A_WEEK = """
    episode_id | person_id | start_date | allocated_date
    1          | Ann       | 2025-05-01 | 2025-05-04
    2          | Ben       | 2025-06-02 | 2025-06-06
    3          | Cat       | 2025-07-01 | 2025-07-08
"""


def ending(share: float | None, lower: float | None, upper: float | None, status: str = "ok") -> dict[str, Any]:
    return {"ending": "left", "day": 28, "share": share, "lower": lower, "upper": upper, "status": status}


@pytest.mark.parametrize(
    ("row", "share", "interval"),
    [
        (ending(0.1, 0.05, 0.2), "10.0%", "5.0% to 20.0%"),
        (ending(0.0, None, None), "0.0%", "none"),
        (ending(1.0, None, None), "100.0%", "none"),
        (ending(None, None, None, "suppressed"), "too few to say", "none"),
        (ending(None, None, None, "not_mature"), "not mature yet", "none"),
    ],
)
def test_a_share_of_none_or_of_all_is_told_and_has_no_interval(row: dict[str, Any], share: str, interval: str) -> None:
    assert how_waits_end([row]).table.rows == (("left the list", "28", share, interval),)


def test_a_list_from_which_every_family_was_allocated_is_told_in_full() -> None:
    with snapshot({"eh_episode": ALLOCATED_WITHIN_A_WEEK}, AS_AT, checked=False) as con:
        told = publish_waiting(waiting(con, Standards(AS_AT)), policy("none"))
    assert [row for row in how_waits_end(told.endings).table.rows if row[1] == "28"] == [
        ("allocated to a worker", "28", "100.0%", "none"),
        ("stepped up while waiting", "28", "0.0%", "none"),
        ("left the list", "28", "0.0%", "none"),
    ]
