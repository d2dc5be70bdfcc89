"""The kinds of value a column of the standard can hold, and the code lists behind coded columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

NOT_RECORDED = "not_recorded"
UNMAPPED = "unmapped"


class Sensitivity(StrEnum):
    """How much a column says about a person; decides on which side of the store it lies."""

    NONE = "none"
    QUASI = "quasi-identifier"
    SPECIAL = "special category"
    DIRECT = "direct identifier"
    FREE_TEXT = "free text"

    @property
    def on_identity_side(self) -> bool:
        """True for what analysis may not read: direct identifiers, and free text, which may hold names."""
        return self in (Sensitivity.DIRECT, Sensitivity.FREE_TEXT)


@dataclass(frozen=True)
class Type:
    """One kind of value: its name in the published standard, in DuckDB, and in JSON Schema."""

    name: str
    duckdb: str
    json: str
    json_format: str = ""


@dataclass(frozen=True)
class YearType(Type):
    """A year that begins in one calendar year and ends in the next: it is text, and always written as 2024-25."""


Key = Type("key", "VARCHAR", "string")
Text = Type("text", "VARCHAR", "string")
Date = Type("date", "DATE", "string", "date")
DateTime = Type("datetime", "TIMESTAMP", "string", "date-time")
Integer = Type("integer", "BIGINT", "integer")
Number = Type("number", "DOUBLE", "number")
Boolean = Type("boolean", "BOOLEAN", "boolean")
Postcode = Type("postcode", "VARCHAR", "string")
Year = YearType("text", "VARCHAR", "string")


@dataclass(frozen=True)
class CodeValue:
    """One code: its label, the spellings that mean it, and the years in which it may be used (both ends inclusive).

    A year is the calendar year in which the reporting year ends: 2023 is 1 April 2022 to 31 March 2023.
    `note` tells what a reader of old figures must know, such as a change of meaning under the same code.
    """

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None
    note: str = ""

    def valid_in(self, year: int) -> bool:
        """True when the code may be used in the reporting year that ends in `year`."""
        return (self.valid_from is None or year >= self.valid_from) and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, eq=False)
class WordRules:
    """What the words inside a longer text say of its code, where no published spelling fits the whole of it.

    Phrases are separated by semicolons. A longer phrase always wins over a shorter one inside it.
    `tiers`: by code, in the order in which they decide: a phrase of an earlier tier wins over one of a later.
    `hints`: phrases that are no more than a proposal. `open`: phrases that leave the code open wherever they stand.
    `alone`: phrases that decide last, and only where no word beside them is unknown.
    `heads`: codes of groups whose words, standing first, win over words of another group, but not of the groups named
    here by the first signs of their codes.
    `numbering`: patterns of a council's own numbers below the published ones, and the code that each stands for, as
    `Match.expand` writes it.
    """

    tiers: tuple[Mapping[str, str], ...]
    hints: Mapping[str, str] = field(default_factory=dict)
    open: str = ""
    alone: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    numbering: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CodeList:
    """A named list of codes. An open list (areas, schools) is known by a pattern instead of by enumeration.

    With `by_keyword`, an alias may also stand inside a longer text (a kind of organisation inside its name). `words`: what
    single words and phrases say where a text is no known spelling.
    """

    name: str
    title: str
    values: tuple[CodeValue, ...]
    source: str
    pattern: str = ""
    by_keyword: bool = False
    words: WordRules | None = None

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the order in which the publisher lists them."""
        return tuple(value.code for value in self.values)

    @cached_property
    def _by_code(self) -> dict[str, CodeValue]:
        return {value.code: value for value in self.values}

    def __contains__(self, code: object) -> bool:
        if self.pattern:
            return isinstance(code, str) and re.fullmatch(self.pattern, code) is not None
        return code in self._by_code

    def label(self, code: str) -> str:
        """The label of a code; the two codes every list has in common read in plain words; unknown ones stay."""
        if code in (NOT_RECORDED, UNMAPPED):
            return {NOT_RECORDED: "Not recorded", UNMAPPED: "Not mapped to a standard code"}[code]
        return self._by_code[code].label if code in self._by_code else code


@dataclass(frozen=True)
class CodeType(Type):
    """A code from one list (`many=False`) or several codes separated by semicolons (`many=True`)."""

    codelist: CodeList | None = None
    many: bool = False

    @property
    def codes(self) -> CodeList:
        """The list the codes come from."""
        assert self.codelist is not None
        return self.codelist


def Code(codelist: CodeList) -> CodeType:  # noqa: N802 - reads as a type in declarations
    """The type of a column that holds one code of `codelist`."""
    return CodeType("code", "VARCHAR", "string", codelist=codelist)


def Codes(codelist: CodeList) -> CodeType:  # noqa: N802 - reads as a type in declarations
    """The type of a column that holds several codes of `codelist`, separated by semicolons."""
    return CodeType("codes", "VARCHAR", "string", codelist=codelist, many=True)


def one_of(name: str, **labels: str) -> CodeList:
    """A short list of the standard's own, written as `code="Label"`; a code that is a Python keyword ends in `_`."""
    values = tuple(CodeValue(code.rstrip("_"), label) for code, label in labels.items())
    return CodeList(name, name.replace("_", " ").capitalize(), values, source="Early Help standard, version 1")
