"""Money: what help costs, what a service would have to avoid to pay for itself, and what a change would bring."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import costing, documenting
from earlyhelp.errors import InputRefused
from earlyhelp.measures import CATALOGUE, Measure, Question
from earlyhelp.release import ReleasedRow, Status
from earlyhelp.release.scenarios import ReleasedBreakEven, ReleasedScenario
from earlyhelp.reports.blocks import Heading, Note, Text
from earlyhelp.reports.documents import DOCUMENTS
from earlyhelp.reports.documents.projected import (
    MAY_NOT_SAY,
    break_even_table,
    by_agency_and_year,
    chance,
    choices_plot,
    cross_checks,
    drawn_by,
    effects_table,
    pounds,
    prices_table,
    services_table,
    spread,
    tornado_plot,
)
from earlyhelp.reports.wording import days_of, interval_of, value_of
from earlyhelp.web.access import Power, having
from earlyhelp.web.blocks import BigNumber, Empty, Folded, Link, LinkedTable, Links, Numbers, Sentence, Shown, Warned
from earlyhelp.web.blocks_of_evidence import AskForm, SaidBeside
from earlyhelp.web.forms_of_money import BreakEven, Change, Services
from earlyhelp.web.pages import page
from earlyhelp.web.reading import InSnapshot, as_at_of, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.measure import asked, coarsest
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import moment, today, workspace

MAY_COST = having(Power.COST)
VALUE = "Value"
"""The theme of the measures of money."""
FIRST = ("J1", "J3")
"""The measures of money that stand out: cost for each family supported, and what share is spent early."""
FIELD_OF = {
    "cost-from-the-ledger": "annual_cost",
    "families-are-known": "families_a_year",
    "two-services": "to",
    "an-outcome-is-known": "prior",
}
"""The field in which a rule of scenario files can be met."""
OF_ITS_OWN = {"annual_cost": "Give its cost here.", "families_a_year": "Give their number here."}


@page("money/", rule=MAY_COST, menu="Money", place=70)
def money(request: HttpRequest) -> Screen:
    """What help costs, what each service would have to avoid to pay for itself, and papers that say so."""
    listed = _services(request)
    form = BreakEven(request.GET if "service" in request.GET else None, listed)
    blocks: list[Shown] = [*_figures(request), Heading(1, "What would a service have to avoid to pay for itself?")]
    if listed:
        blocks += [*_broken_even(request, form), AskForm(form, "Show")]
    else:
        blocks.append(Empty("The records name no service.", (Link("Bring in the service directory", reverse("data")),)))
    blocks += [Heading(1, "What would a change bring?"), Links(_changes(listed)), *_papers(listed)]
    return Screen(
        "Money",
        tuple(blocks),
        lead="Arithmetic first. What a service is associated with comes after it, with its range, or is left out.",
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


def _services(request: HttpRequest | InSnapshot) -> Services:
    """The services by name, kept for the snapshot."""

    def read() -> Services:
        return sorted(documenting.services_there_are(workspace()), key=lambda each: each[1])

    return prepared(request, ("services by name",), read)


def _figures(request: HttpRequest | InSnapshot) -> list[Shown]:
    """The measures of money: two that stand out, and all of them as a list."""
    wanted = [each for each in CATALOGUE.values() if each.theme == VALUE and each.results is None]
    latest = {each.id: _latest(request, each) for each in wanted}
    big = tuple(_big(CATALOGUE[each], latest[each]) for each in FIRST if each in latest)
    rows = [(each.name, _value(latest[each.id], each), _days(latest[each.id], each)) for each in wanted]
    table = table_of("Measures of money, the latest year of each", ("measure", "figure", "days"), rows, (1,))
    return [Numbers(big), LinkedTable(table, tuple(reverse("measure", args=[each.id]) for each in wanted))]


def _latest(request: HttpRequest | InSnapshot, wanted: Measure) -> ReleasedRow | None:
    """The latest year that can be told; else the latest there is."""
    rows = [row for row in asked(request, wanted.id, Question(grain=coarsest(wanted))).released.rows if not row.dims]
    told = [row for row in rows if row.status is Status.OK]
    found = told or rows
    return found[-1] if found else None


def _big(wanted: Measure, row: ReleasedRow | None) -> BigNumber:
    interval = interval_of(row, wanted) if row else ""
    days = _days(row, wanted)
    about = f"{wanted.question} {days[0].upper()}{days[1:]}." if row and row.value is not None else wanted.question
    return BigNumber(
        wanted.name, _value(row, wanted), f"95 per cent interval {interval}" if interval else "", about,
        reverse("measure", args=[wanted.id]),
    )  # fmt: skip


def _value(row: ReleasedRow | None, wanted: Measure) -> str:
    return value_of(row, wanted) if row else "no data"


def _days(row: ReleasedRow | None, wanted: Measure) -> str:
    return days_of(row, wanted) if row else "all days"


def _broken_even(request: HttpRequest, form: BreakEven) -> list[Shown]:
    """What the service that was asked for would have to avoid; nothing before one is."""
    if not form.is_bound or not form.is_valid():
        return []
    service, cost = form.cleaned_data["service"], form.cleaned_data["cost"]
    own = None if cost is None else float(cost)
    found = prepared(request, ("break-even", service, own), lambda: costing.break_even(workspace(), service, own))
    if not found.steps:
        return [Warned(f"The ledger tells no cost of {found.name}. Give one below, and it can be worked out.")]
    return [*_dial(found), Folded("The same as a table", (break_even_table(found.steps),))]


def _dial(found: ReleasedBreakEven) -> list[Shown]:
    families = (
        "How many families had it in the last year is not known, or too few to say."
        if found.families_a_year is None
        else f"{found.families_a_year:,.0f} families had it in the last year."
    )
    items = tuple(
        BigNumber(f"{row['unit'].capitalize()}s a year of {row['words']}", f"{row['needed']:,.1f}",
                  about=f"by this alone, at {pounds(row['pounds'])} for each {row['unit']}")
        for row in found.steps
    )  # fmt: skip
    said = f"{found.name} costs {pounds(found.annual_cost)} a year ({found.cost_source}). {families}"
    return [
        Text(said, strong=True),
        Text("To pay for itself it would have to avoid one of these. Whether it does is not said here."),
        Numbers(items),
        *(Sentence(str(row["sentence"])) for row in found.steps[:3]),
    ]


def _changes(listed: Services) -> tuple[Link, ...]:
    simulator = Link(
        "The cut simulator",
        reverse("money_scenario"),
        "what it brings to stop, cut, grow or move a service, with its range",
    )
    return (simulator,) if listed else ()


def _papers(listed: Services) -> list[Shown]:
    """The business case of each service, and the papers on all of them."""
    if not listed:
        return []
    address = reverse("paper", args=["business-case"])
    cases = tuple(Link(name, f"{address}?about={service}") for service, name in listed)
    every = tuple(
        Link(DOCUMENTS[name].title, reverse("paper", args=[name]), DOCUMENTS[name].holds)
        for name in ("portfolio", "evidence-paper")
        if name in DOCUMENTS
    )
    return [
        Heading(1, "The business case of one service"),
        Text("Five cases on the screen, and as Word, PDF, HTML or a workbook."),
        Links(cases),
        Heading(1, "Papers on all services"),
        Links(every),
    ]


@page("money/scenario/", rule=MAY_COST)
def money_scenario(request: HttpRequest) -> Screen:
    """The cut simulator: what a change to one service would bring, by agency and year, with its range."""
    listed = _services(request)
    is_asked = "kind" in request.GET
    form = Change(request.GET if is_asked else None, listed, _next_month(as_at_of(request) or today()))
    if not is_asked and request.GET.get("service") in dict(listed):
        form.initial["service"] = request.GET["service"]
    found = _projected(request, form) if is_asked and form.is_valid() else None
    blocks: list[Shown] = [*(_result(form, found) if found else ()), *([Heading(1, "Ask again")] if found else [])]
    return Screen(
        "The cut simulator",
        (*blocks, AskForm(form, "Work it out")),
        lead="What it would bring to stop, cut, grow or move a service. It can show that a cut is the cheaper choice.",
        way=(Link("Money", reverse("money")),),
        status=422 if form.errors else 200,
        has_errors=bool(form.errors),
    )


def _next_month(as_at: date) -> str:
    return f"{as_at.year + as_at.month // 12}-{as_at.month % 12 + 1:02d}"


def _projected(request: HttpRequest, form: Change) -> ReleasedScenario | None:
    """What the change would bring; where it cannot be told, the reason is put beside the field that would mend it."""
    text = form.as_file
    try:
        return prepared(
            request, ("scenario", text), lambda: costing.scenario(workspace(), text, "your choices", moment())
        )
    except InputRefused as no:
        rule = no.where.partition("(rule ")[2].rstrip(")")
        field = FIELD_OF.get(rule)
        form.add_error(field, f"{no.error} {OF_ITS_OWN.get(field or '', no.fix)}")
        return None


def _result(form: Change, found: ReleasedScenario) -> list[Shown]:
    words = _in_words(form)
    choice = [(words, found)]
    tornado = [tornado_plot(found)] if found.content["tornado"] else []
    assumptions: tuple[Shown, ...] = (
        services_table(found),
        effects_table(found),
        prices_table(found),
        Note(drawn_by(found)),
    )
    return [
        _numbers(found),
        *(Sentence(each) for each in found.sentences[:4]),
        SaidBeside((*found.sentences[4:], *found.flags) or found.sentences, MAY_NOT_SAY),
        Heading(1, "What is left over, and for whom"),
        choices_plot(choice),
        Note(
            "Fiscal cost alone, in present pounds. Economic and social worth are not priced here, and never added to it."
        ),
        Heading(1, "By agency and year"),
        by_agency_and_year(words, found),
        Heading(1, "Break-even"),
        break_even_table(found.content["break_even"]),
        Heading(1, "What moves the answer most"),
        *tornado,
        *cross_checks(found),
        Heading(1, "What it rests on"),
        Folded("Assumptions: costs, families, effects, prices and seed", assumptions),
    ]


def _in_words(form: Change) -> str:
    told = form.cleaned_data
    services = dict(form.fields["service"].choices)
    name, share = services[told["service"]], told.get("share")
    by_kind = {
        "stop": f"Stop {name}",
        "cut": f"Cut {name} by {share}%",
        "grow": f"Grow {name} by {share}%",
        "move": f"Move {share}% of {name} to {services.get(told.get('to', ''), 'another')}",
    }
    return by_kind[told["kind"]]


def _numbers(found: ReleasedScenario) -> Numbers:
    """For the council and for the public purse: the chance that money is left over, and how much."""
    items = []
    for purse in found.content["purses"]:
        items.append(
            BigNumber(
                f"Chance that money is left over: {purse['purse']}",
                chance(purse["probability_that_it_saves"]),
                about=f"left over {spread(purse, 'net')}: the middle of the draws, and 90 in 100 of them",
            )
        )
    return Numbers(tuple(items))


def make_ready(request: InSnapshot) -> None:
    """The measures of money."""
    _services(request)
    _figures(request)
