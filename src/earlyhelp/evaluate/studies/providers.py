"""Organisations that run services, each against what is to be expected of the families it was given. No league table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from earlyhelp.evaluate.methods.effect import Floats, Ints, NotEstimable
from earlyhelp.evaluate.methods.overlap import LEAST_SHARED, shared_places
from earlyhelp.evaluate.methods.providers import ProviderComparison, Standing, compare_providers
from earlyhelp.evaluate.methods.ranks import RankInterval, rank_intervals
from earlyhelp.evaluate.studies.cohort import NOTHING, Cohort, Texts
from earlyhelp.evaluate.studies.covariates import COVARIATES
from earlyhelp.evaluate.studies.outcomes import WINDOWS, not_held
from earlyhelp.evaluate.studies.protocol import MAIN_OUTCOME, MAIN_WINDOW
from earlyhelp.store.plans import hash_of

SEED = 20260331


@dataclass(frozen=True)
class Providers:
    """Providers in the order of their names, which `names` holds; `ranks` tells how little ranks tell."""

    names: tuple[str, ...]
    compared: ProviderComparison
    ranks: tuple[RankInterval, ...]
    not_followed: int


def providers_plan() -> tuple[str, dict[str, object]]:
    """The hash and the declaration of the comparison of organisations."""
    declaration: dict[str, object] = {
        "study": "providers",
        "outcome": MAIN_OUTCOME,
        "window": MAIN_WINDOW,
        "estimand": "odds of a first step up against the average organisation, families being alike",
        "covariates": [each.name for each in COVARIATES],
        "method": "random-intercept logistic regression by Laplace approximation",
        "least_shared_places": LEAST_SHARED,
        "seed": SEED,
    }
    return hash_of(declaration), declaration


def providers(cohort: Cohort, runs: Mapping[str, str]) -> Providers:
    """Each organisation's first step-ups within 12 months of its offers, allowed for what families were like before.

    runs: the organisation of each service. Raises NotEstimable for fewer than three organisations, too few step-ups, or
    records that hold none at all.
    """
    outcome, days = cohort.outcomes[MAIN_OUTCOME], WINDOWS[MAIN_WINDOW]
    if not outcome.held:
        raise not_held(MAIN_OUTCOME)
    followed = outcome.within(days)
    offered = (cohort.service != NOTHING) & np.array([each in runs for each in cohort.service])
    rows = np.flatnonzero(offered & ~np.isnan(followed))
    if not len(rows):
        raise NotEstimable(
            "No offer of a provider can be followed for twelve months.", "Offers of more than a year ago."
        )
    organisation = np.array([runs[each] for each in cohort.service[rows]])
    names, place = np.unique(organisation, return_inverse=True)
    found = compare_providers(place.astype(np.int64), _told_apart(cohort, rows), followed[rows])
    found = replace(found, standings=_standings(found, place, cohort.ward[rows]))
    ranks = rank_intervals([str(each) for each in names], found.effects, found.effect_standard_errors, seed=SEED)
    moved = offered & np.isnan(followed) & (outcome.ripe >= days)
    return Providers(tuple(map(str, names)), found, ranks, int(moved.sum()))


def _standings(found: ProviderComparison, place: Ints, ward: Texts) -> tuple[Standing, ...]:
    """The standings, "cannot tell" for an organisation whose families live in other wards than those of the others."""
    return tuple(
        Standing.CANNOT_TELL if shared_places(ward, place == number) < LEAST_SHARED else standing
        for number, standing in zip(found.providers, found.standings, strict=True)
    )


def _told_apart(cohort: Cohort, rows: Ints) -> Floats:
    """The covariates without those that others make up: the number of needs is the sum of the needs."""
    before = cohort.before[rows]
    kept = [place for place, name in enumerate(cohort.names) if name != "needs" and np.ptp(before[:, place]) > 0]
    return before[:, kept]
