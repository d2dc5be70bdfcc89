"""Families counted beside those to be expected: the expectation, its ratio with an interval, and what may be said of it.

The model, said once. What a council's whole count would be in a ward, were it shared out as children times low income to
the power b: expected = total x children x (low income / children)^b / the sum of that over the wards. It is indirect
standardisation with one published number a ward. The yardsticks are values of b:

- by need, b = 1: as children in low income live. It is fixed beforehand and learns nothing from the council's practice.
- by own pattern, b as fitted by a Poisson regression with wards as units: as the council's help already follows low income.
  A council that misses all of its poor wards teaches this yardstick to miss them too, so that it never decides alone: it
  tells a ward that is missed by itself from one that is missed as all like it are.
- by children, b = 0: as children live, whatever their need; only where no low income is told.

Limits: low income is no measure of need for early help, it is of an earlier year, and need does not rise just in
proportion to it. What wards differ by beyond chance widens what counts as "as expected".
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Floats, NotEstimable
from earlyhelp.evaluate.methods.providers import funnel
from earlyhelp.evaluate.methods.quasi_likelihood import quasi_likelihood
from earlyhelp.evaluate.reach.need import NOTHING, Need
from earlyhelp.statistics.intervals import byar, missing_if_zero, z_score
from earlyhelp.statistics.multiple import benjamini_hochberg

FEWEST_EXPECTED = 5
"""Where fewer are expected, nothing is said: none at all would come about by chance too often."""
FEWEST_WARDS = 10
"""With fewer wards, neither the council's own pattern nor how much wards differ beyond chance can be told."""
FALSE_CALLS = 0.1
"""Of the wards or groups told apart, so many may be so by chance, on average (Benjamini and Hochberg)."""
BY_NEED, BY_CHILDREN, BY_OWN_PATTERN = "by_need", "by_children", "by_own_pattern"
_LEAST_POOR = 0.5


class Reached(StrEnum):
    """What may be said of a ward or a group, and no more."""

    FEWER = "fewer than expected"
    AS_EXPECTED = "as expected"
    MORE = "more than expected"
    TOO_FEW = "too few to say"
    CANNOT_TELL = "cannot tell"


class Slope(NamedTuple):
    """By what power the council's help follows low income, with its 95 per cent interval: 1 in proportion, 0 not at all."""

    value: float
    lower: float
    upper: float


class Beside(NamedTuple):
    """Arrays of one length, a place a ward or group; NaN where nobody can tell.

    `ratio` of observed over expected with `lower` and `upper` (by chance alone); `q`: of each, after Benjamini and
    Hochberg, with what they differ by beyond chance allowed for; `standings`: what may be said.
    """

    expected: Floats
    ratio: Floats
    lower: Floats
    upper: Floats
    q: Floats
    standings: tuple[Reached, ...]


class BesideNeed(NamedTuple):
    """The wards by each yardstick that could be told, by its name; the slope, where fitted.

    `spread`: by yardstick, the standard deviation of what wards' ratios differ by beyond chance; NaN with too few wards.
    `seen_from`: by yardstick, as `seen_from`.
    """

    by: dict[str, Beside]
    spread: dict[str, float]
    seen_from: dict[str, float]
    slope: Slope | None

    def agrees(self, place: int) -> bool:
        """Whether all yardsticks say the same of a ward."""
        return len({beside.standings[place] for beside in self.by.values()}) == 1


def beside_need(observed: Floats, need: Need) -> BesideNeed:
    """The wards beside their need by each yardstick.

    observed: (wards,) families helped, from 0 up. A ward without known need takes no part and cannot be told. The first
    yardstick is the main one: by need, or by children where no ward's low income is told.
    """
    tells = need.told_by != NOTHING
    slope = _slope(observed, need) if tells else None
    powers = {BY_NEED: 1.0} if tells else {BY_CHILDREN: 0.0}
    powers |= {BY_OWN_PATTERN: slope.value} if slope else {}
    expected = {name: expected_of(observed, need, power) for name, power in powers.items()}
    spread = {name: _spread(observed, each) for name, each in expected.items()}
    by = {name: beside_expected(observed, each, spread=spread[name]) for name, each in expected.items()}
    seen = {name: seen_from(each, spread[name]) for name, each in expected.items()}
    return BesideNeed(by, spread, seen, slope)


def expected_of(observed: Floats, need: Need, power: float) -> Floats:
    """The total of the wards with known need, shared out among them: (wards,), NaN in the others."""
    known = need.known
    share = np.full(len(need), np.nan)
    children = need.children[known]
    weight = children * (np.maximum(need.poor[known], _LEAST_POOR) / children) ** power if power else children
    share[known] = weight / weight.sum() if known.any() else np.nan
    return np.asarray(observed[known].sum() * share)


def beside_expected(observed: Floats, expected: Floats, *, dispersion: float = 1.0, spread: float = 0.0) -> Beside:
    """Counts beside those expected, each with its interval, and what may be said with false calls under control.

    The count is negative binomial around the expected E with variance f E + (t E)^2: f the `dispersion` (how many come
    together, as brothers and sisters do: count and expected are divided by it), t the `spread` of the ratios beyond
    chance. With t = 0 it is Poisson. p is twice the smaller tail, q as `benjamini_hochberg`; the interval is Byar's
    (exact below 10) and of chance alone. Fewer or more than expected is said at q <= `FALSE_CALLS`, and nothing where
    fewer than `FEWEST_EXPECTED` are expected.

    observed, expected: (n,) from 0 up, NaN where not known. dispersion: 1 or more. spread: 0 or more, NaN as 0.
    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202 (random effects for over-dispersion); Breslow and
    Day (1987), Statistical Methods in Cancer Research II, p. 69 (interval of observed over expected); the tails of a
    gamma mixture of Poisson counts: Johnson, Kemp and Kotz (2005), Univariate Discrete Distributions, section 5.
    """
    n, e = observed / dispersion, missing_if_zero(expected / dispersion)
    bounds = byar(n)
    told = ~np.isnan(e) & ~np.isnan(n) & (expected >= FEWEST_EXPECTED)
    q = benjamini_hochberg(np.where(told, _p_values(n, e, np.nan_to_num(spread)), np.nan))
    standings = tuple(_standing(*each) for each in zip(n.tolist(), e.tolist(), q.tolist(), told.tolist(), strict=True))
    return Beside(expected, n / e, bounds.lower / e, bounds.upper / e, q, standings)


def seen_from(expected: Floats, spread: float = 0.0) -> float:
    """The ratio of observed over expected at or under which a ward of middling size would be told apart by itself.

    It is the largest whole count whose p is at most `FALSE_CALLS` over the number of wards, over the median of those
    expected: what Benjamini and Hochberg ask of one ward where no other stands out. NaN where not even 0 would be.
    expected, spread: as in `beside_expected`; wards of which nothing can be said are left out.
    """
    told = expected[np.nan_to_num(expected) >= FEWEST_EXPECTED]
    if not told.size:
        return float("nan")
    middling = float(np.median(told))
    counts = np.arange(int(middling) + 1, dtype=np.float64)
    seen = counts[
        _p_values(counts, np.full(counts.size, middling), float(np.nan_to_num(spread))) <= FALSE_CALLS / told.size
    ]
    return float(seen.max()) / middling if seen.size else float("nan")


def _standing(n: float, e: float, q: float, told: bool) -> Reached:
    if np.isnan(e) or np.isnan(n):
        return Reached.CANNOT_TELL
    if not told:
        return Reached.TOO_FEW
    if q > FALSE_CALLS:
        return Reached.AS_EXPECTED
    return Reached.FEWER if n < e else Reached.MORE


def _p_values(n: Floats, e: Floats, spread: float) -> Floats:
    """Twice the smaller tail of so many or fewer, and so many or more; at most 1. Counts need not be whole."""
    from scipy.special import betainc, gammainc, gammaincc

    some = np.maximum(n, np.finfo(float).tiny)
    if spread > 0:
        shape = 1 / spread**2
        chance = shape / (shape + e)
        at_most, at_least = betainc(shape, n + 1, chance), betainc(some, shape, 1 - chance)
    else:
        at_most, at_least = gammaincc(n + 1, e), gammainc(some, e)
    at_least = np.where(n == 0, 1.0, at_least)
    return np.asarray(np.minimum(2 * np.minimum(at_most, at_least), 1.0))


def _spread(observed: Floats, expected: Floats) -> float:
    """What the ratios of wards differ by beyond chance (tau), the furthest tenth at each end pulled in first."""
    known = np.nan_to_num(expected) > 0
    if known.sum() < FEWEST_WARDS:
        return float("nan")
    return funnel(observed[known], expected[known], expected[known]).spread


def _slope(observed: Floats, need: Need) -> Slope | None:
    """The power b of a Poisson regression with wards as units; None with too few wards, or where nothing can be fitted.

    log E[families] = log(children) + a + b log(low income / children); the standard error is widened by the root of
    Pearson's dispersion where that is above 1. Source: McCullagh and Nelder (1989), Generalized Linear Models, chapter 6.
    """
    known = need.known
    if known.sum() < FEWEST_WARDS or not observed[known].sum():
        return None
    children = need.children[known]
    share = np.log(np.maximum(need.poor[known], _LEAST_POOR) / children)
    columns = np.column_stack([np.ones(len(share)), share - share.mean()])
    try:
        fitted = quasi_likelihood(observed[known], columns, np.log(children))
    except NotEstimable:
        return None
    dispersion = max(1.0, float(fitted.residuals @ fitted.residuals) / (len(share) - 2))
    reach = z_score(0.95) * float(np.sqrt(dispersion * fitted.unscaled[1, 1]))
    value = float(fitted.coefficients[1])
    return Slope(value, value - reach, value + reach)
