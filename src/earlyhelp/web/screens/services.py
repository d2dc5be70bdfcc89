"""What helps: the services in groups that are never ranks, and one page a service with its study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import studying
from earlyhelp.errors import GateClosed
from earlyhelp.release.findings import ReleasedFinding
from earlyhelp.release.services import ORDER, ReleasedServices
from earlyhelp.release.studies import ReleasedStudy
from earlyhelp.reports.answers.prepared import Setting
from earlyhelp.reports.answers.services import cost_in_words, difference_in_words, tell_services
from earlyhelp.reports.blocks import Bullets, Heading, Note, Text
from earlyhelp.reports.documents.evidence_paper import side_by_side
from earlyhelp.reports.documents.studied import (
    VERDICTS,
    checks_table,
    found_blocks,
    in_figures,
    other_outcomes,
    rests_on_table,
)
from earlyhelp.web.access import READERS, Power
from earlyhelp.web.blocks import Empty, Folded, Link, LinkedTable, Links, Sentence, Shown
from earlyhelp.web.blocks_of_evidence import SaidBeside
from earlyhelp.web.file_links import file_links
from earlyhelp.web.pages import PAGES, page
from earlyhelp.web.reading import InSnapshot, as_at_of, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.screens.studies import declared_links, evaluated, study_day
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import moment, today, workspace

GROUPS: Mapping[str, str] = {
    "better than expected": "Better than expected: fewer first steps up than among like families",
    "as expected": "As expected: no difference shown, which is no proof that there is none",
    "worse than expected": "Worse than expected: more first steps up than among like families",
    "too few to say": "Too few families had a first step up for a figure to be told",
    "cannot tell": "Cannot be told from the records",
}
"""The groups in words; within each the services stand by name."""
COLUMNS = (
    "service",
    "difference in first steps up (95 per cent interval), or why there is none",
    "families offered it",
    "cost of each step-up avoided",
)
REFUSED_WORDS: Mapping[str, str] = {
    "before-after:": "Families before and after the service",
    "completers:": "Families who finished it against those who did not",
}


@page("what-helps/", rule=READERS, menu="What helps", place=40, kept=True)
def services(request: HttpRequest) -> Screen:
    """Which services are associated with fewer or more first steps up than among like families; in groups, never ranked."""
    found = compared(request)
    if not found.rows:
        return Screen("What helps", (Empty(found.note or "The records name no service that was offered.", _nothing()),))
    reply = tell_services((), Setting(as_at_of(request) or today(), services=found))
    sentences = tuple(Sentence(each) for each in reply.answer)
    groups = [block for group in ORDER for block in _group(str(group), found.of(group))]
    return Screen(
        "What helps",
        (
            *sentences,
            Heading(1, "The services side by side"),
            side_by_side(found),
            Note(found.note),
            *groups,
            Heading(1, "To be read with it"),
            Bullets(tuple(each for each in reply.caveats if each != found.note)),
            Heading(1, "Other studies"),
            Links(declared_links()),
            Heading(1, "On paper"),
            Links(file_links("evidence-paper", "The evidence paper")),
        ),
        lead="Families offered each service, against families like them. Groups by name: there is no ranking.",
    )


def compared(request: HttpRequest | InSnapshot) -> ReleasedServices:
    """Every service's study side by side, kept for the snapshot; where none can be done, why."""

    def compare() -> ReleasedServices:
        try:
            return studying.services_compared(workspace(), moment())
        except GateClosed as no:
            return ReleasedServices((), f"{no.error} {no.fix}".strip())

    return prepared(request, ("services",), compare)


def _nothing() -> tuple[Link, ...]:
    return (Link("The prepared questions", reverse("ask"), "what the records can answer already"),)


def _group(group: str, rows: list[Mapping[str, Any]]) -> list[Shown]:
    if not rows:
        return []
    costs = [cost_in_words(row) for row in rows]
    told = [
        (row["service"], difference_in_words(row), _families(row["n_treated"]), *cost)
        for row, cost in zip(rows, [(each or "not told",) if any(costs) else () for each in costs], strict=True)
    ]
    table = table_of(GROUPS[group], COLUMNS if any(costs) else COLUMNS[:3], told, (2,))
    links = tuple(reverse("service", args=[str(row["service_id"])]) for row in rows)
    return [Heading(1, group.capitalize()), LinkedTable(table, links)]


def _families(count: float | None) -> str:
    return "too few to say" if count is None else f"{count:,.0f}"


@page("what-helps/<str:service_id>/", rule=READERS, kept=True)
def service(request: HttpRequest, service_id: str) -> Screen:
    """One service: who was compared, how alike they are, what was found, and what may and may not be said of it."""
    found = evaluated(request, f"{studying.OF_A_SERVICE}{service_id}")
    assert isinstance(found, ReleasedFinding)
    blocks: list[Shown] = [
        Sentence(found.may_say[0]),
        Text(f"Verdict: {VERDICTS.get(found.verdict, found.verdict)}.", strong=True),
        _said(found),
        Heading(1, "Who was compared"),
        in_figures(found),
        *found_blocks(found, 1),
        *_folded(found),
        Heading(1, "Comparisons that are refused"),
        Text("They look like evidence and show an effect where there is none."),
        *_refused(request, service_id),
        Heading(1, "The plan"),
        Text(
            f"Plan {found.plan} was registered on {study_day(found.declared)}, before an outcome was read. Whoever changes "
            "the plan gets another number."
        ),
        Heading(1, "What next"),
        Links(_next(request, service_id)),
    ]
    return Screen(found.service, tuple(blocks), way=(Link("What helps", reverse("services")),), lead=_lead(found))


def _said(found: ReleasedFinding) -> SaidBeside:
    """What may be said beside what may not; the first sentence stands above it."""
    if len(found.may_say) == 1:
        return SaidBeside(found.may_say, found.may_not_say)
    return SaidBeside(found.may_say[1:], found.may_not_say, "What else you may say")


def _lead(found: ReleasedFinding) -> str:
    return f"Design: {found.design}. Grade {found.design_grade} of 5 on the Maryland scale: an association, no proof of cause."


def _folded(found: ReleasedFinding) -> list[Shown]:
    """What a reader who wants to check it looks at."""
    tables = (
        ("Other outcomes and other windows, which may be looked at and not claimed from", other_outcomes(found)),
        ("Checks that should show nothing", checks_table(found)),
        ("What the result rests on: each thing left out in turn", rests_on_table(found)),
    )
    return [Folded(summary, (table,)) for summary, table in tables if table is not None]


def _refused(request: HttpRequest, service_id: str) -> list[Shown]:
    found: list[Shown] = []
    for begins in studying.REFUSED_DESIGNS:
        study = evaluated(request, f"{begins}{service_id}")
        assert isinstance(study, ReleasedStudy)
        found.append(Folded(REFUSED_WORDS.get(begins, begins), (SaidBeside(study.may_say, study.may_not_say),)))
    return found


def _next(request: HttpRequest, service_id: str) -> tuple[Link, ...]:
    links = [*file_links("evidence-paper", "The evidence paper")]
    powers = request.user.powers if request.user.is_authenticated else frozenset()
    if Power.COST in powers and "money" in PAGES:
        asked = f"?service={service_id}"
        links = [
            Link("What it would have to avoid to pay for itself", f"{reverse('money')}{asked}"),
            Link("What a cut of it would bring", f"{reverse('money_scenario')}{asked}"),
            Link("The business case of this service", f"{reverse('paper', args=['business-case'])}?about={service_id}"),
            *file_links("business-case", "The business case", service_id),
            *links,
        ]
    return tuple(links)


def make_ready(request: InSnapshot) -> None:
    """The services side by side."""
    compared(request)
