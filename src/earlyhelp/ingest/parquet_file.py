"""Reading Parquet in the standard's own layout: every column as text, so that one way of checking serves all formats."""

from __future__ import annotations

from pathlib import Path

import duckdb

from earlyhelp.errors import InputRefused
from earlyhelp.standard import sql

MEMORY_LIMIT = "1500MB"
_NESTED = ("[]", "STRUCT", "MAP", "UNION", "BLOB")


def copy_as_text(path: Path, name: str, target: Path) -> list[str]:
    """The headings of a Parquet file, whose rows are written to `target` as numbered text."""
    con = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "threads": 2})
    try:
        columns = con.execute(f"DESCRIBE FROM read_parquet({sql.literal(path)})").fetchall()
        if any(mark in kind for _, kind, *_ in columns for mark in _NESTED):
            raise InputRefused(
                "A column of the Parquet file holds lists, records or bytes instead of single values.",
                where=name,
                fix="Write one value in each cell; several codes are separated by semicolons.",
            )
        headings = [str(column[0]) for column in columns]
        cells = ", ".join(f"CAST({sql.name(heading)} AS VARCHAR)" for heading in headings)
        con.execute(
            f"COPY (SELECT row_number() OVER () AS row_no, {cells} FROM read_parquet({sql.literal(path)})) "
            f"TO {sql.literal(target)} (FORMAT csv, HEADER false)"
        )
    except duckdb.Error:
        raise InputRefused(
            "The Parquet file is cut short or damaged.", where=name, fix="Write it again, or load it as CSV."
        ) from None
    finally:
        con.close()
    return headings
