"""`earlyhelp link`: who was taken to be one person, and how good the links are, as a user reads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from tests.journeys.conftest import earlyhelp

from earlyhelp.link.quality import COLUMNS

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


def test_a_folder_that_is_no_workspace_is_told_so(tmp_path: Path) -> None:
    ended = earlyhelp("link", tmp_path / "nowhere", "--json")

    assert ended.code == 3
    assert {"error", "where", "fix"} <= ended.json.keys()
