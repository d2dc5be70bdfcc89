"""What a study of this size could see: the smallest difference that would show, and how many families one needs."""

from __future__ import annotations

from math import ceil, sqrt
from typing import Literal, NamedTuple

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.statistics.intervals import z_score

Direction = Literal["fewer", "more"]

POWER = 0.8
"""How often the difference would show if it were there: four times in five."""

CONFIDENCE = 0.95
"""Two-sided 5 per cent: how sure an interval must be before a difference counts as shown."""


class Needed(NamedTuple):
    """How many families a study needs: offered the service, and compared with them."""

    treated: int
    compared: int


def power_of_difference(
    treated: float,
    ratio: float,
    base: float,
    risk: float,
    *,
    confidence: float = CONFIDENCE,
    design_effect: float = 1.0,
) -> float:
    """How often a difference between the shares `base` and `risk` would show, between 0 and 1.

    With p0 the base, p1 the risk, n treated, r compared for each of them and D the design effect, the standard error is
    s = sqrt(D (p1 (1 - p1) + p0 (1 - p0) / r) / n), and the power the normal probability below |p1 - p0| / s - z.

    treated: families offered the service, above 0; ratio: families compared for each of them, above 0; base and risk:
    shares between 0 and 1 that would have the outcome without and with the service. confidence: of the interval.
    design_effect: how many times the variance that of a simple sample is (families of several children, weights), from 1.
    Raises ValueError for a figure outside these.

    Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., section 4.2, without
    the continuity correction and with each arm's own variance. Known answers: tests/unit/evaluate/test_power.py.
    """
    from scipy.special import ndtr

    _check(treated, ratio, base, design_effect)
    if not 0 <= risk <= 1:
        raise ValueError("`risk` is a share between 0 and 1")
    error = sqrt(design_effect * _variance(base, risk, ratio) / treated)
    return float(ndtr(abs(risk - base) / error - z_score(confidence)))


def minimum_detectable_difference(
    treated: float,
    ratio: float,
    base: float,
    *,
    direction: Direction = "fewer",
    power: float = POWER,
    confidence: float = CONFIDENCE,
    design_effect: float = 1.0,
) -> float:
    """The smallest difference of shares that would show with this power, above 0 (0.05 is 5 points).

    It solves `power_of_difference` = `power` for the risk below the base ("fewer") or above it ("more"). A fall needs
    fewer families than a rise of the same size while the base is under a half. Round it up when it is told.

    treated, ratio, base, confidence, design_effect: as for `power_of_difference`; power: between a half and 1.
    Raises NotEstimable when even a fall to none (or a rise to all) would not show, ValueError for a figure out of range.
    """
    from scipy.optimize import brentq

    _check(treated, ratio, base, design_effect)
    room = base if direction == "fewer" else 1 - base
    sign = -1 if direction == "fewer" else 1
    needed = _standard_errors(power, confidence) ** 2 * design_effect / treated

    def shortfall(difference: float) -> float:
        return needed * _variance(base, base + sign * difference, ratio) - difference**2

    if shortfall(room) > 0:
        raise NotEstimable(
            "There are too few families to see any difference, however large.",
            f"More families, or a commoner outcome: {treated:.0f} were offered the service and {base:.0%} of those like "
            "them have the outcome.",
        )
    return float(brentq(shortfall, 0.0, room, xtol=1e-12))


def families_needed(
    base: float,
    risk: float,
    *,
    ratio: float = 1.0,
    power: float = POWER,
    confidence: float = CONFIDENCE,
    design_effect: float = 1.0,
) -> Needed:
    """The smallest numbers of families, offered and compared, with which the difference would show with this power.

    n = D (z + y)^2 (p1 (1 - p1) + p0 (1 - p0) / r) / (p1 - p0)^2, rounded up, with y the normal quantile of the power
    and the rest as in `power_of_difference`; the compared are n times `ratio`, rounded up.

    base, risk, ratio, confidence, design_effect: as for `power_of_difference`; power: between a half and 1.
    Raises ValueError when base and risk are equal or a figure is out of range.

    Example: 2.5 to 1.7 per cent (children looked after, the national evaluation of 2015-20) needs 5,039 an arm.
    """
    _check(1, ratio, base, design_effect)
    if not 0 <= risk <= 1 or risk == base:
        raise ValueError("`risk` is a share between 0 and 1, and not equal to the base")
    exact = design_effect * _standard_errors(power, confidence) ** 2 * _variance(base, risk, ratio) / (risk - base) ** 2
    treated = ceil(exact)
    return Needed(treated, ceil(treated * ratio))


def _variance(base: float, risk: float, ratio: float) -> float:
    return risk * (1 - risk) + base * (1 - base) / ratio


def _standard_errors(power: float, confidence: float) -> float:
    from scipy.special import ndtri

    if not 0.5 < power < 1:
        raise ValueError("power is a share between a half and 1, such as 0.8")
    return z_score(confidence) + float(ndtri(power))


def _check(treated: float, ratio: float, base: float, design_effect: float) -> None:
    if not (treated > 0 and ratio > 0):
        raise ValueError("`treated` and `ratio` must be above 0")
    if not 0 < base < 1:
        raise ValueError("`base` is a share between 0 and 1, and neither of them")
    if not design_effect >= 1:
        raise ValueError("`design_effect` is 1 or more")
