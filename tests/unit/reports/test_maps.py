"""Maps: told apart without colour, no hidden figure in them, and neighbours that keep the edges they share."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.reference.outlines import Outline, _polygons
from earlyhelp.reports import maps
from earlyhelp.reports.charts import svg
from earlyhelp.reports.maps import NO_DATA, TOO_FEW, Area, area_map, in_thirds
from earlyhelp.reports.place_maps import abuse_map, low_income_map, reach_map


def square(east: float, north: float, side: float = 1_000, holes: tuple = ()) -> Outline:
    ring = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    outer = np.array([(530_000 + east + x, 180_000 + north + y) for x, y in ring], dtype=float)
    return Outline("", ((outer, *holes),))


SQUARES = {"A": square(0, 0), "B": square(1_000, 0), "C": square(0, 1_000), "D": square(1_000, 1_000)}
RATES = {"A": 10.0, "B": 20.0, "C": 30.0}


def drawn(**more: object):
    shades, words = in_thirds(RATES, "{:.0f}".format)
    areas = [Area(code, f"Ward {code}", words.get(code, TOO_FEW.words)) for code in SQUARES]
    return area_map(areas, SQUARES, [*shades, TOO_FEW, NO_DATA])


def features(spec) -> dict[str, dict]:
    return {each["name"]: each for each in spec["layer"][0]["data"]["values"]}


def test_a_map_is_drawn_and_asks_for_nothing():
    assert svg(drawn()).startswith("<svg")
    assert '"url"' not in json.dumps(drawn())


def test_areas_are_in_thirds_from_the_lowest_and_each_carries_the_sign_of_its_class():
    spec = drawn()
    assert {name: each["class"] for name, each in features(spec).items()} == {
        "Ward A": "1: 10", "Ward B": "2: 20", "Ward C": "3: 30", "Ward D": "too few to say",
    }  # fmt: skip
    assert [each["sign"] for each in spec["layer"][1]["data"]["values"]] == ["1", "2", "3", "few"]


def test_what_is_hidden_is_pale_and_dashed_and_no_figure_of_it_is_in_the_page():
    spec = drawn()
    hidden = features(spec)["Ward D"]
    assert hidden["line"] == "dashed"
    assert set(hidden) == {"type", "geometry", "name", "class", "line"}
    assert list(features(spec))[-1] == "Ward D"  # last, so that no neighbour covers its dashed line


def test_a_class_that_no_area_has_is_not_in_the_key():
    assert drawn()["layer"][0]["encoding"]["color"]["scale"]["domain"] == ["1: 10", "2: 20", "3: 30", "too few to say"]


def test_equal_values_share_a_class():
    shades, words = in_thirds({"A": 5.0, "B": 5.0, "C": 5.0}, "{:.0f}".format)
    assert [each.words for each in shades] == ["1: 5"]
    assert set(words.values()) == {"1: 5"}
    assert in_thirds({}, str) == ([], {})


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.floats(0, 1000), min_size=1))
def test_a_higher_value_is_never_in_a_lower_class_and_every_class_holds_an_area(values):
    shades, words = in_thirds(values, repr)
    places = {each.words: place for place, each in enumerate(shades)}
    ordered = sorted(values, key=lambda code: values[code])
    assert [places[words[code]] for code in ordered] == sorted(places[words[code]] for code in ordered)
    assert set(words.values()) == set(places)
    assert all(words[one] == words[other] for one in values for other in values if values[one] == values[other])


def test_points_straight_between_others_are_left_out_and_neighbours_keep_the_edge_they_share():
    bent = np.array([(0, 0), (500, 0), (1_000, 0), (1_040, 500), (1_000, 1_000), (0, 1_000), (0, 0)], dtype=float)
    right = np.array([(1_000, 0), (2_000, 0), (2_000, 1_000), (1_000, 1_000), (1_040, 500), (1_000, 0)], dtype=float)
    spec = area_map(
        [Area("L", "Left", "1: 1"), Area("R", "Right", "1: 1")],
        {"L": Outline("L", ((bent,),)), "R": Outline("R", ((right,),))},
        in_thirds({"L": 1.0}, "{:.0f}".format)[0],
    )
    rings = {name: each["geometry"]["coordinates"][0][0] for name, each in features(spec).items()}
    assert len(rings["Left"]) == 6  # five corners, the first one twice
    shared = {tuple(each) for each in rings["Left"]} & {tuple(each) for each in rings["Right"]}
    assert len(shared) == 3


@given(st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), min_size=3, max_size=3, unique=True))
def test_the_sign_of_a_triangle_stands_inside_it(corners):
    (ax, ay), (bx, by), (cx, cy) = corners
    if (bx - ax) * (cy - ay) - (cx - ax) * (by - ay) == 0 or max(ay, by, cy) - min(ay, by, cy) < 4:
        return
    x, y = maps._inside([[[*map(list, corners), list(corners[0])]]])
    sides = [
        (qx - px) * (y - py) - (qy - py) * (x - px)
        for (px, py), (qx, qy) in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    slack = 0.06 * 80  # the place is told to a tenth of a step
    assert min(sides) > -slack or max(sides) < slack


def test_many_points_become_fewer_so_that_a_page_stays_small(monkeypatch):
    angles = np.linspace(0, 2 * np.pi, 5_000)
    circle = np.column_stack([np.cos(angles), np.sin(angles)]) * 20_000
    circle[-1] = circle[0]
    outlines = {"A": Outline("A", ((circle,),))}
    whole = area_map([Area("A", "A", "1: 1")], outlines, in_thirds({"A": 1.0}, "{:.0f}".format)[0])
    monkeypatch.setattr(maps, "MOST_POINTS", 100)
    small = area_map([Area("A", "A", "1: 1")], outlines, in_thirds({"A": 1.0}, "{:.0f}".format)[0])
    assert len(features(small)["A"]["geometry"]["coordinates"][0][0]) <= 100
    assert len(features(whole)["A"]["geometry"]["coordinates"][0][0]) > 100


def test_the_small_areas_of_a_large_council_are_all_drawn_in_a_page_that_is_small_enough(shared):
    content = json.loads((shared / "reference/boundaries/lsoa21/E10000032_west_sussex.geojson").read_text())
    outlines = {
        each["properties"]["LSOA21CD"]: Outline("", _polygons(each["geometry"])) for each in content["features"]
    }
    shades, words = in_thirds({code: float(place % 9) for place, code in enumerate(outlines)}, "{:.0f}".format)
    spec = area_map([Area(code, code, words[code]) for code in outlines], outlines, shades)
    assert len(outlines) > 500
    assert all(each["geometry"]["coordinates"] for each in features(spec).values())
    assert len(json.dumps(spec, separators=(",", ":"))) < 200_000


def test_an_area_too_small_for_a_step_leaves_the_map_whole():
    dot = square(500, 500, side=0.1)
    spec = area_map(
        [Area("A", "Big", "1: 1"), Area("B", "Dot", "1: 1")],
        {"A": square(0, 0, side=50_000), "B": dot},
        in_thirds({"A": 1.0}, "{:.0f}".format)[0],
    )
    assert features(spec)["Dot"]["geometry"]["coordinates"] == []
    assert svg(spec).startswith("<svg")


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=9))
def test_whatever_its_ring_an_area_is_drawn_or_left_empty_and_never_breaks_the_map(corners):
    ring = np.array([*corners, corners[0]], dtype=float)
    spec = area_map(
        [Area("A", "Big", "1: 1"), Area("B", "Odd", "1: 1")],
        {"A": square(-530_000, -180_000, side=1_000), "B": Outline("B", ((ring,),))},
        in_thirds({"A": 1.0}, "{:.0f}".format)[0],
    )
    assert all(np.isfinite([each["x"], each["y"]]).all() for each in spec["layer"][1]["data"]["values"])


def test_without_an_outline_there_is_no_map():
    with pytest.raises(ValueError, match="no outline"):
        area_map([Area("X", "Nowhere", "1: 1")], SQUARES, [])


# Maps of released answers

WARDS = [
    {"ward_code": "A", "ward_code_label": "Abbotswell", "in_words": "40.0 (30.0 to 52.0)", "shrunken": 41.2, "status": "ok",
     "probability_among_worst": 0.998, "may_be_hidden": True},
    {"ward_code": "B", "ward_code_label": "Brook", "in_words": "20.0 (12.0 to 31.0)", "shrunken": 22.0, "status": "ok",
     "probability_among_worst": 0.001, "may_be_hidden": False},
    {"ward_code": "C", "ward_code_label": "Cliff", "in_words": "too few to say", "shrunken": None, "status": "suppressed",
     "probability_among_worst": None, "may_be_hidden": None},
]  # fmt: skip


def test_the_map_of_abuse_has_words_from_the_same_figures_and_a_table_that_says_what_is_hidden():
    figure = abuse_map(WARDS, SQUARES, "wards")
    assert figure is not None
    assert "The highest figures: Abbotswell (41.2) and Brook (22.0)." in figure.alt
    assert "In 1 there are too few to say." in figure.alt
    assert figure.table.rows[0][1:] == ("40.0 (30.0 to 52.0)", "41.2", "over 99 in 100", "may be hidden")
    assert figure.table.rows[2] == ("Cliff", "too few to say", "too few to say", "too few to say", "cannot tell")


def test_without_boundaries_there_is_no_map_of_any_kind():
    assert abuse_map(WARDS, {}, "wards") is None
    assert reach_map([], {}) is None
    assert low_income_map([], SQUARES) is None


def test_the_map_of_reach_is_in_groups_with_signs_and_names_who_is_apart():
    told = {
        "observed": 9.0,
        "expected": 20.0,
        "in_words": "0.45 (0.21 to 0.85)",
        "low_income_share": 0.5,
        "status": "ok",
    }
    rows = [
        {**WARDS[0], **told, "group": "fewer than expected"},
        {**WARDS[1], **told, "group": "as expected"},
        {**WARDS[2], **told, "group": None, "status": "suppressed", "observed": None, "in_words": "too few to say"},
    ]
    figure = reach_map(rows, SQUARES)
    assert figure is not None
    assert "Fewer than expected: Abbotswell; more than expected: none." in figure.alt
    assert [each["sign"] for each in figure.spec["layer"][1]["data"]["values"]] == ["\u2212", "=", "few"]
    assert figure.table.rows[2][:3] == ("Cliff", "too few to say", "too few to say")
    poor = low_income_map(rows, SQUARES)
    assert poor is not None
    assert poor.table.rows[0] == ("Abbotswell", "50%")
