"""Rows that the publisher's own validator would refuse are set apart before anything is made of them, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from earlyhelp.ingest.cells import tidied
from earlyhelp.ingest.grid import BROKEN_COLUMNS, BrokenRow
from earlyhelp.ingest.handover import read_sql, write_rows
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.ingest.recognise import Matched
from earlyhelp.standard import sql

RULE = PROBLEMS["not_of_the_profile"]


def kept_to_profile(con: duckdb.DuckDBPyConnection, part: Matched, scratch: Path) -> Matched:
    """The part without the rows that its source declares refused; those are among the grid's broken rows.

    A part whose source declares nothing of the kind, or that lacks a needed column, comes back as it is.
    """
    refused = part.part.refused
    if refused is None or part.missing_needed:
        return part
    broken = list(_broken(con, part, refused))
    if not broken:
        return part
    grid = part.grid
    rows, kept, table = scratch / f"{grid.relation}.broken.csv", f"{grid.relation}_kept", f"{grid.relation}_broken"
    write_rows(rows, broken)
    earlier = f"FROM {grid.broken} UNION ALL " if grid.broken else ""
    con.execute(f"CREATE TABLE {table} AS {earlier}FROM {read_sql(rows, BROKEN_COLUMNS)}")
    con.execute(f"CREATE VIEW {kept} AS FROM {grid.relation} ANTI JOIN {table} USING (row_no)")
    return replace(part, grid=replace(grid, relation=kept, broken=table))


def _broken(
    con: duckdb.DuckDBPyConnection, part: Matched, refused: Callable[[Mapping[str, str]], str]
) -> Iterator[BrokenRow]:
    """Each row below the headings that is refused."""
    raw = ", ".join(part.columns.values())
    content = f"CAST(to_json([{', '.join(f'c{index}' for index in range(part.grid.width))}]) AS VARCHAR)"
    found = con.execute(
        f"SELECT row_no, {content}, {raw} FROM {part.grid.relation} WHERE row_no > {sql.literal(part.heading_row)}"
    )
    while rows := found.fetchmany(10_000):
        for number, text, *cells in rows:
            told = {name: tidied(cell or "") for name, cell in zip(part.columns, cells, strict=True)}
            if why := refused(told):
                yield BrokenRow(number, RULE.rule, why, RULE.expected, text)
