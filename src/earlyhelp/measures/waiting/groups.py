"""Who waits longest: days on the list by group, with bounds, and whether the groups differ more than chance explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.measures.waiting.escalation import EndedBy, shares_at
from earlyhelp.measures.waiting.waits import GROUPINGS, SEVERAL, Ending, Grouping, Waits
from earlyhelp.standard import NOT_RECORDED
from earlyhelp.statistics.log_rank import LogRank, RestrictedMean, log_rank, restricted_mean
from earlyhelp.statistics.multiple import holm
from earlyhelp.statistics.survival import KaplanMeier, Quantile, kaplan_meier

FEWEST = 20
"""Groups with fewer waits are not told apart: their bounds would span most of what is possible."""
WITHIN = 182
"""Days on the list are counted up to half a year, or to the longest that every group compared has been followed."""
SHORTEST_WITHIN = 28
"""Groups of which one has been followed for less than this are not compared."""
TELLING = 0.05
"""The chance of a false alarm, over all groupings asked about together."""
SHARES_AT = 84
NO_GROUP = (NOT_RECORDED, "unmapped", SEVERAL)
"""Values that are no group of families, but say that there is none to tell."""


class GroupWait(NamedTuple):
    """How long the families of one group are on the list, in days, whatever takes them off it.

    `mean`: in the first `within` days from acceptance, with bounds of 95 %; `median`: days by which half are off it, with
    bounds, None where the data do not reach. `waits`: how many there are; `ended`: how many of them are over.
    `allocated`, `escalated`: the shares of it by day `SHARES_AT`: a short wait that ends in escalation is no good one.
    """

    value: str
    label: str
    waits: int
    ended: int
    mean: RestrictedMean
    median: Quantile
    allocated: EndedBy
    escalated: EndedBy


@dataclass(frozen=True)
class Comparison:
    """The groups of one grouping, the longest wait first. Exact figures: `release` alone may pass them on.

    `within`: the days that the means are counted up to. `too_few`: waits in groups of fewer than `FEWEST`, which are not
    told apart; `not_told`: waits without a group. `test`: of no difference, None where fewer than two groups can be told
    apart; `p`: of that test, raised for the number of groupings asked about.
    """

    grouping: Grouping
    within: int
    groups: tuple[GroupWait, ...]
    too_few: int
    not_told: int
    test: LogRank | None
    p: float | None

    @property
    def differs(self) -> bool:
        """True when the groups differ more than chance would explain."""
        return self.p is not None and self.p < TELLING

    @property
    def sentence(self) -> str:
        """What the comparison shows, by rule."""
        if self.p is None:
            return f"Too few families can be told apart by {self.grouping.words} to compare their waits."
        if not self.differs:
            return f"Waits by {self.grouping.words} differ no more than chance would explain."
        longest, shortest = self.groups[0], self.groups[-1]
        return (
            f"By {self.grouping.words}, families wait longest in the group {_told(longest)} of the first {self.within} "
            f"from acceptance, and shortest in the group {_told(shortest)}; the groups differ more than chance would "
            "explain, which does not say why."
        )


def _told(group: GroupWait) -> str:
    return f"{group.label}: {group.mean.mean:.0f} days (95% interval {group.mean.lower:.0f} to {group.mean.upper:.0f})"


def comparisons(waits: Waits, names: Sequence[str] = tuple(GROUPINGS)) -> tuple[Comparison, ...]:
    """The groups of each grouping compared; p is raised by Holm's rule for how many comparisons could be made.

    Days on the list are counted to whatever takes a family off it, so no ending is taken for "not seen", and the log-rank
    test compares the pace at which families go off the list. Raises KeyError for a grouping there is not.
    """
    made = [_compared(waits, GROUPINGS[name]) for name in names]
    tested = [each.test.p for each in made if each.test]
    raised = iter(holm(tested).tolist())
    return tuple(replace(each, p=next(raised)) if each.test else each for each in made)


def _compared(waits: Waits, grouping: Grouping) -> Comparison:
    values = waits.groups[grouping.name]
    told = ~np.isin(values, NO_GROUP)
    names, counts = np.unique(values[told], return_counts=True)
    large = list(names[counts >= FEWEST])
    curves = {name: _curve(waits.only(values == name)) for name in large}
    within = int(min([WITHIN, *(_followed(curve) for curve in curves.values())]))
    empty = Comparison(grouping, within, (), int(counts[counts < FEWEST].sum()), int(np.sum(~told)), None, None)
    if within < SHORTEST_WITHIN:
        return empty
    groups = sorted(_groups(waits, values, curves, grouping, within), key=lambda each: -each.mean.mean)
    kept = np.isin(values, large)
    test = log_rank(waits.days[kept], waits.ending[kept] > 0, values[kept].astype(str)) if len(large) > 1 else None
    return replace(empty, groups=tuple(groups), test=test)


def _groups(
    waits: Waits, values: NDArray[Any], curves: dict[str, KaplanMeier], grouping: Grouping, within: int
) -> Iterator[GroupWait]:
    for name, curve in curves.items():
        mine = waits.only(values == name)
        by_day = shares_at(mine, SHARES_AT)
        yield GroupWait(
            value=name,
            label=grouping.label(name),
            waits=len(mine),
            ended=int(curve.events.sum()),
            mean=restricted_mean(curve, within),
            median=curve.median(),
            allocated=by_day[Ending.ALLOCATED],
            escalated=by_day[Ending.ESCALATED],
        )


def _curve(waits: Waits) -> KaplanMeier:
    return kaplan_meier(waits.days, waits.ending > 0)


def _followed(curve: KaplanMeier) -> float:
    """The last day on which the curve is known; without end once nobody is left."""
    return WITHIN if curve.survival.size and curve.survival[-1] == 0 else curve.last_day
