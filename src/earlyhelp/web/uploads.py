"""Files that people send: what is looked at before one is kept, and under which name it is kept in the inbox.

Nothing is unpacked here: a workbook is judged by the directory of its archive. What a file holds is read later, in a
process of its own with limits (`earlyhelp.ingest.confined`).
"""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.open_file import BINARY
from earlyhelp.web import scanning

MOST_ENTRIES = 10_000
LARGEST_UNPACKED = 600 * 2**20
LARGEST_RATIO = 120
RATIO_MATTERS_FROM = 30 * 2**20
"""A workbook of more parts, or that unpacks to more than this, is refused before anything of it is unpacked."""
LONGEST_NAME = 120
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BYTES: Mapping[str, tuple[bytes, ...]] = {
    ".xlsx": (_ZIP,),
    ".xlsm": (_ZIP,),
    ".xlsb": (_ZIP,),
    ".ods": (_ZIP,),
    ".xls": (_OLE,),
    ".parquet": (b"PAR1",),
    ".xml": (b"<",),
    ".json": (b"{", b"["),
    ".csv": (),
    ".txt": (),
    ".tsv": (),
}
"""The endings that are read, and the bytes with which each begins, marks of an encoding and white space apart."""
ENDINGS = tuple(_BYTES)
_TEXT = (".csv", ".txt", ".tsv", ".xml", ".json")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BINARY = (_ZIP, _OLE, b"PAR1", *BINARY)


class ScannedFile(forms.FileField):
    """One file of a form, let through by the virus scanner where one is set. Every field for files is one, or asks `refuse`."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file. Raises ValidationError where the scanner does not let it through or cannot be run."""
        file = super().clean(data, initial)
        if file:
            try:
                scanning.look(file, kept_name(file.name or ""))
            except InputRefused as refused:
                raise forms.ValidationError(f"{refused.error} {refused.fix}") from None
        return file


class WithinLimit(TemporaryFileUploadHandler):
    """Takes files of those who are signed in, onto the disk, up to the largest size of one; then it hangs up."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Raises StopUpload for whoever is not signed in."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Raises StopUpload for a file that is too large."""
        if start + len(raw_data) > settings.LARGEST_UPLOAD:
            raise StopUpload(connection_reset=True)
        super().receive_data_chunk(raw_data, start)


def refuse(upload: UploadedFile) -> None:
    """Raises InputRefused for a file that is too large, of another kind than its name says, or hostile; nothing otherwise.

    The virus scanner comes last, where one is set.
    """
    name = kept_name(upload.name or "")
    ending = Path(name).suffix.lower()
    size = upload.size or 0
    if ending not in _BYTES:
        raise InputRefused(f"Files that end in {ending or 'nothing'} are not read.", where=name, fix=_known())
    if not size:
        raise InputRefused("The file is empty.", where=name, fix="Export it again.")
    if size > settings.LARGEST_UPLOAD:
        most = settings.LARGEST_UPLOAD // 2**20
        raise InputRefused(
            f"The file is larger than {most:,} MB.",
            where=name,
            fix="Split it, or put it into the folder inbox/ yourself.",
        )
    stream: IO[bytes] = upload.file
    _refuse_other_bytes(stream, name, ending)
    if _BYTES[ending] == (_ZIP,):
        _refuse_bomb(stream, name)
    scanning.look(upload, name)
    stream.seek(0)


def _known() -> str:
    return f"Send the extract as one of: {', '.join(each.lstrip('.') for each in ENDINGS)}."


def _refuse_other_bytes(stream: IO[bytes], name: str, ending: str) -> None:
    stream.seek(0)
    start = stream.read(4096)
    if ending.startswith(".xls") and ending != ".xls" and start.startswith(_OLE):
        raise InputRefused(
            "The workbook is protected with a password, or is an old workbook under a new name.",
            where=name,
            fix="Open it in Excel, remove the password (File, Info, Protect Workbook), and save it as .xlsx.",
        )
    begins = _begins(start) if ending in _TEXT else start
    wanted = _BYTES[ending]
    other = not begins.startswith(wanted) if wanted else begins.startswith(_BINARY) or _has_nothing_signs(start)
    if other:
        raise InputRefused(
            f"The file ends in {ending}, and its first bytes are of another kind of file.",
            where=name,
            fix="Open it in the program that made it, and save it again under that ending.",
        )


def _begins(start: bytes) -> bytes:
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.lstrip(b" \t\r\n\0")


def _has_nothing_signs(start: bytes) -> bool:
    """True for zero bytes in a text, but where its encoding writes each letter with two bytes."""
    return b"\0" in start and not start.startswith(_MARKS[1:])


def _refuse_bomb(stream: IO[bytes], name: str) -> None:
    """Refuse what its own directory says unpacks to far more than a workbook does, or has far more parts."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, ValueError, EOFError):
        raise InputRefused(
            "The workbook is cut short or damaged.",
            where=name,
            fix="Open it in Excel; if it opens, save it under a new name and send that; if not, ask for it again.",
        ) from None
    packed, unpacked = sum(each.compress_size for each in entries), sum(each.file_size for each in entries)
    far_more = unpacked > RATIO_MATTERS_FROM and unpacked > packed * LARGEST_RATIO
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or far_more:
        raise InputRefused(
            f"The workbook has {len(entries):,} parts that unpack to {unpacked // 2**20:,} MB: it is damaged or hostile.",
            where=name,
            fix="Ask for the extract again, or save it as CSV.",
        )


def kept_name(told: str) -> str:
    """The name under which a file is kept: its own, without folders, signs that cannot be printed, or dots before it.

    The layout of a file and the day it was drawn are told by its name too, so that the name stays as far as it can.
    """
    last = re.split(r"[\\/]", told)[-1]
    plain = "".join("_" if unicodedata.category(each).startswith("C") else each for each in last)
    plain = re.sub(r"[:*?\"<>|]", "_", unicodedata.normalize("NFC", plain)).strip().lstrip(".~$ ")
    ending = Path(plain).suffix
    stem = plain.removesuffix(ending)
    while len((stem + ending).encode()) > LONGEST_NAME and stem:
        stem = stem[:-1]
    return f"{stem}{ending}" if stem else f"extract{ending}"


@dataclass(frozen=True)
class Kept:
    """A file in the inbox: its name, and whether it was there already with the very same bytes."""

    name: str
    again: bool


def keep(upload: UploadedFile, inbox: Path) -> Kept:
    """Write a file into the inbox, whole or not at all, readable by its owner alone; none that lies there is replaced.

    A file of the same name and other content goes into a folder of its own beside it, under its own name: that tells
    what it holds. The folder's name goes on to tell a day where the inbox's does.
    """
    name = kept_name(upload.name or "")
    inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = inbox / f".{os.getpid()}-{os.urandom(6).hex()}.partial"
    try:
        _write(upload, partial)
        for folder in _folders(inbox):
            target = folder / name
            if target.is_file() and _alike(target, partial):
                return Kept(name, again=True)
            if not os.path.lexists(target):
                folder.mkdir(mode=0o700, exist_ok=True)
                _into_place(partial, target)
                return Kept(name, again=False)
        raise InputRefused("The inbox holds a hundred files of this name.", where=name, fix="Run first.")
    finally:
        partial.unlink(missing_ok=True)


def _write(upload: UploadedFile, partial: Path) -> None:
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as stream:
        upload.file.seek(0)
        for piece in upload.chunks(2**20):
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())


def _into_place(partial: Path, target: Path) -> None:
    """Give the file its name: unlike a renaming, never over one that came in between, where the disk knows links."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise InputRefused("Two people sent this file at once.", where=target.name, fix="Send it again.") from None
    except OSError:
        partial.replace(target)


def _folders(inbox: Path) -> Iterator[Path]:
    yield inbox
    yield from (inbox / f"{inbox.name}_another_{number}" for number in range(2, 101))


def _alike(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(2**20):
            if piece != second.read(2**20):
                return False
    return True
