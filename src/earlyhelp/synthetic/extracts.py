"""The files that a council really holds: every system's extracts on their days, with their mess, and what was planted where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.sources.writing import PERSON, RECORD, WITHIN, WRITERS, Cells, Writer
from earlyhelp.synthetic.drawing import Drawing, Task
from earlyhelp.synthetic.extract_file import PLANTED, lists_of
from earlyhelp.synthetic.extract_part import ExtractPart
from earlyhelp.synthetic.faults import FAULTS, Fault, PersonFault
from earlyhelp.synthetic.faults.where import format_of
from earlyhelp.synthetic.faults.words import words_of
from earlyhelp.synthetic.keyed import Keyed
from earlyhelp.synthetic.registers import Records, Registers, register
from earlyhelp.synthetic.systems import COUNCILS, System

USUAL = COUNCILS["returns"]


@dataclass(frozen=True)
class Planted:
    """What was planted, and who is registered where (`registers`).

    `faults`: one row a fault in a file, in the order in which they happened, those of whole files after those of their rows:
    `file` (under the folder, with slashes), `part` (sheet, table or block), `row` (as a person counts in that file or sheet,
    of XML the how-manieth block of that name; empty for a whole file and for a row that is not there), `heading` as it
    stands in the file (empty for a whole row or file), `fault`, `was`, `became`, `quarantines` (whether intake must set the
    row aside), `person_key` and `record` (the true person, and the key of the record).
    """

    faults: pa.Table
    registers: Registers


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
    tasks = [Task(system, day) for system in systems for day in system.days]
    drawing = Drawing(
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
    return Planted(pa.concat_tables([PLANTED.empty_table(), *planted]), registers)


def _of_returns(systems: Sequence[System]) -> tuple[str, ...]:
    """The tables of the systems that returns are drawn from: all but those of a folder of the standard."""
    names = {name for each in systems if each.source != "standard" for name in each.tables}
    return tuple(sorted(names))


def _all_drawn(drawing: Drawing, tasks: Sequence[Task], processes: int) -> Iterator[pa.Table]:
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


_begun: list[Drawing] = []
"""What a process of its own draws from: put there once, when it starts."""


def _begin(drawing: Drawing) -> None:
    pa.set_cpu_count(1)
    _begun[:] = [drawing]


def _draw_here(task: Task) -> pa.Table:
    return _draw(_begun[0], task)


def _draw(drawing: Drawing, task: Task) -> pa.Table:
    """Write one extract; what was planted in it."""
    writer = WRITERS[task.system.source]
    keyed = drawing.keyed(task)
    recorded = keyed.recorded()
    laid = _laid_out(drawing, keyed, task, writer)
    held = task.system.tables  # returns of the case system share their tables, and show their own alone
    named = [part for part in writer.source.parts if part.title in laid and part.table.table_name in held]
    parts = [ExtractPart(drawing, task, writer, part, *laid.pop(part.title)) for part in named]
    lists = lists_of(parts)
    for each in lists:
        each.damage(recorded)
    cells = {title: table for each in lists for title, table in each.cells.items()}
    paths = writer.write(cells, drawing.folder / task.system.name, task.day)
    files = paths if len(paths) == len(lists) else paths * len(lists)
    for each, path in zip(lists, files, strict=True):
        each.rewrite(path)
    return pa.concat_tables(
        each.planted(path.relative_to(drawing.folder).as_posix()) for each, path in zip(lists, files, strict=True)
    )


def _laid_out(
    drawing: Drawing, keyed: Keyed, task: Task, writer: Writer
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


def _sorted(table: pa.Table, places: Any) -> pa.Table:
    return table.take(pa.array(np.argsort(places.to_numpy(zero_copy_only=False), kind="stable")))
