"""The catalogue: every measure that a theme declares, in the published order."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from earlyhelp.measures import themes
from earlyhelp.measures.measure import Catalogue, Measure


def _declared() -> Iterator[Measure]:
    for module in iter_modules(themes.__path__, f"{themes.__name__}."):
        yield from (value for value in vars(import_module(module.name)).values() if isinstance(value, Measure))


def _place(measure: Measure) -> tuple[str, int]:
    return measure.id[0], int(measure.id[1:])


CATALOGUE = Catalogue(sorted(_declared(), key=_place))
