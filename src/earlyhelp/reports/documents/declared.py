"""What a document is: for whom, what it holds, what it wants of a snapshot, and how that becomes blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from earlyhelp.economics.claims_guard import faults, guarded
from earlyhelp.measures import Grain
from earlyhelp.measures.signals import Event
from earlyhelp.release.findings import ReleasedFinding
from earlyhelp.release.scenarios import ReleasedScenario
from earlyhelp.release.services import ReleasedServices
from earlyhelp.release.waiting import ReleasedWaiting
from earlyhelp.reports.answers.prepared import Part, Reply, Wanted
from earlyhelp.reports.blocks import Block, Content, texts
from earlyhelp.reports.wording import in_words
from earlyhelp.standard import code_lists

ENDINGS = (".docx", ".pdf", ".html", ".xlsx")


@dataclass(frozen=True)
class Choice:
    """One thing that the council could do: in words, and what it would bring. `why`: where that cannot be told."""

    words: str
    scenario: ReleasedScenario | None = None
    why: str = ""


@dataclass(frozen=True)
class Material:
    """What a document is made of: released things alone, each with what stands behind it.

    `parts`: of each wanted measure its released rows with their certificates, in the order wanted. `findings`: a study a
    service, by service id. `service`: the one that the document is about.
    """

    council: str
    as_at: date
    snapshot: str
    events: Sequence[Event] = ()
    parts: Sequence[tuple[Wanted, Part]] = ()
    this_month: Reply | None = None
    waiting: ReleasedWaiting | None = None
    services: ReleasedServices | None = None
    findings: Sequence[ReleasedFinding] = ()
    service: str = ""
    choices: Sequence[Choice] = ()

    def by(self, grain: Grain | None) -> list[Part]:
        """What was asked period by period of that length; None: of the whole."""
        return [part for wanted, part in self.parts if wanted.asked.grain is grain]


@dataclass(frozen=True)
class Document:
    """One document. `title`: may hold {service}. `wanted`: measures it rests on, whose figures each keep a certificate.

    `of_services`: it asks what the studies of all services found; `of_one_service`: of one, that must be named, with what
    a change to it would bring. `of_this_month`, `of_the_list`: it asks for the month's signals, and for the waiting list.
    `blocks`: made of the material by rule.
    """

    name: str
    title: str
    for_whom: str
    holds: str
    blocks: Callable[[Material], list[Block]]
    wanted: tuple[Wanted, ...] = field(default=())
    of_services: bool = False
    of_one_service: bool = False
    of_this_month: bool = False
    of_the_list: bool = False
    endings: tuple[str, ...] = ENDINGS


def content_of(document: Document, material: Material) -> Content:
    """The document, every text of it past the claims guard. Raises GateClosed for a claim that may not be made.

    Names of services and the labels of published codes are no claims ("Reducing Parental Conflict"): they are read as "it".
    """
    named = material.findings[0].service if document.of_one_service and material.findings else material.service
    found = Content(
        document.title.format(service=named),
        f"{material.council}. As at {in_words(material.as_at)}. Snapshot {material.snapshot}.",
        material.council,
        tuple(document.blocks(material)),
    )
    names = [*_labels_like_claims(), *_names_of_services(material)]
    for text in texts(found):
        guarded(_without(names, text))
    return found


def _without(names: Sequence[str], text: str) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "it")
    return text


def _names_of_services(material: Material) -> list[str]:
    rows = material.services.rows if material.services else ()
    names = {str(row["service"]) for row in rows} | {each.service for each in material.findings}
    return [each for each in names if faults(each)]


@cache
def _labels_like_claims() -> tuple[str, ...]:
    """The labels of published codes that the claims guard would take for a claim."""
    labels = {value.label for each in code_lists().values() for value in each.values}
    return tuple(sorted(each for each in labels if faults(each)))
