"""The catalogue: every measure there is, in the published order."""

from __future__ import annotations

from earlyhelp.measures import caseload, demand, escalation, partnership, quality, timeliness
from earlyhelp.measures.measure import Catalogue, Measure


def _declared() -> list[Measure]:
    modules = (demand, timeliness, caseload, partnership, escalation, quality)
    return [value for module in modules for value in vars(module).values() if isinstance(value, Measure)]


def _place(measure: Measure) -> tuple[str, int]:
    return measure.id[0], int(measure.id[1:])


CATALOGUE = Catalogue(sorted(_declared(), key=_place))
