"""The measures: the catalogue, and one page for each of them, made by one function."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import answering
from earlyhelp.answering import Answer
from earlyhelp.measures import CATALOGUE, Better, Grain, Measure, Question, Statistic, splits_of
from earlyhelp.release import Released, ReleasedRow, Status
from earlyhelp.reports.answers import PREPARED
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Bullets, Heading, Note, TableBlock, Text
from earlyhelp.reports.documents.measured import OnChart, charted, months_drawn
from earlyhelp.reports.latest import latest_of
from earlyhelp.reports.wording import in_words, interval_of, not_recorded, number, split_words, value_of
from earlyhelp.web import events, notes
from earlyhelp.web.access import READERS, Power, having
from earlyhelp.web.blocks import BigNumber, Choice, Filter, Folded, Link, LinkedTable, Numbers, Shown
from earlyhelp.web.looking import record_look
from earlyhelp.web.neighbours import Near, neighbours, received
from earlyhelp.web.on_pages import advice
from earlyhelp.web.pages import page
from earlyhelp.web.reading import InSnapshot, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import column_words, table_of
from earlyhelp.web.workspace import workspace

BETTER_WORDS = {
    Better.HIGHER: "Higher is better.",
    Better.LOWER: "Lower is better.",
    Better.ZERO: "Zero is right.",
    Better.EVEN: "It should be the same for every group or place.",
    Better.BAND: "Neither: a figure far from the usual, either way, is worth a look.",
    Better.CONTEXT: "Neither higher nor lower is better: it tells what the other figures stand on.",
}
GRAINS = (Choice("month", "month"), Choice("quarter", "quarter"), Choice("year", "year"))


@page("measures/", rule=READERS, menu="Measures", place=20, kept=True)
def measures(request: HttpRequest) -> Screen:
    """Every measure with its latest yearly figure, by theme."""
    blocks: list[Shown] = []
    for theme in dict.fromkeys(each.theme for each in CATALOGUE.values()):
        of_theme = [each for each in CATALOGUE.values() if each.theme == theme]
        rows = tuple(_in_list(request, each) for each in of_theme)
        table = TableBlock(theme.capitalize(), ("measure", "id", "latest figure", "days"), rows, (2,))
        blocks.append(LinkedTable(table, tuple(reverse("measure", args=[each.id]) for each in of_theme)))
    return Screen("Measures", tuple(blocks), lead=f"{len(CATALOGUE)} measures, each with what it counts and how.")


def _in_list(request: HttpRequest | InSnapshot, wanted: Measure) -> tuple[str, ...]:
    found = latest_of(asked(request, wanted.id, Question(grain=coarsest(wanted))).released)
    return wanted.name, wanted.id, found.value, found.days


def coarsest(wanted: Measure) -> Grain | None:
    """The grain by which the latest figure is told: by year, where the measure has periods."""
    return None if wanted.fixed_splits else Grain.YEAR


def asked(
    request: HttpRequest | InSnapshot, measure_id: str, question: Question, definition: str = "default"
) -> Answer:
    """The released figures of one measure, kept for the snapshot."""
    key = ("measure", measure_id, question, definition)
    return prepared(request, key, lambda: answering.measure(workspace(), measure_id, question, definition=definition))


@page("measures/<str:measure_id>/", rule=READERS, kept=True)
def measure(request: HttpRequest, measure_id: str) -> Screen:
    """One measure: its figure with interval, what is usual, splits, why it matters, traps, and how it is counted."""
    wanted = answering.measure_called(measure_id.upper(), "default")
    by, grain = _chosen(request, wanted)
    near = neighbours(request, wanted)
    blocks: list[Shown] = [*_latest(request, wanted, near), *_over_time(request, wanted, grain, near), *near.source]
    if by:
        blocks += _split(request, wanted, by)
    if Power.EXACT in request.user.powers:
        address = reverse("exact_measure", args=[wanted.id])
        blocks.append(Link("The same with small numbers shown", address, "for you alone; that you looked is recorded"))
    pinned = _pinned(request, wanted, grain)
    blocks += notes.beside(wanted.id, may_write=Power.NOTE in request.user.powers, on_chart=pinned.notes)
    blocks += _cases(request, wanted)
    blocks += _about(wanted)
    blocks += _trust(request, wanted)
    blocks += _definitions(request, wanted)
    blocks.append(Link("Beside other councils", near.url, near.why_not or "from the packs that they sent"))
    return Screen(
        wanted.name,
        tuple(blocks),
        lead=wanted.question,
        filters=_filters(wanted, by, grain),
        way=(Link("Measures", reverse("measures")),),
    )


@page("measures/<str:measure_id>/exact/", rule=having(Power.EXACT))
def exact_measure(request: HttpRequest, measure_id: str) -> Screen:
    """One measure with nothing hidden, marked and for you alone; it is in the audit log that you read it."""
    wanted = answering.measure_called(measure_id.upper(), "default")
    by, grain = _chosen(request, wanted)
    record_look(request, f"exact figures of {wanted.id}", by=by)
    question = Question((by,) if by else (), grain=None if wanted.fixed_splits or by else Grain(grain))
    key = ("exact", wanted.id, question)
    found = prepared(request, key, lambda: answering.exact(workspace(), wanted.id, question))
    return Screen(
        wanted.name,
        tuple(_table(found, (), f"{wanted.name}, exact")),
        lead=wanted.question,
        filters=_filters(wanted, by, grain),
        way=(Link("Measures", reverse("measures")), Link(wanted.name, reverse("measure", args=[wanted.id]))),
        mark=found.policy.mark,
    )


def _chosen(request: HttpRequest, wanted: Measure) -> tuple[str, str]:
    """The split and the grain of the page's address; what the measure does not have counts as none."""
    by = request.GET.get("by", "")
    grain = request.GET.get("period", str(wanted.finest))
    by = by if by in splits_of(wanted) else ""
    long_enough = grain in set(Grain) and Grain(grain).months >= wanted.finest.months
    return by, grain if long_enough else str(wanted.finest)


def _filters(wanted: Measure, by: str, grain: str) -> tuple[Filter, ...]:
    named = [Choice(each, split_words(each)) for each in splits_of(wanted)]
    splits = (Choice("", "no split"), *sorted(named, key=lambda each: each.words))
    grains = tuple(each for each in GRAINS if Grain(each.value).months >= wanted.finest.months)
    found = [Filter("by", "Split by", splits, by)]
    if len(grains) > 1 and not wanted.fixed_splits:
        found.append(Filter("period", "One figure a", grains, grain))
    return tuple(found)


def _latest(request: HttpRequest, wanted: Measure, near: Near) -> list[Shown]:
    answer = asked(request, wanted.id, Question(grain=coarsest(wanted)))
    if answer.released.closed:
        return [Text("There is no figure: " + " ".join(each.words for each in answer.released.closed))]
    found = latest_of(answer.released)
    if found.row is None:
        return []
    days = f"{found.days[0].upper()}{found.days[1:]}"
    own = BigNumber(days, found.value, found.interval, f"counts {wanted.unit}{_rests_on(found.row, wanted)}")
    certificate = answer.certificates[list(answer.released.rows).index(found.row)]
    about = "its certificate: the rule, the records, and the figure worked out again"
    behind = Link("What stands behind this figure", reverse("certificate", args=[certificate]), about)
    why = [Text(not_recorded(answer.released.missing))] if answer.released.missing else []
    return [Numbers((own, *near.numbers)), *why, Text(BETTER_WORDS[wanted.better]), behind]


def _rests_on(row: ReleasedRow, wanted: Measure) -> str:
    """How many the figure rests on, where that may be told."""
    if row.denominator is None or row.status is not Status.OK:
        return ""
    if wanted.statistic in (Statistic.SHARE, Statistic.RATE) and row.numerator is not None:
        return f": {number(row.numerator)} of {number(row.denominator)}"
    return f": {number(row.denominator)}" if wanted.statistic in (Statistic.MEDIAN, Statistic.MEAN) else ""


def _over_time(request: HttpRequest, wanted: Measure, grain: str, near: Near) -> list[Shown]:
    if not _has_chart(wanted, grain):
        by = Question() if wanted.fixed_splits or wanted.is_tally else Question(grain=Grain(grain))
        return _told(asked(request, wanted.id, by), wanted.name if by.grain is None else f"{wanted.name} by {grain}")
    pinned = _pinned(request, wanted, grain)
    beside = OnChart(pinned.pins, near.level, (*near.said, *pinned.said))
    return [*charted(_by_month(request, wanted), events.declared(), beside), *pinned.blocks]


def _has_chart(wanted: Measure, grain: str) -> bool:
    return grain == Grain.MONTH and not (wanted.fixed_splits or wanted.is_tally)


def _by_month(request: HttpRequest, wanted: Measure) -> Part:
    answer = asked(request, wanted.id, Question(grain=Grain.MONTH))
    return Part(answer.released, answer.certificates)


def _pinned(request: HttpRequest, wanted: Measure, grain: str) -> notes.OnMonths:
    """What is pinned to the chart; nothing where the page has none."""
    if not _has_chart(wanted, grain):
        return notes.OnMonths()
    return notes.on_months(wanted.id, months_drawn(_by_month(request, wanted)), events.declared())


def _cases(request: HttpRequest, wanted: Measure) -> list[Shown]:
    """The way to the cases behind the measure, for those who may see some."""
    if not request.user.powers & {Power.ROWS, Power.TEAM_ROWS}:
        return []
    lists = [each for each in PREPARED.values() if each.rows_of and each.rows_of.measure == wanted.id]
    about = "the rows; you are asked why you look"
    return [Link(f"The cases: {each.asks}", reverse("worklist", args=[each.id]), about) for each in lists]


def _split(request: HttpRequest, wanted: Measure, by: str) -> list[Shown]:
    answer = asked(request, wanted.id, Question((by,), grain=None))
    words = split_words(by)
    return [Heading(1, f"By {words}"), *_told(answer, f"{wanted.name} by {words}, all days")]


def _told(answer: Answer, caption: str) -> list[Shown]:
    return _table(answer.released, answer.certificates, caption)


def _table(released: Released, certificates: Sequence[str], caption: str) -> list[Shown]:
    """The rows as a table, each with its certificate where it has one."""
    rows = released.rows
    if not rows:
        return [Text("The records hold no figure.")]
    wanted, dims = released.measure, list(rows[0].dims)
    told = tuple(
        (
            *(_label(row.labels, row.dims, name) for name in dims),
            _period(row.period_start, row.period_end),
            value_of(row, wanted),
            interval_of(row, wanted) or "none",
            certificate or "none: exact figures have none",
        )
        for row, certificate in zip(rows, certificates or [""] * len(rows), strict=True)
    )
    columns = (*(split_words(each) for each in dims), "period", "figure", "95 per cent interval", "certificate")
    table = TableBlock(caption, columns, told, (len(dims) + 1, len(dims) + 2))
    return [table, *(Note(f"No data: {kind.words}.") for kind in released.not_held)]


def _label(labels: object, dims: object, name: str) -> str:
    found = labels.get(f"{name}_label") or dims.get(name)  # type: ignore[attr-defined]
    return str(found) if found not in (None, "") else "not recorded"


def _period(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        return f"to {in_words(end)}" if end else "all days"
    return f"{in_words(start)} to {in_words(end)}"


def _about(wanted: Measure) -> list[Shown]:
    found: list[Shown] = [Heading(1, "Why it matters"), Text(wanted.why)]
    if wanted.traps:
        found += [Heading(1, "Known traps"), Bullets(tuple(advice(each) for each in wanted.traps))]
    counted: list[Shown] = [
        Text(f"Counted: {wanted.numerator}"),
        *([Text(f"Of: {wanted.denominator}")] if wanted.denominator else []),
        Text(f"Time: {wanted.time.words}."),
        Note(f"Source: {wanted.source}"),
        Note(" ".join(wanted.rows.split())),
    ]
    return [*found, Folded("How it is counted", tuple(counted))]


FULL_ENOUGH = 0.9
"""A column that is fuller than this is told as nearly complete."""


def _trust(request: HttpRequest, wanted: Measure) -> list[Shown]:
    """How far the records beneath the figure can be trusted: the emptiest column first."""
    found = prepared(request, ("trust", wanted.id), lambda: answering.trust(workspace(), wanted.id))
    full = {name: share for name, share in found["completeness"].items() if share is not None}
    if not full:
        return []
    rows = [(column_words(name), f"{share:.0%}") for name, share in sorted(full.items(), key=lambda each: each[1])]
    table = table_of("How full the columns are that it rests on", ("column", "filled"), rows, (1,))
    said = [Text(_how_full(full)), *(Text(each) for each in _missed(request, wanted))]
    return [Heading(1, "Can it be trusted?"), *said, Folded("Column by column", (table,))]


def _how_full(full: Mapping[str, float]) -> str:
    """How full the emptiest column is; where some hold nothing, which they are."""
    emptiest, share = min(full.items(), key=lambda each: each[1])
    if share == 0:
        return not_recorded([name for name, found in full.items() if found == 0])
    if share >= FULL_ENOUGH:
        return f"Every column it rests on is filled in {FULL_ENOUGH:.0%} of the records or more."
    return f"Only {share:.0%} of the records have {column_words(emptiest)}: what is missing is not counted."


WITHOUT_A_CODE = "K6"
"""The measure of words that nobody has mapped to a code, column by column."""


def without_a_code(request: HttpRequest | InSnapshot) -> list[tuple[str, str]]:
    """The columns of which some words have no code, each with the share of its records, as it may be shown; the most first."""
    released = asked(request, WITHOUT_A_CODE, Question()).released
    rows = [row for row in released.rows if row.value != 0 and row.status is not Status.NO_DATA]
    rows.sort(key=lambda row: -(row.value or 0))
    return [(str(row.dims["field"]), value_of(row, released.measure)) for row in rows]


def _missed(request: HttpRequest, wanted: Measure) -> list[str]:
    """A sentence for each column by whose codes the measure counts, and of which some words have none."""
    tables = {each.table_name for each in wanted.needs}
    found = [(*field.split("."), share) for field, share in without_a_code(request)]
    return [
        f"Records with a word that has no code under {column_words(f'{table}.{column}')}: {share}. "
        "Where the figure asks for a code, they are missed."
        for table, column, share in found
        if table in tables and re.search(rf"\b{column}\b", wanted.rows)
    ]


def _definitions(request: HttpRequest, wanted: Measure) -> list[Shown]:
    """The figure under each definition that other councils use."""
    if not wanted.definitions:
        return []
    rows = []
    for name in ("default", *wanted.definitions):
        defined = wanted.defined_as(name)
        answer = asked(request, wanted.id, Question(grain=coarsest(defined)), name)
        found = latest_of(answer.released)
        rows.append((name, defined.numerator, found.value, found.days))
    columns = ("definition", "what it counts", "latest figure", "days")
    table = TableBlock("On other councils' definitions", columns, tuple(rows), (2,))
    return [Heading(1, "Rival definitions"), table]


def make_ready(request: InSnapshot) -> None:
    """The figures of every measure by year, from a snapshot that is opened once, and the packs of neighbours."""
    with answering.opened(workspace()) as found:
        for wanted in CATALOGUE.values():
            question = Question(grain=coarsest(wanted))
            key = ("measure", wanted.id, question, "default")
            prepared(request, key, partial(found.measure, wanted.id, question))
    received(request)
