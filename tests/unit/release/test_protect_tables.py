"""Tables as cells with relations: margins, hierarchies, periods in periods, relations handed in."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from earlyhelp.measures import Grain, Period
from earlyhelp.measures.periods import periods
from earlyhelp.release.protect.tables import (
    Relation,
    crossed,
    flat,
    groups_of_months,
    nested,
    periods_in_periods,
    table,
)

FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)


def test_a_crossed_table_holds_every_margin_and_every_relation():
    found = crossed([flat("ab"), flat("xy")], np.array([[1.0, 2], [3, 4]]))
    counts = dict(zip(found.keys, found.values, strict=True))
    assert counts["a", "total"] == 3
    assert counts["total", "y"] == 6
    assert counts["total", "total"] == 10
    assert found.relations.shape == (6, 9)
    assert not np.any(found.relations @ found.values)


def test_a_hierarchy_sums_areas_to_wards_and_wards_to_the_council():
    places = nested({"council": ("north", "south"), "north": ("n1", "n2")})
    assert places.leaves == ("south", "n1", "n2")
    assert places.members("council") == ("n1", "n2", "south")
    found = crossed([places], np.array([5.0, 1, 2]))
    assert dict(zip(found.keys, found.values, strict=True)) == {
        ("south",): 5,
        ("n1",): 1,
        ("n2",): 2,
        ("council",): 8,
        ("north",): 3,
    }


def test_relations_are_handed_in_with_the_cells():
    found = table({"total": 9, "one": 4, "other": 5}, [Relation("total", ("one", "other"))])
    assert found.places == {"total": 0, "one": 1, "other": 2}
    assert found.relations.toarray().tolist() == [[-1, 1, 1]]


def test_a_total_that_is_not_the_sum_is_refused():
    with pytest.raises(ValueError, match="not the sum"):
        table({"total": 8, "one": 4, "other": 5}, [Relation("total", ("one", "other"))])


def test_one_total_that_is_not_the_sum_is_refused_among_others_that_are():
    counts = {"total": 9, "one": 4, "other": 5, "all": 10, "more": 0}
    right = Relation("total", ("one", "other"))
    with pytest.raises(ValueError, match="not the sum"):
        table(counts, [right, Relation("all", ("total", "more"))])


def test_months_fill_quarters_and_quarters_the_year():
    quarters, [year] = periods(FIRST, LAST, Grain.QUARTER), periods(FIRST, LAST, Grain.YEAR)
    months = periods(FIRST, LAST, Grain.MONTH)
    found = dict(periods_in_periods([year, *quarters, *months]))
    assert found[year] == tuple(quarters)
    assert found[quarters[1]] == tuple(months[3:6])
    assert len(found) == 5


def test_periods_that_leave_a_day_out_fill_nothing():
    months = periods(FIRST, LAST, Grain.MONTH)
    assert periods_in_periods([Period(FIRST, LAST), *months[:11]]) == []


def test_months_are_asked_for_together_as_quarters_years_and_all():
    months = periods(FIRST, date(2025, 6, 30), Grain.MONTH)
    groups = groups_of_months(months)
    assert (0, 1, 2) in groups
    assert tuple(range(12)) in groups
    assert tuple(range(15)) in groups
    assert len(groups) == 5 + 2


def test_two_months_of_a_quarter_are_asked_for_together():
    assert groups_of_months(periods(FIRST, date(2024, 5, 31), Grain.MONTH)) == [(0, 1)]


def test_a_reporting_year_begins_in_april_unless_said_otherwise():
    around_new_year = periods(date(2024, 3, 1), date(2024, 4, 30), Grain.MONTH)
    assert groups_of_months(around_new_year) == [(0, 1)], "as all of them, and not as a year"
    longer = periods(date(2024, 3, 1), date(2024, 6, 30), Grain.MONTH)
    assert groups_of_months(longer) == [(0, 1, 2, 3), (1, 2, 3)]
    assert groups_of_months(longer, year_starts=5) == [(0, 1), (0, 1, 2, 3), (2, 3)]


def test_a_single_period_has_no_total():
    assert groups_of_months([Period(FIRST, LAST)]) == []
