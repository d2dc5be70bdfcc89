"""Studies that are not of one service: what happened after a change, organisations side by side, what follows poverty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from earlyhelp import studying
from earlyhelp.release.findings import ReleasedFinding
from earlyhelp.release.studies import ReleasedStudy
from earlyhelp.reports.blocks import Heading, Text
from earlyhelp.reports.documents.other_studies import estimates
from earlyhelp.reports.wording import in_words
from earlyhelp.web.access import READERS
from earlyhelp.web.blocks import Link, Sentence, Shown
from earlyhelp.web.blocks_of_evidence import SaidBeside
from earlyhelp.web.pages import page
from earlyhelp.web.reading import InSnapshot, prepared
from earlyhelp.web.screen import Screen
from earlyhelp.web.workspace import moment, workspace

TITLES: Mapping[str, tuple[str, str]] = {
    studying.PROVIDERS: ("Organisations side by side", "what became of the families that each was given"),
    studying.POVERTY_SHOCK: (
        "After signs of poverty",
        "what is recorded of families after arrears, a cap or homelessness",
    ),
}
"""What the studies that every council has are called, and what each is about."""


def evaluated(request: HttpRequest | InSnapshot, name: str) -> ReleasedFinding | ReleasedStudy:
    """The study, kept for the snapshot. Raises UsageProblem for one there is not, GateClosed where nothing can be studied."""
    return prepared(request, ("study", name), lambda: studying.evaluate_study(workspace(), name, moment()))


def declared_links() -> tuple[Link, ...]:
    """Links to the studies that are not of one service: those of every council, and those that this one declared."""
    names = [each for each in studying.studies_there_are(workspace()) if not each.startswith(studying.OF_A_SERVICE)]
    return tuple(Link(*_called(each), about) for each in names for about in [_about(each)])


def _called(name: str) -> tuple[str, str]:
    return _title(name), reverse("study", args=[name])


def _title(name: str) -> str:
    return TITLES[name][0] if name in TITLES else name.replace("-", " ").capitalize()


def _about(name: str) -> str:
    return TITLES[name][1] if name in TITLES else "a change on one day, which this council declared"


@page("what-helps/studies/<str:name>/", rule=READERS, kept=True)
def study(request: HttpRequest, name: str) -> Screen:
    """One study that is not of a service: what it found, and what may and may not be said of it."""
    found = evaluated(request, name)
    if not isinstance(found, ReleasedStudy) or not found.plan:
        raise Http404
    blocks: list[Shown] = [
        *(Sentence(each) for each in found.may_say[:2]),
        Text(f"Verdict: {found.verdict}.", strong=True),
        SaidBeside(found.may_say[2:] or found.may_say, found.may_not_say),
        *estimates(found),
        Heading(1, "The plan"),
        Text(f"What is estimated: {found.estimand}."),
        Text(
            f"Plan {found.plan} was registered on {study_day(found.declared)}, before an outcome was read. Grade "
            f"{found.design_grade} of 5 on the Maryland scale."
        ),
    ]
    return Screen(
        _title(name),
        tuple(blocks),
        way=(Link("What helps", reverse("services")),),
        lead=f"{_about(name).capitalize()}.",
    )


def study_day(moment_of: str) -> str:
    """The day of a moment in words."""
    return in_words(date.fromisoformat(moment_of[:10]))
