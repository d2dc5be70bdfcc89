"""Columns and tables: the two objects from which the whole standard is declared."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from earlyhelp.standard.constraints import Constraint
from earlyhelp.standard.types import CodeList, CodeType, Date, Key, Sensitivity, Type


@dataclass(eq=False)
class Column:
    """One column of the standard: what it holds, what must be true of it, how sensitive it is and where it comes from.

    `planned`: a day that may lie ahead by its meaning, such as one on which something is due: it tells nothing of when the
    extract was drawn.
    `annex_a`: list and heading ("1: Date of Contact"); `cin`: element of the CIN census; `ssda903`: table and field;
    `ssd`: item id of the Standard Safeguarding Dataset. Several provenances are separated by "; ".
    """

    type: Type
    description: str
    required: bool = False
    rules: Iterable[Constraint] = ()
    quasi_identifier: bool = False
    special_category: bool = False
    direct_identifier: bool = False
    free_text: bool = False
    planned: bool = False
    annex_a: str = ""
    cin: str = ""
    ssda903: str = ""
    ssd: str = ""
    column_name: str = field(default="", init=False)
    table_name: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.rules = tuple(self.rules)

    def __set_name__(self, owner: builtins.type, name: str) -> None:
        self.column_name = name
        self.table_name = owner.__name__

    def __str__(self) -> str:
        return f"{self.table_name}.{self.column_name}"

    def __hash__(self) -> int:
        return id(self)

    @property
    def sensitivity(self) -> Sensitivity:
        """How much the column says about a person."""
        if self.direct_identifier:
            return Sensitivity.DIRECT
        if self.special_category:
            return Sensitivity.SPECIAL
        if self.free_text:
            return Sensitivity.FREE_TEXT
        return Sensitivity.QUASI if self.quasi_identifier else Sensitivity.NONE

    @property
    def coded(self) -> CodeType | None:
        """The code type of a coded column, or None."""
        return self.type if isinstance(self.type, CodeType) else None

    @property
    def code_list(self) -> CodeList | None:
        """The list a coded column takes its codes from, or None."""
        return self.coded.codes if self.coded else None

    @property
    def raw_name(self) -> str:
        """Name of the column that keeps what the source said."""
        return f"{self.column_name}_raw"

    @property
    def provenance(self) -> dict[str, str]:
        """Where the column comes from, by return; empty ones left out."""
        places = {"Annex A": self.annex_a, "CIN census": self.cin, "SSDA903": self.ssda903, "SSD": self.ssd}
        return {name: place for name, place in places.items() if place}

    @property
    def withholds_row(self) -> bool:
        """True when a row without a usable value here goes to quarantine: a key, or the date of the event itself."""
        return self.required and self.type in (Key, Date)


class Table(type):
    """One table of the standard. Its columns are attributes: `eh_episode.end_date`; a wrong name fails at import.

    `table_name`, `grain` (what one row is), `key` (the columns that together name a row), `columns`, `summed` (the column of
    amounts that are added up, where rows are lines of an account) and `equal_rows` (why two rows that a source does not
    number, and that are alike in every cell, are two; empty where they are one, told twice) describe it.
    A table is a class that describes its rows and is never called. `Table` is what kind of class it is, which lets
    type checkers know both the table and each of its columns.
    """

    table_name: str
    grain: str
    doc: str
    columns: dict[str, Column]
    key: tuple[Column, ...]
    summed: Column | None
    equal_rows: str

    if not TYPE_CHECKING:  # a checker should go by the declared columns alone

        def __getattr__(cls, name: str) -> Column:
            raise AttributeError(f"the standard has no column {cls.__name__}.{name}")

    def __str__(cls) -> str:
        return cls.table_name

    def __repr__(cls) -> str:
        return f"<standard table {cls.__name__}>"

    @property
    def coded_columns(cls) -> tuple[Column, ...]:
        """The columns that hold codes, each of which has an implicit `_raw` beside it."""
        return tuple(column for column in cls.columns.values() if column.coded)

    @property
    def withholding(cls) -> tuple[Column, ...]:
        """The columns without which a row cannot be placed: required keys, and the date of the event itself."""
        named = dict.fromkeys(cls.key)
        return tuple(c for c in cls.columns.values() if c.withholds_row or (c in named and c.required))

    @property
    def day(cls) -> Column | None:
        """The date without which a row cannot be placed; None for a table whose rows have no such date."""
        return next((column for column in cls.withholding if column.type is Date), None)


class Row(metaclass=Table):
    """What every declared table is made from."""


VERSION = 1
TABLES: dict[str, Table] = {}

Declared = TypeVar("Declared", bound=Table)


def table(grain: str, key: str | None = None, summed: str = "", equal_rows: str = "") -> Callable[[Declared], Declared]:
    """Declare a table from a class whose attributes are Columns; `key` names the key columns (the first by default).

    `summed`: of lines of an account, the column that is added up: people put totals under such lines. `equal_rows`: as `Table`
    has it.
    Raises ValueError when a column would hide what describes the table.
    """

    def declare(body: Declared) -> Declared:
        columns = {name: value for name, value in vars(body).items() if isinstance(value, Column)}
        if hidden := columns.keys() & Table.__annotations__.keys():
            raise ValueError(f"{body.__name__} needs another name for {', '.join(sorted(hidden))}")
        body.table_name, body.grain, body.doc = body.__name__, grain, (body.__doc__ or "").strip()
        body.columns = columns
        body.key = tuple(columns[name] for name in (key.split() if key else list(columns)[:1]))
        body.summed, body.equal_rows = columns[summed] if summed else None, equal_rows
        TABLES[body.table_name] = body
        return body

    return declare
