"""Whole names under one heading, as trackers keep them: "Mia Thornton", "Thornton, Mia", "THORNTON Mia" parted in two."""

from __future__ import annotations

import re

from earlyhelp.standard import Column, person

WHOLE_NAME: tuple[Column, Column] = (person.forename, person.surname)
"""A heading that fills both holds whole names."""
_LOOKS_WHOLE = re.compile(r"[^\W\d_]+(?:[-'’. ,]+[^\W\d_]+){1,5}\.?")
_BESIDE = re.compile(r"\([^)]*\)|\"[^\"]*\"")
"""What stands in brackets or quotes: what somebody is called."""
_TITLES = r"(?:mr|mrs|miss|ms|mx|master|dr)\b\.?\s+"
_TITLE = re.compile(rf"^{_TITLES}(?:(?:and|&)\s+{_TITLES})?", re.IGNORECASE)
"""What stands before a name: a title, or those of two people of one surname."""
_BEFORE_SURNAMES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "el", "ibn", "la", "le"}
)
_BEFORE_SURNAMES |= {"st", "ter", "van", "von"}
"""Little words that belong to the surname after them."""
_UNBORN = frozenset({"UB", "UBB", "UNBORN", "BABY"})
"""What stands before the surname of a child that is expected."""


def looks_whole(text: str) -> bool:
    """True for two to six words of letters: what a person's whole name looks like."""
    return _LOOKS_WHOLE.fullmatch(_bare(text)) is not None


def given_part(text: str) -> str | None:
    """The forenames of a whole name; a name of one word is a forename."""
    return _parted(text)[0] or None


def family_part(text: str) -> str | None:
    """The surname of a whole name; None for a name of one word, unless a title before it says that it is one."""
    return _parted(text)[1] or None


def _plain(text: str) -> str:
    return " ".join(_BESIDE.sub(" ", text).split())


def _bare(text: str) -> str:
    return _TITLE.sub("", _plain(text))


def _parted(text: str) -> tuple[str, str]:
    """Forenames and surname: parted at a comma, else where capitals end or begin, else before the last word."""
    family, comma, given = _bare(text).partition(",")
    if comma:
        return _bare(given).strip(" ,"), family.strip()
    words = family.split()
    if len(words) == 1 and _TITLE.match(_plain(text)):
        return "", family
    capitals = [_in_capitals(word) for word in words]
    tells = {each for each, word in zip(capitals, words, strict=True) if len(word.strip(".")) > 1} == {True, False}
    if tells and capitals[0]:
        place = capitals.index(False)
        return " ".join(words[place:]), " ".join(words[:place])
    place = capitals.index(True) if tells else _last_name_begins(words)
    return " ".join(words[:place]), " ".join(words[place:])


def _last_name_begins(words: list[str]) -> int:
    """The place of the last word, or of the little words before it that belong to it; one word alone is no surname."""
    place = max(len(words) - 1, 1)
    while place > 1 and words[place - 1].casefold() in _BEFORE_SURNAMES:
        place -= 1
    return place


def _in_capitals(word: str) -> bool:
    """True for a word in capitals that is no initial, nor short for a child that is not born yet."""
    return len(word.strip(".")) > 1 and word.isupper() and word not in _UNBORN
