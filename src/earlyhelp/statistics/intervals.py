"""Intervals around shares, counts and rates: how far chance alone could have moved a figure.

Every function takes single figures or arrays of them (then one interval a place) and returns `Interval(lower, upper)`.
A missing figure (NaN) has a missing interval, and so has a figure over nothing (denominator 0): neither is zero.

scipy is imported where a quantile is asked for: it takes a third of a second, which commands without intervals need not
spend.
"""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

EXACT_BELOW = 10
"""Counts under this have exact limits, the others Byar's: the rule of the public-health technical guidance."""

Numbers = TypeVar("Numbers", float, NDArray[Any])
_Floats = NDArray[np.float64]


class Interval(NamedTuple, Generic[Numbers]):
    """The lower and the upper bound of an interval, each one number or an array with one number a place."""

    lower: Numbers
    upper: Numbers


def wilson(numerator: Numbers, denominator: Numbers, confidence: float = 0.95) -> Interval[Numbers]:
    """Bounds of the share that would be seen in the long run, each between 0 and 1.

    Estimand: the probability p behind `numerator` successes in `denominator` independent tries. With r the numerator,
    n the denominator, q = 1 - r/n and z the normal quantile of the confidence, the bounds are
    (2r + z^2 -+ z sqrt(z^2 + 4rq)) / (2(n + z^2)): the values of p that a score test would not reject.

    numerator: how many of them did (closures on time, say); denominator: how many there were, the numerator included;
    both from 0 up. Denominator 0 gives NaN. confidence: the share of such intervals that hold p, between 0 and 1.
    Raises ValueError when a figure is negative or infinite, or a numerator exceeds its denominator.

    Source: Wilson (1927), Journal of the American Statistical Association 22:209-212; Newcombe (1998), Statistics in
    Medicine 17:857-872, method 3 (p. 859). Known answers: tests/known_answers/test_intervals_published.py.
    """
    successes, tries = figures("numerator", numerator), figures("denominator", denominator)
    if np.any(successes > tries):
        raise ValueError("a numerator is larger than its denominator, so it is no share: use `rate` if events recur")
    z = z_score(confidence)
    tries = missing_if_zero(tries)
    share = successes / tries
    spread = z * np.sqrt(z**2 + 4 * successes * (1 - share))
    middle, scale = 2 * successes + z**2, 2 * (tries + z**2)
    # Clipped because rounding may carry a bound a hair past 0, past 1 or past the share that it surrounds.
    return _interval(np.clip((middle - spread) / scale, 0, share), np.clip((middle + spread) / scale, share, 1))


def exact_poisson(count: Numbers, confidence: float = 0.95) -> Interval[Numbers]:
    """Bounds of the number of events that would be expected in the long run, from the Poisson distribution itself.

    Estimand: the mean m of the Poisson distribution that gave `count` events. With O the count, a = 1 - confidence and
    C(p; d) the p quantile of chi-squared with d degrees of freedom: lower = C(a/2; 2O) / 2, which is 0 when O is 0, and
    upper = C(1 - a/2; 2O + 2) / 2. Each bound leaves at most a/2 of chance outside it.

    count: how many events there were, from 0 up. confidence: the share of such intervals that hold m, at the least.
    Raises ValueError when a count is negative or infinite.

    Source: Garwood (1936), Biometrika 28:437-442. Known answers: tests/known_answers/test_intervals_published.py.
    """
    from scipy.special import gammainccinv, gammaincinv

    events = figures("count", count)
    tail = _tail(confidence)
    # Half a chi-squared with 2k degrees of freedom is a gamma of shape k: its quantiles, without the halving.
    lower = np.where(events == 0, 0.0, gammaincinv(events, tail))
    return _interval(lower, gammainccinv(events + 1, tail))


def byar(count: Numbers, confidence: float = 0.95) -> Interval[Numbers]:
    """Bounds of the number of events that would be expected in the long run, as public-health indicators publish them.

    Estimand: the mean of the Poisson distribution that gave `count` events. With O the count and z the normal quantile
    of the confidence: lower = O (1 - 1/(9O) - z/(3 sqrt(O)))^3 and, with P = O + 1,
    upper = P (1 - 1/(9P) + z/(3 sqrt(P)))^3. Counts below 10 have the limits of `exact_poisson`.

    count: how many events there were, from 0 up. confidence: the share of such intervals that hold the mean.
    Raises ValueError when a count is negative or infinite.

    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, IARC, p. 69; the switch at 10: Public
    Health England (2018), Technical Guide: Confidence Intervals, appendices 1 and 2.
    """
    events = figures("count", count)
    z = z_score(confidence)
    exact = exact_poisson(events, confidence)
    many = np.maximum(events, EXACT_BELOW)  # keeps zero out of the divisions; smaller counts are exact anyway
    more = many + 1
    lower = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    few = events < EXACT_BELOW
    return _interval(np.where(few, exact.lower, lower), np.where(few, exact.upper, upper))


def rate(count: Numbers, population: Numbers, per: float, confidence: float = 0.95) -> Interval[Numbers]:
    """Bounds of the rate of events per `per` people (or families, or years lived), in that unit.

    Estimand: the long-run rate behind `count` events among `population`: the bounds of `byar` on the count, divided by
    the population and multiplied by `per`. The population is taken as known without error. Events may outnumber people.

    count: how many events there were, from 0 up. population: how many could have had one; 0 gives NaN.
    per: the number of people that the rate is told for, such as 10,000. confidence: as for `byar`.
    Raises ValueError when a count or a population is negative or infinite, or `per` is not above 0.

    Source: Eayres (2008), Commonly used public health statistics and their confidence intervals, APHO Technical
    Briefing 3, p. 7.
    """
    people = missing_if_zero(figures("population", population))
    if not per > 0:
        raise ValueError("`per` is the number of people a rate is told for: it must be above 0, such as 10000")
    events = byar(figures("count", count), confidence)
    return _interval(per * events.lower / people, per * events.upper / people)


def z_score(confidence: float) -> float:
    """How many standard errors an interval of this confidence reaches to each side: 1.96 for 0.95.

    Raises ValueError when the confidence is not between 0 and 1.
    """
    from scipy.special import ndtri

    return -float(ndtri(_tail(confidence)))


def figures(name: str, values: ArrayLike) -> _Floats:
    """The values as an array of numbers from 0 up, NaN where missing.

    Raises ValueError, naming the figure, when one is negative or infinite.
    """
    found = np.asarray(values, dtype=np.float64)
    if np.any(found < 0) or np.any(np.isinf(found)):
        raise ValueError(f"a {name} is negative or infinite; it must be a number from 0 up")
    return found


def missing_if_zero(numbers: _Floats) -> _Floats:
    """The numbers with NaN for 0: what is divided by nothing is missing, neither zero nor endless."""
    return np.where(numbers == 0, np.nan, numbers)


def _tail(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("confidence is a share between 0 and 1, such as 0.95")
    return (1 - confidence) / 2


def _interval(lower: NDArray[Any], upper: NDArray[Any]) -> Interval[Any]:
    if np.ndim(lower) == 0:
        return Interval(float(lower), float(upper))
    return Interval(lower, upper)
