"""Records of the same person, joined on the ids that a council's own case system gave them.

Returns made from one case system (Annex A, CIN census, SSDA903, SSD and the systems themselves) share its ids, so equal
ids there mean one person. Every other system's ids are its own. A record marked as the duplicate of another joins it.
"""

from __future__ import annotations

import duckdb

from earlyhelp.standard import TABLES, person, person_link, sql, stored_columns

CASE_SYSTEM = ("annex_a", "cin_census", "ssda903", "ssd", "mosaic", "liquidlogic", "eclipse", "capita_one")
"""Systems and returns in which a person carries the council's own id."""


def give_people(con: duckdb.DuckDBPyConnection, salt: str) -> None:
    """Make `person_label` (person_key, person_id, records) for every key that any table holds.

    `records`: how many records the person has. `salt` keeps person ids from being worked out by whoever knows the keys.
    A key without a person row is one alone.
    """
    systems = ", ".join(f"'{system}'" for system in CASE_SYSTEM)
    con.execute(
        "CREATE TEMP TABLE known AS SELECT person_key, is_duplicate_of, "
        "CASE WHEN source_person_id IS NULL THEN person_key "
        f"ELSE (CASE WHEN source_system IN ({systems}) THEN 'case' ELSE source_system END) || '|' || source_person_id "
        "END AS same FROM person"
    )
    con.execute(
        "CREATE TEMP TABLE labelled AS SELECT person_key, min(person_key) OVER (PARTITION BY same) AS label, "
        "count(*) OVER (PARTITION BY same) AS records FROM known"
    )
    con.execute(
        "CREATE TEMP TABLE person_of_key AS "
        "SELECT person_key, any_value(label) AS label, any_value(records) AS records FROM labelled GROUP BY person_key "
        "UNION ALL SELECT person_key, person_key AS label, 1 AS records "
        f"FROM ({_all_keys()}) ANTI JOIN labelled USING (person_key)"
    )
    _join_duplicates(con)
    con.execute(
        "CREATE VIEW person_label AS "
        f"SELECT person_key, 'P' || left(sha256('{salt}' || label), 24) AS person_id, records "
        "FROM person_of_key"
    )


def tell_links(con: duckdb.DuckDBPyConnection) -> None:
    """Make the view `person_link`, which shows `person_of` as the standard has it."""
    told = {
        "row_id": "CAST(NULL AS BIGINT)",
        "person_id": "person_id",
        "person_key": "person_key",
        "family_id": "family_id",
        "score": "CAST(1 AS DOUBLE)",
        "grade": "'certain'",
        "method": "CASE WHEN records > 1 THEN 'identifier' ELSE 'single' END",
        "feed_id": "'linkage'",
        "source_system": "'other'",
    }
    columns = stored_columns(person_link)
    told |= {name: f"CAST(NULL AS {column.type.duckdb})" for name, column in columns.items() if name not in told}
    con.execute(
        f"CREATE VIEW person_link AS SELECT {', '.join(f'{value} AS {name}' for name, value in told.items())} FROM person_of"
    )


def _all_keys() -> str:
    tables = [t.table_name for t in TABLES.values() if "person_key" in t.columns and t not in (person, person_link)]
    return " UNION ".join(f'SELECT person_key FROM "{t}" WHERE person_key IS NOT NULL' for t in tables)


def _join_duplicates(con: duckdb.DuckDBPyConnection) -> None:
    """Follow `is_duplicate_of` through any number of steps; all records on the way get one label."""
    pairs = con.execute(
        "SELECT a.label, b.label FROM known JOIN person_of_key AS a USING (person_key) "
        "JOIN person_of_key AS b ON b.person_key = known.is_duplicate_of WHERE a.label <> b.label"
    ).fetchall()
    if not pairs:
        return
    final = _components(pairs)
    con.execute("CREATE TEMP TABLE relabelled (label VARCHAR, final VARCHAR)")
    con.execute(f"INSERT INTO relabelled VALUES {sql.rows(final.items())}")
    con.execute(
        "UPDATE person_of_key SET label = relabelled.final, records = records + 1 "
        "FROM relabelled WHERE relabelled.label = person_of_key.label"
    )


def _components(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Each label with the smallest label it is joined to, directly or through others."""
    parent: dict[str, str] = {}

    def root(label: str) -> str:
        parent.setdefault(label, label)
        while parent[label] != label:
            parent[label] = parent[parent[label]]
            label = parent[label]
        return label

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {label: root(label) for label in parent}
