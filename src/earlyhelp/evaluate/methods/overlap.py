"""Who has somebody like them in the other group, and who is left out because nobody is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.evaluate.methods.effect import Flags, Floats, Ints, NotEstimable

AMONG_TREATED = (0.0, 0.95)
"""Chances of being treated between which units are kept when the effect among the treated is asked for.

A compared unit stands for e / (1 - e) treated ones (e its chance), 19 at the upper bound: past it one family would speak for
many. No lower bound is needed: a treated unit with a small chance has many like it, and a service for one family in thirty
would lose nearly everybody. One bound alone for the effect among the treated: Crump and others (2006), Moving the
goalposts, NBER technical working paper 330. 0.95 is our own choice, wider than the 0.9 of `AMONG_ALL`.
"""

AMONG_ALL = (0.1, 0.9)
"""The same for the effect among all: the rule of thumb of Crump and others (2009), Biometrika 96:187-199."""

LEAST_SHARED = 0.5
"""The least of `shared_places` with which a service is compared: our own choice. Below it, most of the treated would be set
against families of other places, and what differs between places, such as how a team decides, would be taken for the service."""

EXPECTED_BY_LOT = 3.0
"""Treated units that a lot would put into a place of which none is there, from which it counts as passed over: by a lot that
is so in one place of 20 (Poisson, exp(-3))."""


class Overlap(NamedTuple):
    """Which units are kept (n,), and how many of each group are kept and left out."""

    kept: Flags
    treated_kept: int
    treated_left_out: int
    compared_kept: int
    compared_left_out: int


class LeftOut(NamedTuple):
    """How many of one group of people (an ethnicity, an age band) were in the study and how many overlap left out."""

    group: int
    treated: int
    treated_left_out: int
    compared: int
    compared_left_out: int


def overlap(chance: Floats, treated: Flags, *, bounds: tuple[float, float] = AMONG_TREATED) -> Overlap:
    """The units with somebody like them in the other group, and counts of who is left out.

    Kept are units whose chance of being treated lies within `bounds`, both included, and within the range that both
    groups reach: from the larger of the two groups' smallest chances to the smaller of their largest ones. Those left out
    are not judged: an effect is then one among the treated who were kept, and must be told so.

    chance: (n,) from `propensity`. treated: (n,). bounds: the lowest and the highest chance kept.
    Raises NotEstimable when a group is empty before or after.

    Source: the range of both groups: Dehejia and Wahba (1999), Journal of the American Statistical Association
    94:1053-1062; the fixed bounds: `AMONG_TREATED` and `AMONG_ALL`.
    """
    helped = np.asarray(treated, dtype=bool)
    if helped.all() or not helped.any():
        raise NotEstimable("One of the two groups is empty.", "Both a treated and a compared group are needed.")
    lowest = max(bounds[0], chance[helped].min(), chance[~helped].min())
    highest = min(bounds[1], chance[helped].max(), chance[~helped].max())
    kept: Flags = (chance >= lowest) & (chance <= highest)
    treated_kept, compared_kept = int((kept & helped).sum()), int((kept & ~helped).sum())
    if not treated_kept or not compared_kept:
        raise NotEstimable(
            "No treated unit is like any compared one in its chance of being treated.",
            "A comparison group is needed whose families could have been treated as well.",
        )
    number = int(helped.sum())
    return Overlap(kept, treated_kept, number - treated_kept, compared_kept, len(helped) - number - compared_kept)


def left_out_by_group(kept: Flags, treated: Flags, groups: Ints) -> list[LeftOut]:
    """How many of each group of people were left out, in order of the group's number, so that a gap can be seen.

    kept: (n,) from `overlap`, matching or strata. treated: (n,). groups: (n,) whole numbers, one for each category.
    The counts are of people and must pass the release rules before they are shown.
    """
    names, place = np.unique(groups, return_inverse=True)
    helped, dropped = np.asarray(treated, dtype=bool), ~np.asarray(kept, dtype=bool)
    columns = [
        np.bincount(place[which], minlength=len(names))
        for which in (helped, helped & dropped, ~helped, ~helped & dropped)
    ]
    return [LeftOut(int(name), *(int(column[row]) for column in columns)) for row, name in enumerate(names)]


def reached(place: NDArray[np.str_], treated: Flags) -> Flags:
    """Who lives where treatment could be had: everybody but units of places that it passed over, (n,).

    A place is passed over where nobody is treated and a lot would have treated `EXPECTED_BY_LOT` or more: its units had no
    chance of treatment (positivity: Petersen and others 2012, Statistical Methods in Medical Research 21:31-54). place: (n,)
    "" where not known, which counts as no place. treated: (n,).
    """
    at = np.unique(place, return_inverse=True)[1]
    number, had = np.bincount(at), np.bincount(at, weights=treated)
    passed_over = (had == 0) & (number * treated.mean() >= EXPECTED_BY_LOT)
    there: Flags = ~passed_over[at] | (place == "")
    return there


def shared_places(place: NDArray[np.str_], treated: Flags, weights: Floats | None = None) -> float:
    """How far both groups live in the same places, from 0 (none of them) to 1 (as if drawn by lot); NaN where not known.

    1 less the index of dissimilarity D, half the sum over places of |share of the treated - share of the compared|, less
    what it would be of groups drawn by lot: (D - E) / (1 - E), none below 0. E is half the sum of the expected |difference|
    of two shares p (of all) in n treated and m effective compared: sqrt(2 p (1 - p) (1 / n + 1 / m) / pi).

    place: (n,) "" where not known: left out, and where that is half of the treated or more, nothing is told. weights:
    (n,), equal ones by default.
    Source: Carrington and Troske (1997), Journal of Business and Economic Statistics 15:402-409 (systematic dissimilarity).
    """
    known = place != ""
    if 2 * (known & treated).sum() <= treated.sum() or not (known & ~treated).any():
        return float("nan")
    at = np.unique(place[known], return_inverse=True)[1]
    weight = (np.ones(len(place)) if weights is None else weights)[known]
    here, others = (np.where(side, weight, 0.0) for side in (treated[known], ~treated[known]))
    shares = [np.bincount(at, side) / side.sum() for side in (here, others)]
    apart = float(np.abs(shares[0] - shares[1]).sum()) / 2
    overall = np.bincount(at) / len(at)
    news = sum(float((side**2).sum() / side.sum() ** 2) for side in (here, others))
    by_lot = float(np.sqrt(2 * overall * (1 - overall) * news / np.pi).sum()) / 2
    return 1 - max(0.0, apart - by_lot) / (1 - by_lot) if by_lot < 1 else 1.0


def crump_cutoff(chance: Floats) -> float:
    """The a for which keeping chances from a to 1 - a gives the effect among all with the least variance; 0 keeps all.

    For telling how far fixed bounds are from the best ones. With g = 1 / (e (1 - e)), the variance of the best estimate
    among the k units of smallest g is in proportion to the sum of their g over k squared; k is chosen to make it least,
    which is where g reaches twice the mean of those below, and 1 / (a (1 - a)) is twice that mean.

    chance: (n,) strictly between 0 and 1. Raises NotEstimable without units.

    Source: Crump, Hotz, Imbens and Mitnik (2009), Biometrika 96:187-199, corollary 1 (equal variances).
    Worked by hand: tests/unit/evaluate/test_overlap.py.
    """
    if not len(chance):
        raise NotEstimable("There are no units.", "Units with a chance of being treated are needed.")
    cost = np.sort(1.0 / (chance * (1.0 - chance)))
    total, number = np.cumsum(cost), np.arange(1, len(cost) + 1)
    best = int(np.argmin(total / number**2))
    if best == len(cost) - 1:
        return 0.0
    return float(0.5 - np.sqrt(0.25 - 1.0 / (2 * total[best] / number[best])))
