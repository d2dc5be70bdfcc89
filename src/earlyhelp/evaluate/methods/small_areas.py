"""Rates of small areas: shrunken towards the whole or towards their neighbours, and the chance to be among the worst.

A small area's own rate is mostly chance, so that the highest and the lowest of many belong to areas with few people. A
shrunken rate lies between the area's own and that of all: nearer its own, the more events are expected there. Nothing
here ranks: an area has a probability of being among the worst, and the probabilities add up to the number of places.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats, Ints, NotEstimable
from earlyhelp.statistics.intervals import figures

DRAWS = 4_000
SPREAD = 0.5
"""Scale of the half-normal prior of the coefficient of variation between areas: a spread above 1 is seldom believed."""
FEWEST_AREAS = 10
"""With fewer areas, how much they change says too little."""
_SPREADS = np.geomspace(0.01, 3.0, 50)
_MEANS = np.linspace(-4.0, 4.0, 33)
_FLATTEST = 1e-9


class Marshall(NamedTuple):
    """Shrunken rates, one an area, and what they were shrunken with: the mean they go to and the variance around it."""

    value: Floats
    mean: Floats
    variance: Floats


def clustered(sizes: Floats) -> float:
    """How many events come together: the factor, at least 1, by which a count of them varies more than Poisson.

    sizes: (families,) events of each family that has any. A sum of what families bring has the variance of the sum of
    squares, so that the factor is sum(n^2) / sum(n): 1 where each family has one event, 4 where each has four.
    NaN where there is no event. Source: compound Poisson, Johnson, Kemp and Kotz (2005), Univariate Discrete
    Distributions, chapter 9.
    """
    sizes = figures("number of events", sizes)
    return float(np.sum(sizes**2) / np.sum(sizes)) if np.sum(sizes) else np.nan


def year_to_year(events: Floats, before: Floats) -> float:
    """How much more areas change from one year to the next than Poisson counts of a lasting rate would: a factor from 1.

    With s the events of an area in both years and p the first year's share of all events, it is the sum over areas of
    (n - p s)^2 / (s p (1 - p)), divided by the number of areas less one: the chi-squared of years by areas over its
    degrees of freedom. So it holds what comes and goes together (several incidents of one family in a bad year) and not
    what lasts, which is the rate itself. NaN with fewer than `FEWEST_AREAS` areas that have any event, or a year without.

    events, before: (n,) of the year and of the year before, from 0 up.
    Source: McCullagh and Nelder (1989), Generalized Linear Models, section 4.5 (Pearson's estimate of over-dispersion).
    """
    later, earlier = figures("number of events", events), figures("number of events", before)
    both = later + earlier
    some = both > 0
    if some.sum() < FEWEST_AREAS or not later.sum() or not earlier.sum():
        return np.nan
    share = later.sum() / both.sum()
    squares = (later - share * both)[some] ** 2 / (both[some] * share * (1 - share))
    return float(max(squares.sum() / (some.sum() - 1), 1.0))


def marshall(events: Floats, population: Floats) -> Marshall:
    """Rates shrunken towards that of all areas together, by the moments of the areas' own rates.

    With m = sum(n) / sum(e), s2 = sum(e (n/e - m)^2) / sum(e) and A = s2 - m / mean(e), 0 where negative, the rate of an
    area is m + C (n/e - m) with C = A / (A + m/e). It is the posterior mean of a gamma prior with mean m and variance A.

    events: (n,) from 0 up; population: (n,) above 0. Returns rates an area, per head.
    Raises NotEstimable for fewer than two areas or a population of nobody.
    Source: Marshall (1991), Applied Statistics 40:283-294, equations 4 to 7.
    Known answers: tests/known_answers/test_small_areas_published.py.
    """
    everywhere = np.ones((len(events), len(events)), dtype=bool)
    return marshall_local(events, population, everywhere)


def marshall_local(events: Floats, population: Floats, neighbours: Flags) -> Marshall:
    """Rates shrunken towards that of each area's neighbourhood, itself included: as `marshall`, within each.

    neighbours: (n, n), row i true for the neighbours of area i; the area itself is always counted in.
    Raises NotEstimable as `marshall`.
    Source: Marshall (1991), Applied Statistics 40:283-294, section 3.
    Known answers: tests/known_answers/test_small_areas_published.py.
    """
    events, population = _checked(events, population)
    near = (neighbours | np.eye(len(events), dtype=bool)).astype(np.float64)
    people, areas = near @ population, near.sum(axis=1)
    mean = near @ events / people
    own = events / population
    apart = (own[None, :] - mean[:, None]) ** 2
    between = (near * apart) @ population / people - mean * areas / people
    variance = np.maximum(between, 0.0)
    by_chance = mean / population
    share = np.divide(variance, variance + by_chance, out=np.zeros_like(mean), where=variance + by_chance > 0)
    return Marshall(mean + share * (own - mean), mean, variance)


def rate_draws(events: Floats, population: Floats, *, seed: int, dispersion: float = 1.0, draws: int = DRAWS) -> Floats:
    """Draws of what the rate of each area may be: (draws, n), per head.

    Events are Poisson around a rate that differs between areas as a gamma distribution with mean m and coefficient of
    variation c; both are drawn from what the data say of them, so that not knowing them widens every interval. The prior
    of c is half-normal with scale `SPREAD`, that of log m flat. Given both, the rate of an area is gamma with shape
    1/c^2 + n and rate 1/(c^2 m) + e.

    events: (n,), population: (n,) above 0. dispersion: how much more than Poisson a count varies, from `year_to_year` or
    `clustered`; events and population are divided by it, so that events that come in groups tell as much as there are
    groups. seed: the same seed gives the same draws.
    Raises NotEstimable as `marshall`, and where there is no event at all.
    Source: Clayton and Kaldor (1987), Biometrics 43:671-681, section 3 (gamma model), with hyperparameters drawn on a
    grid as in Gelman et al. (2013), Bayesian Data Analysis, section 5.3.
    """
    events, population = _checked(events, population)
    if not events.sum():
        raise NotEstimable("There is no event in any area.", "Rates are compared where there are events.")
    factor = max(dispersion, 1.0)
    n, e = events / factor, population / factor
    luck = np.random.default_rng(seed)
    mean, spread = _hyperparameters(n, e, luck, draws)
    shape = 1 / spread**2
    drawn: Floats = luck.standard_gamma(shape[:, None] + n) / ((shape / mean)[:, None] + e)
    return drawn


def nested_draws(
    events: Floats, population: Floats, group: Ints, groups: Floats, *, seed: int, dispersion: float = 1.0
) -> Floats:
    """Draws of the rates of areas that lie in groups, each around its own group's rate: (draws, n), per head.

    As `rate_draws`, with the drawn rate of the group in the place of the mean of all; how far areas lie from their group
    is drawn from what all areas say. groups: (draws, number of groups), from `rate_draws`; group: (n,) place in it.
    Raises NotEstimable as `rate_draws`. Source: Marshall (1991), section 3, with a group for a neighbourhood.
    """
    events, population = _checked(events, population)
    factor = max(dispersion, 1.0)
    n, e = events / factor, population / factor
    luck = np.random.default_rng(seed)
    centre = np.maximum(groups[:, group], _FLATTEST)
    expected = np.maximum(groups.mean(axis=0)[group], _FLATTEST) * e
    weight = np.exp(_relative(_log_likelihood(n, expected, _SPREADS) + _log_prior(_SPREADS)))
    spread = luck.choice(_SPREADS, size=len(groups), p=weight / weight.sum())
    shape = (1 / spread**2)[:, None]
    drawn: Floats = luck.standard_gamma(shape + n) / (shape / centre + e)
    return drawn


def among_worst(draws: Floats, worst: int) -> Floats:
    """The probability of each area to be among the `worst` with the highest rate: (n,), together `worst`.

    draws: (draws, n). Where there are no more areas than that, each is among them. Counted over the draws.
    Source: Laird and Louis (1989), Journal of Educational Statistics 14:29-46 (posterior ranks).
    """
    n = draws.shape[1]
    if worst >= n:
        return np.ones(n)
    highest = np.argpartition(-draws, worst - 1, axis=1)[:, :worst]
    counted: Floats = np.bincount(highest.ravel(), minlength=n) / len(draws)
    return counted


def _hyperparameters(n: Floats, e: Floats, luck: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    """Draws of the mean and of the coefficient of variation, on a grid around the whole's rate."""
    whole = n.sum() / e.sum()
    error = np.sqrt(1 / n.sum() + _SPREADS**2 / len(n))  # of the log of the mean, for each spread
    log_mean = np.log(whole) + error[:, None] * _MEANS
    logs = np.array([
        [_log_likelihood(n, np.exp(middle) * e, spread[None])[0] for middle in row]
        for spread, row in zip(_SPREADS, log_mean, strict=True)
    ])  # fmt: skip
    logs += (_log_prior(_SPREADS) + np.log(error))[:, None]  # the grid's cells are as wide as the error
    weight = np.exp(_relative(logs)).ravel()
    cell = luck.choice(weight.size, size=draws, p=weight / weight.sum())
    return np.exp(log_mean.ravel()[cell]), _SPREADS[cell // len(_MEANS)]


def _log_likelihood(n: Floats, expected: Floats, spreads: Floats) -> Floats:
    """Log-likelihood of the counts for each spread (negative binomial), but for what no spread changes: (spreads,)."""
    from scipy.special import gammaln

    shape = (1 / spreads**2)[:, None]
    each = gammaln(shape + n) - gammaln(shape) + shape * np.log(shape) - (shape + n) * np.log(shape + expected)
    summed: Floats = (each + n * np.log(np.maximum(expected, _FLATTEST))).sum(axis=1)
    return summed


def _log_prior(spreads: Floats) -> Floats:
    """Half-normal; the grid is even in the logarithm, hence the second term."""
    prior: Floats = -0.5 * (spreads / SPREAD) ** 2 + np.log(spreads)
    return prior


def _relative(logs: Floats) -> Floats:
    relative: Floats = logs - logs.max()
    return relative


def _checked(events: Floats, population: Floats) -> tuple[Floats, Floats]:
    events, population = figures("number of events", events), figures("population", population)
    if len(events) < 2:
        raise NotEstimable(f"There are {len(events)} areas.", "Areas are compared where there are two or more.")
    if not np.all(population > 0) or np.any(np.isnan(events)):
        raise NotEstimable("An area has no population or no count.", "Leave it out, and say that it was.")
    return events, population
