"""Text in any of the encodings that systems export, made into UTF-8 with Unix line ends."""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from earlyhelp.errors import InputRefused

_CHUNK = 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = ("utf-8", "utf-8-sig", "cp1252", "latin-1")
_START = 4096
_MANY, _FEW, _FEWEST = 0.15, 0.025, 8
"""Shares of NUL bytes in places of one parity and of the other by which UTF-16 without a mark is known, and how many at least."""
_MOST_CONTROLS = 0.02
_CONTROLS = frozenset(range(32)) - set(b"\t\n\r\f\0") | {127}


@dataclass(frozen=True)
class Text:
    """A file of text in UTF-8 with Unix line ends: where it lies, and what had to be done to make it so."""

    path: Path
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Survey:
    """The encoding, and what is in the bytes that a reader of UTF-8 would stumble over."""

    encoding: str
    is_utf8: bool
    nul: bool
    lone_return: bool


def as_utf8(path: Path, name: str, scratch: Path) -> Text:
    """The file in UTF-8, under a plain name in `scratch`: a link to it, or a copy where something had to be changed.

    Windows-1252 is taken where UTF-8 is impossible; NULs are dropped. Raises InputRefused for what is no text.
    """
    _refuse_binary(path, name)
    survey = _survey(path)
    encoding = survey.encoding
    target = scratch / "text.csv"
    notes = [f"read as {encoding}"] if encoding != "utf-8" else []
    notes += ["NUL characters were dropped"] if survey.nul and encoding in _ONE_BYTE else []
    if encoding in ("utf-8", "utf-8-sig") and survey.is_utf8 and not (survey.nul or survey.lone_return):
        _as_it_stands(path, target, skip=len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
    else:
        _rewrite(path, name, encoding, target)
    return Text(target, tuple(notes))


def _refuse_binary(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        start = stream.read(_START)
    if sum(byte in _CONTROLS for byte in start) > _MOST_CONTROLS * len(start):
        raise InputRefused(
            "The file is neither a workbook nor text: it is full of signs that no text holds.",
            where=name,
            fix="Load the extract as .xlsx, .xls, .csv or .xml.",
        )


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def find_encoding(path: Path) -> str:
    """utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be, utf-32, cp1252 or latin-1.

    A mark at the start decides; then NULs in every second place, which is UTF-16 without a mark; then the first of
    UTF-8 and Windows-1252 in which all bytes mean something.
    """
    return _survey(path).encoding


def _survey(path: Path) -> _Survey:
    """One look at all bytes of the file, and a second where they are not UTF-8."""
    utf8 = _Decoding("utf-8")
    nul = lone = False
    last = b""
    for piece in _pieces(path):
        utf8.take(piece)
        nul = nul or b"\0" in piece
        lone = lone or (last == b"\r" and piece[:1] != b"\n") or _has_lone_return(piece)
        last = piece[-1:]
    utf8.end()
    guessed = "utf-8" if utf8.fits else "cp1252" if _is_cp1252(path) else "latin-1"
    return _Survey(_marked(path) or guessed, utf8.fits, nul, lone or last == b"\r")


class _Decoding:
    """Whether bytes that come piece by piece mean something in an encoding."""

    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self.fits = True

    def take(self, piece: bytes) -> None:
        """Look at the next piece; one that is ASCII from end to end needs no decoding."""
        if self.fits and (not piece.isascii() or self._decoder.getstate()[0]):
            self._decode(piece, final=False)

    def end(self) -> None:
        """There is no further piece."""
        if self.fits:
            self._decode(b"", final=True)

    def _decode(self, piece: bytes, *, final: bool) -> None:
        try:
            self._decoder.decode(piece, final)
        except UnicodeDecodeError:
            self.fits = False


def _is_cp1252(path: Path) -> bool:
    cp1252 = _Decoding("cp1252")
    for piece in _pieces(path):
        cp1252.take(piece)
    return cp1252.fits


def _marked(path: Path) -> str:
    """The encoding that the first bytes tell, by a mark or by NULs in every second place; empty where they tell none."""
    with path.open("rb") as stream:
        start = stream.read(_START)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    even, odd = (start[place::2].count(0) for place in (0, 1))
    if max(even, odd) > max(_MANY * len(start), _FEWEST) and min(even, odd) < _FEW * len(start):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _has_lone_return(piece: bytes) -> bool:
    """True for a carriage return without a line feed; one at the very end is left to the next piece."""
    return b"\r" in piece and piece.removesuffix(b"\r").count(b"\r") != piece.count(b"\r\n")


def _as_it_stands(path: Path, target: Path, skip: int) -> None:
    if not skip:
        target.symlink_to(path.resolve())
        return
    with path.open("rb") as source, target.open("wb") as copy:
        source.seek(skip)
        shutil.copyfileobj(source, copy, _CHUNK)


def _rewrite(path: Path, name: str, encoding: str, target: Path) -> None:
    try:
        with (
            path.open("r", encoding=encoding, newline=None) as source,
            target.open("w", encoding="utf-8", newline="\n", errors="replace") as copy,
        ):
            while piece := source.read(_CHUNK):
                copy.write(piece.replace("\0", ""))
    except UnicodeError:
        raise InputRefused(
            f"The text begins as {encoding} and does not go on so: the file is cut short or damaged.",
            where=name,
            fix="Export it again, as UTF-8 where the system can.",
        ) from None
