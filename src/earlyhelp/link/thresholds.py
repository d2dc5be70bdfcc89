"""How far a measure hangs on how sure a link must be: the same people under a lower and under a higher threshold.

A measure that follows people from one system to another (`FOLLOWING`) is worked out three times: as ever, and with the people and
families that come of either bound. What lies between is the linkage's own uncertainty, beside the interval of chance. Only for
figures without a split: the profile of a person is that of the threshold in use.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import duckdb

from earlyhelp.link.clusters import make_clusters
from earlyhelp.link.families import give_families
from earlyhelp.link.family_rules import DEFAULT, FamilyDefinition
from earlyhelp.link.matching import weight_of
from earlyhelp.link.pseudonyms import id_sql
from earlyhelp.standard import Table, eh_episode, social_care_event

BOUNDS = {"low": 0.5, "high": 0.99}
"""The probability from which two records are one person, under each bound. What reviewers and case ids say holds in both."""
FOLLOWING = ("G2", "G3", "G9")
"""Measures that follow people, or families, from one record to a later one of another system."""
SPELLS = ("child_help", "family_help", "statutory_start")
"""What those measures count; under a bound each has a table of its own, as `child_help_low`."""
UNDER_BOUNDS = frozenset(f"{name}_{bound}" for name in SPELLS for bound in BOUNDS)
"""What a snapshot calls them. An erasure leaves them out: whose they are under a bound is in no list of keys."""
_WITH_IDS = (eh_episode, social_care_event)
Calculated = TypeVar("Calculated")
Key = TypeVar("Key", bound=Hashable)


def label_people(con: duckdb.DuckDBPyConnection, salt: str) -> dict[str, int]:
    """Make `person_bound` (person_key, low, high): who has another id under a bound. Returns people by bound, and `chosen`.

    A row a record that a bound moves; NULL under the bound that leaves it where it is. To be called when `give_people` has run
    in `con`; `salt` is the key of the ids. `link_cluster` stays as it was.
    """
    people = {"chosen": _people(con)}
    con.execute("CREATE OR REPLACE TEMP TABLE link_cluster_chosen AS FROM link_cluster")
    try:
        for bound, probability in BOUNDS.items():
            make_clusters(con, weight_of(probability))
            people[bound] = _people(con)
            con.execute(
                f"CREATE OR REPLACE TEMP TABLE link_label_{bound} AS SELECT unique_id, label FROM link_cluster JOIN ("
                "SELECT cluster, arg_min(person_key, row_id) AS label FROM link_cluster JOIN link_row USING (unique_id) "
                "GROUP BY cluster) USING (cluster)"
            )
    finally:
        con.execute("CREATE OR REPLACE TEMP TABLE link_cluster AS FROM link_cluster_chosen")
    moved = {bound: f"{bound}.label <> chosen.label" for bound in BOUNDS}
    ids = (
        f"CASE WHEN {moves} THEN 'P' || {id_sql(salt, f'{bound}.label')} END AS {bound}"
        for bound, moves in moved.items()
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE person_bound AS SELECT person_key, {', '.join(ids)} FROM link_row "
        "JOIN link_label_low AS low USING (unique_id) JOIN link_label_high AS high USING (unique_id) "
        f"JOIN person_of_key AS chosen USING (person_key) WHERE {' OR '.join(moved.values())}"
    )
    return people


def _people(con: duckdb.DuckDBPyConnection) -> int:
    return int(con.execute("SELECT count(DISTINCT cluster) FROM link_cluster").fetchall()[0][0])


@contextmanager
def people_under(
    con: duckdb.DuckDBPyConnection, bound: str, salt: str, definition: FamilyDefinition = DEFAULT
) -> Iterator[None]:
    """While it lasts, episodes and events in `con` have the ids of a bound; what is made lies in a schema of its name.

    `con` holds `person_bound`, `person_of`, and the standard's tables with ids. Families are put together anew of the bound's
    people.
    """
    con.execute(f"CREATE SCHEMA {bound}")
    con.execute("ALTER VIEW person_label RENAME TO person_label_chosen")
    con.execute(
        f"CREATE TEMP VIEW person_label AS SELECT * REPLACE (coalesce(bound.{bound}, person_id) AS person_id) "
        "FROM (SELECT * EXCLUDE (family_id) FROM main.person_of) LEFT JOIN person_bound AS bound USING (person_key)"
    )
    con.execute(f"SET search_path = '{bound},main'")
    try:
        give_families(con, salt, definition)
        for table in _WITH_IDS:
            con.execute(f"CREATE VIEW {table.table_name} AS {_told_under(bound, table)}")
        yield
    finally:
        con.execute("SET search_path = 'main'")
        con.execute("DROP VIEW person_label")
        con.execute("ALTER VIEW person_label_chosen RENAME TO person_label")


def spells_under(
    con: duckdb.DuckDBPyConnection,
    salt: str,
    make: Callable[[duckdb.DuckDBPyConnection], None],
    definition: FamilyDefinition = DEFAULT,
) -> Mapping[str, str]:
    """SQL for the spells of each bound, by the name under which a snapshot keeps them (`child_help_low`).

    `con` holds `person_bound` and the tables of `SPELLS`, which `make` makes of episodes and events. Where a bound takes nobody
    for somebody else, its spells are those of the threshold in use, and nothing is made.
    """
    queries: dict[str, str] = {}
    for bound in BOUNDS:
        place = "main"
        if _moves_anybody(con, bound):
            with people_under(con, bound, salt, definition):
                make(con)
            place = bound
        queries |= {f"{name}_{bound}": f"SELECT * FROM {place}.{name} ORDER BY ALL" for name in SPELLS}
    return queries


def _moves_anybody(con: duckdb.DuckDBPyConnection, bound: str) -> bool:
    """True where somebody has another id under a bound. Ids come from the oldest record: a changed person shows."""
    return con.execute(f"SELECT 1 FROM person_bound WHERE {bound} IS NOT NULL LIMIT 1").fetchone() is not None


def _told_under(bound: str, table: Table) -> str:
    """SQL for a table with the ids of a bound; a record that names a family is of that family, as ever."""
    named = "family_key" in table.columns
    joined = f" LEFT JOIN {bound}.family_of_key AS named USING (family_key)" if named else ""
    family = f"coalesce({'named.family_id, ' if named else ''}who.family_id, told.family_id)"
    return (
        f"SELECT told.* REPLACE (coalesce(who.person_id, told.person_id) AS person_id, {family} AS family_id) "
        f"FROM main.{table.table_name} AS told LEFT JOIN {bound}.person_of AS who USING (person_key){joined}"
    )


def read_under(con: duckdb.DuckDBPyConnection, bound: str) -> None:
    """Let measures in `con`, which reads a snapshot, count the spells of a bound."""
    for name in SPELLS:
        con.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {name}_{bound}")


def under_each_bound(con: duckdb.DuckDBPyConnection, calculate: Callable[[], Calculated]) -> list[Calculated]:
    """What `calculate` gives under each bound; nothing where the snapshot that `con` reads holds no spells of bounds.

    To be called when the figures of the threshold in use are there: afterwards `con` counts the spells of the last bound.
    """
    held = {name for (name,) in con.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    if not held >= UNDER_BOUNDS:
        return []
    found = []
    for bound in BOUNDS:
        read_under(con, bound)
        found.append(calculate())
    return found


def ranges(
    chosen: Mapping[Key, float | None], under: Sequence[Mapping[Key, float | None]]
) -> dict[Key, tuple[float, float] | None]:
    """The lowest and the highest value of each figure, of the threshold in use and under the bounds.

    None where a value is hidden or not known under any of them, and where there are no bounds (`under` is empty): what is not
    known is no narrow range. `chosen`, `under`: values by what names a figure (period and group), as they may be published.
    """
    found: dict[Key, tuple[float, float] | None] = {}
    for key, value in chosen.items():
        values = [value, *(each.get(key) for each in under)]
        known = [each for each in values if each is not None]
        found[key] = (min(known), max(known)) if under and len(known) == len(values) else None
    return found
