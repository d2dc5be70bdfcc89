"""What speaks against a mistake: whatever another record of the same person, or of the same event, says in any extract."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from earlyhelp.ingest.receive import staged_feeds
from earlyhelp.standard import TABLES, Column, person, sql
from earlyhelp.store.workspace import Workspace
from planted.people import keys_in

_SAYS_NOTHING = {"U", "not_recorded", "unmapped"}


class Evidence:
    """What all extracts say of a true person, whoever holds the record and whether or not linkage joined it."""

    def __init__(self, truth: Path, workspace: Workspace) -> None:
        self._workspace = workspace
        sources = {feed["source"] for feed in staged_feeds(workspace)}
        owners: dict[str, set[str]] = defaultdict(set)
        for row in pq.read_table(truth / "registers.parquet").to_pylist():
            for key in keys_in(row, sources, workspace):
                owners[key].add(row["person_key"])
        self._owner = {key: next(iter(who)) for key, who in owners.items() if len(who) == 1}
        self._said: dict[Column, dict[str, set[Any]]] = {}
        self._told: dict[Column, dict[tuple[Any, ...], set[Any]]] = {}
        self._events: dict[Column, dict[tuple[str, str], tuple[Any, ...]]] = {}

    def speaks_against(self, column: Column, who: str | None, place: tuple[str, str, int], right: Any) -> bool:
        """True where somewhere else something other is said of the same fact than at a place of a file.

        Of a person: anything else in the column, in capitals or not. Of an event, which is known by its person, kind and
        first day: anything else in the column; of that day itself: an event of that person and kind on the `right` day.
        """
        if who is None:
            return False
        if column.table_name == person.table_name:
            return len(self._of_people(column).get(who, ())) > 1
        events, told = self._of_events(column)
        feed, part, row = place
        event = events.get((feed, f"{part}:{row}"))
        if event is None:
            return False
        if column is TABLES[column.table_name].day:
            return (*event[:-1], right) in told
        return len(told[event]) > 1

    def _of_people(self, column: Column) -> dict[str, set[Any]]:
        if column not in self._said:
            self._said[column] = found = defaultdict(set)
            for key, value in self._rows(column, "person_key", column.column_name):
                if key in self._owner and value is not None and value not in _SAYS_NOTHING:
                    found[self._owner[key]].add(value.strip().casefold() if isinstance(value, str) else value)
        return self._said[column]

    def _of_events(
        self, column: Column
    ) -> tuple[dict[tuple[str, str], tuple[Any, ...]], dict[tuple[Any, ...], set[Any]]]:
        """The event of each place, and what is said of each event in the column."""
        if column not in self._told:
            table, day = TABLES[column.table_name], TABLES[column.table_name].day
            self._events[column], self._told[column] = {}, defaultdict(set)
            kind = "type" if "type" in table.columns else "NULL"
            if day is None or "person_key" not in table.columns:
                return self._events[column], self._told[column]
            asked = ("feed_id", "source_record_id", "person_key", kind, day.column_name, column.column_name)
            for feed, record, key, what, first, value in self._rows(column, *asked):
                event = (self._owner.get(key), what, first)
                self._events[column][feed, record] = event
                if value is not None and value not in _SAYS_NOTHING:
                    self._told[column][event].add(value)
        return self._events[column], self._told[column]

    def _rows(self, column: Column, *asked: str) -> list[tuple[Any, ...]]:
        """These columns of every row of the column's table in every extract; nothing where no extract fills it."""
        files = sorted(str(path) for path in self._workspace.feeds.glob(f"*/rows/{column.table_name}.*.parquet"))
        if not files:
            return []
        held = f"read_parquet([{sql.listed(files)}], union_by_name = true)"
        with duckdb.connect() as con:
            names = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {held}").fetchall()}
            if column.column_name not in names:
                return []
            return con.execute(f"SELECT {', '.join(asked)} FROM {held}").fetchall()
