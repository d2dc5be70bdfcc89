"""What goes wrong in one part of an extract: rows left out or repeated, ids of the wrong people, damaged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.sources import Part, PersonOf, heading_of
from earlyhelp.sources.writing import PERSON, RECORD, Writer
from earlyhelp.standard import person
from earlyhelp.synthetic.drawing import Drawing, Task
from earlyhelp.synthetic.faults import CellFault, RowFault, strike
from earlyhelp.synthetic.faults.declared import Drawn, Hit
from earlyhelp.synthetic.faults.luck import luck_of, marks
from earlyhelp.synthetic.faults.where import format_of

Told = tuple[Hit, str | None, str | None]
"""What was planted, the true person and the key of the record."""
_ABOUT_PERSONS = ("person", "person_identifier", "person_address", "family_member")
_TWICE, _REUSED = "registered twice", "id of somebody else"


class ExtractPart:
    """One part of one extract: its cells, and what has been done to them (`hits`, each with the true person and the record).

    `right`: the rows again that are about people of whom a register has something wrong, without it.
    """

    def __init__(
        self, drawing: Drawing, task: Task, writer: Writer, part: Part, cells: pa.Table, right: pa.Table | None
    ) -> None:
        self.drawing, self.task, self.writer, self.part = drawing, task, writer, part
        self.cells, self.right = cells, right
        self.hits: list[Told] = []
        self.title = part.title
        self.purpose = f"{task.system.name}/{task.day}/{part.title}"
        self.places = drawing.places(writer, part, task.day.year + (task.day.month > 3))

    def damage(self, recorded: pa.Table | None) -> None:
        """Rows first, then what the registers have wrong, then cells.

        `recorded`: when each record of the part's table was entered, where that is known.
        """
        self._rows(recorded)
        spared = self._from_registers()
        drawing = self.drawing
        if drawing.mess > 0:
            drawn = Drawn(
                marks(self.cells[RECORD]),
                marks(self.cells[PERSON]),
                drawing.seed,
                drawing.mess,
                f"{self.task.system.name}/{self.task.day}",
                self.task.day,
            )
            self.cells, hits = strike(self.cells, self.places, drawing.of(CellFault), drawn, spared)
            self.tell(hits)

    def tell(self, hits: Sequence[Hit]) -> None:
        """Note hits, with the person and the record of each row."""
        rows = pa.array([hit.row for hit in hits], pa.int64())
        keys, records = (self.cells[name].take(rows).to_pylist() for name in (PERSON, RECORD))
        true = self.drawing.true_of
        self.hits += [(hit, true.get(key), record) for hit, key, record in zip(hits, keys, records, strict=True)]

    def _rows(self, recorded: pa.Table | None) -> None:
        """Leave out rows that were entered later, and repeat some."""
        for fault in self.drawing.of(RowFault):
            if format_of(self.writer.source.name) == "xml":
                continue
            if fault.sources and self.writer.source.name not in fault.sources:
                continue
            luck = luck_of(marks(self.cells[RECORD]), self.drawing.seed, fault.name, self.purpose)
            chosen = fault.chosen(self._recorded(recorded), luck, fault.rate * self.drawing.mess, self.task.day)
            rows = np.flatnonzero(chosen)
            if fault.adds:
                self._repeat(rows, fault.name)
            else:
                self._leave_out(rows, fault.name)

    def _recorded(self, recorded: pa.Table | None) -> np.ndarray:
        """The day on which each row was entered; NaT where nobody knows."""
        if recorded is None:
            return np.full(self.cells.num_rows, np.datetime64("NaT", "D"))
        places = pc.index_in(self.cells[RECORD].combine_chunks(), value_set=recorded["record"].combine_chunks())
        return np.asarray(recorded["recorded"].take(places).to_numpy(), dtype="datetime64[D]")

    def _leave_out(self, rows: np.ndarray, fault: str) -> None:
        self.tell([Hit(row, "", fault, "", "", False) for row in rows.tolist()])
        self.hits = [(hit._replace(row=-1) if hit.fault == fault else hit, who, what) for hit, who, what in self.hits]
        kept = pa.array(np.delete(np.arange(self.cells.num_rows), rows))
        self.cells = self.cells.take(kept)

    def _repeat(self, rows: np.ndarray, fault: str) -> None:
        taken = np.sort(np.concatenate([np.arange(self.cells.num_rows), rows]), kind="stable")
        self.cells = self.cells.take(pa.array(taken))
        again = np.flatnonzero(np.diff(taken, prepend=-1) == 0)
        self.tell([Hit(row, "", fault, "", "", False) for row in again.tolist()])

    def _from_registers(self) -> dict[str, set[int]]:
        """Note the cells that a mistake of a register damaged, and the rows of second registrations and reused ids."""
        found: list[Hit] = [*self._odd_ids(), *self._mistaken()]
        self.tell(found)
        spared: dict[str, set[int]] = {}
        for hit in found:
            spared.setdefault(hit.heading, set()).add(hit.row)
        return spared

    def _mistaken(self) -> Iterator[Hit]:
        if self.right is None:
            return
        places = pc.index_in(_row_keys(self.cells), value_set=_row_keys(self.right))
        rows = np.flatnonzero(places.is_valid().to_numpy(zero_copy_only=False))
        right = self.right.take(places.drop_null())
        mine = self.cells.take(pa.array(rows))
        for name in self._about_persons():
            yield from self._differing(
                name, rows, pc.fill_null(right[name], ""), pc.fill_null(mine[name], ""), mine[PERSON]
            )

    def _about_persons(self) -> list[str]:
        """The headings under which something of the person stands, or is worked out from the date of birth."""
        rows, year = self.writer.rows.get(self.part.title), self.task.day.year + (self.task.day.month > 3)
        worked_out = rows.worked_out if rows else {}
        derived = [each.called(year) for each in self.part.headings if "dob" in worked_out.get(each.name, "")]
        return [place.heading for place in self.places if place.about_person] + derived

    def _differing(self, name: str, rows: Any, was: Any, now: Any, keys: Any) -> Iterator[Hit]:
        differ = np.flatnonzero(pc.not_equal(was, now).to_numpy())
        faults, columns = self.drawing.mistakes(self.task.day), self._columns_behind(name)
        told = (each.take(pa.array(differ)).to_pylist() for each in (keys, was, now))
        for row, key, one, other in zip(rows[differ].tolist(), *told, strict=True):
            fault = next(faults[key, column] for column in columns if (key, column) in faults)
            yield Hit(row, name, fault, one, other, False)

    def _columns_behind(self, name: str) -> tuple[str, ...]:
        """The columns of a person that a heading shows; what is worked out is worked out from the date of birth."""
        place = next((each for each in self.places if each.heading == name), None)
        if place and place.column.table_name == person.table_name:
            return (place.column.column_name, "dob")
        return ("dob",)

    def _odd_ids(self) -> Iterator[Hit]:
        keys = self.cells[PERSON].to_pylist() if self.drawing.odd else []
        headings = [each for each in self._id_headings() if each in self.cells.column_names]
        about_persons = self.part.table.table_name in _ABOUT_PERSONS
        for row, key in enumerate(keys):
            odd = self.drawing.odd.get(key)
            if not odd:
                continue
            if about_persons and odd["kind"] == "twice":
                yield Hit(row, "", _TWICE, "", "", False)
                continue
            for name in headings:
                became = self.cells[name][row].as_py() or ""
                was = became.replace(odd["id"], odd["usual_id"])
                yield Hit(row, name, _TWICE if odd["kind"] == "twice" else _REUSED, was, became, False)

    def _id_headings(self) -> list[str]:
        """The headings under which the person's own id stands."""
        fill = self.part.fills[0]
        nested = format_of(self.writer.source.name) == "xml" and self.part.title != "Child"
        return (
            []
            if nested
            else [
                heading_of(cell) or ""
                for column, cell in fill.cells.items()
                if isinstance(cell, PersonOf)
                or (self.writer.source.name == "standard" and column.column_name in ("person_key", "source_person_id"))
            ][:2]
        )


def _row_keys(cells: pa.Table) -> pa.Array:
    """What names a row of a part: its record and its person."""
    return pc.binary_join_element_wise(cells[RECORD], cells[PERSON], "|").combine_chunks()
