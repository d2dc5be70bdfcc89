"""What is joined directly or through others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def joined(left: Numbers, right: Numbers, count: int) -> Numbers:
    """For each of `count` things the number of the component it is in; `left` and `right` are joined pair by pair.

    Components are numbered from 0 on in the order of their smallest members. Each round hangs every root that a pair joins to
    a smaller one below that, and then lets everything hang from its root: rounds grow with the logarithm of the longest way.
    """
    root = np.arange(count, dtype=np.int64)
    one, other = root[left], root[right]
    while (apart := one != other).any():
        left, right, one, other = left[apart], right[apart], one[apart], other[apart]
        np.minimum.at(root, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(above := root[root], root):
            root = above
        one, other = root[left], root[right]
    number = np.cumsum(root == np.arange(count)) - 1  # a root is the smallest of what hangs from it
    found: Numbers = number[root].astype(np.int64)
    return found
