"""Two records of one person that were not compared, or are hardly alike: as sure as the weakest link on the way between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]


def weakest_links(left: Numbers, right: Numbers, weight: Weights) -> tuple[Numbers, Numbers, Weights]:
    """Every pair of records that are joined, directly or through others, once each, the smaller record first.

    The weight of a pair is the largest there is such that a way leads from one record to the other over links of at least that
    weight. `left`, `right`, `weight`: the links, shape (n_links,).

    Links are followed from the strongest on, and groups that they join are put one behind the other. So each group stays in
    one piece, and the weakest link between two records is the smallest weight at the seams between them.
    """
    order, seam = _lined_up(left, right, weight)
    pairs: list[tuple[Numbers, Numbers, Weights]] = []
    start, least = np.arange(order.size), np.full(order.size, np.inf)
    ahead = 0
    while start.size:
        ahead += 1
        start, least = start[start + ahead < order.size], least[start + ahead < order.size]
        least = np.minimum(least, seam[start + ahead])
        joined = least > -np.inf
        start, least = start[joined], least[joined]
        one, other = order[start], order[start + ahead]
        pairs.append((np.minimum(one, other), np.maximum(one, other), least))
    if not pairs:
        nothing = np.empty(0, dtype=np.int64)
        return nothing, nothing, np.empty(0)
    lefts, rights, weights = zip(*pairs, strict=True)
    return np.concatenate(lefts), np.concatenate(rights), np.concatenate(weights)


def _lined_up(left: Numbers, right: Numbers, weight: Weights) -> tuple[Numbers, Weights]:
    """Records so that each group is in one piece, and at each the weight that joins it to the one before: -inf where none."""
    strongest = np.argsort(-weight, kind="stable")
    links = zip(left[strongest].tolist(), right[strongest].tolist(), weight[strongest].tolist(), strict=True)
    line = {record: [record] for record in {*left.tolist(), *right.tolist()}}
    seam: dict[int, float] = {}
    for one, other, sure in links:
        before, behind = line[one], line[other]
        if before is behind:
            continue
        if len(before) < len(behind):
            before, behind = behind, before
        seam[behind[0]] = sure
        before += behind
        for record in behind:
            line[record] = before
    groups = {id(each): each for each in line.values()}.values()
    order = [record for group in groups for record in group]
    return np.asarray(order, dtype=np.int64), np.asarray([seam.get(each, -np.inf) for each in order])
