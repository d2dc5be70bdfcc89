"""From the matched grids of a file to rows of the standard: typed, coded, and every row that cannot be placed set aside.

All of it is SQL over whole columns, generated from the declarations of the source and of the standard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from earlyhelp.ingest.cells import SHAPE, Dictionary, reader_of, text_value, trimmed, unclear_order
from earlyhelp.ingest.recognise import Matched
from earlyhelp.ingest.values import YEARS_AHEAD, DateOrder
from earlyhelp.sources import Cell, Fill, Fixed, MadeKey, PersonOf, Read
from earlyhelp.standard import NOT_RECORDED, SYSTEM_COLUMNS, Column, Date, Key, Table, Text


@dataclass(frozen=True)
class Reading:
    """What is fixed while one file is read: which feed it is, on which day, and how ids are turned into pseudonyms."""

    feed_id: str
    source: str
    received_on: date
    pseudonym: Callable[[str], str]
    order: DateOrder = DateOrder.DAY_FIRST

    @property
    def latest(self) -> date:
        """The latest date that is taken for one."""
        return date(self.received_on.year + YEARS_AHEAD, 12, 31)


@dataclass(frozen=True)
class Filled:
    """Rows of one standard table made from one part; `relation` holds the standard's columns, `row_no` and `problems`.

    `own`: the rows are the part's own, by which it is accounted for. `given`: the columns the source fills.
    """

    table: Table
    relation: str
    own: bool
    given: tuple[str, ...]


@dataclass(frozen=True)
class Value:
    """SQL for one column: its value, what the source said (coded columns), and the rule it broke (NULL when none)."""

    sql: str
    raw: str | None = None
    problem: str | None = None
    cell: str | None = None


class PartConversion:
    """The conversion of one part: cells, then one relation a fill."""

    def __init__(self, con: duckdb.DuckDBPyConnection, matched: Matched, index: int, reading: Reading) -> None:
        self.con = con
        self.matched = matched
        self.index = index
        self.reading = reading
        self.cells = f"cells_{index}"
        self.words = Dictionary(con)
        self.joins: dict[str, str] = {}

    def make_cells(self) -> None:
        """The used columns, trimmed, without the headings and without rows that hold nothing at all."""
        grid = self.matched.grid
        everything = ", ".join(trimmed(f"c{i}") for i in range(grid.width)) or "NULL"
        used = [f"{trimmed(raw)} AS {self.cell_of(name)}" for name, raw in self.matched.columns.items()]
        self.con.execute(
            f"CREATE VIEW {self.cells} AS SELECT {', '.join(['row_no', *used])} FROM {grid.relation} "
            f"WHERE row_no > {self.matched.heading_row} AND coalesce({everything}) IS NOT NULL"
        )

    def cell_of(self, heading: str) -> str:
        """Name of the column of cells that holds a heading's text."""
        return f"h_{self.matched.columns[heading]}"

    def shape_of(self, heading: str | None) -> str:
        """SQL for the shape of what stands under a heading; NULL for what the source does not hold."""
        if heading is None or heading not in self.matched.columns:
            return "NULL"
        return SHAPE.format(cell=f"cells.{self.cell_of(heading)}")

    def fill(self, number: int, fill: Fill) -> Filled | None:
        """The rows one fill makes; None where the grid has none of the columns it needs."""
        if fill.when and fill.when not in self.matched.columns:
            return None
        relation = f"fill_{self.index}_{number}"
        self.joins = {}
        values = {column: self.value(column, cell) for column, cell in fill.cells.items() if self._present(cell)}
        system = self._system_values()
        selected = [f"{value.sql} AS {name}" for name, value in system.items() if name not in fill.table.columns]
        for column in fill.table.columns.values():
            selected += self._column_sql(fill, column, values)
        problems = [f"'{column.column_name}:' || {value.problem}" for column, value in values.items() if value.problem]
        joined = " ".join(f"LEFT JOIN {words} AS {alias} ON {on}" for alias, (words, on) in self._joined().items())
        where = f"WHERE {self.cell_of(fill.when)} IS NOT NULL" if fill.when else ""
        self.con.execute(
            f"CREATE TABLE {relation} AS SELECT cells.row_no, {', '.join(selected)}, "
            f"nullif(concat_ws(';', {', '.join(problems) or 'NULL'}), '') AS problems "
            f"FROM {self.cells} AS cells {joined} {where}"
        )
        self._make_keys(relation, fill)
        return Filled(fill.table, relation, number == 0, tuple(column.column_name for column in values))

    def value(self, column: Column, cell: Cell) -> Value:
        """SQL for one column of the standard from one cell of the declaration."""
        if isinstance(cell, Fixed):
            return Value(_literal(_fixed(column, cell.value)))
        if isinstance(cell, MadeKey):
            return Value("CAST(NULL AS VARCHAR)")
        if isinstance(cell, PersonOf):
            return self._looked_up(cell.heading, column, "person", self._pseudonym)
        heading = cell.heading if isinstance(cell, Read) else cell
        if isinstance(cell, Read):
            return self._read_by(heading, column, cell)
        if column.type in (Key, Text):
            text = text_value(f"cells.{self.cell_of(heading)}")
            return Value(text, cell=self.cell_of(heading))
        unclear = frozenset[str]()
        if column.type is Date:
            unclear = unclear_order(self.con, self.cells, self.cell_of(heading), self.reading.order)
        return self._looked_up(heading, column, _name_of(column), self._reader(column, unclear))

    def _reader(self, column: Column, unclear: frozenset[str] = frozenset()) -> Callable[[str], tuple[object, str | None]]:
        return reader_of(column.type, self.reading.order, self.reading.latest, unclear)

    def _looked_up(self, heading: str, column: Column, name: str, read: Callable[[str], tuple[object, str | None]]) -> Value:
        cell = self.cell_of(heading)
        kind = Text if name == "person" else column.type
        words = self.words.of(self.cells, cell, kind, name, read)
        self.joins[words] = cell
        given = self._given_raw(column) or f"cells.{cell}"
        return Value(f"{words}.value", raw=given if column.coded else None, problem=f"{words}.problem", cell=cell)

    def _read_by(self, heading: str, column: Column, cell: Read) -> Value:
        if column.type in (Key, Text):
            return self._looked_up(heading, column, f"by {column}", lambda text: (cell.by(text), None))
        plain = self._reader(column)

        def read(text: str) -> tuple[object, str | None]:
            said = cell.by(text)
            return (None, None) if said is None else plain(said)

        return self._looked_up(heading, column, f"by {column}", read)

    def _given_raw(self, column: Column) -> str | None:
        """The source's own `_raw` column of a coded column, where the layout has one (the standard's own layout)."""
        if not {column.raw_name, column.column_name} <= set(self.matched.columns):
            return None
        return f"cells.{self.cell_of(column.raw_name)}"

    def _pseudonym(self, text: str) -> tuple[str, None]:
        return self.reading.pseudonym(text), None

    def _joined(self) -> dict[str, tuple[str, str]]:
        return {words: (words, f"{words}.cell = cells.{cell}") for words, cell in self.joins.items()}

    def _present(self, cell: Cell) -> bool:
        heading = cell if isinstance(cell, str) else getattr(cell, "heading", None)
        return heading is None or heading in self.matched.columns

    def _system_values(self) -> dict[str, Value]:
        values = {
            "feed_id": Value(_literal(self.reading.feed_id)),
            "source_system": Value(_literal(self.reading.source)),
            "source_record_id": Value(f"'{_quoted(self.matched.grid.name)}:' || cells.row_no"),
            "recorded_date": Value("CAST(NULL AS DATE)"),
        }
        if self.reading.source != "standard":
            return values
        for name in ("source_system", "source_record_id", "recorded_date"):
            if name in self.matched.columns:
                given = self.value(SYSTEM_COLUMNS[name], name)
                values[name] = Value(f"coalesce({given.sql}, {values[name].sql})")
        return values

    def _column_sql(self, fill: Fill, column: Column, values: Mapping[Column, Value]) -> list[str]:
        value = values.get(column) or self._from_code(column, fill.table, values) or Value(f"CAST(NULL AS {column.type.duckdb})")
        sql = value.sql
        if column.coded and column.required:
            sql = f"coalesce({sql}, '{NOT_RECORDED}')"
        if column.type is Text and column.column_name.endswith("_raw") and column in values:
            coded = self._from_code(column, fill.table, values)
            sql = f"coalesce({sql}, {coded.sql})" if coded else sql
        selected = [f'{sql} AS "{column.column_name}"']
        if column.coded:
            selected.append(f'{value.raw or "CAST(NULL AS VARCHAR)"} AS "{column.raw_name}"')
        return selected

    def _from_code(self, column: Column, table: Table, values: Mapping[Column, Value]) -> Value | None:
        """A declared `x_raw` is filled with what the source said for `x_code` where it has no column of its own."""
        coded = table.columns.get(column.column_name.removesuffix("_raw") + "_code")
        if not column.column_name.endswith("_raw") or coded is None or coded not in values:
            return None
        raw = values[coded].raw
        return Value(raw) if raw else None

    def _make_keys(self, relation: str, fill: Fill) -> None:
        """Keys for rows that have none: the person, the date and the how-manieth such row of the part, hashed."""
        for column, cell in fill.cells.items():
            if not isinstance(cell, MadeKey):
                continue
            about = [f'"{self._column_from(fill, heading)}"' for heading in cell.headings]
            missing = " OR ".join(f"{name} IS NULL" for name in about)
            text = " || '|' || ".join([*(f"CAST({name} AS VARCHAR)" for name in about), "nth"])
            key = f"'{cell.label[:1]}' || left(sha256('{self.reading.source}|{cell.label}|' || {text}), 24)"
            self.con.execute(
                f"CREATE OR REPLACE TABLE {relation} AS SELECT * EXCLUDE (nth) "
                f'REPLACE (CASE WHEN {missing} THEN NULL ELSE {key} END AS "{column.column_name}") '
                f"FROM (SELECT *, row_number() OVER (PARTITION BY {', '.join(about)} ORDER BY row_no) AS nth FROM {relation})"
            )

    @staticmethod
    def _column_from(fill: Fill, heading: str) -> str:
        """The column of the fill that holds the heading's typed value."""
        for column, cell in fill.cells.items():
            if cell == heading or (isinstance(cell, PersonOf) and cell.heading == heading):
                return column.column_name
        raise TypeError(f"{fill.table}: a made key uses {heading!r}, which fills no column")


def expand_problems(con: duckdb.DuckDBPyConnection, filled: Filled, conversion: PartConversion, fill: Fill) -> None:
    """Write one row into `issues` for every problem of every row of a fill, with the shape of the value found."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE found AS SELECT row_no, split_part(p, ':', 1) AS col, split_part(p, ':', 2) AS rule "
        f"FROM (SELECT row_no, unnest(string_split(problems, ';')) AS p FROM {filled.relation} WHERE problems IS NOT NULL)"
    )
    for (name,) in con.execute("SELECT DISTINCT col FROM found").fetchall():
        column = filled.table.columns[name]
        cell = fill.cells[column]
        heading = cell if isinstance(cell, str) else cell.heading if isinstance(cell, Read | PersonOf) else None
        shape = conversion.shape_of(heading)
        con.execute(
            f"INSERT INTO issues SELECT ?, found.row_no, ?, ?, rule, {shape} FROM found "
            f"JOIN {conversion.cells} AS cells USING (row_no) WHERE col = ?",
            [conversion.matched.grid.name, filled.table.table_name, heading or name, name],
        )


def _fixed(column: Column, text: str) -> object:
    if column.type in (Key, Text):
        return text
    value, problem = reader_of(column.type, DateOrder.DAY_FIRST, date.max)(text)
    if problem:
        raise TypeError(f"{column}: {text!r} is not a value of its type")
    return value


def _name_of(column: Column) -> str:
    coded = column.coded
    return f"{column.type.name}:{coded.codes.name}" if coded else column.type.name


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, bool | int | float) else f"'{_quoted(str(value))}'"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
