"""Who waits longest: groups told apart only where there are enough of them, and only as far as chance allows."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from earlyhelp.measures.waiting import GROUPINGS, Comparison, Ending, Waits, comparisons
from earlyhelp.measures.waiting.groups import FEWEST, TELLING, WITHIN
from earlyhelp.statistics.log_rank import log_rank

AS_AT = date(2026, 3, 31)


def made(by_place: dict[str, list[int]], still: frozenset[str] = frozenset()) -> Waits:
    """Waits by locality: all allocated, but for the places in `still`, where all wait yet."""
    place = np.repeat(list(by_place), [len(days) for days in by_place.values()]).astype(object)
    days = np.concatenate([np.array(days, dtype=np.int64) for days in by_place.values()])
    ending = np.where(np.isin(place, list(still)), Ending.WAITING, Ending.ALLOCATED)
    groups = {name: np.full(len(days), "not_recorded", dtype=object) for name in GROUPINGS} | {"locality": place}
    return Waits(AS_AT, np.arange(len(days)), np.datetime64(AS_AT) - days, days, ending, groups)


def compared(waits: Waits) -> Comparison:
    [found] = comparisons(waits, ["locality"])
    return found


def test_the_group_with_the_longest_mean_comes_first_and_the_sentence_names_both_ends():
    found = compared(made({"South": [10, 20] * 10, "North": [50, 70] * 10, "East": [30] * 20}))
    assert [(each.value, each.waits, each.ended) for each in found.groups] == [
        ("North", 20, 20), ("East", 20, 20), ("South", 20, 20),
    ]  # fmt: skip
    assert [each.mean.mean for each in found.groups] == pytest.approx([60, 30, 15])
    assert [each.median.estimate for each in found.groups] == [60, 30, 15]
    assert found.differs
    assert found.sentence == (
        "By locality, families wait longest in the group North: 60 days (95% interval 56 to 64) of the first 182 from "
        "acceptance, and shortest in the group South: 15 days (95% interval 13 to 17); the groups differ more than chance "
        "would explain, which does not say why."
    )


def test_groups_alike_differ_no_more_than_chance_would_explain():
    found = compared(made({"North": list(range(10, 40)), "South": list(range(11, 41))}))
    assert found.p > TELLING
    assert found.sentence == "Waits by locality differ no more than chance would explain."


def test_small_groups_are_not_told_apart_but_counted():
    found = compared(made({"North": [10] * FEWEST, "South": [90] * (FEWEST - 1), "East": [90] * 3}))
    assert [each.value for each in found.groups] == ["North"]
    assert (found.too_few, found.test, found.p) == (FEWEST + 2, None, None)
    assert found.sentence == "Too few families can be told apart by locality to compare their waits."


@pytest.mark.parametrize("value", ["not_recorded", "unmapped", "several"])
def test_families_without_a_group_are_no_group(value):
    found = compared(made({"North": [10] * 20, value: [90] * 30}))
    assert [each.value for each in found.groups] == ["North"]
    assert (found.not_told, found.too_few) == (30, 0)


def test_days_are_counted_as_far_as_every_group_has_been_followed():
    found = compared(made({"North": [200] * 20, "South": [60] * 20}, still=frozenset({"South"})))
    assert found.within == 60
    assert [each.mean.mean for each in found.groups] == [60, 60]
    everyone_served = compared(made({"North": [200] * 20, "South": [60] * 20}))
    assert everyone_served.within == WITHIN
    assert [each.mean.mean for each in everyone_served.groups] == [WITHIN, 60]


def test_groups_that_have_been_followed_for_days_only_are_not_compared():
    found = compared(made({"North": [200] * 20, "South": [27] * 20}, still=frozenset({"South"})))
    assert (found.groups, found.p) == ((), None)
    just = compared(made({"North": [200] * 20, "South": [28] * 20}, still=frozenset({"South"})))
    assert (just.within, len(just.groups)) == (28, 2)


def test_how_the_waits_of_a_group_ended_stands_beside_their_length():
    [north, _] = compared(made({"North": [10] * 15 + [100] * 5, "South": [10] * 20})).groups
    assert (north.allocated.share, north.allocated.events, north.allocated.of) == (0.75, 15, 20)
    assert (north.escalated.share, north.escalated.day) == (0, 84)


def test_the_more_groupings_are_asked_about_the_more_it_takes_to_differ():
    waits = made({"North": list(range(10, 40)), "South": list(range(17, 47))})
    waits.groups["level"][:] = ["targeted", "community"] * 30
    alone = compared(waits)
    [beside, _, empty] = comparisons(waits, ["locality", "level", "ethnicity"])
    assert alone.p == log_rank(waits.days, waits.ending > 0, waits.groups["locality"].astype(str)).p
    assert beside.p == pytest.approx(2 * alone.p)
    assert empty.p is None


def test_of_a_hundred_councils_in_which_groups_are_alike_few_are_told_that_they_differ():
    draw = np.random.default_rng(4)
    alarms = [
        compared(made({name: list(draw.geometric(1 / 30, 40)) for name in ("North", "South", "East")})).differs
        for _ in range(100)
    ]
    assert sum(alarms) <= 11  # 5 are expected; more than 11 would come by chance in one of 200 such tests
