"""Repeat victimisation: families told of again within twelve months, among those who have been followed so long."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Floats
from earlyhelp.evaluate.places.incidents import Told

FOLLOWED = 365


class Repeats(NamedTuple):
    """Families first told of in the year in question, and how many of them were told of again on a later day within 365."""

    followed: Floats
    again: Floats


def repeats(told: Told, areas: int, first: date, last: date) -> Repeats:
    """Families followed and told of again, by area: arrays (areas,).

    A family enters on its first notification from `first` to `last`, in the area of that one; it is told of again when
    another notification, wherever it happened, is 1 to 365 days later. Two on one day are no repeat. The records must
    reach 365 days beyond `last`, or late families would seem to be spared: the caller sees to that. Whoever is not linked
    is left out, since nobody can tell whether it is the same family.
    """
    own = told.only(told.linked)
    order = np.lexsort((own.area, own.day, own.family))
    family, day, area = own.family[order], own.day[order], own.area[order]
    inside = (day >= np.datetime64(first)) & (day <= np.datetime64(last))
    enters = np.flatnonzero(inside)
    enters = enters[np.unique(family[enters], return_index=True)[1]]
    # The days of all families in one line, each family so far from the next that no year reaches across.
    number = np.unique(family, return_inverse=True)[1].astype(np.int64)
    line = number * 10_000_000 + day.astype(np.int64) + 1_000_000
    following = np.searchsorted(line, line[enters], side="right")
    in_time = np.append(line, np.iinfo(np.int64).max)[following] <= line[enters] + FOLLOWED
    return Repeats(
        np.bincount(area[enters], minlength=areas).astype(np.float64),
        np.bincount(area[enters[in_time]], minlength=areas).astype(np.float64),
    )
