"""The tools and systems catalogue: what each system holds, which columns it can fill, and which measures that switches on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from earlyhelp.sources import Source
from earlyhelp.standard import TABLES, Column

Needs = Mapping[str, tuple[str, Sequence[Column]]]
"""By measure: its name, and the columns without which there is no answer."""


@dataclass(frozen=True)
class System:
    """One source: the columns of the standard that it can fill, and the measures that rest on them.

    `switches_on`: measures whose columns it can fill all by itself; `helps`: measures of which it can fill a part.
    """

    source: Source
    columns: tuple[Column, ...]
    switches_on: tuple[str, ...]
    helps: tuple[str, ...]


def catalogue(sources: Mapping[str, Source], needs: Needs) -> list[System]:
    """Every system there is, in the order of the sources."""
    return [_system(source, needs) for source in sources.values()]


def _system(source: Source, needs: Needs) -> System:
    filled = {column for part in source.parts for fill in part.fills for column in fill.cells}
    columns = tuple(column for table in TABLES.values() for column in table.columns.values() if column in filled)
    alone = tuple(name for name, (_, wanted) in needs.items() if set(wanted) <= filled)
    partly = tuple(name for name, (_, wanted) in needs.items() if name not in alone and set(wanted) & filled)
    return System(source, columns, alone, partly)


def systems_page(systems: Iterable[System], needs: Needs) -> str:
    """The catalogue as Markdown."""
    sections = [_section(system, needs) for system in systems]
    return "\n".join([_HEAD, *sections])


_HEAD = """\
# Tools and systems

Every system and return whose extracts can be read: what it holds, which columns of the standard it can fill, and which
measures that switches on. Written from the declarations in `sources/` and `measures/`. For one council, `earlyhelp
systems DIR` says the same of what is really there.
"""


def _section(system: System, needs: Needs) -> str:
    source = system.source
    facts = [
        f"## {source.title}",
        f"`{source.name}`, {source.publisher}: {source.status}. Files: {', '.join(source.formats)}.",
        *([source.note] if source.note else []),
        _lists(source),
        f"**Columns it can fill.**\n\n{_columns(system.columns)}",
        f"**Measures it switches on by itself.** {_measures(system.switches_on, needs)}",
        f"**Measures it helps with.** {_measures(system.helps, needs)}",
    ]
    return "\n\n".join(facts) + "\n"


def _lists(source: Source) -> str:
    rows = [
        f"| {part.title} | {', '.join(f'`{name}`' for name in dict.fromkeys(f.table.table_name for f in part.fills))} |"
        for part in source.parts
    ]
    return "\n".join(["| What it holds | Tables it fills |", "|---|---|", *rows])


def _columns(columns: Sequence[Column]) -> str:
    by_table: dict[str, list[str]] = {}
    for column in columns:
        by_table.setdefault(column.table_name, []).append(f"`{column.column_name}`")
    return "\n".join(f"- `{table}`: {', '.join(names)}" for table, names in by_table.items())


def _measures(names: Sequence[str], needs: Needs) -> str:
    return ", ".join(f"{name} {needs[name][0]}" for name in names) + "." if names else "None."


def held(
    con: duckdb.DuckDBPyConnection, systems: Iterable[System], feeds: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """For each system: whether this council sends it, its files and rows, the columns it fills and those it could.

    After them each list in a layout of the council's own that was read by a saved map, marked `own`. Columns come as
    names of the standard; `filled` gives the share of records with a valid value in each.
    """
    counted: dict[str, dict[str, float]] = {}
    for system, name, valid, records in con.execute(
        "SELECT source_system, field, sum(valid), sum(records) FROM field_count WHERE valid > 0 GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        counted.setdefault(system, {})[name] = valid / records
    known = [_held(system, feeds, counted.get(system.source.name, {})) for system in systems]
    names = {each["source"] for each in known}
    own = dict.fromkeys(feed["source"] for feed in feeds if feed["source"] not in names)
    return [*known, *(_received(name, name, feeds, counted.get(name, {})) | {"own": True} for name in own)]


def _held(system: System, feeds: Sequence[Mapping[str, Any]], filled: Mapping[str, float]) -> dict[str, Any]:
    told = _received(system.source.name, system.source.title, feeds, filled)
    can = [str(column) for column in system.columns if not told["held"] or str(column) not in filled]
    return told | {"could_fill": can, "switches_on": list(system.switches_on)}


def _received(
    source: str, title: str, feeds: Sequence[Mapping[str, Any]], filled: Mapping[str, float]
) -> dict[str, Any]:
    """What was received of one source; nothing yet of what else it could fill."""
    own = [feed for feed in feeds if feed["source"] == source]
    return {
        "source": source,
        "title": title,
        "own": False,
        "held": bool(own),
        "files": len(own),
        "rows": sum(table["rows_read"] for feed in own for table in feed["tables"]),
        "latest_extract": max((feed["extract_date"] or "" for feed in own), default="") or None,
        "tables": sorted({name.split(".")[0] for name in filled}),
        "filled": {name: round(share, 4) for name, share in filled.items()},
        "could_fill": [],
        "switches_on": [],
    }


def could_help(systems: Iterable[System], missing: Sequence[str]) -> list[str]:
    """The systems that can fill at least one of the missing columns, those that fill most of them first."""
    fills = {s.source.name: len(set(missing) & {str(column) for column in s.columns}) for s in systems}
    return [name for name, count in sorted(fills.items(), key=lambda each: -each[1]) if count]
