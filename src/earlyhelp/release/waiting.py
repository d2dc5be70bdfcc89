"""The waiting-harm clock on its way out: each count, curve and sentence only where enough families stand behind it.

Days lie within each other: of two that tell of the same ending, the shorter is hidden where few came between. Shares have the
policy's rounding, and means a tenth of a day, since times their waits they are a sum of days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from earlyhelp.measures.waiting import Comparison, EndedBy, Ending, Endings, Forecast, GroupWait, Waiting
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status

Row = Mapping[str, Any]
_DECIMALS = 1
"""Of a mean of days."""


@dataclass(frozen=True)
class ReleasedWaiting:
    """What may be shown of the list. What is hidden is None in its row, and no sentence tells it.

    `endings`: a row for each way a wait ends and each day told of; `groups`: a row a group; `ahead`: a row a scenario.
    `since`, `as_at`: the days within which the waits of the groups began, and the day of the list. `status`: `no_data`
    where nobody can tell who waits, and then `answer` says why.
    """

    status: Status
    answer: tuple[str, ...]
    caveats: tuple[str, ...]
    waiting_now: float | None = None
    endings: tuple[Row, ...] = ()
    groups: tuple[Row, ...] = ()
    ahead: tuple[Row, ...] = ()
    since: date | None = None
    as_at: date | None = None


def publish_waiting(found: Waiting, policy: Policy) -> ReleasedWaiting:
    """The clock as it may be shown under a policy."""
    if found.status != Status.OK or found.endings is None or found.forecast is None or found.now is None:
        return ReleasedWaiting(Status.NO_DATA, (found.why_no_data,), (*_left_out(found, policy), *found.caveats))
    compared = found.groups or ()
    few_wait = policy.hides(found.now.waits)
    answer = (
        *_of_endings(found.endings, policy),
        *(each.sentence for each in compared if each.differs and _may_be_told(each, policy)),
        *(() if few_wait else found.forecast.sentences),
    )
    return ReleasedWaiting(
        Status.OK,
        answer or ("There are too few families to say anything.",),
        (*_left_out(found, policy), *found.caveats, *found.forecast.assumptions, *found.forecast.cannot_be_known),
        waiting_now=None if few_wait else policy.rounded(found.now.waits),
        endings=tuple(
            _ending(each, policy, hidden=hidden)
            for each, hidden in zip(found.endings.shares, _hidden(found.endings.shares, policy), strict=True)
        ),
        groups=tuple(_group(each, group, policy) for each in compared for group in each.groups),
        ahead=() if few_wait else tuple(_scenarios(found.forecast, policy)),
        since=found.first_day,
        as_at=found.as_at,
    )


def _left_out(found: Waiting, policy: Policy) -> Iterable[str]:
    """What was left out and why; how much of it only where that is not few."""
    for reason, count in found.left_out.items():
        if policy.hides(count):
            yield f"Left out, and too few to say how many: {reason}."
        elif count:
            yield f"Left out: {policy.rounded(count):,.0f} {reason}."


def _of_endings(endings: Endings, policy: Policy) -> Iterable[str]:
    """The sentences of what became of families: of those allocated, and of those who escalated."""
    allocated, *escalated = endings.sentences
    if not policy.hides(endings.served.allocated):
        yield allocated
    told = zip(endings.shares, _hidden(endings.shares, policy), strict=True)
    if not any(hidden and each.ending is Ending.ESCALATED and each.share is not None for each, hidden in told):
        yield from escalated


def _hidden(shares: Sequence[EndedBy], policy: Policy) -> list[bool]:
    """Which shares may not be shown: of few, or where few came between its day and the next that is shown of the ending."""
    hidden = [policy.hides(each.events) or policy.hides(each.of) for each in shares]
    longer: dict[Ending, int] = {}
    for place in sorted(range(len(shares)), key=lambda at: -shares[at].day):
        each = shares[place]
        if each.share is None or hidden[place]:
            continue
        between = longer.get(each.ending, each.events) - each.events
        hidden[place] = not policy.round_to and policy.hides(between)
        longer[each.ending] = longer[each.ending] if hidden[place] else each.events
    return hidden


def _ending(ended: EndedBy, policy: Policy, *, hidden: bool) -> Row:
    about = {"ending": ended.ending.name.lower(), "day": ended.day}
    if ended.share is None:
        return about | {"share": None, "lower": None, "upper": None, "status": str(Status.NOT_MATURE)}
    if hidden:
        return about | {"share": None, "lower": None, "upper": None, "status": str(Status.SUPPRESSED)}
    share = policy.rounded(ended.share * ended.of) / policy.rounded(ended.of)
    lower, upper = (_moved(each, share - ended.share) for each in (ended.lower, ended.upper))
    return about | {"share": share, "lower": lower, "upper": upper, "status": str(Status.OK)}


def _moved(bound: float | None, far: float) -> float | None:
    """A bound moved as far as the rounding moved its share, so that it does not undo it."""
    return None if bound is None else min(max(bound + far, 0.0), 1.0)


def _may_be_told(compared: Comparison, policy: Policy) -> bool:
    """Whether the sentence's two groups, the first and the last, both have enough waits."""
    return not any(_hides_group(group, policy) for group in (compared.groups[0], compared.groups[-1]))


def _hides_group(group: GroupWait, policy: Policy) -> bool:
    return policy.hides(group.waits) or policy.hides(group.ended)


def _group(compared: Comparison, group: GroupWait, policy: Policy) -> Row:
    hidden = _hides_group(group, policy)
    days = (group.mean.mean, group.mean.lower, group.mean.upper)
    mean = (None, None, None) if hidden else tuple(round(each, _DECIMALS) for each in days)
    return {
        "by": compared.grouping.name,
        "group": group.value,
        "group_label": group.label,
        "waits": None if hidden else policy.rounded(group.waits),
        "within_days": compared.within,
        "mean_days": mean[0],
        "lower": mean[1],
        "upper": mean[2],
        "status": str(Status.SUPPRESSED if hidden else Status.OK),
    }


def _scenarios(ahead: Forecast, policy: Policy) -> Iterable[Row]:
    """Each scenario with its ranges; how many would escalate is left out where few ever did."""
    few = policy.hides(ahead.escalations)
    for each in ahead.scenarios:
        yield {
            "extra": each.extra,
            "unit": each.unit,
            "weeks_to_clear": list(each.weeks_to_clear),
            "share_clear": each.share_clear,
            "growth_a_week": list(each.growth),
            "escalated": None if few else list(each.escalated),
            "in_words": each.sentence,
        }
