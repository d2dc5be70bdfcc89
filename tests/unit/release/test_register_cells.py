"""What a row of a table is, laid out: its small areas, its years of age, its days, and what it tells of a count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf

import pytest
from tests.register_tables import PLACES, QUARTERS, REQUESTS, WARDS, YEAR, about, table

from earlyhelp.measures import CATALOGUE, Figure, Figures, Measure
from earlyhelp.measures.periods import Period
from earlyhelp.release import policy, publish
from earlyhelp.release.protect.overlaps import REST, TIME
from earlyhelp.release.register_cells import Laid, Numbered, Where, laid_out, places_of, whole_numbers
from earlyhelp.release.register_table import ReleasedTable, axis_of, decimals_of, sides_of_people, table_of, time_of

SHARE, MIX, BALANCE = CATALOGUE["A2"], CATALOGUE["A3"], CATALOGUE["C2"]


def laid(*tables: ReleasedTable) -> dict[str, list[Laid]]:
    return laid_out([Numbered(f"R{number}", 0, each) for number, each in enumerate(tables, 1)], PLACES)


def cells(*tables: ReleasedTable) -> list:
    return [cell for all_of in laid(*tables).values() for each in all_of for cell in each.listing.cells]


def of_measure(measure: Measure, figures: list[Figure], by: tuple[str, ...] = (), rule: str = "dfe") -> ReleasedTable:
    return table_of(publish(Figures(measure, by, figures), policy(rule)), by, about(), figures)


@pytest.mark.parametrize(
    ("band", "first", "last", "years"),
    [
        ("under 1", "0", "0", 1),
        ("1-4", "1", "4", 4),
        ("5 to 9", "5", "9", 5),
        ("10 - 15", "10", "15", 6),
        ("18 and over", "18", "120", 103),
        ("18+", "18", "120", 103),
        ("7", "7", "7", 1),
    ],
)
def test_an_age_band_is_its_years(band: str, first: str, last: str, years: int):
    [cell] = cells(table(("age_band",), {(YEAR, (band,)): 20.0}))
    assert {first, last} <= cell.box["age"]
    assert len(cell.box["age"]) == years


@pytest.mark.parametrize("band", ["unborn", "not_recorded"])
def test_a_band_in_other_words_is_itself(band: str):
    assert cells(table(("age_band",), {(YEAR, (band,)): 20.0}))[0].box["age"] == {band}


def test_a_locality_is_the_small_areas_of_its_wards():
    north, w1 = cells(table(("locality",), {(YEAR, ("North",)): 60.0}), table(("ward_code",), {(YEAR, ("W1",)): 20.0}))
    assert w1.box["place"] < north.box["place"]
    assert len(north.box["place"]) == 6


def test_a_ward_that_nobody_knows_the_place_of_is_itself_and_what_is_not_recorded_lies_nowhere_known():
    other, nowhere = cells(table(("ward_code",), {(YEAR, ("W99",)): 20.0, (YEAR, ("not_recorded",)): 30.0}))
    assert other.box["place"] == {"W99"}
    assert nowhere.box["place"] >= {"not_recorded"}
    assert not nowhere.box["place"] & frozenset().union(*PLACES["ward_code"].values())


def test_a_small_area_that_no_list_names_is_of_no_recorded_ward():
    small = table(("lsoa",), {(YEAR, ("E01-new",)): 20.0, (YEAR, ("W1-1",)): 20.0})
    wards = table(("ward_code",), {(YEAR, ("not_recorded",)): 20.0})
    boxes = [cell.box["place"] for cell in cells(small, wards)]
    assert boxes[0] == {"E01-new"}
    assert boxes[1] == {"W1-1"}
    assert boxes[0] < boxes[2]
    assert not boxes[1] & boxes[2]


def test_a_ward_and_a_locality_together_are_what_both_hold():
    [cell] = cells(table(("ward_code", "locality"), {(YEAR, ("W1", "North")): 20.0}))
    assert cell.box["place"] == PLACES["ward_code"]["W1"]


def test_periods_are_cut_where_any_of_them_begins_or_ends():
    quarter, year = cells(table((), {(QUARTERS[0], ()): 20.0}), table((), {(YEAR, ()): 90.0}))
    assert quarter.box[TIME] == {"2025-04-01"}
    assert year.box[TIME] == {"2025-04-01", "2025-07-01"}


def test_of_a_count_of_one_day_the_last_day_alone_matters():
    made = replace(table((), {(YEAR, ()): 20.0}), time="day")
    assert cells(made)[0].box[TIME] == {"2026-03-31"}


def test_a_table_without_periods_has_no_time():
    row = replace(table((), {(YEAR, ()): 20.0}).rows[0], start="", end="")
    assert cells(replace(table((), {(YEAR, ()): 20.0}), time="", rows=(row,)))[0].box == {}


def test_a_shown_count_tells_itself_and_a_hidden_one_that_it_is_not_nobody():
    made = table(
        ("ward_code",), {(YEAR, (ward,)): float(count) for ward, count in (("W1", 3), ("W2", 8), ("W3", 20), ("W4", 0))}
    )
    told = {next(iter(cell.box["place"]))[:2]: (cell.lower, cell.upper, cell.hidden) for cell in cells(made)}
    assert told == {"W1": (1, inf, True), "W2": (1, inf, True), "W3": (20, 20, False), "W4": (0, 0, False)}
    zeros = replace(made, zeros_hidden=True)
    assert {(cell.lower, cell.hidden) for cell in cells(zeros)} == {(0, True), (20, False), (0, False)}


def test_a_rounded_count_tells_a_range_and_its_symbol_the_hidden_range():
    made = table(("ward_code",), {(YEAR, (ward,)): float(count) for ward, count in (("W1", 3), ("W2", 11))}, rule="nhs")
    assert [(cell.lower, cell.upper, cell.hidden) for cell in cells(made)] == [(1, 7, True), (8, 12, False)]


def test_a_rounded_count_that_the_policy_never_shows_tells_itself():
    made = table((), {(YEAR, ()): 20.0}, rule="nhs")
    assert cells(replace(made, rows=(replace(made.rows[0], numerator=21.0),)))[0].lower == 21


def test_a_share_tells_two_counts_and_the_part_is_no_more_than_the_whole():
    figures = [
        Figure(YEAR, {"ward_code": ward}, above, below)
        for ward, above, below in (("W1", 3, 40), ("W2", 12, 50), ("W3", 30, 60))
    ]
    made = of_measure(SHARE, figures, ("ward_code",))
    [found] = laid(made).values()
    above, below = (each.listing.cells for each in found)
    assert [(cell.lower, cell.upper) for cell in above] == [(1, 40), (1, 50), (30, 30)]
    assert [(cell.lower, cell.upper) for cell in below] == [(40, 40), (50, 50), (60, 60)]


def test_a_share_of_which_the_whole_is_hidden_may_have_nobody_in_its_part():
    """The row of W1 is hidden since its whole is small, so that the symbol of its part tells nothing."""
    figures = [
        Figure(YEAR, {"ward_code": ward}, above, below)
        for ward, above, below in (("W1", 2, 3), ("W2", 12, 20), ("W3", 30, 60))
    ]
    made = of_measure(SHARE, figures, ("ward_code",))
    assert not made.zeros_hidden
    [found] = laid(made).values()
    above, below = (each.listing.cells for each in found)
    assert (above[0].lower, above[0].upper, above[0].hidden) == (0, inf, True)
    assert (below[0].lower, below[0].upper, below[0].hidden) == (1, inf, True)


def test_the_whole_of_a_mix_is_the_total_of_its_parts():
    figures = [Figure(YEAR, {"decision_code": code}, count, 60) for code, count in (("a", 20), ("b", 40))]
    [found] = laid(of_measure(MIX, figures, ("decision_code",))).values()
    parts, whole = (each.listing.cells for each in found)
    assert [cell.frame for cell in parts] == [("decision_code", TIME)] * 2
    assert [(cell.box["decision_code"], cell.lower) for cell in whole] == [({"a", "b", REST}, 60)]


def test_what_came_and_what_went_are_told_apart_and_the_net_is_left_out():
    figures = [
        Figure(YEAR, {"flow": flow}, count, None, net_of=net)
        for flow, count, net in (("ended", 20, None), ("net", 10, (30, 20)), ("started", 30, None))
    ]
    found = laid(of_measure(BALANCE, figures, ("flow",)))
    assert sorted(kind.rsplit(" ", 1)[1] for kind in found) == ["flow=ended", "flow=started"]
    assert len(cells(of_measure(BALANCE, figures, ("flow",)))) == 2


def test_codes_of_which_a_record_may_have_several_are_kept_apart():
    made = table(("disability",), {(YEAR, (code,)): 20.0 for code in ("HEAR", "VIS")})
    assert made.axes == {"disability": ""}
    assert len(laid(made)) == 2
    assert all(set(cell.box) == {TIME} for cell in cells(made))


def test_figures_that_are_not_there_tell_nothing():
    rows = table((), {(YEAR, ()): 20.0}).rows
    nothing = replace(rows[0], numerator=None, value=None, lower=None, upper=None)
    not_mature = replace(table((), {(YEAR, ()): 20.0}), rows=(replace(nothing, status="not_mature"),))
    assert [(cell.lower, cell.upper, cell.hidden) for cell in cells(not_mature)] == [(0, inf, False)]
    no_data = replace(not_mature, rows=(replace(nothing, status="no_data", start="", end=""),))
    assert cells(no_data) == []


def test_counts_that_are_no_whole_numbers_are_left_out():
    made = table((), {(YEAR, ()): 20.0})
    parts = replace(made, rows=(replace(made.rows[0], numerator=20.25),))
    assert whole_numbers(made) == ("above",) or whole_numbers(made) == ("above", "below")
    assert "above" not in whole_numbers(parts)
    assert cells(parts) == []


def test_each_count_knows_the_row_it_stands_in():
    made = table(("ward_code",), {(YEAR, (ward,)): 20.0 for ward in WARDS})
    assert [cell.place for cell in cells(made)] == [Where("R1", 0, row) for row in range(6)]


@pytest.mark.parametrize("measure", CATALOGUE.values(), ids=list(CATALOGUE))
def test_every_measure_can_be_laid_out_by_its_own_splits(measure: Measure):
    """Every split has an axis or none, every measure a time and sides, and what is told of nobody is told to nobody."""
    axes = {axis_of(measure, name) for name in measure.fixed_splits}
    assert all(isinstance(each, str) for each in axes)
    assert time_of(measure) in ("days", "day", "")
    assert set(sides_of_people(measure)) <= {"above", "below"}
    assert decimals_of(measure.statistic) in (1, 2, 3)


def test_the_places_of_a_snapshot_are_its_small_areas_by_ward_locality_and_tenth():
    import duckdb

    with duckdb.connect() as con:
        assert places_of(con) == {}
        con.execute("CREATE TABLE place (lsoa VARCHAR, ward_code VARCHAR, locality VARCHAR, imd_decile INTEGER)")
        con.execute(
            "INSERT INTO place VALUES ('a', 'W1', 'N', 3), ('b', 'W1', NULL, 3), ('c', 'W2', 'N', 4), (NULL, 'W3', 'N', 4)"
        )
        assert places_of(con) == {
            "ward_code": {"W1": {"a", "b"}, "W2": {"c"}},
            "locality": {"N": {"a", "c"}, "not_recorded": {"b"}},
            "imd_decile": {"3": {"a", "b"}, "4": {"c"}},
        }


def test_counts_may_not_be_told_to_differ_by_as_many_as_their_policy_hides():
    """By five under one that hides 1 to 5, by seven under one that hides 1 to 7: for means it is nine."""
    for rule, highest in (("dfe", 5), ("nhs", 7)):
        [[found]] = laid(table((), {(YEAR, ()): 20.0}, rule=rule)).values()
        assert (found.highest, [cell.highest for cell in found.listing.cells]) == (highest, [highest])


def test_a_period_of_other_days_is_cut_by_the_day():
    first, second = (
        table((), {(Period(date(2025, 4, 1), last), ()): 20.0}) for last in (date(2025, 4, 20), date(2025, 4, 27))
    )
    boxes = [cell.box[TIME] for cell in cells(first, second)]
    assert boxes == [{"2025-04-01"}, {"2025-04-01", "2025-04-21"}]
    assert REQUESTS.id == first.measure
