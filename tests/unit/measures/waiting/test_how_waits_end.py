"""What became of families on the list: shares by day that can be added up by eye, and how long those served waited."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures.waiting import GROUPINGS, Ending, Waits, endings
from earlyhelp.measures.waiting.escalation import CURVE_DAYS, DAYS, FEWEST_ALLOCATED
from earlyhelp.statistics.survival import kaplan_meier

AS_AT = date(2026, 3, 31)
CODES = {"W": Ending.WAITING, "A": Ending.ALLOCATED, "E": Ending.ESCALATED, "L": Ending.LEFT}


def made(text: str) -> Waits:
    """Waits from words such as `10A 30E 86W`: days and what ended them, each of a family of its own."""
    words = text.split()
    days = np.array([int(word[:-1]) for word in words], dtype=np.int64)
    ending = np.array([CODES[word[-1]] for word in words], dtype=np.int64)
    nothing = {name: np.full(len(words), "not_recorded", dtype=object) for name in GROUPINGS}
    return Waits(AS_AT, np.arange(len(words)), np.datetime64(AS_AT) - days, days, ending, nothing)


def test_without_anybody_waiting_shares_are_plain_counts():
    found = endings(made("10A 20A 30E 40L 60E 90A 95A 99A"))
    shares = {(each.ending, each.day): each.share for each in found.shares}
    assert [shares[Ending.ALLOCATED, day] for day in DAYS] == pytest.approx([2 / 8, 2 / 8, 2 / 8])
    assert [shares[Ending.ESCALATED, day] for day in DAYS] == pytest.approx([0, 1 / 8, 2 / 8])
    assert [shares[Ending.LEFT, day] for day in DAYS] == pytest.approx([0, 1 / 8, 1 / 8])
    assert found.counts == {Ending.WAITING: 0, Ending.ALLOCATED: 5, Ending.ESCALATED: 2, Ending.LEFT: 1}


def test_a_family_still_waiting_counts_until_the_day_it_was_last_seen():
    """Of 4, one is off the list by day 10, one is last seen on day 20, and half of the two then left escalate."""
    told = endings(made("10A 20W 30E 60W")).share(Ending.ESCALATED, 56)
    assert told.share == pytest.approx(3 / 4 * 1 / 2)
    assert (told.events, told.at_risk, told.of) == (1, 1, 4)
    assert told.lower < told.share < told.upper


def test_who_is_allocated_or_last_seen_on_a_day_was_on_the_list_that_day():
    told = endings(made("27W 28A 28W 60W")).share(Ending.ALLOCATED, 28)
    assert (told.events, told.at_risk, told.share) == (1, 3, pytest.approx(1 / 3))


def test_leaving_is_no_chance_to_be_allocated_later():
    """Taking the two that left for "still waiting" would tell that all are allocated by day 30."""
    left = endings(made("10L 20L 30A")).share(Ending.ALLOCATED, 56)
    wrong = kaplan_meier([10, 20, 30], [False, False, True])
    assert left.share == pytest.approx(1 / 3)
    assert 1 - wrong.survival[-1] == 1


def test_a_day_that_nobody_has_been_followed_to_is_not_mature_and_not_zero():
    found = endings(made("10A 20A 30W"))
    assert found.share(Ending.ALLOCATED, 28).share == pytest.approx(2 / 3)
    late = found.share(Ending.ALLOCATED, 84)
    assert (late.share, late.lower, late.upper, late.at_risk) == (None, None, None, 0)


def test_a_share_of_none_has_no_bounds_but_says_how_many_there_are():
    told = endings(made("10A 20A 90A 95A")).share(Ending.ESCALATED, 56)
    assert (told.share, told.lower, told.upper, told.events, told.at_risk, told.of) == (0, None, None, 0, 2, 4)


def test_a_day_that_is_not_told_is_refused():
    with pytest.raises(KeyError, match="escalated by day 29"):
        endings(made("10A")).share(Ending.ESCALATED, 29)


def test_those_allocated_so_far_look_quicker_than_those_served_in_the_end():
    """Half of the list is served within 20 days; of the others, all seen for 200 days or more, half need 200."""
    quick, slow, still = "20A " * 20, "200A " * 10, "150W " * 10
    served = endings(made(quick + slow + still)).served
    assert served.ended_ninth_decile == 200
    assert served.ended_median == 20
    assert (served.median.estimate, served.ninth_decile.estimate) == (20, 200)
    hidden = endings(made("20A " * 20 + "30W " * 15 + "200A " * 5)).served
    assert hidden.ended_median == 20
    assert hidden.median.estimate == 20
    assert hidden.ended_ninth_decile == 200
    mostly_hidden = endings(made("20A " * 20 + "30W " * 30 + "200A " * 1 + "210A " * 1)).served
    assert mostly_hidden.ended_ninth_decile == 20  # 22 allocated, of whom 2 late
    assert mostly_hidden.ninth_decile.estimate == 210  # of 52, 30 are still on their way to be late


def test_bounds_of_the_median_hold_it_and_come_with_enough_allocated():
    lengths = " ".join(f"{n}A" for n in range(1, 60))
    median = endings(made(lengths), seed=1).served.median
    assert median.estimate == 30
    assert 20 <= median.lower < 30 < median.upper <= 40
    assert median == endings(made(lengths), seed=1).served.median
    few = endings(made("5A " * (FEWEST_ALLOCATED - 1))).served.median
    assert (few.estimate, few.lower, few.upper) == (5, None, None)


def test_allocations_after_a_year_are_not_those_served():
    assert endings(made("10A 365A 366A")).served.ninth_decile.estimate == 365
    assert endings(made("10A 20W 30W")).served.waiting == 2
    assert endings(made("400A")).served.median.estimate is None


def test_where_nobody_was_allocated_there_is_no_median_and_the_sentence_says_so():
    found = endings(made("10L 30W"))
    assert (found.served.median.estimate, found.served.ended_median) == (None, None)
    assert found.sentences[0] == "Nobody has been allocated."


def test_what_became_of_families_is_told_in_sentences():
    allocated, escalated = endings(made("10A 20A 30E 40L 60E 90A 95A 99A")).sentences
    assert allocated == (
        "Half of the families that are allocated within a year wait 90 days or less, nine in ten 99 days or less, with "
        "those still waiting taken into account."
    )
    assert escalated.startswith(
        "Of families accepted, these shares had stepped up to statutory services while they waited: 0.0% by day 28, "
        "12.5% (95% interval "
    )
    assert escalated.count("by day") == 3
    many = endings(made("10A 20A 30A 40A " * 5 + "99W"), seed=1)
    low, high = many.served.median.lower, many.served.median.upper
    assert f"wait 20 days (95% interval {low:.0f} to {high:.0f}) or less" in many.sentences[0]
    assert endings(made("10A 11W")).sentences[1:] == ()


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from("WAEL")), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_shares_only_grow_and_never_add_up_to_more_than_all(waits):
    found = endings(made(" ".join(f"{days}{code}" for days, code in waits)))
    by_ending = [[each.share for each in found.curve if each.ending is ending] for ending in list(Ending)[1:]]
    followed = [shares for shares in zip(*by_ending, strict=True) if None not in shares]
    assert all(sum(shares) <= 1 + 1e-9 for shares in followed)
    assert all(np.all(np.diff([shares[k] for shares in followed]) >= 0) for k in range(3))
    assert [each.day for each in found.curve if each.ending is Ending.LEFT] == list(CURVE_DAYS)
    assert sum(found.counts.values()) == len(waits)
