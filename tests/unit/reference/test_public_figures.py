"""Published files become one long table: every row counted, every kind of nothing kept, nothing counted as zero."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.reference.published_files import authority, lait, of_authority, of_england, write_publication

from earlyhelp.errors import InputRefused
from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.loading import FIGURE_COLUMNS, connect, load
from earlyhelp.reference.pack import open_pack
from earlyhelp.reference.publication import BOUNDARIES, FIGURES, LICENCES
from earlyhelp.reference.symbols import DASH, STATUSES, SYMBOLS

WANDSWORTH, LEEDS = "E09000032", "E08000035"


def loaded(folder: Path, *, order: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    """The figures of every file of a folder, read in the order of `order` first."""
    con, pack = connect(), open_pack(folder)
    for resource in sorted(pack.resources, key=lambda each: each.path.split(".")[0] not in order):
        load(con, pack, resource)
    return con.execute(f"SELECT {', '.join(FIGURE_COLUMNS)} FROM figures ORDER BY ALL").fetchall()


# What each publication declares


@pytest.mark.parametrize("publication", PUBLICATIONS.values(), ids=PUBLICATIONS)
def test_a_publication_says_who_publishes_it_where_under_which_licence_and_what_names_a_row(publication):
    assert publication.where.startswith("https://")
    assert publication.licence in LICENCES
    assert publication.publisher
    assert publication.how
    assert publication.keys
    assert set(publication.keys) <= set(publication.headings)
    assert len(set(publication.headings)) == len(publication.headings)
    assert (publication.kind == FIGURES) == bool(publication.long)


def test_no_two_publications_have_the_same_headings():
    assert len({frozenset(each.headings) for each in PUBLICATIONS.values()}) == len(PUBLICATIONS)


@pytest.mark.parametrize("publication", list(PUBLICATIONS.values()), ids=list(PUBLICATIONS))
def test_a_file_with_one_row_is_known_by_its_headings_and_gives_its_columns(publication, tmp_path):
    row = dict.fromkeys(publication.headings, "1")
    row |= {"geographic_level": "Local authority", "LA Number": "301"}
    write_publication(tmp_path, publication.id, [{h: v for h, v in row.items() if h in publication.headings}])
    con, pack = connect(), open_pack(tmp_path)
    read = load(con, pack, pack.resources[0])
    assert (read.publication.id, read.rows) == (publication.id, 1)
    if publication.kind == FIGURES:
        assert read.figures == read.statuses["ok"] >= 1
    else:
        columns = {name for name, *_ in con.execute(f'DESCRIBE "{publication.id}"').fetchall()}
        extra = {"geometry", "source"} if publication.kind == BOUNDARIES else set()
        assert columns == set(publication.headings) | extra


# One long shape


def test_a_column_a_measure_becomes_a_row_a_measure(tmp_path):
    row = of_authority(WANDSWORTH, "2025", Started_child="1200", At31_episodes="1350")
    write_publication(tmp_path, "children_in_need", [row])
    told = {row[3]: row for row in loaded(tmp_path)}
    source = "children_in_need.csv"
    at_march = "children_in_need/At31_episodes"
    assert told[at_march] == (WANDSWORTH, "authority", "2025", at_march, 1350.0, "ok", "", source)
    assert len(told) == 8


@pytest.mark.parametrize(
    ("printed", "value", "status", "symbol"),
    [
        ("0", 0.0, "ok", ""),
        ("12.5", 12.5, "ok", ""),
        ("-3", -3.0, "ok", ""),
        ("", None, "missing", ""),
        ("c", None, "suppressed", "c"),
        ("[c]", None, "suppressed", "c"),
        ("x", None, "not_available", "x"),
        ("z", None, "not_applicable", "z"),
        (".", None, "not_applicable", "."),
        ("u", None, "unreliable", "u"),
        ("k", None, "low", "k"),
        (":", None, "not_available", ":"),
    ],
)
def test_each_kind_of_nothing_stays_what_it_is_and_is_never_zero(printed, value, status, symbol, tmp_path):
    write_publication(tmp_path, "children", [of_authority(WANDSWORTH, "2024", population_estimate=printed)])
    [row] = loaded(tmp_path)
    assert row[4:7] == (value, status, symbol)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([each.printed for each in SYMBOLS]),
            st.integers(-(10**9), 10**9).map(str),
            st.floats(-1e6, 1e6, allow_nan=False).map(repr),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_column_of_numbers_and_signs_is_read_as_a_slow_reader_reads_it(cells):
    with tempfile.TemporaryDirectory() as folder:
        rows = [of_authority(f"E0900{place:04}", "2024", population_estimate=cell) for place, cell in enumerate(cells)]
        write_publication(Path(folder), "children", rows)
        found = [(row[4], row[5]) for row in loaded(Path(folder))]
    meanings = {each.printed: each.status for each in SYMBOLS}
    expected = [(None, meanings[cell]) if cell in meanings else (float(cell), "ok") for cell in cells]
    assert found == expected


@pytest.mark.parametrize("cell", ["1,234", "NaN", "inf", "n/a", "-", "1e999", "[5"])
def test_a_cell_that_is_neither_number_nor_known_sign_makes_the_file_refused(cell, tmp_path):
    write_publication(tmp_path, "children", [of_authority(WANDSWORTH, "2024", population_estimate=cell)])
    with pytest.raises(InputRefused) as problem:
        loaded(tmp_path)
    assert f"'{cell}'" in problem.value.error
    assert problem.value.where == "children.csv"


def test_the_dash_of_the_interactive_tool_is_missing_or_suppressed_and_known_nowhere_else(tmp_path):
    write_publication(tmp_path, "lait", [lait("CIN", "970", "2025", "-"), lait("CIN", "986", "2025", "330.1")])
    assert [(row[0], row[1], row[4], row[5], row[6]) for row in loaded(tmp_path)] == [
        ("E12000007", "region", 330.1, "ok", ""),
        ("E92000001", "country", None, "missing_or_suppressed", "-"),
    ]
    assert [each.id for each in PUBLICATIONS.values() if DASH in each.symbols] == ["lait"]


def test_three_digits_become_the_authoritys_code_where_the_pack_has_the_list(tmp_path):
    write_publication(tmp_path, "lait", [lait("CIN", "212", "2025", "300"), lait("CIN", "909", "2025", "280")])
    write_publication(tmp_path, "authorities", [authority(WANDSWORTH, "212.0", "Wandsworth")])
    assert [row[:2] for row in loaded(tmp_path, order=("authorities",))] == [
        ("909", "authority_number"),
        (WANDSWORTH, "authority"),
    ]


def test_the_year_in_a_heading_becomes_the_period(tmp_path):
    row = {"ward_code": "E05014009", "children_fye2024": "120", "pct_fye2025": "21.5"}
    write_publication(tmp_path, "low_income_of_wards", [row])
    told = {(period, measure): value for _, _, period, measure, value, *_ in loaded(tmp_path)}
    assert told[("FYE 2024", "low_income_of_wards/children")] == 120.0
    assert told[("FYE 2025", "low_income_of_wards/pct")] == 21.5
    assert told[("FYE 2025", "low_income_of_wards/children")] is None


def test_regions_without_a_code_get_it_from_their_name(tmp_path):
    rows = [
        {"time_period": "2025", "geographic_level": "Regional", "region_name": name}
        for name in ("London", "Inner London")
    ]
    write_publication(tmp_path, "domestic_abuse_factor", rows)
    assert {row[0] for row in loaded(tmp_path)} == {"E12000007", "E13000001"}


def test_columns_that_split_are_part_of_the_measures_name(tmp_path):
    row = of_england("202425", social_care_group="CINO at 31 March", phase_type_grouping="Total", pt_overall="17.4")
    write_publication(tmp_path, "absence", [row])
    assert "absence/CINO at 31 March/Total/pt_overall" in {row[3] for row in loaded(tmp_path)}


def test_a_row_whose_area_nobody_knows_makes_the_file_refused(tmp_path):
    row = {"time_period": "2025", "geographic_level": "Parish", "new_la_code": WANDSWORTH}
    write_publication(tmp_path, "children", [row])
    with pytest.raises(InputRefused, match="no area, period or measure"):
        loaded(tmp_path)


def test_a_number_of_an_authority_that_is_no_number_makes_the_file_refused(tmp_path):
    write_publication(tmp_path, "lait", [lait("CIN", "Wandsworth", "2025", "1")])
    with pytest.raises(InputRefused, match="names areas or periods"):
        loaded(tmp_path)


def test_only_figures_with_a_value_are_ok():
    assert STATUSES[0] == "ok"
    assert len(set(STATUSES)) == len(STATUSES)
    assert all(not math.isfinite(_number(each.printed)) for each in (*SYMBOLS, DASH))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def test_a_number_in_brackets_is_no_figure(tmp_path):
    write_publication(tmp_path, "children", [of_authority(WANDSWORTH, "2024", population_estimate="[5]")])
    with pytest.raises(InputRefused, match="1 cells hold '5'"):
        loaded(tmp_path)
