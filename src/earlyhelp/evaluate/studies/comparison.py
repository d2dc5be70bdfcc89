"""One outcome in one window: the families of a design, their outcomes, and every method's estimate."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from earlyhelp.evaluate.methods.aipw import augmented_effect
from earlyhelp.evaluate.methods.balance import effective
from earlyhelp.evaluate.methods.balancing import balanced_effect, entropy_balance
from earlyhelp.evaluate.methods.differences import difference_of_means
from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable, effect
from earlyhelp.evaluate.methods.matching import match, matched_effect
from earlyhelp.evaluate.methods.power import minimum_detectable_difference
from earlyhelp.evaluate.methods.sensitivity import (
    EValue,
    MissingOutcomes,
    discordant_pairs,
    e_value_of_difference,
    largest_gamma,
    mcnemar_bound,
    missing_outcome_bounds,
)
from earlyhelp.evaluate.studies.cohort import Cohort
from earlyhelp.evaluate.studies.design import Design
from earlyhelp.evaluate.studies.outcomes import not_held


@dataclass(frozen=True)
class Seen:
    """The families of a design that an outcome can be asked of: `rows` within the design, and 1, 0 or NaN for each."""

    rows: Ints
    treated: Flags
    covariates: Floats
    chance: Floats
    outcome: Floats
    family: Ints


@dataclass(frozen=True)
class Comparison:
    """What was found of one outcome in one window. Risks are shares; `estimates` are differences, the primary one first.

    `unadjusted`: the plain difference, shown so that the adjustment can be seen. `known_*`: families whose outcome is
    known; `unknown_*`: not followed to the end (moved away). `risk_compared` is of the compared as weighted. `gamma`: how
    far apart in odds two families of one pair could be before the pairs show nothing (Rosenbaum 2002). `refused`: why
    there is no estimate; then there is none.
    """

    outcome: str
    months: int
    known_treated: int = 0
    known_compared: int = 0
    unknown_treated: int = 0
    unknown_compared: int = 0
    events_treated: int = 0
    events_compared: int = 0
    risk_treated: float | None = None
    risk_compared: float | None = None
    unadjusted: Effect | None = None
    estimates: tuple[Effect, ...] = ()
    minimum_detectable: float | None = None
    e_value: EValue | None = None
    gamma: float | None = None
    bounds: MissingOutcomes | None = None
    refused: str = ""
    needed: str = ""

    @property
    def disagreement(self) -> float | None:
        """How far the two primary methods lie apart, in standard errors of the first; None where there is one."""
        if len(self.estimates) < 2 or self.estimates[0].standard_error <= 0:
            return None
        first, second = self.estimates[:2]
        return abs(first.estimate - second.estimate) / first.standard_error


def seen(cohort: Cohort, design: Design, outcome: str, days: int) -> Seen:
    """The families of whom the outcome can be asked: all, or for what follows a closure those closed so long ago."""
    followed = cohort.outcomes[outcome]
    asked = np.flatnonzero(followed.ripe[design.rows] >= days)
    rows = design.rows[asked]
    known = followed.within(days)[rows]
    return Seen(asked, design.treated[asked], design.balanced[asked], design.chance[asked], known, cohort.family[rows])


def compare(cohort: Cohort, design: Design, outcome: str, months: int, days: int, seed: int) -> Comparison:
    """Every estimate of one outcome in one window; where there can be none, why not."""
    if not cohort.outcomes[outcome].held:
        no = not_held(outcome)
        return Comparison(outcome, months, refused=no.reason, needed=no.needed)
    found = seen(cohort, design, outcome, days)
    counted = _counted(found, outcome, months)
    try:
        return _estimated(counted, found, design.names, seed)
    except NotEstimable as no:
        return replace(counted, refused=no.reason, needed=no.needed)


def _counted(found: Seen, outcome: str, months: int) -> Comparison:
    known, had = ~np.isnan(found.outcome), found.outcome == 1
    treated, compared = found.treated, ~found.treated
    return Comparison(
        outcome,
        months,
        known_treated=int((known & treated).sum()),
        known_compared=int((known & compared).sum()),
        unknown_treated=int((~known & treated).sum()),
        unknown_compared=int((~known & compared).sum()),
        events_treated=int((had & treated).sum()),
        events_compared=int((had & compared).sum()),
    )


def _estimated(counted: Comparison, found: Seen, names: tuple[str, ...], seed: int) -> Comparison:
    """The estimates and what hangs on them. Raises NotEstimable as the primary method does."""
    primary = balanced_effect(found.covariates, found.treated, found.outcome, found.family, names=names)
    known = ~np.isnan(found.outcome)
    treated, outcome = found.treated[known], found.outcome[known]
    weights = entropy_balance(found.covariates[known], treated, names=names)
    risk = float(outcome[treated].mean())
    base = min(float(weights @ outcome[~treated]), 1.0)  # weights add up to 1 but for the last digit
    spread = _more_than_told(risk, int(treated.sum())) + _more_than_told(base, effective(weights).number)
    pairs = _pairs(found)
    weighted = [_widened(each, spread) for each in (primary, _augmented(found, seed)) if each is not None]
    return replace(
        counted,
        risk_treated=risk,
        risk_compared=base,
        unadjusted=difference_of_means(found.treated, found.outcome, found.family),
        estimates=(*weighted, *_matched(found, pairs)),
        minimum_detectable=_detectable(int(treated.sum()), effective(weights).number, base),
        e_value=_e_value(base, weighted[0]),
        gamma=_gamma(found, pairs, risk - base),
        bounds=_bounds(found),
    )


def _more_than_told(share: float, families: float) -> float:
    """By how much the variance of a share is greater once one more family with and one without is counted.

    The plain variance takes the share as known and is too small where few had the outcome: 0 where none had.
    Source: Agresti and Caffo (2000), The American Statistician 54:280-288.
    """
    added = (share * families + 1) / (families + 2)
    return max(0.0, added * (1 - added) / (families + 2) - share * (1 - share) / families)


def _widened(found: Effect, variance: float) -> Effect:
    return effect(found.method, found.estimate, float(np.sqrt(found.standard_error**2 + variance)))


def _augmented(found: Seen, seed: int) -> Effect | None:
    try:
        return augmented_effect(found.covariates, found.treated, found.outcome, found.family, seed=seed).effect
    except NotEstimable:
        return None


def _pairs(found: Seen) -> Ints | None:
    """One to one matching: the display that everybody understands; None where nobody can be paired."""
    try:
        return match(found.chance, found.treated).pairs
    except NotEstimable:
        return None


def _matched(found: Seen, pairs: Ints | None) -> tuple[Effect, ...]:
    if pairs is None:
        return ()
    try:
        return (matched_effect(found.outcome, pairs, found.family).effect,)
    except NotEstimable:
        return ()


def _detectable(treated: int, compared: float, base: float) -> float | None:
    """The smallest difference that would probably show, with as many compared as the weights leave in effect."""
    try:
        return minimum_detectable_difference(treated, compared / treated, base) if 0 < base < 1 else None
    except NotEstimable:
        return None


def _e_value(base: float, primary: Effect) -> EValue | None:
    try:
        return e_value_of_difference(base, primary.estimate, primary.lower, primary.upper)
    except NotEstimable:
        return None


def _gamma(found: Seen, pairs: Ints | None, difference: float) -> float | None:
    """Rosenbaum's gamma at which the matched pairs no longer show the difference; None where they never do."""
    if pairs is None:
        return None
    kept = ~np.isnan(found.outcome[pairs]).any(axis=1)
    fewer, more = discordant_pairs(found.outcome[pairs[kept, 0]], found.outcome[pairs[kept, 1]])
    supporting, opposing = (fewer, more) if difference < 0 else (more, fewer)
    if supporting + opposing == 0 or mcnemar_bound(supporting, opposing) > 0.05:
        return None
    return largest_gamma(lambda gamma: mcnemar_bound(supporting, opposing, gamma))


def _bounds(found: Seen) -> MissingOutcomes | None:
    if not np.isnan(found.outcome).any():
        return None
    weights = np.ones(len(found.treated))
    weights[~found.treated] = entropy_balance(found.covariates, found.treated)
    try:
        return missing_outcome_bounds(found.outcome, found.treated, weights)
    except NotEstimable:
        return None
