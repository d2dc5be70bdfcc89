"""What is recorded after signs of poverty, on its way out: each figure only where enough families stand behind it.

Where groups of a grouping are hidden, the next smallest are hidden with them until what is left of the total tells of none
that it is small; families in no group count as one that is never shown. A shorter span is told only where not few came
between it and the next. What is compared with (like families) is a weighted share of many and is not hidden by itself;
shares are those of the counts that are shown, and a change moves with its share, so that neither undoes the rounding.
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
from earlyhelp.release.secondary import hidden_rows
from earlyhelp.standard import codelists
from earlyhelp.statistics.intervals import wilson

Row = Mapping[str, Any]
MORE, FEWER, NO_DIFFERENCE, MOVING, TOO_FEW = "more", "fewer", "no difference shown", "already moving before", "too few"
"""What may be said of one kind of event after one kind of shock."""
ALL = "all"
"""The grouping of the rule that holds every family."""
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
        after=tuple(_of_shocks(shown, found, policy)),
        pooled=tuple(_how_soon(each, q, policy) for each, q in zip(found.pooled, found.pooled_q, strict=True)),
        steady=tuple(SIGNALS[name].words for name in found.steady),
        moving=tuple(SIGNALS[name].words for name in found.moving),
        apart=tuple(_apart(found.followed, policy)),
        groups=tuple(_groups(found.groups, {each.outcome: each for each in found.pooled}, policy)),
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
    share = _share(found.families_after / found.shocks, found, policy)
    values = (shocks, after, share, found.expected, *_change(found, share - found.families_after / found.shocks))
    told = (_or_none(each) for each in (*values, DETECTABLE * found.change.standard_error))
    return {**dict(zip(names, told, strict=True)), "status": str(Status.OK)}


def _share(exact: float, found: Followed, policy: Policy) -> float:
    """That share of the shocks as the counts that are shown give it."""
    return policy.rounded(round(exact * found.shocks)) / policy.rounded(found.shocks)


def _change(found: Followed, moved: float) -> tuple[float, float, float]:
    """The change with its bounds, moved as far as the rounding moved the share: their difference is what was expected."""
    return found.change.estimate + moved, found.change.lower + moved, found.change.upper + moved


def _or_none(value: float) -> float | None:
    """The figure; None for one that cannot be worked out, such as the bounds of a single family's change."""
    return None if isnan(value) else value


def _of_shocks(shown: Sequence[tuple[Followed, float]], found: Poverty, policy: Policy) -> Iterable[Row]:
    """A row a kind of shock and event. The kinds that are told of together are parts of that total."""
    hidden: dict[tuple[str, str], bool] = {}
    for outcome in dict.fromkeys(each.outcome for each, _ in shown):
        mine = [each for each, _ in shown if each.outcome == outcome and each.shock in found.steady]
        hides = _hidden_parts(mine, None, policy)
        hidden |= {(each.shock, outcome): hide for each, hide in zip(mine, hides, strict=True)}
    for each, q in shown:
        hide = hidden.get((each.shock, each.outcome), _is_hidden(each, policy))
        yield _after(each, q, found.moving, policy, hidden=hide)


def _after(found: Followed, q: float, moving: Sequence[str], policy: Policy, *, hidden: bool) -> Row:
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
    row: dict[str, Any] = {
        "about": "how soon",
        "outcome": found.outcome,
        "outcome_label": OUTCOMES[found.outcome].words,
    }
    row["shocks"] = None if hidden else policy.rounded(found.shocks)
    row |= _within(found, policy, hidden=hidden)
    moved = _share(found.within_12.struck, found, policy) - found.within_12.struck if found.shocks else 0.0
    change = (None, None, None) if hidden else tuple(_or_none(each) for each in _change(found, moved))
    row |= dict(zip(("change", "lower", "upper"), change, strict=True))
    row["verdict"] = None if hidden else _verdict(found, q, ())
    return row | {"status": str(Status.SUPPRESSED if hidden else Status.OK)}


def _within(found: Followed, policy: Policy, *, hidden: bool) -> Row:
    """The shares of each span. One is told where neither its families are few nor those that the next span told has more."""
    told: dict[str, float | None] = {}
    longer: int | None = None
    for months, shares in ((12, found.within_12), (6, found.within_6), (3, found.within_3)):
        families = round(shares.struck * found.shocks)
        few = hidden or policy.hides(families) or (longer is not None and _tells_between(families, longer, policy))
        share = None if few else _share(shares.struck, found, policy)
        told |= {f"within_{months}": share, f"within_{months}_like": None if few else shares.like}
        longer = longer if few else families
    return told


def _tells_between(shorter: int, longer: int, policy: Policy) -> bool:
    """Whether two counts, one within the other, tell by their difference of few."""
    return not policy.round_to and policy.hides(longer - shorter)


def _groups(found: Sequence[Group], together: Mapping[str, Followed], policy: Policy) -> Iterable[Row]:
    """Each group, by grouping and event; where some are hidden, so are the next smallest."""
    for outcome in dict.fromkeys(each.followed.outcome for each in found):
        for grouping in dict.fromkeys(each.grouping for each in found):
            mine = [each for each in found if each.grouping is grouping and each.followed.outcome == outcome]
            hidden = _hidden_parts([each.followed for each in mine], together.get(outcome), policy)
            for each, is_hidden in zip(mine, hidden, strict=True):
                yield {
                    "about": "group",
                    "by": grouping.name,
                    "group": each.label,
                    "outcome": outcome,
                    "outcome_label": OUTCOMES[outcome].words,
                    **_figures(each.followed, policy, hidden=is_hidden),
                }


def _hidden_parts(parts: Sequence[Followed], whole: Followed | None, policy: Policy) -> list[bool]:
    """Which parts of the families followed are hidden: those few, and others so that the whole tells none of them."""
    after, shocks = [each.families_after for each in parts], [each.shocks for each in parts]
    wholes = (None, None) if whole is None else (whole.families_after, whole.shocks)
    return hidden_rows((after, shocks), wholes, policy)


def _by_month(pooled: Sequence[Followed], policy: Policy) -> Iterable[Row]:
    told = {each.outcome: each for each in pooled if each.outcome in BY_MONTH and not _is_hidden(each, policy)}
    for place, month in enumerate(AROUND if told else ()):
        row: dict[str, Any] = {"about": "month", "month": month}
        for name in BY_MONTH:
            shares = told[name].curve[place] if name in told else None
            few = shares is None or policy.hides(round(shares.struck * told[name].shocks))
            share = None if few or shares is None else _share(shares.struck, told[name], policy)
            row |= {name: share, f"{name}_like": None if few or shares is None else shares.like}
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
    everybody = next((_counts(each) for each in found if each.by == ALL), None)
    for by in dict.fromkeys(each.by for each in found):
        mine = [each for each in found if each.by == by]
        wholes = None if everybody is None or by == ALL else everybody
        parts = [
            _shares(name, [_counts(each)[name] for each in mine], wholes[name] if wholes else (None, None), policy)
            for name in _RULE_TELLS
        ]
        for each, *told in zip(mine, *parts, strict=True):
            row: dict[str, Any] = {"about": "rule", "by": by, "group": each.group}
            for part in told:
                row |= part
            yield row


_RULE_TELLS = ("precision", "recall", "of_all_families")


def _counts(found: RuleForGroup) -> Mapping[str, tuple[int, int]]:
    """What each share of the rule is of what."""
    counts = ((found.listed_came, found.listed), (found.found, found.started), (found.came, found.families))
    return dict(zip(_RULE_TELLS, counts, strict=True))


def _shares(name: str, counts: Sequence[tuple[int, int]], wholes: Sequence[float | None], policy: Policy) -> list[Row]:
    hidden = hidden_rows(tuple(zip(*counts, strict=True)), wholes, policy)
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
