"""How many children a rate is of: the publication's own ages, else all of the bands that make them up, else nobody tells."""

from __future__ import annotations

import pytest

from earlyhelp.measures.children import MOST_CROSSED, Children, children
from spec.dataset import snapshot

AREA = "E06000999"


def of(population: str, year: int, ages: str = "0-17") -> float | None:
    head = "area_code | year | age_band | count | source\n"
    rows = "\n".join(f"{AREA} | {line} | ONS" for line in population.strip().splitlines())
    with snapshot({"population": head + rows}, checked=False) as con:
        return children(con, AREA, (), ages).of(year, ())


def test_ages_as_such_are_taken_before_bands():
    assert of("2023 | 0-4 | 900\n2023 | under 1 | 200\n2023 | 1-4 | 800", 2023, "0-4") == 900


@pytest.mark.parametrize("bands", ["2023 | under 1 | 200\n2023 | 1-4 | 800", "2023 | 0-0 | 200\n2023 | 1-4 | 800"])
def test_bands_that_are_all_of_the_ages_are_summed(bands):
    assert of(bands, 2023, "0-4") == 1_000


def test_bands_that_are_some_of_the_ages_are_not_the_whole():
    assert of("2022 | 0-17 | 5000\n2023 | under 1 | 200\n2023 | 1-4 | 800", 2023) == 5_000
    assert of("2023 | 1-4 | 800", 2023, "0-4") is None


def places(**children_of: int) -> Children:
    return Children({}, {(place,): number for place, number in children_of.items()}, (), (0,), ())


def test_every_place_told_of_stands_beside_those_met():
    assert places(A=10, B=20).beside_those_met([("B",), ("not_recorded",)], 1, 12) == [
        ("A",),
        ("B",),
        ("not_recorded",),
    ]
    assert places(A=10, B=20).beside_those_met([], 1, 12) == [("A",), ("B",)]


def test_every_group_told_of_stands_beside_those_met_but_for_those_of_whom_nobody_knows_the_group():
    groups = Children({("F",): {2023: 10.0}, ("M",): {2023: 10.0}, ("unmapped",): {2023: 1.0}}, {}, (0,), (), ())
    assert groups.beside_those_met([("M",)], 1, 1) == [("F",), ("M",)]


def test_a_place_stands_with_what_was_met_of_the_other_splits_and_with_nothing_where_nothing_was():
    assert places(A=1, B=2).beside_those_met([("A", "x"), ("A", "y")], 2, 1) == [
        ("A", "x"), ("A", "y"), ("B", "x"), ("B", "y"),
    ]  # fmt: skip
    assert places(A=1, B=2).beside_those_met([], 2, 1) == []


def test_of_too_many_figures_with_other_splits_those_met_stand_alone():
    met = [("A", f"team {number}") for number in range(10)]
    assert places(A=1, B=2).beside_those_met(met, 2, MOST_CROSSED) == met
    assert len(places(A=1, B=2).beside_those_met([("A",)], 1, MOST_CROSSED)) == 2


def test_the_whole_area_stands_alone():
    assert Children({(): {2023: 10.0}}, {}, (), (), ()).beside_those_met([()], 0, 1) == [()]
