"""Where need first shows late: step-ups without anything recorded before them, by group, and shares shrunken with care."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.earlier import unseen as unseen_module
from earlyhelp.evaluate.earlier.unseen import AGE, LOCALITY, SOURCE, WARD, shrunken, unseen
from earlyhelp.evaluate.methods.effect import NotEstimable
from unit.evaluate.earlier_council import asked, before, child, looked, stepped

DAY = "2024-05-15"


def groups(*, seen: tuple[str, ...] = ("Ann", "Cy")) -> dict[str, dict[str, tuple[int, int]]]:
    """Ann and Ben of the North, Cy of the South and a baby of nobody knows where stepped up; some were asked for before."""
    children = [child("Ann"), child("Ben", area=2), child("Cy", area=3), child("Baby", "2024-01-01") | {"lsoa": None}]
    con, _ = looked(
        children,
        social_care_event=[stepped("Cy", DAY, source_code="2A"), *(stepped(name, DAY) for name in ("Ann", "Ben", "Baby"))],
        contact=[asked(name, before(DAY, 60)) for name in seen],
    )  # fmt: skip
    told: dict[str, dict[str, tuple[int, int]]] = {}
    for each in unseen(con):
        told.setdefault(each.by, {})[each.label] = (each.step_ups, each.unseen)
    return told


def test_step_ups_and_those_of_whom_nothing_was_recorded_are_counted_by_area_age_and_who_asked():
    found = groups()
    assert found["all"] == {"": (4, 2)}
    assert found[LOCALITY] == {"North": (2, 1), "South": (1, 0)}, "who lives nobody knows where is in no area"
    assert found[WARD] == {"Northwell": (1, 0), "Northmoor": (1, 1), "Southmere": (1, 0)}
    assert found[AGE] == {"under 1": (1, 1), "5-9": (3, 1)}
    assert found[SOURCE] == {"Schools": (1, 0), "Police": (3, 2)}


def test_ages_come_in_their_order_and_the_whole_first():
    assert list(groups()) == ["all", LOCALITY, WARD, AGE, SOURCE]
    assert list(groups()[AGE]) == ["under 1", "5-9"]
    assert set(unseen_module.BY) == {LOCALITY, WARD, AGE, SOURCE}


counts = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)).map(sorted), min_size=2, max_size=12)


@settings(max_examples=60, deadline=None)
@given(counts)
def test_a_shrunken_share_lies_between_the_groups_own_and_that_of_all(rows: list[list[int]]):
    some, of = np.array([float(a) for a, _ in rows]), np.array([float(b) for _, b in rows])
    if not 0 < some.sum() < of.sum():
        return
    found, own, whole = shrunken(some, of), some / of, some.sum() / of.sum()
    assert np.all(found.value >= np.minimum(own, whole) - 1e-9)
    assert np.all(found.value <= np.maximum(own, whole) + 1e-9)
    assert np.all((found.lower <= found.value) & (found.value <= found.upper))


def test_the_smaller_of_two_groups_with_one_share_is_shrunken_further():
    found = shrunken(np.array([2.0, 40.0, 5.0, 100.0]), np.array([4.0, 80.0, 50.0, 1000.0]))
    assert abs(found.value[0] - 0.5) > abs(found.value[1] - 0.5)
    assert abs(found.value[2] - 0.1) < 0.1


def test_shares_that_differ_by_chance_alone_are_shrunken_almost_wholly_and_true_differences_are_kept():
    luck = np.random.default_rng(4)
    of = np.full(20, 50.0)
    same = shrunken(luck.binomial(50, 0.3, 20).astype(float), of)
    true = luck.beta(3, 7, 20)
    found = luck.binomial(50, true).astype(float)
    apart = shrunken(found, of)
    assert np.ptp(same.value) < 0.12
    assert np.mean((apart.value - true) ** 2) < np.mean((found / 50 - true) ** 2)


def test_intervals_of_shrunken_shares_hold_the_true_share_in_about_95_of_100():
    """Of 2,000 groups; the standard error of the share that hold it is 0.005."""
    luck, held = np.random.default_rng(5), []
    for _ in range(100):
        true = luck.beta(6, 14, 20)
        of = luck.integers(10, 120, 20).astype(float)
        found = shrunken(luck.binomial(of.astype(int), true).astype(float), of)
        held.append(np.mean((found.lower <= true) & (true <= found.upper)))
    assert 0.92 < np.mean(held) < 0.97


def test_groups_of_one_each_tell_nothing_of_how_groups_differ_and_are_shrunken_almost_wholly():
    found = shrunken(np.array([0.0, 1.0, 0.0, 1.0]), np.ones(4))
    assert found.value == pytest.approx([0.4, 0.6, 0.4, 0.6])


def test_groups_of_all_or_nothing_are_never_certain():
    found = shrunken(np.array([0.0, 2.0]), np.array([1.0, 2.0]))
    assert np.all((found.lower < found.value) & (found.value < found.upper))
    assert np.all(found.upper - found.lower > 0.5)


@pytest.mark.parametrize(("some", "of"), [([1.0], [4.0]), ([0.0, 0.0], [4.0, 4.0]), ([4.0, 4.0], [4.0, 4.0])])
def test_one_group_or_groups_that_do_not_differ_cannot_be_compared(some: list[float], of: list[float]):
    with pytest.raises(NotEstimable):
        shrunken(np.array(some), np.array(of))
