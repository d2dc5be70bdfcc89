"""Documents of a finished snapshot: asks for released things alone, makes blocks of them, and writes them as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from earlyhelp.answering import Answer, ask, opened
from earlyhelp.costing import scenario
from earlyhelp.errors import GateClosed, InputRefused, UsageProblem
from earlyhelp.evaluate.studies.protocol import service_study
from earlyhelp.measures.signals import Event
from earlyhelp.release.findings import ReleasedFinding, publish_finding
from earlyhelp.release.services import ReleasedServices
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Content
from earlyhelp.reports.documents import DOCUMENTS, Choice, Document, Material, content_of
from earlyhelp.store.plans import register
from earlyhelp.store.row_files import is_writable
from earlyhelp.store.settings import declared_events
from earlyhelp.store.workspace import Workspace
from earlyhelp.studying import OF_A_SERVICE, opened_for_study, services_compared, studies_there_are

CHOICES = (("Stop it", "stop", 1.0), ("Cut it by a fifth", "cut", 0.2))
"""What the council could do to a service beside carrying on: in words, the kind of scenario, the share of its money."""
SCENARIO = """[scenario]
kind = "{kind}"
service = "{service}"
share = {share}
from = "{begins}"
years = 3
"""


def document_called(name: str) -> Document:
    """The document of that name. Raises UsageProblem when there is none."""
    if name not in DOCUMENTS:
        raise UsageProblem(f"There is no document {name}.", where="NAME", fix=f"One of: {', '.join(DOCUMENTS)}.")
    return DOCUMENTS[name]


def write_document(
    workspace: Workspace, name: str, target: Path, when: str, *, service: str = "", template: Path | None = None
) -> dict[str, Any]:
    """Write a document of the current snapshot to a .docx, .pdf, .html or .xlsx file; returns what was written.

    when: the moment, as which plans of studies are registered if they are new. service: of a document about one.
    template: a Word file of the council's own, whose styles are kept. Raises UsageProblem for what there is not,
    InputRefused for a template that is none, GateClosed where a claim may not be made or nothing can be studied.
    """
    document = document_called(name)
    is_writable(target, document.endings)
    if template is not None and target.suffix != ".docx":
        raise UsageProblem("Only Word has a template.", where="--template", fix="Name a .docx file, or leave it out.")
    content = content_of(document, material(workspace, document, when, service))
    with _whole_file(target) as partial:
        _write(content, partial, _made(workspace), template)
    return {
        "document": name,
        "title": content.title,
        "path": str(target),
        "snapshot": workspace.current,
        "figures": len(content.figures),
        "headings": [each.text for each in content.headings if each.level == 1],
    }


@contextmanager
def _whole_file(target: Path) -> Iterator[Path]:
    """A file to write, which takes the target's place once it is whole; after an error nothing is left of it."""
    partial = target.with_name(f".partial-{target.name}")
    try:
        yield partial
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _made(workspace: Workspace) -> datetime:
    """The day that the data is as at: the same snapshot gives the same document."""
    return datetime.combine(_as_at(workspace), time())


def _as_at(workspace: Workspace) -> date:
    return date.fromisoformat(workspace.manifest(workspace.snapshot_folder().name)["as_at"])


def _write(content: Content, target: Path, made: datetime, template: Path | None) -> None:
    if target.suffix == ".docx":
        from earlyhelp.reports.to_word import write_word

        write_word(content, target, made, template)
    elif target.suffix == ".pdf":
        from earlyhelp.reports.to_pdf import write_pdf

        write_pdf(content, target)
    elif target.suffix == ".xlsx":
        from earlyhelp.reports.to_workbook import write_workbook

        write_workbook(content, target)
    else:
        from earlyhelp.reports.to_html import html_page

        target.write_text(html_page(content), encoding="utf-8")


def material(workspace: Workspace, document: Document, when: str, service: str = "") -> Material:
    """What the document is made of, released. Raises UsageProblem for a service there is not, or one that is missing."""
    _refuse_service(workspace, document, service)
    services = services_compared(workspace, when) if document.of_services else None
    wanted = [service] if document.of_one_service else [row["service_id"] for row in services.rows] if services else []
    findings = tuple(_findings(workspace, wanted, services, when)) if wanted else ()
    choices = tuple(_choices(workspace, service, when)) if document.of_one_service else ()
    _, this_month = ask(workspace, "this-month", when) if document.of_this_month else (None, None)
    with opened(workspace) as reading:
        return Material(
            council=workspace.settings.name or workspace.settings.ons_code or "The council",
            as_at=reading.standards.as_at,
            snapshot=reading.name,
            events=tuple(Event(day, what) for day, what in declared_events(workspace.root / "council.toml")),
            parts=[
                (each, _part(reading.measure(each.measure, each.asked, each.definition))) for each in document.wanted
            ],
            this_month=this_month,
            waiting=reading.waiting() if document.of_the_list else None,
            services=services,
            findings=findings,
            service=service,
            choices=choices,
        )


def _part(answer: Answer) -> Part:
    return Part(answer.released, answer.certificates)


def _refuse_service(workspace: Workspace, document: Document, service: str) -> None:
    if not document.of_one_service:
        if service:
            raise UsageProblem(f"{document.name} is not about one service.", where="--service", fix="Leave it out.")
        return
    known = [each.removeprefix(OF_A_SERVICE) for each in studies_there_are(workspace) if each.startswith(OF_A_SERVICE)]
    if service not in known:
        error = f"There is no service {service}." if service else f"{document.name} is about one service."
        fix = f"One of: {', '.join(known) or 'none: the records name no service'}."
        raise UsageProblem(error, where="--service", fix=fix)


def _findings(
    workspace: Workspace, wanted: Sequence[str], services: ReleasedServices | None, when: str
) -> Iterator[ReleasedFinding]:
    """The study of each service, whole; tested together where they stand side by side."""
    q_values = {row["service_id"]: row["q_value"] for row in services.rows} if services else {}
    tested = max(1, sum(each is not None for each in q_values.values()))
    studies = [service_study(each) for each in wanted]
    with opened_for_study(workspace, when, studies) as reading:
        for study in studies:
            declared = register(workspace, study.plan, study.declaration(), when)
            q_value = q_values.get(study.service)
            together = tested if q_value is not None else 1
            yield publish_finding(
                reading.do(study), reading.policy, declared=declared, studies=together, q_value=q_value
            )


def _choices(workspace: Workspace, service: str, when: str) -> Iterator[Choice]:
    """What each choice would bring; where the records cannot tell, why."""
    as_at = _as_at(workspace)
    begins = f"{as_at.year + as_at.month // 12}-{as_at.month % 12 + 1:02d}"
    for words, kind, share in CHOICES:
        text = SCENARIO.format(kind=kind, service=service, share=share, begins=begins)
        try:
            yield Choice(words, scenario(workspace, text, f"{kind} of {service}", when))
        except (InputRefused, GateClosed) as no:
            yield Choice(words, why=f"{no.error} {no.fix}".strip())
