"""School years and terms as file names, marks and dates tell them, and marks of the register by the standard's codes."""

from __future__ import annotations

import re

_NAMED = re.compile(r"(?<!\d)(20\d\d)(?!\d).*?(autumn|spring|summer)|(autumn|spring|summer).*?(?<!\d)(20\d\d)(?!\d)")
TERM_BEFORE = {"autumn": "summer", "spring": "autumn", "summer": "spring"}
"""A census collects the absences of the term before: that of the autumn those of the summer."""
MARKS = {"present_am": "/", "present_pm": "\\", "closed": "#"}
"""How the register writes the marks that are no letters."""


def census(name: str) -> tuple[int, str] | None:
    """Calendar year and term of a census, from the name of its file: "2024_autumn_pupilonroll" is (2024, "autumn")."""
    found = _NAMED.search(name.casefold())
    if not found:
        return None
    return int(found[1] or found[4]), found[2] or found[3]


def term_of_census(said: str, day: str) -> str | None:
    """The term of a census whose header says AUT, SPR or SUM; else that of its day (as 2025-01-16), or None."""
    named = {"AUT": "autumn", "SPR": "spring", "SUM": "summer"}.get(said.strip()[:3].upper())
    month = re.match(r"20\d\d-(\d\d)", day.strip())
    if named or not month:
        return named
    return "autumn" if int(month[1]) >= 9 else "summer" if int(month[1]) >= 4 else "spring"


def year_of_absences(name: str) -> str | None:
    """The school year whose absences a census collects: those of 2023-24 in the autumn of 2024 and 2024-25 after it."""
    told = census(name)
    return f"{told[0] - 1}-{told[0] % 100:02d}" if told else None


def term_of_absences(name: str) -> str | None:
    """The term whose absences a census collects."""
    told = census(name)
    return TERM_BEFORE[told[1]] if told else None


def mark(text: str) -> str | None:
    """The standard's code of a mark of the register; other texts as they stand. A blank or a dash is no mark."""
    said = text.strip()
    if said in ("", "-", "--"):
        return None
    signs = {sign: code for code, sign in MARKS.items()}
    letter = re.fullmatch(r"(?i)([a-z]\d?)\s*[-:]?\s+[a-z].*", said)
    return signs.get(said) or (letter[1].upper() if letter else said.upper() if len(said) < 3 else said)


def urn(text: str) -> str | None:
    """A school's unique reference number, six digits; a council's own number for a school is none."""
    said = text.strip().removesuffix(".0")
    return said if re.fullmatch(r"\d{6}", said) else None
