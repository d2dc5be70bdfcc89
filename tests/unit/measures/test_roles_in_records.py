"""In which roles people act, as the records name them, on rows checked by eye."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.measures.roles import ASSESS, TAKE_ON, Roles, roles
from spec.dataset import snapshot

FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)
ASSESSMENTS = """
    assessment_id | person_id | start_date | completion_date | assessor_role
    1             | Ann       | 2025-05-01 | 2025-05-05      | Health visitor
    2             | Ben       | 2025-05-01 | 2025-06-05      | HEALTH VISITOR
    3             | Cat       | 2025-05-01 | 2025-07-05      | Health visitor
    4             | Dan       | 2025-05-01 | 2025-07-05      |
    5             | Eve       | 2025-05-01 |                 | Pastoral lead
    6             | Flo       | 2024-05-01 | 2024-05-05      | Pastoral lead
"""
WORKERS = """
    worker_id | team  | role           | valid_from | valid_to
    W1        | North | Support worker | 2020-01-01 | 2025-08-31
    W1        | North | Team manager   | 2025-09-01 |
    W2        | North | Support worker |            |
"""
ALLOCATIONS = """
    episode_id | worker_id | from_date  | to_date
    1          | W1        | 2025-05-01 |
    2          | W1        | 2025-10-01 |
    3          | W2        | 2025-10-01 |
    4          | W9        | 2025-10-01 |
    5          | W2        | 2024-10-01 |
"""


@pytest.fixture(scope="module")
def found():
    tables = {"eh_assessment": ASSESSMENTS, "worker": WORKERS, "allocation": ALLOCATIONS}
    return roles(snapshot(tables, checked=False), FIRST, LAST)


def test_a_role_is_one_however_its_letters_are_written_and_is_told_as_most_often_spelt(found):
    assert found[ASSESS] == Roles({"Health visitor": 3}, others=0, unsaid=1)


def test_a_worker_is_in_the_role_of_the_day_and_a_role_of_one_worker_alone_is_another_role(found):
    """Worker 1 took on a family as support worker, as worker 2 did, and one as the only team manager; 9 is on no list."""
    assert found[TAKE_ON] == Roles({"Support worker": 2}, others=1, unsaid=1)


def test_where_nothing_is_recorded_there_are_no_roles():
    assert roles(snapshot({}, checked=False), FIRST, LAST) == {ASSESS: Roles({}), TAKE_ON: Roles({})}
