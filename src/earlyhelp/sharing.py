"""What leaves a workspace for other councils: packs of released figures, through the register, audit and a second person.

What comes in is the business of `receiving`; here own figures are set beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from earlyhelp.answering import Opened, opened
from earlyhelp.compare import (
    NAMED,
    PACK_POLICY,
    SHARED,
    About,
    Asked,
    Comparison,
    Draft,
    LeftOut,
    Pack,
    PublicKey,
    Shared,
    compared,
    draft,
    finished,
    public_of,
    read_pack,
    signed,
    without_groups,
)
from earlyhelp.compare.tables import tables_of_pack
from earlyhelp.errors import GateClosed, InputRefused, UsageProblem
from earlyhelp.left_before import PACK, left_before
from earlyhelp.measures import Grain, Question, calculate
from earlyhelp.measures.cube import read_cube
from earlyhelp.receiving import one_writer, own_key, read_newest, remember
from earlyhelp.release import publish
from earlyhelp.release.register_audit import RegisterAudit, audited
from earlyhelp.release.register_cells import places_of
from earlyhelp.release.standing import standing
from earlyhelp.standard import VERSION as STANDARD_VERSION
from earlyhelp.store.files import private_file, private_folder
from earlyhelp.store.releases import Proposal, Release, Releases, State
from earlyhelp.store.row_files import is_writable
from earlyhelp.store.workspace import Workspace

KIND = PACK
ANY_MEMBER = "councils that exchange packs with this one"


@dataclass(frozen=True)
class Written:
    """A pack that has left: its release, the file, and what it holds. `withheld`: groups of figures hidden by the audit."""

    release: Release
    file: Path
    pack: Pack
    key: PublicKey
    withheld: int


def propose_pack(workspace: Workspace, account: str, when: str, recipients: str = ANY_MEMBER) -> Release:
    """The current figures proposed as a pack, or the proposal there is of the very same figures.

    One whose audit fails is refused at once, and stands so in the register.
    """
    return _proposal(workspace, _draft(workspace), account, when, recipients)


def write_pack(workspace: Workspace, target: Path, account: str, when: str, recipients: str = ANY_MEMBER) -> Written:
    """The current figures as a signed pack: proposed, audited, approved and released, then written to the file.

    Where the workspace has users, somebody else must have approved these very figures first: GateClosed until then.
    Raises GateClosed where the audit fails, UsageProblem for a file that cannot be written.
    """
    is_writable(target, (".json",))
    made, register = _draft(workspace), Releases(workspace)
    proposed = _proposal(workspace, made, account, when, recipients)
    if proposed.state is State.REFUSED:
        raise GateClosed("The audit of the pack failed.", where=proposed.id, fix="earlyhelp release list DIR")
    if proposed.state is State.PROPOSED and proposed.proposal.second_person:
        raise GateClosed(
            "A second person must approve this pack before it can leave.",
            where=proposed.id,
            fix=f"Somebody else runs: earlyhelp release approve DIR {proposed.id}; then write it again.",
        )
    if proposed.state is State.PROPOSED:
        proposed = register.approve_by_rule(proposed.id, when)
    with one_writer(workspace):
        if not _attacked_beside(workspace, made).passed:
            why = "The audit failed beside what has left since it was proposed."
            register.refuse(proposed.id, "the audit", when, why)
            raise GateClosed(why, where=proposed.id, fix="earlyhelp release list DIR")
        return _leave(workspace, made, proposed, target, account, when)


def _leave(workspace: Workspace, made: Draft, approved: Release, target: Path, account: str, when: str) -> Written:
    """The approved pack numbered, signed, entered in the register, and only then written."""
    register, code = Releases(workspace), workspace.settings.ons_code
    private = own_key(workspace)
    serial = sum(each.state is State.RELEASED and each.proposal.kind == KIND for each in register.listed()) + 1
    content = signed(finished(made.body, serial, when), private)
    pack = read_pack(content, target.name).pack
    digest = sha256(content).hexdigest()
    gone = register.release(approved.id, account, when, content=pack.content, sha256=digest, kept=content)
    with private_file(target) as partial:
        partial.write_bytes(content)
    return Written(gone, target, pack, public_of(private, code), made.withheld)


def _proposal(workspace: Workspace, made: Draft, account: str, when: str, recipients: str) -> Release:
    register = Releases(workspace)
    content = made.pack.content
    for each in register.listed():
        if each.proposal.content == content and each.state in (State.PROPOSED, State.APPROVED):
            return each
    start, end = made.pack.year
    beside = _attacked_beside(workspace, made)
    proposal = Proposal(
        KIND,
        f"Pack of {made.pack.council} for {start} to {end}: {made.pack.rows} figures",
        recipients,
        PACK_POLICY.name,
        PACK_POLICY.round_to,
        str(made.pack.context["snapshot"]),
        content,
        made.audit.passed and beside.passed,
        (*made.audit.checked, *beside.sentences),
        has_users(workspace),
    )
    return register.propose(proposal, account, when)


def _attacked_beside(workspace: Workspace, made: Draft) -> RegisterAudit:
    """What the pack tells together with everything that left before."""
    with opened(workspace) as reading:
        places = places_of(reading.con)
    return audited(tables_of_pack(made.pack), left_before(workspace), places)


def has_users(workspace: Workspace) -> bool:
    """Whether the workspace's web application knows anybody; a database that cannot be read counts as one with users.

    Where its database is a server, the application leaves a mark here when it makes its first user (`mark_users`).
    """
    if _mark_of_users(workspace).exists():
        return True
    file = workspace.root / "web.sqlite3"
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as base:
            tables = base.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%user'"
            ).fetchall()
            return any(base.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() for (name,) in tables)
    except sqlite3.Error:
        return True


def mark_users(workspace: Workspace) -> None:
    """Leave the mark that this workspace has users, so that every release needs a second person from now on."""
    private_folder(workspace.store / "releases")
    _mark_of_users(workspace).touch(mode=0o600)


def _mark_of_users(workspace: Workspace) -> Path:
    return workspace.store / "releases" / "has-users"


def approve(workspace: Workspace, release: str, account: str, when: str) -> Release:
    """The release approved by a second person. Raises GateClosed for its author."""
    return Releases(workspace).approve(release, account, when)


def refuse(workspace: Workspace, release: str, account: str, when: str, reason: str) -> Release:
    """The release refused, or taken back before it left. Raises UsageProblem without a reason."""
    if not reason.strip():
        raise UsageProblem("A refusal needs a reason.", where="--reason", fix="Say in a sentence why it may not leave.")
    return Releases(workspace).refuse(release, account, when, reason)


def releases(workspace: Workspace) -> list[Release]:
    """Every release of the workspace, in the order of their proposals."""
    return Releases(workspace).listed()


def pack_of(workspace: Workspace, release: str) -> Pack | None:
    """What the pack of a release holds: as it left, or as it would leave now; None where the figures have changed since.

    For whoever decides on it. Raises InputRefused for a release there is not, UsageProblem for one that is no pack.
    """
    register = Releases(workspace)
    found = register.called(release)
    if found.proposal.kind != KIND:
        raise UsageProblem(f"Release {release} is no pack.", where=release, fix="earlyhelp release show DIR ID")
    if found.state is State.RELEASED:
        return read_pack(register.bytes_of(found), release).pack
    now = _draft(workspace).pack
    return now if now.content == found.proposal.content else None


def compare_packs(workspace: Workspace, files: Sequence[Path], peers: Sequence[str] = ()) -> Comparison:
    """Own figures beside those of the packs; a pack that is refused is named, with why, and left out.

    peers: the councils to compare with, by code; all without. What was read is remembered, so that an older pack of the
    same council is refused from then on. Raises InputRefused where no pack is left.
    """
    own = _own_pack(workspace)
    with one_writer(workspace):
        found, left_out, held = read_newest(workspace, files, own.council)
        remember(workspace, held)
    wanted = [each for each in found.values() if not peers or each.council in peers]
    passed_over = [code for code in found if peers and code not in peers]
    left_out += [LeftOut(code, "It is none of the councils asked for.") for code in passed_over]
    if not wanted:
        first = left_out[0] if left_out else LeftOut("FILE", "None of the packs is of a council that was asked for.")
        raise InputRefused(
            f"No pack is left to compare with. {first.why}", where=first.file, fix="Ask for its newest pack."
        )
    return compared(own, wanted, left_out)


def neighbours_of(workspace: Workspace, reference: Path) -> list[str]:
    """The codes of the council's statistical neighbours, the closest first, from a folder of public reference data.

    Raises InputRefused where the folder holds no list of neighbours, or the list does not hold this council.
    """
    from earlyhelp.reference import neighbours  # here, as few comparisons need what it loads

    codes: list[str] = neighbours(reference, workspace.settings.ons_code).column("area_code").to_pylist()
    return codes


def _own_pack(workspace: Workspace) -> Pack:
    """The last pack that left, if it is of the current snapshot; else the figures as they would leave now."""
    sent = _sent(workspace)
    if sent and sent[-1].context["snapshot"] == workspace.current:
        return sent[-1]
    return _draft(workspace).pack


def _sent(workspace: Workspace) -> list[Pack]:
    """Every pack that left this workspace."""
    register = Releases(workspace)
    gone = [each for each in register.listed() if each.state is State.RELEASED and each.proposal.kind == KIND]
    return [read_pack(register.bytes_of(each), each.id).pack for each in gone]


def _draft(workspace: Workspace) -> Draft:
    """The pack that the current snapshot gives, audited with every pack that left before.

    It names no groups where that would tell too much beside other things that left.
    """
    earlier = _sent(workspace)
    with opened(workspace) as reading:
        links = standing(reading.con, SHARED[0].declared, PACK_POLICY)["links"]
        released = {each: _asked(reading, each) for each in dict.fromkeys((*SHARED, *NAMED))}
        asked, groups = ([released[each] for each in wanted] for wanted in (SHARED, NAMED))
        made = draft(_about(reading), asked, links, earlier, groups)
    if made.pack.groups and left_before(workspace) and not _attacked_beside(workspace, made).passed:
        return without_groups(made, earlier)
    return made


def _about(reading: Opened) -> About:
    settings, standards = reading.workspace.settings, reading.standards
    return About(
        settings.ons_code,
        settings.name,
        standards.as_at,
        standards.year_starts,
        reading.name,
        str(reading.manifest["version"]),
        STANDARD_VERSION,
        settings.family_definition,
        settings.standards,
    )


def _asked(reading: Opened, shared: Shared) -> Asked:
    """One measure of the pack, released under the pack policy."""
    measure, asked = shared.declared, Question((shared.by,) if shared.by else (), grain=Grain.YEAR)
    figures = read_cube(reading.con, measure, reading.standards, asked) if reading.has_cube else None
    figures = figures or calculate(reading.con, measure, reading.standards, asked)
    trusted = standing(reading.con, measure, PACK_POLICY)
    return Asked(shared, publish(figures, PACK_POLICY), trusted["completeness"])
