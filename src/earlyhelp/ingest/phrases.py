"""What the words of a text say of its code, by the rules that its code list declares.

A text is cut into plain words. The longest declared phrases are found in it, from left to right; what follows "not" or
"excluding" is left out, and what follows "including" or "e.g." counts only as an example. The phrases of the earliest
tier decide, where they agree. Abbreviations that mean the same on any list ("dept", "hosp") are read as their words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from earlyhelp.standard import WordRules

SUREST, LEAST_SURE = 0.97, 0.91
"""How sure (0 to 1) a phrase of the first tier makes, and one of the last."""
HINT, TORN, BY_EXAMPLE = 0.6, 0.5, 0.7
"""How sure a hint makes, phrases that disagree, and words that stand as examples only."""
SLIPS_FROM = 6
"""Letters a word must have before a slip of the pen in it is forgiven."""
SHORTEST_CUT = 4
"""Letters a word must have to be taken for the beginning of a longer one."""
SAID_ELSEWHERE = "see file; see note; see case; see record; see above; not sure; unsure; tbc; various"
"""Phrases after which the text itself does not say what it means: they leave every code open."""
_LONGEST_TEXT = 300
_MARKS = re.compile(r"[a-z0-9]+|[()\[\],;:–—-]")
_JOINED = (
    (re.compile(r"\b([a-z])\.(?=[a-z]\b)"), r"\1"),
    (re.compile(r"\ba\s*(?:&|and|/|\+)\s*e\b"), "ae"),
    (re.compile(r"\bde-(?=esc)"), "de"),
    (re.compile(r"\bon-call\b"), "on call"),
    (re.compile(r"[&+/\\]"), " and "),
)
_SILENT = frozenset(
    ["a", "an", "and", "at", "by", "for", "in", "is", "of", "on", "or", "s", "the", "to", "with", "be", "been", "being"]
)
_COUNCIL = re.compile(r"[a-z](?:mbc|bc|cc)")
"""The initials of a borough or county council (SMBC, WBC, KCC) say who speaks, not who asked."""
_SHORT = {
    "accom": "accommodation",
    "accomodation": "accommodation",
    "agcy": "agency",
    "assoc": "association",
    "asst": "assistant",
    "auth": "authority",
    "behav": "behaviour",
    "blk": "black",
    "dept": "department",
    "dev": "development",
    "disab": "disability",
    "edu": "education",
    "educ": "education",
    "govt": "government",
    "hlth": "health",
    "hosp": "hospital",
    "indep": "independent",
    "indiv": "individual",
    "info": "information",
    "lvl": "level",
    "mgr": "manager",
    "neighbor": "neighbour",
    "nhbr": "neighbour",
    "org": "organisation",
    "organization": "organisation",
    "paed": "paediatric",
    "prof": "professional",
    "resi": "residential",
    "serv": "service",
    "soc": "social",
    "svc": "service",
    "uni": "university",
    "univ": "university",
    "vol": "voluntary",
    "wkr": "worker",
}
"""Abbreviations in common use on forms, each with the word it stands for on any list."""
_NOT = frozenset({"not", "excluding", "excl", "exc", "except", "without", "exclude"})
_NOT_THE_NEXT = "non"
"""A word that turns only the word after it away: "non-primary health services" are health services."""
_EXAMPLES = frozenset({"including", "includes", "include", "inc", "incl", "eg", "example"})
_BREAKS = frozenset("()[],;:–—-")


class Found(NamedTuple):
    """A phrase that stands in a text: its tier (hints come after the last), its code, and whether it is an example."""

    tier: int
    code: str
    phrase: str
    example: bool


class Says(NamedTuple):
    """What the words of a text say: a code, how sure (0 to 1), and why in words."""

    code: str
    confidence: float
    why: str


@dataclass(frozen=True, eq=False)
class Phrases:
    """The declared phrases of one code list, ready to be found in texts."""

    rules: WordRules

    @cached_property
    def _known(self) -> dict[tuple[str, ...], tuple[int, str]]:
        """Tier and code of every phrase, by its words; the code is empty for a phrase that leaves it open."""
        tiers: list[Mapping[str, str]] = [*self.rules.tiers, self.rules.alone, self.rules.hints]
        listed = [
            (words_of(phrase), (tier, code))
            for tier, phrases in enumerate(tiers)
            for code, text in phrases.items()
            for phrase in text.split(";")
        ]
        listed.extend((words_of(phrase), (-1, "")) for phrase in f"{self.rules.open}; {SAID_ELSEWHERE}".split(";"))
        return {tuple(words): told for words, told in reversed(listed) if words}

    @cached_property
    def _longest(self) -> int:
        return max((len(words) for words in self._known), default=0)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for words in self._known for word in words) | _NOT | _EXAMPLES | {_NOT_THE_NEXT}

    @cached_property
    def _slips(self) -> dict[str, str]:
        """Every long word of the phrases by itself and with one letter left out; a form of two words is nobody's."""
        forms: dict[str, str] = {}
        for word in sorted(word for word in self._vocabulary if len(word) >= SLIPS_FROM):
            for form in _one_letter_less(word):
                forms[form] = "" if forms.get(form, word) != word else word
        return forms

    def says(self, text: str) -> Says | None:
        """What the words say of the code, or None where they say nothing."""
        words = words_of(text)
        found = list(self._find(text))
        if any(not each.code for each in found):
            return None
        stated = self._decide([each for each in found if not each.example], len(words))
        if stated and stated.code and (rest := self._of_another_rest(text, found, stated.code)):
            return Says(stated.code, TORN, f"it is put under {rest!r}, but its words fit {stated.code}")
        shown = self._decide([each for each in found if each.example], 0, BY_EXAMPLE)
        if stated and shown and stated.confidence == HINT and shown[:2] == (stated.code, BY_EXAMPLE):
            return Says(stated.code, LEAST_SURE, f"{stated.why}, and so do its examples")
        return stated or shown or self._cut_short(words)

    def leaves_open(self, text: str) -> bool:
        """True for a text with a phrase that leaves the code open."""
        return any(not each.code for each in self._find(text))

    def names(self, word: str) -> str | None:
        """The code that a word names wherever it stands: one of the first tier, or one that may stand alone."""
        tier, code = self._known.get(tuple(words_of(word)), (-1, ""))
        return code if tier in (0, len(self.rules.tiers)) else None

    def _of_another_rest(self, text: str, found: list[Found], code: str) -> str:
        """The word for the rest of a list under which another group's word is put ("Other - Probation"); empty if none."""
        first = found[0] if found else None
        if not first or first.tier != len(self.rules.tiers) or first.code[0] == code[0]:
            return ""
        marked = _marked(text)
        begins = [word for word in marked if word not in _BREAKS][: len(first.phrase.split())] == first.phrase.split()
        put_under = begins and any(mark in "-–—:(" for mark in marked[len(first.phrase.split()) :][:1])
        return first.phrase if put_under else ""

    def _cut_short(self, words: list[str]) -> Says | None:
        """For a text of one word of four letters or more: the one code whose words it begins, as old systems cut them."""
        if len(words) != 1 or len(words[0]) < SHORTEST_CUT:
            return None
        first = ((known[0], code) for known, (tier, code) in self._known.items() if len(known) == 1 and tier == 0)
        whole = {code: word for word, code in first if word.startswith(words[0])}
        if len(whole) != 1:
            return None
        [(code, word)] = whole.items()
        return Says(code, LEAST_SURE, f"{words[0]!r} is {word!r} cut short")

    def _decide(self, found: list[Found], words: int, most: float = 1.0) -> Says | None:
        """The code of the phrases that decide. `words`: how many words the text has; `most`: how sure it may make at most."""
        if not found:
            return None
        first = min(each.tier for each in found)
        deciding = self._of_the_group(found, [each for each in found if each.tier == first])
        codes = list(dict.fromkeys(each.code for each in deciding))
        phrase = next(each.phrase for each in deciding if each.code == codes[0])
        if len(codes) > 1:
            return Says(codes[0], min(TORN, most), f"its words fit {' and '.join(codes)}")
        known = sum(len(each.phrase.split()) for each in found)
        if deciding[0].tier > len(self.rules.tiers) or (deciding[0].tier == len(self.rules.tiers) and known < words):
            return Says(codes[0], min(HINT, most), f"the word {phrase!r} hints at it")
        return Says(codes[0], min(self._sureness(deciding[0].tier), most), f"the word {phrase!r} stands for it")

    def _of_the_group(self, found: list[Found], deciding: list[Found]) -> list[Found]:
        """Of phrases that decide, those of the group that the text names first ("Health - ..."), or the group by itself.

        Where the list has groups: there the codes of one group begin alike.
        """
        head = found[0]
        if not self.rules.heads or head.tier <= deciding[0].tier:
            return deciding
        within = [each for each in deciding if each.code[0] == head.code[0]]
        wins = head.code in self.rules.heads and deciding[0].code[0] not in self.rules.heads[head.code]
        return within or ([head] if wins else deciding)

    def _sureness(self, tier: int) -> float:
        steps = max(len(self.rules.tiers), 1)
        return round(SUREST - (SUREST - LEAST_SURE) * tier / steps, 3)

    def _find(self, text: str) -> Iterator[Found]:
        words = [self._meant(word) for word in _marked(text)]
        place, example = 0, False
        while place < len(words):
            found = self._longest_at(words, place)
            if found and (found[0] > 1 or not _turns_away(words, place)):
                length, tier, code, phrase = found
                yield Found(tier, code, phrase, example)
                place += length
            elif words[place] == _NOT_THE_NEXT:
                place = _next_word(words, place) + 1
            elif _turns_away(words, place):
                place = _next_break(words, place)
            else:
                example = (example or words[place] in _EXAMPLES) and words[place] not in (")", "]")
                place += 1

    def _longest_at(self, words: list[str], place: int) -> tuple[int, int, str, str] | None:
        """The longest phrase that begins at a word: how many words and breaks it takes, its tier, its code, itself."""
        taken: list[str] = []
        best = None
        for length, word in enumerate(words[place : place + 2 * self._longest], start=1):
            if word in _BREAKS:
                if not taken:
                    return None
                continue
            taken.append(word)
            if told := self._known.get(tuple(taken)):
                best = (length, *told, " ".join(taken))
        return best

    def _meant(self, word: str) -> str:
        """The word itself, or the one word of the rules that it is a slip of."""
        if len(word) < SLIPS_FROM or word in self._vocabulary:
            return word
        meant = {self._slips[form] for form in _one_letter_less(word) if self._slips.get(form)}
        meant = {each for each in meant if each[0] == word[0]}
        return meant.pop() if len(meant) == 1 else word


def _turns_away(words: list[str], place: int) -> bool:
    """True for a word after which the text says what is not meant."""
    return words[place] in _NOT or tuple(words[place : place + 2]) in (("other", "than"), ("apart", "from"))


def words_of(text: str) -> list[str]:
    """The plain words of a text: small letters, no accents, no little words, no plural, abbreviations joined."""
    return [word for word in _marked(text) if word not in _BREAKS]


def _marked(text: str) -> list[str]:
    """The plain words of a text with the marks that divide it."""
    folded = unicodedata.normalize("NFKD", text[:_LONGEST_TEXT]).casefold()
    folded = "".join(sign for sign in folded if not unicodedata.combining(sign))
    for mark in "'’‘`":
        folded = folded.replace(mark, "")
    for pattern, instead in _JOINED:
        folded = pattern.sub(instead, folded)
    return [heard for word in _MARKS.findall(folded) if (heard := _heard(word))]


@lru_cache(maxsize=20_000)
def _heard(word: str) -> str:
    """The word as it is compared; empty for a little word and for a council's initials."""
    if word in _SILENT or _COUNCIL.fullmatch(word):
        return ""
    single = _singular(word)
    return _SHORT.get(single, single)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _next_word(words: list[str], place: int) -> int:
    return next((at for at in range(place + 1, len(words)) if words[at] not in _BREAKS), len(words))


def _next_break(words: list[str], place: int) -> int:
    """Where what is turned away ends: at the next mark, or inside brackets where they close."""
    inside = sum(map(_opens, words[:place]))
    if inside <= 0:
        return next((at for at in range(place + 1, len(words)) if words[at] in _BREAKS), len(words))
    depths = accumulate(map(_opens, words[place:]), initial=0)
    return next((place + passed - 1 for passed, depth in enumerate(depths) if depth < 0), len(words))


def _opens(word: str) -> int:
    """1 for a bracket that opens, -1 for one that closes."""
    return (word in ("(", "[")) - (word in (")", "]"))


def _one_letter_less(word: str) -> set[str]:
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
