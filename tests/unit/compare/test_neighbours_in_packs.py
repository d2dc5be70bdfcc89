"""Where neighbours lie with one measure: the middle and the ends of those that count it alike, and of no fewer than three."""

from __future__ import annotations

import pytest

from earlyhelp.compare import Pack
from earlyhelp.compare.neighbours import FEWEST, among, is_in_packs
from earlyhelp.measures import CATALOGUE
from earlyhelp.standard.local_standards import default_standards
from unit.compare.swapped_packs import YEAR, asked, drafted, figure

CODES = [f"E0900{n:04}" for n in range(1, 12)]
END = YEAR.end.isoformat()


def shares(*counts: tuple[int, int]) -> list[Pack]:
    found = zip(CODES, counts, strict=False)
    return [drafted(asked("A2", figure(*each)), council=code).pack for code, each in found]


def of(measure: str, packs: list[Pack], end: str = END, **local: int):
    return among(packs, CATALOGUE[measure], {**default_standards(), **local}, "family", end)


def test_the_middle_of_three_councils_lies_between_the_lowest_and_the_highest():
    found = of("A2", shares((90, 100), (20, 100), (50, 100)))
    assert (found.lowest, found.median, found.highest) == (0.2, 0.5, 0.9)
    assert found.names == ("Council 01", "Council 02", "Council 03")


def test_of_an_even_number_the_middle_is_between_the_two_in_the_middle():
    assert of("A2", shares((20, 100), (40, 100), (60, 100), (90, 100))).median == 0.5


@pytest.mark.parametrize("number", range(FEWEST))
def test_of_fewer_than_three_councils_nothing_but_their_names_is_told(number: int):
    found = of("A2", shares(*[(50, 100)] * number))
    assert (len(found.names), found.lowest, found.median, found.highest) == (number, None, None, None)


def test_a_council_that_counts_by_another_rule_is_counted_and_not_compared():
    packs = [drafted(asked("A6", figure(50, 100)), council=code).pack for code in CODES[:3]]
    other = {**default_standards(), "decision_working_days": 3}
    packs.append(drafted(asked("A6", figure(90, 100)), council=CODES[3], local=other).pack)
    found = of("A6", packs)
    assert (len(found.names), found.otherwise, found.highest) == (3, 1, 0.5)
    assert of("A6", packs, decision_working_days=3).otherwise == 3


def test_hidden_figures_missing_measures_and_other_years_are_no_figures():
    packs = [*shares((50, 100), (50, 100), (50, 100)), drafted(asked("A2", figure(2, 100)), council=CODES[4]).pack]
    packs.append(drafted(asked("A9", figure(50, 100)), council=CODES[5]).pack)
    assert len(of("A2", packs).names) == 3
    assert of("A2", packs, end="2025-03-31").names == ()


def test_packs_hold_some_measures_in_total_and_others_not_at_all():
    assert is_in_packs(CATALOGUE["A2"])
    assert not is_in_packs(CATALOGUE["J3"])
    assert is_in_packs(CATALOGUE["A1"].defined_as("rate"))
    assert not is_in_packs(CATALOGUE["A1"].defined_as("families"))
