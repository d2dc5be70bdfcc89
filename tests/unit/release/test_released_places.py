"""Where domestic abuse is worst, on its way out: nothing rests on few families, and no hidden count can be worked back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.evaluate.places import Level, Places, Repeats, where_worst
from earlyhelp.evaluate.places.levels import window_of
from earlyhelp.release import policy, publish_places
from earlyhelp.release.places import ReleasedPlaces, too_few
from spec.dataset import snapshot
from unit.evaluate.places_council import AS_AT, STANDARDS, crowd

NONE, DFE = policy("none"), policy("dfe")
COUNTS = ("numerator", "value", "lower", "upper", "shrunken", "shrunken_lower", "shrunken_upper", "probability_among_worst",
          "probability_by_notifications", "ratio_by_all_routes", "ratio_lower", "ratio_upper", "before", "change")  # fmt: skip

six = st.lists(st.integers(0, 30), min_size=6, max_size=6)


def level(
    name: str, incidents: list[int], families: list[int] | None = None, *, group: list[int] | None = None
) -> Level:
    """A level of areas with these notifications, each of a family of its own unless said otherwise."""
    counts = np.array(incidents, dtype=float)
    n = len(counts)
    codes = tuple(f"{name}{place}" for place in range(n))
    nothing = np.zeros(n)
    return Level(
        name, codes, codes, np.array(group or [0] * n), np.full(n, 400.0),
        incidents=counts, families=counts if families is None else np.array(families, dtype=float), before=counts,
        change_error=np.where(counts > 0, 0.2, np.nan), notified=2 * counts, otherwise=counts, both=nothing,
        routes=np.tile(counts, (4, 1)), health=nothing, repeats=Repeats(counts, np.floor(counts / 2)),
    )  # fmt: skip


def places(areas: list[int], families: list[int] | None = None) -> Places:
    """Two wards of three small areas each."""
    wards = [sum(areas[:3]), sum(areas[3:])]
    return Places(
        AS_AT, window=window_of(AS_AT), council=level("council", [sum(areas)]), wards=level("ward", wards),
        small_areas=level("small_area", areas, families, group=[0, 0, 0, 1, 1, 1]), routes=("requests",),
    )  # fmt: skip


@cache
def told_by_nobody_else() -> Places:
    with snapshot(crowd((40, 8, 3, 0, 20, 9), (0,) * 6, (0,) * 6), AS_AT, checked=False) as con:
        return where_worst(con, STANDARDS)


def rows_of(found: Places, shown=DFE) -> dict[str, dict]:
    return {str(row.get("lsoa")): dict(row) for row in publish_places(found, shown).level("small_area")}


def test_a_small_count_is_hidden_with_its_rate_and_its_probability_and_zero_is_shown():
    rows = rows_of(places([40, 30, 20, 0, 3, 4]))
    assert rows["small_area3"]["status"] == "ok"
    assert (rows["small_area3"]["numerator"], rows["small_area3"]["value"]) == (0, 0)
    assert rows["small_area3"]["shrunken"] > 0, "none was told of is not none"
    for name in ("small_area4", "small_area5"):
        assert rows[name]["status"] == "suppressed"
        assert {rows[name][each] for each in COUNTS} == {None}


def test_many_incidents_of_few_families_are_hidden_too():
    rows = rows_of(places([40, 30, 20, 12, 14, 9], [40, 30, 20, 2, 3, 9]))
    assert [name for name, row in rows.items() if row["status"] == "suppressed"] == ["small_area3", "small_area4"]


def test_one_area_that_would_be_hidden_alone_in_its_ward_hides_the_next_smallest_with_it():
    rows = rows_of(places([40, 8, 3, 20, 30, 10]))
    assert {name for name, row in rows.items() if row["status"] == "suppressed"} == {"small_area1", "small_area2"}


def test_a_ward_hidden_beside_another_does_not_show_all_of_its_small_areas():
    rows = {row.get("ward_code") or row["lsoa"]: row for row in publish_places(places([2, 0, 2, 9, 30, 10]), DFE).rows}
    assert {rows["ward0"]["status"], rows["ward1"]["status"]} == {"suppressed"}
    assert [rows[f"small_area{place}"]["numerator"] for place in range(6)] == [None, 0, None, None, 30, 10]


@given(six)
def test_no_hidden_count_follows_from_what_is_shown_of_its_ward(areas):
    found = places(areas)
    hidden, wards = too_few(found.small_areas, DFE, found.wards), too_few(found.wards, DFE)
    assert not any(hidden[place] for place in range(6) if areas[place] == 0) or 5 < sum(areas) < 12, "zeros go last"
    assert all(hidden[place] for place in range(6) if 0 < areas[place] < 6)
    for ward, group in enumerate(((0, 1, 2), (3, 4, 5))):
        unknown = sum(bool(hidden[place]) for place in group)
        some = [place for place in group if areas[place]]
        assert unknown >= 1 or not wards[ward], "the parts would add up to the ward"
        assert unknown != 1 or wards[ward] or len(some) == 1, "the ward less the others would tell it"


def test_rounded_counts_give_rounded_rates():
    rows = rows_of(places([41, 33, 22, 12, 17, 28]), policy("dfe", 5))
    assert sorted(row["numerator"] for row in rows.values()) == [10, 15, 20, 30, 35, 40]
    assert all(row["value"] == pytest.approx(row["numerator"] / row["denominator"] * 1000) for row in rows.values())


def test_the_worst_come_first_and_what_is_hidden_comes_last():
    rows = publish_places(places([12, 40, 20, 3, 4, 25]), DFE).level("small_area")
    told = [row["probability_among_worst"] for row in rows if row["status"] == "ok"]
    assert told == sorted(told, reverse=True)
    assert [row["status"] for row in rows] == ["ok"] * 4 + ["suppressed"] * 2
    assert rows[0]["lsoa"] == "small_area1"


def test_a_policy_that_hides_everything_leaves_no_figure():
    released = publish_places(places([40, 30, 20, 12, 14, 9]), replace(DFE, highest=10_000_000))
    for row in (*released.rows, released.council):
        figures = {name: each for name, each in row.items() if isinstance(each, float)}
        assert figures == {}


def test_without_another_route_the_probability_rests_on_notifications_and_says_so():
    released = publish_places(told_by_nobody_else(), DFE)
    shown = [row for row in released.level("small_area") if row["status"] == "ok"]
    assert {row["probability_rests_on"] for row in shown} == {"notifications"}
    assert {row["may_be_hidden"] for row in released.rows} == {None}


def test_with_other_routes_the_probability_rests_on_all_of_them():
    rows = rows_of(places([40, 30, 20, 12, 14, 9]))
    assert {row["probability_rests_on"] for row in rows.values()} == {"all_routes"}


def test_families_of_each_route_are_hidden_one_by_one_and_a_route_that_tells_of_nobody_is_absent():
    found = places([40, 30, 20, 12, 14, 30])
    routes = np.zeros((4, 6))
    routes[1] = [9, 3, 0, 8, 7, 6]
    rows = rows_of(replace(found, small_areas=replace(found.small_areas, routes=routes)))
    assert [rows[f"small_area{place}"]["families_needs"] for place in range(6)] == [None, None, 0, 8, 7, 6]
    assert not {"families_requests", "families_health"} & rows["small_area0"].keys()
    assert rows["small_area0"]["families_notifications"] == 80


def test_what_health_tells_beside_the_police_is_hidden_where_it_tells_of_few_families():
    found = places([40, 30, 20, 12, 14, 30])
    told = replace(found, small_areas=replace(found.small_areas, health=np.array([9.0, 5, 8, 7, 1, 6])))
    exact, shown = (rows_of(told, policy) for policy in (NONE, DFE))
    hidden = [area for area, row in shown.items() if row["health_ratio"] != exact[area]["health_ratio"]]
    assert hidden == ["small_area1", "small_area4"]
    assert {shown[area]["health_ratio"] for area in hidden} == {None}
    assert {area for area in shown if shown[area]["other_ratio"] is None} == set()


def test_repeats_that_few_were_spared_from_or_few_had_are_hidden():
    found = places([40, 30, 20, 12, 14, 30])
    some = replace(
        found.small_areas, repeats=Repeats(np.array([40.0, 30, 20, 12, 14, 30]), np.array([38.0, 2, 10, 0, 6, 12]))
    )
    rows = rows_of(replace(found, small_areas=some))
    assert [rows[f"small_area{place}"]["repeat_status"] for place in range(6)] == ["suppressed"] * 2 + ["ok"] * 4
    assert rows["small_area3"]["repeat"] == 0, "followed, and none told of again"
    young = publish_places(replace(found, two_years=False), DFE)
    assert {row["repeat_status"] for row in young.rows} == {"not_mature"}
    assert {row["change"] for row in young.rows} == {None}


def test_a_count_without_children_is_shown_without_a_rate_and_says_why_by_its_status():
    found = places([40, 30, 20, 12, 14, 9])
    nobody = replace(found.small_areas, children=np.array([np.nan, *[400.0] * 5]))
    row = rows_of(replace(found, small_areas=nobody))["small_area0"]
    assert (row["numerator"], row["denominator"], row["value"], row["status"]) == (40, None, None, "no_data")


def test_where_nothing_is_held_the_reason_is_all_that_leaves():
    released = publish_places(Places(AS_AT, "No police notifications of domestic abuse are held."), NONE)
    assert released.status == "no_data"
    assert released.rows == ()
    assert released.why_no_data.endswith("held.")
    assert (released.nowhere, released.unlinked) == (0, 0), "nothing that could not be placed"
    assert (released.whole_year, released.two_years, released.stale) == (True, True, False), (
        "no warning of what is not there"
    )


@pytest.mark.parametrize("part", ["window", "wards", "small_areas", "council"])
def test_where_a_part_of_it_could_not_be_made_nothing_is_told(part: str):
    found = replace(places([40, 30, 20, 12, 14, 9]), why_no_data="It is not whole.", **{part: None})
    assert publish_places(found, NONE) == ReleasedPlaces(publish_places(found, NONE).status, "It is not whole.")
    assert publish_places(found, NONE).status == "no_data"


def test_few_notifications_that_could_not_be_placed_are_not_counted_out():
    released = publish_places(replace(places([40] * 6), nowhere=3, unlinked=7), DFE)
    assert (released.nowhere, released.unlinked) == (None, 7)


def test_areas_that_are_hidden_are_told_in_order_of_their_codes():
    """Any other order would tell which of them is the worse."""
    found = places([12, 40, 20, 3, 4, 25])
    codes = tuple(f"small_area{place}" for place in (0, 1, 2, 5, 4, 3))
    rows = publish_places(replace(found, small_areas=replace(found.small_areas, codes=codes)), DFE).level("small_area")
    assert [row["lsoa"] for row in rows if row["status"] == "suppressed"] == ["small_area4", "small_area5"]


def test_of_how_many_families_told_of_elsewhere_the_police_knew_is_hidden_where_few_were_known_or_were_not():
    found = places([40, 30, 20, 12, 14, 30])
    both = np.array([3.0, 20, 37, 0, 40, 10])
    told = replace(found, small_areas=replace(found.small_areas, otherwise=np.full(6, 40.0), both=both))
    rows = rows_of(told)
    assert [rows[f"small_area{place}"]["police_knew"] for place in range(6)] == [None, 0.5, None, 0.0, 1.0, 0.25]
    assert rows["small_area1"]["police_knew_lower"] < 0.5 < rows["small_area1"]["police_knew_upper"]
    assert (rows["small_area0"]["police_knew_lower"], rows["small_area0"]["police_knew_upper"]) == (None, None)
    assert [row["police_knew"] for row in rows_of(told, NONE).values() if row["police_knew"] in (3 / 40, 37 / 40)]


def test_a_change_is_this_year_over_the_year_before_with_the_reach_of_its_error():
    """Twice as many, and an error of 0.2 on the log: 2 / 1.48 to 2 x 1.48."""
    found = places([40, 30, 20, 12, 14, 30])
    before = replace(found.small_areas, before=np.array([20.0, 30, 0, 3, 14, 30]))
    rows = rows_of(replace(found, small_areas=before))
    first = rows["small_area0"]
    assert (first["before"], first["change"]) == (20, 2.0)
    assert (first["change_lower"], first["change_upper"]) == (
        pytest.approx(2 / 1.48, abs=0.001),
        pytest.approx(2 * 1.48, abs=0.001),
    )
    assert rows["small_area2"]["change"] is None, "of nobody before there is no ratio"
    assert (rows["small_area3"]["before"], rows["small_area3"]["change"]) == (None, None), "three the year before"


def test_of_two_areas_that_are_alike_the_one_in_the_ward_that_is_worse_is_taken_to_be_worse():
    """Twenty of 400 children in each; their wards have 100 and 32."""
    rows = rows_of(places([40, 40, 20, 20, 6, 6]), NONE)
    assert rows["small_area2"]["value"] == rows["small_area3"]["value"]
    assert rows["small_area2"]["shrunken"] > rows["small_area3"]["shrunken"]
