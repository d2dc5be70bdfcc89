"""The search that proves an erasure: whether a person is still found in any file of a workspace.

Parquet is read column by column, a zip (a workbook) member by member, everything else as bytes. What is sought is never
printed, logged or kept: only the files are named.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.standard import sql
from earlyhelp.store.workspace import Workspace, connect

SHORTEST = 5
"""Signs that an identifier has at least to be looked for: a shorter one stands in every file, as a count or a year."""
_CHUNK, _OVERLAP = 16 * 1024 * 1024, 64 * 1024
_NHS_NUMBER = re.compile(r"\d{10}")
_NEAR = 1_000
_SQLITE = b"SQLite format 3\0"
_TOKEN = ("(^|[^0-9A-Za-z])(", ")([^0-9A-Za-z]|$)")
Named = tuple[str, str, str]


@dataclass(frozen=True)
class Sought:
    """What a person could be found by: person keys and ids, identifiers, and (forename, surname, ISO date of birth)."""

    keys: tuple[str, ...]
    identifiers: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As the journal of an erasure keeps it until the erasure is done."""
        return {"keys": list(self.keys), "identifiers": list(self.identifiers), "names": [list(n) for n in self.names]}

    @classmethod
    def of(cls, told: dict[str, Any]) -> Sought:
        """The inverse of `as_json`."""
        names = tuple((str(f), str(s), str(b)) for f, s, b in told["names"])
        return cls(tuple(told["keys"]), tuple(told["identifiers"]), names)

    @cached_property
    def pattern(self) -> str:
        """A regular expression (RE2's and Python's) for any key or identifier."""
        long = [_spaced(each) for each in (*self.keys, *self.identifiers) if len(each) >= SHORTEST]
        return "|".join(long) or "[^\\s\\S]"

    @property
    def too_short(self) -> int:
        """How many keys and identifiers are too short to be looked for."""
        return sum(len(each) < SHORTEST for each in {*self.keys, *self.identifiers})

    def in_bytes(self, content: bytes, *, whole: bool = True) -> bool:
        """True when it is found in these bytes, as UTF-8 or UTF-16. `whole`: between signs that are no letter or digit."""
        sought = f"(?<![0-9A-Za-z])(?:{self.pattern})(?![0-9A-Za-z])" if whole else self.pattern
        found = re.compile(sought.encode(), re.IGNORECASE)
        written = [content, content.replace(b"\0", b"")] if b"\0" in content else [content]
        return any(found.search(each) or self._names_in(each) for each in written)

    def in_text(self, text: str) -> bool:
        """True when it is found in a text."""
        return self.in_bytes(text.encode("utf-8", "replace"))

    def _names_in(self, content: bytes) -> bool:
        """True when forename, surname and date of birth stand in one line, or near each other in a long one."""
        if not self.names:
            return False
        texts = [content.decode("utf-8", "replace").casefold()]
        if "\ufffd" in texts[0]:
            texts.append(content.decode("cp1252", "replace").casefold())
        around = ((each, line) for text in texts for each in self.names for line in _around(text, each[1].casefold()))
        return any(_is_named_in(line, *each) for each, line in around)


def _around(text: str, word: str) -> Iterator[str]:
    """What stands around each place of a word in a text: the line, as far as it is near."""
    place = text.find(word)
    while place >= 0:
        end = place + len(word)
        before, after = text[max(0, place - _NEAR) : place], text[end : end + _NEAR]
        yield before.rpartition("\n")[2] + word + after.partition("\n")[0]
        place = text.find(word, end)


def _is_named_in(line: str, forename: str, surname: str, born: str) -> bool:
    year, month, day = born.split("-")
    days = (born, f"{day}/{month}/{year}", f"{day}-{month}-{year}", f"{day}.{month}.{year}", year + month + day)
    return forename.casefold() in line and any(each in line for each in days)


def _spaced(identifier: str) -> str:
    """A pattern for an identifier; ten digits may stand in groups, as NHS numbers are written."""
    if _NHS_NUMBER.fullmatch(identifier):
        return "[ -]?".join((identifier[:3], identifier[3:6], identifier[6:]))
    return re.escape(identifier)


def search(workspace: Workspace, sought: Sought, *, but: Sequence[Path] = ()) -> tuple[int, list[str]]:
    """How many files were searched, and those that hold any of it, named from the workspace's folder.

    Not searched: keys, `inbox/` (not received yet), the lock, and the folders in `but`.
    """
    aside = [workspace.inbox, workspace.root / "keys", workspace.work, workspace.store / "lock", *but]
    files = [path for path in _files(workspace.root) if not any(path.is_relative_to(each) for each in aside)]
    return len(files), [str(p.relative_to(workspace.root)) for p in found_in(workspace, sought, files)]


def found_in(workspace: Workspace, sought: Sought, files: Iterable[Path]) -> list[Path]:
    """Those of the files that hold any of it."""
    scratch = workspace.scratch("search")
    con = connect(scratch)
    try:
        return [path for path in files if _holds(con, path, sought)]
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def _holds(con: duckdb.DuckDBPyConnection, path: Path, sought: Sought) -> bool:
    with path.open("rb") as stream:
        start = stream.read(len(_SQLITE))
    if start.startswith(b"PAR1"):
        return _in_parquet(con, path, sought)
    if start.startswith(b"PK") and zipfile.is_zipfile(path):
        return _in_zip(path, sought)
    return any(sought.in_bytes(piece, whole=start != _SQLITE) for piece in _pieces(path))


def _pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces that overlap, so that nothing is cut in two."""
    before = b""
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield before + piece
            before = piece[-_OVERLAP:]


def _in_zip(path: Path, sought: Sought) -> bool:
    with zipfile.ZipFile(path) as members:
        for name in members.namelist():
            with members.open(name) as stream:
                before = b""
                while piece := stream.read(_CHUNK):
                    if sought.in_bytes(before + piece):
                        return True
                    before = piece[-_OVERLAP:]
    return False


def _in_parquet(con: duckdb.DuckDBPyConnection, path: Path, sought: Sought) -> bool:
    held = f"read_parquet({sql.literal(path)})"
    columns = {str(name): str(kind) for name, kind, *_ in con.execute(f"DESCRIBE FROM {held}").fetchall()}
    texts = [f"coalesce(CAST({sql.name(n)} AS VARCHAR), '')" for n, kind in columns.items() if "VARCHAR" in kind]
    pattern = sql.literal("(?i)" + sought.pattern.join(_TOKEN))
    looks = [f"bool_or(regexp_matches({text}, {pattern}))" for text in texts]
    looks += [_names_sql(*each) for each in sought.names if {"forename", "surname", "dob"} <= set(columns)]
    if not looks or con.execute(f"SELECT {', '.join(looks)} FROM {held}").fetchall()[0].count(True):
        return bool(looks)
    return bool(sought.names) and "content" in columns and _in_content(con, held, sought)


def _names_sql(forename: str, surname: str, born: str) -> str:
    return (
        f"bool_or(forename ILIKE {sql.literal(_plain(forename))} AND surname ILIKE {sql.literal(_plain(surname))} "
        f"AND CAST(dob AS VARCHAR) = {sql.literal(born)})"
    )


def _plain(name: str) -> str:
    return name.replace("\\", "").replace("%", "").replace("_", "")


def _in_content(con: duckdb.DuckDBPyConnection, held: str, sought: Sought) -> bool:
    """Rows in quarantine hold the whole source row as text: names are looked for in it as in a line."""
    return any(
        sought.in_text(text) for (text,) in con.execute(f"SELECT DISTINCT content FROM {held}").fetchall() if text
    )
