"""Reading one value: dates, yes or no, numbers; and the shape of a value, which is all that a message may show.

Each reader takes the text of one cell, already trimmed, and gives `(value, problem)`: exactly one of the two is None.
A problem is the name of a rule in `ingest.problems`. Nothing is guessed: where a text can mean two dates, it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from earlyhelp.standard.calendar import clock_time

LONGEST_DATE = 80
EARLIEST_YEAR, YEARS_AHEAD = 1900, 10
"""Dates before 1900 or more than ten years after the day of loading are slips of the pen, not events."""
_SERIAL_RANGE = range(20_000, 73_051)  # 1954 to 2100: other numbers of five digits are no dates of children
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}(:?\d{2})?|[AaPp][Mm])?$")
_WITH_ZONE = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T\s](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:Z|([+-]\d{2})(?::?(\d{2}))?)", re.IGNORECASE
)
"""A moment that says how far its clock is from Coordinated Universal Time."""
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_WORDS = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-/ ]+([A-Za-z]{3,9}),?[-/ ]+(\d{4}|\d{2})")
_YEAR_WORDS = re.compile(r"(\d{4})[-/ ]([A-Za-z]{3,9})[-/ ](\d{1,2})")
_MONTH_FIRST_WORDS = re.compile(r"([A-Za-z]{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_COMPACT = re.compile(r"(19|20)\d{6}")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_YES = {"y", "yes", "true", "t", "1", "1.0"}
_NO = {"n", "no", "false", "f", "0", "0.0"}
_UNKNOWN = {"u", "unknown", "notknown", "notrecorded", "notstated"}
_LETTER = re.compile(r"^[a-z]\)\s*", re.IGNORECASE)
_NOBODY_KNOWS = r"u|not? ?(known|recorded|stated)|unknown|n/?[ak]|none|-+"
NO_OR_UNKNOWN = rf"(?i)([a-z]\)\s*)?({'|'.join(map(re.escape, sorted(_NO)))}|{_NOBODY_KNOWS})\.?"
"""What says no, or that nobody knows, as a regular expression for the whole text."""


class DateOrder(StrEnum):
    """How numbers stand in a written date. The layouts we read are published as day first."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class DayNumbers(StrEnum):
    """What a number of five digits is under a heading of dates: a day as Excel counts it, or none.

    Excel counts from 1900 but for workbooks that were begun on an old Mac, which count from 1904.
    """

    SINCE_1900 = "since-1900"
    SINCE_1904 = "since-1904"
    NO_DATES = "no-dates"


class ShortYears(StrEnum):
    """What a year of two digits is under a heading of dates: the last year so far that ends in them, or none."""

    LAST = "short-years"
    NONE = "no-short-years"


_DAY_ZERO = {DayNumbers.SINCE_1900: date(1899, 12, 30), DayNumbers.SINCE_1904: date(1904, 1, 1)}


HowWritten = DateOrder | DayNumbers | ShortYears
"""One thing that somebody has said of how the dates under a heading are written."""


class Written(NamedTuple):
    """How the dates under a heading are written, as far as their texts alone do not tell it."""

    order: DateOrder = DateOrder.DAY_FIRST
    numbers: DayNumbers = DayNumbers.SINCE_1900
    years: ShortYears = ShortYears.NONE

    def as_said(self, said: Sequence[HowWritten]) -> Written:
        """The same, but for what somebody has said."""
        orders = [each for each in said if isinstance(each, DateOrder)]
        numbers = [each for each in said if isinstance(each, DayNumbers)]
        years = [each for each in said if isinstance(each, ShortYears)]
        return Written([self.order, *orders][-1], [self.numbers, *numbers][-1], [self.years, *years][-1])


USUALLY = Written()


class DateRead(NamedTuple):
    """A date, or the rule it broke."""

    value: date | None
    problem: str | None


def read_date(text: str, written: Written = USUALLY, until: date | None = None) -> DateRead:
    """The date a cell holds, or why not.

    Read: 2024-03-01, 01/03/2024 (in the order that `written` says), 1 March 2024, 1-Mar-2024, 2024-Mar-01, 20240301, an Excel
    day number (as `written` says), each with or without a time. A time that says its zone gives the day in England.
    Refused: a day that does not exist, a month above 12, anything else; and a year of two digits, unless `written` says that it
    is the last that ends in them. Then `until` is the last day that it may be.
    """
    if (moment := _in_england(text)) is not None:
        return _made(moment.year, moment.month, moment.day)
    bare = _without_time(text)
    ahead = until if written.years is ShortYears.LAST else None
    if found := _YEAR_FIRST.fullmatch(bare):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(bare):
        return _from_numbers(int(found[1]), int(found[2]), found[3], written.order, ahead)
    if found := _WORDS.fullmatch(bare):
        return _from_words(found[3], found[2], int(found[1]), ahead)
    if found := _YEAR_WORDS.fullmatch(bare):
        return _from_words(found[1], found[2], int(found[3]))
    if found := _MONTH_FIRST_WORDS.fullmatch(bare):
        return _from_words(found[3], found[1], int(found[2]))
    if _COMPACT.fullmatch(bare):
        return _made(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    if is_day_number(bare) and written.numbers in _DAY_ZERO:
        return DateRead(_DAY_ZERO[written.numbers] + timedelta(days=int(float(bare))), None)
    return DateRead(None, "not_a_date")


def is_day_number(text: str) -> bool:
    """Whether a text is a number that Excel may have counted days with."""
    return _SERIAL.fullmatch(text) is not None and int(float(text)) in _SERIAL_RANGE


def day_and_month(text: str) -> tuple[int, int] | None:
    """The first two numbers of a date written as numbers, day or month first; None for any other way of writing."""
    found = _NUMBERS.fullmatch(_without_time(text))
    return (int(found[1]), int(found[2])) if found else None


def has_short_year(text: str) -> bool:
    """Whether a text is a date with a year of two digits."""
    bare = _without_time(text)
    found = _NUMBERS.fullmatch(bare) or _WORDS.fullmatch(bare)
    return found is not None and len(found[3]) == 2


def _in_england(text: str) -> datetime | None:
    """The day and time in England of a text that says its zone; None for any other, and where there is no such moment."""
    if not (found := _WITH_ZONE.fullmatch(text.strip()[:LONGEST_DATE])):
        return None
    day, hour, minute, second, hours, minutes = found.groups()
    away = timedelta(hours=int(hours or 0), minutes=int(f"{(hours or '+')[0]}{minutes or 0}"))
    try:
        return clock_time(datetime.fromisoformat(f"{day}T{hour}:{minute}:{second or '00'}") - away)
    except (ValueError, OverflowError):
        return None


def _without_time(text: str) -> str:
    """The text before a time of day; a text longer than any date is cut, for looking through it takes time."""
    return _TIME.sub("", text.strip()[:LONGEST_DATE])


def read_moment(text: str, written: Written = USUALLY, until: date | None = None) -> tuple[datetime | None, str | None]:
    """Day and time: ISO 8601 to the second, in England's time where it says its zone; any other date is read as its midnight."""
    if (moment := _in_england(text)) is not None:
        return moment, None
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None), None
    except ValueError:
        day, problem = read_date(text, written, until)
        return (datetime(day.year, day.month, day.day), None) if day else (None, problem)


def _from_numbers(first: int, second: int, year: str, order: DateOrder, ahead: date | None) -> DateRead:
    if len(year) == 2 and ahead is None:
        return DateRead(None, "two_digit_year")
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    if month > 12 >= day:
        return DateRead(None, "day_and_month_swapped")
    return _made(_whole_year(year, month, day, ahead), month, day)


def _from_words(year: str, month: str, day: int, ahead: date | None = None) -> DateRead:
    if month.casefold() not in _MONTHS:
        return DateRead(None, "not_a_date")
    if len(year) == 2 and ahead is None:
        return DateRead(None, "two_digit_year")
    number = _MONTHS[month.casefold()]
    return _made(_whole_year(year, number, day, ahead), number, day)


def _whole_year(year: str, month: int, day: int, ahead: date | None) -> int:
    """The year; one of two digits as the last that ends in them and has that day no later than `ahead`."""
    if len(year) != 2 or ahead is None:
        return int(year)
    century = ahead.year // 100 * 100
    late = century + int(year)
    return late if (late, month, day) <= (ahead.year, ahead.month, ahead.day) else late - 100


def _made(year: int, month: int, day: int) -> DateRead:
    try:
        made = date(year, month, day)
    except ValueError:
        return DateRead(None, "impossible_date")
    return DateRead(made, None) if made.year >= EARLIEST_YEAR else DateRead(None, "impossible_date")


def read_boolean(text: str) -> tuple[bool | None, str | None]:
    """True or False for the usual ways of writing yes and no; unknown is a missing value, not a problem."""
    word = _LETTER.sub("", text.strip()).casefold()
    if word in _YES:
        return True, None
    if word in _NO:
        return False, None
    plain = re.sub(r"[^a-z]", "", word)
    return (None, None) if plain in _UNKNOWN else (None, "not_yes_or_no")


def read_number(text: str) -> tuple[float | None, str | None]:
    """A number written with or without thousands commas, a pound sign or a per cent sign (which is dropped, not applied)."""
    bare = text.strip().replace(",", "").removeprefix("£").removesuffix("%").strip()
    if not re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?", bare):
        return None, "not_a_number"
    return float(bare), None


def read_integer(text: str) -> tuple[int | None, str | None]:
    """A whole number; 3.0 is whole, 3.5 is a problem."""
    number, problem = read_number(text)
    if number is None:
        return None, problem
    return (int(number), None) if number.is_integer() and abs(number) < 2**53 else (None, "not_a_whole_number")


_BESIDE_A_YEAR = re.compile(
    r"(?i)\b(academic|school|financial|fin|fiscal|year|yr)\b[.:]?|\b[af]\.?y\b\.?|^[af]\.?y\.?(?=\d)"
)
_TWO_YEARS = re.compile(r"((?:19|20)\d\d|\d\d)(?:\s*(?:[-/\\_\u2010-\u2015]|\bto\b)\s*)?((?:19|20)\d\d|\d\d)")
_ONE_YEAR = re.compile(r"(19|20)\d\d")
_FIRST_OF_LAST_CENTURY = 80
"""A year of two digits from here on is of the nineteen-hundreds."""


def read_year(text: str) -> tuple[str | None, str | None]:
    """A year that begins in one calendar year and ends in the next, as 2024-25.

    Read: 2024-25, 2024/25, 2024/2025, 24/25, 202425 and 2425, with or without "FY", "AY" or "academic year" beside it.
    Refused: two years that do not follow each other, and one year alone, which may be the one that begins or the one that ends.
    """
    bare = _BESIDE_A_YEAR.sub("", text.strip()[:LONGEST_DATE]).strip()
    found = _TWO_YEARS.fullmatch(bare)
    if not found or _ONE_YEAR.fullmatch(bare):
        return None, "not_a_year"
    first = int(found[1]) if len(found[1]) == 4 else _of_its_century(int(found[1]))
    last = f"{first + 1}"
    return (f"{first}-{last[2:]}", None) if found[2] in (last, last[2:]) else (None, "not_a_year")


def _of_its_century(year: int) -> int:
    return year + (1900 if year >= _FIRST_OF_LAST_CENTURY else 2000)


_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")


def read_postcode(text: str) -> tuple[str | None, str | None]:
    """A postcode in capitals with one space; a text without the shape of one is a problem."""
    found = _POSTCODE.fullmatch(re.sub(r"[^A-Za-z0-9]", "", text).upper())
    return (f"{found[1]} {found[2]}", None) if found else (None, "not_a_postcode")


def shape(text: str, longest: int = 24) -> str:
    """What a value looks like with every letter and digit masked: "31/02/2024" is "99/99/9999", "Ann Lee" is "Aaa Aaa"."""
    short = text if len(text) <= longest else text[:longest]
    masked = "".join("9" if c.isdigit() else ("A" if c.isupper() else "a") if c.isalpha() else c for c in short)
    return masked if len(text) <= longest else f"{masked}... ({len(text)} characters)"
