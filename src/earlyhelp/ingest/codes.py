"""From the words a council uses to the standard's codes: what the published lists and their known spellings say, no more.

A value that no rule places stays `unmapped` with its raw text kept beside it; it is listed, never dropped. Proposals by
likeness belong to the mapping desk, where a person confirms them; here likeness only ever says no.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from earlyhelp.standard import NOT_RECORDED, UNMAPPED, CodeList, CodeType

CodeReading = tuple[str | None, str | None]
NEARLY = 0.9
"""How alike (0 to 1) a description must be to the label of another code to speak against the code before it."""
_LETTER_PREFIX = re.compile(r"^\(?[a-z]\)\s*", re.IGNORECASE)
_LEADING = re.compile(
    r"^[(\[]?(?P<code>[A-Za-z0-9][A-Za-z0-9.]{0,9}+)(?P<mark>[)\]]?\s*(?:[:\-–—.=)]\s*|\s)\s*)(?P<words>\S.*)$"
)
_FAMILY = re.compile(r"[A-Z]+(?=\d)|\d+")
_TRAILING = re.compile(r"^(?P<words>.*\S)\s*[(\[](?:[A-Za-z]+ )?(?P<code>[A-Za-z0-9]{1,6})[)\]]\.?$")
_BELOW = re.compile(r"(?P<code>[A-Za-z0-9]+)\.\w+( \w+)?")
_BLANKS = {"", "null", "none given", "n/a", "na", "nan", "-", "--", "not recorded", "not known", "blank"}
BLANK_WORDS = frozenset(_BLANKS)


def code_reader(kind: CodeType) -> Callable[[str], CodeReading]:
    """How a text becomes a code of that type: `(code, None)`, or `(unmapped, "unmapped_value")`.

    Several codes (`kind.many`) are separated by semicolons, commas or bars and come back joined by semicolons.
    """
    places = _Places(kind.codes)

    def read_one(text: str) -> CodeReading:
        code = places.place(text)
        return (code, None) if code else (UNMAPPED, "unmapped_value")

    def read_many(text: str) -> CodeReading:
        placed = [places.place(piece) or UNMAPPED for piece in re.split(r"[;,|]", text) if piece.strip()]
        return ";".join(dict.fromkeys(placed)), "unmapped_value" if UNMAPPED in placed else None

    return read_many if kind.many else read_one


def is_blank_word(text: str) -> bool:
    """True for the words and marks that systems print where nothing was recorded."""
    return text.strip().casefold() in BLANK_WORDS


@dataclass(frozen=True)
class _Places:
    """One list, looked up by all that is known to stand for its codes."""

    codelist: CodeList

    @cached_property
    def own(self) -> dict[str, str]:
        """The codes themselves."""
        return {_plain(value.code): value.code for value in self.codelist.values}

    @cached_property
    def labels(self) -> dict[str, str]:
        return {_plain(value.label): value.code for value in self.codelist.values}

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Codes, labels and aliases; codes win over labels, labels over aliases."""
        aliases = {_plain(alias): value.code for value in self.codelist.values for alias in value.aliases}
        common = {_plain(each): each for each in (UNMAPPED, NOT_RECORDED)}
        known = common | aliases | self.labels | self.own
        return {spelling: code for spelling, code in known.items() if spelling}

    def place(self, text: str) -> str | None:
        """The code a text stands for, or None."""
        words = _LETTER_PREFIX.sub("", _tidy(text)).strip()
        if self.codelist.pattern:
            return words if words in self.codelist else None
        exact = self.spellings.get(_plain(text)) or self.spellings.get(_plain(words))
        return exact or self._below(words) or self._leading(words) or self._trailing(words) or self._keyword(words)

    def _below(self, words: str) -> str | None:
        """A council's own code below a published one: "N8.CUSTODY" is a kind of N8."""
        found = _BELOW.fullmatch(words)
        return self.own.get(_plain(found["code"])) if found else None

    def _leading(self, words: str) -> str | None:
        """The code before a description ("RC1 - Adopted", "1A: Individual"), unless the description names another."""
        found = _LEADING.match(words)
        if not found or not _looks_like_code(found["code"], found["mark"], found["words"]):
            return None
        if _plain(found["code"]) in self.own:
            return self._own_leading(words)
        if described := self.spellings.get(_plain(found["words"])):
            return described
        older = self.spellings.get(_plain(found["code"])) if _is_older_code(found["code"]) else None
        if older:
            return older if self._agrees(found["words"], older) else None
        return self._own_leading(found["words"])

    def _own_leading(self, words: str) -> str | None:
        """The list's own code before a description that does not contradict it."""
        found = _LEADING.match(words)
        code = self.own.get(_plain(found["code"])) if found else None
        return code if found and code and self._agrees(found["words"], code) else None

    def _agrees(self, said: str, code: str) -> bool:
        """False when the words are, or nearly are, the label of another code of the same family (RC1 to RC9, E2 to E48)."""
        words = _plain(said)
        rivals = {label: each for label, each in self.labels.items() if _family(each) == _family(code)}
        nearest = max(rivals, key=lambda label: _likeness(words, label))
        return rivals[nearest] == code or _likeness(words, nearest) < NEARLY

    def _trailing(self, words: str) -> str | None:
        """The code that stands in brackets behind a description: "Adopted (CIN RC1)", "Died [E2]"."""
        found = _TRAILING.match(words)
        if not found:
            return None
        code = self.spellings.get(_plain(found["code"])) if _has_digit(found["code"]) else None
        if code and self._agrees(found["words"], code):
            return code
        return self.spellings.get(_plain(found["words"]))

    def _keyword(self, words: str) -> str | None:
        """For kinds of organisation: the kind whose word stands in the name; None when two kinds would fit."""
        if not self.codelist.by_keyword:
            return None
        spaced = f" {_spaced(words)} "
        fitting = {
            value.code: max(len(word) for word in hits)
            for value in self.codelist.values
            if (hits := [word for word in map(_spaced, value.aliases) if f" {word} " in spaced])
        }
        best = max(fitting.values(), default=0)
        codes = [code for code, length in fitting.items() if length == best]
        return codes[0] if len(codes) == 1 else None


def _looks_like_code(code: str, mark: str, words: str) -> bool:
    """True for one letter, for what holds a digit, and for capitals with a mark behind them or words in small letters."""
    return len(code) == 1 or _has_digit(code) or (code.isupper() and not (mark.isspace() and words.isupper()))


def _is_older_code(text: str) -> bool:
    """An alias that may lead is a code of an older list: two or three signs, one a digit. "Other" is a word."""
    return _has_digit(text) and len(text) <= 3


def _family(code: str) -> str:
    """What codes of one kind begin with: RC, E, N or a digit; codes of letters alone are one family."""
    found = _FAMILY.match(code)
    return found[0] if found else ""


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


@lru_cache(maxsize=10_000)
def _likeness(one: str, other: str) -> float:
    if min(len(one), len(other)) < 0.75 * max(len(one), len(other)):
        return 0.0
    return difflib.SequenceMatcher(None, one, other).ratio()


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").split())


def _spaced(text: str) -> str:
    """Words in small letters with one space between them; an apostrophe joins: "Barnardo's" is "barnardos"."""
    return " ".join(re.findall(r"[a-z0-9]+", _tidy(text).replace("'", "").casefold()))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", _tidy(text)).casefold().replace("&", " and ")
    return re.sub(r"[^a-z0-9]+", "", folded)
