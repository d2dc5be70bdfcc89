"""Who is compared with whom, made alike before any outcome is read, and whether they are alike enough for a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from earlyhelp.evaluate.methods.balance import (
    MOST_DIFFERENCE,
    BalanceRow,
    Gate,
    balance_table,
    checked_beyond,
    gate,
    unit_weights,
)
from earlyhelp.evaluate.methods.balancing import entropy_balance
from earlyhelp.evaluate.methods.effect import Flags, Floats, Ints, NotEstimable
from earlyhelp.evaluate.methods.overlap import LEAST_SHARED, Overlap, overlap, reached, shared_places
from earlyhelp.evaluate.methods.propensity import propensity
from earlyhelp.evaluate.studies.cohort import Cohort, Texts
from earlyhelp.evaluate.studies.covariates import COVARIATES, EARLIER, WORDS

FEWEST_OFFERED = 40
"""Families offered the service without whom nothing is compared: fewer cannot be made alike in a score of facts (two each)."""
CHANCE = 3.0
"""Standard errors of chance by which the earlier outcome may differ where that is more than 0.1; squares and products too,
where families are too few to balance all of them.

With 100 families offered a service, groups drawn by lot differ by 0.1 on one in three of such rows: the strict rule would
refuse the fairest of studies. From about 1,000 families on, 0.1 is the limit. Of 20 rows one is beyond it by chance in 20
studies (normal, two-sided 0.0027 each).
"""
BALANCED_TOO = 2.5
"""Standard errors of chance from which a square or product is balanced as well, where not all can be that differ by 0.1."""
MOST_ROUNDS = 6
"""How often squares and products that still differ are added to what is balanced."""
RIDGE = 1.0
"""Of the chances of being offered: keeps them apart from 0 and 1 where a rare need is found in one group alone."""
_CROSSED = tuple(each.name for each in COVARIATES if each.crossed)


@dataclass(frozen=True)
class Design:
    """The families of one study and one window, before outcomes.

    `rows`: their rows in the cohort, (n,); `treated`: who was offered the service; `balanced`: (n, k) what the weights
    make alike, named by `names` (the covariates, and those squares and products that differed without); `chance` of being
    offered it; `weights`: 1 for the treated, entropy weights that sum to 1 for the compared. `balance`: a row a
    covariate; `beyond`: squares, products and the earlier outcome. `overlap`: who was left out.
    """

    rows: Ints
    treated: Flags
    balanced: Floats
    names: tuple[str, ...]
    chance: Floats
    weights: Floats
    balance: list[BalanceRow]
    beyond: list[BalanceRow]
    gate: Gate
    overlap: Overlap


def like_with_like(cohort: Cohort, service: str, days: int, among: Flags | None = None) -> Design:
    """The families offered the service and those like them, whose time zero lies so many days or more in the past.

    among: (offers,) whom to take them from; everybody by default.
    Raises NotEstimable where there are too few of either, or no weights make them alike.
    """
    ripe = cohort.day + days <= (cohort.as_at - date(1970, 1, 1)).days
    asked = ripe & cohort.running(service)
    rows = np.flatnonzero(asked if among is None else asked & among)
    treated = cohort.service[rows] == service
    _refuse_too_few(treated)
    offered_there = reached(cohort.ward[rows], treated)
    rows, treated = rows[offered_there], treated[offered_there]
    _refuse_too_few(treated, " in the wards in which it is offered")
    chance = propensity(cohort.before[rows], treated, ridge=RIDGE)
    inside = overlap(chance, treated)
    rows, treated, chance = rows[inside.kept], treated[inside.kept], chance[inside.kept]
    _refuse_too_few(treated)
    return _balanced(cohort, rows, treated, chance, inside)


def _refuse_too_few(treated: Flags, where: str = "") -> None:
    offered, others = int(treated.sum()), int((~treated).sum())
    if offered < FEWEST_OFFERED or others < FEWEST_OFFERED:
        which = "offered the service" if offered < FEWEST_OFFERED else f"to compare them with{where}"
        raise NotEstimable(
            f"There are fewer than {FEWEST_OFFERED} families {which} who can be followed for so long.",
            f"At least {FEWEST_OFFERED} families in each group, or a shorter window.",
        )


def _balanced(cohort: Cohort, rows: Ints, treated: Flags, chance: Floats, inside: Overlap) -> Design:
    """Means made alike, and with them all squares and products, or where that asks too much, those beyond chance."""
    strict = _made_alike(cohort, rows, treated, chance, inside, by_chance=0.0)
    if _is_strict(strict):
        return strict
    return _made_alike(cohort, rows, treated, chance, inside, by_chance=BALANCED_TOO)


def _is_strict(design: Design) -> bool:
    """Whether every square and product passes the gate without allowance; the last row is the earlier outcome."""
    return gate([], design.beyond[:-1], design.treated, design.weights).passed


def _made_alike(
    cohort: Cohort, rows: Ints, treated: Flags, chance: Floats, inside: Overlap, *, by_chance: float
) -> Design:
    """Balance means, then add the squares and products that still differ, until none does or it can go no further.

    by_chance: the standard errors of chance that one may differ by, where that is more than 0.1.
    """
    before, names = cohort.before[rows], cohort.names
    crossed = [place for place, name in enumerate(names) if name in _CROSSED]
    terms = _terms(before[:, crossed], tuple(names[place] for place in crossed), treated)
    columns, labels = before, names
    for turn in range(MOST_ROUNDS):
        weights = unit_weights(treated, entropy_balance(columns, treated, names=labels))
        beyond = checked_beyond(
            [names[place] for place in crossed],
            before[:, crossed],
            treated,
            weights,
            [EARLIER.words],
            cohort.earlier[rows, None],
        )
        limit = max(MOST_DIFFERENCE, by_chance * gate([], [], treated, weights).by_chance)
        failing = [row.name for row in beyond[:-1] if not abs(row.after) < limit and row.name not in labels]
        if not failing or turn == MOST_ROUNDS - 1:
            break
        added = np.column_stack([columns, *(terms[name] for name in failing)])
        if not _can_be_balanced(added, treated):
            break
        columns, labels = added, (*labels, *failing)
    balance = balance_table(names, before, treated, weights)
    told = gate(balance, beyond, treated, weights, allowance=CHANCE, words=WORDS)
    judged = _with_places(told, cohort.ward[rows], treated, weights)
    return Design(rows, treated, columns, labels, chance, weights, balance, beyond, judged, inside)


def _with_places(judged: Gate, ward: Texts, treated: Flags, weights: Floats) -> Gate:
    """The gate, closed too where the two groups live in different wards; open where nobody knows where they live."""
    shared = shared_places(ward, treated, weights)
    if not shared < LEAST_SHARED:
        return judged
    reason = (
        f"Of families offered the service and those compared with them, {shared:.0%} live in the same wards, chance "
        f"allowed for; at least {LEAST_SHARED:.0%} is needed. Else what is different about a place would be taken for "
        "the service."
    )
    return replace(judged, passed=False, reasons=(*judged.reasons, reason))


def _can_be_balanced(columns: Floats, treated: Flags) -> bool:
    try:
        entropy_balance(columns, treated)
    except NotEstimable:
        return False
    return True


def _terms(crossed: Floats, names: tuple[str, ...], treated: Flags) -> dict[str, Floats]:
    """Squares and products about the mean of the treated, by the names under which `checked_beyond` tells of them."""
    centred = crossed - crossed[treated].mean(axis=0)
    terms = {f"{name} squared": centred[:, place] ** 2 for place, name in enumerate(names)}
    for one, first in enumerate(names):
        terms |= {
            f"{first} with {other}": centred[:, one] * centred[:, place]
            for place, other in enumerate(names)
            if place != one
        }
    return terms
