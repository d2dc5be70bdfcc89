"""Where a true figure stands, and what it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

Dims = tuple[tuple[str, str], ...]
"""Values of the splits that a measure is never without, as pairs of name and code."""


class Place(NamedTuple):
    """Where a figure stands: the first day of its year (None for a measure without periods), and its splits."""

    year: date | None
    dims: Dims = ()


class TrueFigure(NamedTuple):
    """What is counted, of how many where that is told, and the value that they make."""

    numerator: float
    denominator: float | None
    value: float


Figures = Iterator[tuple[Place, TrueFigure]]
