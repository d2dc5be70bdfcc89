"""Texts of several headings read as one: a child of whom a list tells the name and the birth, and no number."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from earlyhelp.ingest.cells import trimmed
from earlyhelp.ingest.recognise import Matched
from earlyhelp.standard import sql

_BETWEEN = " | "


def with_joined(con: duckdb.DuckDBPyConnection, part: Matched) -> Matched:
    """The part with a column for each text that its source declares joined; a part that declares none comes back as it is.

    Case and spacing make no difference to such a text. It is missing where the first of its headings is blank or not there.
    """
    joined = {name: headings for name, headings in part.part.joined.items() if headings[0] in part.columns}
    if not joined:
        return part
    columns = {name: f"joined_{number}" for number, name in enumerate(joined)}
    told = ", ".join(f"{_text(part, headings)} AS {columns[name]}" for name, headings in joined.items())
    relation = f"{part.grid.relation}_joined"
    con.execute(f"CREATE VIEW {relation} AS SELECT *, {told} FROM {part.grid.relation}")
    return replace(part, grid=replace(part.grid, relation=relation), columns=part.columns | columns)


def _text(part: Matched, headings: tuple[str, ...]) -> str:
    texts = [trimmed(part.columns[heading]) for heading in headings if heading in part.columns]
    whole = f"concat_ws({sql.literal(_BETWEEN)}, {', '.join(texts)})"
    return f"CASE WHEN {texts[0]} IS NOT NULL THEN lower(regexp_replace({whole}, '\\s+', ' ', 'g')) END"
