"""Like with like exactly: the treated against the compared of the same stratum."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.differences import known_outcomes, numbered
from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, NotEstimable, effect
from earlyhelp.evaluate.methods.matching import refuse_no_spread, refuse_one_event


class Stratified(NamedTuple):
    """The effect among the treated with a like, over how many strata, and how many had none in theirs."""

    effect: Effect
    strata: int
    treated_left_out: int
    compared_left_out: int


class _Counts(NamedTuple):
    """How many of each group a stratum holds, one place a stratum."""

    treated: Ints
    compared: Ints


def stratum_of(*columns: Ints) -> Ints:
    """One number a unit for its combination of the columns (age band, earlier contact, ward ...), shape (n,), from 0 up."""
    combined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes = numbered(column)
        # Numbered again after each column, so that the product of many categories cannot overflow.
        combined = numbered(combined * (codes.max(initial=0) + 1) + codes)
    return combined


def strata_weights(treated: Flags, strata: Ints) -> Floats:
    """The weight of each unit that makes strata alike, shape (n,).

    1 for a treated unit with a compared one in its stratum; for the compared the number of treated over the number of
    compared in theirs; 0 for who has no like. treated: (n,). strata: (n,) whole numbers, one for each stratum.

    Source: Iacus, King and Porro (2012), Political Analysis 20:1-24.
    """
    helped, place = np.asarray(treated, dtype=bool), numbered(strata)
    counts = _counted(helped, place)
    both = (counts.treated > 0) & (counts.compared > 0)
    ratio = np.where(both, counts.treated / np.maximum(counts.compared, 1), 0.0)
    return np.where(helped, both[place], ratio[place])


def stratified_effect(treated: Flags, outcome: Floats, strata: Ints, family: Ints | None = None) -> Stratified:
    """The effect among the treated (ATT): each against the mean of the compared in the same stratum, averaged.

    A risk difference where the outcome is 0 or 1, else in the outcome's units. Units without a like in their stratum are
    left out and counted, and the effect is then one among those kept. A treated unit moves the estimate by
    (outcome - mean of its compared - estimate) / n_treated, a compared one by -(treated / compared in its stratum)
    (outcome - mean of its compared) / n_treated; residuals are widened by n / (n - 1) for the means taken from them, so
    that with one stratum the variance is s1^2 / n1 + s0^2 / n0. A compared unit that is alone in its stratum tells of no
    spread and is lent that of the others. Influences are added up by family.

    treated: (n,). outcome: (n,), NaN where not known: those rows are left out first. strata: (n,) from `stratum_of`.
    family: (n,) who belongs together; each unit alone when not given.
    Raises NotEstimable as `known_outcomes` does, when no stratum or fewer than two treated have both groups, when no two
    compared share a stratum, when outcomes do not vary enough for an error, or when all belong to one family.

    Source: Imbens and Rubin (2015), Causal Inference for Statistics, Social, and Biomedical Sciences, chapters 6
    and 9 (there for randomised strata). Known answer: tests/known_answers/test_matching_published.py.
    """
    rows = np.flatnonzero(known_outcomes(treated, outcome))
    helped, place = np.asarray(treated, dtype=bool)[rows], np.asarray(strata)[rows]
    alike = strata_weights(helped, place) > 0
    _refuse_too_few(int((alike & helped).sum()))
    kept, place = rows[alike], numbered(place[alike])
    seen = np.asarray(outcome, dtype=np.float64)[kept]
    refuse_one_event(seen)
    estimate, error = _estimated(helped[alike], seen, place, None if family is None else np.asarray(family)[kept])
    refuse_no_spread(error)
    return Stratified(
        effect("exact_strata", estimate, error),
        int(place.max()) + 1,
        int((helped & ~alike).sum()),
        int((~helped & ~alike).sum()),
    )


def _counted(helped: Flags, place: Ints) -> _Counts:
    number = int(place.max(initial=-1)) + 1
    return _Counts(np.bincount(place[helped], minlength=number), np.bincount(place[~helped], minlength=number))


def _refuse_too_few(treated: int) -> None:
    if treated < 2:
        raise NotEstimable(
            "Fewer than two treated units have a compared one in their stratum.",
            "Wider strata are needed, or a comparison group of the same kinds of family.",
        )


def _estimated(helped: Flags, seen: Floats, place: Ints, family: Ints | None) -> tuple[float, float]:
    """The estimate and its standard error, over units that all have a like."""
    counts = _counted(helped, place)
    means = np.bincount(place[~helped], weights=seen[~helped]) / counts.compared
    above = seen - means[place]
    number = int(helped.sum())
    estimate = float(above[helped].mean())
    share, many = counts.treated / number, counts.compared > 1
    widened = np.sqrt(counts.compared / np.maximum(counts.compared - 1, 1)) * share / counts.compared
    influence = np.where(helped, (above - estimate) / np.sqrt(number * (number - 1)), -above * widened[place])
    spare = int((counts.compared - 1).sum())
    if not spare:
        raise NotEstimable("No two compared units share a stratum.", "Wider strata are needed for an error to be told.")
    lent = float(above[~helped] @ above[~helped]) / spare * float((share[~many] ** 2).sum())
    return estimate, float(np.sqrt(_summed_by_family(influence, family) + lent))


def _summed_by_family(influence: Floats, family: Ints | None) -> float:
    """The variance; with few families it is widened as `clustered_error` does, beyond what each unit had already."""
    if family is None:
        return float(influence @ influence)
    sums = np.bincount(numbered(family), weights=influence)
    if len(sums) < 2:
        raise NotEstimable("All units belong to one family.", "A standard error needs at least two families.")
    return float(sums @ sums) * len(sums) / (len(sums) - 1) * (len(influence) - 1) / len(influence)
