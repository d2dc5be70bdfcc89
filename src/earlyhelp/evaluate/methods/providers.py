"""Providers compared with the mix of their cases: observed against expected, a funnel, and what differs beyond chance.

No league table: the answers stay in the order of the providers' ids. Two questions have two answers. *Does this provider
differ from the average one?* is told by its shrunken log-odds. *Is it unlike the others even for providers as different
as these?* is told by the funnel with over-dispersion. A difference may still come from what the covariates do not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats, Ints
from earlyhelp.evaluate.methods.random_intercepts import (
    check_events,
    expected_share,
    linear,
    logistic_fit,
    random_intercepts,
    standardised,
)
from earlyhelp.statistics.funnel import overdispersion, rate_limits

FEWEST_EXPECTED = 10
"""With fewer events, or fewer cases without one, to be expected, nothing is said of a provider."""

_NEVER = 1e-9  # a chance of exactly 0 or 1 would leave a provider without any variance to measure it by


class Standing(StrEnum):
    """What may be said of one unit beside what was to be expected of it; nothing where its study was refused."""

    BETTER = "better than expected"
    AS_EXPECTED = "as expected"
    WORSE = "worse than expected"
    TOO_FEW = "too few to say"
    CANNOT_TELL = "cannot tell"


class Funnel(NamedTuple):
    """Observed over expected with the limits that over-dispersion leaves, one number a provider; 1 is as expected.

    `score`: standard errors from 1 by chance alone; `adjusted_score`: by chance and the spread between providers.
    `dispersion`: how much more than by chance the providers vary (phi); `spread`: the standard deviation that is left
    for what they truly differ by, in the unit of the ratio (tau).
    """

    ratio: Floats
    score: Floats
    adjusted_score: Floats
    lower_95: Floats
    upper_95: Floats
    lower_998: Floats
    upper_998: Floats
    dispersion: float
    spread: float


@dataclass(frozen=True)
class ProviderComparison:
    """Providers in the order of their ids, one number each in every array.

    `observed`, `expected`: events, and those that as many like cases would have on average. `effects` with
    `effect_lower`, `effect_upper`: shrunken log-odds against the average provider, with their 95 per cent interval.
    `standings`: what may be said. `provider_spread`: the standard deviation of the providers' log-odds.
    `discrimination`: how well the covariates tell cases with the event from those without (0.5 not at all, 1 fully).
    """

    providers: Ints
    cases: Floats
    observed: Floats
    expected: Floats
    funnel: Funnel
    effects: Floats
    effect_standard_errors: Floats
    effect_lower: Floats
    effect_upper: Floats
    standings: tuple[Standing, ...]
    provider_spread: float
    discrimination: float


def compare_providers(
    provider: Ints,
    covariates: Floats,
    events: Floats,
    cases: Floats | None = None,
    *,
    fewer_is_better: bool = True,
    fewest_expected: float = FEWEST_EXPECTED,
) -> ProviderComparison:
    """Each provider's events against those expected of its cases, and its own log-odds drawn towards the average.

    The expected come from one logistic regression over all cases, without the providers; their own log-odds from
    `random_intercepts`. A provider is better or worse only where the 95 per cent interval of its shrunken log-odds leaves
    out 0; where fewer than `fewest_expected` events, or cases without one, are expected, nothing is said.

    provider: (n,) ids. covariates: (n, k) known before the help began, without an intercept, nothing missing. events:
    (n,) from 0 to cases; cases: (n,), one each unless given. fewer_is_better: whether the event is bad news.
    Raises NotEstimable as `random_intercepts` does.

    Source: Spiegelhalter (2005), Quality and Safety in Health Care 14:347-351; Normand, Glickman and Gatsonis (1997),
    Journal of the American Statistical Association 92:803-814 (shrunken provider effects).
    """
    happened = np.asarray(events, dtype=np.float64)
    number = np.ones(happened.size) if cases is None else np.asarray(cases, dtype=np.float64)
    check_events(happened, number)
    model = random_intercepts(provider, covariates, happened, number)
    chance = _chance_of_event(covariates, happened, number)
    place = np.searchsorted(model.providers, provider)

    def by_provider(values: Floats) -> Floats:
        return np.bincount(place, weights=values, minlength=model.providers.size).astype(np.float64)

    total, observed, expected = by_provider(number), by_provider(happened), by_provider(number * chance)
    enough = np.minimum(expected, total - expected) >= fewest_expected
    return ProviderComparison(
        providers=model.providers,
        cases=total,
        observed=observed,
        expected=expected,
        funnel=funnel(observed, expected, by_provider(number * chance * (1 - chance))),
        effects=model.effects,
        effect_standard_errors=model.effect_standard_errors,
        effect_lower=model.effect_lower,
        effect_upper=model.effect_upper,
        standings=_standings(model.effect_lower, model.effect_upper, enough, fewer_is_better),
        provider_spread=model.spread,
        discrimination=_discrimination(chance, happened, number),
    )


def funnel(observed: Floats, expected: Floats, variance: Floats) -> Funnel:
    """Observed over expected, with limits widened for what providers differ by beyond chance.

    With O, E and V (variance of O by chance) of I providers: z = (O - E) / sqrt(V); phi = mean square of the z after the
    furthest tenth at each end are pulled in (`earlyhelp.statistics.funnel.overdispersion`); with s^2 = V / E^2 and
    w = 1 / s^2, tau^2 = (I phi - (I - 1)) / (sum(w) - sum(w^2) / sum(w)), or 0 where phi is under (I - 1) / I; adjusted
    z = (O/E - 1) / sqrt(s^2 + tau^2). The limits are the exact Poisson limits of O/E, each carried to or from 1 by the
    root of (s^2 + tau^2) E, the variance here over that of a Poisson count; none lies under 0.

    observed, expected, variance: (I,), expected and variance above 0.
    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, section on over-dispersion (additive form).
    """
    ratio, chance = observed / expected, variance / expected**2
    score = (observed - expected) / np.sqrt(variance)
    phi = overdispersion(score)
    number, w = score.size, 1 / chance
    room = w.sum() - (w**2).sum() / w.sum()
    between = max(0.0, float((number * phi - (number - 1)) / room)) if number > 1 else 0.0
    stretch = np.sqrt((chance + between) * expected)

    def limits(confidence: float) -> tuple[Floats, Floats]:
        by_chance = rate_limits(expected, np.ones(number), per=1, confidence=confidence)
        lower, upper = (np.maximum(1 + stretch * (limit - 1), 0) for limit in by_chance)
        return lower, upper

    adjusted = (ratio - 1) / np.sqrt(chance + between)
    return Funnel(ratio, score, adjusted, *limits(0.95), *limits(0.998), phi, float(np.sqrt(between)))


def _chance_of_event(covariates: Floats, events: Floats, cases: Floats) -> Floats:
    """What each case's covariates let one expect, whichever provider had it."""
    design, _, _ = standardised(covariates)
    found = expected_share(linear(design, logistic_fit(design, events, cases)))
    return np.clip(found, _NEVER, 1 - _NEVER)


def _standings(lower: Floats, upper: Floats, enough: Flags, fewer_is_better: bool) -> tuple[Standing, ...]:
    below, above = (Standing.BETTER, Standing.WORSE) if fewer_is_better else (Standing.WORSE, Standing.BETTER)
    told = np.select([~enough, upper < 0, lower > 0], [0, 1, 2], default=3)
    words = (Standing.TOO_FEW, below, above, Standing.AS_EXPECTED)
    return tuple(words[number] for number in told)


def _discrimination(chance: Floats, events: Floats, cases: Floats) -> float:
    """The share of pairs, one with the event and one without, in which the former was the likelier; ties count half."""
    _, level = np.unique(chance.round(12), return_inverse=True)
    having, lacking = np.bincount(level, weights=events), np.bincount(level, weights=cases - events)
    lower = np.cumsum(lacking) - lacking
    return float(np.sum(having * (lower + lacking / 2)) / (having.sum() * lacking.sum()))
