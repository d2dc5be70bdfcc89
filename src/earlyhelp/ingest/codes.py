"""From the words a council uses to the standard's codes: what the published lists and their known spellings say, no more.

A value that no rule places stays `unmapped` with its raw text kept beside it; it is listed, never dropped. Proposals by
likeness belong to the mapping desk, where a person confirms them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from earlyhelp.standard import UNMAPPED, CodeList, CodeType

_LETTER_PREFIX = re.compile(r"^\(?[a-z]\)\s*", re.IGNORECASE)
_LEADING_CODE = re.compile(r"^[(\[]?([A-Za-z0-9]{1,6})[)\]]?\s*(?:[:\-–—.=]\s*|\s)\s*(\S.*)$")
_TRAILING_CODE = re.compile(r"^(.*\S)\s*[(\[](?:[A-Za-z]+ )?([A-Za-z0-9]{1,6})[)\]]\.?$")
_BLANKS = {"", "null", "none given", "n/a", "na", "nan", "-", "--", "not recorded", "not known", "blank"}


def read_code(text: str, kind: CodeType) -> tuple[str | None, str | None]:
    """`(code, None)`, or `(unmapped, "unmapped_value")` where the list has no such code, label or known spelling.

    Several codes (`kind.many`) are separated by semicolons, commas or bars and come back joined by semicolons.
    """
    index = _index(kind.codes)
    if not kind.many:
        code = _place(text, kind.codes, index)
        return (code, None) if code else (UNMAPPED, "unmapped_value")
    pieces = [piece for piece in re.split(r"[;,|]", text) if piece.strip()]
    placed = [_place(piece, kind.codes, index) or UNMAPPED for piece in pieces]
    whole = ";".join(dict.fromkeys(placed))
    return whole, "unmapped_value" if UNMAPPED in placed else None


def is_blank_word(text: str) -> bool:
    """True for the words and marks that systems print where nothing was recorded."""
    return text.strip().casefold() in _BLANKS


def _place(text: str, codelist: CodeList, index: dict[str, str]) -> str | None:
    words = _LETTER_PREFIX.sub("", _tidy(text)).strip()
    if codelist.pattern:
        return words if words in codelist else None
    for candidate in (text, words):
        if found := index.get(_plain(candidate)):
            return found
    return _leading(words, index) or _trailing(words, index) or _keyword(words, codelist)


def _leading(words: str, index: dict[str, str]) -> str | None:
    """The code that stands before a description: "RC1 - Adopted", "1A: Individual", "N1 Abuse or neglect"."""
    found = _LEADING_CODE.match(words)
    if not found or not (len(found[1]) == 1 or any(c.isdigit() for c in found[1]) or found[1].isupper()):
        return None
    rest = index.get(_plain(found[2]))
    return rest or index.get(_plain(found[1]))


def _trailing(words: str, index: dict[str, str]) -> str | None:
    """The code that stands in brackets behind a description: "Adopted (CIN RC1)", "Died [E2]"."""
    found = _TRAILING_CODE.match(words)
    if not found:
        return None
    code = index.get(_plain(found[2])) if any(c.isdigit() for c in found[2]) else None
    return code or index.get(_plain(found[1]))


def _keyword(words: str, codelist: CodeList) -> str | None:
    """For lists of kinds of organisation: the kind whose word stands in the name; None when two kinds would fit."""
    if not codelist.by_keyword:
        return None
    spaced = f" {' '.join(re.findall(r'[a-z0-9]+', words.casefold()))} "
    fitting = {
        value.code: max(len(word) for word in hits)
        for value in codelist.values
        if (hits := [alias for alias in value.aliases if f" {alias.casefold()} " in spaced])
    }
    best = max(fitting.values(), default=0)
    codes = [code for code, length in fitting.items() if length == best]
    return codes[0] if len(codes) == 1 else None


@lru_cache(maxsize=None)
def _index(codelist: CodeList) -> dict[str, str]:
    """Every code, label and known spelling of a list, in the form in which they are compared; codes win over words."""
    index: dict[str, str] = {}
    for spelling in ("code", "label", "aliases"):
        for value in codelist.values:
            texts = getattr(value, spelling)
            for text in (texts,) if isinstance(texts, str) else texts:
                index.setdefault(_plain(text), value.code)
    index.setdefault(_plain(UNMAPPED), UNMAPPED)
    index.setdefault(_plain("not_recorded"), "not_recorded")
    index.pop("", None)
    return index


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").split())


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", _tidy(text)).casefold().replace("&", " and ")
    return re.sub(r"[^a-z0-9]+", "", folded)
