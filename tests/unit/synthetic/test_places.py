"""Places: what they add up to, that neighbours are alike, and that the polygons tile."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from earlyhelp.errors import UsageProblem
from earlyhelp.standard import place
from earlyhelp.store.settings import ONS_CODE
from earlyhelp.synthetic.boundaries import boundaries
from earlyhelp.synthetic.people import make_people
from earlyhelp.synthetic.places import (
    area_on,
    council_code,
    lattice_position,
    make_places,
    place_records,
    ward_lattice,
)
from earlyhelp.synthetic.profiles import PROFILES, find_profile

LEEDS = find_profile("Leeds")
SIZES = pytest.mark.parametrize("children", [1, 60, 3_000, 12_000, 40_000])
LARGEST_CODE_IN_USE = 35_762
"""Of the small areas of 2021, Office for National Statistics."""


@SIZES
def test_the_children_of_the_areas_add_up_to_those_asked_for(children):
    assert make_places(LEEDS, children, 1).children.sum() == children


@pytest.mark.parametrize("children", [60, 3_000, 40_000])
def test_deprivation_has_mean_0_and_standard_deviation_1_over_children(children):
    places = make_places(LEEDS, children, 1)
    mean = np.average(places.deprivation, weights=places.children)
    assert mean == pytest.approx(0)
    assert np.average(places.deprivation**2, weights=places.children) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(5))
def test_neighbouring_areas_are_alike_in_deprivation(seed):
    places = make_places(LEEDS, 40_000, seed)
    at = {
        (r, c): d for r, c, d in zip(*map(np.ndarray.tolist, lattice_position(places)), places.deprivation, strict=True)
    }
    pairs = [(d, at[r, c + 1]) for (r, c), d in at.items() if (r, c + 1) in at]
    assert np.corrcoef(np.array(pairs).T)[0, 1] > 0.3


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.resembles)
def test_as_many_areas_lie_in_each_decile_as_the_profile_says_and_the_most_deprived_in_the_first(profile):
    places = make_places(profile, 40_000, 1)
    counted = np.bincount(places.imd_decile, minlength=11)[1:] / len(places.lsoa)
    assert counted == pytest.approx(
        np.array(profile.imd_deciles) / sum(profile.imd_deciles), abs=1.01 / len(places.lsoa)
    )
    order = np.argsort(-places.deprivation)
    assert (np.diff(places.imd_decile[order]) >= 0).all()


@pytest.mark.parametrize("number", [0, 7, 899])
def test_codes_have_the_standards_shape_and_are_none_in_use(number):
    places = make_places(LEEDS, 40_000, 1, number)
    (shape,) = place.lsoa.rules
    assert all(re.fullmatch(shape.pattern, code) for code in places.lsoa)
    assert all(int(code[3:]) > LARGEST_CODE_IN_USE for code in places.lsoa)
    assert all(re.fullmatch(r"X05\d{6}", code) for code in places.ward_codes)
    assert ONS_CODE.fullmatch(council_code(places))
    assert council_code(places) > "E06900"
    assert sorted(set(places.lsoa)) == places.lsoa.tolist()
    assert len(set(places.ward_names)) == len(places.ward_names)


def test_codes_of_councils_made_together_never_meet():
    codes = [code for number in range(4) for code in make_places(LEEDS, 40_000, 1, number).lsoa.tolist()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("wards", range(1, 40))
def test_a_lattice_of_wards_gives_itself_again(wards):
    columns, rows = ward_lattice(wards)
    assert ward_lattice(columns * rows) == (columns, rows)


def test_each_locality_is_one_connected_group_of_wards():
    places = make_places(LEEDS, 40_000, 1)
    row, column = (each.tolist() for each in lattice_position(places))
    for locality in range(len(places.localities)):
        cells = {(r, c) for r, c, of in zip(row, column, places.locality, strict=True) if of == locality}
        reached, edge = set(), [min(cells)]
        while edge:
            r, c = edge.pop()
            reached.add((r, c))
            edge += {(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)} & cells - reached
        assert reached == cells


@pytest.mark.parametrize(("children", "number"), [(0, 0), (-5, 0), (100, -1), (100, 900)])
def test_a_council_without_children_or_room_is_refused(children, number):
    with pytest.raises(UsageProblem):
        make_places(LEEDS, children, 1, number)


# Polygons


def rings(shapes: dict, kind: str) -> list[list[tuple[int, int]]]:
    return [[(x, y) for x, y in each["geometry"]["coordinates"][0]] for each in shapes[kind]["features"]]


def surface(ring: list[tuple[int, int]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def cross(a, b, c, d) -> bool:
    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("children", [2_000, 40_000])
def test_small_areas_tile_without_gap_or_overlap_and_no_outline_crosses_itself(seed, children):
    shapes = boundaries(make_places(LEEDS, children, seed), seed)
    areas = rings(shapes, "lsoa")
    assert all(ring[0] == ring[-1] and surface(ring) > 0 for ring in areas)
    directed = Counter(edge for ring in areas for edge in pairwise(ring))
    assert max(directed.values()) == 1
    outline = {(a, b) for a, b in directed if (b, a) not in directed}
    round_it = dict(outline)
    path = [min(round_it)]
    while len(path) == 1 or path[-1] != path[0]:
        path.append(round_it[path[-1]])
    assert len(path) == len(outline) + 1  # one outline: no hole and no island
    assert surface(path) == sum(map(surface, areas))
    for ring in [*areas, path]:
        edges = list(pairwise(ring))
        assert not any(cross(*edges[i], *edges[j]) for i in range(len(edges)) for j in range(i))


@pytest.mark.parametrize("children", [2_000, 40_000])
def test_a_wards_outline_is_that_of_its_small_areas(children):
    places = make_places(LEEDS, children, 3)
    shapes = boundaries(places, 3)
    areas, wards = rings(shapes, "lsoa"), rings(shapes, "ward")
    for ward, ring in enumerate(wards):
        mine = [areas[i] for i in np.flatnonzero(places.ward == ward)]
        edges = {edge for each in mine for edge in pairwise(each)}
        assert set(pairwise(ring)) == {(a, b) for a, b in edges if (b, a) not in edges}
        assert surface(ring) == sum(map(surface, mine))


@pytest.mark.parametrize("number", [0, 139, 140, 899])
def test_polygons_lie_on_the_national_grid_in_the_sea_and_say_that_they_are_invented(number):
    shapes = boundaries(make_places(LEEDS, 180_000, 1, number), 1)
    for kind in ("lsoa", "ward"):
        points = np.array([point for ring in rings(shapes, kind) for point in ring])
        assert points.min(axis=0).tolist() >= [540_000, 400_000]
        assert (points.max(axis=0) < [700_000, 1_300_000]).all()
        assert shapes[kind]["crs"]["properties"]["name"].endswith("EPSG::27700")
        assert all(each["properties"]["invented"] for each in shapes[kind]["features"])


# Tables


@pytest.fixture(scope="module")
def counted():
    places = make_places(LEEDS, 3_000, 5)
    people = make_people(LEEDS, places, 3_000, 5)
    return places, people, place_records(places, people, LEEDS, 5)


@pytest.mark.parametrize(("year", "band", "sex"), [(2020, (0, 5), "F"), (2023, (0, 18), "all"), (2026, (10, 16), "M")])
def test_population_is_what_a_slow_count_finds(counted, year, band, sex):
    places, people, records = counted
    day = date(year, 3, 31)
    expected = Counter()
    for child, area in enumerate(area_on(people, np.datetime64(day)).tolist()):
        born, left = people.born[child].astype(object), people.left[child].astype(object)
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        of_sex = sex == "all" or (sex == "F") == people.female[child]
        if born <= day and band[0] <= age < band[1] and (left is None or left > day) and of_sex:
            expected[str(places.lsoa[area])] += 1
    label = f"{band[0]}-{band[1] - 1}"
    rows = [
        row
        for row in records["population"].to_pylist()
        if (row["year"], row["age_band"], row["sex"]) == (year, label, sex) and row["ethnicity"] is None
    ]
    counts = {row["area_code"]: row["count"] for row in rows}
    assert {code: counts[code] for code in places.lsoa} == {code: expected[code] for code in places.lsoa}
    assert counts[council_code(places)] == sum(expected.values())
    assert sum(counts[code] for code in places.ward_codes) == sum(expected.values())


def test_ethnic_groups_of_the_council_add_up_to_its_children(counted):
    places, _, records = counted
    rows = [row for row in records["population"].to_pylist() if row["area_code"] == council_code(places)]
    for year in range(2020, 2027):
        all_children = [row for row in rows if (row["year"], row["age_band"], row["sex"]) == (year, "0-17", "all")]
        whole = [row["count"] for row in all_children if row["ethnicity"] is None]
        assert [sum(row["count"] for row in all_children if row["ethnicity"])] == whole


def test_the_children_of_a_place_are_those_of_the_latest_year(counted):
    _, _, records = counted
    latest = {
        row["area_code"]: row["count"]
        for row in records["population"].to_pylist()
        if (row["year"], row["age_band"], row["sex"]) == (2026, "0-17", "all") and row["ethnicity"] is None
    }
    assert all(row["children_0_17"] == latest[row["lsoa"]] for row in records["place"].to_pylist())
