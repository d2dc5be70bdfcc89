"""Who is meant: the keys under which a person's rows lie, and what the person could be found by in any file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.erased import cells_of
from earlyhelp.standard import sql
from earlyhelp.store.erasure import Marks
from earlyhelp.store.keys import Pseudonyms
from earlyhelp.store.residue import Sought
from earlyhelp.store.workspace import Workspace


@dataclass(frozen=True)
class Whom:
    """The person as the council knows them: by a system's id, or by the person_id of the current snapshot.

    `also_linked`: with all records of other systems that the current snapshot links to the same person.
    """

    system: str = ""
    id: str = ""
    person_id: str = ""
    also_linked: bool = False

    def mark(self, marks: Marks) -> str:
        """The keyed hash by which this request is known again."""
        return marks.of("asked", self.person_id or self.system, self.id)


def keys_of(
    con: duckdb.DuckDBPyConnection, workspace: Workspace, staged: Mapping[str, str], whom: Whom, pseudonyms: Pseudonyms
) -> frozenset[str]:
    """The person's keys; empty for somebody of whom there is no row. Raises InputRefused where links are asked of nothing."""
    if whom.person_id:
        return _linked(con, workspace, "person_id = ?", [whom.person_id])
    own = own_key(whom, pseudonyms)
    keys = _named(con, staged, whom) | _known(con, staged, own)
    if not keys and _is_set_aside(con, workspace, whom):
        return frozenset([own])
    if not (keys and whom.also_linked):
        return keys
    among = f"person_id IN (SELECT person_id FROM linked WHERE person_key IN ({sql.listed(sorted(keys))}))"
    return keys | _linked(con, workspace, among, [])


def own_key(whom: Whom, pseudonyms: Pseudonyms) -> str:
    """The key that intake makes of the id, or of the person_id where that is what was given."""
    if whom.person_id or whom.system == "standard":  # keys of our own layout are taken as they stand
        return whom.person_id or whom.id
    return pseudonyms.of("person", whom.system, whom.id)


def _named(con: duckdb.DuckDBPyConnection, staged: Mapping[str, str], whom: Whom) -> frozenset[str]:
    """Keys of the people whose own number in the system is this; a system is a source or what a source says it is."""
    if "person" not in staged:
        return frozenset()
    rows = con.execute(
        f"SELECT DISTINCT person_key FROM {staged['person']} WHERE source_person_id = ? "
        "AND (source_system = ? OR feed_id IN (SELECT feed_id FROM feed_source WHERE source = ?))",
        [whom.id, whom.system, whom.system],
    ).fetchall()
    return frozenset(key for (key,) in rows)


def _known(con: duckdb.DuckDBPyConnection, staged: Mapping[str, str], key: str) -> frozenset[str]:
    """The key, where any staged row bears it."""
    for relation in staged.values():
        if (
            "person_key" in _columns(con, relation)
            and con.execute(f"SELECT 1 FROM {relation} WHERE person_key = ? LIMIT 1", [key]).fetchone()
        ):
            return frozenset([key])
    return frozenset()


def _is_set_aside(con: duckdb.DuckDBPyConnection, workspace: Workspace, whom: Whom) -> bool:
    """True for somebody of whom the source told in rows that are in quarantine, and in no other."""
    feeds = con.execute("SELECT feed_id FROM feed_source WHERE source = ?", [whom.system]).fetchall()
    for (feed,) in feeds:
        held = f"read_parquet({sql.literal(workspace.feeds / feed / 'quarantine.parquet')})"
        contents = con.execute(f"SELECT content FROM {held} WHERE contains(content, ?)", [whom.id]).fetchall()
        if any(whom.id in cells_of(text) for (text,) in contents):
            return True
    return False


def _columns(con: duckdb.DuckDBPyConnection, relation: str) -> set[str]:
    return {str(name) for name, *_ in con.execute(f"DESCRIBE FROM {relation}").fetchall()}


def _linked(con: duckdb.DuckDBPyConnection, workspace: Workspace, condition: str, values: list[str]) -> frozenset[str]:
    """Keys of the current snapshot whose person fulfils a condition over `linked` (person_key, person_id)."""
    if workspace.current is None:
        raise InputRefused(
            "There is no snapshot to tell which records are linked.",
            where=str(workspace.root),
            fix="earlyhelp run DIR, or give --system and --id without --also-linked.",
        )
    links = workspace.snapshot_folder() / "analysis" / "person_link.parquet"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW linked AS SELECT person_key, person_id FROM read_parquet({sql.literal(links)})"
    )
    found = con.execute(f"SELECT DISTINCT person_key FROM linked WHERE {condition}", values).fetchall()
    return frozenset(key for (key,) in found)


def sought_for(con: duckdb.DuckDBPyConnection, staged: Mapping[str, str], whom: Whom, gone: frozenset[str]) -> Sought:
    """What the person could be found by: keys, identifiers and names, save those that a record that stays bears too.

    `gone`: person_ids that no record bears any more. Reads `erased_key`.
    """
    keys = [key for (key,) in con.execute("SELECT person_key FROM erased_key ORDER BY 1").fetchall()]
    identifiers: set[str] = {whom.id} - {""}
    names: set[tuple[str, str, str]] = set()
    stay: set[str] = set()
    for table, column in (("person", "source_person_id"), ("person_identifier", "value")):
        if table in staged:
            mine, others = (_values(con, staged[table], column, kind) for kind in ("SEMI", "ANTI"))
            identifiers |= {value for (value,) in mine}
            stay |= {value for (value,) in others}
    if "person" in staged:
        column = "lower(forename), lower(surname), CAST(dob AS VARCHAR)"
        mine, others = (_values(con, staged["person"], column, kind) for kind in ("SEMI", "ANTI"))
        names = {(f, s, born) for f, s, born in set(mine) - set(others) if f and s and born}
    return Sought((*keys, *sorted(gone)), tuple(sorted(identifiers - stay)), tuple(sorted(names)))


def _values(con: duckdb.DuckDBPyConnection, relation: str, columns: str, kind: str) -> list[tuple[str, ...]]:
    """The different values that the person's rows (SEMI) or all other rows (ANTI) hold."""
    told = con.execute(f"SELECT DISTINCT {columns} FROM {relation} {kind} JOIN erased_key USING (person_key)")
    return [row for row in told.fetchall() if row[0] is not None]
