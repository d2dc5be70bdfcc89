"""What the extracts of a council are drawn from: its records, its registers, its luck; kept while they are drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.sources import Part
from earlyhelp.sources.writing import Writer
from earlyhelp.synthetic.faults import FAULTS
from earlyhelp.synthetic.faults.where import Place, places_of
from earlyhelp.synthetic.faults.words import Words
from earlyhelp.synthetic.keyed import Keyed
from earlyhelp.synthetic.registers import Records, Registers
from earlyhelp.synthetic.systems import CASE, System
from earlyhelp.synthetic.timeline import NEW_SYSTEM


class Task(NamedTuple):
    """One extract that is to be drawn: of which system, on which day."""

    system: System
    day: date


@dataclass
class Drawing:
    """What every extract of a council is drawn from. Keyed records are made when first asked for, and kept.

    `records`: the true records by table. `registers`: who is registered where. `folder`: into which the systems' folders go.
    `mess`: 0 for none. `words`: local code words. `faults`: the names of those that happen. `returned`: the tables of all
    systems but the folders of the standard. `shown`: the registers in which the people of those systems stand.
    """

    records: Records
    registers: Registers
    folder: Path
    seed: int
    mess: float
    words: Words
    faults: frozenset[str]
    returned: tuple[str, ...]
    shown: frozenset[str] = frozenset({CASE.name})

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

    def for_returns(self) -> Drawing:
        """The same with no more than the returns need, to be sent to another process."""
        records = {name: table for name, table in self.records.items() if name in self.returned}
        register = self.registers.people["register"]
        shown = self.registers.people.filter(pc.is_in(register, value_set=pa.array(sorted(self.shown))))["key"]
        return replace(self, records=records, registers=self.registers.only(shown.combine_chunks()))

    def keyed(self, task: Task) -> Keyed:
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
        """Where faults can happen in a part: not in what tells of which kind a row is, or it would be a row of another part."""
        asked = writer.source.name, part.title, year
        if asked not in self._places:
            places = places_of(writer, part, year, self.words)
            self._places[asked] = [each for each in places if not part.kind or each.heading != part.kind.heading]
        return self._places[asked]

    def mistakes(self, day: date) -> dict[tuple[str, str], str]:
        """The fault behind each damaged column of a registration on a day."""
        if day not in self._mistakes:
            self._mistakes = {day: self.registers.fault_of(day)}
        return self._mistakes[day]

    def of(self, kind: type) -> list[Any]:
        """The faults of one kind."""
        return [each for each in FAULTS if isinstance(each, kind) and each.name in self.faults and self.mess > 0]
