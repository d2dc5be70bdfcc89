"""What goes wrong with a list of an extract as a whole (its headings, its encoding), and where its rows stand in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.sources import Part
from earlyhelp.sources.writing import Cells, write_csv
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.extract_part import ExtractPart, Told
from earlyhelp.synthetic.faults import FileFault
from earlyhelp.synthetic.faults.declared import Hit, replace_cells
from earlyhelp.synthetic.faults.files import FILLED
from earlyhelp.synthetic.faults.where import Titled, format_of

PLANTED = pa.schema(
    [
        ("file", pa.string()), ("part", pa.string()), ("row", pa.int64()), ("heading", pa.string()), ("fault", pa.string()),
        ("was", pa.string()), ("became", pa.string()), ("quarantines", pa.bool_()), ("person_key", pa.string()),
        ("record", pa.string()),
    ]
)  # fmt: skip
"""One row a fault in a file: see `Planted`."""


class ExtractList:
    """One list of an extract as a person would see it: a sheet, a block or a file.

    Its rows are those of one part, or of all parts of a kind one below the other (`parts`, in the order of the file), which
    have the same headings.
    """

    def __init__(self, parts: Sequence[ExtractPart]) -> None:
        self.parts = parts
        first = parts[0]
        self.drawing, self.task, self.writer = first.drawing, first.task, first.writer
        self.kind = format_of(self.writer.source.name)
        title = list_of(first.part)
        self.title = title.replace(" ", "_") if self.kind == "xlsx" else title
        self.purpose = f"{self.task.system.name}/{self.task.day}/{title}"
        self.hits: list[Told] = []
        self.written: dict[str, str] = {}
        self.titled: dict[str, str] = {}

    def damage(self, recorded: Mapping[str, pa.Table]) -> None:
        """What goes wrong in each part, then with the headings and the encoding. `recorded`: see `Keyed.recorded`."""
        for each in self.parts:
            each.damage(recorded.get(each.part.table.table_name))
        for fault in self.drawing.of(FileFault):
            luck = chance(self.drawing.seed, "faults", fault.name, self.purpose).random(2)
            if self.kind in fault.kinds and luck[0] < fault.rate * self.drawing.mess:
                self._lay_otherwise(fault, luck[1]) if fault.columns else self._write_otherwise(fault)

    @property
    def cells(self) -> Cells:
        """The cells of its parts by their titles."""
        return {each.title: each.cells for each in self.parts}

    def _lay_otherwise(self, fault: FileFault, luck: float) -> None:
        assert fault.columns
        own = _own_names(self.parts[0].cells)
        also = {heading.name: heading.also for heading in self.parts[0].part.headings}
        columns = fault.columns([Titled(name, also.get(name, ())) for name in own], luck)
        if not columns or (self.titled and fault.name == "heading in other words"):
            return
        for each in self.parts:
            each.cells = _laid_otherwise(each.cells, columns)
        self.titled |= {name: title for name, title in columns if name != title}
        changed = [(name, title) for name, title in columns if name != title or name not in own]
        was, became = changed[0] if changed else (own[0], columns[0][1])
        hit = Hit(-1, became if changed else "", fault.name, "" if was == became else was, became, False)
        self.hits.append((hit, None, None))

    def _write_otherwise(self, fault: FileFault) -> None:
        if self.written.keys() & fault.written.keys():
            return
        self.written |= fault.written
        became = fault.written.get("encoding", fault.written.get("delimiter", ""))
        self.hits.append((Hit(-1, "", fault.name, "", became, False), None, None))
        if fault.written.get("encoding") == "cp1252":
            for each in self.parts:
                _lose_signs(each, fault.name)

    def rewrite(self, path: Path) -> None:
        """Write the file again where it is not in the usual encoding or has another delimiter."""
        if self.written:
            write_csv(pa.concat_tables(self.cells.values()), path, **self.written)

    def planted(self, file: str) -> pa.Table:
        """What was planted in this list, which stands in a file of that name."""
        return pa.Table.from_pylist(list(self._rows(file)), PLANTED)

    def _rows(self, file: str) -> Iterator[dict[str, Any]]:
        first = self.writer.first_row
        for each in self.parts:
            yield from (self._row(file, told, first) for told in each.hits)
            first += each.cells.num_rows
        yield from (self._row(file, told, first) for told in self.hits)

    def _row(self, file: str, told: Told, first: int) -> dict[str, Any]:
        hit, who, what = told
        return {
            "file": file,
            "part": self.title,
            "row": hit.row + first if hit.row >= 0 else None,
            "heading": self.titled.get(hit.heading, hit.heading),
            "fault": hit.fault,
            "was": hit.was,
            "became": hit.became,
            "quarantines": hit.quarantines,
            "person_key": who,
            "record": what,
        }


def list_of(part: Part) -> str:
    """The name of the list in which a part stands: its own, and of a part of one kind that of the list of all kinds."""
    return part.title.removesuffix(part.kind.name).strip() if part.kind else part.title


def lists_of(parts: Sequence[ExtractPart]) -> list[ExtractList]:
    """The lists in the order in which a writer makes files of them: the list of several kinds comes last."""
    alone = [ExtractList([each]) for each in parts if not each.part.kind]
    kinds = [each for each in parts if each.part.kind]
    return [*alone, ExtractList(kinds)] if kinds else alone


def _own_names(cells: pa.Table) -> list[str]:
    return [name for name in cells.column_names if not name.startswith("_")]


def _laid_otherwise(cells: pa.Table, columns: Sequence[tuple[str, str]]) -> pa.Table:
    """The cells under other headings and in another order, with columns that were not there."""
    own = _own_names(cells)
    service = [name for name in cells.column_names if name not in own]
    arrays = [cells[name] if name in own else _added(name, cells.num_rows) for name, _ in columns]
    titles = [title for _, title in columns]
    return pa.table([*arrays, *(cells[name] for name in service)], names=[*titles, *service])


def _added(name: str, rows: int) -> pa.Array:
    return pa.array([FILLED.get(name)] * rows, pa.string())


def _lose_signs(part: ExtractPart, fault: str) -> None:
    """Note the cells with signs that old Windows lacks; they stand as question marks."""
    for name in _own_names(part.cells):
        texts = pc.fill_null(part.cells[name], "").combine_chunks()
        rows = np.flatnonzero(~pc.string_is_ascii(texts).to_numpy(zero_copy_only=False))
        pairs = [
            (row, text, text.encode("cp1252", "replace").decode("cp1252"))
            for row in rows.tolist()
            for text in (texts[row].as_py(),)
        ]
        lost = [Hit(row, name, fault, text, new, False) for row, text, new in pairs if text != new]
        part.tell(lost)
        if lost:
            part.cells = replace_cells(part.cells, name, {hit.row: hit.became for hit in lost})
