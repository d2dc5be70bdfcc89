"""One measure under rival definitions: how far its figure depends on what is counted, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from earlyhelp.measures import Statistic
from earlyhelp.release.publish import Released, ReleasedRow


class Place(NamedTuple):
    """What values must have in common to be set beside each other."""

    statistic: Statistic
    per: int
    period_start: date | None
    period_end: date | None
    dims: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Spread:
    """The lowest and the highest figure of one period and one group, each with the definition it comes from.

    `told`: how many definitions have a figure that may be shown; `others`: those that have none here.
    """

    place: Place
    lowest: float
    lowest_definition: str
    highest: float
    highest_definition: str
    told: int
    others: Sequence[str]

    @property
    def dims(self) -> Mapping[str, str]:
        """The group, by the splits asked for."""
        return dict(self.place.dims)


def spreads(answers: Sequence[Released]) -> list[Spread]:
    """How far the figures of each period and group lie apart, over definitions whose values are on one scale.

    A count of children and a rate of them are two scales, and are never set beside each other. Where only one definition
    has a figure there is no spread.
    """
    groups: dict[Place, list[tuple[str, ReleasedRow]]] = defaultdict(list)
    for released in answers:
        for row in released.rows:
            groups[_place(released, row)].append((released.measure.definition, row))
    return [found for place, rows in groups.items() if (found := _spread(place, rows))]


def _place(released: Released, row: ReleasedRow) -> Place:
    measure = released.measure
    return Place(measure.statistic, measure.per, row.period_start, row.period_end, tuple(sorted(row.dims.items())))


def _spread(place: Place, rows: Sequence[tuple[str, ReleasedRow]]) -> Spread | None:
    known = sorted((row.value, definition) for definition, row in rows if row.value is not None)
    if len(known) < 2:
        return None
    others = tuple(definition for definition, row in rows if row.value is None)
    return Spread(place, *known[0], *known[-1], len(known), others)
