"""From the words a council uses to the standard's codes, each with how sure that is and why.

Codes, published labels, known spellings and the usual ways of numbering come first; then the words inside a text, by the
rules that its code list declares; then likeness. What is sure enough is applied when a file is loaded. The rest is a
proposal: the value stays `unmapped` with its raw text kept beside it; it is listed, never dropped.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from earlyhelp.ingest.phrases import TORN, Phrases, words_of
from earlyhelp.standard import NOT_RECORDED, UNMAPPED, CodeList, CodeType

CodeReading = tuple[str | None, str | None]
SURE = 0.9
"""How sure (0 to 1) a placing must be to be applied without asking."""
SAVED, AS_PUBLISHED, KNOWN_SPELLING, WITH_CODE, BY_KEYWORD, BY_NUMBERING, SAME_WORDS = (
    1.0,
    1.0,
    0.99,
    0.98,
    0.95,
    0.94,
    0.93,
)
"""How sure each way of placing makes; words and phrases have their own measure (`phrases`)."""
SAVED_WHY = "saved in the map"
MOST_LIKE, LEAST_LIKE = 0.85, 0.4
"""How sure likeness alone can make, and below which it is not worth proposing."""
NEARLY = 0.9
"""How alike (0 to 1) a description must be to the label of another code to speak against the code before it."""
_LETTER_PREFIX = re.compile(r"^\(?[a-z]\)\s*", re.IGNORECASE)
_AS_A_NUMBER = re.compile(r"^(\d+)\.0+$")
"""What a spreadsheet makes of a code of digits: "2.0"."""
_LEADING = re.compile(
    r"^[(\[]?(?P<code>[A-Za-z0-9][A-Za-z0-9.]{0,9}+)[)\]]?\s*(?:[:\-–—.=)|]\s*|\s)\s*(?P<words>\S.*)$"
)
_BEFORE = re.compile(r"^(?:\d{1,3}[)]|\([A-Za-z]{1,4}\)|[~x]-?)\s*(?=\S)")
"""A list number or a mark of the system before the words: "62) ", "(CS) "."""
SEPARATORS = re.compile(r"[;,|]")
_FAMILY = re.compile(r"[A-Z]+(?=\d)|\d+")
_TRAILING = re.compile(r"^(?P<words>.*\S)\s*[(\[](?:[A-Za-z]+ )?(?P<code>[A-Za-z0-9]{1,6})[)\]]\.?$")
_BELOW = re.compile(r"(?P<code>[A-Za-z0-9]+)\.\w+( \w+)?")
_BLANKS = {
    "",
    "null",
    "none given",
    "n/a",
    "na",
    "nan",
    "-",
    "--",
    "n/k",
    "nk",
    "not recorded",
    "not known",
    "not entered",
    "blank",
}
BLANK_WORDS = frozenset(_BLANKS)


class Placing(NamedTuple):
    """What a value stands for: a code of the list (None where nothing is known), how sure (0 to 1), and why in words."""

    code: str | None
    confidence: float
    why: str

    @property
    def sure(self) -> bool:
        """True where it is applied without asking."""
        return self.code is not None and self.confidence >= SURE


NOWHERE = Placing(None, 0.0, "nothing in it is known")


def code_reader(kind: CodeType, saved: Mapping[str, str] | None = None) -> Callable[[str], CodeReading]:
    """How a text becomes a code of that type: `(code, None)`, or `(unmapped, "unmapped_value")`.

    Several codes (`kind.many`) are separated by semicolons, commas or bars and come back joined by semicolons.
    `saved`: the council's own words with their codes, as `spelling` writes them; they win over everything else.
    """

    def place(text: str) -> str:
        placing = propose(kind.codes, text, saved)
        return placing.code if placing.code and placing.sure else UNMAPPED

    def read_one(text: str) -> CodeReading:
        code = place(text)
        return code, "unmapped_value" if code == UNMAPPED and _plain(text) != UNMAPPED else None

    def read_many(text: str) -> CodeReading:
        placed = [place(piece) for piece in pieces_of(text, kind.codes, saved)]
        return ";".join(dict.fromkeys(placed)), "unmapped_value" if UNMAPPED in placed else None

    return read_many if kind.many else read_one


def pieces_of(text: str, codes: CodeList, saved: Mapping[str, str] | None = None) -> list[str]:
    """The parts of a text that may hold several codes, one part a code; the text whole where it surely is one code."""
    if propose(codes, text, saved).sure:
        return [text]
    return [piece for piece in SEPARATORS.split(text) if piece.strip()]


def is_blank_word(text: str) -> bool:
    """True for the words and marks that systems print where nothing was recorded."""
    return text.strip().casefold() in BLANK_WORDS


def propose(codelist: CodeList, text: str, saved: Mapping[str, str] | None = None) -> Placing:
    """What a text stands for in a list. The same for any case, spacing and kind of apostrophe."""
    if saved and (code := saved.get(spelling(text))):
        return Placing(code, SAVED, SAVED_WHY)
    return _places(codelist).propose(text)


def spelling(text: str) -> str:
    """The form in which a council's own words are compared: small letters, one space between words."""
    return _tidy(text).casefold()


@lru_cache(maxsize=500)
def _places(codelist: CodeList) -> _Places:
    return _Places(codelist)


@dataclass(frozen=True, eq=False)
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
        known = aliases | self.labels | self.own
        return {spelling: code for spelling, code in known.items() if spelling}

    def propose(self, text: str) -> Placing:
        """The best placing that any of the ways finds, the surest way first."""
        words = _LETTER_PREFIX.sub("", _tidy(text)).strip() or _tidy(text)
        if self.codelist.pattern:
            return Placing(words, AS_PUBLISHED, "has the form of a code") if words in self.codelist else NOWHERE
        placing = self._exact(text) or self._exact(words)
        if placing is None:
            bare = _BEFORE.sub("", words)
            placing = self._coded(words) or self._coded(bare) or self._torn(words)
        return placing or self._numbered(words) or self._worded(words) or self._like(words) or NOWHERE

    def _exact(self, text: str) -> Placing | None:
        if text.casefold() in (UNMAPPED, NOT_RECORDED):
            return Placing(text.casefold(), AS_PUBLISHED, "is a code that every list has")
        plain = _plain(_AS_A_NUMBER.sub(r"\1", text.strip()))
        if plain in self.own:
            return Placing(self.own[plain], AS_PUBLISHED, "is the code")
        if plain in self.labels:
            return Placing(self.labels[plain], AS_PUBLISHED, "is the published label")
        code = self.spellings.get(plain)
        return Placing(code, KNOWN_SPELLING, "is a known spelling of it") if code else None

    def _coded(self, words: str) -> Placing | None:
        """A published code stands in the text, or words that are known once their number is taken off."""
        code = self._below(words) or self._leading(words) or self._trailing(words)
        if code:
            return Placing(code, WITH_CODE, "holds the code or its label")
        code = self._keyword(words)
        return Placing(code, BY_KEYWORD, "holds a word that stands for it") if code else None

    def _torn(self, words: str) -> Placing | None:
        """A code stands before words that say another: neither is applied."""
        found = _LEADING.match(words)
        code = self.own.get(_plain(found["code"])) if found and _has_digit_or_is_long(found["code"]) else None
        if found and code and not self._agrees(found["words"], code):
            return Placing(code, TORN, f"begins with {code}, but its words are those of another code")
        return None

    def _numbered(self, words: str) -> Placing | None:
        """A council's own number below a published code."""
        for pattern, instead in self._numbering:
            if found := pattern.fullmatch(words):
                code = self.spellings.get(_plain(found.expand(instead)))
                if code and code in self.own.values():
                    return Placing(code, BY_NUMBERING, f"its number lies below {code}")
        return None

    @cached_property
    def _numbering(self) -> list[tuple[re.Pattern[str], str]]:
        rules = self.codelist.words
        return [(re.compile(pattern, re.IGNORECASE), code) for pattern, code in rules.numbering] if rules else []

    def _worded(self, words: str) -> Placing | None:
        """What the words inside it say, by the rules of the list."""
        says = self._phrases.says(words) if self._phrases else None
        return Placing(*says) if says and says.code in self.codelist else None

    @cached_property
    def _phrases(self) -> Phrases | None:
        return Phrases(self.codelist.words) if self.codelist.words else None

    def _like(self, words: str) -> Placing | None:
        """The code whose spellings share most words with the text; the same words in another order are as good as equal."""
        said = frozenset(words_of(words))
        near: dict[str, float] = {}
        for word in said:
            for known, code in self._by_word.get(word, ()):
                near[code] = max(near.get(code, 0.0), 2 * len(said & known) / (len(said) + len(known)))
        likeness = max(near.values(), default=0.0)
        codes = [code for code, each in near.items() if each == likeness]
        if len(codes) > 1 or likeness * MOST_LIKE < LEAST_LIKE:
            return None
        if likeness == 1.0:
            return Placing(codes[0], SAME_WORDS, "has the words of a known spelling of it")
        return Placing(codes[0], round(likeness * MOST_LIKE, 2), "shares words with a known spelling of it")

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[frozenset[str], str]]]:
        """The known spellings in which a word stands, as sets of words with their codes."""
        listed: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for value in self.codelist.values:
            for text in (value.label, *value.aliases):
                known = frozenset(words_of(text))
                for word in known:
                    listed[word].append((known, value.code))
        return listed

    def _below(self, words: str) -> str | None:
        """A council's own code below a published one: "N8.CUSTODY" is a kind of N8."""
        found = _BELOW.fullmatch(words)
        return self.own.get(_plain(found["code"])) if found else None

    def _leading(self, words: str) -> str | None:
        """The code before a description ("RC1 - Adopted", "1A: Individual"), unless the description names another."""
        found = _LEADING.match(words)
        if not found or not _looks_like_code(found["code"], found["words"]):
            return None
        if _plain(found["code"]) in self.own:
            return None if not _has_digit(found["code"]) and self._is_open(words) else self._own_leading(words)
        if described := self.spellings.get(_plain(found["words"])):
            named = self._phrases.names(found["code"]) if self._phrases else None
            return described if named in (None, described) else None
        older = self.spellings.get(_plain(found["code"])) if _is_older_code(found["code"]) else None
        if older:
            return older if self._agrees(found["words"], older) else None
        return self._own_leading(found["words"])

    def _is_open(self, words: str) -> bool:
        """True where the rules of the list say that a text leaves its code open: "NFA for social care" is not all of it."""
        return self._phrases is not None and self._phrases.leaves_open(words)

    def _own_leading(self, words: str) -> str | None:
        """The list's own code before a description that does not contradict it."""
        found = _LEADING.match(words)
        code = self.own.get(_plain(found["code"])) if found else None
        if not found or not code or not self._agrees(found["words"], code):
            return None
        marked = words[found.end("code") : found.start("words")].strip()
        return code if marked or _has_digit(code) or self._shares_a_word(found["words"], code) else None

    def _shares_a_word(self, said: str, code: str) -> bool:
        """True for words of which one stands in a spelling of that code: "PC 2861" is a constable, not the code PC."""
        return any(code == each for word in words_of(said) for _, each in self._by_word.get(word, ()))

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


def _looks_like_code(code: str, words: str) -> bool:
    """True for one letter, for what holds a digit, and for capitals before words with small letters."""
    return len(code) == 1 or _has_digit(code) or (code.isupper() and words.upper() != words)


def _has_digit_or_is_long(code: str) -> bool:
    return _has_digit(code) or len(code) > 2


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
