"""The files that a council really holds: every system's extracts on their days, with their mess, and what was planted where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.sources import Part, PersonOf, heading_of
from earlyhelp.sources.writing import PERSON, RECORD, WITHIN, WRITERS, Cells, Writer, write_csv
from earlyhelp.standard import person
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.faults import FAULTS, CellFault, Fault, FileFault, PersonFault, RowFault, strike
from earlyhelp.synthetic.faults.declared import Drawn, Hit, replace_cells
from earlyhelp.synthetic.faults.files import FILLED
from earlyhelp.synthetic.faults.luck import luck_of, marks
from earlyhelp.synthetic.faults.where import Place, Titled, format_of, places_of
from earlyhelp.synthetic.faults.words import Words, words_of
from earlyhelp.synthetic.keyed import Keyed
from earlyhelp.synthetic.registers import Records, Registers, register
from earlyhelp.synthetic.systems import CASE, COUNCILS, System
from earlyhelp.synthetic.timeline import NEW_SYSTEM

USUAL = COUNCILS["returns"]
_ABOUT_PERSONS = ("person", "person_identifier", "person_address", "family_member")
_TWICE, _REUSED = "registered twice", "id of somebody else"
_SCHEMA = pa.schema(
    [
        ("file", pa.string()), ("part", pa.string()), ("row", pa.int64()), ("heading", pa.string()), ("fault", pa.string()),
        ("was", pa.string()), ("became", pa.string()), ("quarantines", pa.bool_()), ("person_key", pa.string()),
        ("record", pa.string()),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """What was planted, and who is registered where (`registers`).

    `faults`: one row a fault in a file, in the order in which they happened:
    `file` (under the folder, with slashes), `part` (sheet, table or block), `row` (as a person counts in that file or sheet,
    of XML the how-manieth block of that name; empty for a whole file and for a row that is not there), `heading` as it
    stands in the file (empty for a whole row or file), `fault`, `was`, `became`, `quarantines` (whether intake must set the
    row aside), `person_key` and `record` (the true person, and the key of the record).
    """

    faults: pa.Table
    registers: Registers


class _Task(NamedTuple):
    system: System
    day: date


@dataclass
class _Drawing:
    """What every extract of a council is drawn from. Keyed records are made when first asked for, and kept."""

    records: Records
    registers: Registers
    folder: Path
    seed: int
    mess: float
    words: Words
    faults: frozenset[str]
    returned: tuple[str, ...]
    """The tables of all systems that write returns."""
    shown: frozenset[str] = frozenset({CASE.name})
    """The registers in which the people of those systems stand."""

    def __post_init__(self) -> None:
        self._keyed: dict[tuple[str, bool], Keyed] = {}
        self._places: dict[tuple[str, str, int], list[Place]] = {}
        self._mistakes: dict[date, dict[tuple[str, str], str]] = {}
        people = self.registers.people
        self.true_of: dict[str, str] = dict(
            zip(people["key"].to_pylist(), people["person_key"].to_pylist(), strict=True)
        )
        odd = people.filter(pc.is_in(people["kind"], value_set=pa.array(["twice", "reused"])))
        self.odd: dict[str, dict[str, Any]] = {row["key"]: row for row in odd.to_pylist()}

    def for_returns(self) -> _Drawing:
        """The same with no more than the returns need, to be sent to another process."""
        records = {name: table for name, table in self.records.items() if name in self.returned}
        register = self.registers.people["register"]
        shown = self.registers.people.filter(pc.is_in(register, value_set=pa.array(sorted(self.shown))))["key"]
        return replace(self, records=records, registers=self.registers.only(shown.combine_chunks()))

    def keyed(self, task: _Task) -> Keyed:
        """The records as the task's system keys them. The returns share theirs; all else is written once."""
        renewed = task.day >= NEW_SYSTEM
        if task.system.source == "standard":
            return Keyed(self.records, self.registers, task.system.tables, self.seed, renewed=renewed, whole=True)
        asked = task.system.register, renewed
        if task.system.register != CASE.name:
            return Keyed(
                self.records, self.registers, task.system.tables, self.seed, renewed=renewed, register=asked[0]
            )
        if asked not in self._keyed:
            self._keyed[asked] = Keyed(self.records, self.registers, self.returned, self.seed, renewed=renewed)
        return self._keyed[asked]

    def places(self, writer: Writer, part: Part, year: int) -> list[Place]:
        """Where faults can happen in a part."""
        asked = writer.source.name, part.title, year
        if asked not in self._places:
            self._places[asked] = places_of(writer, part, year, self.words)
        return self._places[asked]

    def mistakes(self, day: date) -> dict[tuple[str, str], str]:
        """The fault behind each damaged column of a registration on a day."""
        if day not in self._mistakes:
            self._mistakes = {day: self.registers.fault_of(day)}
        return self._mistakes[day]

    def of(self, kind: type) -> list[Any]:
        """The faults of one kind."""
        return [each for each in FAULTS if isinstance(each, kind) and each.name in self.faults and self.mess > 0]


def write_extracts(
    records: Records,
    folder: Path,
    seed: int,
    mess: float = 1.0,
    words: Path | None = None,
    progress: Callable[[str], None] = lambda step: None,
    *,
    systems: Sequence[System] = USUAL,
    faults: Sequence[Fault] = FAULTS,
    processes: int = 2,
) -> Planted:
    """Write `folder`/<system>/... for every system and day, and tell what was planted in which file and row.

    `records`: the true records by the standard's table names. `mess`: 0 for none, 1 for the usual; all rates are multiplied
    by it. `words`: a CSV of local words, else our own. `faults`: those of `FAULTS` that happen. `processes`: how many write
    beside each other; the bytes are the same for any number. Raises InputRefused for a list of words without its columns.
    """
    people_faults = [fault for fault in faults if isinstance(fault, PersonFault)]
    progress("registering people")
    registers = register(records, people_faults, seed, mess)
    tasks = [_Task(system, day) for system in systems for day in system.days]
    drawing = _Drawing(
        records,
        registers,
        folder,
        seed,
        mess,
        words_of(words),
        frozenset(f.name for f in faults),
        _of_returns(systems),
        frozenset(each.register for each in systems if each.source != "standard"),
    )
    planted = []
    for task, each in zip(tasks, _all_drawn(drawing, tasks, processes), strict=True):
        progress(f"wrote {task.system.name} of {task.day}")
        planted.append(each)
    return Planted(pa.concat_tables([_SCHEMA.empty_table(), *planted]), registers)


def _of_returns(systems: Sequence[System]) -> tuple[str, ...]:
    """The tables of the systems that returns are drawn from: all but those of a folder of the standard."""
    names = {name for each in systems if each.source != "standard" for name in each.tables}
    return tuple(sorted(names))


def _all_drawn(drawing: _Drawing, tasks: Sequence[_Task], processes: int) -> Iterator[pa.Table]:
    """What was planted in each task. Other processes begin with the first returns, this one with the rest and the last."""
    if processes < 2:
        yield from (_draw(drawing, task) for task in tasks)
        return
    with ProcessPoolExecutor(processes - 1, get_context("spawn"), _begin, (drawing.for_returns(),)) as pool:
        elsewhere = {
            n: pool.submit(_draw_here, task) for n, task in enumerate(tasks) if task.system.source != "standard"
        }
        here = {n: _draw(drawing, task) for n, task in enumerate(tasks) if n not in elsewhere}
        for n in sorted(elsewhere, reverse=True):
            if elsewhere[n].cancel():
                here[n] = _draw(drawing, tasks[n])
        yield from (here[n] if n in here else elsewhere[n].result() for n in range(len(tasks)))


_begun: list[_Drawing] = []
"""What a process of its own draws from: put there once, when it starts."""


def _begin(drawing: _Drawing) -> None:
    pa.set_cpu_count(1)
    _begun[:] = [drawing]


def _draw_here(task: _Task) -> pa.Table:
    return _draw(_begun[0], task)


def _draw(drawing: _Drawing, task: _Task) -> pa.Table:
    """Write one extract; what was planted in it."""
    writer = WRITERS[task.system.source]
    keyed = drawing.keyed(task)
    recorded = keyed.recorded()
    laid = _laid_out(drawing, keyed, task, writer)
    named = [part for part in writer.source.parts if part.title in laid]
    parts = [_Extract(drawing, task, writer, part, *laid.pop(part.title)) for part in named]
    for each in parts:
        each.damage(recorded.get(each.part.table.table_name))
    into = drawing.folder / task.system.name
    paths = writer.write({each.title: each.cells for each in parts}, into, task.day)
    files = paths if len(paths) == len(parts) else paths * len(parts)
    for each, path in zip(parts, files, strict=True):
        each.rewrite(path)
    return pa.concat_tables(
        each.planted(path.relative_to(drawing.folder).as_posix()) for each, path in zip(parts, files, strict=True)
    )


def _laid_out(
    drawing: _Drawing, keyed: Keyed, task: _Task, writer: Writer
) -> dict[str, tuple[pa.Table, pa.Table | None]]:
    """The cells of every part, and those rows again that are about people of whom a register has something wrong, without it."""
    keyed.put_persons(task.day)
    real = _in_order_of_file(writer.lay_out(keyed.con, task.day), writer)
    if not drawing.registers.mistakes.num_rows:
        return {title: (cells, None) for title, cells in real.items()}
    keyed.put_mistaken_persons()
    if task.system.source == "standard":  # of its files only that of persons shows what is in a register
        keyed.keep_only("person")
    right = writer.lay_out(keyed.con, task.day)
    return {title: (cells, right.get(title)) for title, cells in real.items()}


def _in_order_of_file(cells: Cells, writer: Writer) -> dict[str, pa.Table]:
    """Blocks that are nested in others stand in the file where those do: child by child, and there in their own order."""
    if format_of(writer.source.name) != "xml":
        return dict(cells)
    children, details = cells["Child"], cells["CINdetails"]
    details = _sorted(details, pc.index_in(details[PERSON], value_set=children[PERSON].combine_chunks()))
    nested = {
        title: _sorted(table, pc.index_in(table[WITHIN], value_set=details[RECORD].combine_chunks()))
        for title, table in cells.items()
        if WITHIN in table.column_names
    }
    return {**cells, "CINdetails": details, **nested}


def _row_keys(cells: pa.Table) -> pa.Array:
    """What names a row of a part: its record and its person."""
    return pc.binary_join_element_wise(cells[RECORD], cells[PERSON], "|").combine_chunks()


def _sorted(table: pa.Table, places: Any) -> pa.Table:
    return table.take(pa.array(np.argsort(places.to_numpy(zero_copy_only=False), kind="stable")))


class _Extract:
    """One part of one extract on its way to the file: its cells, and what has been done to them."""

    def __init__(
        self, drawing: _Drawing, task: _Task, writer: Writer, part: Part, cells: pa.Table, right: pa.Table | None
    ) -> None:
        self.drawing, self.task, self.writer, self.part = drawing, task, writer, part
        self.cells, self.right = cells, right
        self.hits: list[tuple[Hit, str | None, str | None]] = []
        self.written: dict[str, str] = {}
        self.titled: dict[str, str] = {}
        self.title = part.title
        self.sheet = part.title.replace(" ", "_") if format_of(writer.source.name) == "xlsx" else part.title
        self.purpose = f"{task.system.name}/{task.day}/{part.title}"
        self.places = drawing.places(writer, part, task.day.year + (task.day.month > 3))

    def damage(self, recorded: pa.Table | None) -> None:
        """Rows first, then what the registers have wrong, then cells, then the headings and the encoding.

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
            self._tell(hits)
        self._file()

    def _tell(self, hits: Sequence[Hit]) -> None:
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
        self._tell([Hit(row, "", fault, "", "", False) for row in rows.tolist()])
        self.hits = [(hit._replace(row=-1) if hit.fault == fault else hit, who, what) for hit, who, what in self.hits]
        kept = pa.array(np.delete(np.arange(self.cells.num_rows), rows))
        self.cells = self.cells.take(kept)

    def _repeat(self, rows: np.ndarray, fault: str) -> None:
        taken = np.sort(np.concatenate([np.arange(self.cells.num_rows), rows]), kind="stable")
        self.cells = self.cells.take(pa.array(taken))
        again = np.flatnonzero(np.diff(taken, prepend=-1) == 0)
        self._tell([Hit(row, "", fault, "", "", False) for row in again.tolist()])

    def _from_registers(self) -> dict[str, set[int]]:
        """Note the cells that a mistake of a register damaged, and the rows of second registrations and reused ids."""
        found: list[Hit] = [*self._odd_ids(), *self._mistaken()]
        self._tell(found)
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

    def _file(self) -> None:
        """Headings and encoding, as chance has it for this part of this extract."""
        kind = format_of(self.writer.source.name)
        for fault in self.drawing.of(FileFault):
            luck = chance(self.drawing.seed, "faults", fault.name, self.purpose).random(2)
            if kind in fault.kinds and luck[0] < fault.rate * self.drawing.mess:
                self._lay_otherwise(fault, luck[1]) if fault.columns else self._write_otherwise(fault)

    def _lay_otherwise(self, fault: FileFault, luck: float) -> None:
        assert fault.columns
        own = [name for name in self.cells.column_names if not name.startswith("_")]
        also = {heading.name: heading.also for heading in self.part.headings}
        columns = fault.columns([Titled(name, also.get(name, ())) for name in own], luck)
        if not columns or (self.titled and fault.name == "heading in other words"):
            return
        service = [name for name in self.cells.column_names if name.startswith("_")]
        arrays = [self.cells[name] if name in own else self._added(name) for name, _ in columns]
        titles = [title for _, title in columns]
        self.cells = pa.table([*arrays, *(self.cells[name] for name in service)], names=[*titles, *service])
        self.titled |= {name: title for name, title in columns if name != title}
        changed = [(name, title) for name, title in columns if name != title or name not in own]
        was, became = changed[0] if changed else (own[0], titles[0])
        hit = Hit(-1, became if changed else "", fault.name, "" if was == became else was, became, False)
        self.hits.append((hit, None, None))

    def _added(self, name: str) -> pa.Array:
        text = FILLED.get(name)
        return pa.array([text] * self.cells.num_rows, pa.string())

    def _write_otherwise(self, fault: FileFault) -> None:
        if self.written.keys() & fault.written.keys():
            return
        self.written |= fault.written
        became = fault.written.get("encoding", fault.written.get("delimiter", ""))
        self.hits.append((Hit(-1, "", fault.name, "", became, False), None, None))
        if fault.written.get("encoding") == "cp1252":
            self._lose_signs(fault.name)

    def _lose_signs(self, fault: str) -> None:
        """Note the cells with signs that old Windows lacks; they stand as question marks."""
        for name in [name for name in self.cells.column_names if not name.startswith("_")]:
            texts = pc.fill_null(self.cells[name], "").combine_chunks()
            rows = np.flatnonzero(~pc.string_is_ascii(texts).to_numpy(zero_copy_only=False))
            pairs = [
                (row, text, text.encode("cp1252", "replace").decode("cp1252"))
                for row in rows.tolist()
                for text in (texts[row].as_py(),)
            ]
            lost = [Hit(row, name, fault, text, new, False) for row, text, new in pairs if text != new]
            self._tell(lost)
            if lost:
                self.cells = replace_cells(self.cells, name, {hit.row: hit.became for hit in lost})

    def rewrite(self, path: Path) -> None:
        """Write the file again where it is not in the usual encoding or has another delimiter."""
        if self.written:
            write_csv(self.cells, path, **self.written)

    def planted(self, file: str) -> pa.Table:
        """What was planted in this part."""
        first = self.writer.first_row
        rows = [
            {
                "file": file,
                "part": self.sheet,
                "row": hit.row + first if hit.row >= 0 else None,
                "heading": self.titled.get(hit.heading, hit.heading),
                "fault": hit.fault,
                "was": hit.was,
                "became": hit.became,
                "quarantines": hit.quarantines,
                "person_key": who,
                "record": what,
            }
            for hit, who, what in self.hits
        ]
        return pa.Table.from_pylist(rows, _SCHEMA)
