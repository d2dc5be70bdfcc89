"""One file on its way into the store: every part converted, every row accounted for, rows written as Parquet.

For every part: source rows read = rows accepted + rows in quarantine. The count of rows read comes from the reader's grid,
the other two from what was written; a feed whose account does not balance is not staged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from earlyhelp.errors import EarlyHelpError
from earlyhelp.ingest import erased, issues, quarantine, totals
from earlyhelp.ingest.convert import Conversion, Filling, Value
from earlyhelp.ingest.feeding import Feeding
from earlyhelp.ingest.joined import with_joined
from earlyhelp.ingest.kinds import of_no_known_kind, with_own_numbers
from earlyhelp.ingest.last_day import LATE_SHARE, last_day
from earlyhelp.ingest.profile import kept_to_profile
from earlyhelp.ingest.recognise import Matched
from earlyhelp.standard import Date, person, sql, stored_columns
from earlyhelp.store.erasure import Marks
from earlyhelp.store.parquet import AS_PARQUET
from earlyhelp.store.row_ids import before_first_row


@dataclass(frozen=True)
class Account:
    """What became of the rows of one part."""

    part: Matched
    read: int
    accepted: int
    kept: int


@dataclass(frozen=True)
class Staged:
    """What came of a file: the account of each part, the rows that were written, when they were drawn and what they span.

    `erased`: rows kept out because they are about somebody who was erased from the workspace.
    """

    accounts: tuple[Account, ...]
    fillings: tuple[Filling, ...]
    extract_date: date | None
    extract_date_inferred: bool
    events: tuple[date, date] | None
    erased: int = 0


class Staging:
    """The parts of one file, converted into `folder` by way of `con`; lives for the time of `receive` only."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, feeding: Feeding, scratch: Path, folder: Path, marks: Marks
    ) -> None:
        self.con = con
        self.marks = marks
        self.kept_out = 0
        self.feeding = feeding
        self.scratch = scratch
        self.rows = folder / "rows"
        self.rows.mkdir()
        quarantine.make_table(con)
        issues.make_table(con)
        erased.make_table(con, marks)

    def stage(self, parts: tuple[Matched, ...], stated: date | None, named: date | None = None) -> Staged:
        """Convert every part and write its rows. People come last: whether a child is born yet depends on the events.

        `stated`: the day the extract was made, as far as anybody said. Else it is the day in the file's name (`named`), when
        almost nothing happened after it: one date with day and month swapped must not carry the whole extract into the
        future. Else it is the day of the latest event, but for days long after all others.
        """
        parts = tuple(with_joined(self.con, kept_to_profile(self.con, part, self.scratch)) for part in parts)
        parts = tuple(with_own_numbers(self.con, part) for part in parts)
        conversions = [
            Conversion(self.con, part, index, self.feeding, self.scratch) for index, part in enumerate(parts)
        ]
        broken = [quarantine.keep_broken(self.con, part) for part in parts]
        fillings = [filling for each in conversions for filling in self._fillings(each)]
        happened = [filling for filling in fillings if filling.table is not person]
        for filling in happened:
            self._write(filling)
        events = self._span(happened)
        if stated is None and named and self._happened_by(named, happened):
            stated = named
        extract_date = stated or (self._last_day(happened) if events else None)
        people = [self._with_births(filling, extract_date) for filling in fillings if filling.table is person]
        for filling in people:
            self._write(filling)
        staged = sorted([*happened, *people], key=lambda filling: filling.relation)
        for filling in staged:
            issues.flag_rows(self.con, filling, stated)
            if filling.own:
                issues.flag_repeated(self.con, filling)
        for filling in staged:
            erased.hide_rows_of(self.con, filling, self.marks, self.feeding.source)
        erased.hide_contents(self.con, self.feeding, self.marks)
        accounts = tuple(self._account(each, broken[each.index], staged) for each in conversions)
        kept_out = self.kept_out + self.count(f"quarantine WHERE rule = {sql.literal(erased.RULE)}")
        if stated is None and events and extract_date:
            events = (events[0], extract_date)
        return Staged(accounts, tuple(staged), extract_date, stated is None, events, kept_out)

    def _fillings(self, conversion: Conversion) -> list[Filling]:
        """What a part fills, its doubtful values noted; nothing where a needed column is missing."""
        if conversion.part.missing_needed:
            quarantine.keep_all(self.con, conversion)
            return []
        if of_no_known_kind(conversion.part.part):
            quarantine.keep_unknown(self.con, conversion)
            return []
        fillings = conversion.fillings()
        issues.note_spreadsheet_errors(self.con, conversion)
        for filling in fillings:
            issues.note_unread_values(self.con, filling)
        totals.set_aside(self.con, fillings[0])
        quarantine.withhold(self.con, fillings[0])
        erased.withhold(self.con, fillings[0], self.marks, self.feeding.source)
        for filling in fillings[1:]:
            issues.note_left_out(self.con, filling)
        return fillings

    def _write(self, filling: Filling) -> None:
        """Write the rows that can be placed, and make them known as the filling's relation, which has every column."""
        number = (filling.part_index, filling.number)
        file = self.rows / f"{filling.table.table_name}.{number[0]:02d}.{number[1]}.parquet"
        names = [column.column_name for column in filling.table.withholding]
        needed = " AND ".join(f"{sql.name(name)} IS NOT NULL" if name in filling.columns else "FALSE" for name in names)
        part = filling.part.grid.name
        withheld = f"SELECT row_no FROM quarantine WHERE part = {sql.literal(part)}"
        apart = quarantine.set_aside(self.con, part) if filling.own else withheld
        kept = f"row_no NOT IN ({apart})" if apart else "TRUE"
        rows, gone = f"FROM ({filling.select(filling.columns)})", self._about_erased(filling, f"{needed} AND {kept}")
        self.con.execute(
            f"COPY (SELECT {before_first_row(self.feeding.number, *number)} + row_no AS row_id, * EXCLUDE (row_no), row_no "
            f"{rows} WHERE {needed} AND {kept} AND NOT {gone}) TO {sql.literal(file)} {AS_PARQUET}"
        )
        empty = "".join(
            f", CAST(NULL AS {column.type.duckdb}) AS {sql.name(name)}"
            for name, column in stored_columns(filling.table).items()
            if name not in filling.columns
        )
        self.con.execute(f"CREATE VIEW {filling.relation} AS SELECT *{empty} FROM read_parquet({sql.literal(file)})")

    def _about_erased(self, filling: Filling, written: str) -> str:
        """SQL that is true for rows about somebody erased; those of a further fill are counted here, as nothing else does."""
        gone = erased.about_erased(filling, self.marks, self.feeding.source)
        if gone != "FALSE" and not filling.own:
            self.kept_out += self.count(f"({filling.select(filling.columns)}) WHERE {written} AND {gone}")
        return f"({gone})"

    def _with_births(self, filling: Filling, extract_date: date | None) -> Filling:
        """A date of birth after the extract was made is that of an unborn child: it becomes the expected one."""
        if extract_date is None or "dob" not in filling.given:
            return filling
        issues.note_expected_births(self.con, filling, extract_date)
        born, expected = filling.columns["dob"], filling.columns.get("expected_dob", Value("NULL"))
        ahead = f"{born.sql} > {sql.literal(extract_date)}"
        moved = {
            "dob": replace(born, sql=f"CASE WHEN {ahead} THEN NULL ELSE {born.sql} END"),
            "expected_dob": Value(
                f"coalesce({expected.sql}, CASE WHEN {ahead} THEN {born.sql} END)", words=(*expected.words, *born.words)
            ),
        }
        return replace(filling, columns={**filling.columns, **moved})

    def _span(self, fillings: list[Filling]) -> tuple[date, date] | None:
        """The first and the last day on which anything in the file happened, up to the day of loading."""
        if not (days := _days(fillings)):
            return None
        latest = sql.literal(self.feeding.received_on)
        found = self.con.execute(f"SELECT min(day), max(day) FROM ({days}) WHERE day <= {latest}").fetchall()
        first, last = found[0]
        return (first, last) if first else None

    def _last_day(self, fillings: list[Filling]) -> date:
        """The day that the events of the file tell of when it was drawn; there is one up to the day of loading."""
        latest = sql.literal(self.feeding.received_on)
        counted = f"SELECT day, count(*) FROM ({_days(fillings)}) WHERE day <= {latest} GROUP BY day"
        return last_day(dict(self.con.execute(counted).fetchall()))

    def _happened_by(self, named: date, fillings: list[Filling]) -> bool:
        """True when nearly all that happened in the file happened up to that day."""
        if not (days := _days(fillings)):
            return True
        share = f"SELECT avg(CAST(day > {sql.literal(named)} AS INTEGER)) FROM ({days}) WHERE day IS NOT NULL"
        return (self.con.execute(share).fetchall()[0][0] or 0.0) <= LATE_SHARE

    def _account(self, conversion: Conversion, broken: int, staged: list[Filling]) -> Account:
        part = conversion.part
        own = next((filling for filling in staged if filling.own and filling.part is part), None)
        read = self.count(conversion.cells) + broken
        accepted = self.count(own.relation) if own else 0
        kept = quarantine.count_kept(self.con, part.grid.name)
        if read != accepted + kept:
            raise EarlyHelpError(
                f"The account does not balance: {read} rows read, {accepted} accepted, {kept} in quarantine.",
                where=f"{self.feeding.feed_id}, {part.grid.name}",
                fix="Please report this with the layout of the file; nothing of it was loaded.",
            )
        return Account(part, read, accepted, kept)

    def count(self, relation: str) -> int:
        """How many rows a relation has."""
        return int(self.con.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0])


def _days(fillings: list[Filling]) -> str:
    """SQL for every day on which something in the file happened; empty where the file tells of none."""
    return " UNION ALL ".join(
        f"SELECT {sql.name(name)} AS day FROM {filling.relation}"
        for filling in fillings
        for name in filling.given
        if filling.table.columns[name].type is Date
        and filling.table.columns[name].quasi_identifier
        and not filling.table.columns[name].planned
    )
