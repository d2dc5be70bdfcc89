"""The flow by week and the workers there were, on rows that can be counted by eye."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures.waiting import GROUPINGS, Ending, Priority, Waits, flow, weekly_workers
from earlyhelp.measures.waiting.flow import LONGEST_WEEKS, WEEKS
from spec.dataset import snapshot

AS_AT = date(2026, 3, 31)
CODES = {"W": Ending.WAITING, "A": Ending.ALLOCATED, "E": Ending.ESCALATED, "L": Ending.LEFT}


def made(text: str, level: str = "targeted") -> Waits:
    """Waits from words such as `20A10`: accepted 20 days before the last day, allocated 10 before it (`20W` waits)."""
    words = text.split()
    begun = [int(word.partition(code)[0]) for word in words for code in CODES if code in word]
    codes = [code for word in words for code in CODES if code in word]
    over = [int(word.partition(code)[2] or 0) for word, code in zip(words, codes, strict=True)]
    groups = {name: np.full(len(words), level, dtype=object) for name in GROUPINGS}
    begun_days = np.array(begun, dtype=np.int64)
    days = begun_days - np.array(over, dtype=np.int64)
    ending = np.array([CODES[code] for code in codes], dtype=np.int64)
    return Waits(AS_AT, np.arange(len(words)), np.datetime64(AS_AT) - begun_days, days, ending, groups)


def test_a_week_is_the_seven_days_up_to_the_last_day_and_so_on_back():
    """Three weeks: days 20 to 14 before the last day, 13 to 7, 6 to 0."""
    found = flow(made("20W 14A13 13A7 13E6 6L0 0W 7W"))
    assert found.arrivals[:, 0].tolist() == [2, 3, 2]
    assert found.allocated.tolist() == [0, 2, 0]
    assert found.escalated.tolist() == [0, 0, 1]
    assert found.left.tolist() == [0, 0, 1]
    assert found.waiting_before.tolist() == [0, 2, 3]
    assert found.waiting_after.tolist() == [2, 3, 3]
    assert found.busy.tolist() == [True, True, True]
    assert found.list_now[0, :4].tolist() == [1, 1, 1, 0]


def test_weeks_before_the_first_acceptance_and_incomplete_ones_are_no_flow():
    assert len(flow(made("27W"))) == 4
    assert len(flow(made("26W"))) == 3
    assert len(flow(made("5W"))) == 0
    assert len(flow(made("5000A4000"))) == WEEKS == 52
    assert len(flow(made(""))) == 0


def test_who_has_waited_longer_than_is_kept_apart_is_kept_together():
    found = flow(made("5000W 3000W 8W"))
    assert found.list_now[0, [1, LONGEST_WEEKS]].tolist() == [1, 2]
    assert found.list_now.shape == flow(made("8W")).list_now.shape == (1, LONGEST_WEEKS + 1)


def test_families_with_priority_are_the_first_class():
    first, then = made("20W 13W", level="family_help"), made("20W 20W 20A0", level="targeted")
    both = Waits(
        AS_AT,
        np.arange(5),
        np.concatenate([first.accepted, then.accepted]),
        np.concatenate([first.days, then.days]),
        np.concatenate([first.ending, then.ending]),
        {name: np.concatenate([first.groups[name], then.groups[name]]) for name in GROUPINGS},
    )
    found = flow(both, priority=Priority("level", ("family_help",)))
    assert found.arrivals.tolist() == [[1, 3], [1, 0], [0, 0]]
    assert found.list_now.sum(axis=1).tolist() == [2, 2]
    assert found.allocated.tolist() == [0, 0, 1]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.sampled_from("AELW")), min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_the_list_of_each_week_is_that_of_the_week_before_with_who_came_and_without_who_went(waits):
    words = [f"{max(a, b)}{code}{0 if code == 'W' else min(a, b)}" for a, b, code in waits]
    found = flow(made(" ".join(words)))
    gone = found.allocated + found.escalated + found.left
    assert (found.waiting_before + found.arrivals.sum(axis=1) - gone == found.waiting_after).all()
    assert (found.waiting_before[1:] == found.waiting_after[:-1]).all()
    for ago in range(len(found)):  # the oracle: who had been accepted and had not gone when the week was over
        still = [max(a, b) >= 7 * ago and (code == "W" or min(a, b) < 7 * ago) for a, b, code in waits]
        assert found.waiting_after[len(found) - 1 - ago] == sum(still)
    assert found.list_now.sum() == sum(code == "W" for _, _, code in waits)


ALLOCATION = "episode_id | worker_id | from_date | to_date\n1 | W1 | 2025-01-01 | 2025-02-01\n2 | W2 | 2026-03-20 |"


def test_workers_who_have_held_an_episode_count_with_their_hours_on_the_last_day_of_each_week():
    staff = """
        worker_id | team  | fte | valid_from | valid_to
        W1        | North | 0.5 | 2026-03-17 | 2026-03-24
        W2        | North |     | 2026-03-18 |
        W3        | North | 1.0 | 2020-01-01 |
    """
    con = snapshot({"allocation": ALLOCATION, "worker": staff}, checked=False)
    assert weekly_workers(con, AS_AT, weeks=4).tolist() == [0, 0.5, 1.5, 1.0]  # 17, 24 and 31 March; W3 holds nothing


def test_without_a_staff_list_those_who_hold_an_episode_count_as_one_each():
    con = snapshot({"allocation": ALLOCATION}, checked=False)
    assert weekly_workers(con, AS_AT, weeks=3).tolist() == [0, 1, 1]


def test_without_either_nobody_tells_who_works_there():
    assert weekly_workers(snapshot({}, checked=False), AS_AT) is None
    assert flow(made("20W 14A13")).per_worker_week is None


def test_a_week_that_ends_with_nobody_waiting_shows_only_the_least_that_could_be_done():
    """Of three weeks, two end with families waiting, having allocated 1 and 4; one allocated 2 and nobody was left."""
    found = flow(made("20A20 20A13 20A13 6A0 6A0 6A0 6A0 6W"))
    assert (found.allocated.tolist(), found.busy.tolist()) == ([1, 2, 4], [True, False, True])
    numbers, chances = found.capacity
    assert numbers.tolist() == [1, 4]
    assert chances == pytest.approx([1 / 3, 2 / 3])


def test_where_the_most_was_done_with_nobody_left_waiting_that_is_what_can_be_done():
    found = flow(made("20A13 20A7 20A7 13A0 6W"))
    assert (found.allocated.tolist(), found.busy.tolist()) == ([0, 3, 1], [True, True, True])
    cleared = flow(made("20A13 20A7 20A7 6A0 6W"))
    assert (cleared.allocated.tolist(), cleared.busy.tolist()) == ([0, 3, 1], [True, False, True])
    numbers, chances = cleared.capacity
    assert numbers.tolist() == [0, 1, 3]
    assert chances == pytest.approx([1 / 3, 1 / 3, 1 / 3])


def test_a_worker_takes_on_what_can_be_done_by_who_was_there():
    busy = flow(made("20A12 20A12 20A5 20W"), workers=np.array([9.0] * (WEEKS - 3) + [2.0, 2.0, 2.0]))
    assert busy.per_worker_week == pytest.approx(3 / 6)
    assert flow(made("20A12 20W"), workers=np.full(WEEKS, 0.2)).per_worker_week == pytest.approx(1 / 3 / 0.2)
    assert flow(made("20A12 20W"), workers=np.zeros(WEEKS)).per_worker_week is None


def test_days_of_a_week_are_those_that_the_calendar_says():
    waits = made("6A6 7A7")
    assert waits.until.astype(date).tolist() == [AS_AT - timedelta(days=6), AS_AT - timedelta(days=7)]
