"""A standard table out of a snapshot, as a file; rows stand in order, so that the same data gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import duckdb

from earlyhelp.build.tables import all_columns, identity_columns
from earlyhelp.standard import Table, sql


def write_export(con: duckdb.DuckDBPyConnection, table: Table, target: Path, *, identity: bool) -> int:
    """Write the table to `target` (.csv or .parquet) and return its number of rows.

    Without `identity` the columns of the identity side are left out, with what stands in for them in analysis. No text of a
    .csv file is taken for a formula by the spreadsheet that opens it.
    """
    name = table.table_name
    hidden = identity_columns(table)
    columns = [column for column in all_columns(table) if identity or column not in hidden]
    source = f"({with_identity(con, table)})" if identity else f'"{name}"'
    rows = f"SELECT {', '.join(map(sql.name, columns))} FROM {source} ORDER BY ALL"
    kind = "(FORMAT parquet)"
    if target.suffix != ".parquet":
        rows, kind = f"SELECT {_plain(con, rows)} FROM ({rows})", "(FORMAT csv, HEADER, DATEFORMAT '%Y-%m-%d')"
    con.execute(f"COPY ({rows}) TO {sql.literal(target)} {kind}")
    count: int = con.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]
    return count


def _plain(con: duckdb.DuckDBPyConnection, rows: str) -> str:
    """The columns of the rows for a SELECT, texts as a spreadsheet may open them."""
    described = con.execute(f"DESCRIBE {rows}").fetchall()
    kinds = {sql.name(str(column)): str(kind) for column, kind, *_ in described}
    return ", ".join(
        f"{sql.plain_text(column)} AS {column}" if kind == "VARCHAR" else column for column, kind in kinds.items()
    )


def with_identity(con: duckdb.DuckDBPyConnection, table: Table, relation: str = "") -> str:
    """SQL for the rows of a table with the identity side's columns in the place of what stands in for them.

    `relation`: what its analysis side is called by the time the SQL is run; its own name, unless said.
    """
    name, hidden = table.table_name, identity_columns(table)
    analysis = relation or f'"{name}"'
    if not hidden:
        return f"SELECT * FROM {analysis}"
    stands_in = [column for column in hidden if column in _columns(con, name)]
    replaced = f" EXCLUDE ({', '.join(stands_in)})" if stands_in else ""
    shown = ", ".join(f'held."{column}"' for column in hidden)
    return (
        f"SELECT analysis.*{replaced}, {shown} FROM {analysis} AS analysis "
        f'JOIN "identity_{name}" AS held USING (row_id)'
    )


def _columns(con: duckdb.DuckDBPyConnection, name: str) -> set[str]:
    return {str(column[0]) for column in con.execute(f'DESCRIBE "{name}"').fetchall()}
