"""What a cut that was made has displaced: more referrals than the months before would let one expect, and what follows them.

The number is that of an interrupted series of the council's own (Maryland 3 beside localities without the cut, 2 alone).
What a referral leads to and what that costs are drawn too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from earlyhelp.economics.break_even import LogRatio
from earlyhelp.economics.effects import NORMAL_95, Local, combined, with_doubt
from earlyhelp.economics.parameters import DECLARED, ParameterSet
from earlyhelp.economics.scenario import COUNCIL_PURSE, PUBLIC_PURSE, Purse
from earlyhelp.economics.service_facts import Price, Risk
from earlyhelp.economics.simulation import DRAWS, LEAST_DRAWS, SEED, gamma_draws, ranges
from earlyhelp.economics.unit_costs import COUNCIL
from earlyhelp.evaluate.methods.effect import Effect

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CutStudied:
    """What the study found. `referred`: children referred in the `months` that it looked at.

    `where`, `day`: in words. `local`: the log of referrals against what was to be expected, with the doubt of the study;
    `used`: drawn towards no change. `follows`: by outcome, of so many referred children how many had it within twelve
    months. `annual_cost`: pounds a year that the cut took out of the budget.
    """

    study: str
    where: str
    day: str
    months: int
    referred: float
    local: LogRatio
    used: LogRatio
    design_grade: int
    follows: Mapping[str, Risk]
    annual_cost: float


@dataclass(frozen=True)
class Displaced:
    """Pounds, undiscounted, of all that those referrals bring, however late; ranges are the 5th, 50th and 95th per cent.

    `referrals`: more, over the months of the study. `by_agency`: pounds. `purses`: council and public purse.
    """

    cut: CutStudied
    prices: tuple[Price, ...]
    referrals: tuple[float, float, float]
    by_agency: Mapping[str, tuple[float, float, float]]
    purses: tuple[Purse, ...]


def change_used(
    referred: float,
    excess: Effect,
    placebos: int,
    false_alarms: int,
    design_grade: int,
    parameters: ParameterSet = DECLARED,
) -> tuple[LogRatio, LogRatio]:
    """The log of referrals against what was to be expected: as found with its doubt, and as drawn towards no change.

    With N referred and E of them more than expected the ratio is N / (N - E); its standard error is that of its 95 per
    cent interval. It is widened in three steps: where other dates look like changes more often than one in twenty, by as
    much as makes them one in twenty (empirical calibration: Schuemie and others 2014, Statistics in Medicine 33:209-218);
    by the doubt of the design; then it is weighed against no change. The published associations of spending with
    children in need (`elasticities`) are a few per cent for a cut of a quarter, well within that prior.
    """
    logs = [-log(1 - min(each / referred, 0.95)) for each in (excess.estimate, excess.lower, excess.upper)]
    spread = (logs[2] - logs[1]) / (2 * NORMAL_95) * too_narrow(placebos, false_alarms)
    local = with_doubt(Local(LogRatio(logs[0], spread), design_grade), parameters)
    return local, combined(local, LogRatio(0.0, parameters["cut_prior_spread"]))


def too_narrow(placebos: int, false_alarms: int) -> float:
    """By what errors must be multiplied so that one in twenty of the dates at which nothing was declared looks like a change.

    1 where no more than that do, or where no other date could be looked at.
    """
    from scipy.special import ndtri

    if not placebos or false_alarms / placebos <= 0.05:
        return 1.0
    share = min(false_alarms / placebos, 0.95)
    return float(NORMAL_95 / ndtri(1 - share / 2))


def displaced(
    cut: CutStudied,
    prices: Sequence[Price],
    draws: int = DRAWS,
    seed: int = SEED,
    parameters: ParameterSet = DECLARED,
) -> Displaced:
    """What the cut displaced, drawn: the log of the ratio of referrals normal, what follows beta, unit costs gamma.

    Fewer referrals than expected are below 0: then the cut displaced less than nothing. Raises ValueError below 20,000
    draws and where nothing that follows a referral has a price.
    """
    priced = tuple(each for each in prices if each.outcome in cut.follows)
    if draws < LEAST_DRAWS or not priced:
        raise ValueError("20,000 draws or more, and a price for what follows a referral")
    rng = np.random.default_rng(seed)
    referrals = cut.referred * -np.expm1(-rng.normal(cut.used.mean, cut.used.spread, draws))
    counts = [cut.follows[each.outcome] for each in priced]
    share = rng.beta([each.events + 0.5 for each in counts], [each.seen - each.events + 0.5 for each in counts],
                     (draws, len(priced)))  # fmt: skip
    cost = gamma_draws(
        rng, np.array([each.pounds for each in priced]), np.array([each.variation for each in priced]), draws
    )
    amounts = referrals[:, None] * share * cost * np.array([each.units for each in priced])
    budget = cut.annual_cost * cut.months / 12
    agencies = list(dict.fromkeys(agency for each in priced for agency in each.by_agency))
    return Displaced(
        cut,
        priced,
        _three(referrals),
        {agency: _three(amounts @ _shares(priced, {agency})) for agency in agencies},
        (
            _purse(COUNCIL_PURSE, budget, amounts @ _shares(priced, set(agencies) & COUNCIL)),
            _purse(PUBLIC_PURSE, budget, amounts @ _shares(priced, set(agencies))),
        ),
    )


def _shares(prices: Sequence[Price], agencies: set[str] | frozenset[str]) -> Floats:
    """The share of each outcome's cost that falls on these agencies, (O,)."""
    return np.array(
        [
            sum(pounds for agency, pounds in each.by_agency.items() if agency in agencies) / each.pounds
            if each.pounds
            else 0.0
            for each in prices
        ]
    )


def _purse(name: str, budget: float, amounts: Floats) -> Purse:
    net = budget - amounts
    return Purse(name, budget, _three(amounts), _three(net), float((net > 0).mean()), None)


def _three(drawn: Floats) -> tuple[float, float, float]:
    lower, middle, upper = (float(each) for each in ranges(drawn))
    return lower, middle, upper
