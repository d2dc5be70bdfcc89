"""Whether two groups are alike enough for a number: differences of means, variances, and what the weights left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import copysign, inf, isfinite, nan
from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats, Ints, NotEstimable

MOST_DIFFERENCE = 0.1
"""Standard deviations by which no mean may differ. Source: Austin (2009), Statistics in Medicine 28:3083-3107."""

VARIANCE_RATIOS = (0.5, 2.0)
"""Between which the variance of the treated over that of the compared must lie.

Source: Rubin (2001), Health Services and Outcomes Research Methodology 2:169-188.
"""

LEAST_EFFECTIVE = 0.5
"""The least share of the weighted compared that weights may leave in effect.

Our own choice: no published limit is known to us. At a half, the compared add as much to an error as half as many would.
"""

MOST_PAIRS = 100
"""How many products of two covariates are looked at: those of the covariates that differed most before, first."""


class BalanceRow(NamedTuple):
    """How one column differs between treated and compared, before weights and with them.

    `before` and `after` are standardised mean differences, treated minus compared. `ratio_before` and `ratio_after` are
    variances of the treated over those of the compared; NaN where they are not judged (columns of two values, squares and
    products) or where both are 0.
    """

    name: str
    before: float
    after: float
    ratio_before: float
    ratio_after: float


class Effective(NamedTuple):
    """What weights leave of a group: `number` as many equal ones would tell as much, and the `share` of those weighted."""

    number: float
    share: float


@dataclass(frozen=True)
class Gate:
    """Whether a number may be given. `reasons` are sentences, one for each thing in the way; none when it passed.

    `worst` is the largest |difference| left, over covariates and what they were not balanced on. `by_chance` is the
    standard error that a difference not balanced on has when the groups are alike: 1 over the effective numbers of both,
    added, and the root of it. `effective` is of the compared.
    """

    passed: bool
    reasons: tuple[str, ...]
    worst: float
    by_chance: float
    effective: Effective


def balance_table(names: Sequence[str], covariates: Floats, treated: Flags, weights: Floats) -> list[BalanceRow]:
    """One row for each covariate, in their order.

    Standardised mean difference: the (weighted) mean of the treated minus that of the compared, over the root of the mean
    of the two variances before weights, the same before and after, so that weights move the difference alone. Variances
    divide by n - 1, of columns of two values by n (then p (1 - p)), and with weights w by (sum w - sum w^2 / sum w). The
    variance ratio of a column of two values is skipped: its mean already tells it. Equal means without any spread differ
    by 0, unequal ones without end.

    names: k. covariates: (n, k), NaN where not known: those cells count in neither group. treated: (n,). weights: (n,) from
    0 up, of treated and of compared, in any unit (`unit_weights`, `pair_weights`, `strata_weights`).
    Raises NotEstimable when a group is empty, has no weight, or has no known value of a covariate.

    Source: Austin (2009), Statistics in Medicine 28:3083-3107; the weighted variance: Austin and Stuart (2015), Statistics
    in Medicine 34:3661-3679; one denominator throughout, and ratios for numbers only: Stuart (2010), Statistical Science
    25:1-21, section 4.1. Known answer: tests/known_answers/test_matching_published.py; worked by hand:
    tests/unit/evaluate/test_balance.py.
    """
    groups, columns = _groups(treated, weights), _columns(names, covariates, treated)
    return [_row(name, column, groups) for name, column in zip(names, columns, strict=True)]


def checked_beyond(
    names: Sequence[str],
    covariates: Floats,
    treated: Flags,
    weights: Floats,
    further_names: Sequence[str] = (),
    further: Floats | None = None,
) -> list[BalanceRow]:
    """Rows for what was not balanced on: squares, products of two covariates, and further columns such as earlier outcomes.

    Weights that balance means make the table of those means vacuous; these rows can still fail. Covariates are taken from
    the mean of the treated before they are squared or multiplied, so that a square tells of spread and a product of going
    together, not of the means again. Columns of two values have no square. At most `MOST_PAIRS` products are looked at.

    further: (n, number of further_names), NaN where not known. Others, and errors: as for `balance_table`.

    Source: Stuart (2010), Statistical Science 25:1-21, section 4.1; Imai, King and Stuart (2008), Journal of the Royal
    Statistical Society A 171:481-502.
    """
    groups, columns = _groups(treated, weights), _columns(names, covariates, treated)
    first = [_row(name, column, groups) for name, column in zip(names, columns, strict=True)]
    centred = columns - np.array([[_known_mean(column, groups[0])] for column in columns]).reshape(-1, 1)
    squares = [
        _row(f"{name} squared", centred[place] ** 2, groups, judge_ratio=False)
        for place, name in enumerate(names)
        if not _two_values(columns[place])
    ]
    products = [
        _row(f"{names[one]} with {names[other]}", centred[one] * centred[other], groups, judge_ratio=False)
        for one, other in _foremost_pairs(first)
    ]
    seen = [] if further is None else balance_table(further_names, further, treated, weights)
    return [*squares, *products, *seen]


def love_plot(rows: Sequence[BalanceRow]) -> list[BalanceRow]:
    """The rows in the order in which a love plot shows them: by |difference| before, the largest first, then by name.

    Source: Love (2004), Graphical displays of covariate balance, as told by Ahmed and others (2006), European Heart
    Journal 27:1431-1439.
    """
    return sorted(rows, key=lambda row: (-abs(row.before), row.name))


def effective(weights: Floats) -> Effective:
    """How many equal ones would tell as much as these weights: (sum w)^2 / sum w^2, and its share of those above 0.

    weights: from 0 up, in any unit. All zero gives 0 and 0.

    Source: Kish (1965), Survey Sampling, section 11.7.
    """
    held = weights[weights > 0]
    if not len(held):
        return Effective(0.0, 0.0)
    held = held / held.max()
    number = float(held.sum() ** 2 / (held @ held))
    return Effective(number, number / len(held))


def unit_weights(treated: Flags, compared_weights: Floats) -> Floats:
    """Weights (n_compared,) of the compared as weights of all (n,), with 1 for each treated unit."""
    weights = np.ones(len(treated))
    weights[~np.asarray(treated, dtype=bool)] = compared_weights
    return weights


def gate(
    rows: Sequence[BalanceRow],
    beyond: Sequence[BalanceRow],
    treated: Flags,
    weights: Floats,
    *,
    allowance: float = 0.0,
    words: Mapping[str, str] | None = None,
) -> Gate:
    """Whether the groups are alike enough for a number, and if not, why not, in sentences.

    Closed by any |difference| after weights of `MOST_DIFFERENCE` or more, in `rows` or `beyond`; by any variance ratio
    after weights outside `VARIANCE_RATIOS`; and by an effective share of the compared below `LEAST_EFFECTIVE`.

    rows: of `balance_table`. beyond: of `checked_beyond`. treated, weights: as for those. allowance: how many standard
    errors of chance (`Gate.by_chance`) a difference in `beyond` may have all the same. 0 is the strict rule, under which
    groups drawn by lot fail too where they are small: with 500 treated a difference of 0.1 is two standard errors, and
    dozens are looked at. About 3.5 lets groups drawn by lot pass (97 in 100 with 60 rows). words: what a reader calls
    each column, in the reasons; its own name where there are none.
    Raises NotEstimable as for `balance_table`.
    """
    helped, compared = _groups(treated, weights)
    held = effective(compared.weight)
    by_chance = float(np.sqrt(1 / effective(helped.weight).number + 1 / held.number))
    aside, words = ", which was not balanced on", words or {}
    reasons = [
        *(sentence for row in love_plot(rows) for sentence in _against(_read(row.name, words), row, MOST_DIFFERENCE)),
        *(
            sentence
            for row in love_plot(beyond)
            for sentence in _against(_read(row.name, words) + aside, row, max(MOST_DIFFERENCE, allowance * by_chance))
        ),
    ]
    if held.share < LEAST_EFFECTIVE:
        reasons.append(
            f"The weights leave {held.share:.0%} of the compared in effect; at least {LEAST_EFFECTIVE:.0%} is needed."
        )
    worst = max((abs(row.after) for row in (*rows, *beyond)), default=0.0)
    return Gate(not reasons, tuple(reasons), worst, by_chance, held)


def _read(name: str, words: Mapping[str, str]) -> str:
    """What a reader calls a column, a square or a product, by the names that `checked_beyond` gives them."""
    one, product, other = name.partition(" with ")
    base = name.removesuffix(" squared")
    if product:
        return f"{words.get(one, one)} together with {words.get(other, other)}"
    return words.get(name, name) if base == name else f"the spread of {words.get(base, base)}"


def _against(named: str, row: BalanceRow, limit: float) -> list[str]:
    """What in a row is in the way of a number."""
    found, begins = [], f"The groups are not alike in {named}: after weighting it"
    if not abs(row.after) < limit:
        size = f"by {abs(row.after):.2f} standard deviations" if isfinite(row.after) else "without any overlap"
        found.append(f"{begins} differs {size}; less than {limit:.2g} is asked.")
    low, high = VARIANCE_RATIOS
    if not low <= row.ratio_after <= high and not np.isnan(row.ratio_after):
        found.append(
            f"{begins} varies {row.ratio_after:.2f} times as much among those offered help as among the others; "
            f"{low:g} to {high:g} times is asked."
        )
    return found


class _Group(NamedTuple):
    """The rows of the treated or of the compared, and their weights."""

    rows: Ints
    weight: Floats


def _groups(treated: Flags, weights: Floats) -> tuple[_Group, _Group]:
    helped, weight = np.asarray(treated, dtype=bool), np.asarray(weights, dtype=np.float64)
    if weight.shape != helped.shape or not np.isfinite(weight).all() or np.any(weight < 0):
        raise ValueError("weights are numbers from 0 up, one a unit")
    if not weight[helped].any() or not weight[~helped].any():
        raise NotEstimable("One of the two groups is empty.", "Both a treated and a compared group are needed.")
    return _Group(np.flatnonzero(helped), weight[helped]), _Group(np.flatnonzero(~helped), weight[~helped])


def _columns(names: Sequence[str], covariates: Floats, treated: Flags) -> Floats:
    """The covariates with one row each, so that the figures of one lie side by side in memory."""
    table = np.asarray(covariates, dtype=np.float64)
    if table.shape != (len(treated), len(names)):
        raise ValueError("covariates are a table: one row a unit, one column a name")
    return np.ascontiguousarray(table.T)


def _row(name: str, column: Floats, groups: tuple[_Group, _Group], *, judge_ratio: bool = True) -> BalanceRow:
    held = [_known(column, group) for group in groups]
    if not all(weight.any() for _, weight in held):
        raise NotEstimable(f"Nothing is known of {name} in one of the groups.", "Leave it out, or find its figures.")
    two = _two_values(column)
    before = [_moments(values, np.ones(len(values)), two) for values, _ in held]
    after = [_moments(values, weight, two) for values, weight in held]
    spread = float(np.sqrt((before[0][1] + before[1][1]) / 2))
    largest = max(float(np.abs(values).max()) for values, _ in held)
    judged = judge_ratio and not two
    return BalanceRow(
        name,
        _standardised(before[0][0] - before[1][0], spread, largest),
        _standardised(after[0][0] - after[1][0], spread, largest),
        _ratio(before[0][1], before[1][1]) if judged else nan,
        _ratio(after[0][1], after[1][1]) if judged else nan,
    )


def _known(column: Floats, group: _Group) -> tuple[Floats, Floats]:
    """The figures of a group that are known, and their weights."""
    values = column[group.rows]
    known = np.isfinite(values)
    return (values, group.weight) if known.all() else (values[known], group.weight[known])


def _known_mean(column: Floats, group: _Group) -> float:
    return _moments(*_known(column, group))[0]


def _two_values(column: Floats) -> bool:
    low, high = np.nanmin(column), np.nanmax(column)
    return bool(((column == low) | (column == high) | ~np.isfinite(column)).all())


def _moments(values: Floats, weight: Floats, two: bool = False) -> tuple[float, float]:
    """The mean and the variance. Sums by einsum: a product of long vectors would wake a second core for microseconds."""
    total = float(weight.sum())
    mean = float(np.einsum("i,i", weight, values)) / total
    from_mean = values - mean
    squares = float(np.einsum("i,i,i", weight, from_mean, from_mean))
    divisor = total if two else total - float(np.einsum("i,i", weight, weight)) / total
    return mean, squares / divisor if divisor > 0 else 0.0


def _standardised(difference: float, spread: float, largest: float) -> float:
    if spread > 1e-12 * largest:
        return difference / spread
    return 0.0 if abs(difference) <= 1e-12 * largest else copysign(inf, difference)


def _ratio(treated: float, compared: float) -> float:
    if compared > 0:
        return treated / compared
    return inf if treated > 0 else nan


def _foremost_pairs(rows: Sequence[BalanceRow]) -> list[tuple[int, int]]:
    """The pairs of places to multiply: those whose two columns differed most before, in all, first."""
    pairs = list(combinations(range(len(rows)), 2))
    pairs.sort(key=lambda pair: -(abs(rows[pair[0]].before) + abs(rows[pair[1]].before)))
    return pairs[:MOST_PAIRS]
