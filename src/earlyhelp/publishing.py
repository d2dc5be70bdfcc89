"""Releases of tables, documents and case studies after they were proposed: shown to whoever decides, then written out.

What leaves is what was proposed (`proposing`): the figures are kept with the proposal and never worked out again. Before they
leave they are audited once more, since other releases may have left in between. Deciding on a release is in `sharing`.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path

from earlyhelp import sharing
from earlyhelp.answering import opened
from earlyhelp.compare.pack import parsed
from earlyhelp.documenting import document_called
from earlyhelp.errors import GateClosed, UsageProblem
from earlyhelp.left_before import left_before
from earlyhelp.proposing import CASE_STUDY, DOCUMENT, TABLE
from earlyhelp.release.register_audit import RegisterAudit, audited
from earlyhelp.release.register_cells import places_of
from earlyhelp.release.register_certificate import certificate_of
from earlyhelp.release.register_files import write_as_json, write_csv, write_xlsx
from earlyhelp.release.register_table import ReleasedTable, table_from
from earlyhelp.reports.blocks import Content
from earlyhelp.reports.blocks_kept import content_from
from earlyhelp.reports.released_table import said_of, table_content
from earlyhelp.reports.to_file import write_content
from earlyhelp.store.files import private_file, private_folder, write_json
from earlyhelp.store.releases import Release, Releases, State
from earlyhelp.store.row_files import is_writable
from earlyhelp.store.workspace import Workspace

ENDINGS = (".csv", ".xlsx", ".json", ".html")
NOTE_ENDINGS = (".toml",)
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
