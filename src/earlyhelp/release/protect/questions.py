"""The figures of one question protected together: which further rows to hide, so that totals give no small count away.

A question holds the finest rows; their totals can be asked for beside it. So every total over a split, over several of
them, and over the periods of a quarter, a year and all, is taken as known wherever it is not small itself.

What cannot be seen from here: patterns of two questions are chosen apart, and may differ where one is finer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np

from earlyhelp.measures import Figure, Measure, Statistic, splits_of
from earlyhelp.measures.counting import ENDED, NET, STARTED
from earlyhelp.measures.measure import Flow, Matured
from earlyhelp.release.policy import Policy
from earlyhelp.release.protect.attack import NDArrayInt
from earlyhelp.release.protect.rounding import UNBOUNDED
from earlyhelp.release.protect.suppress import NotProtectable, Problem, fewest_then_least, suppress
from earlyhelp.release.protect.tables import Flags, Floats, Table, groups_of_months, matrix

PARTS_OF_A_WHOLE = (Statistic.SHARE, Statistic.GAP, Statistic.MEDIAN, Statistic.MIX)
"""Statistics whose numerator is never more than its denominator."""


@dataclass(frozen=True)
class Rows:
    """The counts of one kind in the rows of a question, (n,) each.

    `small`: hidden since they are small. `also`: hidden for another reason. `kept`: may not be hidden. `most`: what an
    outsider knows they cannot pass.
    """

    counts: Floats
    small: Flags
    also: Flags
    kept: Flags
    most: Floats


@dataclass(frozen=True)
class Totals:
    """The rows of each total: `all` that can be asked for, and those `within` one period, over splits alone."""

    all: Sequence[NDArrayInt]
    within: Sequence[NDArrayInt]


def also_hidden(
    measure: Measure, figures: Sequence[Figure], suppressed: Sequence[bool], told: Sequence[bool], policy: Policy
) -> tuple[frozenset[int], frozenset[int]]:
    """The further rows to hide, by their places: those whose numerator, and those whose denominator too.

    `suppressed`: rows hidden by themselves; `told`: rows that are shown or suppressed, and not without data. Where no
    choice of rows protects against every total, one is made that protects against those within a period, since a month is
    not to be lost for a year that nobody may ask for; where there is none either, all rows are hidden.

    Places and groups of children that nobody was met of are left out: a count of the same splits has no row for them, so
    that all know them to be nobody's. Their zeros are shown, and change nothing in what else is hidden.
    """
    if not policy.hides_others_too or not any(suppressed):
        return frozenset(), frozenset()
    beside = [figure.dims.get("flow") == NET or not figure.met for figure in figures]
    counted = np.array(told, dtype=bool) & ~np.array(beside)
    groups = Totals(totals(measure, figures, counted), totals(measure, figures, counted, over_time=False))
    hidden = np.array(suppressed, dtype=bool) & counted
    below = _denominators(measure, figures, counted, policy)
    below_too = np.zeros(len(figures), dtype=bool) if below is None else _protected(below, groups, policy)
    lost = below_too if below is None else below_too | below.small
    above = _numerators(measure, figures, hidden | below_too, lost, policy)
    more = below_too if above is None else below_too | _protected(above, groups, policy)
    found = {int(place) for place in np.flatnonzero(more & counted)}
    return frozenset(found | _nets(figures, found)), frozenset(
        int(place) for place in np.flatnonzero(below_too & counted)
    )


def _numerators(measure: Measure, figures: Sequence[Figure], hidden: Flags, lost: Flags, policy: Policy) -> Rows | None:
    if not measure.above.is_count_of_people or measure.statistic in (Statistic.MEAN, Statistic.SLOPE):
        return None
    exact = [figure.numerator or 0 for figure in figures]
    small = np.array([policy.hides(each) for each in exact]) & hidden
    most = np.full(len(figures), UNBOUNDED)
    if measure.statistic in PARTS_OF_A_WHOLE:
        wholes = np.array([figure.denominator or 0 for figure in figures], dtype=np.float64)
        most = np.where(lost, UNBOUNDED, wholes)
    reference = [bool(measure.reference) and figure.dims.get(measure.along) == measure.reference for figure in figures]
    return Rows(np.rint(exact), small, hidden & ~small, np.array(reference), most)


def _denominators(measure: Measure, figures: Sequence[Figure], counted: Flags, policy: Policy) -> Rows | None:
    """None where there are none, where they are a total of the numerators, and where they are children of an area."""
    statistic = measure.statistic
    if not measure.below.is_count_of_people or statistic.is_of_children or statistic is Statistic.MIX:
        return None
    if all(figure.denominator is None for figure in figures):
        return None
    exact = [figure.denominator or 0 for figure in figures]
    small = np.array([policy.hides(each) for each in exact]) & counted
    nothing = np.zeros(len(figures), dtype=bool)
    return Rows(np.rint(exact), small, nothing, nothing, np.full(len(figures), UNBOUNDED))


def _nets(figures: Sequence[Figure], hidden: set[int]) -> set[int]:
    """The nets one part of which is hidden: the other would give it away."""
    others = {_beside(figures[place]) for place in hidden if figures[place].dims.get("flow") in (STARTED, ENDED)}
    return {
        place
        for place, figure in enumerate(figures)
        if others and figure.dims.get("flow") == NET and _beside(figure) in others
    }


def _beside(figure: Figure) -> tuple[object, ...]:
    return (figure.period, *sorted((name, code) for name, code in figure.dims.items() if name != "flow"))


def _protected(rows: Rows, groups: Totals, policy: Policy) -> Flags:
    """Which further rows to hide, (n,); all rows where no choice protects."""
    for totalled in (groups.all, groups.within):
        found = protected(rows, totalled, policy)
        if found is not None:
            return found
    return np.ones(len(rows.counts), dtype=bool)


def totals(measure: Measure, figures: Sequence[Figure], counted: Flags, *, over_time: bool = True) -> list[NDArrayInt]:
    """The rows that each total is the sum of, by their places; a total of one row is that row and left out.

    over_time: totals of months too: of the quarter, the year and the whole.
    Codes of which one record may have several do not add up, nor do counts of what is open at
    several days.
    """
    splits = splits_of(measure)
    names = [name for name in (figures[0].dims if figures else ()) if name in splits]
    summed = [name for name in names if name in measure.always_by or not splits[name].many]
    if measure.statistic is Statistic.BALANCE:
        summed = [name for name in summed if name != "flow"]
    axes = {name: _coded([figure.dims[name] for figure in figures]) for name in names}
    times = _times(measure, figures)[: None if over_time else 1]
    rows = np.flatnonzero(counted)
    complete = np.array([figure.mature for figure in figures])
    found: dict[bytes, NDArrayInt] = {}
    for over in chain.from_iterable(combinations(summed, many) for many in range(len(summed) + 1)):
        kept = [axes[name] for name in names if name not in over]
        for time in times if over else times[1:]:
            for group in _alike([*kept, time], rows):
                if len(group) > 1 and complete[group].all():
                    found.setdefault(group.tobytes(), group)
    return list(found.values())


def _coded(values: Sequence[object]) -> NDArrayInt:
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return np.array([places[value] for value in values], dtype=np.int64)


def _times(measure: Measure, figures: Sequence[Figure]) -> list[NDArrayInt]:
    """The period of each row; then the quarter, the year and the whole it is summed to, -1 for rows of none."""
    own = _coded([figure.period for figure in figures])
    periods = list(dict.fromkeys(figure.period for figure in figures))
    if not isinstance(measure.time, Flow | Matured) or len(periods) < 2:
        return [own]
    listed = [each for each in periods if each is not None]
    found = [own]
    for group in groups_of_months(listed):
        among = np.isin(own, group)
        found.append(np.where(among, 0, -1 - own))
    return found


def _alike(axes: Sequence[NDArrayInt], rows: NDArrayInt) -> Iterator[NDArrayInt]:
    """The rows that agree on every axis, group by group."""
    together = np.zeros(len(rows), dtype=np.int64)
    for axis in axes:
        own = axis[rows] - axis[rows].min() if len(rows) else axis[rows]
        together = np.unique(together * (own.max(initial=0) + 1) + own, return_inverse=True)[1]
    order = np.argsort(together, kind="stable")
    starts = np.flatnonzero(np.diff(together[order])) + 1
    yield from (rows[each] for each in np.split(order, starts))


def protected(rows: Rows, groups: Sequence[NDArrayInt], policy: Policy) -> Flags | None:
    """Which further rows to hide, (n,); None where no choice of rows protects."""
    if not rows.small.any() or not groups:
        return np.zeros(len(rows.counts), dtype=bool)
    tight = _in_tight_totals(rows, groups, policy)
    if not tight.any() and np.bincount(np.concatenate(groups), minlength=len(rows.counts)).max() <= 1:
        found = _one_by_one(rows, groups, policy)
        if found is not None:
            return found
    everywhere = np.ones(len(rows.counts), dtype=bool)
    for may_be_zero in (tight, everywhere):
        try:
            hidden = suppress(_problem(rows, groups, policy, tight, may_be_zero)).hidden[: len(rows.counts)]
        except NotProtectable:
            continue
        if may_be_zero is tight or np.any(hidden & (rows.counts == 0)):  # else nobody need suppose hidden zeros
            return hidden & ~rows.small & ~rows.also
    return None


def _in_tight_totals(rows: Rows, groups: Sequence[NDArrayInt], policy: Policy) -> Flags:
    """The rows of totals so small that, were zeros shown, their parts would be proved small (7 of three months).

    Whoever sees the total knows that it is tight, so that its hidden rows may be zeros.
    """
    tight = np.zeros(len(rows.counts), dtype=bool)
    for group in groups:
        total = rows.counts[group].sum()
        if rows.small[group].any() and not policy.hides(total) and total - (len(group) - 1) <= policy.highest:
            tight[group] = True
    return tight


def _problem(rows: Rows, groups: Sequence[NDArrayInt], policy: Policy, tight: Flags, may_be_zero: Flags) -> Problem:
    """Rows and the totals they may be told beside, which are hidden only where they are small themselves.

    `tight`: where zeros are hidden; `may_be_zero`: where they may be, so that what is hidden there may be one.
    """
    size, many = len(rows.counts), len(groups)
    sums = np.array([rows.counts[group].sum() for group in groups])
    relations = [[*((int(each), 1.0) for each in group), (size + at, -1.0)] for at, group in enumerate(groups)]
    values = np.r_[rows.counts, sums]
    small = np.r_[rows.small, [policy.hides(each) for each in sums]]
    tight_zeros = tight & (rows.counts == 0)
    also = np.r_[rows.also | tight_zeros, np.zeros(many, dtype=bool)]
    open_rows = ~rows.kept & ((rows.counts != 0) | (may_be_zero & ~tight))
    open_to_hiding = np.r_[open_rows, np.zeros(many, dtype=bool)] & ~small & ~also
    table = Table(range(size + many), values, matrix(relations, size + many))
    least = np.minimum(1.0, np.abs(values))
    least[:size][rows.also | may_be_zero] = 0.0
    most = np.r_[rows.most, np.full(many, UNBOUNDED)]
    weights = fewest_then_least(values)
    return Problem(table, small, open_to_hiding, weights, least, most, (policy.lowest, policy.highest), also)


def _one_by_one(rows: Rows, groups: Sequence[NDArrayInt], policy: Policy) -> Flags | None:
    """Totals that share no row: the smallest further rows of each. None where some total cannot be protected so."""
    hidden = rows.small | rows.also
    more = np.zeros(len(hidden), dtype=bool)
    for group in groups:
        if not rows.small[group].any() or policy.hides(rows.counts[group].sum()):
            continue
        open_rows = group[(rows.counts[group] > 0) & ~hidden[group] & ~rows.kept[group]]
        waiting = list(open_rows[np.argsort(rows.counts[open_rows], kind="stable")])
        while not _is_safe(rows, group[(hidden | more)[group]], policy):
            if not waiting:
                return None
            more[waiting.pop(0)] = True
    return more


def _is_safe(rows: Rows, hidden: NDArrayInt, policy: Policy) -> bool:
    """Whether each small row may be beyond the hidden range and as low as can be, given the sum of the hidden rows.

    A row is the sum less the others: at most where they are least, at least where they are most.
    """
    counts = rows.counts[hidden]
    least = np.where(rows.also[hidden], 0.0, np.minimum(1.0, counts))
    highest = np.minimum(rows.most[hidden], least + (counts - least).sum())
    room = np.minimum(rows.most[hidden] - counts, counts.sum())
    lowest = np.maximum(least, counts - (room.sum() - room))
    small = rows.small[hidden]
    return bool(np.all((highest > policy.highest)[small] & (lowest <= policy.lowest)[small]))
