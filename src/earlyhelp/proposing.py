"""What may leave, proposed: tables, documents and case studies, audited beside all that left before, kept with their hash.

Nothing leaves here. What was proposed is what leaves, once somebody decided on it (`sharing`) and it is written (`publishing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from earlyhelp import sharing
from earlyhelp.answering import Opened, measure_called, opened
from earlyhelp.compare.pack import canonical, meaning_of, settings_of
from earlyhelp.documenting import THE_COUNCIL, Subject, document_called, material
from earlyhelp.errors import GateClosed, UsageProblem
from earlyhelp.left_before import left_before
from earlyhelp.measures import Measure, Question, calculate
from earlyhelp.measures.cube import read_cube
from earlyhelp.release import POLICIES, Policy, Released, Status, certify, publish
from earlyhelp.release import register_sections as sections
from earlyhelp.release.register_audit import RegisterAudit, audited, safe_beside
from earlyhelp.release.register_cells import places_of
from earlyhelp.release.register_table import ReleasedTable, TableAbout, table_of
from earlyhelp.reports.answers import PREPARED
from earlyhelp.reports.blocks_kept import content_kept
from earlyhelp.reports.documents import Material, content_of
from earlyhelp.store.certificates import find
from earlyhelp.store.releases import Proposal, Release, Releases, State
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
_TEXT_READ = ("Not attacked: its text. Its writer said that nobody can be recognised in it, and numbers were refused.",)


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
        why = [f"nothing fills {each}" for each in figures.missing]
        why += [gate.words for gate in figures.closed] + [kind.words for kind in figures.not_held]
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
