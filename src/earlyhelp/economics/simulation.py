"""Draws of what a change in a service brings: families, risk, effect, length, cost and time, all uncertain at once.

One draw is a possible world. A share of families loses (or gains) a service; without it so many have each outcome; the
effect says how many of those it would have kept from it; each event then costs money in this year and the next ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from earlyhelp.economics.discounting import discount_factors
from earlyhelp.economics.parameters import DECLARED, ParameterSet

Floats = NDArray[np.float64]
LEAST_DRAWS, DRAWS = 20_000, 20_000
PERCENTILES = (5.0, 50.0, 95.0)
SEED = 20260331


@dataclass(frozen=True)
class Inputs:
    """What is drawn from. S services, O outcomes, Y years; amounts in pounds of one price year.

    `families`: (S,) that lose the service in a year, below 0 where they gain it. `events`, `seen`: (S, O) of so many
    families like them and without it, how many had the outcome (both may be parts). `log_ratio`, `spread`: (S, O) the
    log of the risk with the service against without, and its standard deviation. `cost`: (O,) pounds a unit, all
    agencies, and `variation`: (O,) its coefficient of variation. `same_year`, `next_year`: (O, Y) units that an event
    costs by year, for what follows in the year of the loss and in the next. `elasticity_spread`: None for the declared one.
    Raises ValueError for shapes that do not fit or figures that cannot be.
    """

    families: Floats
    events: Floats
    seen: Floats
    log_ratio: Floats
    spread: Floats
    cost: Floats
    variation: Floats
    same_year: Floats
    next_year: Floats
    elasticity_spread: float | None = None

    def __post_init__(self) -> None:
        services, outcomes = self.events.shape
        pairs = (self.seen, self.log_ratio, self.spread)
        if len(self.families) != services or any(each.shape != (services, outcomes) for each in pairs):
            raise ValueError("families, risks and effects are of the same services and outcomes")
        if len(self.cost) != outcomes or self.same_year.shape != self.next_year.shape:
            raise ValueError("costs and years are of the same outcomes")
        if (
            (self.events < 0).any()
            or (self.seen < self.events).any()
            or (self.spread < 0).any()
            or (self.cost < 0).any()
        ):
            raise ValueError("counts, spreads and costs are 0 or more, and no more had the outcome than were seen")


@dataclass(frozen=True)
class Draws:
    """What was drawn: D draws. `events`: (D, S, O) a year, more than with the service; `amounts`: (D, S, O, Y) pounds,
    undiscounted. `risk`, `ratio`: (D, S, O); `elasticity`: (D, S); `cost`: (D, O); `first_year`: (D,).
    """

    events: Floats
    amounts: Floats
    risk: Floats
    ratio: Floats
    elasticity: Floats
    cost: Floats
    first_year: Floats

    def present_value(self, parameters: ParameterSet = DECLARED) -> Floats:
        """Pounds of every year as worth in year 0, (D, S, O)."""
        return self.amounts @ discount_factors(self.amounts.shape[-1], "standard", parameters)


def simulate(inputs: Inputs, draws: int = DRAWS, seed: int = SEED, parameters: ParameterSet = DECLARED) -> Draws:
    """The draws; the same seed gives the same, to the last digit.

    Risk without the service: beta, with half an event added on each side (Jeffreys). Effect: one normal draw a service
    moves the logs of all its outcomes together, since what makes a service better than thought makes it so for each;
    sums of outcomes are thus wider than were they independent. Elasticity: normal, not below 0. Unit cost: gamma. Share
    in the same year: normal, held between 0 and 1. Raises ValueError below 20,000 draws.
    """
    if draws < LEAST_DRAWS:
        raise ValueError(f"at least {LEAST_DRAWS:,} draws")
    rng = np.random.default_rng(seed)
    services, outcomes = inputs.events.shape
    risk = rng.beta(inputs.events + 0.5, inputs.seen - inputs.events + 0.5, (draws, services, outcomes))
    moved = rng.standard_normal((draws, services, 1))
    ratio = np.exp(inputs.log_ratio + inputs.spread * moved)
    spread = parameters["elasticity_spread"] if inputs.elasticity_spread is None else inputs.elasticity_spread
    elasticity = np.maximum(rng.normal(parameters["elasticity"], spread, (draws, services)), 0.0)
    cost = gamma_draws(rng, inputs.cost, inputs.variation, draws)
    first = np.clip(rng.normal(parameters["first_year_share"], parameters["first_year_share_spread"], draws), 0, 1)
    # Nobody's risk is above 1: an effect that would carry it there is held.
    ratio = np.minimum(ratio, 1 / np.maximum(risk, 1e-12))
    events = (inputs.families * elasticity)[:, :, None] * risk * (1 - ratio)
    units = first[:, None, None] * inputs.same_year + (1 - first)[:, None, None] * inputs.next_year
    amounts = (events * cost[:, None, :])[..., None] * units[:, None]
    return Draws(events, amounts, risk, ratio, elasticity, cost, first)


def gamma_draws(rng: np.random.Generator, mean: Floats, variation: Floats, draws: int) -> Floats:
    """Gamma draws of that mean and coefficient of variation, (draws, n); the mean itself where there is no variation."""
    drawn = np.where(variation > 0, variation, 1.0)
    shape = 1 / drawn**2
    found = rng.gamma(shape, mean / shape, (draws, len(mean)))
    return np.where(variation > 0, found, mean)


def ranges(drawn: Floats) -> Floats:
    """The 5th, 50th and 95th per cent of the draws along the first axis: (3, ...), as numpy's percentile has them."""
    rows = np.array(drawn.reshape(len(drawn), -1).T, order="C")
    places = np.array(PERCENTILES) / 100 * (len(drawn) - 1)
    below = places.astype(np.int64)
    above = np.minimum(below + 1, len(drawn) - 1)
    rows.partition(np.unique(np.concatenate([below, above])), axis=1)
    part = places - below
    found = rows[:, below] * (1 - part) + rows[:, above] * part
    return np.ascontiguousarray(found.T).reshape(len(PERCENTILES), *drawn.shape[1:])


def months_by_year(still_open: Floats, years: int, drop_off: float = 0.0) -> Floats:
    """Months that one event lasts in each year, (years,), for events spread evenly over year 0.

    still_open: (months,) the share still open in each month after the start, the first month first. drop_off: in each
    further year after the start, the share of those months that would have come later all the same.
    """
    lasting = np.asarray(still_open, dtype=np.float64)
    month = np.arange(len(lasting))
    kept = lasting * (1 - drop_off) ** (month // 12)
    found = np.zeros(years)
    for offset in range(12):
        year = (offset + month) // 12
        within = year < years
        found += np.bincount(year[within], kept[within], years)[:years]
    return found / 12


def units_by_year(per_event: Floats, cohorts: int) -> tuple[Floats, Floats]:
    """Units by year where families lose the service in each of the first `cohorts` years: (same year, next year), each (Y,).

    per_event: (Y,) units that one event costs in the year it happens and later ones. The first is for what follows in
    the year of the loss, the second for what follows in the year after it.
    """
    years = len(per_event)
    same, following = np.zeros(years), np.zeros(years)
    for first in range(min(cohorts, years)):
        same[first:] += per_event[: years - first]
        if first + 1 < years:
            following[first + 1 :] += per_event[: years - first - 1]
    return same, following


def rank_correlation(inputs: Floats, result: Floats) -> Floats:
    """Spearman's rank correlation of each column of (D, k) inputs with (D,) results, (k,); 0 for one that never varies."""
    from scipy.stats import rankdata

    ranked, outcome = rankdata(inputs, axis=0), rankdata(result)
    ranked -= ranked.mean(axis=0)
    outcome -= outcome.mean()
    spread = np.sqrt((ranked**2).sum(axis=0) * (outcome**2).sum())
    return np.divide(outcome @ ranked, spread, out=np.zeros(ranked.shape[1]), where=spread > 0)
