"""What is recorded after signs of poverty, on its way out: each figure only where enough families stand behind it.

Where one group of a grouping is hidden, the next smallest is hidden with it, since what is left of the total would tell
the first. What is compared with (like families) is a weighted share of many and is not hidden by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.poverty import (
    ANY,
    AROUND,
    MAIN,
    OUTCOMES,
    SIGNALS,
    Demand,
    Followed,
    Group,
    Poverty,
    RuleForGroup,
    tells,
)
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status
from earlyhelp.standard import codelists
from earlyhelp.statistics.intervals import wilson

Row = Mapping[str, Any]
MORE, FEWER, NO_DIFFERENCE, MOVING, TOO_FEW = "more", "fewer", "no difference shown", "already moving before", "too few"
"""What may be said of one kind of event after one kind of shock."""
BY_MONTH = ("request", "accepted")
"""What is told month by month."""
DETECTABLE = 2.8
"""A change of so many standard errors is found four times in five (5 per cent two-sided, power of 80 per cent)."""


@dataclass(frozen=True)
class ReleasedPoverty:
    """What may be shown. What is hidden is None in its row, whose `status` says so.

    `status`: `no_data` where the study cannot be made; then `why_no_data` says what is missing. `months`: of records.
    `after`: a row a kind of shock and event (of needs only those with a change); `pooled`: of the `steady` kinds together;
    `moving`: kinds before which requests were already moving apart; `apart`: a row a kind of families who had more or fewer
    requests all along. `groups`: of families; `differing`: groupings between
    which it differs. `by_month`, `demand`, `rule`: rows. `tested`: how many comparisons sentences are chosen from.
    `listed_now`: families that the worklist's rule lists.
    """

    status: Status
    why_no_data: str = ""
    months: int = 0
    tested: int = 0
    after: tuple[Row, ...] = ()
    pooled: tuple[Row, ...] = ()
    steady: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()
    apart: tuple[Row, ...] = ()
    groups: tuple[Row, ...] = ()
    differing: tuple[tuple[str, str], ...] = ()
    by_month: tuple[Row, ...] = ()
    demand: tuple[Row, ...] = ()
    rule: tuple[Row, ...] = ()
    listed_now: float | None = None


def no_poverty_study(problem: NotEstimable) -> ReleasedPoverty:
    """The answer where the study cannot be made: what was found, and what would have to be there."""
    return ReleasedPoverty(Status.NO_DATA, f"{problem.reason} {problem.needed}")


def publish_poverty(found: Poverty, policy: Policy) -> ReleasedPoverty:
    """The study as it may be shown under a policy."""
    told = list(zip(found.followed, found.q, strict=True))
    shown = [(each, q) for each, q in told if each.outcome in MAIN or tells(each, q)]
    now = found.rule.listed_now
    return ReleasedPoverty(
        Status.OK,
        months=found.months,
        tested=sum(each.outcome in MAIN and not _unfit(each, found.moving) for each in found.followed),
        after=tuple(_after(each, q, found.moving, policy) for each, q in shown),
        pooled=tuple(_how_soon(each, q, policy) for each, q in zip(found.pooled, found.pooled_q, strict=True)),
        steady=tuple(SIGNALS[name].words for name in found.steady),
        moving=tuple(SIGNALS[name].words for name in found.moving),
        apart=tuple(_apart(found.followed, policy)),
        groups=tuple(_groups(found.groups, policy)),
        differing=tuple(
            (each.grouping.words, OUTCOMES[each.outcome].words) for each in found.differences if each.p < 0.05
        ),
        by_month=tuple(_by_month(found.pooled, policy)),
        demand=tuple(_demand(each, policy) for each in found.demand),
        rule=tuple(_rule(found.rule.groups, policy)),
        listed_now=policy.shown(now),
    )


def _is_hidden(found: Followed, policy: Policy) -> bool:
    return policy.hides(found.shocks) or policy.hides(found.families_after)


def _apart(followed: Sequence[Followed], policy: Policy) -> Iterable[Row]:
    """The year before shocks of families who had not been like those compared with: shares with a request."""
    for each in followed:
        few = policy.hides(each.shocks) or policy.hides(each.families_before)
        if each.outcome == "request" and each.is_enough and not each.was_alike and not few:
            yield {"shock": SIGNALS[each.shock].words, "before": each.before.struck, "before_like": each.before.like}


def _unfit(found: Followed, moving: Sequence[str]) -> str:
    """Why nothing can be said of it; nothing where something can."""
    if not found.is_enough:
        return TOO_FEW
    return MOVING if found.shock in moving or not found.was_on_the_same_path else ""


def _verdict(found: Followed, q: float, moving: Sequence[str]) -> str:
    if unfit := _unfit(found, moving):
        return unfit
    if not tells(found, q):
        return NO_DIFFERENCE
    return MORE if found.change.estimate > 0 else FEWER


def _figures(found: Followed, policy: Policy, *, hidden: bool) -> dict[str, Any]:
    """Counts, shares, the change with its bounds, and the smallest change that could have been found."""
    names = ("shocks", "families_after", "share", "expected", "change", "lower", "upper", "detectable")
    if hidden:
        return {**dict.fromkeys(names), "status": str(Status.SUPPRESSED)}
    shocks, after = policy.rounded(found.shocks), policy.rounded(found.families_after)
    change = found.change
    values = (shocks, after, after / shocks, found.expected, change.estimate, change.lower, change.upper)
    told = (_or_none(each) for each in (*values, DETECTABLE * change.standard_error))
    return {**dict(zip(names, told, strict=True)), "status": str(Status.OK)}


def _or_none(value: float) -> float | None:
    """The figure; None for one that cannot be worked out, such as the bounds of a single family's change."""
    return None if isnan(value) else value


def _after(found: Followed, q: float, moving: Sequence[str], policy: Policy) -> Row:
    hidden = _is_hidden(found, policy)
    return {
        "about": "shock",
        "shock": found.shock,
        "shock_label": codelists.partner_event_types.label(found.shock),
        "outcome": found.outcome,
        "outcome_label": OUTCOMES[found.outcome].words,
        **_figures(found, policy, hidden=hidden),
        "verdict": None if hidden else _verdict(found, q, moving),
    }


def _how_soon(found: Followed, q: float, policy: Policy) -> Row:
    """Shares within three, six and twelve months, of families with a shock and of those like them."""
    hidden = _is_hidden(found, policy)
    soon = {"within_3": found.within_3, "within_6": found.within_6, "within_12": found.within_12}
    row: dict[str, Any] = {
        "about": "how soon",
        "outcome": found.outcome,
        "outcome_label": OUTCOMES[found.outcome].words,
    }
    row["shocks"] = None if hidden else policy.rounded(found.shocks)
    for name, shares in soon.items():
        few = hidden or policy.hides(round(shares.struck * found.shocks))
        row[name], row[f"{name}_like"] = (None, None) if few else shares
    whole = (found.change.estimate, found.change.lower, found.change.upper)
    change = (None, None, None) if hidden else tuple(_or_none(each) for each in whole)
    row |= dict(zip(("change", "lower", "upper"), change, strict=True))
    row["verdict"] = None if hidden else _verdict(found, q, ())
    return row | {"status": str(Status.SUPPRESSED if hidden else Status.OK)}


def _groups(found: Sequence[Group], policy: Policy) -> Iterable[Row]:
    """Each group, by grouping and event; where one is hidden, so is the next smallest."""
    for outcome in dict.fromkeys(each.followed.outcome for each in found):
        for grouping in dict.fromkeys(each.grouping for each in found):
            mine = [each for each in found if each.grouping is grouping and each.followed.outcome == outcome]
            hidden = _with_a_second(
                [_is_hidden(each.followed, policy) for each in mine], [each.followed.families_after for each in mine]
            )
            for each, is_hidden in zip(mine, hidden, strict=True):
                yield {
                    "about": "group",
                    "by": grouping.name,
                    "group": each.label,
                    "outcome": outcome,
                    "outcome_label": OUTCOMES[outcome].words,
                    **_figures(each.followed, policy, hidden=is_hidden),
                }


def _with_a_second(hidden: Sequence[bool], sizes: Sequence[float]) -> list[bool]:
    """What is hidden, and where it is a single one, the smallest of the others with it."""
    both = list(hidden)
    others = [place for place, is_hidden in enumerate(both) if not is_hidden and sizes[place]]
    if sum(both) == 1 and others:
        both[min(others, key=lambda place: sizes[place])] = True
    return both


def _by_month(pooled: Sequence[Followed], policy: Policy) -> Iterable[Row]:
    told = {each.outcome: each for each in pooled if each.outcome in BY_MONTH and not _is_hidden(each, policy)}
    for place, month in enumerate(AROUND if told else ()):
        row: dict[str, Any] = {"about": "month", "month": month}
        for name in BY_MONTH:
            shares = told[name].curve[place] if name in told else None
            few = shares is None or policy.hides(round(shares.struck * told[name].shocks))
            row[name], row[f"{name}_like"] = (None, None) if few or shares is None else shares
        yield row


def _demand(found: Demand, policy: Policy) -> Row:
    hidden = policy.hides(found.accepted) or policy.hides(found.after)
    names = ("accepted", "after", "share", "lower", "upper", "beyond", "beyond_lower", "beyond_upper", "families_share")
    about = {
        "about": "demand",
        "shock": found.shock,
        "shock_label": "Any sign of poverty"
        if found.shock == ANY
        else codelists.partner_event_types.label(found.shock),
        "months": found.months,
    }
    if hidden:
        return about | dict.fromkeys(names) | {"status": str(Status.SUPPRESSED)}
    accepted, after = policy.rounded(found.accepted), policy.rounded(found.after)
    bounds, beyond = wilson(after, accepted), found.beyond
    values = (accepted, after, after / accepted, bounds.lower, bounds.upper, *beyond[1:2], beyond.lower, beyond.upper)
    exposed = found.exposed / found.families if found.families else None
    return about | dict(zip(names, (*values, exposed), strict=True)) | {"status": str(Status.OK)}


def _rule(found: Sequence[RuleForGroup], policy: Policy) -> Iterable[Row]:
    """How the worklist's rule would have done, by group; precision and recall are hidden apart from each other."""
    for by in dict.fromkeys(each.by for each in found):
        mine = [each for each in found if each.by == by]
        parts = [
            _shares(mine, "precision", [(each.listed_came, each.listed) for each in mine], policy),
            _shares(mine, "recall", [(each.found, each.started) for each in mine], policy),
            _shares(mine, "of_all_families", [(each.came, each.families) for each in mine], policy),
        ]
        for each, *told in zip(mine, *parts, strict=True):
            row: dict[str, Any] = {"about": "rule", "by": by, "group": each.group}
            for part in told:
                row |= part
            yield row


def _shares(groups: Sequence[RuleForGroup], name: str, counts: Sequence[tuple[int, int]], policy: Policy) -> list[Row]:
    hidden = _with_a_second(
        [policy.hides(some) or policy.hides(of) for some, of in counts], [min(each) for each in counts]
    )
    columns = (f"{name}_of", name, f"{name}_lower", f"{name}_upper")
    rows: list[Row] = []
    for (some, of), is_hidden in zip(counts, hidden, strict=True):
        if is_hidden or not of:
            rows.append(dict.fromkeys(columns))
            continue
        above, below = policy.rounded(some), policy.rounded(of)
        bounds = wilson(above, below)
        rows.append(dict(zip(columns, (below, above / below, bounds.lower, bounds.upper), strict=True)))
    return rows
