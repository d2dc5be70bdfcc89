"""What a rate, a percentage or a mean tells of the counts behind it."""

from __future__ import annotations

import math
from typing import NamedTuple


class Bounds(NamedTuple):
    """The least and the greatest whole number there can be; `lower` above `upper` where there is none."""

    lower: int
    upper: int


_SLACK = 1e-9
"""Shown values are decimal, worked out in binary."""


def numerators(shown: float, decimals: int, denominator: float, per: float = 100.0) -> Bounds:
    """The numerators that give the shown value of a rate for each `per`, rounded to so many decimals.

    Halves may have been rounded either way. Known answer: 6.7 per cent of 45 is 3 and nothing else.
    """
    half = 0.5 * 10.0**-decimals
    least = math.ceil((shown - half) * denominator / per - _SLACK)
    return Bounds(max(0, least), math.floor((shown + half) * denominator / per + _SLACK))


def denominators(shown: float, decimals: int, numerator: float, per: float = 100.0) -> Bounds | None:
    """The denominators that give the shown value with that numerator; None where any might (a rate that may be zero)."""
    half = 0.5 * 10.0**-decimals
    if shown - half <= 0:
        return None
    return Bounds(
        math.ceil(numerator * per / (shown + half) - _SLACK), math.floor(numerator * per / (shown - half) + _SLACK)
    )


def fractions(
    shown: float, decimals: int, numerator: Bounds, denominator: Bounds, per: float = 100.0
) -> tuple[Bounds, Bounds] | None:
    """Numerator and denominator as far as the shown value narrows what was known of both; None where nothing fits."""
    fitting = [
        (Bounds(max(found.lower, numerator.lower), min(found.upper, numerator.upper, below)), below)
        for below in range(max(1, denominator.lower), denominator.upper + 1)
        for found in [numerators(shown, decimals, below, per)]
    ]
    fitting = [(found, below) for found, below in fitting if found.lower <= found.upper]
    if not fitting:
        return None
    above = Bounds(min(found.lower for found, _ in fitting), max(found.upper for found, _ in fitting))
    return above, Bounds(fitting[0][1], fitting[-1][1])
