"""What a measure is: a declaration that says in one place what is counted, over which time, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from earlyhelp.standard import CodeList, Column, Table


class Better(StrEnum):
    """Which way a measure should move, if any."""

    HIGHER = "higher"
    LOWER = "lower"
    CONTEXT = "context"
    ZERO = "zero"


class Statistic(StrEnum):
    """What is made of the counts."""

    COUNT = "count"
    """How many, with Byar's interval."""
    SHARE = "share"
    """Those counted as a share of all, with the Wilson interval."""
    MIX = "mix"
    """Each value of the split as a share of all its values, with the Wilson interval."""
    RATE = "rate"
    """Those counted for each 10,000 children, with Byar's interval."""
    MEDIAN = "median"
    """The Kaplan-Meier median of the days, those not ended yet included."""
    BALANCE = "balance"
    """What came in, what went out, and the difference."""
    DIFFERENCE = "difference"
    """The one total less the other."""


@dataclass(frozen=True)
class Flow:
    """Things that happen on a day; a period holds those whose `day` lies in it, both ends included."""

    day: str = "it happened"

    @property
    def words(self) -> str:
        """The rule in words."""
        return f"by the day {self.day}"


@dataclass(frozen=True)
class Open:
    """Things that are open at the end of a period's last day: begun on or before it, not ended on or before it."""

    words: str = "open at the end of the period's last day"


@dataclass(frozen=True)
class Matured:
    """Things whose follow-up of `days` is complete; a period is mature when that is true of its last day."""

    days: int
    day: str = "it happened"

    @property
    def words(self) -> str:
        """The rule in words."""
        return f"by the day {self.day}; a period is not mature until {self.days} days after its last day"


@dataclass(frozen=True)
class AsAt:
    """The dataset as it stands; no periods."""

    words: str = "as at the day of the snapshot, without periods"


Time = Flow | Open | Matured | AsAt


@dataclass(frozen=True)
class Measure:
    """One measure of the catalogue.

    `rows`: DuckDB SQL over the standard's tables, one row for each thing that may be counted, with `unit_id`, `day` (or
    `from_day` and `to_day` for what is open) and the columns of `of`, by which it can be split. A share's rows also say
    whether they are `counted` in the numerator (NULL where no source could tell), a median's give `days` and `ended`; a
    tally gives `numerator` and `denominator` instead. `once`: a unit may stand in several rows, and counts once.
    `days`: the same days alone, where they can be had for less than the rows. `numerator` and `denominator` say the
    same in words. `needs`: columns without which there is no answer.
    `gate`: the least completeness of a column, from 0 to 1, at which the measure may be shown.
    `always_by`: splits it is never without, `also_by`: further splits its rows offer; each with its code list.
    `working_days`: the rows read England's working days. `definitions`: rival definitions, by name.
    """

    id: str
    name: str
    question: str
    why: str
    unit: str
    numerator: str
    of: Table
    rows: str
    time: Time
    statistic: Statistic
    better: Better
    needs: tuple[Column, ...]
    source: str
    denominator: str = ""
    days: str = ""
    once: bool = False
    about_person: bool = True
    working_days: bool = False
    gate: Mapping[Column, float] = field(default_factory=dict)
    always_by: Mapping[str, CodeList | None] = field(default_factory=dict)
    also_by: Mapping[str, CodeList | None] = field(default_factory=dict)
    traps: tuple[str, ...] = ()
    definitions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    definition: str = "default"

    def defined_as(self, name: str) -> Measure:
        """The measure under one of its rival definitions. Raises KeyError for a definition it has not."""
        return self if name == "default" else replace(self, definition=name, **self.definitions[name])

    @property
    def is_tally(self) -> bool:
        """True when the rows bring sums instead of things to count."""
        return isinstance(self.time, AsAt)


class Catalogue(dict[str, Measure]):
    """Every declared measure, by id, in the order of the published catalogue."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        super().__init__()
        for measure in measures:
            if measure.id in self:
                raise TypeError(f"two measures are called {measure.id}")
            self[measure.id] = measure
