"""Secondary suppression: what is hidden besides, so that no hidden count is a total less what is shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from earlyhelp.release.policy import Policy


def hidden_rows(columns: Sequence[Sequence[float]], wholes: Sequence[float | None], policy: Policy) -> list[bool]:
    """Which rows are hidden: those few in any column of counts, and as many others as keep these from being worked out.

    wholes: of each column, the count of all that is shown elsewhere; what no row holds of it is, where it is few, a row that
    is never shown. None: the rows are all there are.
    """
    hidden = np.zeros(len(columns[0]), dtype=bool)
    for counts, whole in zip(columns, wholes, strict=True):
        rest = max((whole or 0) - sum(counts), 0)
        sizes = np.array([*counts, rest if policy.hides(rest) else 0], dtype=np.float64)
        few = np.array([policy.hides(each) for each in sizes.tolist()], dtype=bool)
        one, all_few = np.zeros(len(sizes), dtype=np.int64), np.array([policy.hides(sizes.sum())])
        hidden |= with_complements(few, sizes, one, policy.highest, all_few)[:-1]
    return [bool(each) for each in hidden]


def with_complements(
    few: NDArray[np.bool_],
    counts: NDArray[np.float64],
    group: NDArray[np.int64],
    highest: int,
    group_hidden: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """The parts to hide of totals that are the sums of their parts: those too few to show, and complements.

    The smallest of the others are hidden with those too few, one after the other, until what is left of the group's total
    allows each of them to be beyond `highest`, the largest count that is hidden. Where the group's own count is hidden, one
    part at least is: else the parts would add up to it. Zeros are nobody's and go last, where nothing else keeps apart:
    beside a shown zero, 3 and 3 of 6 would be proved small. Where the total itself is few, they prove nothing more.

    few, counts: (n,), a place a part; group: (n,) the place of the group it belongs to. group_hidden: (groups,), without
    it every group's total is shown. Source: Hundepool et al. (2012), Statistical Disclosure Control, section 4.4
    (secondary cell suppression); the smallest complements, not the best ones over several tables.
    """
    hidden = few.copy()
    for each in np.unique(group):
        inside = np.flatnonzero(group == each)
        bare = group_hidden is not None and bool(group_hidden[each])
        hide = _one_at_least if bare else _until_apart
        hidden[inside] = hide(few[inside], counts[inside], highest)
    return hidden


def keep_apart(hidden: NDArray[np.float64], highest: int) -> bool:
    """Whether the sum of these counts, each at least 1, allows any of them to be beyond the largest count that is hidden."""
    return not hidden.size or (hidden.size > 1 and float(hidden.sum()) - hidden.size + 1 > highest)


def _one_at_least(few: NDArray[np.bool_], counts: NDArray[np.float64], highest: int) -> NDArray[np.bool_]:
    """The parts to hide of a total that is hidden itself: where none is few, the smallest, and nobody's last."""
    hidden = few.copy()
    if not few.any():
        hidden[np.lexsort((counts, counts == 0))[:1]] = True
    return hidden


def _until_apart(few: NDArray[np.bool_], counts: NDArray[np.float64], highest: int) -> NDArray[np.bool_]:
    """The parts to hide of a total that is shown."""
    hidden = few.copy()
    for place in np.argsort(counts, kind="stable"):
        if keep_apart(counts[hidden], highest):
            return hidden
        hidden[place] |= counts[place] > 0
    no_more = keep_apart(counts[hidden], highest) or counts.sum() <= highest
    return hidden if no_more else hidden | (counts == 0)
