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
    """What an answer is given in: the day the data is as at, the council's events; what the question asks for beside measures.

    `worklists`: the worklists of families that the council has switched on.
    """

    as_at: date
    events: Sequence[Event] = ()
    waiting: ReleasedWaiting | None = None
    places: ReleasedPlaces | None = None
    poverty: ReleasedPoverty | None = None
    services: ReleasedServices | None = None
    worklists: Collection[str] = ()
    earlier: ReleasedEarlier | None = None


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

    `wanted`: the measures it rests on. `tell`: makes the reply of their answers, in that order. `comes_with`: the stage
    without which it cannot be answered; then it says so, and nothing else. `of_the_list`: it asks for the waiting list.
    `of_places`: it asks where domestic abuse is worst. `of_poverty`: it asks what follows signs of poverty, and has a
    worklist of its own, where the council has switched that on. `of_services`: it asks what the studies of services found.
    `of_step_ups`: it asks what came before step-ups.
    `rows_of`: the measure whose cases are its worklist, for a role that may see rows.
    """

    id: str
    asks: str
    wanted: tuple[Wanted, ...]
    tell: Callable[[Sequence[Part], Setting], Reply]
    caveats: tuple[str, ...] = field(default=())
    comes_with: str = ""
    of_the_list: bool = False
    of_places: bool = False
    of_poverty: bool = False
    of_services: bool = False
    of_step_ups: bool = False
    rows_of: Wanted | None = None
