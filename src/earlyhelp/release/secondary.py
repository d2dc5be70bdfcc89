"""Secondary suppression: what is hidden besides, so that no hidden count is a total less what is shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def with_complements(
    few: NDArray[np.bool_],
    counts: NDArray[np.float64],
    group: NDArray[np.int64],
    group_hidden: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """The parts to hide of totals that are the sums of their parts: those too few to show, and complements.

    Where one part alone of a group is too few, the smallest of the others that is not zero is hidden with it: else the
    group's total would tell it. Where the group's own count is hidden, one part at least is: else the parts would add up
    to it. Zeros are never complements, for they are nobody's.

    few, counts: (n,), a place a part; group: (n,) the place of the group it belongs to. group_hidden: (groups,), without
    it every group's total is shown. Source: Hundepool et al. (2012), Statistical Disclosure Control, section 4.4
    (secondary cell suppression); the smallest complement, not the best one over several tables.
    """
    hidden = few.copy()
    for each in np.unique(group):
        inside = np.flatnonzero(group == each)
        bare = group_hidden is not None and bool(group_hidden[each])
        if few[inside].sum() == (0 if bare else 1):
            shown = inside[~few[inside] & (counts[inside] > 0)]
            hidden[shown[np.argsort(counts[shown], kind="stable")[:1]]] = True
    return hidden
