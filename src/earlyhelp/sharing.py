"""What leaves a workspace for other councils: packs of released figures, through the register, audit and a second person."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
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
    held_from_json,
    held_with,
    public_of,
    read_pack,
    read_public_key,
    signed,
    signing_key,
    verified,
    without_groups,
)
from earlyhelp.compare.pack import LARGEST
from earlyhelp.compare.read import SignedPack
from earlyhelp.compare.tables import tables_of_pack
from earlyhelp.compare.verify import HeldPacks, held_as_json
from earlyhelp.errors import EarlyHelpError, GateClosed, InputRefused, UsageProblem
from earlyhelp.left_before import PACK, left_before
from earlyhelp.measures import Grain, Question, calculate
from earlyhelp.measures.cube import read_cube
from earlyhelp.reference.adding import packs_folder
from earlyhelp.release import publish
from earlyhelp.release.register_audit import RegisterAudit, audited
from earlyhelp.release.register_cells import places_of
from earlyhelp.release.standing import standing
from earlyhelp.standard import VERSION as STANDARD_VERSION
from earlyhelp.store.files import private_file, private_folder, read_json, write_json
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
    with _one_writer(workspace):
        if not _attacked_beside(workspace, made).passed:
            why = "The audit failed beside what has left since it was proposed."
            register.refuse(proposed.id, "the audit", when, why)
            raise GateClosed(why, where=proposed.id, fix="earlyhelp release list DIR")
        return _leave(workspace, made, proposed, target, account, when)


def _leave(workspace: Workspace, made: Draft, approved: Release, target: Path, account: str, when: str) -> Written:
    """The approved pack numbered, signed, entered in the register, and only then written."""
    register, code = Releases(workspace), workspace.settings.ons_code
    private = signing_key(_key_file(workspace))
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


def public_key(workspace: Workspace) -> PublicKey:
    """The workspace's own public key; its pair is made at the first call."""
    return public_of(signing_key(_key_file(workspace)), workspace.settings.ons_code)


def trust(workspace: Workspace, file: Path, *, replace: bool = False) -> PublicKey:
    """The key in the file trusted from now on. Raises GateClosed where another key of that council is trusted already."""
    return trust_key(workspace, read_public_key(_bytes(file), file.name), file.name, replace=replace)


def trust_key(workspace: Workspace, key: PublicKey, where: str, *, replace: bool = False) -> PublicKey:
    """The key trusted from now on; where: what it came in. Raises GateClosed as `trust` does."""
    before = trusted_keys(workspace).get(key.council)
    if before and before.key != key.key and not replace:
        raise GateClosed(
            f"Another key of {key.council} is trusted already, with the fingerprint {before.fingerprint}.",
            where=where,
            fix="Call that council. If it has a new key: earlyhelp pack trust DIR KEY --replace",
        )
    private_folder(_trusted_folder(workspace))
    (_trusted_folder(workspace) / f"{key.council}.json").write_bytes(key.file_bytes())
    return key


def trusted_keys(workspace: Workspace) -> dict[str, PublicKey]:
    """The public keys that this workspace trusts, by council; its own among them."""
    files = sorted(_trusted_folder(workspace).glob("*.json"))
    found = [read_public_key(_bytes(file), file.name) for file in files]
    own = [public_key(workspace)] if _key_file(workspace).exists() else []
    return {each.council: each for each in (*found, *own)}


def verify_pack(file: Path, key: Path | None, workspace: Workspace | None) -> Pack:
    """The pack in the file, if it is signed with the key given, or with one that the workspace trusts, and not replayed.

    Raises InputRefused as `compare.verified` does.
    """
    trusted = trusted_keys(workspace) if workspace else {}
    if key:
        given = read_public_key(_bytes(key), key.name)
        trusted = {**trusted, given.council: given}
    return verified(_bytes(file), file.name, trusted, _held(workspace) if workspace else {})


def look_into(file: Path) -> SignedPack:
    """What a file holds, whoever signed it. Raises InputRefused for what is no pack or was changed."""
    return read_pack(_bytes(file), file.name)


def receive_pack(workspace: Workspace, content: bytes, name: str) -> Pack:
    """A pack that another council sent, kept to be compared with, once it holds as `verify_pack` has it.

    content: the bytes of its file; name: what the file was called, for messages alone. A pack of the same council and year
    that was kept before is kept no longer. Raises InputRefused for what is no pack, is signed with a key that is not
    trusted, or is older than one that was read before; and for this council's own.
    """
    with _one_writer(workspace):
        held = _held(workspace)
        pack = verified(content[: LARGEST + 1], name, trusted_keys(workspace), held)
        if pack.council == workspace.settings.ons_code:
            raise InputRefused("It is this council's own pack.", where=name, fix="Send it to others; receive theirs.")
        with private_file(_received_folder(workspace) / f"{pack.council}-{pack.year[1]}.json") as partial:
            partial.write_bytes(content)
        write_json(_held_file(workspace), held_as_json(held_with(held, pack)))
    return pack


def received_packs(workspace: Workspace) -> list[Path]:
    """The files of packs that were received, by council and year."""
    return sorted(_received_folder(workspace).glob("*.json"))


def changes_of_packs(workspace: Workspace) -> tuple[tuple[str, int], ...]:
    """What is another once a pack was received, a key trusted, or public reference data added: files with their moments."""
    folders = (workspace.store / "packs" / "received", _trusted_folder(workspace), packs_folder(workspace))
    return tuple((each.name, each.stat().st_mtime_ns) for folder in folders for each in sorted(folder.glob("*")))


def compare_packs(workspace: Workspace, files: Sequence[Path], peers: Sequence[str] = ()) -> Comparison:
    """Own figures beside those of the packs; a pack that is refused is named, with why, and left out.

    peers: the councils to compare with, by code; all without. What was read is remembered, so that an older pack of the
    same council is refused from then on. Raises InputRefused where no pack is left.
    """
    own = _own_pack(workspace)
    with _one_writer(workspace):
        found, left_out, held = _read_all(workspace, files, own.council)
        write_json(_held_file(workspace), held_as_json(held))
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


def others_packs(workspace: Workspace, files: Sequence[Path]) -> list[Pack]:
    """The newest good pack of each other council in the files; what is refused is left out, and nothing is remembered."""
    return list(_read_all(workspace, files, workspace.settings.ons_code)[0].values())


def _read_all(
    workspace: Workspace, files: Sequence[Path], own: str
) -> tuple[dict[str, Pack], list[LeftOut], HeldPacks]:
    """The newest good pack of each council, what was left out, and what is held from now on."""
    trusted, held = trusted_keys(workspace), _held(workspace)
    found: dict[str, Pack] = {}
    left_out: list[LeftOut] = []
    for file, content in _newest_first(files):
        try:
            pack = verified(content if content is not None else _bytes(file), file.name, trusted, held)
        except InputRefused as problem:
            left_out.append(LeftOut(file.name, problem.error))
            continue
        if pack.council == own:
            left_out.append(LeftOut(file.name, "It is this council's own pack."))
            continue
        held = held_with(held, pack)
        found.setdefault(pack.council, pack)
    return found, left_out, held


def _newest_first(files: Sequence[Path]) -> Iterator[tuple[Path, bytes | None]]:
    """The files with their bytes, of each council those with the highest number first; unreadable ones last."""
    numbered: list[tuple[int, int, Path, bytes | None]] = []
    for place, file in enumerate(files):
        try:
            content = _bytes(file)
            numbered.append((-read_pack(content, file.name).pack.serial, place, file, content))
        except InputRefused:
            numbered.append((1, place, file, None))
    yield from ((file, content) for _, _, file, content in sorted(numbered, key=lambda each: each[:2]))


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


def _bytes(file: Path) -> bytes:
    """The file's bytes, at most one more than a pack may have. Raises InputRefused where there is no such file."""
    if not file.is_file():
        raise InputRefused("There is no such file.", where=file.name, fix="Name a file that lies there.")
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as problem:
        raise InputRefused(
            f"The file cannot be read: {problem.strerror}.", where=file.name, fix="Look at it."
        ) from None


@contextmanager
def _one_writer(workspace: Workspace) -> Iterator[None]:
    """Packs are numbered, and remembered, by one process at a time."""
    with (private_folder(workspace.store / "packs") / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _held(workspace: Workspace) -> HeldPacks:
    file = _held_file(workspace)
    if not file.exists():
        return {}
    try:
        return held_from_json(read_json(file))
    except (ValueError, TypeError, AttributeError):
        raise EarlyHelpError(
            "The list of packs that were read is damaged.", where=file.name, fix="Restore it from its backup."
        ) from None


def _received_folder(workspace: Workspace) -> Path:
    return private_folder(private_folder(workspace.store / "packs") / "received")


def _held_file(workspace: Workspace) -> Path:
    return private_folder(workspace.store / "packs") / "held.json"


def _key_file(workspace: Workspace) -> Path:
    return workspace.root / "keys" / "pack-signing.key"


def _trusted_folder(workspace: Workspace) -> Path:
    return workspace.root / "keys" / "trusted"
