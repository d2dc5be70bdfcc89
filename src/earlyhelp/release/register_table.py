"""A table as it is proposed and kept in the register of releases: the rows as they leave, and what they tell of.

It is written in one way only, so that the same figures have the same hash, and holds all that a later audit needs: no
figure of it is worked out again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from earlyhelp.measures import Figure, Measure, Statistic, splits_of
from earlyhelp.measures.measure import AsAt, Open
from earlyhelp.measures.splits import PLACES
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Released, ReleasedRow, Status
from earlyhelp.release.register_populations import Population, population_from, populations_of

PLACE, AGE = "place", "age"
"""Ways to split by several bands of the same thing: by where people live, and by how old they are."""
ABOVE, BELOW = "above", "below"
DAYS, ONE_DAY = "days", "day"
"""What a period is: all its days, which add up, or its last day alone, which does not."""


@dataclass(frozen=True)
class TableRow:
    """One figure as released. Days are ISO and empty where there is no period; what is not shown is None."""

    start: str
    end: str
    dims: Mapping[str, str]
    labels: Mapping[str, str]
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    status: str

    @property
    def is_hidden(self) -> bool:
        """Whether the policy hides it."""
        return self.status == Status.SUPPRESSED


@dataclass(frozen=True)
class TableAbout:
    """Whose table it is and what it rests on. `meaning`: the hash of all that decides what is counted."""

    council: str
    code: str
    snapshot: str
    as_at: str
    version: str
    meaning: str


@dataclass(frozen=True)
class ReleasedTable:
    """The released rows of one question.

    `axes`: of each split the thing it is a split of (`ward_code` of place), empty where its groups do not add up; `fixed`:
    the splits that the measure is never without.
    `counts`: which sides of the line are counts of people. `time`: what a period is. `once`: the parts of a total
    may overlap. `zeros_hidden`: somewhere nobody stands behind the symbol; told to no reader.
    `complete`: what is not listed within its periods is nobody. `populations`: by side of the line the records counted.
    `holds`: by split, what each code stands for that is a set of finer ones.
    """

    about: TableAbout
    measure: str
    definition: str
    name: str
    unit: str
    statistic: str
    numerator: str
    denominator: str
    policy: str
    lowest: int
    highest: int
    round_to: int
    symbol: str
    secondary: bool
    time: str
    axes: Mapping[str, str]
    fixed: tuple[str, ...]
    counts: tuple[str, ...]
    once: bool
    zeros_hidden: bool
    rows: tuple[TableRow, ...]
    complete: bool = True
    populations: Mapping[str, Population] = field(default_factory=dict)
    fewest_averaged: int = 0
    holds: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def rule(self) -> Policy:
        """The policy as it was when the table was made."""
        return Policy(
            self.policy,
            self.lowest,
            self.highest,
            self.round_to,
            symbol=self.symbol,
            secondary=self.secondary,
            fewest_averaged=self.fewest_averaged,
        )

    @property
    def by(self) -> tuple[str, ...]:
        """The splits it is told by."""
        return tuple(self.axes)

    @property
    def hidden(self) -> int:
        """How many of its figures are hidden."""
        return sum(row.is_hidden for row in self.rows)

    def finer(self, split: str, row: TableRow) -> tuple[str, ...]:
        """The codes that the code of a row stands for: itself, where it is no set of finer ones."""
        return self.holds.get(split, {}).get(row.dims[split], (row.dims[split],))

    def without(self, places: Sequence[int]) -> ReleasedTable:
        """The table with the rows at these places hidden, their denominators too."""
        gone = set(places)
        rows = tuple(_hidden(row) if place in gone else row for place, row in enumerate(self.rows))
        empty = any(self.rows[place].numerator == 0 or self.rows[place].denominator == 0 for place in gone)
        return replace(self, rows=rows, zeros_hidden=self.zeros_hidden or empty)

    def as_dict(self) -> dict[str, Any]:
        """The table as the register keeps it."""
        return asdict(self)


def _hidden(row: TableRow) -> TableRow:
    return TableRow(row.start, row.end, row.dims, row.labels, None, None, None, None, None, str(Status.SUPPRESSED))


def table_from(told: Mapping[str, Any]) -> ReleasedTable:
    """The table that the register kept. Raises TypeError or KeyError for what is none."""
    made: dict[str, Any] = {
        "rows": tuple(TableRow(**row) for row in told["rows"]),
        "about": TableAbout(**told["about"]),
        "counts": tuple(told["counts"]),
        "fixed": tuple(told["fixed"]),
        "holds": {
            split: {code: tuple(finer) for code, finer in codes.items()}
            for split, codes in told.get("holds", {}).items()
        },
        "populations": {side: population_from(each) for side, each in told.get("populations", {}).items()},
    }
    return ReleasedTable(**{**told, **made})


def table_of(
    released: Released, by: Sequence[str], about: TableAbout, figures: Sequence[Figure] = (), *, complete: bool = True
) -> ReleasedTable:
    """The table of released rows.

    `by`: the splits they stand under. `figures`: the exact ones behind them, row by row, which tell whether some hidden one
    is nobody; without them that is supposed.
    """
    measure, policy = released.measure, released.policy
    statuses = [row.status for row in released.rows[: len(figures)]]
    zeros = [each is Status.SUPPRESSED and not figure.numerator for each, figure in zip(statuses, figures, strict=True)]
    rows = tuple(_row(row, measure.statistic) for row in released.rows)
    return table_under(measure, policy, about, by, rows, zeros_hidden=any(zeros) or not figures, complete=complete)


def table_under(
    measure: Measure,
    policy: Policy,
    about: TableAbout,
    by: Sequence[str],
    rows: Sequence[TableRow],
    *,
    zeros_hidden: bool,
    complete: bool,
) -> ReleasedTable:
    """The table of rows of a measure, with all that the measure and the policy say of them.

    `by`: the splits they stand under. `zeros_hidden`, `complete`: as the table has them.
    """
    return ReleasedTable(
        about=about,
        measure=measure.id,
        definition=measure.definition,
        name=measure.name,
        unit=measure.unit,
        statistic=str(measure.statistic),
        numerator=measure.numerator,
        denominator=measure.denominator,
        time=time_of(measure),
        axes={name: axis_of(measure, name) for name in by},
        fixed=tuple(name for name in by if name in measure.fixed_splits),
        counts=sides_of_people(measure),
        once=measure.once,
        zeros_hidden=zeros_hidden,
        rows=tuple(rows),
        complete=complete,
        populations=populations_by_side(measure),
        **kept_of(policy),
    )


def kept_of(policy: Policy) -> dict[str, Any]:
    """What a table keeps of the policy that it was made under, so that `rule` is that policy again."""
    return {
        "policy": policy.name,
        "lowest": policy.lowest,
        "highest": policy.highest,
        "round_to": policy.round_to,
        "symbol": policy.symbol,
        "secondary": policy.secondary,
        "fewest_averaged": policy.fewest_averaged,
    }


def populations_by_side(measure: Measure) -> dict[str, Population]:
    """By side of the line, the records that a measure counts there, as far as its declaration tells."""
    above, below = populations_of(measure)
    return {side: each for side, each in ((ABOVE, above), (BELOW, below)) if each}


def axis_of(measure: Measure, name: str) -> str:
    """What a split is a split of. Empty where one thing may stand under several codes or its groups have no total."""
    split = splits_of(measure)[name]
    if split.many or (name in measure.always_by and measure.statistic is not Statistic.MIX):
        return ""
    if split.joins and name in PLACES:
        return PLACE
    return AGE if split.joins and name == "age_band" else name


def time_of(measure: Measure) -> str:
    """What a period of the measure is."""
    return "" if isinstance(measure.time, AsAt) else ONE_DAY if isinstance(measure.time, Open) else DAYS


def sides_of_people(measure: Measure) -> tuple[str, ...]:
    """Which sides of the line are counts of people."""
    above = measure.above.is_count_of_people and measure.statistic not in (Statistic.MEAN, Statistic.SLOPE)
    below = measure.below.is_count_of_people and not measure.statistic.is_of_children
    return (*((ABOVE,) if above else ()), *((BELOW,) if below else ()))


def decimals_of(statistic: str) -> int:
    """To how many decimals a value is told, so that none is exact to more than its counts."""
    finer = (Statistic.SHARE, Statistic.MIX, Statistic.GAP)
    return 3 if statistic in finer else 2 if statistic == Statistic.DISPARITY else 1


def _row(row: ReleasedRow, statistic: Statistic) -> TableRow:
    digits = decimals_of(statistic)
    value, lower, upper = (
        None if each is None else _rounded(each, digits) for each in (row.value, row.lower, row.upper)
    )
    is_sum = statistic is Statistic.MEAN  # which beside that of one child more would be the amount of that child
    numerator = None if row.numerator is None or is_sum else _rounded(row.numerator, 2)
    denominator = None if row.denominator is None else _rounded(row.denominator, 2)
    days = (_iso(row.period_start), _iso(row.period_end))
    dims, labels = dict(row.dims), dict(row.labels)
    return TableRow(*days, dims, labels, numerator, denominator, value, lower, upper, str(row.status))


def _rounded(value: float, digits: int) -> float:
    return round(float(value), digits) + 0.0


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
