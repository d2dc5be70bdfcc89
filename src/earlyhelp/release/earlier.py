"""What came before step-ups, on its way out: each figure only where enough families stand behind it.

Where groups of several that add up to a figure told elsewhere are hidden, the next smallest are hidden with them until what
is left proves none of them small. A share is hidden with its count, and where all but a few are in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

import numpy as np

from earlyhelp.evaluate.earlier import RULES, SERIES, SIGNS, Earlier, Missed, Recorded, Unseen, Watched, shrunken, trend
from earlyhelp.evaluate.earlier import Sequence as Order
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status
from earlyhelp.release.secondary import hidden_rows
from earlyhelp.statistics.differences import share_ratio
from earlyhelp.statistics.intervals import wilson

Row = dict[str, Any]


@dataclass(frozen=True)
class ReleasedEarlier:
    """What may be shown. What is hidden is None in its row, whose `status` says so.

    `status`: `no_data` where nothing can be told; then `why_no_data` says what is missing. `first`, `last`: days of the
    step-ups looked back on, of which there are `step_ups`. `standard`: days within which help should begin. `timing`: days
    from the first sign to the step-up, as quartiles. `recorded`: a row a kind of sign; `sequences`: the commonest first, and
    none of few, since that there is such a history would itself tell of somebody;
    `rules`: a row a rule, any rule last; `missed`: a row a rule and year; `unseen`: all, then a row a group; `watched`: a row
    a ward and series, those with more than chance explains first.
    """

    status: Status
    why_no_data: str = ""
    first: date | None = None
    last: date | None = None
    step_ups: float | None = None
    standard: int = 0
    timing: tuple[float, float, float] | None = None
    recorded: tuple[Row, ...] = ()
    sequences: tuple[Row, ...] = ()
    rules: tuple[Row, ...] = ()
    missed: tuple[Row, ...] = ()
    unseen: tuple[Row, ...] = ()
    watched: tuple[Row, ...] = ()


def nothing_earlier(problem: NotEstimable) -> ReleasedEarlier:
    """The answer where nothing can be told: what was found, and what would have to be there."""
    return ReleasedEarlier(Status.NO_DATA, f"{problem.reason} {problem.needed}")


def publish_earlier(found: Earlier, policy: Policy) -> ReleasedEarlier:
    """The answer as it may be shown under a policy."""
    whole = found.unseen[0].step_ups
    sequences = (_sequence(each, policy) for each in found.sequences)
    quartiles = (found.timing.lower_quartile, found.timing.median, found.timing.upper_quartile)
    timed = found.timing.families and not policy.hides(max(found.timing.families // 4, 1))
    return ReleasedEarlier(
        Status.OK,
        first=found.span.first,
        last=found.span.last,
        step_ups=policy.shown(whole),
        standard=found.standard,
        timing=tuple(float(each or 0) for each in quartiles) if timed else None,  # type: ignore[arg-type]
        recorded=tuple(_recorded(each, policy) for each in found.recorded),
        sequences=tuple(row for row in sequences if row["status"] == Status.OK),
        rules=tuple(_rules(found, policy)),
        missed=tuple(_missed(each, policy) for each in found.missed),
        unseen=tuple(_unseen(found.unseen, policy)),
        watched=tuple(sorted((_watched(each, policy) for each in found.watched), key=lambda row: not row["signal"])),
    )


def _few(policy: Policy, some: float, of: float) -> bool:
    """Whether a share may not be shown: its count, what it is of, or all but a few of it."""
    return policy.hides(some) or policy.hides(of) or policy.hides(of - some)


def _share(policy: Policy, some: float, of: float, name: str = "share") -> Row:
    """A share with the bounds of its interval, from the counts as they may be shown; None over nothing."""
    above, below = policy.rounded(some), policy.rounded(of)
    if not below:
        return dict.fromkeys((name, f"{name}_lower", f"{name}_upper"))
    bounds = wilson(above, below)
    return {name: above / below, f"{name}_lower": bounds.lower, f"{name}_upper": bounds.upper}


def _hidden(row: Row, names: Sequence[str]) -> Row:
    return row | dict.fromkeys(names) | {"status": str(Status.SUPPRESSED)}


_COMPARED = ("step_ups", "of_step_ups", "share", "like_share", "ratio", "ratio_lower", "ratio_upper")


def _compared(each: Recorded | Order, policy: Policy) -> Row:
    """Step-ups with something before them, the share of like families with it, and how much more often it was."""
    if _few(policy, each.stepped, each.stepped_of) or policy.hides(each.like) or policy.hides(each.like_of):
        return _hidden({}, _COMPARED)
    stepped, of, like, like_of = map(policy.rounded, (each.stepped, each.stepped_of, each.like, each.like_of))
    ratio = share_ratio(stepped, of, like, like_of)
    told = [None if isnan(value) else value for value in ratio]
    shares = (stepped / of if of else None, like / like_of if like_of else None)
    return {**dict(zip(_COMPARED, (stepped, of, *shares, *told), strict=True)), "status": str(Status.OK)}


def _recorded(each: Recorded, policy: Policy) -> Row:
    sign = SIGNS[each.place]
    return {
        "about": "recorded",
        "sign": sign.name,
        "sign_label": sign.words,
        **_compared(each, policy),
        "since": each.since,
    }


def _sequence(each: Order, policy: Policy) -> Row:
    """A sequence, and what became of all families with it: how many there were, and how many did and did not step up."""
    row = {"about": "sequence", "sequence": each.words, **_compared(each, policy)}
    names = ("families_with_it", "stepped_up", "did_not", "of_100", "of_100_lower", "of_100_upper")
    if _few(policy, each.came, each.past) or row["status"] != Status.OK:
        return {**row, **dict.fromkeys(names)}
    past, came = policy.rounded(each.past), policy.rounded(each.came)
    share = {
        name: None if value is None else 100 * value for name, value in _share(policy, came, past, "of_100").items()
    }
    return {**row, "families_with_it": past, "stepped_up": came, "did_not": past - came, **share}


def _rules(found: Earlier, policy: Policy) -> Iterator[Row]:
    """Each rule with the share of step-ups it came before, and how its share of missed opportunities moved from year to year."""
    told = {rule.name: (rule.event, rule.followed) for rule in RULES} | {"any": ("any of these", "what the rule names")}
    for each in found.shares:
        event, followed = told[each.rule]
        row: Row = {"about": "rule", "rule": each.rule, "rule_label": event, "followed_by": followed}
        few = _few(policy, each.after, each.step_ups)
        counts = {"step_ups_after": None if few else policy.rounded(each.after)}
        share = _share(policy, each.after, each.step_ups)
        yield {
            **row, **counts, **(dict.fromkeys(share) if few else share),
            **_trend([one for one in found.missed if one.rule == each.rule and one.mature], policy),
            "status": str(Status.SUPPRESSED if few else Status.OK),
        }  # fmt: skip


def _trend(years: Sequence[Missed], policy: Policy) -> Row:
    """The change of the share a year; None where a year is missing or hidden, or there are too few."""
    names = ("change_a_year", "change_lower", "change_upper")
    gaps = years and years[-1].year.year - years[0].year.year != len(years) - 1
    if gaps or any(_few(policy, each.followed, each.families) for each in years):
        return dict.fromkeys(names)
    counts = [(policy.rounded(each.followed), policy.rounded(each.families)) for each in years]
    try:
        slope = trend([int(some) for some, _ in counts], [int(of) for _, of in counts])
    except NotEstimable:
        return dict.fromkeys(names)
    return dict(zip(names, (slope.estimate, slope.lower, slope.upper), strict=True))


def _missed(each: Missed, policy: Policy) -> Row:
    event = next(rule.event for rule in RULES if rule.name == each.rule)
    row: Row = {"about": "missed", "rule": each.rule, "rule_label": event, "year_from": each.year}
    names = ("families", "followed", "share", "share_lower", "share_upper")
    if not each.mature:
        return {**row, **dict.fromkeys(names), "status": str(Status.NOT_MATURE)}
    if _few(policy, each.followed, each.families):
        return {**row, **_hidden({}, names)}
    counts = {"families": policy.rounded(each.families), "followed": policy.rounded(each.followed)}
    return {**row, **counts, **_share(policy, each.followed, each.families), "status": str(Status.OK)}


def _unseen(groups: Sequence[Unseen], policy: Policy) -> Iterator[Row]:
    """All, then every group; a shrunken share where the groups of a kind that may be shown can be compared."""
    hidden = too_few(groups, policy)
    for by in dict.fromkeys(each.by for each in groups):
        mine = [(each, few) for each, few in zip(groups, hidden, strict=True) if each.by == by]
        nearer = iter(_shrunken([each for each, few in mine if not few], policy))
        for each, few in mine:
            row: Row = {"about": "unseen", "by": each.by, "group": each.group, "group_label": each.label or "all"}
            names = (
                "step_ups",
                "unseen",
                "share",
                "share_lower",
                "share_upper",
                "shrunken",
                "shrunken_lower",
                "shrunken_upper",
            )
            if few:
                yield {**row, **_hidden({}, names)}
                continue
            counts = {"step_ups": policy.rounded(each.step_ups), "unseen": policy.rounded(each.unseen)}
            share = _share(policy, each.unseen, each.step_ups)
            yield {**row, **counts, **share, **next(nearer), "status": str(Status.OK)}


def _shrunken(shown: Sequence[Unseen], policy: Policy) -> list[Row]:
    """The shrunken share of each group that is shown, from the counts that are shown alone."""
    names = ("shrunken", "shrunken_lower", "shrunken_upper")
    some = np.array([policy.rounded(each.unseen) for each in shown])
    of = np.array([policy.rounded(each.step_ups) for each in shown])
    try:
        told = shrunken(some, of)
    except NotEstimable:
        return [dict.fromkeys(names) for _ in shown]
    return [{name: float(values[at]) for name, values in zip(names, told, strict=True)} for at in range(len(shown))]


def too_few(groups: Sequence[Unseen], policy: Policy) -> list[bool]:
    """Whether each group is hidden: it, what is unseen in it or what is seen is few, or others beside it would be told.

    Of those that make up a larger one that is shown, the smallest are hidden until what is left of it proves none small. Where
    the larger one is hidden and all of its parts are not, the smallest of them is: they would add up to it.
    """
    hidden = [_few(policy, each.unseen, each.step_ups) for each in groups]
    for by, within in dict.fromkeys(
        (each.by, each.within) for each in groups
    ):  # the larger groups come before their parts
        inside = [at for at, each in enumerate(groups) if (each.by, each.within) == (by, within)]
        whole = [at for at, each in enumerate(groups) if each.by != by and each.group == within]
        shown = [at for at in inside if not hidden[at]]
        if not any(hidden[at] for at in whole):
            told = hidden_rows(_columns(groups, inside), [sum(each) for each in _columns(groups, whole)], policy)
            for at, hide in zip(inside, told, strict=True):
                hidden[at] |= hide
        elif len(shown) == len(inside):
            hidden[min(shown, key=lambda at: (not groups[at].unseen, groups[at].step_ups))] = True
    return hidden


def _columns(groups: Sequence[Unseen], places: Sequence[int]) -> tuple[list[int], list[int]]:
    """What is unseen and what is seen of the groups at these places."""
    mine = [groups[at] for at in places]
    return [each.unseen for each in mine], [each.step_ups - each.unseen for each in mine]


def _watched(each: Watched, policy: Policy) -> Row:
    """The last three months of a ward; a signal only where its count may be shown."""
    few = policy.hides(each.events)
    few_before = few or policy.hides(sum(each.past))
    return {
        "about": "watched",
        "series": each.series,
        "series_label": SERIES[each.series][0],
        "ward_code": each.ward_code,
        "ward_code_label": each.label,
        "first": each.first,
        "last": each.last,
        "events": None if few else policy.rounded(each.events),
        "expected": None if few_before else each.expected,
        "signal": each.is_signal and not few,
        "status": str(Status.SUPPRESSED if few else Status.OK),
    }
