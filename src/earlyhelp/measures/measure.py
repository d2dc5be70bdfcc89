"""What a measure is: a declaration that says in one place what is counted, over which time, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from earlyhelp.measures.periods import Grain
from earlyhelp.standard import CodeList, Column, Table

THEMES: Mapping[str, str] = {
    "A": "Demand",
    "B": "Timeliness",
    "C": "Caseload",
    "D": "Partnership",
    "E": "Practice",
    "F": "Outcomes",
    "G": "Escalation",
    "H": "Equity",
    "I": "Voice",
    "J": "Value",
    "K": "Data quality",
}
"""The themes of the published catalogue, by the letter with which the ids of their measures begin."""


class Better(StrEnum):
    """Which way a measure should move, if any."""

    HIGHER = "higher"
    LOWER = "lower"
    CONTEXT = "context"
    ZERO = "zero"
    BAND = "band"
    """Neither high nor low: both ends of the usual range ask for a look at the cases."""
    EVEN = "even"
    """The same for every group or place."""


class Statistic(StrEnum):
    """What is made of the counts."""

    COUNT = "count"
    """How many, with Byar's interval."""
    SHARE = "share"
    """Those counted as a share of all, with the Wilson interval."""
    MIX = "mix"
    """Each value of the split as a share of all its values, with the Wilson interval."""
    RATE = "rate"
    """Those counted for each so many children, with Byar's interval."""
    MEDIAN = "median"
    """The Kaplan-Meier quantile of the days, those not ended yet included; the median unless the measure says otherwise."""
    MEAN = "mean"
    """The mean of an amount, with Student's interval."""
    RATIO = "ratio"
    """One sum for each so many of another; with Byar's interval where people are counted above the line."""
    GAP = "gap"
    """The share in a group less the share in all others, with Newcombe's interval."""
    DISPARITY = "disparity"
    """A group's ratio over that of a reference group, or of all together, with the interval of a ratio of rates."""
    SLOPE = "slope"
    """The slope index of inequality: the rate at the least deprived end of the scale less that at the most deprived."""
    BALANCE = "balance"
    """What came in, what went out, and the difference."""
    DIFFERENCE = "difference"
    """The one total less the other."""

    @property
    def is_share(self) -> bool:
        """Whether some are counted of all: rows then say of each whether it is `counted`."""
        return self in (Statistic.SHARE, Statistic.GAP)

    @property
    def is_of_children(self) -> bool:
        """Whether it is told for each so many children, whose number must be known."""
        return self in (Statistic.RATE, Statistic.SLOPE)

    @property
    def has_sides(self) -> bool:
        """Whether rows stand above or below a line, and bring amounts that are summed on each side."""
        return self in (Statistic.RATIO, Statistic.DISPARITY)


class Disclosure(StrEnum):
    """Of what a figure tells, and so whether a small one may be shown."""

    PEOPLE = "people"
    """Of people, families or their records: a small count is hidden."""
    STAFF = "staff"
    """Of the council's own workers and their hours."""
    MONEY = "money"
    """Of pounds."""
    NOBODY = "nobody"
    """Of no person: what a model or a scenario works out."""

    @property
    def is_count_of_people(self) -> bool:
        """Whether a small figure may tell of somebody's private life."""
        return self is Disclosure.PEOPLE


@dataclass(frozen=True)
class Flow:
    """Things that happen on a day; a period holds those whose `day` lies in it, both ends included."""

    day: str = "it happened"
    kind = "flow"

    @property
    def words(self) -> str:
        """The rule in words."""
        return f"by the day {self.day}"


@dataclass(frozen=True)
class Due(Flow):
    """Things by the day they were due, done or not, so that what was never done counts against."""

    kind = "due-date cohort"


@dataclass(frozen=True)
class Entry(Flow):
    """Things by the day they began, ended or not, so that the longest are not left out."""

    kind = "entry cohort"


@dataclass(frozen=True)
class Open:
    """Things that are so at the end of a period's last day: since `from_day` or before, and not until `to_day`."""

    words: str = "open at the end of the period's last day"
    kind = "snapshot"


@dataclass(frozen=True)
class Matured:
    """Things whose follow-up of `days` is complete; a period is mature when that is true of its last day."""

    days: int
    day: str = "it happened"
    kind = "mature cohort"

    @property
    def words(self) -> str:
        """The rule in words."""
        return f"by the day {self.day}; a period is not mature until {self.days} days after its last day"


@dataclass(frozen=True)
class AsAt:
    """The dataset as it stands; no periods."""

    words: str = "as at the day of the snapshot, without periods"
    kind = "as at"


Time = Flow | Open | Matured | AsAt


@dataclass(frozen=True)
class Results:
    """What a later stage works out and a measure rests on: a table that the stage hands in, with its columns."""

    stage: str
    table: str
    columns: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.table} (worked out by {self.stage})"


@dataclass(frozen=True)
class Measure:
    """One measure of the catalogue.

    `rows`: DuckDB SQL over the standard's tables, one row for each thing that may be counted, with `unit_id`, `day`
    (or `from_day` and `to_day` for what is open) and the columns of `of`, by which it can be split. A share's rows
    also say whether they are `counted` in the numerator (NULL where no source could tell), a median's give `days`
    and `ended`, a mean's an `amount` (NULL where nobody recorded it), a ratio's and a disparity's an `amount` and
    the `side` of the line it is on ('above' or 'below'; a unit counts once on each side); a tally gives `numerator`
    and `denominator` instead. `once`: a unit may stand in several rows, and counts once. `days`: the days alone,
    where they can be had for less than the rows, or where some rows are there from the beginning of time (the
    population a group is compared with). `numerator` and `denominator` say the same in words. `needs`: columns
    without which there is no answer; `results`: what a later stage must have worked out first. `kinds`: by the column that
    a fixed split is made from, SQL of the kinds it is told by and whether any record of each is held at all (`told`).
    `gate`: the least completeness of a column, from 0 to 1, at which the measure may be shown.
    `always_by`: splits it is never without, `also_by`: further splits its rows offer; each with its code list.
    `along`: the split that it is told along, of those it offers: its groups are compared with each other. `reference`:
    the group that the others are compared with; without one, all together. `only_by`: the splits that make sense, where
    those of the table do not.
    `per`: what a rate or a ratio is told for, such as 10,000 children; `ages`: the children a rate is of.
    `quantile`: the share that has ended, for a median that is none. `finest`: the shortest period it can be told for.
    `above` and `below`: of what numerator and denominator tell, where it is not of people.
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
    per: int = 1
    ages: str = "0-17"
    quantile: float = 0.5
    finest: Grain = Grain.MONTH
    above: Disclosure = Disclosure.PEOPLE
    below: Disclosure = Disclosure.PEOPLE
    results: Results | None = None
    gate: Mapping[Column, float] = field(default_factory=dict)
    kinds: Mapping[Column, str] = field(default_factory=dict)
    always_by: Mapping[str, CodeList | None] = field(default_factory=dict)
    also_by: Mapping[str, CodeList | None] = field(default_factory=dict)
    along: str = ""
    reference: str = ""
    only_by: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    definitions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    definition: str = "default"

    def defined_as(self, name: str) -> Measure:
        """The measure under one of its rival definitions. Raises KeyError for a definition it has not."""
        return self if name == "default" else replace(self, definition=name, **self.definitions[name])

    def grain_of(self, asked: Grain | None) -> Grain | None:
        """The length of the periods that it is told by: what is told of years alone is told year by year."""
        return asked or (None if self.finest is Grain.MONTH else self.finest)

    def told_by(self, by: tuple[str, ...]) -> tuple[str, ...]:
        """Of the splits it is counted by, those its figures stand under: a slope runs along one of them."""
        return tuple(name for name in by if name != self.along) if self.statistic is Statistic.SLOPE else by

    @property
    def theme(self) -> str:
        """The theme of the published catalogue that it belongs to."""
        return THEMES[self.id[0]]

    @property
    def fixed_splits(self) -> tuple[str, ...]:
        """The splits that it is never without."""
        return (*self.always_by, *((self.along,) if self.along else ()))

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
