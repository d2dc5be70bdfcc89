"""What a document is: for whom, what it holds, what it wants of a snapshot, and how that becomes blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

from earlyhelp.compare.comparison import Comparison
from earlyhelp.economics.claims_guard import faults, guarded
from earlyhelp.measures import Grain
from earlyhelp.measures.signals import Event
from earlyhelp.measures.wards import Ward
from earlyhelp.release.findings import ReleasedFinding
from earlyhelp.release.partners import AboutPartner
from earlyhelp.release.pathway import ReleasedLine
from earlyhelp.release.roles import ReleasedRoles
from earlyhelp.release.scenarios import ReleasedScenario
from earlyhelp.release.services import ReleasedServices
from earlyhelp.release.waiting import ReleasedWaiting
from earlyhelp.reports.answers.prepared import Part, Reply, Wanted
from earlyhelp.reports.blocks import Block, Content, texts
from earlyhelp.reports.wording import in_words
from earlyhelp.standard import code_lists

About = Literal["", "service", "partner", "ward"]
"""The one thing that a document is about, which must be named; nothing where it is about the council."""
ENDINGS = (".docx", ".pdf", ".html", ".xlsx")


@dataclass(frozen=True)
class Choice:
    """One thing that the council could do: in words, and what it would bring. `why`: where that cannot be told."""

    words: str
    scenario: ReleasedScenario | None = None
    why: str = ""


@dataclass(frozen=True)
class Spent:
    """What the ledger says of one service of the directory: pounds actually spent in the last whole financial year.

    `services`: the numbers under which the ledger and the offers know it.
    """

    services: tuple[str, ...]
    financial_year: str
    pounds: float | None = None


@dataclass(frozen=True)
class Material:
    """What a document is made of: released things alone, each with what stands behind it.

    `parts`: of each wanted measure its released rows with their certificates, in the order wanted. `own`: the rows of the
    same measures of the one partner or ward that it is about, where a measure can be split so. `findings`: a study a service,
    by service id. `service`: the one that the document is about. `offer`: what is offered, by need, level, age and area.
    `spent`: of each service of it, what the ledger knows. `trust`: the rules, gates, delays and readiness of the data desk.
    `manifest`: what the snapshot was made of. `lines`: what became of the requests of each year, the latest first. `roles`: by
    what is done, the roles of those who do it. `comparison`: own figures beside those of other councils' packs.
    """

    council: str
    as_at: date
    snapshot: str
    events: Sequence[Event] = ()
    parts: Sequence[tuple[Wanted, Part]] = ()
    own: Sequence[tuple[Wanted, Part]] = ()
    this_month: Reply | None = None
    waiting: ReleasedWaiting | None = None
    services: ReleasedServices | None = None
    findings: Sequence[ReleasedFinding] = ()
    service: str = ""
    choices: Sequence[Choice] = ()
    partner: AboutPartner | None = None
    ward: Ward | None = None
    offer: Mapping[str, Any] | None = None
    spent: Mapping[str, Spent] = field(default_factory=dict)
    trust: Mapping[str, Any] | None = None
    manifest: Mapping[str, Any] | None = None
    lines: Sequence[ReleasedLine] = ()
    roles: Mapping[str, ReleasedRoles] = field(default_factory=dict)
    comparison: Comparison | None = None

    def by(self, grain: Grain | None) -> list[Part]:
        """What was asked period by period of that length; None: of the whole."""
        return [part for wanted, part in self.parts if wanted.asked.grain is grain]


@dataclass(frozen=True)
class Document:
    """One document. `title`: may hold {about}, the name of what it is about. `wanted`: measures it rests on, each figure of
    which keeps a certificate.

    `about`: the one thing that must be named: a service, whose study and what a change to it would bring are asked for, or a
    partner or a ward, whose own figures are. `of_services`: it asks what the studies of all services found.
    `of_this_month`, `of_the_list`: it asks for the month's signals, and for the waiting list. `of_the_offer`: for what is
    offered, and what that costs. `of_the_data`: for how far the data can be trusted. `of_the_line`: for what became of
    requests, and for the roles of those who act. `of_others`: it may be laid beside packs of other councils. `blocks`: made
    of the material by rule.
    """

    name: str
    title: str
    for_whom: str
    holds: str
    blocks: Callable[[Material], list[Block]]
    wanted: tuple[Wanted, ...] = field(default=())
    of_services: bool = False
    about: About = ""
    of_this_month: bool = False
    of_the_list: bool = False
    of_the_offer: bool = False
    of_the_data: bool = False
    of_the_line: bool = False
    of_others: bool = False
    endings: tuple[str, ...] = ENDINGS


def content_of(document: Document, material: Material) -> Content:
    """The document, every text of it past the claims guard. Raises GateClosed for a claim that may not be made.

    Names of services and partners and the labels of published codes are no claims ("Reducing Parental Conflict"): they are
    read as "it".
    """
    found = Content(
        document.title.format(about=_named(document, material)),
        f"{material.council}. As at {in_words(material.as_at)}. Snapshot {material.snapshot}.",
        material.council,
        tuple(document.blocks(material)),
    )
    names = [*_labels_like_claims(), *_names_in(material)]
    for text in texts(found):
        guarded(_without(names, text))
    return found


def _named(document: Document, material: Material) -> str:
    """The name of what the document is about."""
    if document.about == "service" and material.findings:
        return material.findings[0].service
    if document.about == "partner" and material.partner is not None:
        return material.partner.partner.name
    if document.about == "ward" and material.ward is not None:
        return material.ward.name
    return material.service


def _without(names: Sequence[str], text: str) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "it")
    return text


def _names_in(material: Material) -> list[str]:
    rows = material.services.rows if material.services else ()
    names = {str(row["service"]) for row in rows} | {each.service for each in material.findings}
    names |= {
        each[name] for each in (material.offer or {}).get("services", ()) for name in ("name", "provider") if each[name]
    }
    names |= {material.partner.partner.name} if material.partner is not None else set()
    names |= set(material.comparison.councils.values()) if material.comparison is not None else set()
    names |= {row.dims["team"] for _, part in material.parts for row in part.released.rows if "team" in row.dims}
    names |= {role for each in material.roles.values() for role, _ in each.told}
    return [each for each in names if faults(each)]


@cache
def _labels_like_claims() -> tuple[str, ...]:
    """The labels of published codes that the claims guard would take for a claim."""
    labels = {value.label for each in code_lists().values() for value in each.values}
    return tuple(sorted(each for each in labels if faults(each)))
