"""Writing so that a reader never sees half a file, and only the owner can read what names people."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from earlyhelp.errors import InputRefused


def sha256_of(path: Path) -> str:
    """The fingerprint of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def flush_file(path: Path) -> None:
    """Make a file's bytes durable."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def private_folder(path: Path) -> Path:
    """The folder, made if need be, readable by its owner alone."""
    if not path.parent.exists():
        private_folder(path.parent)
    path.mkdir(exist_ok=True)
    path.chmod(0o700)
    return path


def write_json(path: Path, content: Any) -> None:
    """Write JSON under a temporary name, flush it to the disk, and put it in place in one step."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write text in one step: a reader sees the old file or the new one."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
    flush_folder(path.parent)


def read_json(path: Path) -> Any:
    """The content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def typed_text(path: Path, what: str, save_as: str = "UTF-8 text", where: str = "") -> str:
    """The text of a file that somebody wrote, without the mark that editors on Windows put before it.

    `what` it should be, such as "map". `where`: how it is named in an error; by its name otherwise. Raises InputRefused for a
    file that is not there or is no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        fix = "Check the name and the folder."
        raise InputRefused(f"There is no such {what}.", where=where or path.name, fix=fix) from None
    except (OSError, UnicodeDecodeError):
        fix = f"Save it as {save_as}."
        raise InputRefused(f"The {what} cannot be read as text.", where=where or path.name, fix=fix) from None


def flush_folder(folder: Path) -> None:
    """Make the folder's entries themselves durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """Make every file below a folder durable, and private to its owner."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o700)
            continue
        path.chmod(0o600)
        flush_file(path)
    for path in [folder, *(each for each in folder.rglob("*") if each.is_dir())]:
        flush_folder(path)


@contextmanager
def whole_folder(target: Path, work: Path) -> Iterator[Path]:
    """A folder to write in, which appears under `target` only when all of it is written and durable.

    `target` must not exist. After a kill or an error nothing is left under `target`; remains in `work` are swept at the
    next start.
    """
    private_folder(work)
    draft = work / f"{target.name}.{os.getpid()}"
    if draft.exists():
        shutil.rmtree(draft)
    private_folder(draft)
    try:
        yield draft
        flush_tree(draft)
        private_folder(target.parent)
        draft.replace(target)
        flush_folder(target.parent)
    finally:
        if draft.exists():
            shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def private_file(target: Path) -> Iterator[Path]:
    """A file to write, of the target's ending, which takes the target's place once whole; its owner alone reads it."""
    partial = target.with_name(f".{os.getpid()}.{target.name}")
    try:
        partial.touch(mode=0o600)
        yield partial
        partial.chmod(0o600)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def keep_copy(source: Path, folder: Path, *, move: bool) -> Path:
    """The file kept untouched in `folder` under its own name; the original is removed only when the copy is durable."""
    private_folder(folder)
    kept = folder / source.name
    if not kept.exists():
        partial = folder / f".{os.getpid()}.partial"
        partial.unlink(missing_ok=True)
        # A file that somebody else has under another name may still be written to: it is copied.
        if move and source.stat().st_nlink == 1:
            second_name(source, partial)
        else:
            shutil.copyfile(source, partial)
        partial.chmod(0o600)
        flush_file(partial)
        partial.replace(kept)
        flush_folder(folder)
    if move and source != kept:
        source.unlink()
    return kept


def second_name(file: Path, target: Path) -> None:
    """The file under a second name, or a copy of it on a disk without links. For files that are never written again."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)
