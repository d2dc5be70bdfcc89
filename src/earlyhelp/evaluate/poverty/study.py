"""Event study: what is recorded in the months around a shock, against like families without one in the same month.

For each shock, families with a child and no sign of poverty in that month or the year before are the comparison, in the
same exact stratum (`like_families.strata`) and over the same months. The difference in the year after, less the
difference in the year before, is the change associated with the shock. The year before, on which nobody was matched, is
the check: a change may be told only where the difference was not already moving in it. That it was there is told beside
it: families on the same path may have been apart all along.

Source of the design: stacked event study with comparison units that are not struck (Cengiz, Dube, Lindner and Zipperer
2019, Quarterly Journal of Economics 134:1405-1454, section III.B). Standard errors are those of the influence of each
family, however often it is struck or serves as a comparison. Slow oracle: tests/unit/evaluate/test_poverty_study.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.evaluate.methods.effect import Effect, Flags, Floats, Ints, effect
from earlyhelp.evaluate.poverty.families import Families
from earlyhelp.evaluate.poverty.follow_up import Events
from earlyhelp.evaluate.poverty.like_families import Likeness, likeness, strata
from earlyhelp.statistics.multiple import benjamini_hochberg

BEFORE, EARLY, LATE, WITHIN_3, WITHIN_6, WITHIN_12 = range(6)
WINDOWS = ((-12, -1), (-12, -7), (-6, -1), (1, 3), (1, 6), (1, 12))
"""First and last month of each window, counted from the month of the shock, which is in none: its days are not in order."""
AROUND = range(-12, 13)
"""The months of the curve."""
FEWEST_SHOCKS, FEWEST_EVENTS = 30, 10
"""Fewer shocks, or families with an event among them, are too few to say anything about."""
TELLING = 0.05
ALIKE = 0.1
"""Standardised difference of shares below which families count as alike in the year before; or one that chance explains."""


class Shares(NamedTuple):
    """The share of families with an event: of those struck, and of families like them."""

    struck: float
    like: float


@dataclass(frozen=True)
class Followed:
    """One kind of event after one kind of shock. Exact figures: `release` alone may pass them on.

    `shocks`: how many could be followed for a year and compared; `unlike`: how many had too few like families.
    `families_after`: shocks with an event within 12 months, `families_before`: in the 12 months before. `before`, `within_3`,
    `within_6`, `within_12`: shares. `change`: difference in the year after less that in the year before, in shares of
    families. `trend`: difference in the six months before less that in the six before these. `level`: difference in the year
    before. `curve`: shares by month.
    """

    shock: str
    outcome: str
    shocks: int
    unlike: int
    families_before: int
    families_after: int
    before: Shares
    within_3: Shares
    within_6: Shares
    within_12: Shares
    change: Effect
    trend: Effect
    level: Effect
    curve: tuple[Shares, ...]

    @property
    def expected(self) -> float:
        """The share within 12 months had the families changed as those like them: never below 0 or above 1."""
        return min(max(0.0, self.within_12.struck - self.change.estimate), 1.0)

    @property
    def is_enough(self) -> bool:
        """Whether there are enough shocks and events to say anything."""
        return self.shocks >= FEWEST_SHOCKS and self.families_before + self.families_after >= FEWEST_EVENTS

    @property
    def was_on_the_same_path(self) -> bool:
        """Whether the difference to like families was not already moving in the year before, as far as can be told."""
        return p_value(self.trend) >= TELLING

    @property
    def was_alike(self) -> bool:
        """Whether the families had been like those compared with in the year before, as far as can be told."""
        struck, like = self.before
        spread = np.sqrt((struck * (1 - struck) + like * (1 - like)) / 2)
        return abs(struck - like) < ALIKE * spread or p_value(self.level) >= TELLING


def p_value(found: Effect) -> float:
    """The chance of so large an estimate were there none, by the normal distribution; 1 where there is no error to judge by."""
    from scipy.special import ndtr

    if not found.standard_error > 0:
        return 1.0
    return float(2 * ndtr(-abs(found.estimate) / found.standard_error))


def q_values(found: Sequence[Followed]) -> list[float]:
    """For each, the share of false calls if it and all with a smaller one are called changes (Benjamini and Hochberg).

    Those with too few shocks, or already moving before, are not tested and have 1.
    """
    tested = [each.is_enough and each.was_on_the_same_path for each in found]
    p = [p_value(each.change) if may else np.nan for each, may in zip(found, tested, strict=True)]
    return [float(q) if may else 1.0 for q, may in zip(benjamini_hochberg(p), tested, strict=True)]


def event_study(
    known: Families, happened: Events, struck: Mapping[str, Flags], without: Flags, names: Sequence[str]
) -> list[Followed]:
    """What is recorded around each kind of shock, by kind of shock and then by event.

    struck: (months, families) for each kind of shock, true in its month. without: (months, families), who may serve as a
    comparison. names: kinds of events of `happened`. A shock counts for a kind of event where the records of that cover
    the twelve months before and after it. A kind of shock or event without any is left out.
    """
    kinds = [happened.names.index(name) for name in names]
    sums = _Sums.empty(len(struck), len(kinds), len(known))
    all_struck = list(struck.values())
    for month in range(12, known.span.months - 12):
        covers = happened.covered[kinds]
        followed = (covers[:, 0] <= month - 12) & (covers[:, 1] >= month + 12)
        shock, family = _at(all_struck, month)
        if len(family) and followed.any():
            _add_month(sums, known, happened, kinds, month, followed, shock, family, without[month])
    return [
        _followed(sums, place, row, shock, name)
        for place, shock in enumerate(struck)
        for row, name in enumerate(names)
        if sums.shocks[place, row]
    ]


def _at(struck: Sequence[Flags], month: int) -> tuple[Ints, Ints]:
    """The kind and the family of each shock of a month."""
    families = [np.flatnonzero(each[month]) for each in struck]
    return np.repeat(np.arange(len(families)), [len(each) for each in families]), np.concatenate(families)


@dataclass(eq=False)
class _Sums:
    """Sums over shocks: of the struck and of those like them, and the influence of each family on change, trend and level."""

    shocks: Ints
    unlike: Ints
    struck: Floats
    like: Floats
    curve: Floats
    curve_like: Floats
    influence: NDArray[np.float32] = field(repr=False)
    times: NDArray[np.float32] = field(repr=False)

    @classmethod
    def empty(cls, shocks: int, kinds: int, families: int) -> _Sums:
        windows, curve = np.zeros((2, shocks, kinds, len(WINDOWS))), np.zeros((2, shocks, kinds, len(AROUND)))
        counts = np.zeros((2, shocks, kinds), np.int64)
        influence = np.zeros((3, shocks, kinds, families), np.float32)
        times = np.zeros((shocks, kinds, families), np.float32)
        return cls(counts[0], counts[1], windows[0], windows[1], curve[0], curve[1], influence, times)


def _add_month(
    sums: _Sums, known: Families, happened: Events, kinds: list[int], month: int, followed: Flags,
    shock: Ints, family: Ints, without: Flags,
) -> None:  # fmt: skip
    """Add the shocks of one month; each is compared in the finest stratum that has enough like families."""
    windows, curve = _flags(happened, kinds, month)
    for stratum in strata(known, happened, month):
        like = likeness(stratum, family, without)
        found = like.of >= 0
        _add(sums, windows, curve, like, followed, shock[found], family[found], like.of[found])
        shock, family = shock[~found], family[~found]
        if not len(family):
            return
    np.add.at(sums.unlike, shock, followed)


def _flags(happened: Events, kinds: list[int], month: int) -> tuple[Flags, Flags]:
    """Whether each family has an event in each window and in each month around: (kinds, windows or months, families)."""
    upto = happened.upto[kinds]
    last = upto.shape[1] - 1

    def within(first: int, until: int) -> Flags:
        low, high = (min(max(month + each, 0), last) for each in (first, until + 1))
        return np.asarray(upto[:, high] > upto[:, low])

    windows = np.stack([within(*window) for window in WINDOWS], axis=1)
    return windows, np.stack([within(each, each) for each in AROUND], axis=1)


def _add(
    sums: _Sums, windows: Flags, curve: Flags, like: Likeness, followed: Flags, shock: Ints, family: Ints, cell: Ints
) -> None:  # fmt: skip
    if not len(family):
        return
    weight = followed.astype(np.float64)[:, None]
    near, near_curve = windows[:, :, like.family], curve[:, :, like.family]
    mean = _means(near, like)
    for total, flags in (
        (sums.struck, windows[:, :, family]),
        (sums.curve, curve[:, :, family]),
        (sums.like, mean[:, :, cell]),
        (sums.curve_like, _means(near_curve, like)[:, :, cell]),
    ):
        np.add.at(total, shock, (flags * weight[:, :, None]).transpose(2, 0, 1))
    np.add.at(sums.shocks, shock, followed.astype(np.int64))
    _add_influence(sums, windows[:, :, family], near, mean, like, followed, shock, family, cell)


def _means(flags: Flags, like: Likeness) -> Floats:
    """The share of each cell: (kinds, windows, cells)."""
    return np.asarray(np.add.reduceat(flags, like.start, axis=2, dtype=np.int64) / like.size)


def _contrasts(flags: NDArray[np.generic]) -> NDArray[np.float32]:
    """The year after less the year before, the six months before less the six before these, the year before: (3, kinds, ...)."""
    whole = flags.astype(np.float32)
    return np.stack([whole[:, WITHIN_12] - whole[:, BEFORE], whole[:, LATE] - whole[:, EARLY], whole[:, BEFORE]])


def _add_influence(
    sums: _Sums, struck: Flags, near: Flags, mean: Floats, like: Likeness, followed: Flags,
    shock: Ints, family: Ints, cell: Ints,
) -> None:  # fmt: skip
    """What each family adds: the struck their difference to those like them, and these their part in that mean."""
    weight = followed.astype(np.float32)[:, None]
    of_cell = _contrasts(mean)
    apart = (_contrasts(struck) - of_cell[:, :, cell]) * weight
    cells = like.cell
    residual = (_contrasts(near) - of_cell[:, :, cells]) * weight
    for place in np.unique(shock):
        mine = shock == place
        sums.times[place][:, family[mine]] += weight  # a family is struck once in a month by one kind
        sums.influence[:, place][:, :, family[mine]] += apart[:, :, mine]
        share = (np.bincount(cell[mine], minlength=len(like.size)) / like.size).astype(np.float32)[cells]
        used = np.flatnonzero(share)
        sums.influence[:, place][:, :, like.family[used]] -= residual[:, :, used] * share[used]


def _followed(sums: _Sums, place: int, row: int, shock: str, outcome: str) -> Followed:
    n = int(sums.shocks[place, row])
    struck, like = sums.struck[place, row] / n, sums.like[place, row] / n
    shares = [Shares(float(one), float(other)) for one, other in zip(struck, like, strict=True)]
    counts = np.rint(sums.struck[place, row]).astype(int)
    apart = struck - like
    contrasts = (apart[WITHIN_12] - apart[BEFORE], apart[LATE] - apart[EARLY], apart[BEFORE])
    change, trend, level = (
        effect("event_study", each, _error(sums, contrast, place, row, each)) for contrast, each in enumerate(contrasts)
    )
    curve = zip(sums.curve[place, row] / n, sums.curve_like[place, row] / n, strict=True)
    return Followed(
        shock,
        outcome,
        n,
        int(sums.unlike[place, row]),
        int(counts[BEFORE]),
        int(counts[WITHIN_12]),
        shares[BEFORE],
        shares[WITHIN_3],
        shares[WITHIN_6],
        shares[WITHIN_12],
        change,
        trend,
        level,
        tuple(Shares(float(one), float(other)) for one, other in curve),
    )


def _error(sums: _Sums, contrast: int, place: int, row: int, found: float) -> float:
    """Standard error of a mean over shocks, clustered by family: the root of the sum of squared influences."""
    n, times = float(sums.shocks[place, row]), sums.times[place, row].astype(np.float64)
    influence = sums.influence[contrast, place, row].astype(np.float64) - found * times
    clusters = int(np.count_nonzero(times))
    correction = clusters / (clusters - 1) if clusters > 1 else np.nan
    return float(np.sqrt(correction * np.sum(influence**2)) / n)
