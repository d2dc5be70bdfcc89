"""Who are we not reaching, in sentences made by rule: wards, groups and schools beside what was to be expected of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from earlyhelp.evaluate.reach import FEWEST_REQUESTS, Reached
from earlyhelp.reference.profile import EARLY_SHARE
from earlyhelp.release import Status
from earlyhelp.release.reach import ReleasedProfile, ReleasedReach
from earlyhelp.reports.answers.prepared import Part, Reply, Setting
from earlyhelp.reports.answers.ranking import beside_the_whole
from earlyhelp.reports.wording import IN_WORDS, in_words, listed, number

Row = Mapping[str, Any]

HOW_TO_ADD = (
    "To add public statistics: earlyhelp reference list names each file and where it is published; save them in one folder, "
    "then earlyhelp reference add DIR FOLDER."
)
CANNOT_SAY = (
    "Expected is a share of the families helped, not of those in need: where the whole council helps too few, no ward shows it.",
    "Low income is no measure of need for early help, and is of an earlier year: a ward may have less need, or may be helped "
    "by schools, health and charities whose help is not in these records.",
    "Wards and groups in one line are not told apart from each other, and there is no ranking.",
)
GROUPS_ARE_NOT_NEED = (
    "Groups of children are set beside their share of the children who live here. Need may differ between them."
)
PRINTED = (
    "ward_code_label", "label", "school", "observed", "expected", "in_words", "group", "group_by_own_pattern", "low_income_share",
)  # fmt: skip
PRINTED_BEFORE = (
    "what", "name", "ward_code_label", "in_words", "unit", "spent early, of each 100 pounds", "period", "direction",
    "neighbours_median", "england", "children", "low_income_share", "deprived_areas", "violence",
)  # fmt: skip
_MOST_NAMED = 8
_NEED = {
    "low_income": "as children in low income live ({period}, ages {ages})",
    "deciles": "as children in low income are likely to live, by the deciles of the small areas in the records' own list",
    "nothing": "as children live, since nothing tells how many are in low income",
}


def tell_reach(parts: Sequence[Part], setting: Setting) -> Reply:
    """The answer by ward, group and school; without wards or episodes, children open by ward, and why there is no more.

    parts: children open for each 10,000 (C1), by ward, then in all.
    """
    found = setting.reach
    if found is None or found.status is not Status.OK:
        why = found.why_no_data if found else "Reach was not asked for."
        alone = beside_the_whole(parts, "ward_code", "wards", highest_first=False)
        return Reply((why, *alone.answer), alone.table, (*alone.caveats, HOW_TO_ADD), alone.certificates)
    wards = [*_with_rate_open(found.wards, parts[0])]
    table = tuple({**row, "in_words": _ratio_in_words(row)} for row in (*wards, *found.children))
    certificates = tuple(str(row["certificate"]) for row in wards if row["certificate"])
    return Reply(tuple(_sentences(found)), (*table, *found.schools), tuple(_caveats(found)), certificates, PRINTED)


def _with_rate_open(rows: Sequence[Row], open_now: Part) -> Iterator[Row]:
    """Each ward with its rate of children open on the last day, and the certificate of that."""
    told = {
        row.dims.get("ward_code"): (row.value, certificate)
        for row, certificate in zip(open_now.released.rows, open_now.certificates, strict=True)
    }
    for row in rows:
        value, certificate = told.get(row["ward_code"], (None, None))
        yield {**row, "open_for_each_10_000": value, "certificate": certificate}


def _sentences(found: ReleasedReach) -> Iterator[str]:
    yield _of_the_whole(found)
    yield from _of_wards(found)
    yield from _of_the_slope(found)
    for kind in dict.fromkeys(str(row["kind"]) for row in found.children):
        yield _of_groups(kind, [row for row in found.children if row["kind"] == kind])
    yield from found.missing
    yield _of_schools(found)


def _of_the_whole(found: ReleasedReach) -> str:
    families = "Few families" if found.total is None else f"{number(found.total)} families"
    shared = _NEED[found.told_by].format(period=found.period, ages=found.ages)
    return (
        f"{families} of {len(found.wards)} wards were helped from {in_words(found.first)} to {in_words(found.last)}. Each ward "
        f"is set beside what it would have, were they spread {shared}."
    )


def _of_wards(found: ReleasedReach) -> Iterator[str]:
    fewer, more = found.of(Reached.FEWER), found.of(Reached.MORE)
    yield f"Fewer than expected: {_with_counts(fewer)}." if fewer else _none_fewer(found)
    yield from _by_own_pattern(found, fewer)
    if more:
        yield f"More than expected: {_with_counts(more)}."
    yield from _of_the_rest(found)


def _none_fewer(found: ReleasedReach) -> str:
    """That no ward is shown to have fewer, and how few one would have to have to be shown."""
    if found.seen_from is None:
        return "No ward can be shown to have fewer than expected: with so few families in each, none could be."
    seen = f"one of middling size would be told apart by itself with {found.seen_from:.0%} of what is expected, or less"
    return f"No ward can be shown to have fewer than expected; {seen}."


def _by_own_pattern(found: ReleasedReach, fewer: Sequence[Row]) -> Iterator[str]:
    """Which wards are missed by themselves, and which as all wards of their low income are."""
    if not found.slope:
        return
    alone = [_label(row) for row in fewer if row["agrees"]]
    alike = [_label(row) for row in fewer if not row["agrees"]]
    own = [_label(row) for row in found.of(Reached.AS_EXPECTED) if row["group_by_own_pattern"] == str(Reached.FEWER)]
    if alone:
        yield f"Fewer, too, than other wards of their low income have: {listed(alone)}."
    if alike:
        yield f"No fewer than other wards of their low income are shown to have, so that it is a pattern: {listed(alike)}."
    if own:
        yield f"As expected of their need, and fewer than other wards of their low income have: {listed(own)}."


def _of_the_rest(found: ReleasedReach) -> Iterator[str]:
    like = found.of(Reached.AS_EXPECTED)
    if like:
        yield f"As expected, or not shown to differ: {_counted(len(like), 'ward')}."
    few = [row for row in found.wards if row["status"] == Status.SUPPRESSED or row["group"] == str(Reached.TOO_FEW)]
    if few:
        yield f"Too few to say: {_counted(len(few), 'ward')} ({listed([*map(_label, few[:_MOST_NAMED])])})."
    if found.together:
        row = found.together
        yield (
            f"The {row['count']} wards whose counts are not shown had {number(row['observed'])} families together where "
            f"{number(round(row['expected']))} would be expected: {row['group']}."
        )
    unknown = found.of(Reached.CANNOT_TELL)
    if unknown:
        yield f"Of {_counted(len(unknown), 'ward')} no public figure is held, so that nothing can be said."


def _of_the_slope(found: ReleasedReach) -> Iterator[str]:
    if found.slope:
        value, lower, upper = found.slope
        told = (
            "less than in proportion"
            if upper < 1
            else "more than in proportion"
            if lower > 1
            else "about in proportion"
        )
        yield (
            f"From ward to ward, help rises {told} to low income: to the power {value:.1f} (95 % interval {lower:.1f} to "
            f"{upper:.1f}), where 1 would be in proportion and 0 not at all."
        )


def _of_groups(kind: str, rows: Sequence[Row]) -> str:
    fewer = [row for row in rows if row["group"] == str(Reached.FEWER)]
    more = [row for row in rows if row["group"] == str(Reached.MORE)]
    told = [
        f"{words} {listed([*map(_label_with_count, some)])}"
        for words, some in (("fewer of", fewer), ("more of", more))
        if some
    ]
    if not told:
        return f"By {kind} no group of children can be shown to be helped more or less than its share."
    return f"By {kind}, for their share of the children who live here: {'; '.join(told)}."


def _of_schools(found: ReleasedReach) -> str:
    if found.schools_why_not:
        return f"Silent schools cannot be told. {found.schools_why_not}"
    asked = f"{_counted(found.schools_asked_of, 'school')} from which {FEWEST_REQUESTS} requests or more were to be expected"
    if not found.schools_asked_of:
        return (
            f"Of no school were {FEWEST_REQUESTS} requests or more to be expected, so that none can be called silent."
        )
    if not found.schools:
        return f"None of the {asked} was silent all year."
    named = listed([f"{row['school']} (about {row['expected']} expected)" for row in found.schools[:_MOST_NAMED]])
    return f"Of {asked}, {len(found.schools)} sent none all year: {named}."


def _caveats(found: ReleasedReach) -> Iterator[str]:
    if found.statistics == "not_matched":
        yield (
            "No public statistics match the wards of these records, as where they are invented or of another year: what is "
            "expected rests on the records' own list of places."
        )
    if found.statistics == "no_pack":
        yield f"No public statistics are held: what is expected rests on the records' own list of places. {HOW_TO_ADD}"
    yield from CANNOT_SAY
    if found.children:
        yield GROUPS_ARE_NOT_NEED
    if found.spread is None:
        yield "With so few wards, how much they differ beyond chance cannot be told: more may seem apart than are."
    else:
        yield (
            f"Wards differ beyond chance by a standard deviation of {found.spread:.0%} of what is expected; only wards further "
            "apart than that and chance explain are named, and one in ten of those named may be so by chance."
        )
    if not found.whole_year:
        yield "The episodes held begin within the year told of: its counts are too low."
    if found.nowhere != 0:
        count = "A few families" if found.nowhere is None else f"{number(found.nowhere)} families"
        yield f"{count} helped live outside the wards, or at no known place: in no figure of a ward."


def tell_public(found: ReleasedProfile) -> Reply:
    """The answer before any record is loaded: need, spending, children in need, neighbours and direction, as published."""
    if found.status is not Status.OK:
        return Reply(
            ("No record has been loaded yet, so that nobody can say who is reached.", found.why_not, HOW_TO_ADD)
        )
    figures = tuple({"what": row["label"], "in_words": _in_words(row, "value"), **row} for row in found.figures)
    spent = tuple({"spent early, of each 100 pounds": _in_words(row, "share"), **row} for row in found.spent_early)
    return Reply(
        tuple(_public_sentences(found)),
        (*figures, *spent, *found.wards),
        (
            *found.findings,
            *CANNOT_SAY[1:2],
            "A figure alone says neither good nor bad: councils differ in how they record.",
        ),
        printed=PRINTED_BEFORE,
    )


FIRST_FIGURES = {
    "children/population_estimate": "Children aged 0 to 17",
    "low_income/pct": "Children in low income after housing costs",
    EARLY_SHARE: "Spent on early help, of all children's social care",
    "referrals/no_further_action_percent": "Referrals with no further action",
    "referrals/not_in_need_percent": "Assessed and not in need",
    "lait/CIN": "Children in need",
    "lait/LAC": "Children looked after",
}
"""The lines of the profile that become sentences, by measure; the table has them all."""


def _public_sentences(found: ReleasedProfile) -> Iterator[str]:
    yield f"No record has been loaded yet: what follows of {found.name} is from public statistics alone."
    for row in found.figures:
        if row["measure"] in FIRST_FIGURES:
            yield _figure(row)
    yield from _of_spending(found)
    yield from _of_published_wards(found)
    yield "Once records are loaded (earlyhelp run DIR), families helped are set beside this need, ward by ward."


def _figure(row: Row) -> str:
    label = FIRST_FIGURES[str(row["measure"])]
    if row["value"] is None:
        when = f" in {row['period']}" if row["period"] else ""
        return f"{label}: {str(row['status']).replace('_', ' ')}{when}, which is not 0."
    beside = []
    if row["earlier_value"] is not None:
        beside.append(f"{_amount(row['earlier_value'])} in {row['earlier_period']}")
    is_rate = row["unit"] != "children"
    if is_rate and row["neighbours_median"] is not None:
        beside.append(f"median of {row['neighbours_known']} statistical neighbours {_amount(row['neighbours_median'])}")
    if is_rate and row["england"] is not None:
        beside.append(f"England {_amount(row['england'])}")
    unit = f" {row['unit']}" if is_rate else ""
    return f"{label}: {_amount(row['value'])}{unit} in {row['period']}{f' ({listed(beside)})' if beside else ''}."


def _of_spending(found: ReleasedProfile) -> Iterator[str]:
    here = next((row for row in found.spent_early if not row["neighbour"]), None)
    near = [row for row in found.spent_early if row["neighbour"]]
    missing = [str(row["name"]) for row in near if row["share"] is None]
    if here is None or not near:
        return
    gone = f"; of {listed(missing)} it is missing, which is not 0" if missing else ""
    if here["share"] is None:
        yield f"What share was spent early is missing for {found.name}, which is not 0{gone}."
        return
    more = sum(1 for row in near if row["share"] is not None and row["share"] > here["share"])
    told = len(near) - len(missing)
    yield f"Of {told} statistical neighbours, {more} spent a larger share early and {told - more} no larger one{gone}."


def _of_published_wards(found: ReleasedProfile) -> Iterator[str]:
    """The fewest wards in which half of the children in low income live."""
    poor = {
        str(row["ward_code_label"]): row["children"] * row["low_income_share"]
        for row in found.wards
        if row["low_income_share"] is not None
    }
    if not poor:
        return
    most, held = sorted(poor, key=lambda ward: -poor[ward]), 0.0
    half: list[str] = []
    for ward in most:
        if held < sum(poor.values()) / 2:
            half.append(ward)
            held += poor[ward]
    more = f" and {len(half) - _MOST_NAMED} more" if len(half) > _MOST_NAMED else ""
    yield (
        f"Half of the children in low income live in {len(half)} of {len(found.wards)} wards: "
        f"{listed(sorted(half[:_MOST_NAMED]))}{more}."
    )


def _in_words(row: Row, name: str) -> str:
    """A published figure, or the words for why there is none."""
    return _amount(row[name]) if row[name] is not None else str(row["status"]).replace("_", " ")


def _amount(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:,.1f}"


def _with_counts(rows: Sequence[Row]) -> str:
    more = f" and {len(rows) - _MOST_NAMED} more" if len(rows) > _MOST_NAMED else ""
    return f"{listed([*map(_label_with_count, rows[:_MOST_NAMED])])}{more}"


def _label(row: Row) -> str:
    return str(row.get("ward_code_label") or row["label"])


def _label_with_count(row: Row) -> str:
    return f"{_label(row)} ({number(row['observed'])} where {number(round(row['expected']))} would be expected)"


def _ratio_in_words(row: Row) -> str:
    if row["ratio"] is None:
        return IN_WORDS[Status(row["status"])]
    return f"{row['ratio']:.2f} ({row['lower']:.2f} to {row['upper']:.2f})"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
