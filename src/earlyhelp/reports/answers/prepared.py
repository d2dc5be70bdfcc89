"""What a prepared question is: the measures it rests on, and the rule by which their figures become sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from earlyhelp.measures import Question
from earlyhelp.measures.signals import Event
from earlyhelp.release import Released, ReleasedPlaces, ReleasedPoverty, ReleasedWaiting
from earlyhelp.release.earlier import ReleasedEarlier
from earlyhelp.release.reach import ReleasedProfile, ReleasedReach
from earlyhelp.release.services import ReleasedServices


class Wanted(NamedTuple):
    """A question to one measure; with `days`, of the last so many up to the day that the data is as at."""

    measure: str
    asked: Question = Question()
    definition: str = "default"
    days: int = 0

    def as_at(self, day: date) -> Question:
        """What is asked of data that is as at a day."""
        return replace(self.asked, first=day - timedelta(days=self.days - 1), last=day) if self.days else self.asked


@dataclass(frozen=True)
class Part:
    """What one measure answered, as it may be shown: its released rows, and the certificate of each."""

    released: Released
    certificates: Sequence[str]


@dataclass(frozen=True)
class Setting:
    """What an answer is given in: the day the data is as at, the council's events, the worklists of families switched on.

    What follows is what a question may ask for beside measures (`PreparedQuestion.asks_for`); None unless it does.
    """

    as_at: date
    events: Sequence[Event] = ()
    worklists: Collection[str] = ()
    waiting: ReleasedWaiting | None = None
    places: ReleasedPlaces | None = None
    poverty: ReleasedPoverty | None = None
    services: ReleasedServices | None = None
    earlier: ReleasedEarlier | None = None
    reach: ReleasedReach | None = None


@dataclass(frozen=True)
class Reply:
    """The answer: sentences made by rule, rows with the worst or the best first, and what must be said beside them.

    `printed`: the columns of the table that a terminal shows, where it has no room for all.
    """

    answer: tuple[str, ...]
    table: tuple[Mapping[str, Any], ...] = ()
    caveats: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreparedQuestion:
    """A question that somebody asks every month, with the rule that answers it.

    `wanted`: the measures it rests on. `tell`: makes the reply of their answers, in that order. `asks_for`: what it rests
    on beside measures, by the names of `Setting`. `before_records`: makes the reply of public figures alone, in a
    workspace without records; a question without it needs records. `rows_of`: the measure whose cases are its worklist,
    for a role that may see rows; `families_of`: the worklist of families that the council can switch on, by its name.
    """

    id: str
    asks: str
    wanted: tuple[Wanted, ...]
    tell: Callable[[Sequence[Part], Setting], Reply]
    caveats: tuple[str, ...] = field(default=())
    asks_for: tuple[str, ...] = ()
    before_records: Callable[[ReleasedProfile], Reply] | None = None
    rows_of: Wanted | None = None
    families_of: str = ""
