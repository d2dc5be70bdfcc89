"""Learning from others: what councils that do better do differently, as questions to ask; and the library of case studies."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import case_studies, comparing, receiving
from earlyhelp.web.access import READERS
from earlyhelp.web.blocks import Empty, Link, LinkedTable
from earlyhelp.web.pages import page
from earlyhelp.web.reading import prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import workspace


@page("packs/learn/", rule=READERS)
def learn(request: HttpRequest) -> Screen:
    """What councils that do better beyond usual variation do differently, as questions to ask them; never as a cause."""
    files, way = receiving.received_packs(workspace()), (Link("Beside other councils", reverse("packs")),)
    title = "What to ask other councils"
    if not files:
        steps = (Link("Add a pack", reverse("receive_pack"), "a file that another council sent"),)
        return Screen(title, (Empty("No other council's pack is here yet.", steps),), way=way)
    key = ("learn", tuple((each.name, each.stat().st_mtime_ns) for each in files))
    content = prepared(request, key, lambda: comparing.comparison_content(workspace(), files))
    return Screen(title, content.blocks, lead=content.subtitle, way=way)


@page("case-studies/", rule=READERS, needs_snapshot=False, name="case_studies")
def library(request: HttpRequest) -> Screen:
    """What was tried, for whom, and what changed: this council's notes and those that others shared."""
    found = case_studies.listed(workspace())
    if not found:
        words = "No case study is here yet. Whoever holds the workspace adds one: earlyhelp case-study blank, then add."
        return Screen("Case studies", (Empty(words),))
    rows = [(each.title, each.council_name or "this council", ", ".join(each.tags) or "none") for each in found]
    table = table_of("Case studies, by title", ("what was tried", "whose", "tags"), rows)
    links = tuple(reverse("case_study", args=[each.name]) for each in found)
    lead = "One family's way is no proof that a service works; the figures beside each are certified."
    return Screen("Case studies", (LinkedTable(table, links),), lead=lead)


@page("case-studies/<str:name>/", rule=READERS, needs_snapshot=False)
def case_study(request: HttpRequest, name: str) -> Screen:
    """One case study: what was tried, for whom, what changed and what did not."""
    note = case_studies.called(workspace(), name)
    content = case_studies.content_of(workspace(), note)
    return Screen(
        content.title, content.blocks, lead=content.subtitle, way=(Link("Case studies", reverse("case_studies")),)
    )
