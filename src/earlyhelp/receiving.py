"""What other councils send: whose key is trusted, which packs hold, which are kept, and what was read before."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from earlyhelp.compare import (
    LeftOut,
    Pack,
    PublicKey,
    held_from_json,
    held_with,
    public_of,
    read_pack,
    read_public_key,
    signing_key,
    verified,
)
from earlyhelp.compare.pack import LARGEST
from earlyhelp.compare.read import SignedPack
from earlyhelp.compare.verify import HeldPacks, held_as_json
from earlyhelp.errors import EarlyHelpError, GateClosed, InputRefused
from earlyhelp.reference.adding import packs_folder
from earlyhelp.store.files import private_file, private_folder, read_json, write_json
from earlyhelp.store.workspace import Workspace


def public_key(workspace: Workspace) -> PublicKey:
    """The workspace's own public key; its pair is made at the first call."""
    return public_of(own_key(workspace), workspace.settings.ons_code)


def own_key(workspace: Workspace) -> bytes:
    """The private key with which the workspace's packs are signed; made at the first call."""
    return signing_key(_key_file(workspace))


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
    with one_writer(workspace):
        held = _held(workspace)
        pack = verified(content[: LARGEST + 1], name, trusted_keys(workspace), held)
        if pack.council == workspace.settings.ons_code:
            raise InputRefused("It is this council's own pack.", where=name, fix="Send it to others; receive theirs.")
        with private_file(_received_folder(workspace) / f"{pack.council}-{pack.year[1]}.json") as partial:
            partial.write_bytes(content)
        remember(workspace, held_with(held, pack))
    return pack


def received_packs(workspace: Workspace) -> list[Path]:
    """The files of packs that were received, by council and year."""
    return sorted(_received_folder(workspace).glob("*.json"))


def changes_of_packs(workspace: Workspace) -> tuple[tuple[str, int], ...]:
    """What is another once a pack was received, a key trusted, or public reference data added: files with their moments."""
    folders = (workspace.store / "packs" / "received", _trusted_folder(workspace), packs_folder(workspace))
    return tuple((each.name, each.stat().st_mtime_ns) for folder in folders for each in sorted(folder.glob("*")))


def others_packs(workspace: Workspace, files: Sequence[Path]) -> list[Pack]:
    """The newest good pack of each other council in the files; what is refused is left out, and nothing is remembered."""
    return list(read_newest(workspace, files, workspace.settings.ons_code)[0].values())


def read_newest(
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
def one_writer(workspace: Workspace) -> Iterator[None]:
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


def remember(workspace: Workspace, held: HeldPacks) -> None:
    """Keep which packs were read, so that an older one of the same council is refused from now on."""
    write_json(_held_file(workspace), held_as_json(held))


def _held_file(workspace: Workspace) -> Path:
    return private_folder(workspace.store / "packs") / "held.json"


def _key_file(workspace: Workspace) -> Path:
    return workspace.root / "keys" / "pack-signing.key"


def _trusted_folder(workspace: Workspace) -> Path:
    return workspace.root / "keys" / "trusted"
