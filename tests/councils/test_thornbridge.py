"""The example council: every row is accounted for, and every planted fault is where its list says."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.staged import Row, Staged, keep_promises

from earlyhelp.pipeline import run
from earlyhelp.sources import SOURCES, Part, heading_of
from earlyhelp.store.workspace import create_workspace

EXAMPLE = Path(__file__).parents[2] / "examples" / "thornbridge"
EXPECTED: dict[str, Any] = json.loads((EXAMPLE / "expected.json").read_text(encoding="utf-8"))
TWIN, BLANK, REWORDED = "the row above once more", "blank row", "heading reworded"
UNBORN, SHORT = "expected date of birth", "pupil number too short"


@dataclass(frozen=True)
class Fault:
    """One line of the list of planted faults; `row` is 0 for a fault of a whole file or sheet."""

    file: str
    sheet: str
    row: int
    column: str
    words: str
    result: str
    value: str

    def __str__(self) -> str:
        return f"{self.file} {self.sheet} {self.row} {self.column}"

    def is_a(self, words: str | tuple[str, ...]) -> bool:
        """True for a fault of that kind, or of one of those kinds."""
        return self.words.startswith(words)


def _planted() -> list[Fault]:
    with (EXAMPLE / "planted_faults.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))[1:]
    return [Fault(file, sheet, int(row or 0), *rest) for file, sheet, row, *rest in lines]


FAULTS = _planted()


@dataclass
class Council:
    """The feeds of the example by file name, and what lies at each row of each part."""

    feeds: dict[str, Staged]
    refused: list[dict[str, str]]
    rows: dict[tuple[str, str, int], list[tuple[str, Row]]] = field(default_factory=dict)
    kept: set[tuple[str, str, int]] = field(default_factory=set)
    flags: dict[tuple[str, str, int], set[str]] = field(default_factory=dict)
    broken: set[tuple[str, str]] = field(default_factory=set)

    def place(self, fault: Fault, above: int = 0) -> tuple[str, str, int]:
        """File, part and row of a fault, or of the row above it."""
        part = fault.sheet or next(iter(self.feeds[fault.file].parts))
        return fault.file, part, fault.row - above

    def part(self, fault: Fault) -> Part:
        """The declaration of the list the fault lies in."""
        table = next(
            t["table"]
            for t in self.feeds[fault.file].report["tables"]
            if self.place(fault)[1] in {p["part"] for p in t["parts"]}
        )
        source = SOURCES[self.feeds[fault.file].report["source"]]
        named = source.part_called(self.place(fault)[1])
        return named or next(part for part in source.parts if part.table.table_name == table)

    def read_from(self, fault: Fault) -> Iterator[Any]:
        """What the rows of the store hold in the columns that the faulty heading fills, and in their raw columns."""
        for fill in self.part(fault).fills:
            for column, cell in fill.cells.items():
                if heading_of(cell) == fault.column:
                    names = (column.column_name, f"{column.column_name}_raw")
                    rows = [
                        row for table, row in self.rows.get(self.place(fault), ()) if table == fill.table.table_name
                    ]
                    yield from (self._told(row, name) for row in rows for name in names if name in row)

    def is_read(self, fault: Fault) -> bool:
        """True when the heading fills a column of the standard."""
        return fault.column in self.part(fault).used_headings

    def _told(self, row: Row, name: str) -> Any:
        """The value; for a pseudonym, the person's own number that stands behind it."""
        return self.numbers.get(row[name], row[name]) if name == "person_key" else row[name]

    @property
    def numbers(self) -> dict[str, str]:
        """The source's number of each person, by pseudonym."""
        people = (row for rows in self.rows.values() for table, row in rows if table == "person")
        return {row["person_key"]: row["source_person_id"] for row in people}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """The example, loaded and run."""
    workspace = create_workspace(tmp_path_factory.mktemp("example") / "thornbridge", "E06000999")
    for file in (EXAMPLE / "inbox").iterdir():
        shutil.copy(file, workspace.inbox)
    done = run(workspace, date.fromisoformat(EXPECTED["extract_date"]))
    feeds = {feed.report["path"]: Staged(feed.report, workspace.feeds / feed.feed_id) for feed in done.loaded.feeds}
    council = Council(feeds, [refused.as_dict() for refused in done.loaded.refused])
    for name, feed in council.feeds.items():
        _gather(council, name, feed)
    with duckdb.connect() as con:
        breaks = str(workspace.snapshot_folder() / "analysis" / "rule_break.parquet")
        council.broken |= set(con.execute("SELECT table_name, record FROM read_parquet(?)", [breaks]).fetchall())
    return council


def _gather(council: Council, name: str, feed: Staged) -> None:
    for table in {path.name.split(".")[0] for path in (feed.folder / "rows").iterdir()}:
        for row in feed.rows(table):
            part = row["source_record_id"].rsplit(":", 1)[0]
            council.rows.setdefault((name, part, row["row_no"]), []).append((table, row))
    council.kept |= {(name, row["part"], row["row_no"]) for row in feed.quarantine}
    for row in feed.issues:
        council.flags.setdefault((name, row["part"], row["row_no"]), set()).add(row["column_name"])


@pytest.mark.parametrize("name", EXPECTED["files"])
def test_the_account_of_each_file_and_part_is_as_planted(council: Council, name: str) -> None:
    expected, feed = EXPECTED["files"][name], council.feeds[name]
    keep_promises(feed)
    assert (feed.account[0], feed.account[2]) == (expected["rows"], expected["quarantined"])
    parts = {part: (read, quarantined) for part, (read, _, quarantined) in feed.parts.items()}
    if "parts" in expected:
        assert parts == {part: (rows["rows"], rows["quarantined"]) for part, rows in expected["parts"].items()}


def test_no_file_of_the_example_is_refused(council: Council) -> None:
    assert council.refused == []


def test_no_file_of_the_example_is_without_an_expected_account() -> None:
    assert EXPECTED["files"].keys() == {file.name for file in (EXAMPLE / "inbox").iterdir()}


def test_the_rows_in_quarantine_are_those_planted_and_no_others(council: Council) -> None:
    assert council.kept == {council.place(fault) for fault in FAULTS if fault.result == "quarantined"}


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.result == "quarantined"], ids=str)
def test_a_row_that_cannot_be_placed_is_in_quarantine_and_nowhere_else(council: Council, fault: Fault) -> None:
    assert council.place(fault) in council.kept
    assert council.place(fault) not in council.rows


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.result == "flagged"], ids=str)
def test_a_doubtful_value_is_flagged_at_its_row_and_the_row_is_in(council: Council, fault: Fault) -> None:
    assert council.rows.get(council.place(fault))
    assert council.place(fault) not in council.kept
    assert _is_flagged(council, fault) or _is_placed(council, fault)


def _is_flagged(council: Council, fault: Fault) -> bool:
    """In `issues` under its heading; one of two equal rows, whichever, there or by a rule of the checks."""
    if not fault.is_a(TWIN):
        return fault.column in council.flags.get(council.place(fault), ())
    places = (council.place(fault), council.place(fault, above=1))
    return any(council.flags.get(place) for place in places) or any(
        (table, row.get(f"{table}_id", row.get("event_id"))) in council.broken
        for place in places
        for table, row in council.rows.get(place, ())
    )


def _is_placed(council: Council, fault: Fault) -> bool:
    """A word of the council's own for which the code list knows the code is no doubtful value."""
    return fault.is_a("local code word") and fault.value in council.read_from(fault)


@pytest.mark.parametrize(
    "fault", [each for each in FAULTS if each.result == "flagged" and not each.is_a((TWIN, SHORT))], ids=str
)
def test_a_doubtful_value_is_kept_or_left_empty_as_the_list_says(council: Council, fault: Fault) -> None:
    """A code word that a council alone uses may be placed or listed as unmapped; what cannot be read is empty."""
    if not council.is_read(fault):
        pytest.skip(f"{fault.column} fills no column of the standard")
    values = {_text(value) for value in council.read_from(fault)}
    if fault.is_a("local code word"):
        assert values & {fault.value, "unmapped"}
    else:
        assert (fault.value or None) in values


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.result == "repaired" and each.row], ids=str)
def test_a_value_that_can_be_read_for_sure_is_read_as_meant(council: Council, fault: Fault) -> None:
    place = council.place(fault)
    assert place not in council.kept
    if fault.is_a(BLANK):
        assert place not in council.rows
    elif fault.is_a(REWORDED):
        (event,) = [row for table, row in council.rows[fault.file, place[1], 3] if table == "social_care_event"]
        assert event["start_date"]
    elif fault.is_a(UNBORN):
        (child,) = [row for table, row in council.rows[place] if table == "person"]
        assert (child["dob"], f"expected {child['expected_dob']}") == (None, fault.value)
    else:
        assert council.rows[place]
        assert not council.is_read(fault) or fault.value in {_text(value) for value in council.read_from(fault)}


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.result == "repaired" and not each.row], ids=str)
def test_a_file_or_sheet_of_another_make_is_read_all_the_same(council: Council, fault: Fault) -> None:
    read, accepted, _ = council.feeds[fault.file].parts[council.place(fault)[1]]
    assert 0 < accepted <= read


def _text(value: Any) -> str | None:
    """A value of the store as the list of faults writes it."""
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value).replace("\r\n", "\n")
