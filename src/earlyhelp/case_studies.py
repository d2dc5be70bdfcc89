"""Case studies: short notes of what was tried, whose figures are certified ones alone, kept as small files and shared.

A note lies as TOML under `case_studies/` of the workspace. Its text holds no number that people could be counted by
(`release.free_text`); each figure is named by its certificate and looked up when the note is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from earlyhelp import proposing
from earlyhelp.answering import explain, measure_called
from earlyhelp.economics.claims_guard import guarded
from earlyhelp.errors import GateClosed, InputRefused, UsageProblem
from earlyhelp.measures import Measure, splits_of
from earlyhelp.release import POLICIES, Policy, Status, policy
from earlyhelp.release.free_text import text_faults
from earlyhelp.release.register_table import ReleasedTable
from earlyhelp.reports.blocks import Block, Bullets, Content, Heading, Note, Text
from earlyhelp.reports.case_note import (
    LONGEST,
    RECOGNISED,
    TAGGED_FROM,
    CaseStudy,
    as_toml,
    label_of,
    note_of,
    parsed,
)
from earlyhelp.reports.to_file import write_content
from earlyhelp.reports.wording import IN_WORDS, in_words, written
from earlyhelp.store.audit import record
from earlyhelp.store.certificates import find
from earlyhelp.store.files import private_file, private_folder, write_text
from earlyhelp.store.releases import Release
from earlyhelp.store.row_files import is_writable
from earlyhelp.store.workspace import Workspace

ENDINGS = (".html", ".docx", ".xlsx", ".pdf")
NOT_SHOWN = (
    "A case study tells what was tried and what changed beside it. It does not show what the change came from: that takes a "
    "study with families to compare with."
)
_LABELS = {
    "tried": "What was tried",
    "for_whom": "For whom",
    "changed": "What changed",
    "not_changed": "What did not change",
}


@dataclass(frozen=True)
class FigureTold:
    """A certified figure as it was released. `words`: the whole of it in a sentence; `value`: None where none is shown."""

    certificate: str
    measure: str
    value: float | None
    status: str
    words: str


def add(
    workspace: Workspace, content: bytes, where: str, account: str, when: str, *, replace: bool = False
) -> CaseStudy:
    """The note in a file, kept in the workspace's library.

    where: the name of the file, for messages. Raises InputRefused for what is no note, holds a number or a sign of a person in
    its text, or names a certificate there is not; GateClosed until its writer says that nobody can be recognised, for a
    claim that may not be made and for a figure that may not be passed on; UsageProblem for a title that is taken.
    """
    told = parsed(content, where)
    if told.pop(RECOGNISED, None) is not True:
        raise GateClosed(
            "Nobody has said that no person can be recognised in this case study.",
            where=where,
            fix=f"Names cannot be checked for you. Read it once more, then write: {RECOGNISED} = true",
        )
    note = note_of(told, where)
    if note.council:
        raise InputRefused(
            "It was shared by another council.", where=where, fix="earlyhelp case-study receive DIR FILE"
        )
    _refuse_text(note, policy(workspace.settings.policy, workspace.settings.round_to), where)
    for each in note.figures:
        _may_be_passed_on(workspace, each)
    file = _folder(workspace) / f"{note.name}.toml"
    if file.exists() and not replace:
        raise UsageProblem("A case study of that title is here.", where=note.name, fix="Say --replace, or retitle it.")
    write_text(file, as_toml(note))
    _tell(workspace, "case study added", note, account, when)
    return note


def receive(workspace: Workspace, content: bytes, where: str, account: str, when: str) -> CaseStudy:
    """A note that another council shared, kept in the library under its code; one of the same title is replaced.

    It is text: nothing in it is believed but that somebody sent it. Raises InputRefused for what is no shared note, for
    text that ours would be refused for (by the policy of open data), and for this council's own.
    """
    note = note_of(parsed(content, where), where)
    if not note.council or note.figures:
        raise InputRefused(
            "It was not shared by a council.", where=where, fix="Ask for it as `case-study share` writes it."
        )
    if note.council == workspace.settings.ons_code:
        raise InputRefused("It is this council's own case study.", where=where, fix="earlyhelp case-study list DIR")
    _refuse_text(note, POLICIES[proposing.BY_DEFAULT], where)
    write_text(private_folder(_folder(workspace) / "received") / f"{note.name}.toml", as_toml(note))
    _tell(workspace, "case study received", note, account, when)
    return note


def listed(workspace: Workspace, tag: str = "") -> list[CaseStudy]:
    """The library by title: own notes and those received, with that tag where one is named.

    Raises UsageProblem for a tag there is not, InputRefused for a file that was damaged by hand.
    """
    if tag and label_of(tag) is None:
        raise UsageProblem(f"There is no tag {tag}.", where="--tag", fix=f"A code of: {', '.join(TAGGED_FROM)}.")
    files = [*_folder(workspace).glob("*.toml"), *(_folder(workspace) / "received").glob("*.toml")]
    notes = [note_of(parsed(each.read_bytes(), each.name), each.name) for each in files]
    found = [each for each in notes if not tag or tag in each.tags]
    return sorted(found, key=lambda each: (each.title.casefold(), each.council))


def called(workspace: Workspace, name: str) -> CaseStudy:
    """The note of that name. Raises InputRefused where there is none."""
    found = {each.name: each for each in listed(workspace)}
    if name not in found:
        raise InputRefused(f"There is no case study {name}.", where="NAME", fix="earlyhelp case-study list DIR")
    return found[name]


def figures_of(workspace: Workspace, note: CaseStudy) -> list[FigureTold]:
    """The certified figures of an own note as they were released, each worked out again first.

    A figure that cannot be worked out any more, or comes out otherwise, is not shown; its words say so.
    """
    return [_told(workspace, each) for each in note.figures]


def _told(workspace: Workspace, certificate: str) -> FigureTold:
    try:
        about = explain(workspace, certificate)
    except (InputRefused, UsageProblem) as gone:
        return FigureTold(
            certificate, "", None, str(Status.NO_DATA), f"Not shown, as it cannot be worked out: {gone.error}"
        )
    wanted = measure_called(about["measure"], about["definition"])
    if not about["same"]:
        words = f"{about['name']}: not shown, as it comes out otherwise than its certificate says."
        return FigureTold(certificate, wanted.id, None, str(Status.NO_DATA), words)
    words = _sentence(
        wanted, about["dims"], about["period_start"], about["period_end"], about["value"], about["status"]
    )
    moved = about.get("now", {}).get("moved")
    since = " It has been restated since: see its certificate." if moved else ""
    return FigureTold(certificate, wanted.id, about["value"], about["status"], words + since)


def _sentence(
    wanted: Measure, dims: Mapping[str, str], start: str | None, end: str | None, value: float | None, status: str
) -> str:
    """A figure as a sentence: what, of whom, when, how much; a hidden one says so."""
    splits = splits_of(wanted)
    groups = [
        codes.label(code) if (name in splits and (codes := splits[name].codes) is not None) else code.replace("_", " ")
        for name, code in dims.items()
    ]
    days = " to ".join(in_words(date.fromisoformat(each)) for each in (start, end) if each)
    shown = written(value, wanted) if value is not None else IN_WORDS.get(Status(status), "not reached yet")
    about = ", ".join(each for each in (f"{wanted.name} ({wanted.unit})", *groups, days) if each)
    return f"{about}: {shown}."


def content_of(workspace: Workspace, note: CaseStudy) -> Content:
    """The note as a document: its parts in order, its figures with their certificates, and what it is not."""
    figures = figures_of(workspace, note)
    told = note.told or tuple(f"{each.words} Certificate {each.certificate}." for each in figures)
    blocks: list[Block] = []
    for field, heading in _LABELS.items():
        blocks += [Heading(1, heading), Text(getattr(note, field))]
        if field == "changed":
            blocks.append(Bullets(told) if told else Note("No figure is told with it."))
    tags = ", ".join(label_of(each) or each for each in note.tags)
    blocks += [Heading(1, "Whom to ask"), Text(note.contact), Note(f"About: {tags}."), Note(NOT_SHOWN)]
    council = note.council_name or note.council or workspace.settings.name or workspace.settings.ons_code
    return Content(note.title, f"A case study of {council}.", council, tuple(blocks))


def write(workspace: Workspace, note: CaseStudy, target: Path) -> Content:
    """The note written as .html, .docx, .xlsx or .pdf, for its owner's eyes; returns what was written.

    Raises UsageProblem for a file that cannot be written.
    """
    is_writable(target, ENDINGS)
    content = content_of(workspace, note)
    as_at = date.fromisoformat(workspace.manifest()["as_at"]) if workspace.current else date(2000, 1, 1)
    with private_file(target) as partial:
        write_content(content, partial, datetime.combine(as_at, time()))
    return content


def share(workspace: Workspace, name: str, recipients: str, account: str, when: str) -> Release:
    """An own note proposed for others, with its figures rounded and audited beside all that has left; the same once.

    What leaves is text with the figures in it, written by `publishing.write_release` once it may. Raises InputRefused for a
    note there is not or a figure that cannot be worked out, UsageProblem for one that was received.
    """
    note = called(workspace, name)
    if note.council:
        raise UsageProblem("It was shared by another council.", where=name, fix="Ask that council to pass it on.")
    settings = workspace.settings
    _refuse_text(note, policy(settings.policy, settings.round_to), f"{name}.toml")
    for each in note.figures:
        _may_be_passed_on(workspace, each)

    def as_shared(tables: Sequence[ReleasedTable]) -> str:
        told = tuple(sentence for each in tables for sentence in _sentences(each))
        parts = {field: getattr(note, field) for field in LONGEST}
        return as_toml(
            CaseStudy(**parts, tags=note.tags, council=settings.ons_code, council_name=settings.name, told=told)
        )

    title = f"Case study: {note.title}"
    return proposing.propose_case_study(workspace, title, note.figures, as_shared, recipients, account, when)


def _sentences(table: ReleasedTable) -> Iterator[str]:
    wanted = measure_called(table.measure, table.definition)
    for row in table.rows:
        yield _sentence(wanted, row.dims, row.start, row.end, row.value, row.status)


def _folder(workspace: Workspace) -> Path:
    return private_folder(workspace.root / "case_studies")


def _tell(workspace: Workspace, event: str, note: CaseStudy, account: str, when: str) -> None:
    told = {"at": when, "account": account, "event": event, "case_study": note.name}
    record(workspace.log / "audit.jsonl", workspace.pseudonyms, told)


def _may_be_passed_on(workspace: Workspace, certificate: str) -> None:
    """Raises InputRefused for a certificate there is not, GateClosed for a figure made under a policy with a mark."""
    about = find(workspace.certificates, certificate)
    if POLICIES[about["policy"]].mark:
        raise GateClosed(
            "The figure is exact and may not be passed on.", where=certificate, fix="Name a released figure."
        )


def _refuse_text(note: CaseStudy, rule: Policy, where: str) -> None:
    """Raises InputRefused for the first thing in the text that may not be there; says how many there are.

    A claim that the design cannot carry (money saved, a cause) is refused with it: GateClosed, as the claims guard says.
    """
    texts = {field: getattr(note, field) for field in LONGEST if field != "contact"}
    faults = [fault for field, text in texts.items() for fault in text_faults(field, text, rule)]
    if faults:
        first = faults[0]
        more = f" {len(faults) - 1} more like it." if len(faults) > 1 else ""
        raise InputRefused(f"`{first.field}` holds {first.what}.{more}", where=where, fix=first.fix)
    for text in (*texts.values(), *note.told):
        guarded(text)
