"""Discounting: what a pound in a later year is worth now, in real prices, by the Green Book's stepped rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from earlyhelp.economics.parameters import DECLARED, ParameterSet

Floats = NDArray[np.float64]
Kind = Literal["standard", "health"]
_STEPS = (30, 75)
"""The last year of the first rate, and of the second."""


def discount_factors(years: int, kind: Kind = "standard", parameters: ParameterSet = DECLARED) -> Floats:
    """Factors of years 0 to `years` - 1, (years,): 1 for year 0, each later one lower by the rate of its own year.

    standard: 3.5 per cent to year 30, 3.0 from 31, 2.5 from 76. health: 1.5 per cent throughout, to be used for health
    and life years alone; the Green Book lowers that rate too from year 31 on, which no scenario here reaches.
    Source: HM Treasury, The Green Book, annex on discounting; known answers: its table of long-term discount factors.
    """
    if years < 1:
        raise ValueError("there is one year or more")
    number = np.arange(1, years)
    if kind == "health":
        rates = np.full(years - 1, parameters["health_discount_rate"])
    else:
        named = [parameters[f"discount_rate{each}"] for each in ("", "_from_31", "_from_76")]
        rates = np.array(named)[np.searchsorted(_STEPS, number)]
    return np.concatenate([[1.0], np.cumprod(1 / (1 + rates))])


def present_value(
    by_year: Sequence[float] | Floats, kind: Kind = "standard", parameters: ParameterSet = DECLARED
) -> float:
    """The sum of yearly amounts in real pounds, year 0 first, each as it is worth in year 0."""
    amounts = np.asarray(by_year, dtype=np.float64)
    return float(amounts @ discount_factors(len(amounts), kind, parameters))
