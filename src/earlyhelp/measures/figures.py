"""What is asked of a measure, and the exact figures that answer it.

Exact figures never leave as they are: `release` turns them into what may be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from earlyhelp.measures.measure import Measure
from earlyhelp.measures.periods import Grain, Period
from earlyhelp.standard.local_standards import default_standards


@dataclass(frozen=True)
class Question:
    """What is asked of a measure: split by what, over which days, in which periods."""

    by: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    grain: Grain | None = None


@dataclass(frozen=True)
class Standards:
    """The council's own standards and the day the data is as at."""

    as_at: date
    local: Mapping[str, int] = field(default_factory=default_standards)
    year_starts: int = 4
    area_code: str = ""


class Estimate(NamedTuple):
    """A value that is worked out from single records and not from the two counts: a median or a mean, with its interval."""

    value: float | None
    lower: float | None
    upper: float | None


class Figure(NamedTuple):
    """One exact figure.

    `numerator` is None where no record could tell, which is not zero. `mature` is False where follow-up is not
    complete. `estimate` holds what counts cannot give; `net_of` the two counts that a net is the difference of;
    `against` numerator and denominator of what a group is compared with. `met` is False for a place or group of children
    that has a figure though nobody of it is counted in any period asked for.
    """

    period: Period | None
    dims: Mapping[str, str]
    numerator: float | None
    denominator: float | None
    mature: bool = True
    estimate: Estimate | None = None
    net_of: tuple[float, float] | None = None
    against: tuple[float, float] | None = None
    met: bool = True


class ClosedGate(NamedTuple):
    """A column that is not full enough for a measure to be shown: its completeness, and the least there must be."""

    column: str
    found: float
    wanted: float

    @property
    def words(self) -> str:
        """The gate as a person reads it."""
        return f"{self.column} is {self.found:.0%} complete; at least {self.wanted:.0%} is needed"


class KindNotHeld(NamedTuple):
    """A kind of record of which none is held, of anybody: the column that tells kinds apart, the code and its label.

    `unmapped`: other records hold words of that column that nobody has given a code, and may be of this kind.
    """

    column: str
    code: str
    label: str
    unmapped: bool = False

    @property
    def why(self) -> str:
        """Why its figures have no data; that there is no such record is said only where every word has a code."""
        if self.unmapped:
            return f"no record has its code, and some words of {self.column} have none yet"
        return f"no such record is held at all ({self.column})"

    @property
    def words(self) -> str:
        """What is missing, as a person reads it."""
        return f"{self.label}: {self.why}"


@dataclass(frozen=True)
class Figures:
    """All figures of one question, by period and then by split, or the columns for want of which there are none.

    `not_held`: the kinds of a fixed split whose figures have no data, as no record of them is held.
    """

    measure: Measure
    by: tuple[str, ...]
    figures: list[Figure] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    closed: tuple[ClosedGate, ...] = ()
    not_held: tuple[KindNotHeld, ...] = ()
