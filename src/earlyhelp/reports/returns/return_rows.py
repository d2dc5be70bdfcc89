"""The rows of a snapshot that the national return carries: who was helped in its days, and all that was done for them."""

from __future__ import annotations

from datetime import date

import duckdb

from earlyhelp.reports.returns.carried import BIRTH_MONTH, CARRIED, CHOSEN_BY, Carried
from earlyhelp.reports.returns.declared import sentences
from earlyhelp.reports.returns.whole_records import DRAWN, latest_known
from earlyhelp.standard import Key, Table, person, sql

_PERSONS = "known_person"


def find_rows(con: duckdb.DuckDBPyConnection, first: date, last: date) -> None:
    """Make `return_row` (table_name, row_id), `return_person` and what is known of each of them.

    `con` holds the analysis side of a snapshot.
    """
    con.execute("CREATE TEMP TABLE return_row (table_name VARCHAR, row_id BIGINT)")
    con.execute("CREATE TEMP TABLE return_person (person_id VARCHAR)")
    days = f"(SELECT {sql.literal(first)} AS first_day, {sql.literal(last)} AS last_day)"
    for each in sorted(CARRIED.values(), key=lambda carried: carried.place):
        name = each.table.table_name
        con.execute(
            f"INSERT INTO return_row SELECT '{name}', row_id FROM \"{name}\" CROSS JOIN {days} WHERE {each.which}"
        )
        if each.brings_people:
            con.execute(
                f"INSERT INTO return_person SELECT DISTINCT person_id FROM {chosen(each)} "
                "ANTI JOIN return_person USING (person_id) WHERE person_id IS NOT NULL"
            )
    con.execute(f"CREATE TEMP TABLE {_PERSONS} AS {_known_persons()}")


def left_behind(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """A sentence for each table with rows that stay behind because the record that they name is in no extract."""
    return sentences(_orphans(con, table, *named) for table, named in CHOSEN_BY.items())


def _orphans(con: duckdb.DuckDBPyConnection, table: Table, named: Table, key: str) -> tuple[int, str, str]:
    count = con.execute(f'SELECT count(*) FROM "{table}" ANTI JOIN "{named}" USING ({key})').fetchall()[0][0]
    why = f"a row of {named} that is in no extract"
    return count, f"row of {table} is left out: it names {why}", f"rows of {table} are left out: they name {why}"


def chosen(carried: Carried) -> str:
    """The relation of a table's rows in the return: of persons one row each, with the latest that is known."""
    name = carried.table.table_name
    if carried.table is person:
        return _PERSONS
    return f"\"{name}\" SEMI JOIN (SELECT row_id FROM return_row WHERE table_name = '{name}') AS own USING (row_id)"


def _known_persons() -> str:
    """One row a person of the return, also for somebody whom no list describes; the place is that of one of their rows."""
    facts = [each for each in CARRIED[person.table_name].columns if each.type is not Key]
    known = ", ".join(f"{latest_known(each, f'told.{each.column_name}')} AS {each.column_name}" for each in facts)
    first = ", ".join(
        f"arg_min(told.{name}, told.row_id) AS {name}" for name in ("person_key", "feed_id", "source_record_id")
    )
    return (
        f"SELECT person_id, {known}, min(told.birth_month) AS {BIRTH_MONTH}, {first} "
        f"FROM return_person LEFT JOIN person AS told USING (person_id) {DRAWN} GROUP BY person_id"
    )
