"""Fields that a source could fill and never does: columns of the standard that its layout has a heading for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb

from earlyhelp.sources import Part, Source, heading_of
from earlyhelp.standard import Column

ANY_TABLE = "standard"
"""The source whose files may leave out any column: only headings that are there and always empty are told of it."""


def unused_fields(
    con: duckdb.DuckDBPyConnection, feeds: Sequence[Mapping[str, Any]], sources: Mapping[str, Source]
) -> list[dict[str, str]]:
    """A row for each column that a list in the feeds has a heading for, and that no record of that source holds.

    `why` tells whether the heading is missing from the files or is there and always empty. Tables of which the source
    has no record left are passed over: a fuller source tells of the same events.
    """
    filled, seen = _filled(con)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for source, part, told in _lists(feeds, sources):
        for column, heading in could_fill(part).items():
            about = _unused(source, part.title, column, heading, told)
            if about and (source, column.table_name) in seen and (source, str(column)) not in filled:
                _keep(found, about)
    return [about for _, about in sorted(found.items())]


def _lists(
    feeds: Sequence[Mapping[str, Any]], sources: Mapping[str, Source]
) -> Iterator[tuple[str, Part, Mapping[str, Any]]]:
    """Each list of each feed, as its source declares it and as intake told of it."""
    for feed in feeds:
        parts = {part.title: part for part in sources[feed["source"]].parts} if feed["source"] in sources else {}
        for told in feed["parts"]:
            if told["list"] in parts:
                yield feed["source"], parts[told["list"]], told


def could_fill(part: Part) -> dict[Column, str]:
    """The columns of the standard that a part has a heading for, each with its heading.

    A column that another row of the chain fills has the heading under which that row holds it.
    """
    carried = {name: each.heading for name, each in part.carried.items()}
    return {
        column: carried.get(heading, heading)
        for fill in part.fills
        for column, cell in fill.cells.items()
        if (heading := heading_of(cell)) is not None
    }


def _filled(con: duckdb.DuckDBPyConnection) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """By source: the columns that hold something, and the tables of which there are records."""
    rows = con.execute("SELECT source_system, table_name, field, valid, records FROM field_count").fetchall()
    filled = {(system, field) for system, _, field, valid, _ in rows if valid}
    return filled, {(system, table) for system, table, _, _, records in rows if records}


def _unused(source: str, part: str, column: Column, heading: str, told: Mapping[str, Any]) -> dict[str, str] | None:
    there = heading in told["columns"]
    if source == ANY_TABLE and not there:
        return None
    why = "the heading is there, and no record holds a value that can be used" if there else "the heading is missing"
    return {"source": source, "list": part, "heading": heading, "column": str(column), "why": why}


def _keep(found: dict[tuple[str, str], dict[str, str]], about: dict[str, str]) -> None:
    """One row a column and source; that a heading is there says more than that it is missing from another file."""
    place = (about["source"], about["column"])
    if place not in found or "there" in about["why"]:
        found[place] = about
