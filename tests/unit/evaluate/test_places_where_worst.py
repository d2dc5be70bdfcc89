"""The answer as counted: rates, probabilities, where it may be hidden, and what is said where nothing is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from earlyhelp.evaluate.places import Places, hidden, rates, where_worst, worst_of
from spec.dataset import Rows, snapshot
from unit.evaluate.places_council import AREAS, AS_AT, PLACES, STANDARDS, crowd, notified, person, tables

HEARD, KNOWN, BOTH = (40, 40, 40, 4, 20, 20), (20, 20, 20, 20, 10, 10), (12, 12, 12, 2, 6, 6)
"""By small area: the police tell of many in the first ward; in the fourth area others tell of far more than the police."""


def asked(given: dict[str, Rows]) -> Places:
    with snapshot(given, AS_AT, checked=False) as con:
        return where_worst(con, STANDARDS)


@cache
def uneven() -> Places:
    return asked(crowd(HEARD, KNOWN, BOTH))


def test_counts_by_small_area_are_those_that_were_put_in():
    level = uneven().small_areas
    assert level is not None
    assert level.codes == tuple(AREAS)
    assert level.incidents.tolist() == list(HEARD)
    assert (level.otherwise.tolist(), level.both.tolist()) == (list(KNOWN), list(BOTH))


def test_rates_are_for_each_thousand_children_and_shrunken_ones_lie_nearer_each_other():
    found = rates(uneven().small_areas, uneven().dispersion, around=uneven().wards)
    assert found.value.tolist() == [each / 400 * 1000 for each in HEARD]
    assert np.ptp(found.shrunken) < np.ptp(found.value)
    assert np.all((found.shrunken_lower < found.shrunken) & (found.shrunken < found.shrunken_upper))
    assert found.by_notifications.sum() == pytest.approx(worst_of(uneven().small_areas))
    assert found.by_notifications[:3].sum() > 0.95


def test_of_two_wards_one_is_the_worst_and_not_three():
    found = rates(uneven().wards, uneven().dispersion)
    assert found.by_notifications.sum() == pytest.approx(1)
    assert not np.isnan(found.value).any()


def test_incidents_that_few_families_bring_make_every_interval_wider():
    single, together = (rates(uneven().small_areas, each) for each in (1.0, 3.0))
    assert np.all(together.lower < single.lower)
    assert np.all(together.upper > single.upper)


def test_abuse_may_be_hidden_where_others_tell_of_more_than_the_police_and_nowhere_else():
    found = hidden(uneven().small_areas)
    assert found.listed.tolist() == [False, False, False, True, False, False]
    assert found.knew.tolist() == pytest.approx([b / k for b, k in zip(BOTH, KNOWN, strict=True)])
    assert found.other_ratio[3] > 1 > found.police_ratio[3]


def test_where_everybody_tells_the_same_story_nothing_is_listed_as_hidden():
    same = asked(crowd((10,) * 6, (10,) * 6, (5,) * 6))
    assert not hidden(same.small_areas).listed.any()


def test_an_area_whose_children_nobody_counts_has_a_count_and_no_rate():
    level = replace(uneven().small_areas, children=np.array([np.nan, *[400.0] * 5]))
    told = rates(level, 1.0, around=replace(uneven().wards, children=np.array([np.nan, 1200.0])))
    assert level.incidents[0] == 40
    assert np.isnan([each[0] for each in told]).all()
    assert not np.isnan(told.shrunken[1:]).any()


def test_children_of_the_population_table_stand_in_where_the_list_of_places_has_none():
    places = [{**row, "children_0_17": None} for row in PLACES]
    head = "area_code | year | age_band | sex | count | source\n"
    population = head + "\n".join(
        f"{lsoa} | {year} | 0-17 | all | {n} | ONS" for lsoa in AREAS for year, n in ((2023, 1), (2024, 250))
    )
    one = tables([person("Ann", AREAS[0])], [notified("Ann", AS_AT)])
    found = asked({**one, "place": places, "population": population})
    assert found.small_areas.children.tolist() == [250] * 6


def test_without_notifications_or_without_places_there_is_no_data_and_a_reason():
    assert "notifications" in asked(tables([person("Ann", AREAS[0])], [])).why_no_data
    nowhere = asked({"partner_event": [{"event_id": "1", **notified("Ann", "2026-01-01")}]})
    assert "small areas" in nowhere.why_no_data
    assert nowhere.wards is None


def test_what_lies_outside_and_what_names_nobody_is_counted_and_told():
    events = [
        notified("Ann", "2026-01-01", "E01999999"),
        notified("", "2026-01-02", AREAS[0], person_id=None, family_id=None),
    ]
    found = asked(tables([person("Ann", AREAS[0])], events))
    assert (found.nowhere, found.unlinked) == (1, 1)


def test_records_that_begin_late_or_end_early_say_so():
    def held(first: date, last: date) -> Places:
        return asked(tables([person("Ann", AREAS[0])], [notified("Ann", first), notified("Ann", last)]))

    whole = held(AS_AT - timedelta(days=729), AS_AT)
    assert (whole.whole_year, whole.two_years, whole.stale) == (True, True, False)
    young = held(AS_AT - timedelta(days=100), AS_AT)
    assert (young.whole_year, young.two_years) == (False, False)
    old = held(date(2023, 1, 1), date(2025, 3, 31))
    assert old.stale
    assert old.window.last == date(2025, 3, 31), "the year told of ends where the notifications end"


def test_the_same_records_give_the_same_answer():
    one, other = (rates(uneven().small_areas, 1.0, around=uneven().wards) for _ in range(2))
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))
