"""Which families are destabilised by poverty: the sentences, made by rule of released figures alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from earlyhelp.evaluate.poverty import RULE, WITHIN
from earlyhelp.release import Status
from earlyhelp.release.poverty import FEWER, MORE, NO_DIFFERENCE, ReleasedPoverty
from earlyhelp.reports.answers.prepared import Reply
from earlyhelp.reports.wording import listed

Row = Mapping[str, Any]
CAVEATS = (
    "Nothing here says that a shock caused what followed: it tells what followed more often than in families like them.",
    "Recorded events are looked at: a request, an acceptance, a notification, a referral. A need is known only where "
    "somebody recorded it, so that a family in need whom nobody asked for is not seen.",
    "Signs of poverty are those that partners tell of. Families in trouble whom no partner tells of stand among the like "
    "families, which makes differences look smaller.",
    "Arrears and homelessness are recorded late in something that has been building up: what came before them matters as "
    "much as what came after.",
    "Like families are alike in number and ages of children, deprivation of the area, adults and locality where there are "
    "enough of them, and in requests, social care and notifications of the two years that end a year before; not in what "
    "nobody recorded.",
    "Absence is told of all families, those without a pupil among them; a term stands in the month of its middle.",
    "A group of families is no statement about any one of them.",
)
OF_THE_RULE = (
    "The worklist is one plain rule in order of the day of the sign. It is no score, and a family on it need not be in "
    "trouble."
)
ON, OFF = (
    "The worklist is switched on: roles that may see families get it with --rows and --reason.",
    "The worklist is off. Whoever decides for the council can switch it on in council.toml: [worklists] poverty = true.",
)

BY_CHANCE = "; allowing for how many kinds of event are looked at, chance may explain it"
PRINTED = (
    "shock_label", "by", "group", "month", "outcome_label", "shocks", "accepted", "share", "expected", "change", "verdict",
    "within_3", "within_6", "within_12", "request", "request_like", "beyond", "precision", "recall", "of_all_families",
)  # fmt: skip


def poverty_reply(found: ReleasedPoverty, *, worklist_on: bool) -> Reply:
    """The answer: what followed, how soon, for whom, the share of demand, and how the worklist's rule would have done."""
    if found.status is not Status.OK:
        return Reply((found.why_no_data,))
    answer = (
        *_what_followed(found),
        *_already_apart(found),
        *_how_soon(found),
        *_for_whom(found),
        *_of_demand(found.demand),
        *_of_the_rule(found),
        ON if worklist_on else OFF,
    )
    table = (*found.after, *found.pooled, *found.groups, *found.by_month, *found.demand, *found.rule)
    return Reply(answer, table, (*CAVEATS, OF_THE_RULE), printed=PRINTED)


def _what_followed(found: ReleasedPoverty) -> Iterable[str]:
    changed = [row for row in found.after if row["verdict"] in (MORE, FEWER)]
    for row in changed:
        yield (
            f"{row['shock_label']}: within 12 months of {row['shocks']:,.0f} shocks, {_in_100(row['share'])} of 100 families "
            f"had {row['outcome_label']}, against {_in_100(row['expected'])} expected from families like them: "
            f"{row['verdict']} than in families without one (difference {_bounds(row, 'change')})."
        )
    if changed:
        yield f"These stand out beyond chance in {_comparisons(found)}; what is not named shows no difference."
        return
    least = [
        row["detectable"] for row in found.after if row["verdict"] == NO_DIFFERENCE and row["outcome"] == "request"
    ]
    some = f" A change in requests of {_in_100(min(least))} in 100 families could have been found." if least else ""
    none = "No kind of shock was followed by more or fewer recorded events than chance explains"
    yield f"{none} ({_comparisons(found)}).{some}"


def _comparisons(found: ReleasedPoverty) -> str:
    return f"{found.tested} comparison{'' if found.tested == 1 else 's'}"


def _already_apart(found: ReleasedPoverty) -> Iterable[str]:
    if found.moving:
        yield (
            f"In the year before {listed(found.moving)}, requests about these families were already moving apart from those "
            "about families like them, so that what followed cannot be told from what had begun."
        )
    if found.apart:
        told = (
            f"{row['shock']} ({_in_100(row['before'])} of 100, against {_in_100(row['before_like'])})"
            for row in found.apart
        )
        yield (
            f"Families had not been like those they are compared with, by requests in the year before {listed([*told])}: "
            "these kinds are told of by themselves only, as a change from what was before."
        )


def _how_soon(found: ReleasedPoverty) -> Iterable[str]:
    for row in found.pooled:
        if row["status"] != Status.OK or (row["verdict"] not in (MORE, FEWER) and row["outcome"] != "request"):
            continue
        within = [
            f"{_in_100(row[name])} of 100 within {months} months ({_in_100(row[f'{name}_like'])} of families like them)"
            for name, months in (("within_3", 3), ("within_6", 6), ("within_12", 12))
            if row[name] is not None
        ]
        by_chance = "" if row["verdict"] in (MORE, FEWER) else BY_CHANCE
        yield (
            f"After {listed(found.steady, 'or')}, taken together, families had {row['outcome_label']}: {', '.join(within)}; "
            f"beyond the difference of the year before, the change is {_bounds(row, 'change')}{by_chance}."
        )


def _for_whom(found: ReleasedPoverty) -> Iterable[str]:
    if not found.groups:
        return
    if not found.differing:
        yield "What followed differs between the groups of families compared no more than chance would explain."
    for grouping, outcome in found.differing:
        yield f"How much more often families had {outcome} differs by {grouping} more than chance would explain; see the table."


def _of_demand(rows: Sequence[Row]) -> Iterable[str]:
    for row in rows[:1]:
        if row["status"] != Status.OK:
            yield "Too few accepted requests follow a sign of poverty to tell their share."
            return
        yield (
            f"Of {row['accepted']:,.0f} acceptances of families for early help in {row['months']} months, "
            f"{row['share']:.0%} (95% interval {row['lower']:.0%} to {row['upper']:.0%}) came in the {WITHIN} months after a "
            f"sign of poverty; {row['families_share']:.0%} of families had such a sign. What is beyond the number that came "
            f"from as many families like them without a sign is {_percent(row['beyond'])} of all acceptances (95% interval "
            f"{_percent(row['beyond_lower'])} to {_percent(row['beyond_upper'])}); it is associated with the sign, and the "
            "need may be older than the sign."
        )


def _of_the_rule(found: ReleasedPoverty) -> Iterable[str]:
    yield f"The rule of the worklist: {RULE[0].lower()}{RULE[1:]}"
    if found.listed_now is not None:
        yield f"On the day that the data is as at, it lists {found.listed_now:,.0f} families."
    for row in found.rule[:1]:
        if row["precision"] is not None and row["of_all_families"] is not None:
            yield (
                f"Of {row['precision_of']:,.0f} times that it would have listed a family a year and more ago, "
                f"{row['precision']:.0%} were followed by early help or social care within 12 months (of all families with "
                f"nothing open, {row['of_all_families']:.0%})."
            )
        if row["recall"] is not None:
            yield (
                f"Of {row['recall_of']:,.0f} families that came in the last 12 months, {row['recall']:.0%} had been listed "
                "in the year before; the others it would have missed. The table tells both by ethnic group and sex of the "
                "eldest child, and by disability."
            )


def _bounds(row: Row, name: str) -> str:
    return f"{_signed(row[name])} in 100, 95% interval {_signed(row['lower'])} to {_signed(row['upper'])}"


def _signed(share: float) -> str:
    return f"{100 * share:+.1f}"


def _in_100(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
