"""Releases of tables and documents: proposed with their hash, audited beside all that left before, approved, written out.

What leaves is what was proposed: the figures are kept with the proposal and never worked out again. Before they leave they
are audited once more, since other releases may have left in between. Deciding on a release is in `sharing`.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from earlyhelp import sharing
from earlyhelp.answering import Opened, measure_called, opened
from earlyhelp.compare.pack import canonical, meaning_of, parsed, settings_of
from earlyhelp.documenting import THE_COUNCIL, Subject, document_called, material
from earlyhelp.errors import GateClosed, UsageProblem
from earlyhelp.left_before import left_before
from earlyhelp.measures import Measure, Question, calculate
from earlyhelp.measures.cube import read_cube
from earlyhelp.release import POLICIES, Policy, Released, Status, certify, publish
from earlyhelp.release import register_sections as sections
from earlyhelp.release.register_audit import RegisterAudit, audited, safe_beside
from earlyhelp.release.register_cells import places_of
from earlyhelp.release.register_certificate import certificate_of
from earlyhelp.release.register_files import write_as_json, write_csv, write_xlsx
from earlyhelp.release.register_table import (
    ReleasedTable,
    TableAbout,
    table_from,
    table_of,
)
from earlyhelp.reports.answers import PREPARED
from earlyhelp.reports.blocks import Content
from earlyhelp.reports.blocks_kept import content_from, content_kept
from earlyhelp.reports.documents import Material, content_of
from earlyhelp.reports.released_table import said_of, table_content
from earlyhelp.reports.to_file import write_content
from earlyhelp.store.certificates import find
from earlyhelp.store.files import private_file, private_folder, write_json
from earlyhelp.store.releases import Proposal, Release, Releases, State
from earlyhelp.store.row_files import is_writable
from earlyhelp.store.workspace import Workspace
from earlyhelp.studying import Progress

TABLE, DOCUMENT, CASE_STUDY = "table", "document", "case study"
"""The kinds of release made here; `sharing` makes packs."""
BY_DEFAULT = "open-data"
"""The policy of a table where none is named: rounded first, so that later tables can be laid beside it."""
_NOT_ATTACKED = (
    "Not attacked: shares, curves, estimates and pounds, which were worked out from counts as they may be told; what it says of "
    "the data themselves and of the offer, which counts records and services. Each passed the door by itself.",
)
ENDINGS = (".csv", ".xlsx", ".json", ".html")
NOTE_ENDINGS = (".toml",)
_TEXT_READ = ("Not attacked: its text. Its writer said that nobody can be recognised in it, and numbers were refused.",)
THE_AUDIT = "the audit"


@dataclass(frozen=True)
class Left:
    """A release that has left: the file, the certificate of its audit beside it, and how many figures are hidden."""

    release: Release
    file: Path
    certificate: Path
    figures: int
    hidden: int


@dataclass(frozen=True)
class _Kept:
    """What the register kept of a proposal: its tables and, of a document, the document; of a case study, its text."""

    tables: tuple[ReleasedTable, ...]
    document: str = ""
    content: Content | None = None
    note: str = ""

    @property
    def endings(self) -> tuple[str, ...]:
        """What files it can be."""
        return document_called(self.document).endings if self.document else NOTE_ENDINGS if self.note else ENDINGS


def propose_table(
    workspace: Workspace,
    measure_id: str,
    question: Question,
    policy: str,
    recipients: str,
    account: str,
    when: str,
    *,
    definition: str = "default",
) -> Release:
    """A table of one measure proposed under a policy, or the proposal there is of the very same figures.

    Figures that would tell a small count beside an earlier release are hidden with the others; where that does not help,
    the proposal is refused at once and stands so in the register. Raises UsageProblem for a measure, split, definition or
    policy there is not and for a policy whose figures may not be passed on, GateClosed where there is no figure.
    """
    rule, wanted = _policy_called(policy), measure_called(measure_id, definition)
    with opened(workspace) as reading:
        table = _table(reading, wanted, question, rule)
        places = places_of(reading.con)
    tables, found = safe_beside([table], left_before(workspace), places)
    kept = {"kind": TABLE, "tables": [each.as_dict() for each in tables]}
    return _proposed(workspace, TABLE, _title(tables[0], question), rule, kept, found, recipients, account, when)


def propose_document(
    workspace: Workspace,
    name: str,
    recipients: str,
    account: str,
    when: str,
    about: Subject = THE_COUNCIL,
    *,
    progress: Progress = lambda step: None,
) -> Release:
    """A document of the current snapshot proposed, under the council's own policy, as all documents are made.

    The measures it rests on are audited like tables, and so are its other counts of people; nothing of them can be hidden
    besides, since a document says them in words too.

    Raises what `documenting.content_for` raises, and UsageProblem under a policy that may not be passed on.
    """
    settings = workspace.settings
    rule = _policy_called(settings.policy)
    document = document_called(name)
    made = material(workspace, document, when, about, progress=progress)
    content = content_of(document, made)
    with opened(workspace) as reading:
        tables = [_part(reading, part.released, wanted.asked.by, whole=True) for wanted, part in made.parts]
        tables += [_part(reading, part.released, (), whole=False) for _, part in made.own]
        tables += list(_this_month(reading)) if document.of_this_month else []
        tables += _told_besides(reading, made)
        places = places_of(reading.con)
    progress("auditing it beside all that left before")
    found = audited(tables, left_before(workspace), places)
    kept = {
        "kind": DOCUMENT,
        "document": name,
        "content": content_kept(content),
        "tables": [each.as_dict() for each in tables],
    }
    return _proposed(workspace, DOCUMENT, content.title, rule, kept, found, recipients, account, when, _NOT_ATTACKED)


def _part(reading: Opened, released: Released, by: Sequence[str], *, whole: bool) -> ReleasedTable:
    """One measure of a document as a table; not `whole`: the rows of one place or partner."""
    told = dict.fromkeys(name for row in released.rows for name in row.dims)
    splits = tuple(told) or released.measure.told_by(tuple(by))
    return table_of(released, splits, _about(reading, released.measure), complete=whole)


def _told_besides(reading: Opened, made: Material) -> list[ReleasedTable]:
    """The counts of a document that are no measure."""
    year = (made.as_at - timedelta(days=364), made.as_at)
    under = (reading.policy, _about(reading))
    tables = sections.line_tables(made.lines, *under)
    tables += sections.roles_tables(made.roles, year, *under)
    tables += sections.finding_tables(made.findings, made.as_at, *under)
    tables += sections.waiting_tables(made.waiting, *under) if made.waiting else []
    return tables + (sections.partner_tables(made.partner, year, *under) if made.partner else [])


def _this_month(reading: Opened) -> Iterator[ReleasedTable]:
    """The measures that the signals of the month rest on."""
    for each in PREPARED["this-month"].wanted:
        asked = each.as_at(reading.standards.as_at)
        yield _part(reading, reading.measure(each.measure, asked, each.definition).released, asked.by, whole=True)


def propose_case_study(
    workspace: Workspace,
    title: str,
    certificates: Sequence[str],
    note: Callable[[Sequence[ReleasedTable]], str],
    recipients: str,
    account: str,
    when: str,
) -> Release:
    """A short text with certified figures in it proposed, under the policy that rounds; the same one is proposed once.

    The figures are counted again on their own snapshots, rounded, and audited beside all that left. note: makes the text of
    them as they would leave: one table a certificate, in order, with one row or none. Raises InputRefused for a certificate
    or a snapshot there is not.
    """
    rule = _policy_called(BY_DEFAULT)
    tables = [_certified(workspace, each, rule) for each in certificates]
    with opened(workspace) as reading:
        places = places_of(reading.con)
    tables, found = safe_beside(tables, left_before(workspace), places)
    kept = {"kind": CASE_STUDY, "note": note(tables), "tables": [each.as_dict() for each in tables]}
    return _proposed(workspace, CASE_STUDY, title, rule, kept, found, recipients, account, when, _TEXT_READ)


def _certified(workspace: Workspace, certificate: str, rule: Policy) -> ReleasedTable:
    """The figure of a certificate counted again and released under the rule: a table of one row."""
    about = find(workspace.certificates, certificate)
    wanted, asked = measure_called(about["measure"], about["definition"]), certify.question(about)
    ends = [date.fromisoformat(about[name]) if about[name] else None for name in ("period_start", "period_end")]
    with opened(workspace, about["snapshot"]) as reading:
        figures = read_cube(reading.con, wanted, reading.standards, asked) if reading.has_cube else None
        released = publish(figures or calculate(reading.con, wanted, reading.standards, asked), rule)
        rows = [
            each
            for each in released.rows
            if [each.period_start, each.period_end] == ends and dict(each.dims) == about["dims"]
        ]
        return _part(reading, replace(released, rows=tuple(rows)), (), whole=False)


def proposed_tables(workspace: Workspace, release: str) -> tuple[ReleasedTable, ...]:
    """The tables of a proposal or a release as they would leave, for whoever decides on it.

    Raises InputRefused for a release there is not, UsageProblem for a pack, EarlyHelpError where what is kept was changed.
    """
    register = Releases(workspace)
    return _kept(register, register.called(release)).tables


def proposed_words(workspace: Workspace, release: str) -> tuple[Content | None, str]:
    """What a proposal says besides its tables: the document it is, and the text of a case study; None and "" for neither.

    Raises what `proposed_tables` raises.
    """
    register = Releases(workspace)
    kept = _kept(register, register.called(release))
    return kept.content, kept.note


def endings_of(workspace: Workspace, release: str) -> tuple[str, ...]:
    """What files a release can be written to, such as ".csv". Raises what `proposed_tables` raises."""
    register = Releases(workspace)
    return _kept(register, register.called(release)).endings


def write_release(workspace: Workspace, release: str, target: Path, account: str, when: str) -> Left:
    """A release written out, the certificate of its audit beside it as `<file>.audit.json`; it has left from then on.

    It is audited once more with all that left since it was proposed; where that fails it is refused. Raises GateClosed for
    what is not approved where somebody else must approve it, is refused or has left; UsageProblem for a file that cannot
    be written.
    """
    register = Releases(workspace)
    asked = register.called(release)
    kept = _kept(register, asked)
    is_writable(target, kept.endings)
    with _one_at_a_time(workspace):
        approved, found = _approved(workspace, register, register.called(release), kept, when)
        return _leave(register, approved, kept, found, target, account, when)


def _approved(
    workspace: Workspace, register: Releases, asked: Release, kept: _Kept, when: str
) -> tuple[Release, RegisterAudit]:
    """The release, approved, with the audit of it beside all that has left by now."""
    if asked.state not in (State.PROPOSED, State.APPROVED):
        raise GateClosed(f"The release is {asked.state}.", where=asked.id, fix="Propose it again.")
    second_person = asked.proposal.second_person or sharing.has_users(workspace)
    if asked.state is State.PROPOSED and second_person:
        raise GateClosed(
            "A second person must approve this release before it can leave.",
            where=asked.id,
            fix=f"Somebody else runs: earlyhelp release approve DIR {asked.id}; then write it again.",
        )
    with opened(workspace) as reading:
        places = places_of(reading.con)
    found = audited(kept.tables, left_before(workspace), places)
    if not found.passed:
        register.refuse(asked.id, THE_AUDIT, when, "The audit failed beside what has left since it was proposed.")
        raise GateClosed(
            "Beside what has left since it was proposed, this release would tell of small counts.",
            where=asked.id,
            fix="Propose it again: what tells too much is then hidden, or choose a policy that rounds.",
        )
    return (register.approve_by_rule(asked.id, when) if asked.state is State.PROPOSED else asked), found


def _leave(
    register: Releases, approved: Release, kept: _Kept, found: RegisterAudit, target: Path, account: str, when: str
) -> Left:
    """The file and its certificate made, the release entered in the register, and only then both put in their place."""
    beside = target.with_name(f"{target.name}.audit.json")
    with private_file(target) as file, private_file(beside) as certificate:
        _write(approved, kept, file, when)
        digest = sha256(file.read_bytes()).hexdigest()
        told = certificate_of(approved, kept.tables, found, target.name, digest, account, when)
        write_json(certificate, told)
        gone = register.release(approved.id, account, when, content=approved.proposal.content, sha256=digest)
    return Left(gone, target, beside, sum(len(each.rows) for each in kept.tables), _hidden(kept))


def _hidden(kept: _Kept) -> int:
    return sum(each.hidden for each in kept.tables)


def _write(approved: Release, kept: _Kept, target: Path, when: str) -> None:
    made = datetime.combine(date.fromisoformat(when[:10]), time())
    if kept.content is not None:
        write_content(kept.content, target, made)
        return
    if kept.note:
        target.write_text(kept.note, encoding="utf-8")
        return
    [table] = kept.tables
    about = (approved.proposal.title, *said_of(table), *approved.proposal.audit)
    if target.suffix == ".csv":
        write_csv(table, approved.id, target)
    elif target.suffix == ".xlsx":
        write_xlsx(table, approved.id, about, target, made)
    elif target.suffix == ".json":
        write_as_json(table, approved.id, about, target)
    else:
        write_content(table_content(table, approved.id, about), target, made)


def _policy_called(name: str) -> Policy:
    """The policy of that name. Raises UsageProblem for one there is not, and for one whose figures may not be passed on."""
    may_leave = [each.name for each in POLICIES.values() if not each.mark]
    if name not in may_leave:
        error = "Figures under this policy may not be passed on" if name in POLICIES else "There is no such policy"
        raise UsageProblem(f"{error}: {name}.", where="--policy", fix=f"One of: {', '.join(may_leave)}.")
    return POLICIES[name]


def _table(reading: Opened, wanted: Measure, asked: Question, rule: Policy) -> ReleasedTable:
    """The figures as they would leave. Raises GateClosed where there is none."""
    figures = read_cube(reading.con, wanted, reading.standards, asked) if reading.has_cube else None
    figures = figures or calculate(reading.con, wanted, reading.standards, asked)
    released = publish(figures, rule)
    if all(row.status in (Status.NO_DATA, Status.NOT_MATURE) for row in released.rows):
        why = [f"nothing fills {each}" for each in figures.missing] + [each.words for each in figures.closed]
        raise GateClosed(
            f"{wanted.id} has no figure that could leave{': ' if why else ''}{'; '.join(why)}.",
            where=wanted.id,
            fix=f"earlyhelp measure DIR {wanted.id}",
        )
    return table_of(released, figures.by, _about(reading, wanted), figures.figures)


def _about(reading: Opened, wanted: Measure | None = None) -> TableAbout:
    """Whose table it is; of a measure, with the hash of what is counted."""
    settings = reading.workspace.settings
    meaning = meaning_of(wanted, settings_of(wanted, settings.standards), settings.family_definition) if wanted else ""
    return TableAbout(
        settings.name or settings.ons_code,
        settings.ons_code,
        reading.name,
        reading.standards.as_at.isoformat(),
        str(reading.manifest["version"]),
        meaning,
    )


def _title(table: ReleasedTable, asked: Question) -> str:
    days = sorted(day for row in table.rows for day in (row.start, row.end) if day)
    by = f" by {', '.join(table.by)}" if table.by else ""
    period = f", {days[0]} to {days[-1]}" if days else ""
    return f"{table.measure} {table.name}{by}{period}{f', by {asked.grain}' if asked.grain else ''}"


def _proposed(
    workspace: Workspace,
    kind: str,
    title: str,
    rule: Policy,
    kept: dict[str, Any],
    found: RegisterAudit,
    recipients: str,
    account: str,
    when: str,
    besides: tuple[str, ...] = (),
) -> Release:
    """The proposal entered, or the one there is of the very same content."""
    if not recipients.strip():
        raise UsageProblem(
            "A release is for somebody.", where="--for", fix='Say for whom: --for "the partnership board"'
        )
    register, content = Releases(workspace), canonical(kept)
    digest = sha256(content).hexdigest()
    for each in register.listed():
        same = (each.proposal.content, each.proposal.recipients) == (digest, recipients)
        if same and each.state in (State.PROPOSED, State.APPROVED):
            return each
    proposal = Proposal(
        kind,
        title,
        recipients,
        rule.name,
        rule.round_to,
        kept["tables"][0]["about"]["snapshot"] if kept["tables"] else str(workspace.current),
        digest,
        found.passed,
        (*found.sentences, *besides),
        sharing.has_users(workspace),
    )
    return register.propose(proposal, account, when, kept=content)


def _kept(register: Releases, release: Release) -> _Kept:
    """What is kept of a proposal. Raises UsageProblem for a pack."""
    if release.proposal.kind not in (TABLE, DOCUMENT, CASE_STUDY):
        fix = "earlyhelp pack write DIR --out FILE.json"
        raise UsageProblem(f"Release {release.id} is a {release.proposal.kind}.", where=release.id, fix=fix)
    told = parsed(register.content_of(release))
    content = content_from(told["content"]) if "content" in told else None
    tables = tuple(table_from(each) for each in told["tables"])
    return _Kept(tables, told.get("document", ""), content, told.get("note", ""))


@contextmanager
def _one_at_a_time(workspace: Workspace) -> Iterator[None]:
    """Between the audit of a release and its leaving no other release leaves."""
    with (private_folder(workspace.store / "releases") / "leaving").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
