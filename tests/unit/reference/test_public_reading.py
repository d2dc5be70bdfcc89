"""What later stages ask of a pack: figures, authorities, neighbours, small areas, boundaries."""

from __future__ import annotations

import pytest
from tests.unit.reference.published_files import authority, lait, of_authority, write_publication

from earlyhelp.errors import InputRefused
from earlyhelp.reference import authorities, boundaries, figures, neighbours, small_areas
from earlyhelp.reference.loading import FIGURE_COLUMNS

WANDSWORTH, LEEDS, CAMDEN = "E09000032", "E08000035", "E09000007"


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """A folder of small files of five publications, and one file that cannot be read."""
    folder = tmp_path_factory.mktemp("pack")
    write_publication(
        folder, "authorities", [authority(WANDSWORTH, "212.0", "Wandsworth"), authority(LEEDS, "383", "Leeds")]
    )
    rows = [
        of_authority(WANDSWORTH, "2025", At31_episodes="1350", Started_child="c"),
        of_authority(WANDSWORTH, "2024", At31_episodes="1300"),
        of_authority(LEEDS, "2025", At31_episodes="4200"),
    ]
    write_publication(folder, "children_in_need", rows)
    write_publication(folder, "lait", [lait("CIN", "212", "2025", "200.5"), lait("CIN", "970", "2025", "330")])
    near = [("2", LEEDS, "Leeds"), ("10", LEEDS, "Leeds"), ("1", CAMDEN, "Camden")]
    write_publication(
        folder,
        "neighbours",
        [
            {"new_la_code": WANDSWORTH, "sn_rank": rank, "sn_new_la_code": code, "sn_la_name": name}
            for rank, code, name in near
        ],
    )
    areas = [("E01000002", "E05000001"), ("E01000001", "E05000001"), ("E01000003", "E05000002")]
    write_publication(
        folder,
        "small_areas",
        [
            {"lsoa21_code": lsoa, "ward24_code": ward, "ltla24_code": WANDSWORTH, "utla_code": WANDSWORTH}
            for lsoa, ward in areas
        ],
    )
    write_publication(folder, "ward_boundaries", [{"WD25CD": "E05000001", "WD25NM": "Balham"}])
    (folder / "notes.csv").write_text("not,published\n1,2\n", "utf-8")
    return folder


def test_figures_of_a_measure_and_an_area_come_in_the_one_shape_ordered_by_period(pack):
    found = figures(pack, "children_in_need/At31_episodes", WANDSWORTH)
    assert tuple(found.column_names) == FIGURE_COLUMNS
    assert found.select(["period", "value", "status", "source"]).to_pylist() == [
        {"period": "2024", "value": 1300.0, "status": "ok", "source": "children_in_need.csv"},
        {"period": "2025", "value": 1350.0, "status": "ok", "source": "children_in_need.csv"},
    ]


def test_a_withheld_figure_is_there_without_a_value(pack):
    rows = figures(pack, "children_in_need/Started_child", WANDSWORTH).to_pylist()
    assert [(row["value"], row["status"], row["symbol"]) for row in rows] == [
        (None, "missing", ""),
        (None, "suppressed", "c"),
    ]


def test_a_publications_name_gives_all_its_measures_and_no_area_gives_all_areas(pack):
    found = figures(pack, "children_in_need")
    assert found.num_rows == 3 * 8
    assert set(found["area_code"].to_pylist()) == {WANDSWORTH, LEEDS}


def test_an_authority_that_a_publisher_numbers_is_found_by_its_code(pack):
    assert figures(pack, "lait/CIN", WANDSWORTH)["value"].to_pylist() == [200.5]
    assert figures(pack, "lait/CIN", "E92000001")["area_type"].to_pylist() == ["country"]


def test_an_area_without_figures_gives_no_rows_and_a_replaced_code_says_which_to_ask_for(pack):
    assert figures(pack, "lait/CIN", CAMDEN).num_rows == 0
    for ask in (lambda: figures(pack, "lait/CIN", "E08000038"), lambda: neighbours(pack, "E08000038")):
        with pytest.raises(InputRefused) as problem:
            ask()
        assert problem.value.fix == "Ask for E08000016."


@pytest.mark.parametrize(
    ("measure", "fix"),
    [
        ("children_in_need/At31_episode", "children_in_need/At31_episodes"),
        ("children_in_ned", "children_in_need"),
        ("absence", "Outcomes for children in need"),
        ("neighbours", "Such are:"),
    ],
)
def test_a_measure_that_is_not_there_is_refused_with_what_is_near_or_where_it_is_published(measure, fix, pack):
    with pytest.raises(InputRefused) as problem:
        figures(pack, measure)
    assert fix in problem.value.fix


def test_quotes_in_what_is_asked_are_text_and_no_sql(pack):
    with pytest.raises(InputRefused):
        figures(pack, "lait/CIN' OR '1'='1")
    assert figures(pack, "lait/CIN", "x' OR '1'='1").num_rows == 0


def test_authorities_are_listed_by_code(pack):
    assert authorities(pack)["name"].to_pylist() == ["Leeds", "Wandsworth"]


def test_neighbours_come_closest_first_by_number_and_not_by_text(pack):
    assert neighbours(pack, WANDSWORTH)["rank"].to_pylist() == [1, 2, 10]
    with pytest.raises(InputRefused, match="no neighbours of this area"):
        neighbours(pack, LEEDS)


@pytest.mark.parametrize(
    ("area", "lsoas"),
    [(WANDSWORTH, ["E01000001", "E01000002", "E01000003"]), ("E05000001", ["E01000001", "E01000002"])],
)
def test_small_areas_of_an_authority_or_a_ward(area, lsoas, pack):
    assert small_areas(pack, area)["lsoa"].to_pylist() == lsoas


def test_boundaries_carry_their_shape(pack):
    [row] = boundaries(pack, "ward_boundaries").to_pylist()
    assert (row["WD25NM"], row["source"]) == ("Balham", "ward_boundaries.geojson")
    assert row["geometry"].startswith('{"type":"Polygon"')
