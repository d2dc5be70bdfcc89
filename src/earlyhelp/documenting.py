"""Documents of a finished snapshot: asks for released things alone, makes blocks of them, and writes them as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from earlyhelp import desk, sharing
from earlyhelp.answering import Opened, ask, opened
from earlyhelp.costing import scenario
from earlyhelp.economics.local_prices import price_year
from earlyhelp.economics.spend import ledger
from earlyhelp.errors import GateClosed, InputRefused, UsageProblem
from earlyhelp.evaluate.studies.protocol import service_study
from earlyhelp.measures import CATALOGUE, splits_of
from earlyhelp.measures.partners import EVERYBODY, asked_by, by_decision, by_lead, partners, told_back
from earlyhelp.measures.roles import roles
from earlyhelp.measures.signals import Event
from earlyhelp.measures.wards import BY_WARD, Ward, wards
from earlyhelp.release.findings import ReleasedFinding, publish_finding
from earlyhelp.release.partners import (
    AboutPartner,
    ReleasedPartner,
    own_figures,
    publish_partner,
    publish_partners,
)
from earlyhelp.release.roles import ReleasedRoles, publish_roles
from earlyhelp.release.services import ReleasedServices
from earlyhelp.release.trust import publish_trust
from earlyhelp.reports.answers.prepared import Part, Wanted
from earlyhelp.reports.blocks import Content
from earlyhelp.reports.documents import DOCUMENTS, About, Choice, Document, Material, Spent, content_of
from earlyhelp.reports.to_file import write_content
from earlyhelp.standard import contact
from earlyhelp.store.plans import register
from earlyhelp.store.row_files import is_writable
from earlyhelp.store.settings import declared_events
from earlyhelp.store.workspace import Workspace
from earlyhelp.studying import OF_A_SERVICE, Progress, opened_for_study, services_compared, studies_there_are

CHOICES = (("Stop it", "stop", 1.0), ("Cut it by a fifth", "cut", 0.2))
"""What the council could do to a service beside carrying on: in words, the kind of scenario, the share of its money."""
SCENARIO = """[scenario]
kind = "{kind}"
service = "{service}"
share = {share}
from = "{begins}"
years = 3
"""


@dataclass(frozen=True)
class Subject:
    """The one thing that a document is about. `kind`: nothing where it is about the council.

    `name`: a service's id, a school's number or an organisation's name, a ward's code.
    """

    kind: About = ""
    name: str = ""


THE_COUNCIL = Subject()


def document_called(name: str) -> Document:
    """The document of that name. Raises UsageProblem when there is none."""
    if name not in DOCUMENTS:
        raise UsageProblem(f"There is no document {name}.", where="NAME", fix=f"One of: {', '.join(DOCUMENTS)}.")
    return DOCUMENTS[name]


def partners_there_are(workspace: Workspace) -> tuple[ReleasedPartner, ...]:
    """The schools and agencies of the current snapshot that a page can be about, schools first."""
    with opened(workspace) as reading:
        return _listed(reading)


def _listed(reading: Opened) -> tuple[ReleasedPartner, ...]:
    return publish_partners(partners(reading.con), reading.policy)


def wards_there_are(workspace: Workspace) -> list[Ward]:
    """The wards of the current snapshot that a profile can be about, by code."""
    with opened(workspace) as reading:
        return wards(reading.con)


def services_there_are(workspace: Workspace) -> list[tuple[str, str]]:
    """The services of the current snapshot that a paper can be about: number and name, by number."""
    with opened(workspace) as reading:
        return reading.con.execute("""
            SELECT service_id, coalesce(any_value(name), service_id) FROM service
            WHERE service_id IS NOT NULL GROUP BY service_id ORDER BY service_id
        """).fetchall()


def subject_named(name: str, named: Mapping[str, str]) -> Subject:
    """What the document of that name is about, of things named by kind. Raises UsageProblem for one that it is not about."""
    document = document_called(name)
    for kind, told in named.items():
        if told:
            _refuse_another_kind(document, kind)
    return Subject(document.about, named.get(document.about, ""))


def content_for(
    workspace: Workspace,
    name: str,
    when: str,
    about: Subject = THE_COUNCIL,
    beside: Sequence[Path] = (),
    *,
    progress: Progress = lambda step: None,
) -> Content:
    """A document of the current snapshot as blocks, released and past the claims guard; nothing is written.

    when: the moment, as which plans of studies are registered if they are new. about: what it is about, where it is about
    one thing. beside: packs of other councils, for a document that is laid beside theirs. progress: is told each step.
    Raises UsageProblem for what there is not, GateClosed where a claim may not be made or nothing can be studied,
    InputRefused where no pack can be trusted.
    """
    document = document_called(name)
    return content_of(document, material(workspace, document, when, about, beside, progress=progress))


def write_document(
    workspace: Workspace,
    name: str,
    target: Path,
    when: str,
    about: Subject = THE_COUNCIL,
    *,
    beside: Sequence[Path] = (),
    template: Path | None = None,
) -> dict[str, Any]:
    """Write a document of the current snapshot to a .docx, .pdf, .html or .xlsx file; returns what was written.

    name, when, about, beside: as for `content_for`. template: a Word file of the council's own, whose styles are
    kept. Raises UsageProblem for what there is not, InputRefused for a template that is none, GateClosed where a
    claim may not be made or nothing can be studied.
    """
    document = document_called(name)
    is_writable(target, document.endings)
    if template is not None and target.suffix != ".docx":
        raise UsageProblem("Only Word has a template.", where="--template", fix="Name a .docx file, or leave it out.")
    made_of = material(workspace, document, when, about, beside)
    content = content_of(document, made_of)
    with _whole_file(target) as partial:
        write_content(content, partial, _made(workspace), template)
    return {
        "document": name,
        "title": content.title,
        "path": str(target),
        "snapshot": workspace.current,
        "figures": len(content.figures),
        "headings": [each.text for each in content.headings if each.level == 1],
        **_laid_beside(made_of),
    }


def _laid_beside(made_of: Material) -> dict[str, Any]:
    """The councils beside this one, and the packs that were left out with why; nothing without packs."""
    found = made_of.comparison
    if found is None:
        return {}
    others = [code for code in found.councils if code != found.council]
    return {"beside": others, "left_out": [{"file": each.file, "why": each.why} for each in found.left_out]}


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


def material(
    workspace: Workspace,
    document: Document,
    when: str,
    about: Subject = THE_COUNCIL,
    beside: Sequence[Path] = (),
    *,
    progress: Progress = lambda step: None,
) -> Material:
    """What the document is made of, released. Raises UsageProblem for a subject there is not, or one that is missing."""
    _refuse_subject(workspace, document, about)
    _refuse_packs(document, beside)
    service, partner, ward = (about.name if about.kind == kind else "" for kind in ("service", "partner", "ward"))
    services = services_compared(workspace, when, progress) if document.of_services else None
    wanted = [service] if service else [row["service_id"] for row in services.rows] if services else []
    findings = tuple(_findings(workspace, wanted, services, when, progress)) if wanted else ()
    progress("working out choices and signals")
    choices = tuple(_choices(workspace, service, when)) if service else ()
    _, this_month = ask(workspace, "this-month", when) if document.of_this_month else (None, None)
    progress("gathering the figures")
    with opened(workspace) as reading:
        listed = _listed(reading) if partner else ()
        splits = [BY_WARD] if ward else [split for each in listed if each.code == partner for split in each.splits]
        own = list(_own(reading, document, splits, ward or partner))
        about_partner = _about_partner(reading, listed, partner) if listed else None
        return Material(
            council=workspace.settings.name or workspace.settings.ons_code or "The council",
            as_at=reading.standards.as_at,
            snapshot=reading.name,
            events=tuple(Event(day, what) for day, what in declared_events(workspace.root / "council.toml")),
            parts=[(each, _asked(reading, each)) for each in document.wanted],
            own=list(_on_its_page(own, about_partner)) if about_partner else own,
            this_month=this_month,
            waiting=reading.waiting() if document.of_the_list else None,
            services=services,
            findings=findings,
            service=service,
            choices=choices,
            partner=about_partner,
            ward=next((each for each in wards(reading.con) if each.code == ward), None),
            offer=desk.offer([workspace])["councils"][0] if document.of_the_offer else None,
            spent=_spent(reading) if document.of_the_offer else {},
            trust=publish_trust(desk.check(workspace), reading.policy) if document.of_the_data else None,
            manifest=_manifest(workspace, reading) if document.of_the_data else None,
            lines=reading.line() if document.of_the_line else (),
            roles=_roles(reading) if document.of_the_line else {},
            comparison=sharing.compare_packs(workspace, beside) if beside else None,
        )


def _roles(reading: Opened) -> Mapping[str, ReleasedRoles]:
    """The roles of those who acted in the last year, by what was done."""
    last = reading.standards.as_at
    return publish_roles(roles(reading.con, last - timedelta(days=364), last), reading.policy)


def _asked(reading: Opened, each: Wanted, by: str = "") -> Part:
    """One measure as it is wanted, or split by one more thing."""
    asked = each.as_at(reading.standards.as_at)
    answer = reading.measure(each.measure, replace(asked, by=(*asked.by, by)) if by else asked, each.definition)
    return Part(answer.released, answer.certificates)


def _refuse_another_kind(document: Document, kind: str) -> None:
    """Raises UsageProblem where a document is about something else, or about the council."""
    if kind != document.about:
        raise UsageProblem(f"{document.name} is not about one {kind}.", where=f"--{kind}", fix="Leave it out.")


def _refuse_subject(workspace: Workspace, document: Document, about: Subject) -> None:
    """Raises UsageProblem where what the document is about is missing or unknown, or where it is about something else."""
    if about.name:
        _refuse_another_kind(document, about.kind)
    if document.about == "":
        return
    kind, known = document.about, _known(workspace, document.about)
    if about.name not in known:
        error = f"There is no {kind} {about.name}." if about.name else f"{document.name} is about one {kind}."
        fix = f"One of: {', '.join(known) or f'none: the records name no {kind}'}."
        raise UsageProblem(error, where=f"--{kind}", fix=fix)


def _refuse_packs(document: Document, beside: Sequence[Path]) -> None:
    """Raises UsageProblem for packs where a document is laid beside no other council's."""
    if beside and not document.of_others:
        that_are = ", ".join(each.name for each in DOCUMENTS.values() if each.of_others)
        fix = f"Leave it out, or compare the packs themselves: earlyhelp pack compare. Laid beside: {that_are}."
        raise UsageProblem(f"{document.name} is laid beside no other council's.", where="--beside", fix=fix)


def _known(workspace: Workspace, about: About) -> list[str]:
    """What a document can be about."""
    if about == "partner":
        return [each.code for each in partners_there_are(workspace)]
    if about == "ward":
        return [each.code for each in wards_there_are(workspace)]
    return [each.removeprefix(OF_A_SERVICE) for each in studies_there_are(workspace) if each.startswith(OF_A_SERVICE)]


def _own(reading: Opened, document: Document, splits: Sequence[str], code: str) -> Iterator[tuple[Wanted, Part]]:
    """Each measure that can be split so, of the one partner or ward alone: released with all others, then taken out."""
    for each in document.wanted:
        by = next((split for split in splits if split in splits_of(CATALOGUE[each.measure])), "")
        if by:
            yield each, _only(_asked(reading, each, by), by, code)


def _only(part: Part, split: str, code: str) -> Part:
    """The rows of one value of a split; the policy looked at all of them together."""
    told = [
        (row, certificate)
        for row, certificate in zip(part.released.rows, part.certificates, strict=True)
        if row.dims.get(split) == code or not row.dims
    ]
    rows = tuple(row for row, _ in told)
    return Part(replace(part.released, rows=rows), [certificate for _, certificate in told])


def _about_partner(reading: Opened, listed: Sequence[ReleasedPartner], code: str) -> AboutPartner:
    """How soon the partner was told, what became of its requests and who leads what grew out of them, in the last year."""
    partner = next(each for each in listed if each.code == code)
    last = reading.standards.as_at
    con, first = reading.con, last - timedelta(days=364)
    crossed = by_decision(con, first, last), by_lead(con, first, last)
    told = told_back(con, asked_by(partner.kind, code), first, last), told_back(con, EVERYBODY, first, last)
    return publish_partner(partner, *told, crossed, listed, reading.policy)


def _on_its_page(own: Sequence[tuple[Wanted, Part]], about: AboutPartner) -> Iterator[tuple[Wanted, Part]]:
    """The partner's own figures; those of its requests as they may stand beside the pages of all others."""
    for wanted, part in own:
        if part.released.measure.of is contact:
            shown = own_figures(part.released, about, monthly=wanted.asked.grain is not None)
            yield wanted, replace(part, released=shown)
        else:
            yield wanted, part


def _spent(reading: Opened) -> dict[str, Spent]:
    """What the ledger says of each service, by its number in the directory."""
    year = price_year(reading.standards.as_at)
    actual = next((each for each in ledger(reading.con) if (each.financial_year, each.kind) == (year, "actual")), None)
    rows = reading.con.execute(
        "SELECT coalesce(open_referral_id, service_id), list(DISTINCT service_id ORDER BY service_id) FROM service GROUP BY 1"
    ).fetchall()
    found = {}
    for directory, services in rows:
        pounds = [actual.services[each] for each in services if actual and each in actual.services]
        found[directory] = Spent(tuple(services), year, sum(pounds) if pounds else None)
    return found


def _manifest(workspace: Workspace, reading: Opened) -> dict[str, Any]:
    """What the snapshot was made of, and the hash of its manifest."""
    told = workspace.manifest(reading.name)
    file = workspace.snapshot_folder(reading.name) / "manifest.json"
    return {**told, "sha256": sha256(file.read_bytes()).hexdigest()}


def _findings(
    workspace: Workspace, wanted: Sequence[str], services: ReleasedServices | None, when: str, progress: Progress
) -> Iterator[ReleasedFinding]:
    """The study of each service, whole; tested together where they stand side by side."""
    q_values = {row["service_id"]: row["q_value"] for row in services.rows} if services else {}
    tested = max(1, sum(each is not None for each in q_values.values()))
    studies = [service_study(each) for each in wanted]
    with opened_for_study(workspace, when, studies) as reading:
        for number, study in enumerate(studies, start=1):
            progress(f"studying services: {number} of {len(studies)}")
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
