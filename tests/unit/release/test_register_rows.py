"""The rows of a table as the register keeps them: to how many decimals, on which axes, and what is hidden with what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.register_tables import QUARTERS, WARDS, YEAR, about, of_measure, table

from earlyhelp.measures import CATALOGUE, Figure, Figures, Statistic
from earlyhelp.measures.figures import Estimate
from earlyhelp.release import policy, publish
from earlyhelp.release.register_table import axis_of, decimals_of, sides_of_people, table_of, time_of


def by_ward(*counts: float):
    return table(("ward_code",), {(YEAR, (ward,)): count for ward, count in zip(WARDS, counts, strict=False)})


def test_one_zero_that_is_hidden_makes_every_symbol_one_that_may_stand_for_nobody():
    """Three and three of six: the two zeros beside them are hidden too."""
    assert by_ward(3, 3, 0, 0).zeros_hidden
    assert not by_ward(3, 8, 0, 20).zeros_hidden, "the zero is shown"
    assert not by_ward(20, 30).zeros_hidden


def test_without_the_exact_figures_zeros_are_supposed_to_be_hidden():
    released = publish(Figures(CATALOGUE["A1"], (), [Figure(YEAR, {}, 20, None)]), policy("dfe"))
    assert table_of(released, (), about()).zeros_hidden


@pytest.mark.parametrize(
    ("statistic", "decimals"),
    [
        (Statistic.SHARE, 3),
        (Statistic.MIX, 3),
        (Statistic.GAP, 3),
        (Statistic.DISPARITY, 2),
        (Statistic.MEAN, 1),
        (Statistic.MEDIAN, 1),
        (Statistic.COUNT, 1),
    ],
)
def test_shares_are_told_to_a_thousandth_ratios_to_a_hundredth_and_others_to_a_tenth(statistic, decimals):
    assert decimals_of(statistic) == decimals


def test_a_mean_just_below_nought_is_nought_without_a_sign():
    [row] = of_measure("F12", (), {(YEAR, ()): (40, 40)}, value=-0.04).rows
    assert str(row.value) == "0.0"
    assert (row.lower, row.upper) == (-1.0, 1.0)


def test_pounds_are_kept_to_the_penny_and_numbers_of_children_to_a_hundredth():
    figure = Figure(YEAR, {}, 12_345.6789, 40, estimate=Estimate(308.64197, 300.05, 310.04))
    released = publish(Figures(CATALOGUE["J1"], (), [figure]), policy("dfe"))
    [row] = table_of(released, (), about(), [figure]).rows
    assert (row.numerator, row.value) == (12_345.68, 308.6)
    [of_areas] = table_of(replace(released, rows=(replace(released.rows[0], denominator=40.1234),)), (), about()).rows
    assert of_areas.denominator == 40.12


def test_places_and_ages_are_laid_on_one_axis_each_and_codes_of_which_a_child_may_have_several_on_none():
    requests = CATALOGUE["A1"]
    told = {
        name: axis_of(requests, name) for name in ("ward_code", "locality", "age_band", "source_code", "disability")
    }
    assert told == {
        "ward_code": "place", "locality": "place", "age_band": "age", "source_code": "source_code", "disability": "",
    }  # fmt: skip
    assert axis_of(CATALOGUE["A3"], "decision_code") == "decision_code", "the codes of a mix add up to its whole"


def test_a_period_is_its_days_or_its_last_day_or_nothing():
    assert [time_of(CATALOGUE[each]) for each in ("A1", "C1")] == ["days", "day"]


def test_of_a_mean_only_those_it_is_of_are_people():
    assert sides_of_people(CATALOGUE["F12"]) == ("below",)
    assert "above" in sides_of_people(CATALOGUE["A1"])


def test_rows_that_are_hidden_go_with_all_their_numbers_and_the_others_stay():
    made = by_ward(20, 30, 40)
    assert (made.hidden, made.zeros_hidden) == (0, False)
    gone = made.without([1])
    assert [row.numerator for row in gone.rows] == [20, None, 40]
    assert (gone.hidden, gone.zeros_hidden) == (1, False)
    assert (gone.rows[1].start, gone.rows[1].dims) == (made.rows[1].start, made.rows[1].dims)


def test_a_row_in_which_nobody_stands_on_one_side_lets_every_symbol_stand_for_nobody_once_it_is_hidden():
    both_sides = [(20, 0), (20, 30), (0, 30)]
    made = of_measure("K7", (), {(span, ()): told for span, told in zip(QUARTERS, both_sides, strict=False)})
    assert not made.zeros_hidden
    assert [made.without([row]).zeros_hidden for row in range(3)] == [True, False, True]
