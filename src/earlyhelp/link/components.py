"""What is joined directly or through others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def joined(left: Numbers, right: Numbers, count: int) -> Numbers:
    """For each of `count` things the number of the component it is in; `left` and `right` are joined pair by pair."""
    if not left.size:
        return np.arange(count, dtype=np.int64)
    from scipy.sparse import coo_matrix  # loading it takes as long as a small council's linkage
    from scipy.sparse.csgraph import connected_components

    graph = coo_matrix((np.ones(left.size, dtype=np.int8), (left, right)), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    found: Numbers = label.astype(np.int64)
    return found
