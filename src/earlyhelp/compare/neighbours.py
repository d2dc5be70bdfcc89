"""Where other councils lie with one measure, from their packs: the middle and both ends of those that count it alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from earlyhelp.compare.pack import SHARED, Pack, PackMeasure, meaning_of, settings_of
from earlyhelp.measures import Measure, Statistic
from earlyhelp.release import Status

FEWEST = 3
"""Of fewer councils a middle between two ends would be each council's own figure."""
COMPARED = (Statistic.SHARE, Statistic.MEDIAN, Statistic.RATE)
"""What councils of different size can be laid beside each other by. Groups of a mix are compared one by one."""


@dataclass(frozen=True)
class Among:
    """Where councils lie with one figure of one year. `names`: of those that have it, counted as here.

    `otherwise`: how many count it by another rule. Without enough councils there are names and no values.
    """

    names: tuple[str, ...]
    otherwise: int
    lowest: float | None = None
    median: float | None = None
    highest: float | None = None


def is_in_packs(measure: Measure) -> bool:
    """Whether packs hold the measure in total, under this definition."""
    return any(each.key == (measure.id, measure.definition) and not each.by for each in SHARED)


def among(packs: Sequence[Pack], measure: Measure, local: Mapping[str, int], family_definition: str, end: str) -> Among:
    """Where the councils of the packs lie with the measure in the year that ends on that day (ISO).

    local, family_definition: this council's own standards and meaning of family, which decide with the measure's rule
    whether another counts alike.
    """
    ours = meaning_of(measure, settings_of(measure, local), family_definition)
    told = [(pack, pack.measures.get((measure.id, measure.definition))) for pack in packs]
    alike = [
        (pack, each) for pack, each in told if each and (each.meaning, each.statistic) == (ours, measure.statistic)
    ]
    values = {pack.council: value for pack, each in alike if (value := _value(each, end)) is not None}
    names = tuple(sorted(pack.name or pack.council for pack in packs if pack.council in values))
    otherwise = sum(each is not None for _, each in told) - len(alike)
    if len(values) < FEWEST:
        return Among(names, otherwise)
    return Among(names, otherwise, min(values.values()), median(values.values()), max(values.values()))


def _value(told: PackMeasure, end: str) -> float | None:
    """The figure of all in that year, where it is shown."""
    found = (each for each in told.rows if each.end == end and not each.dims and each.status == Status.OK)
    return next((each.value for each in found), None)
