"""What a source writes it reads again: for every source, every column its layout holds comes back as it was."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from earlyhelp.pipeline import load
from earlyhelp.sources import SOURCES, Fill, Fixed, Heading, MadeKey, Named, Part, PersonOf, Read, Source, heading_of
from earlyhelp.sources.writing import RECORD, STANDARD_AS_PARQUET, WRITERS, Writer
from earlyhelp.standard import NOT_RECORDED, Boolean, person
from earlyhelp.store.workspace import Workspace, create_workspace
from staged import RECEIVED_ON, Staged, feeds_of, stage
from unit.sources_writing.true_records import Records, Row, child, connected, drawn, event

NOT_WRITTEN: dict[str, str] = {}
"""Sources that are read and not written, each with the reason."""
DAYS = (date(2024, 3, 31), date(2025, 3, 31))  # the last collection of the older wordings, and the first of the newer

TEXTS = st.lists(
    st.text("aZ9é’ ,;\"'&<>\n-", min_size=1, max_size=12).map(lambda t: f"T{t}".strip()), min_size=1, max_size=4
)
WRITTEN = {**WRITERS, "standard as Parquet": STANDARD_AS_PARQUET}
FEW = settings(
    max_examples=1,
    deadline=None,
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # each example is a load: making a failing one smaller takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)


def test_every_source_is_written_or_it_is_said_why_not():
    assert set(SOURCES) - set(WRITERS) == set(NOT_WRITTEN)
    assert all(writer.source is SOURCES[name] for name, writer in WRITERS.items())


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "standard"])
@FEW
@example(seed=1, texts=["Tom & Jo <x>", "Zoë; K", "T\nU"], as_at=DAYS[1])
@given(seed=st.integers(0, 10_000), texts=TEXTS, as_at=st.sampled_from(DAYS))
def test_what_a_source_writes_is_read_again_as_it_was(name, seed, texts, as_at):
    is_read_again(name, drawn(seed, texts, as_at), as_at)


@pytest.mark.parametrize(
    ("name", "of"), [("standard", 0), ("standard", 1), ("standard", 2), ("standard as Parquet", 0)]
)
def test_every_third_table_of_the_standard_is_read_again_as_it_was(name, of):
    records = drawn(of, ['Ann\'s, "Elm"', "Tom & Jo <x>", "T\nU"], DAYS[1])
    every = 3 if name == "standard" else 9
    some = {table: rows for place, (table, rows) in enumerate(sorted(records.items())) if place % every == of}
    is_read_again(name, some, DAYS[1])


def is_read_again(name: str, records: Records, as_at: date) -> None:
    """Write what the source shows of the records and load the files: nothing is set aside, and all is as it was."""
    writer = WRITTEN[name]
    cells = writer.lay_out(connected(records), as_at)
    with tempfile.TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder) / "council", "E09000032")
        loaded = load(workspace, writer.write(cells, Path(folder), as_at), RECEIVED_ON)
        feeds = feeds_of(workspace, loaded)
        assert [row for feed in feeds for row in feed.quarantine] == []
        for part in writer.source.parts:
            if part.title in cells:
                told = Told(workspace, writer, part, records, cells[part.title][RECORD].to_pylist())
                told.agrees_with(feeds)


class Told:
    """What one part must say of the records that it shows."""

    def __init__(self, workspace: Workspace, writer: Writer, part: Part, records: Records, shown: list[str]) -> None:
        self.workspace, self.writer, self.part, self.records = workspace, writer, part, records
        own = {
            "|".join(str(row[c.column_name]) for c in part.table.key if row[c.column_name] is not None): row
            for row in records[part.table.table_name]
        }
        self.shown = [own[key] for key in shown]

    def agrees_with(self, feeds: list[Staged]) -> None:
        for number, fill in enumerate(self.part.fills):
            expected = Counter(self._projected(fill, row) for row in self._expected(fill))
            found = Counter(self._projected(fill, row) for row in self._found(fill, feeds))
            if number:  # a person may be told of in many rows and is kept once
                expected, found = Counter(set(expected)), Counter(set(found))
            assert found == expected, (self.part.title, fill.table)

    def _found(self, fill: Fill, feeds: list[Staged]) -> Iterator[Row]:
        for feed in feeds:
            for row in feed.rows(fill.table.table_name):
                sheet = row["source_record_id"].rsplit(":", 1)[0]
                fixed = {c.column_name: c_.value for c, c_ in fill.cells.items() if isinstance(c_, Fixed) and c.coded}
                if self.part.is_called(sheet) and all(row[name] == value for name, value in fixed.items()):
                    yield row

    def _expected(self, fill: Fill) -> Iterator[Row]:
        if fill is self.part.fills[0]:
            yield from (self._read(fill, fill, row) for row in self.shown)
        elif fill.headings <= self.part.fills[0].headings:
            yield from (self._read(self.part.fills[0], fill, row) for row in self.shown if self._holds(fill, row))
        else:
            about = {row["person_key"] for row in self.shown}
            fixed = {c.column_name: c_.value for c, c_ in fill.cells.items() if isinstance(c_, Fixed) and c.coded}
            for row in self.records[fill.table.table_name]:
                if row["person_key"] in about and all(row[name] == value for name, value in fixed.items()):
                    yield self._read(fill, fill, row | self._shared(fill, row["person_key"]))

    def _shared(self, fill: Fill, key: str) -> Row:
        """What stands under headings that the row's own fill reads too: the own row's value, where it has one."""
        mine = next(row for row in self.shown if row["person_key"] == key)
        first = self.part.fills[0].cells.items()
        own = {heading_of(c): k for k, c in first if heading_of(c) and not isinstance(c, PersonOf)}
        shared = {k.column_name: own[heading_of(c)].column_name for k, c in fill.cells.items() if heading_of(c) in own}
        held = {name: mine[column] for name, column in shared.items() if column in mine}
        return {name: value for name, value in held.items() if value is not None and name != "person_key"}

    def _holds(self, fill: Fill, row: Row) -> bool:
        first = self.part.fills[0]
        return not fill.when or any(heading_of(c) == fill.when and row[k.column_name] for k, c in first.cells.items())

    def _read(self, said_by: Fill, fill: Fill, row: Row) -> Row:
        """The columns of a fill, each with the true value of what `said_by` writes under its heading."""
        under = {}
        for column, cell in said_by.cells.items():
            if not isinstance(cell, PersonOf):
                under.setdefault(heading_of(cell), column)
        values: Row = {}
        for column, cell in self._compared(fill):
            if isinstance(cell, Fixed):
                values[column.column_name] = cell.value == "yes" if column.type is Boolean else cell.value
            elif isinstance(cell, PersonOf):
                values[column.column_name] = self._pseudonym(row["person_key"])
            elif isinstance(cell, Named):
                values[column.column_name] = row[column.column_name]
            else:
                values[column.column_name] = self._value(column, cell, row[under[heading_of(cell)].column_name])
        return values

    def _compared(self, fill: Fill) -> Iterator[tuple[Any, Any]]:
        """The columns that a heading holds for itself: of two read from one heading the first is what is written."""
        seen = set()
        for column, cell in fill.cells.items():
            heading = heading_of(cell)
            if isinstance(cell, MadeKey) or (heading in seen and not isinstance(cell, Fixed | Named)):
                continue
            if not isinstance(cell, PersonOf):
                seen.add(heading)
            if not column.column_name.endswith("_raw"):
                yield column, cell

    def _pseudonym(self, key: str) -> str:
        (number,) = [row["source_person_id"] for row in self.records["person"] if row["person_key"] == key]
        return self.workspace.pseudonyms.of("person", self.writer.source.name, number)

    def _value(self, column: Any, cell: Any, true: Any) -> Any:
        """What can be read of a true value, where the layout asks for less than the standard holds."""
        if column.coded and column.required and true is None:
            return NOT_RECORDED
        if true == NOT_RECORDED and not column.required and self.writer.source.name != "standard":
            return None
        if column is person.disability and true and true != "NONE" and self._heading(cell).wordings:
            return "DDA"
        if column is person.sen_status and isinstance(cell, Read):
            return true if true == "ehcp" else None
        return true

    def _heading(self, cell: Any) -> Heading:
        return next(heading for heading in self.part.headings if heading.name == heading_of(cell))

    def _projected(self, fill: Fill, row: Row) -> tuple[Any, ...]:
        return tuple(row[column.column_name] for column, _ in self._compared(fill))


def test_the_gender_of_a_census_until_2024_is_read_as_sex(tmp_path):
    con = connected({"person": [child(1)], "social_care_event": [event("R", "referral", date(2024, 1, 5))]})
    writer = WRITERS["cin_census"]
    (path,) = writer.write(writer.lay_out(con, DAYS[0]), tmp_path, DAYS[0])
    assert [row["sex"] for row in stage(tmp_path, path).rows("person")] == ["F"]


PARTS = [(source, part) for source in SOURCES.values() for part in source.parts]


def _reads(source: Source, part: Part) -> Iterator[Read]:
    return (cell for fill in part.fills for cell in fill.cells.values() if isinstance(cell, Read))


@pytest.mark.parametrize(("source", "part"), PARTS, ids=lambda each: getattr(each, "title", ""))
def test_the_way_back_of_a_value_worked_out_leads_to_the_value(source, part):
    for cell in _reads(source, part):
        for code, text in cell.written.items():
            assert cell.by(text) in (code, None)
