"""What a text that people write may not hold before others read it: numbers that no certificate backs, and signs of a person.

A number in a text has passed no policy and no audit, so that every one is refused but years, lengths of time, ages, money
and the steps of a ladder ("level 3"). So are numbers in words beside people ("three families"). Names cannot be recognised
without reading names: whoever writes says that nobody can be recognised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from earlyhelp.release.policy import Policy

_PEOPLE = (
    r"(?:famil(?:y|ies)|child(?:ren)?|kids?|parents?|mothers?|fathers?|mums?|dads?|carers?|bab(?:y|ies)|infants?|toddlers?"
    r"|teenagers?|youngsters?|pupils?|students?|boys?|girls?|siblings?|brothers?|sisters?|sons?|daughters?|twins|people"
    r"|persons?|adults?|wom[ae]n|m[ae]n|households?|cases?|episodes?|referrals?|requests?|residents?)"
)
_BEFORE_PEOPLE = rf"(?![^\w.,;:]+(?:\w+\s+){{0,3}}{_PEOPLE}\b)"
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEENS = (
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)
_IN_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", *_TEENS, *_TENS)
_TIME = r"(?:minutes?|hours?|days?|weeks?|months?|years?|terms?|sessions?)"
_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(_IN_WORDS)})"
_SPAN = rf"{_NUMBER}(?:\s*(?:to|or|and|-|–)\s*{_NUMBER})?"
_ALLOWED = tuple(
    re.compile(each, flags)
    for each, flags in (
        (r"£\s?\d[\d,.]*(?:\s?(?:m|k|bn|million|thousand|billion)\b)?", re.IGNORECASE),
        (rf"\b{_SPAN}[\s-]*(?:working\s+|school\s+|calendar\s+)?{_TIME}\b", re.IGNORECASE),
        (rf"\b(?:aged?|ages)\s+{_SPAN}\b", re.IGNORECASE),
        (r"\b(?:under|over)[\s-]?\d{1,2}s\b", re.IGNORECASE),
        (r"\b(?:level|tier|stage|phase|step|key stage|year|band|section|outcome|part)s?\s+\d{1,3}\b", re.IGNORECASE),
        (rf"\b(?:19|20)\d\d(?:[-/](?:\d\d){{1,2}})?\b(?!\d){_BEFORE_PEOPLE}", re.IGNORECASE),
        (r"\b(?:SF|KS|S|CP)\d{1,2}\b", 0),
    )
)
_WORDS_OF_PEOPLE = re.compile(
    rf"\b(?:{'|'.join(_IN_WORDS)}|couple|handful|dozen|single)\b"
    rf"(?:\s+(?!(?:for|with|to|per|each|and|from|by|on|at)\b)\w+){{0,3}}?\s+(?:{_PEOPLE}|them|whom)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b|\b\d{{4}}-\d\d-\d\d\b|\b\d\d?/\d\d?/\d{{2,4}}\b"
_SIGNS = (
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE), "a postcode"),
    (re.compile(r"\S+@\S+\.\S+"), "an e-mail address"),
    (re.compile(r"\b\d{3}[\s-]?\d{3}[\s-]?\d{4}\b"), "a number that could be an NHS or telephone number"),
    (re.compile(_DAY), "a day"),
    (re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\b\.?\s+[A-Z]"), "a title before a name"),
    (re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b", re.IGNORECASE), "something like a record's key"),
)  # fmt: skip
_LONG = 3


@dataclass(frozen=True)
class TextFault:
    """What may not stand in a text: which field, what it is, and what to do. Quotes nothing of the text."""

    field: str
    what: str
    fix: str


def plain_text(text: str) -> str:
    """The text in one spelling of each sign, without anything hidden: what the rules read and what is kept."""
    found = unicodedata.normalize("NFKC", text)
    kept = (
        each for each in found if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
    return "".join(kept).strip()


def text_faults(field: str, text: str, policy: Policy) -> list[TextFault]:
    """What in a field's text may not be read by others; empty where there is nothing.

    policy: of the council; a number that it would hide is called a small count. It is held against `plain_text` of the text.
    """
    told = plain_text(text)
    return [*_signs(field, told), *_numbers(field, told, policy), *_counts_in_words(field, told)]


def _signs(field: str, text: str) -> Iterator[TextFault]:
    for pattern, what in _SIGNS:
        if pattern.search(text):
            yield TextFault(field, what, "Leave it out: nobody may be recognised.")


def _numbers(field: str, text: str, policy: Policy) -> Iterator[TextFault]:
    left = text
    for pattern in (*(sign for sign, _ in _SIGNS), *_ALLOWED):
        left = pattern.sub(" ", left)
    for found in _DIGITS.findall(left):
        whole = found.replace(",", "")
        small = whole.isdigit() and len(whole) <= _LONG and policy.hides(float(whole))
        what = "a number that could be a small count of people" if small else "a number that no certificate backs"
        yield TextFault(
            field, what, "Name the figure's certificate under `figures`, and leave the number out of the text."
        )


def _counts_in_words(field: str, text: str) -> Iterator[TextFault]:
    left = text
    for pattern in _ALLOWED:
        left = pattern.sub(" / ", left)
    for _ in _WORDS_OF_PEOPLE.findall(left):
        yield TextFault(
            field, "a count of people in words", "Say some, many or most, or name the figure's certificate."
        )
