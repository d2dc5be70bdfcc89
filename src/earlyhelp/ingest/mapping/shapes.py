"""What the values under a heading look like, and how well that fits a column of the standard. No value leaves this module."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from earlyhelp.ingest.cells import tidied
from earlyhelp.ingest.codes import SEPARATORS, is_blank_word, propose
from earlyhelp.ingest.mapping.whole_names import looks_whole
from earlyhelp.ingest.values import is_day_number, read_boolean, read_date, read_number, read_postcode
from earlyhelp.sources.identifiers import UPN
from earlyhelp.standard import (
    Boolean,
    CodeList,
    Column,
    Date,
    DateTime,
    Integer,
    Key,
    Number,
    Postcode,
    Text,
    Type,
    person,
    person_identifier,
)

Reader = Callable[[str], tuple[object, str | None]]
MOST_LOOKED_AT = 400
"""Different values of a column that are looked at: enough to know dates from names."""
FREE_TEXT = 45
"""Signs beyond which a text is no name, id or code word."""
LONGEST_NAME = 3 * FREE_TEXT
"""Signs beyond which a text is no address and no name of an organisation either, but a story."""
_MAY_BE_WORDS = frozenset({"lead_practitioner_id", "service_id", "worker_id", "session_id"})
"""Keys that people write as names, without any number."""
_SHAPES = {
    person.uprn: re.compile(r"(?!0\d{9,10}$)\d{8,12}"),
    person_identifier.value: re.compile(rf"{UPN}|\d{{3}} ?\d{{3}} ?\d{{4}}"),
}
"""What keys and numbers look like; ten or eleven digits from 0 on are a telephone's."""
_COMPACT = 8
"""Signs of a day such as 20250331."""
_SCHOOL_YEAR = re.compile(r"(?:ay ?)?(?:20)?\d\d ?[/-] ?(?:20)?\d\d|20\d\d(?:20)?\d\d", re.IGNORECASE)
_URN = re.compile(r"1\d{5}")


@dataclass(frozen=True, eq=False)
class Values:
    """The different values under one heading, each with how often it stands there."""

    times: Mapping[str, int]

    @cached_property
    def told(self) -> Mapping[str, int]:
        """The values that say something."""
        looked = {
            text: times for cell, times in self.times.items() if (text := tidied(cell)) and not is_blank_word(text)
        }
        return dict(list(looked.items())[:MOST_LOOKED_AT])

    def fit(self, column: Column) -> float | None:
        """How well (0 to 1) they fit a column; None where there is nothing to look at."""
        if not self.told:
            return None
        if column in _SHAPES:
            return self._share(lambda text: _SHAPES[column].fullmatch(text) is not None)
        if column.column_name == "school_urn":
            return self.school_numbers
        if column.column_name == "academic_year":
            return self._share(lambda text: _SCHOOL_YEAR.fullmatch(text) is not None)
        if column.code_list:
            return self.known_to(column.code_list)
        return self._of_type(column)

    def known_to(self, codes: CodeList) -> float:
        """The share of them that a code list knows; a story is no code, whatever words stand in it."""
        return self._share(
            lambda text: len(text) <= LONGEST_NAME and all(propose(codes, piece).sure for piece in _pieces(text))
        )

    def _of_type(self, column: Column) -> float:
        readers: dict[Type, Reader] = {
            Number: read_number,
            Integer: read_number,
            Postcode: read_postcode,
            Boolean: read_boolean,
        }
        if column.type in (Date, DateTime):
            return max(self.dates, self.day_numbers, self.compact_days)
        if reader := readers.get(column.type):
            return self._read_by(reader)
        if column.type is Key:
            looks_so = self._share(lambda text: len(text) <= FREE_TEXT) * (1.0 - self.dates)
            return looks_so if column.column_name in _MAY_BE_WORDS else min(looks_so, self.with_digits)
        if column.type is Text and column.direct_identifier:
            return 1.0 - max(self.dates, self.numbers, self._yes_and_no)
        too_long = 0.0 if column.free_text else self.stories
        return 1.0 - max(self.dates, too_long, self._yes_and_no, self._share(lambda text: "@" in text))

    @cached_property
    def school_numbers(self) -> float:
        """The share of them that look like the unique reference numbers of schools."""
        return self._share(lambda text: _URN.fullmatch(text) is not None)

    @cached_property
    def repeated(self) -> float:
        """The share of the rows that say what another has said."""
        rows = sum(self.told.values())
        return 1 - len(self.told) / rows if rows else 0.0

    @cached_property
    def stories(self) -> float:
        """The share of them that are too long for a name or a word of a list."""
        return self._share(lambda text: len(text) > LONGEST_NAME)

    @cached_property
    def with_digits(self) -> float:
        """The share of them that hold a digit: a family's or a child's number does, and a surname does not."""
        return self._share(lambda text: any(sign.isdigit() for sign in text))

    @cached_property
    def whole_names(self) -> float:
        """The share of them that look like whole names of people."""
        return self._share(looks_whole)

    @cached_property
    def answers(self) -> float:
        """The share of them that say yes or no, which fits any question there is."""
        return self._read_by(read_boolean)

    @property
    def _yes_and_no(self) -> float:
        """The share of them that are answers, where they are not all one word: N may be the team of the north."""
        return self.answers if len(self.told) > 1 else 0.0

    @cached_property
    def of_one_digit(self) -> float:
        """The share of them that are numbers of one digit: which of several something is, and whose number it is hardly."""
        return self._share(lambda text: len(text) == 1 and text.isdigit())

    @cached_property
    def dates(self) -> float:
        """The share of them that are dates."""
        return self._share(_is_date)

    @cached_property
    def day_numbers(self) -> float:
        """The share of them that may be days as Excel counts them, which only a heading of dates makes likely."""
        return self._share(is_day_number)

    @cached_property
    def compact_days(self) -> float:
        """The share of them that may be days written as year, month and day without a mark, which a heading makes likely."""
        return self._share(lambda text: len(text) == _COMPACT and text.isdigit() and read_date(text).value is not None)

    @cached_property
    def numbers(self) -> float:
        """The share of them that are numbers."""
        return self._read_by(read_number)

    def share_between(self, lowest: float, highest: float) -> float:
        """The share of them that are numbers from the lowest to the highest, both included."""
        return self._share(lambda text: _lies_between(text, lowest, highest))

    def _read_by(self, reader: Reader) -> float:
        return self._share(lambda text: reader(text)[1] is None)

    def _share(self, holds: Callable[[str], bool]) -> float:
        total = sum(self.told.values())
        return sum(times for text, times in self.told.items() if holds(text[:200])) / total if total else 0.0


def _lies_between(text: str, lowest: float, highest: float) -> bool:
    number, _ = read_number(text)
    return number is not None and lowest <= float(number) <= highest


def _is_date(text: str) -> bool:
    return any(mark in text for mark in "/-. ") and read_date(text).problem not in ("not_a_date",)


def _pieces(text: str) -> list[str]:
    return (
        [text]
        if not SEPARATORS.search(text)
        else [piece for piece in SEPARATORS.split(text) if piece.strip()] or [text]
    )
