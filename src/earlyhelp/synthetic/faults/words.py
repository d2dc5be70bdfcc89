"""Local words for codes: what a council's own forms say where the return asks for a code.

A small list of our own lies beside this module. A list of words seen in returns can be given as a CSV with the columns
`column` (a heading of Annex A), `local_value` and `annex_a_code` (the text of the template).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from earlyhelp.errors import InputRefused
from earlyhelp.sources import SOURCES, heading_of
from earlyhelp.standard import CodeList, Column

Known = Mapping[tuple[str, str], tuple[str, ...]]
_LETTER = re.compile(r"^[a-z]{1,2}\)\s*", re.IGNORECASE)
_WANTED = ("column", "local_value", "annex_a_code")


@dataclass(frozen=True)
class Words:
    """Local words by the name of a code list and a code of it."""

    known: Known

    def by_text(self, column: Column, texts: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
        """Local words by the text that stands for the code under a heading; texts without any are left out."""
        codes = column.code_list
        if not codes:
            return {}
        found = {text: self.known.get((codes.name, code), ()) for code, text in texts.items()}
        return {text: words for text, words in found.items() if words}


@cache
def own_words() -> Words:
    """The words declared beside this module."""
    file = resources.files("earlyhelp.synthetic.faults") / "words.csv"
    rows = csv.DictReader(io.StringIO(file.read_text("utf-8")))
    return _gathered((row["list"], row["code"], row["word"]) for row in rows)


def words_of(path: Path | None) -> Words:
    """The words of a CSV of words seen in returns, those whose code can be told; without a path our own.

    Raises InputRefused when the file lacks one of the three columns.
    """
    if path is None:
        return own_words()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        lacking = [name for name in _WANTED if name not in (rows.fieldnames or ())]
        if lacking:
            raise InputRefused(
                f"The list of local words has no column {', '.join(lacking)}.",
                where=path.name,
                fix=f"Give a CSV with the columns {', '.join(_WANTED)}.",
            )
        return _gathered(_placed(rows))


def _gathered(rows: Iterator[tuple[str, str, str]]) -> Words:
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    for codes, code, word in rows:
        known[codes, code] = (*known.get((codes, code), ()), word)
    return Words(known)


def _placed(rows: csv.DictReader[str]) -> Iterator[tuple[str, str, str]]:
    """Each word with the list and the code of the heading it was seen under, where it names the code or shares its text."""
    lists = _lists_of_headings()
    for row in rows:
        codes = lists.get(row["column"])
        code = _code_of(codes, row["local_value"], row["annex_a_code"]) if codes else None
        if codes and code:
            yield codes.name, code, row["local_value"].strip()


@cache
def _lists_of_headings() -> dict[str, CodeList]:
    lists: dict[str, CodeList] = {}
    for part in SOURCES["annex_a"].parts:
        for fill in part.fills:
            for column, cell in fill.cells.items():
                if column.code_list and (heading := heading_of(cell)):
                    lists.setdefault(heading, column.code_list)
    return lists


def _code_of(codes: CodeList, word: str, template: str) -> str | None:
    signs = set(re.findall(r"[A-Z0-9]+", word))
    named = [code for code in codes.codes if code in signs and len(code) > 1]
    if len(named) == 1:
        return named[0]
    plain = _LETTER.sub("", template).casefold().strip()
    return next(
        (value.code for value in codes.values if plain in (value.label.casefold(), value.code.casefold())), None
    )
