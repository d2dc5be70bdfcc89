"""The event study around shocks, against a slow one in plain Python and against what is known of invented families."""

from __future__ import annotations

from collections import defaultdict
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods.effect import effect
from earlyhelp.evaluate.poverty.families import Families
from earlyhelp.evaluate.poverty.follow_up import Events
from earlyhelp.evaluate.poverty.like_families import FEWEST_LIKE
from earlyhelp.evaluate.poverty.study import Followed, Shares, event_study, p_value, q_values
from unit.evaluate.poverty_council import KINDS, drawn, happened


def shocks_by_lot(known: Families, seed: int, many: int = 25) -> tuple[np.ndarray, np.ndarray]:
    """Families struck in months by lot, and who may serve as a comparison: present and not struck in that month."""
    luck = np.random.default_rng(seed)
    struck = np.zeros(known.children.shape, bool)
    for month, family in zip(luck.integers(12, 28, many), luck.integers(0, len(known), many), strict=True):
        struck[month, family] = known.children[month, family] > 0
    return struck, known.present & ~struck


def slow_study(known: Families, events: Events, struck: np.ndarray, without: np.ndarray, kind: str) -> dict[str, float]:
    """The same study, family by family: change, its standard error, and how many shocks had no like families."""
    row = events.names.index(kind)
    flag = np.diff(events.upto.astype(int), axis=1)

    def any_in(place: int, family: int, first: int, last: int) -> bool:
        return any(flag[place, month, family] for month in range(max(first, 0), last + 1))

    def strata(month: int, family: int) -> list[tuple[object, ...]]:
        asked = sum(
            flag[events.names.index("request"), m, family] for m in range(max(month - 36, 0), max(month - 12, 0))
        )
        care, abuse = (
            any_in(events.names.index(name), family, month - 36, month - 13)
            for name in ("social_care", "domestic_abuse")
        )
        before = (min(asked, 2), care, abuse)
        age, many, decile = known.youngest[month, family], known.children[month, family], known.decile[month, family]
        at_school, area = age >= 60, known.area[month, family]
        return [
            (area, many, at_school, *before),
            (decile, many, "under 1" if age < 12 else "5-9", known.adults[month, family] > 1, *before),
            (decile, at_school, *before),
            ((decile + 1) // 2, at_school, *before),
        ]

    def change(month: int, family: int) -> float:
        return any_in(row, family, month + 1, month + 12) - any_in(row, family, month - 12, month - 1)

    differences, influence, times, unlike = [], defaultdict(float), defaultdict(int), 0
    for month, family in zip(*np.nonzero(struck), strict=True):
        for level in range(4):
            mine = strata(month, family)[level]
            like = [other for other in np.flatnonzero(without[month]) if strata(month, other)[level] == mine]
            if len(like) >= FEWEST_LIKE:
                break
        else:
            unlike += 1
            continue
        mean = sum(change(month, other) for other in like) / len(like)
        differences.append(change(month, family) - mean)
        influence[family] += differences[-1]
        times[family] += 1
        for other in like:
            influence[other] -= (change(month, other) - mean) / len(like)
    found, clusters = sum(differences) / len(differences), len(times)
    squares = sum((influence[family] - found * times[family]) ** 2 for family in influence)
    error = sqrt(clusters / (clusters - 1) * squares) / len(differences)
    return {"change": found, "error": error, "unlike": unlike, "shocks": len(differences)}


@pytest.mark.parametrize("seed", [1, 2])
def test_change_and_error_are_those_of_a_study_made_family_by_family(seed: int):
    known, events = drawn(seed, families=160)
    struck, without = shocks_by_lot(known, seed)
    slow = slow_study(known, events, struck, without, "request")
    [fast] = event_study(known, events, {"lot": struck}, without, ["request"])
    assert fast.change.estimate == pytest.approx(slow["change"], abs=1e-9)
    assert fast.change.standard_error == pytest.approx(slow["error"], rel=1e-5)
    assert (fast.shocks, fast.unlike) == (slow["shocks"], slow["unlike"])


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_two_kinds_of_shock_studied_together_are_as_each_by_itself(seed: int):
    known, events = drawn(seed, families=300)
    (one, free), (other, free_too) = (shocks_by_lot(known, seed + place) for place in (1, 2))
    without = free & free_too
    together = event_study(known, events, {"one": one, "other": other}, without, KINDS)
    apart = [
        *event_study(known, events, {"one": one}, without, KINDS),
        *event_study(known, events, {"other": other}, without, KINDS),
    ]
    for each, alone in zip(together, apart, strict=True):
        assert (each.shocks, each.before, each.curve) == (alone.shocks, alone.before, alone.curve)
        assert each.change.standard_error == pytest.approx(alone.change.standard_error)


def test_what_a_shock_adds_is_found():
    known, events = drawn(7, families=900, chance=0.02)
    struck, without = shocks_by_lot(known, 7, many=250)
    flags = np.diff(events.upto.astype(int), axis=1) > 0
    row = KINDS.index("request")
    for month, family in zip(*np.nonzero(struck), strict=True):
        flags[row, month + 2, family] = True
    with_effect = event_study(known, happened(flags, KINDS), {"lot": struck}, without, ["request"])[0]
    assert with_effect.within_12.struck == 1
    assert with_effect.expected == pytest.approx(with_effect.within_12.like, abs=0.08)
    assert with_effect.change.lower < 1 - with_effect.within_12.like < with_effect.change.upper
    assert with_effect.was_alike


def test_families_who_were_moving_apart_before_the_shock_are_not_tested():
    known, events = drawn(8, families=900, chance=0.02)
    struck, without = shocks_by_lot(known, 8, many=250)
    flags = np.diff(events.upto.astype(int), axis=1) > 0
    for month, family in zip(*np.nonzero(struck), strict=True):
        flags[KINDS.index("request"), month - 2, family] = True
    [found] = event_study(known, happened(flags, KINDS), {"lot": struck}, without, ["request"])
    assert not found.was_alike
    assert not found.was_on_the_same_path  # all of them in the six months before, none in the six before these
    assert q_values([found]) == [1.0]


def test_shocks_invented_by_lot_are_called_no_more_often_than_chance_allows():
    z = []
    for seed in range(12):
        known, events = drawn(seed, families=300)
        struck, without = shocks_by_lot(known, seed, many=60)
        z += [
            each.change.estimate / each.change.standard_error
            for each in event_study(known, events, {"lot": struck}, without, KINDS)
        ]
    assert len(z) == 48
    assert np.mean(np.abs(z) > 1.96) < 0.05 + 3 * sqrt(0.05 * 0.95 / 48)
    assert 0.7 < np.std(z) < 1.4


def test_a_shock_counts_only_where_records_cover_the_year_before_and_after():
    known, events = drawn(3, families=300)
    struck, without = shocks_by_lot(known, 3, many=100)
    late = Events(events.names, events.upto, np.tile(np.array([10, 35]), (len(KINDS), 1)))
    [found] = event_study(known, late, {"lot": struck}, without, ["request"])
    in_time = struck.copy()
    in_time[:22] = in_time[24:] = False
    assert found.shocks + found.unlike == in_time.sum()


def test_without_like_families_nothing_is_told():
    known, events = drawn(4, families=12)
    struck, without = shocks_by_lot(known, 4)
    assert event_study(known, events, {"lot": struck}, without & False, ["request"]) == []


def test_what_later_shocks_do_plays_no_part_in_who_is_compared():
    known, events = drawn(5)
    struck, without = shocks_by_lot(known, 5)
    [found] = event_study(known, events, {"lot": struck}, without, ["request"])
    changed = without.copy()
    changed[28:] = False
    assert event_study(known, events, {"lot": struck}, changed, ["request"]) == [found]


def followed(change: tuple[float, float], shocks: int = 100) -> Followed:
    """A result with the given change and standard error, of families who had been alike before."""
    still = effect("event_study", 0.0, 0.02)
    shares = (Shares(0.2, 0.2), *[Shares(0.3, 0.2)] * 3)
    return Followed("lot", "request", shocks, 0, 20, 30, *shares, effect("event_study", *change), still, still, ())


def test_only_enough_families_who_were_alike_are_tested_and_the_more_tests_the_more_it_takes():
    p = p_value(followed((0.06, 0.03)).change)
    assert p == pytest.approx(0.0455, abs=1e-4)
    assert q_values([followed((0.06, 0.03))]) == [pytest.approx(p)]
    assert q_values([followed((0.06, 0.03)), followed((0.0, 0.03))]) == [pytest.approx(2 * p), 1.0]
    assert q_values([followed((0.06, 0.03)), followed((0.9, 0.03), shocks=20)]) == [pytest.approx(p), 1.0]


def test_an_expected_share_is_never_below_none_or_above_all():
    assert followed((0.5, 0.03)).expected == 0.0
    assert followed((-0.9, 0.03)).expected == 1.0
    assert followed((0.1, 0.03)).expected == pytest.approx(0.2)
