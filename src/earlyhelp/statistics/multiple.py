"""Several tests made together: what is left of each once the number of tests is allowed for."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from earlyhelp.statistics.estimates import Floats


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """The q value of each test, in the order given: calling a test with q <= 0.05 keeps false calls to 1 in 20 of those called.

    With the m p values sorted upwards, the i-th has q = min over j >= i of (m p_(j) / j), no higher than 1. It holds for
    tests that are independent or positively dependent. A test without a p value (NaN) has no q value and is not counted.

    p_values: (m,) each between 0 and 1, or NaN. Raises ValueError for another number or shape.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57:289-300, procedure (1) and the
    15 tests of section 4. Known answers: tests/unit/evaluate/test_multiple.py.
    """
    found = _p_values(p_values)
    order, ranked = _ranked(found)
    tests = len(ranked)
    scaled = ranked * tests / np.arange(1, tests + 1)
    # The largest first, so that no test has a higher q than one with a larger p.
    smallest_above = np.minimum.accumulate(scaled[::-1])[::-1]
    return _back(found, order, smallest_above)


def holm(p_values: ArrayLike) -> Floats:
    """The adjusted p value of each test, in the order given: below 0.05, even one false call among all is unlikely (1 in 20).

    With the m p values sorted upwards, the i-th becomes max over j <= i of ((m - j + 1) p_(j)), no higher than 1. It
    holds whatever the dependence between the tests, and is never less cautious than `benjamini_hochberg`.

    p_values: (m,) each between 0 and 1, or NaN (left as it is and not counted). Raises ValueError for another number.

    Source: Holm (1979), Scandinavian Journal of Statistics 6:65-70. Known answers: tests/unit/evaluate/test_multiple.py.
    """
    found = _p_values(p_values)
    order, ranked = _ranked(found)
    scaled = ranked * np.arange(len(ranked), 0, -1)
    return _back(found, order, np.maximum.accumulate(scaled))


def _p_values(values: ArrayLike) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1:
        raise ValueError("p values must be one list, with one entry for each test")
    if np.any((found < 0) | (found > 1)):
        raise ValueError("a p value lies outside 0 to 1")
    return found


def _ranked(found: Floats) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Floats]:
    """Where the known p values stand, from the smallest up, and the values."""
    order = np.argsort(found, kind="stable")[: int(np.sum(~np.isnan(found)))]
    return order, found[order]


def _back(found: Floats, order: np.ndarray[tuple[int], np.dtype[np.intp]], adjusted: Floats) -> Floats:
    result = np.full_like(found, np.nan)
    result[order] = np.minimum(adjusted, 1.0)
    return result
