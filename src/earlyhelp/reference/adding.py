"""A pack is copied into the workspace: described, fingerprinted, read once in full, and never changed afterwards."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from earlyhelp.errors import InputRefused, NothingToDo, UsageProblem
from earlyhelp.reference.checking import declared_checks, read_pack
from earlyhelp.reference.loading import Loaded, connect
from earlyhelp.reference.pack import Pack, open_pack, write_descriptor
from earlyhelp.reference.publication import LICENCES
from earlyhelp.store.files import sha256_of, whole_folder
from earlyhelp.store.workspace import Workspace

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def packs_folder(workspace: Workspace) -> Path:
    """Where a workspace keeps its packs."""
    return workspace.root / "reference"


def packs_of(workspace: Workspace) -> list[Pack]:
    """The packs of a workspace, by name. Raises InputRefused for a folder there that is no pack."""
    folder = packs_folder(workspace)
    if not folder.is_dir():
        return []
    return [open_pack(each) for each in sorted(folder.iterdir()) if each.is_dir()]


def add_pack(workspace: Workspace, path: Path, *, name: str, retrieved: date, vintage: str = "") -> Pack:
    """Copy the pack at `path` into the workspace and return the copy, with a description of each file.

    Every file is read in full first: nothing is copied when one of them is refused. name: what the copy is called (empty: the
    pack's own name). retrieved, vintage: for files whose own description does not say.
    Raises InputRefused for a file that cannot be read, UsageProblem for a name that no folder can have or that another pack has,
    NothingToDo when the same files are there already.
    """
    pack = open_pack(path)
    called = name or re.sub(r"[^a-z0-9._-]+", "-", pack.name.lower()).strip("-._")
    if not _NAME.fullmatch(called):
        raise UsageProblem(
            f"'{called}' is no name for a pack.", where="--name", fix="Use small letters, digits and hyphens."
        )
    loaded = _read_in_full(pack)
    described = _described(pack, called, loaded, retrieved, vintage)
    target = packs_folder(workspace) / called
    with workspace.writing():
        _refuse_another(target, described)
        with whole_folder(target, workspace.work) as draft:
            _copy(pack, replace(described, folder=draft))
        for file in target.rglob("*"):
            if file.is_file():
                file.chmod(0o400)
    return replace(described, folder=target)


def _read_in_full(pack: Pack) -> tuple[Loaded, ...]:
    loaded, refused = read_pack(connect(), pack, pack.resources)
    if not refused:
        return loaded
    first, others = refused[0].problem, len(refused) - 1
    more = f" And {others} more of {len(pack.resources)} files are refused." if others else ""
    raise InputRefused(first.error + more, where=first.where, fix=first.fix)


def _described(pack: Pack, name: str, loaded: tuple[Loaded, ...], retrieved: date, vintage: str) -> Pack:
    """The pack with everything known of each of its files: publication, rows, size, fingerprint, and when it was got."""
    resources = tuple(
        replace(
            each.resource,
            publication=each.publication.id,
            licence=each.resource.licence or LICENCES[each.publication.licence][0],
            rows=each.rows,
            size=pack.file(each.resource).stat().st_size,
            sha256=sha256_of(pack.file(each.resource)),
            vintage=each.resource.vintage or vintage,
            retrieved=each.resource.retrieved or retrieved.isoformat(),
        )
        for each in loaded
    )
    title = pack.title if pack.title != pack.name else name
    return Pack(pack.folder, name, title, tuple(sorted(resources, key=lambda each: each.path)))


def _refuse_another(target: Path, described: Pack) -> None:
    if not target.exists():
        return
    there = {(each.path, each.sha256) for each in open_pack(target).resources}
    if there == {(each.path, each.sha256) for each in described.resources}:
        raise NothingToDo("The same files are in the workspace already.", where=described.name)
    raise UsageProblem(
        "Another pack has this name, and packs are never changed.",
        where=described.name,
        fix="Give another name: --name NAME",
    )


def _copy(pack: Pack, draft: Pack) -> None:
    for resource in draft.resources:
        copy = draft.folder / resource.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pack.file(resource), copy)
        if sha256_of(copy) != resource.sha256:
            raise InputRefused("The file changed while it was read.", where=resource.path, fix="Add the pack again.")
    write_descriptor(draft, declared_checks())
