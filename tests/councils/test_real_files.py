"""Files their publishers made for testing: each is read or refused with a reason, and its rows are counted twice."""

from __future__ import annotations

import csv
import shutil
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook
from tests.staged import RECEIVED_ON, Staged, is_one_clear_line, keep_promises

from earlyhelp.errors import InputRefused
from earlyhelp.pipeline import load, run
from earlyhelp.store.workspace import create_workspace

FOLDERS = ("annex_a", "cin_census", "ssda903")
RETURNS = (
    "cin_census/d2i_fake_CIN_data.xml",
    "ssda903/d2i_episodes.csv",
    "ssda903/d2i_header.csv",
    "ssda903/d2i_missing.csv",
)
ELEMENTS = ("Child", "CINdetails", "Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans")
COUNTED_BY_EYE = {"cscdp_example-A-2005.xls": {"List_1": 1, "List_2": 12}}
"""Old workbooks, which the second counter cannot open."""
Counts = dict[str, int]


def rows_of_workbook(file: Path) -> Counts:
    """Filled rows below the headings of lists 1 to 8, by sheet."""
    counts = {}
    for sheet in load_workbook(file, data_only=True):
        rows = [[cell for cell in row if str(cell or "").strip()] for row in sheet.iter_rows(values_only=True)]
        headings = next((place for place, row in enumerate(rows) if "Child Unique ID" in row), None)
        number = "".join(character for character in sheet.title if character.isdigit())
        if headings is not None and number and int(number) <= 8:
            counts[sheet.title] = sum(1 for row in rows[headings + 1 :] if row)
    return counts


def rows_of_census(file: Path) -> Counts:
    """Repeating elements, by name."""
    found = Counter(element.tag for element in ElementTree.parse(file).iter())
    return {name: found[name] for name in ELEMENTS}


def rows_of_csv(file: Path) -> Counts:
    """Filled records below the headings."""
    return {file.stem: len(records(file))}


def records(file: Path) -> list[dict[str, str]]:
    """The filled records of a CSV file."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in csv.DictReader(stream) if any(row.values())]


COUNTERS = {".xlsx": rows_of_workbook, ".xml": rows_of_census, ".csv": rows_of_csv}


def counted(file: Path) -> Counts:
    """Source rows by part, counted without our readers; parts that hold none are left out."""
    counts = COUNTED_BY_EYE.get(file.name) or COUNTERS[file.suffix](file)
    return {part: rows for part, rows in counts.items() if rows}


@pytest.fixture(scope="module")
def files(shared: Path) -> list[Path]:
    """Every sample file of the three layouts."""
    return [file for folder in FOLDERS for file in sorted((shared / "samples" / folder).iterdir())]


@pytest.fixture(scope="module")
def taken(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Staged | InputRefused]:
    """What became of each file."""
    workspace = create_workspace(tmp_path_factory.mktemp("real") / "council", "E09000032")
    loaded = load(workspace, files, RECEIVED_ON)
    taken: dict[str, Staged | InputRefused] = {
        feed.report["path"]: Staged(feed.report, workspace.feeds / feed.feed_id) for feed in loaded.feeds
    }
    for refused in loaded.refused:
        assert isinstance(refused, InputRefused)
        taken[refused.where.split(",")[0]] = refused
    assert taken.keys() == {file.name for file in files}
    return taken


def test_schemas_and_guidance_are_refused_in_one_sentence_and_every_extract_is_read(
    files: list[Path], taken: dict[str, Staged | InputRefused]
) -> None:
    refused = {name: outcome for name, outcome in taken.items() if isinstance(outcome, InputRefused)}
    assert refused.keys() == {file.name for file in files if file.suffix in (".xsd", ".json")}
    for outcome in refused.values():
        is_one_clear_line(outcome)


def test_the_account_of_each_file_equals_an_independent_count_of_its_rows(
    files: list[Path], taken: dict[str, Staged | InputRefused]
) -> None:
    for file in files:
        if isinstance(staged := taken[file.name], Staged):
            keep_promises(staged)
            assert {part: read for part, (read, _, _) in staged.parts.items() if read} == counted(file), file.name


def test_no_row_of_a_sound_extract_is_set_aside(taken: dict[str, Staged | InputRefused]) -> None:
    """The makers of these files planted dirt in codes and optional dates, none in an id or in the day of an event."""
    for name, staged in taken.items():
        if isinstance(staged, Staged):
            assert staged.account[2] == 0, name


@dataclass(frozen=True)
class Published:
    """The returns loaded and run: staged rows and the current snapshot, each as counts by source, table and kind."""

    staged: Counter[tuple[str, str, str]]
    snapshot: Counter[tuple[str, str, str]]


KINDS = {"person": "'person'", "person_identifier": "type", "social_care_event": "type", "partner_event": "type"}


@pytest.fixture(scope="module")
def published(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    workspace = create_workspace(tmp_path_factory.mktemp("returns") / "council", "E09000032")
    for name in RETURNS:
        shutil.copy(shared / "samples" / name, workspace.inbox)
    done = run(workspace, RECEIVED_ON, as_at=date(2026, 3, 31))
    assert done.loaded.refused == []
    snapshot = workspace.snapshot_folder() / "analysis"
    return Published(
        Counter(_by_kind(workspace.feeds, "*/rows/{table}.*.parquet")), Counter(_by_kind(snapshot, "{table}.parquet"))
    )


def _by_kind(folder: Path, pattern: str) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = {}
    with duckdb.connect() as con:
        for table, kind in KINDS.items():
            paths = [str(path) for path in folder.glob(pattern.format(table=table))]
            sql = f"SELECT source_system, {kind}, count(*) FROM read_parquet(?, union_by_name = true) GROUP BY ALL"
            found |= {(source, table, name): rows for source, name, rows in con.execute(sql, [paths]).fetchall()}
    return found


@pytest.fixture(scope="module")
def expected(shared: Path) -> Counter[tuple[str, str, str]]:
    """The same counts, straight from the files."""
    census, episodes, header, missing = (shared / "samples" / name for name in RETURNS)
    elements = rows_of_census(census)
    pupils = [element.text for element in ElementTree.parse(census).iter("UPN") if element.text]
    former = [element.text for element in ElementTree.parse(census).iter("FormerUPN") if element.text]
    return Counter(
        {
            ("cin_census", "person", "person"): elements["Child"],
            ("cin_census", "person_identifier", "upn"): len(pupils),
            ("cin_census", "person_identifier", "former_upn"): len(former),
            ("cin_census", "social_care_event", "referral"): elements["CINdetails"],
            ("cin_census", "social_care_event", "cin_episode"): elements["CINdetails"],
            ("ssda903", "person", "person"): len(records(header)),
            ("ssda903", "person_identifier", "upn"): sum(1 for row in records(header) if row["UPN"]),
            ("ssda903", "social_care_event", "looked_after"): len(records(episodes)),
            ("ssda903", "partner_event", "missing"): len(records(missing)),
        }
    )


def test_the_files_are_as_their_publisher_describes_them(expected: Counter[tuple[str, str, str]]) -> None:
    """332 children in the census; 2,675 children and 5,050 episodes in the return on children looked after."""
    assert expected["cin_census", "person", "person"] == 332
    assert expected["ssda903", "person", "person"] == 2675
    assert expected["ssda903", "social_care_event", "looked_after"] == 5050


def test_staged_rows_equal_an_independent_count_by_table_and_kind(
    published: Published, expected: Counter[tuple[str, str, str]]
) -> None:
    assert published.staged == expected


def test_the_published_snapshot_equals_an_independent_count_by_table_and_kind(
    published: Published, expected: Counter[tuple[str, str, str]]
) -> None:
    assert published.snapshot == expected
