"""`earlyhelp link`: who was taken to be one person, and how good the links are, as a user reads it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.journeys.conftest import earlyhelp

from earlyhelp.link.quality import COLUMNS
from earlyhelp.link.thresholds import FOLLOWING, UNDER_BOUNDS, under_each_bound
from earlyhelp.measures import CATALOGUE, Question, Standards, calculate
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.workspace import open_workspace

QUALITY = """
    SELECT * FROM (VALUES
        ('all', 'all', 900, 800, 0.999, 0.998, 1.0, 0.97, 0.96, 0.98, 'model', 'ok'),
        ('ethnicity', 'BAFR', 90, 80, 0.999, 0.998, 1.0, 0.9, 0.85, 0.95, 'model', 'ok'),
        ('area', 'ZZ1', 60, 3, 0.9, 0.8, 1.0, 0.9, 0.8, 0.95, 'model', 'ok'),
        ('area', 'ZZ2', 60, 0, NULL, NULL, NULL, NULL, NULL, NULL, 'model', 'no_data')
    ) AS told("by", "group", records, linked_pairs, precision, precision_lower, precision_upper, recall, recall_lower,
        recall_upper, basis, status)
"""


@pytest.fixture
def linked(thornbridge: Path, tmp_path: Path) -> Path:
    """The example council, and figures of its links that a person can check by eye."""
    folder = tmp_path / "thornbridge"
    shutil.copytree(thornbridge, folder)
    path = _file(folder)
    path.unlink(missing_ok=True)
    typed = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in COLUMNS.items())
    duckdb.execute(f"COPY (SELECT {typed} FROM ({QUALITY})) TO '{path}'")
    return folder


def _file(folder: Path) -> Path:
    [analysis] = (folder / "store" / "snapshots").glob("*/analysis")
    return analysis / "link_quality.parquet"


def test_json_holds_what_the_design_says(linked: Path) -> None:
    ended = earlyhelp("link", linked, "--json")

    assert ended.code == 0, ended.out
    told = ended.json
    assert {"records", "people", "families", "links_by_grade", "for_review"} <= told.keys()
    assert 0 < told["families"] <= told["people"] <= told["records"]
    assert (told["precision_estimate"], told["precision_interval"], told["precision_basis"]) == (
        0.999,
        [0.998, 1.0],
        "model",
    )
    assert (told["recall_estimate"], told["recall_basis"]) == (0.97, "model")


def test_small_counts_are_hidden_and_with_them_what_rests_on_them(linked: Path) -> None:
    rows = {(row["by"], row["group"]): row for row in earlyhelp("link", linked, "--json").json["quality"]}

    assert rows["area", "ZZ1"]["status"] == "suppressed"
    assert {rows["area", "ZZ1"][name] for name in ("linked_pairs", "precision", "recall", "recall_upper")} == {None}
    assert rows["area", "ZZ2"]["status"] == "no_data"
    assert rows["ethnicity", "BAFR"]["status"] == "ok"


def test_a_person_reads_the_table_and_where_links_are_worse(linked: Path) -> None:
    ended = earlyhelp("link", linked)

    assert "97.00%" in ended.out
    assert "Among people with the ethnicity BAFR more is missed: 90.00%" in " ".join(ended.out.split())
    assert "ZZ1" not in ended.out


def test_a_snapshot_made_before_says_no_data(linked: Path) -> None:
    _file(linked).unlink()
    told = earlyhelp("link", linked, "--json").json

    assert (told["precision_estimate"], told["recall_estimate"]) == (None, None)
    assert (told["precision_basis"], told["quality"]) == ("no_data", [])
    assert "no data" in earlyhelp("link", linked).out


def test_linking_anew_by_another_definition_of_a_family_makes_another_snapshot_and_is_told(
    thornbridge: Path, tmp_path: Path
) -> None:
    before = earlyhelp("link", thornbridge, "--json").json
    folder = tmp_path / "households"
    shutil.copytree(thornbridge, folder)
    settings = folder / "council.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('definition = "family"', 'definition = "household"'), "utf-8"
    )

    ended = earlyhelp("link", folder, "--engine", "duckdb", "--json")

    assert ended.code == 0, ended.out
    after, stages = ended.json, open_workspace(folder).manifest()["stages"]
    assert (before["family_definition"], after["family_definition"]) == ("family 2", "household 2")
    assert [stage["family_definition"] for stage in stages if stage["stage"] == "link"] == ["household 2"]
    assert (after["records"], after["people"]) == (before["records"], before["people"])
    assert after["families"] != before["families"]
    assert "household 2" in earlyhelp("link", folder).out


def test_linking_anew_where_nothing_has_come_tells_what_there_is(linked: Path) -> None:
    ended = earlyhelp("link", linked, "--engine", "duckdb", "--json")

    assert ended.code == 0, ended.out
    assert len(list((linked / "store" / "snapshots").iterdir())) == 1


def test_linking_anew_where_nothing_was_loaded_says_so(tmp_path: Path) -> None:
    assert earlyhelp("init", tmp_path / "new", "--council", "E06000999").code == 0

    assert earlyhelp("link", tmp_path / "new", "--engine", "duckdb").code == 5


def test_only_spark_has_a_master(thornbridge: Path) -> None:
    ended = earlyhelp("link", thornbridge, "--master", "local[2]", "--json")

    assert (ended.code, ended.json["where"]) == (2, "--master")


@pytest.mark.parametrize("measure", FOLLOWING)
def test_a_run_keeps_what_follows_people_under_stricter_and_looser_linking(
    thornbridge: Path, tmp_path: Path, measure: str
) -> None:
    folder = next((thornbridge / "store" / "snapshots").iterdir())
    con = read_tables(folder, tmp_path)
    standards = Standards(as_at=date(2025, 3, 31))

    under = under_each_bound(con, lambda: calculate(con, CATALOGUE[measure], standards, Question()))
    con.close()

    assert {path.stem for path in (folder / "analysis").glob("*.parquet")} >= UNDER_BOUNDS
    assert [bool(each.figures) for each in under] == [True, True]


def test_an_erasure_leaves_no_spells_under_ids_that_are_in_no_list(thornbridge: Path, tmp_path: Path) -> None:
    folder = tmp_path / "thornbridge"
    shutil.copytree(thornbridge, folder)
    who = ("--system", "ssd", "--id", "4196142", "--reason", "request 17", "--also-linked")

    assert earlyhelp("forget", folder, *who, "--yes").code == 0

    [analysis] = (folder / "store" / "snapshots").glob("*/analysis")
    left = {path.stem for path in analysis.glob("*.parquet")}
    assert "child_help" in left
    assert not left & UNDER_BOUNDS


def test_a_folder_that_is_no_workspace_is_told_so(tmp_path: Path) -> None:
    ended = earlyhelp("link", tmp_path / "nowhere", "--json")

    assert ended.code == 3
    assert {"error", "where", "fix"} <= ended.json.keys()
