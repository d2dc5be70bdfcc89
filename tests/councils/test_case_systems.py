"""Extracts of case systems, forms and lists with the mess they have: a folder a source, its files, and what must come of them.

`expected.json` tells of each file its account by list (rows read, accepted, set aside), the rows set aside and the doubtful
values with their rule, the words no list knows, and the rows that come out (keys made of a secret are left out, and of
a number that siblings share the mark is told as such).
`never_stored` are words of free text that may be in no staged row.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from earlyhelp.pipeline import load
from earlyhelp.sources import SOURCES, MadeKey, OwnNumber
from earlyhelp.store.workspace import create_workspace
from staged import RECEIVED_ON, Staged, feeds_of

HERE = Path(__file__).parent
FOLDERS = sorted(
    file.parent.name for file in HERE.glob("*/expected.json") if "never_stored" in json.loads(file.read_text())
)
_OF_THE_LOAD = {"row_id", "row_no", "feed_id", "source_system", "source_record_id", "person_key"}


def expected(folder: str) -> dict[str, Any]:
    """What must come of a folder."""
    told: dict[str, Any] = json.loads((HERE / folder / "expected.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Staged]]:
    """Every folder in a workspace of its own, its feeds by file. Nothing says which source a file is from."""
    return {folder: dict(_loaded(folder, tmp_path_factory.mktemp(folder))) for folder in FOLDERS}


def _loaded(folder: str, root: Path) -> Iterator[tuple[str, Staged]]:
    workspace = create_workspace(root / "council", "E09000032")
    files = sorted(file for file in (HERE / folder).iterdir() if file.name != "expected.json")
    for feed in feeds_of(workspace, load(workspace, files, RECEIVED_ON)):
        yield feed.report["path"], feed


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_known_for_what_it_is_and_every_row_is_accounted_for(folder, loaded):
    told = expected(folder)["files"]
    assert {path: feed.report["source"] for path, feed in loaded[folder].items()} == dict.fromkeys(told, folder)
    assert {path: {name: list(part) for name, part in feed.parts.items()} for path, feed in loaded[folder].items()} == {
        path: each["accounts"] for path, each in told.items()
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_planted_faults_are_where_they_should_be(folder, loaded):
    for path, each in expected(folder)["files"].items():
        assert faults(loaded[folder][path]) == {name: each[name] for name in ("set_aside", "doubtful", "unmapped")}, (
            path
        )


def faults(feed: Staged) -> dict[str, Any]:
    """Rows set aside and doubtful values by list, row, rule and heading; and words that no code list knows."""
    doubtful = {(row["part"], row["row_no"], row["rule"], row["column_name"]) for row in feed.issues}
    return {
        "set_aside": [[row["part"], row["row_no"], row["rule"], row["column_name"]] for row in feed.quarantine],
        "doubtful": [list(each) for each in sorted(doubtful)],
        "unmapped": sorted([each["column"], each["value"]] for each in feed.report["unmapped_values"]),
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_expected_rows_come_out(folder, loaded):
    for path, each in expected(folder)["files"].items():
        for table, rows in each["rows"].items():
            assert told(loaded[folder][path], table) == Counter(map(json.dumps, rows)), (path, table)


def told(feed: Staged, table: str) -> Counter[str]:
    """The filled columns of a table's rows, without those that differ from workspace to workspace."""
    return Counter(json.dumps(row) for row in shown(feed, table))


def shown(feed: Staged, table: str) -> list[dict[str, Any]]:
    """As `told`, row by row."""
    made, shared = _columns_of(feed, table, MadeKey), _columns_of(feed, table, OwnNumber)
    return [
        {
            name: value.isoformat() if isinstance(value, date) else _told(value) if name in shared else value
            for name, value in sorted(row.items())
            if value is not None and name not in made | _OF_THE_LOAD and not name.endswith("_raw")
        }
        for row in feed.rows(table)
    ]


def _columns_of(feed: Staged, table: str, kind: type) -> set[str]:
    """The columns of a table that the lists of the feed read from cells of a kind."""
    return {
        column.column_name
        for part in SOURCES[feed.report["source"]].parts
        for fill in part.fills
        for column, cell in fill.cells.items()
        if isinstance(cell, kind) and fill.table.table_name == table and part.title in _lists(feed)
    }


def _told(number: str) -> str:
    """A number that siblings share, with a word in place of the mark, which is made of a secret."""
    return re.sub("-[0-9a-f]{8}$", "-marked", number)


def _lists(feed: Staged) -> set[str]:
    return {part["list"] for part in feed.report["parts"]}


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_people_wrote_about_each_other_is_not_stored(folder, loaded):
    for feed in loaded[folder].values():
        tables = {file.name.split(".")[0] for file in (feed.folder / "rows").iterdir()}
        stored = json.dumps([feed.rows(table) for table in sorted(tables)], default=str, ensure_ascii=False)
        assert [words for words in expected(folder)["never_stored"] if words in stored] == []


def test_siblings_who_share_a_workflow_have_an_episode_each_and_all_that_belongs_to_it(loaded):
    feed = loaded["mosaic"]["workflow steps of siblings.csv"]
    rows = {table: feed.rows(table) for table in ("contact", "eh_assessment", "eh_episode", "eh_review")}
    episodes = {row["person_key"]: row for row in rows["eh_episode"]}
    assert len(episodes) == len({row["episode_id"] for row in episodes.values()}) == 3
    asked = {row["person_key"]: row["contact_id"] for row in rows["contact"]}
    assert len(set(asked.values())) == 2
    assert all(episodes[person]["contact_id"] == number for person, number in asked.items())
    assessed = {row["person_key"]: row["episode_id"] for row in rows["eh_assessment"]}
    assert all(assessed[person] == episodes[person]["episode_id"] for person in asked)
    held = [row["episode_id"] for row in rows["eh_review"] if row["held_date"]]
    assert sorted(held) == sorted(episodes[person]["episode_id"] for person in asked)
    assert len({row["review_id"] for row in rows["eh_review"]}) == 3


def test_the_first_of_a_workflow_keeps_its_number_and_no_id_of_a_person_stands_in_any(loaded):
    feed = loaded["mosaic"]["workflow steps of siblings.csv"]
    rows = [row for table in ("contact", "eh_assessment", "eh_episode", "eh_review") for row in feed.rows(table)]
    numbers = {row[name] for row in rows for name in row if name in ("contact_id", "episode_id", "review_id")}
    assert {"9101", "W20", "9105"} <= numbers
    assert not [each for each in numbers if each and re.search("(?<![0-9a-f])20[1-6](?![0-9a-f])", each)]
