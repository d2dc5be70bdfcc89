"""From true records to the cells of a part: the declaration that is read by `ingest`, followed the other way.

Every heading shows what its first fill reads there: the text of a date, a code in the source's own wording, the system's
own id of a person. Further fills of a row are joined: facts of the person, and other events of the same person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb
import pyarrow as pa

from earlyhelp.sources.layout import Cell, Fill, Fixed, Heading, Part, PersonOf, Read, Wording, heading_of
from earlyhelp.sources.writing.known import event_date, known
from earlyhelp.sources.writing.service_columns import PERSON, RECORD, WITHIN
from earlyhelp.standard import (
    NOT_RECORDED,
    SYSTEM_COLUMNS,
    TABLES,
    Boolean,
    CodeType,
    Column,
    Date,
    DateTime,
    Table,
    person,
    sql,
    stored_columns,
)


@dataclass(frozen=True)
class Style:
    """How a source writes dates (as for strftime), yes and no, and a code that was not recorded (blank, unless said)."""

    dates: str = "%Y-%m-%d"
    yes: str = "true"
    no: str = "false"
    not_recorded: str = ""


ISO_STYLE = Style()


@dataclass(frozen=True)
class Rows:
    """Which rows of a part's own table it shows, and what stands under the headings that nobody reads.

    SQL here may name `own` (the row), `about` (its person), `fill1`, `fill2` ... (the part's further fills), `day.as_at`,
    `day.half_year_before`, `day.year_before`, `day.year_start` (1 April), and `known_<table>` for any standard table.
    `where`: the rows shown. `latest`: one row a person, the latest. `source`: a relation in place of the own table.
    `worked_out`: SQL for the text of a heading, in place of what a fill says. `repeated`: the heading whose text a heading
    shows again. `within`: the part in whose rows these are nested, by person and date.
    """

    where: str = ""
    latest: bool = False
    source: str = ""
    worked_out: Mapping[str, str] = field(default_factory=dict)
    repeated: Mapping[str, str] = field(default_factory=dict)
    within: Part | None = None


def lay_out(
    con: duckdb.DuckDBPyConnection,
    part: Part,
    *,
    where: str = "",
    rows: Rows | None = None,
    style: Style | None = None,
    as_at: date | None = None,
) -> pa.Table:
    """The cells of a part: a text column for each heading in the published order, blanks empty, and columns of service.

    `con` holds the true records as tables or views named as in the standard; those that are not there are empty. One row
    for each row of the part's first table that meets its fixed cells, whose person is known (`person`) where it shows
    one, and that meets `where` and `rows`. With `as_at`, as known on that day, which also decides between older and newer
    wordings; without it the newest. Rows stand by date and key.
    """
    asked = rows or Rows()
    if where:
        asked = replace(asked, where=f"({asked.where}) AND ({where})" if asked.where else where)
    query = _Query(con, part, asked, style or ISO_STYLE, as_at)
    return con.execute(query.sql()).to_arrow_table()


def reporting_year(as_at: date | None) -> int:
    """The calendar year in which the reporting year of a day ends, on 31 March; without a day, later than any."""
    return as_at.year + (as_at.month > 3) if as_at else 9999


@dataclass(frozen=True)
class _Query:
    """One part's cells as one statement of SQL, made from the declaration."""

    con: duckdb.DuckDBPyConnection
    part: Part
    rows: Rows
    style: Style
    as_at: date | None

    @property
    def own(self) -> Fill:
        return self.part.fills[0]

    def sql(self) -> str:
        columns = [f"{self._text(heading)} AS {sql.name(self.called(heading))}" for heading in self.part.headings]
        shown = self.own.cells
        key = (
            "own.person_key" if any(column.column_name == "person_key" for column in shown) else "CAST(NULL AS VARCHAR)"
        )
        columns += [f"{key} AS {PERSON}", f"own.{RECORD}"]
        if self.rows.within:
            columns.append(f"outer_record.{RECORD} AS {WITHIN}")
        began = event_date(self.part.table)
        dated = f"own.{began.column_name}, " if began else ""
        return (
            f"WITH {', '.join(self._relations())} SELECT {', '.join(columns)} FROM {' '.join(self._joined())} "
            f"WHERE {self.rows.where or 'TRUE'}{self._latest()} ORDER BY {dated}own.{RECORD}"
        )

    def called(self, heading: Heading) -> str:
        return heading.called(reporting_year(self.as_at))

    def _latest(self) -> str:
        began = event_date(self.part.table)
        if not (self.rows.latest and began):
            return ""
        order = f"own.{began.column_name} DESC, own.{RECORD} DESC"
        return f" QUALIFY row_number() OVER (PARTITION BY own.person_key ORDER BY {order}) = 1"

    def _relations(self) -> Iterator[str]:
        """The common tables of the statement: the day, the records as known, the own rows, one relation a further fill."""
        day = f"DATE '{self.as_at.isoformat()}'" if self.as_at else "CAST(NULL AS DATE)"
        start = f"DATE '{reporting_year(self.as_at) - 1}-04-01'" if self.as_at else day
        yield (
            f"day AS (SELECT {day} AS as_at, {day} - INTERVAL 6 MONTH AS half_year_before, "
            f"{day} - INTERVAL 1 YEAR AS year_before, {start} AS year_start)"
        )
        for name, table in TABLES.items():
            if self._mentions(name):
                yield f"known_{name} AS NOT MATERIALIZED ({known(self.con, table, self.as_at)})"
        yield f"own AS ({_rows_of(self.own, self.rows.source)})"
        for number, fill in self._further():
            yield f"fill{number} AS ({self._one_a_row(fill)})"
        if self._shows_person and self.part.table is not person:
            yield f"about AS ({self._one_a_person(self._person_fill())})"
        if self.rows.within:
            yield f"outer_record AS ({_first_of_its_day(self.rows.within.fills[0])})"

    def _mentions(self, name: str) -> bool:
        fills = (*self.part.fills, *(self.rows.within.fills if self.rows.within else ()))
        said = " ".join((self.rows.where, self.rows.source, *self.rows.worked_out.values()))
        return name == person.table_name or any(f.table.table_name == name for f in fills) or f"known_{name}" in said

    def _joined(self) -> Iterator[str]:
        yield "own CROSS JOIN day"
        if self._shows_person and self.part.table is not person:
            yield "JOIN about ON about.person_key = own.person_key"
        for number, fill in self._further():
            by = "own_record" if self._is_event(fill) else "person_key"
            yield f"LEFT JOIN fill{number} ON fill{number}.{by} = own.{RECORD if by == 'own_record' else by}"
        if self.rows.within:
            inner, outer = event_date(self.part.table), event_date(self.rows.within.table)
            assert inner and outer
            yield (
                "ASOF LEFT JOIN outer_record ON outer_record.person_key = own.person_key "
                f"AND own.{inner.column_name} >= outer_record.{outer.column_name}"
            )

    @property
    def _shows_person(self) -> bool:
        return any(isinstance(cell, PersonOf) for cell in self.own.cells.values())

    def _person_fill(self) -> Fill:
        return next((fill for fill in self.part.fills if fill.table is person), Fill(person, {}))

    def _further(self) -> Iterator[tuple[int, Fill]]:
        """The fills after the first, but for the person's, that tell something which the first does not.

        Two rows of one table that has no date are never written as one.
        """
        own = self.own.headings
        for number, fill in enumerate(self.part.fills):
            adds = fill.headings - own or _same_columns(fill, self.own)
            undated = self._is_event(fill) and event_date(fill.table) is None
            if number and fill.table is not person and adds and not undated:
                yield number, fill

    def _is_event(self, fill: Fill) -> bool:
        return fill.table is self.part.table

    def _one_a_row(self, fill: Fill) -> str:
        return self._nearest_event(fill) if self._is_event(fill) else self._one_a_person(fill)

    def _one_a_person(self, fill: Fill) -> str:
        """The rows of a table about persons, one a person: what holds now before what held, then by key."""
        columns = fill.table.columns
        order = [f"{name} DESC NULLS {nulls}" for name, nulls in _CURRENT_FIRST if name in columns]
        return (
            f"{_rows_of(fill)} QUALIFY row_number() OVER "
            f"(PARTITION BY person_key ORDER BY {', '.join([*order, RECORD])}) = 1"
        )

    def _nearest_event(self, fill: Fill) -> str:
        """Each other event with the own row it goes with: the latest of the same person on the day or some days before it.

        Of several on one day the first goes with the first. An own row shows one other event, the earliest.
        """
        began = event_date(fill.table)
        assert began
        day = began.column_name
        nth = f"least(999, row_number() OVER (PARTITION BY person_key, {day} ORDER BY {RECORD}))"
        moment = f"datediff('day', DATE '1900-01-01', {day}) * 1000 + {nth}"
        return (
            f"SELECT other.*, mine.{RECORD} AS own_record FROM (SELECT *, {moment} AS moment FROM ({_rows_of(fill)})) AS other "
            f"ASOF JOIN (SELECT person_key, {day}, {RECORD}, {moment} AS moment FROM ({_rows_of(self.own)})) AS mine "
            "ON mine.person_key = other.person_key AND other.moment >= mine.moment "
            f"WHERE other.{day} <= mine.{day} + {fill.within_days} "
            f"QUALIFY row_number() OVER (PARTITION BY mine.{RECORD} ORDER BY other.moment, other.{RECORD}) = 1"
        )

    def _text(self, heading: Heading) -> str:
        """SQL for the text under a heading: worked out, or what the fills that read it say, the first that says something."""
        if worked_out := self.rows.worked_out.get(heading.name):
            return f"CAST({worked_out} AS VARCHAR)"
        if again := self.rows.repeated.get(heading.name):
            return self._text(next(each for each in self.part.headings if each.name == again))
        wording = heading.wording(reporting_year(self.as_at))
        said = [
            written(f"{alias}.{column.column_name}", column, cell, wording, self.style)
            for alias, column, cell in self._readings(heading)
        ]
        recorded = SYSTEM_COLUMNS["recorded_date"]
        entered = (alias for alias, fill in self._aliases() if fill.recorded == heading.name)
        said += [written(f"{a}.{recorded.column_name}", recorded, heading.name, wording, self.style) for a in entered]
        if not said and heading.name in _stored_names(self.part.table):
            said = [f"CAST(own.{sql.name(heading.name)} AS VARCHAR)"]
        return f"coalesce({', '.join(said)})" if said else "CAST(NULL AS VARCHAR)"

    def _readings(self, heading: Heading) -> Iterator[tuple[str, Column, Cell]]:
        """What a heading is read into: all columns of the first fill that reads it, and the same columns of later fills."""
        first: set[Column] = set()
        for alias, fill in self._aliases():
            columns = {column: cell for column, cell in fill.cells.items() if heading_of(cell) == heading.name}
            for column, cell in columns.items():
                if isinstance(cell, PersonOf):
                    about = "own" if self.part.table is person else "about"
                    yield about, person.source_person_id, cell
                elif not first or column in first:
                    yield alias, column, cell
            first = first or set(columns)

    def _aliases(self) -> Iterator[tuple[str, Fill]]:
        yield "own", self.own
        further = dict(self._further())
        for number, fill in enumerate(self.part.fills[1:], start=1):
            if fill.table is person and self._shows_person:
                yield "about", fill
            elif number in further:
                yield f"fill{number}", fill


_CURRENT_FIRST = (("valid_to", "FIRST"), ("valid_from", "LAST"), ("source_person_id", "LAST"))


def written(value: str, column: Column, cell: Cell, wording: Wording, style: Style) -> str:
    """SQL for the text that a source writes for a value of a column."""
    if isinstance(cell, PersonOf):
        return value
    kind = column.type
    if kind is Date:
        return f"strftime({value}, {sql.literal(style.dates)})"
    if kind is DateTime:
        return f"CAST({value} AS VARCHAR)"
    if kind is Boolean:
        said = cell.written if isinstance(cell, Read) else wording.texts
        words = {"yes": style.yes, "no": style.no} | dict(said)
        return (
            f"CASE WHEN {value} THEN {sql.literal(words['yes'])} WHEN NOT {value} THEN {sql.literal(words['no'])} END"
        )
    if isinstance(kind, CodeType):
        return _coded(value, cell, wording, style)
    return f"CAST({value} AS VARCHAR)"


def _coded(value: str, cell: Cell, wording: Wording, style: Style) -> str:
    texts = dict(cell.written) if isinstance(cell, Read) else dict(wording.texts)
    blank = sql.literal(style.not_recorded) if style.not_recorded else "NULL"
    cases = {NOT_RECORDED: blank} | {code: sql.literal(text) for code, text in texts.items()}
    when = " ".join(f"WHEN {sql.literal(code)} THEN {text}" for code, text in cases.items())
    others = f"CASE WHEN {value} IS NOT NULL THEN {sql.literal(wording.others)} END" if wording.others else value
    return f"CASE {value} {when} ELSE {others} END"


def _rows_of(fill: Fill, source: str = "") -> str:
    """The rows of a fill's table that meet its fixed cells, each with the text of its key."""
    key = ", ".join(f"CAST({column.column_name} AS VARCHAR)" for column in fill.table.key)
    fixed = [_is_fixed(column, cell.value) for column, cell in fill.cells.items() if isinstance(cell, Fixed)]
    where = f" WHERE {' AND '.join(fixed)}" if fixed else ""
    return f"SELECT *, concat_ws('|', {key}) AS {RECORD} FROM {source or f'known_{fill.table.table_name}'}{where}"


def _is_fixed(column: Column, value: str) -> str:
    """SQL that is true for the rows that show the value; a yes or no that a system does not hold is not against it."""
    if column.type is Boolean:
        return f"{column.column_name} IS NOT {'FALSE' if value == 'yes' else 'TRUE'}"
    return f"{column.column_name} = {sql.literal(value)}"


def _first_of_its_day(fill: Fill) -> str:
    began = event_date(fill.table)
    assert began
    return (
        f"{_rows_of(fill)} QUALIFY row_number() OVER "
        f"(PARTITION BY person_key, {began.column_name} ORDER BY {RECORD}) = 1"
    )


def _same_columns(fill: Fill, own: Fill) -> bool:
    return any(column in own.cells and heading_of(cell) for column, cell in fill.cells.items())


def _stored_names(table: Table) -> frozenset[str]:
    return frozenset(stored_columns(table))
