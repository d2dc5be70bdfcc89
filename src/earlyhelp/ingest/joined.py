"""Texts of several headings read as one: a child of whom a list tells the name and the birth, and no number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from earlyhelp.ingest.cells import trimmed
from earlyhelp.ingest.recognise import Matched
from earlyhelp.sources import Joined
from earlyhelp.standard import sql

_BETWEEN = " | "


def with_joined(con: duckdb.DuckDBPyConnection, part: Matched) -> Matched:
    """The part with a column for each text that its source declares joined; a part that declares none comes back as it is.

    Case and spacing make no difference to such a text.
    """
    joined = {name: each for name, each in part.part.joined.items() if each.headings[0] in part.columns}
    if not joined:
        return part
    columns = {name: f"joined_{number}" for number, name in enumerate(joined)}
    told = ", ".join(f"{_text(part, each)} AS {columns[name]}" for name, each in joined.items())
    relation = f"{part.grid.relation}_joined"
    con.execute(f"CREATE VIEW {relation} AS SELECT *, {told} FROM {part.grid.relation}")
    return replace(part, grid=replace(part.grid, relation=relation), columns=part.columns | columns)


def _text(part: Matched, joined: Joined) -> str:
    """SQL for the text: missing where the first is, or where it would stand alone."""
    first, *others = _cells(part, joined.headings)
    lacking = " OR ".join(f"{each} IS NULL" for each in others) or "TRUE"
    instead = [f"CASE WHEN {lacking} THEN {each} END" for each in _cells(part, joined.instead)]
    besides = [*others, *instead]
    if not besides:
        return "CAST(NULL AS VARCHAR)"
    whole = f"concat_ws({sql.literal(_BETWEEN)}, {', '.join([first, *besides])})"
    whole = f"lower(regexp_replace({whole}, '\\s+', ' ', 'g'))"
    return f"CASE WHEN {first} IS NOT NULL AND coalesce({', '.join(besides)}) IS NOT NULL THEN {whole} END"


def _cells(part: Matched, headings: Sequence[str]) -> list[str]:
    """SQL for the texts under those of the headings that are there."""
    return [trimmed(part.columns[heading]) for heading in headings if heading in part.columns]
