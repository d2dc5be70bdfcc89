"""From the matched grid of a file to rows of the standard, typed and coded: SQL over whole columns.

The SQL is made from the declarations of the source and of the standard. Nothing is decided here about which rows are
accepted: that is the keys' and the dates' business, in `quarantine`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from earlyhelp.ingest.cells import (
    Dates,
    Reader,
    Reading,
    at_once,
    doubtful_dates,
    may_need_care,
    reader_of,
    shaped_reader,
    trimmed,
    with_care,
)
from earlyhelp.ingest.feeding import LIFE, Feeding
from earlyhelp.ingest.kinds import MARK
from earlyhelp.ingest.recognise import Matched
from earlyhelp.ingest.words import Dictionaries, Words
from earlyhelp.sources import (
    Among,
    Cell,
    Fill,
    Fixed,
    KeyOf,
    MadeKey,
    Named,
    OwnNumber,
    PersonOf,
    Read,
    Shaped,
    heading_of,
)
from earlyhelp.standard import (
    NOT_RECORDED,
    SYSTEM_COLUMNS,
    Code,
    Column,
    Date,
    DateTime,
    Key,
    Table,
    Text,
    Type,
    Year,
    sql,
    stored_columns,
)

_MARK_LENGTH = 8
"""Signs of a person's pseudonym in the mark behind a number that siblings share: enough to tell a family's children apart."""


@dataclass(frozen=True)
class Value:
    """SQL for one column of the standard: its value, what the source said (coded columns), and the dictionary behind it."""

    sql: str
    said: str = "CAST(NULL AS VARCHAR)"
    words: tuple[tuple[Words, str], ...] = ()


@dataclass(frozen=True)
class Filling:
    """Rows of one standard table to be made from one part: SQL for each column that is filled, over the part's cells.

    `part_index`: which part of the file it is. `number`: which fill of the part it is; by the first, its own, the part is
    accounted for. `given`: the columns that the source fills. `dictionaries`: behind each given column that has one, and
    the raw column it was made of. `relation`: the name under which the rows are known once they are staged. `repeats`: the
    table of the rows that stand above sign for sign, where each counts once; "" where none does, or each counts.
    """

    part: Matched
    fill: Fill
    part_index: int
    number: int
    cells: str
    relation: str
    columns: Mapping[str, Value]
    given: tuple[str, ...]
    dictionaries: Mapping[str, tuple[Words, str]]
    repeats: str = ""

    @property
    def table(self) -> Table:
        return self.fill.table

    @property
    def own(self) -> bool:
        return self.number == 0

    def select(self, names: Iterable[str]) -> str:
        """SQL for `row_no` and these columns of every row of the part, keys and dates missing or not."""
        empty = {
            name: Value(f"CAST(NULL AS {column.type.duckdb})") for name, column in stored_columns(self.table).items()
        }
        chosen = {name: self.columns.get(name, empty[name]) for name in names}
        selected = [f"{value.sql} AS {sql.name(name)}" for name, value in chosen.items()]
        joined = dict.fromkeys(words for value in chosen.values() for words in value.words)
        joins = [f"LEFT JOIN {w.table} ON {w.table}.cell = cells.{raw}" for w, raw in joined]
        listed = ", ".join(["cells.row_no", *selected])
        return f"SELECT {listed} FROM {self.cells} AS cells {' '.join(joins)} WHERE {self.only}"

    @property
    def only(self) -> str:
        """SQL that is true for the rows of the part from which this filling is made."""
        if not self.fill.when:
            return "TRUE"
        text = trimmed(f"cells.{self.part.columns[self.fill.when]}")
        instead = f" AND NOT regexp_full_match({text}, {sql.literal(self.fill.unless)})" if self.fill.unless else ""
        return f"{text} IS NOT NULL{instead}"

    def lacking(self) -> str:
        """SQL for `row_no` of every row that cannot be placed, and `lacking`: the first key or date that it has not.

        A made key is looked at last: it is missing because something else is.
        """
        columns = sorted(self.table.withholding, key=lambda column: isinstance(self.fill.cells.get(column), MadeKey))
        names = [column.column_name for column in columns]
        which = " ".join(f"WHEN {sql.name(name)} IS NULL THEN {sql.literal(name)}" for name in names)
        absent = " OR ".join(f"{sql.name(name)} IS NULL" for name in names)
        return f"SELECT row_no, CASE {which} END AS lacking FROM ({self.select(names)}) WHERE {absent}"


class Conversion:
    """One part on its way: its cells, the dictionaries of its columns, and a filling for each of its fills."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, part: Matched, index: int, feeding: Feeding, scratch: Path
    ) -> None:
        self.con = con
        self.part = part
        self.index = index
        self.feeding = feeding
        self.cells = f"cells_{index}"
        kept = "TABLE" if part.part.kind else "VIEW"  # what a chain says is worked out once
        con.execute(
            f"CREATE {kept} {self.cells} AS SELECT * FROM {part.grid.relation} WHERE row_no > {part.heading_row}"
        )
        self.repeats = self._tell_repeats() if any(map(_counts_once, part.part.fills)) else ""
        self._dictionaries = Dictionaries(con, self.cells, scratch)
        self._careful = self._columns_needing_care()
        self._keys: dict[str, Value] = {}
        self._made_of: dict[str, list[Value]] = {}

    def fillings(self) -> list[Filling]:
        """What the part fills; a fill whose rows the grid cannot tell is left out."""
        fills = enumerate(self.part.part.fills)
        return [
            self._filling(number, fill) for number, fill in fills if not fill.when or fill.when in self.part.columns
        ]

    def spreadsheet_errors(self) -> list[str]:
        """Headings read as text, or not read at all, under which a cell may hold an Excel error."""
        return [heading for heading, raw in self.part.columns.items() if raw in self._careful]

    def _tell_repeats(self) -> str:
        """The table of the rows that stand above sign for sign, with the first of each; "" where there is none.

        Then the cells tell of each row the first that is like it (`first_no`).
        """
        listed = ", ".join(f"c{index}" for index in range(self.part.grid.width))
        if not self.con.execute(f"SELECT 1 FROM {self.cells} GROUP BY {listed} HAVING count(*) > 1 LIMIT 1").fetchall():
            return ""
        repeats, first = f"repeats_{self.index}", f"min(row_no) OVER (PARTITION BY {listed})"
        self.con.execute(
            f"CREATE TABLE {repeats} AS SELECT row_no, {first} AS first_no FROM {self.cells} QUALIFY row_no > first_no"
        )
        told = f"{self.cells}_with_repeats"
        self.con.execute(
            f"CREATE VIEW {told} AS SELECT each.*, coalesce(first_no, row_no) AS first_no "
            f"FROM {self.cells} AS each LEFT JOIN {repeats} USING (row_no)"
        )
        self.cells = told
        return repeats

    def _columns_needing_care(self) -> frozenset[str]:
        """The raw columns that are read as text, or not at all, in which some cell may not read as it stands."""
        kinds = self._read_as_text()
        if not kinds:
            return frozenset()
        plain = self.part.grid.plain
        looks = ", ".join(f"bool_or({may_need_care(raw, kind, plain)})" for raw, kind in kinds.items())
        found = self.con.execute(f"SELECT {looks} FROM {self.cells}").fetchall()[0]
        return frozenset(raw for raw, careful in zip(kinds, found, strict=True) if careful)

    def _read_as_text(self) -> dict[str, Type]:
        """The raw columns that are taken as they stand, or not at all, and whether they hold keys or text."""
        cells = [(column.type, cell) for fill in self.part.part.fills for column, cell in fill.cells.items()]
        texts = [(kind, heading_of(cell)) for kind, cell in cells if isinstance(cell, str | OwnNumber)]
        as_it_stands = {heading for kind, heading in texts if kind in (Key, Text)}
        keys = {heading for kind, heading in texts if kind is Key}
        through_words = {heading_of(cell) for _, cell in cells} - as_it_stands
        through_words |= {cell.told for _, cell in cells if isinstance(cell, OwnNumber)}
        return {
            raw: Key if heading in keys else Text
            for heading, raw in self.part.columns.items()
            if heading not in through_words
        }

    def _filling(self, number: int, fill: Fill) -> Filling:
        held = {column: cell for column, cell in fill.cells.items() if self._is_held(cell)}
        values = {column.column_name: self._value(column, cell) for column, cell in held.items()}
        made = {
            column.column_name: self._made_key(cell, fill, values)
            for column, cell in fill.cells.items()
            if isinstance(cell, MadeKey)
        }
        stored = _stored(fill.table, values | made, self._system_values(fill))
        dictionaries = {name: value.words[0] for name, value in values.items() if value.words}
        relation = f"fill_{self.index}_{number}"
        given, repeats = tuple(values), self.repeats if _counts_once(fill) else ""
        return Filling(self.part, fill, self.index, number, self.cells, relation, stored, given, dictionaries, repeats)

    def _made_key(self, cell: MadeKey, fill: Fill, values: Mapping[str, Value]) -> Value:
        """A key for rows that have none, of what stands under its headings and of what that other key is made of."""
        about = [values.get(_column_from(fill, heading), Value("NULL")) for heading in cell.headings]
        self._made_of[cell.label] = [*self._made_of.get(cell.of, ()), *about]
        self._keys[cell.label] = made = _hashed(cell, self._made_of[cell.label], self.feeding.source, self._nth(fill))
        return made

    def _nth(self, fill: Fill) -> str:
        """SQL for the how-manieth a row is, without what it is counted over; a row that stands above is no further one."""
        once = self.repeats and _counts_once(fill)
        return (
            "dense_rank() OVER ({} ORDER BY cells.first_no)" if once else "row_number() OVER ({} ORDER BY cells.row_no)"
        )

    def _is_held(self, cell: Cell) -> bool:
        heading = heading_of(cell)
        return heading is None or heading in self.part.columns

    def _value(self, column: Column, cell: Cell) -> Value:
        if isinstance(cell, Fixed):
            return Value(sql.literal(_fixed(column, cell.value)))
        if isinstance(cell, Named):
            said = cell.by(self.part.grid.name)
            return Value(f"CAST({sql.literal(_fixed(column, said) if said else None)} AS {column.type.duckdb})")
        if isinstance(cell, MadeKey):
            return Value("CAST(NULL AS VARCHAR)")
        if isinstance(cell, KeyOf):
            return self._keys[cell.label]
        if isinstance(cell, OwnNumber):
            return self._own_number(cell)
        raw = self.part.columns[heading_of(cell) or ""]
        if isinstance(cell, str) and column.type in (Key, Text):
            return Value(self._text(raw, column.type))
        words = self._words(column, cell, raw)
        return Value(f"{words.table}.value", self._said(column, words), ((words, raw),))

    def _own_number(self, cell: OwnNumber) -> Value:
        """The number as it stands, and under its mark for whoever was not the first to bear it."""
        raw = self.part.columns.get(cell.told, self.part.columns[cell.heading])
        marked = f"SELECT coalesce(bool_or(contains({raw}, {sql.literal(MARK)})), FALSE) FROM {self.cells}"
        if not self.con.execute(marked).fetchall()[0][0]:
            return Value(with_care(f"cells.{raw}", Key))
        at_once = f"CASE WHEN NOT contains(cell, {sql.literal(MARK)}) THEN {with_care('cell', Key)} END"
        words = self._dictionaries.of(raw, "own number", "VARCHAR", at_once, lambda times: self._marked)
        return Value(f"{words.table}.value", words=((words, raw),))

    def _marked(self, text: str) -> Reading:
        number, _, person = text.partition(MARK)
        key, problem = reader_of(Key, self.feeding.usual_dates)(number)
        return (f"{key}-{self.feeding.pseudonym(person)[-_MARK_LENGTH:]}" if key and person else None), problem

    def _text(self, raw: str, kind: Type) -> str:
        return with_care(f"cells.{raw}", kind) if raw in self._careful else f"cells.{raw}"

    def _words(self, column: Column, cell: Cell, raw: str) -> Words:
        """The dictionary of a raw column, read as the cell and the standard's column say."""
        about, kind = "a year" if column.type is Year else column.type.name, column.type
        if column in LIFE:
            about = "a day of birth"
        if column.code_list:
            about = column.code_list.name
        if isinstance(cell, Among) and column.code_list:
            kind = Code(cell.part_of(column.code_list))
            about = kind.codes.name
        if isinstance(cell, PersonOf):
            return self._dictionaries.of(
                raw, "person", "VARCHAR", at_once(Key, self.feeding.latest), self._person(cell)
            )
        if isinstance(cell, Shaped):
            return self._dictionaries.of(
                raw, cell.pattern, "VARCHAR", "CAST(NULL AS VARCHAR)", lambda times: shaped_reader(cell.pattern)
            )
        if isinstance(cell, Read):
            return self._dictionaries.of(
                raw, str(column), kind.duckdb, f"CAST(NULL AS {kind.duckdb})", self._by(cell, kind)
            )
        saved = self.feeding.words.get(str(column), {})
        return self._dictionaries.of(
            raw,
            f"{about} in the words of {column}" if saved else about,
            kind.duckdb,
            at_once(kind, self.feeding.latest),
            self._reader_for(column, kind, saved, heading_of(cell) or ""),
        )

    def _reader_for(
        self, column: Column, kind: Type, saved: Mapping[str, str], heading: str
    ) -> Callable[[Mapping[str, int]], Reader]:
        title = self.part.part.title
        dates, said = self.feeding.dates_of(column, title, heading), self.feeding.is_order_said(title, heading)

        def reader(times: Mapping[str, int]) -> Reader:
            dated = kind in (Date, DateTime)
            doubtful = doubtful_dates(times, dates.written.order, said=said) if dated else {}
            return reader_of(kind, dates, doubtful, saved)

        return reader

    def _person(self, cell: PersonOf) -> Callable[[Mapping[str, int]], Reader]:
        read_key = reader_of(Key, self.feeding.usual_dates)

        def read(text: str) -> Reading:
            key, problem = read_key(text)
            return (self.feeding.pseudonym(key) if key and key not in cell.nobody else None), problem

        return lambda times: read

    def _by(self, cell: Read, kind: Type) -> Callable[[Mapping[str, int]], Reader]:
        plain = reader_of(kind, self.feeding.usual_dates)

        def read(text: str) -> Reading:
            said = cell.by(text)
            return (None, None) if said is None else plain(said)

        return lambda times: read

    def _said(self, column: Column, words: Words) -> str:
        """What the source said: its own `_raw` column, where the layout has one (the standard's own), else the text read."""
        raw = self.part.columns.get(column.raw_name)
        return self._text(raw, Text) if raw else f"{words.table}.said"

    def _system_values(self, fill: Fill) -> dict[str, Value]:
        place = f"{sql.literal(self.part.grid.name + ':')} || cells.row_no"
        values = {
            "feed_id": Value(_on_every_row(self.feeding.feed_id)),
            "source_system": Value(_on_every_row(self.feeding.source)),
            "source_record_id": Value(place),
        }
        given = ("source_system", "source_record_id", "recorded_date") if self.feeding.source == "standard" else ()
        for name in given:
            if name in self.part.columns and name not in fill.table.columns:
                said = self._value(SYSTEM_COLUMNS[name], name)
                usual = values[name].sql if name in values else "NULL"
                values[name] = replace(said, sql=f"coalesce({said.sql}, {usual})")
        if fill.recorded in self.part.columns:
            values["recorded_date"] = self._value(SYSTEM_COLUMNS["recorded_date"], fill.recorded)
        return values


def _on_every_row(text: str) -> str:
    """SQL for a text that is the same on every row: as the one word of an ENUM it is written by its number, not its letters."""
    return f"CAST({sql.literal(text)} AS ENUM({sql.literal(text)}))"


def _stored(table: Table, values: Mapping[str, Value], system: Mapping[str, Value]) -> dict[str, Value]:
    """SQL for every stored column of the table that is given, made of another, or the same on every row; no others."""
    stored = {}
    for name, column in stored_columns(table).items():
        if name in table.columns:
            value = _own_column(table, column, values)
        elif name in system:
            value = system[name]
        else:
            coded = values.get(name.removesuffix("_raw"))
            value = Value(coded.said, words=coded.words) if coded else None
        if value:
            stored[name] = value
    return stored


def _own_column(table: Table, column: Column, values: Mapping[str, Value]) -> Value | None:
    value = values.get(column.column_name)
    if column.coded and column.required:
        known = value or Value("CAST(NULL AS VARCHAR)")
        return replace(known, sql=f"coalesce({known.sql}, {sql.literal(NOT_RECORDED)})")
    coded = _code_beside(table, column, values)
    if not coded:
        return value
    # not coalesce: it would write out the words of every row, and not only of those without a text of their own
    said = f"CASE WHEN {value.sql} IS NULL THEN {coded.said} ELSE {value.sql} END" if value else coded.said
    return Value(said, words=(*(value.words if value else ()), *coded.words))


def _code_beside(table: Table, column: Column, values: Mapping[str, Value]) -> Value | None:
    """A declared `x_raw` is filled with what the source said for `x_code` where it has no text of its own."""
    code = table.columns.get(column.column_name.removesuffix("_raw") + "_code")
    if column.type is not Text or not column.column_name.endswith("_raw") or code is None:
        return None
    return values.get(code.column_name)


def _counts_once(fill: Fill) -> bool:
    """True where two rows that are alike in every cell are one, told twice: they have no number of their own to tell it."""
    return not fill.table.equal_rows and any(isinstance(cell, MadeKey) for cell in fill.cells.values())


def _hashed(cell: MadeKey, about: Sequence[Value], source: str, nth: str) -> Value:
    """What a made key is made of, such as the person and the date, and the how-manieth such row of the part, hashed."""
    parts = [value.sql for value in about]
    nth = nth.format(f"PARTITION BY {', '.join(parts)}")
    text = " || '|' || ".join([sql.literal(f"{source}|{cell.label}"), *(f"CAST({p} AS VARCHAR)" for p in parts), nth])
    missing = " OR ".join(f"{part} IS NULL" for part in parts)
    key = f"{sql.literal(cell.label[:1])} || left(sha256({text}), 24)"
    return Value(
        f"CASE WHEN {missing} THEN NULL ELSE {key} END", words=tuple(w for value in about for w in value.words)
    )


def _column_from(fill: Fill, heading: str) -> str:
    """The column of the fill that holds the heading's typed value."""
    for column, cell in fill.cells.items():
        if heading_of(cell) == heading:
            return column.column_name
    raise TypeError(f"{fill.table}: a made key uses {heading!r}, which fills no column")


def _fixed(column: Column, text: str) -> object:
    value, problem = reader_of(column.type, Dates(date.max))(text)
    if problem:
        raise TypeError(f"{column}: {text!r} is not a value of its type")
    return value
