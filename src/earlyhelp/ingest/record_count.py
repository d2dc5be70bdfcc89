"""How many records a delimited file holds, counted from its bytes without the help of the parser that will read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_CHUNK = 112 * 1024
"""A piece and its flags fit into the processor's own memory; from 128 kB on, each flag would be asked of the system."""

_LINE_END, _QUOTE, _RETURN, _SPACE, _TAB, _HASH, _LAST_SIGN = (ord(sign) for sign in '\n"\r \t#~')

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Count:
    """What the bytes say.

    `records`: records that hold a sign. `balanced`: quotation marks come in pairs. `clean`: every quotation mark stands
    where a writer of CSV puts it and no record is blank, so that a fast parser can be trusted with the file. `plain`: every
    cell reads as it stands: none begins or ends with white space, and there is no letter beyond ASCII and no "#" at all.
    `longest`: bytes of the longest line with its end.
    """

    records: int
    balanced: bool
    clean: bool
    plain: bool
    longest: int


def count_records(path: Path, delimiter: str) -> Count:
    """Count records by the parity of quotation marks: a line end inside them ends no record. Blank records are left out."""
    if path.stat().st_size == 0:
        return Count(0, balanced=True, clean=True, plain=True, longest=0)
    data = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
    seen = _Seen()
    for offset in range(0, data.size, _CHUNK):
        seen.add(data, offset, ord(delimiter))
    last = data.size - seen.line_start
    rest = _is_filled(data, seen.record_start, data.size)
    return Count(
        records=seen.ended - seen.blank + int(rest),
        balanced=not seen.inside,
        clean=seen.regular and not seen.inside and seen.blank == 0,
        plain=seen.plain,
        longest=max(seen.longest, last),
    )


@dataclass
class _Seen:
    """What has been seen of a file so far, piece by piece."""

    ended: int = 0
    blank: int = 0
    inside: bool = False
    regular: bool = True
    plain: bool = True
    record_start: int = 0
    line_start: int = 0
    longest: int = 0

    def add(self, data: Bytes, offset: int, delimiter: int) -> None:
        """Look through the piece of `data` that begins at `offset`."""
        piece = data[offset : offset + _CHUNK]
        lines = np.flatnonzero(piece == _LINE_END) + offset
        quotes = np.flatnonzero(piece == _QUOTE) + offset
        opening = (np.arange(quotes.size) % 2 == 0) != self.inside
        self.regular = self.regular and _are_regular(data, quotes, opening, delimiter)
        within = self._within(quotes, lines)
        self.plain = self.plain and not within.any() and _reads_as_it_stands(data, offset, delimiter)
        ends = lines[~within]
        self.ended += ends.size
        self.blank += _blank_records(data, self.record_start, ends)
        self.longest = max(self.longest, _longest(self.line_start, lines))
        self.record_start = int(ends[-1]) + 1 if ends.size else self.record_start
        self.line_start = int(lines[-1]) + 1 if lines.size else self.line_start
        self.inside ^= quotes.size % 2 == 1

    def _within(self, quotes: Places, places: Places) -> Flags:
        """Which of the places lie inside quotation marks: an odd number of them stands before."""
        if not quotes.size:
            return np.full(places.size, self.inside)
        odd: Flags = np.searchsorted(quotes, places) % 2 == 1
        return odd ^ self.inside


def _reads_as_it_stands(data: Bytes, offset: int, delimiter: int) -> bool:
    """True when no space stands at the edge of a field, and no tab, no "#" and no byte beyond ASCII anywhere."""
    piece = data[max(offset - 1, 0) : offset + _CHUNK + 1]
    if piece.max() > _LAST_SIGN or (piece == _HASH).any() or (delimiter != _TAB and (piece == _TAB).any()):
        return False
    if _SPACE in (data[0], data[-1]):
        return False
    space, edge = piece == _SPACE, piece == delimiter
    for sign in (_LINE_END, _RETURN, _QUOTE):
        edge |= piece == sign
    return not ((space[1:] & edge[:-1]).any() or (space[:-1] & edge[1:]).any())


def _are_regular(data: Bytes, quotes: Places, opening: Flags, delimiter: int) -> bool:
    """True when each quotation mark opens at the start of a field, closes at its end, or is doubled inside it."""
    if not quotes.size:
        return True
    before = np.where(quotes > 0, data[np.maximum(quotes - 1, 0)], _LINE_END)
    after = np.where(quotes < data.size - 1, data[np.minimum(quotes + 1, data.size - 1)], _LINE_END)
    opens = np.isin(before[opening], (delimiter, _LINE_END, _QUOTE))
    closes = np.isin(after[~opening], (delimiter, _LINE_END, _RETURN, _QUOTE))
    return bool(opens.all() and closes.all())


def _blank_records(data: Bytes, first: int, ends: Places) -> int:
    """Records without a sign, or with a carriage return alone."""
    if not ends.size:
        return 0
    starts = np.concatenate(([first], ends[:-1] + 1))
    lengths = ends - starts
    lone = (lengths == 1) & (data[starts] == _RETURN)
    return int(((lengths == 0) | lone).sum())


def _is_filled(data: Bytes, start: int, stop: int) -> bool:
    """True for a last record without a line end that holds more than a carriage return."""
    return stop - start > 1 or (stop - start == 1 and int(data[start]) != _RETURN)


def _longest(start: int, lines: Places) -> int:
    return int(np.diff(lines, prepend=start - 1).max()) if lines.size else 0
