"""Two records side by side, as a reviewer sees them: what each says, and in words what agrees and what does not.

The words are those of the comparisons that the model is made of. What the model makes of them is not shown: a reviewer who
knows what is expected finds it.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from earlyhelp.link.comparisons import COMPARISONS, Comparison, Level, level_sql
from earlyhelp.link.questions import AGAINST, with_identity
from earlyhelp.link.records import gather_records
from earlyhelp.standard import Column, codelists, person, person_identifier, sql

SHOWN: tuple[tuple[str, Column], ...] = (
    ("forename", person.forename),
    ("surname", person.surname),
    ("goes by", person.preferred_name),
    ("former surname", person.former_surname),
    ("born", person.dob),
    ("date of birth is", person.dob_accuracy),
    ("expected", person.expected_dob),
    ("died", person.death_date),
    ("sex", person.sex),
    ("address", person.address_line),
    ("postcode", person.postcode),
    ("property number", person.uprn),
    ("their number", person.source_person_id),
)
"""What is shown of a record, each under its heading; what neither record has is left out."""
UNKNOWN = "not known of both"
IN_WORDS = {
    ("forename", "another known name"): "different, each a name of its own",
    ("home", "equal"): "the same postcode",
    ("home", "the same house and street"): "the same house",
}
"""What a reviewer reads for a level whose name says too little outside the model."""
CONTRADICTIONS = {
    "forename": "The forenames are those of two people.",
    "number": "Each has a pupil or NHS number of their own.",
    "birth": "The dates of birth are too far apart for a slip.",
    "age": "One is a child and the other grown up.",
    "death": "Each has a date of death of their own.",
}


@dataclass(frozen=True)
class SideBySide:
    """Two records: `rows` of (heading, of the one, of the other), `evidence` of (what, how alike), and what contradicts."""

    rows: tuple[tuple[str, str, str], ...]
    evidence: tuple[tuple[str, str], ...]
    against: tuple[str, ...]


def side_by_side(con: duckdb.DuckDBPyConnection, keys: tuple[str, str]) -> SideBySide:
    """Two records by their keys, with names: for reviewers alone. `con`: both sides, as `read_tables` gives them."""
    with_identity(con, sql.listed(keys))
    gather_records(con)
    rows = [_systems(con, keys), *_told(con, keys), *_numbers(con, keys)]
    return SideBySide(
        tuple((heading, one, other) for heading, one, other in rows if one or other),
        _evidence(con, keys),
        _against(con, keys),
    )


def _systems(con: duckdb.DuckDBPyConnection, keys: tuple[str, str]) -> tuple[str, str, str]:
    found = dict(con.execute("SELECT person_key, source_system FROM person").fetchall())
    one, other = (codelists.source_systems.label(found[key]) if found.get(key) else "" for key in keys)
    return "known to", one, other


def _told(con: duckdb.DuckDBPyConnection, keys: tuple[str, str]) -> list[tuple[str, str, str]]:
    columns = ", ".join(f"CAST({sql.name(column.column_name)} AS VARCHAR)" for _, column in SHOWN)
    found = {key: values for key, *values in con.execute(f"SELECT person_key, {columns} FROM person").fetchall()}
    one, other = (found.get(key, [None] * len(SHOWN)) for key in keys)
    return [
        (heading, _in_words(column, first), _in_words(column, second))
        for (heading, column), first, second in zip(SHOWN, one, other, strict=True)
    ]


def _in_words(column: Column, value: str | None) -> str:
    if value is None:
        return ""
    return column.coded.codes.label(value) if column.coded else value


def _numbers(con: duckdb.DuckDBPyConnection, keys: tuple[str, str]) -> list[tuple[str, str, str]]:
    """The numbers by which others know them, a row a kind."""
    found = con.execute(
        "SELECT type, person_key, string_agg(DISTINCT value, ', ' ORDER BY value) FROM person_identifier "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    by_kind: dict[str, dict[str, str]] = {}
    for kind, key, values in found:
        by_kind.setdefault(kind, {})[key] = values
    one, other = keys
    return [
        (_in_words(person_identifier.type, kind), told.get(one, ""), told.get(other, ""))
        for kind, told in by_kind.items()
    ]


def _evidence(con: duckdb.DuckDBPyConnection, keys: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    columns = [str(name) for name, *_ in con.execute("DESCRIBE link_record").fetchall()]
    both = ", ".join(
        f"l.{sql.name(c)} AS {sql.name(c + '_l')}, r.{sql.name(c)} AS {sql.name(c + '_r')}" for c in columns
    )
    shown = ", ".join(_likeness(each) for each in COMPARISONS)
    found = con.execute(
        f"SELECT {shown} FROM (SELECT {both} FROM link_record AS l, link_record AS r "
        "WHERE l.person_key = ? AND r.person_key = ?)",
        list(keys),
    ).fetchone()
    told = found or (UNKNOWN,) * len(COMPARISONS)
    return tuple((each.name.replace("_", " "), says) for each, says in zip(COMPARISONS, told, strict=True))


def _likeness(comparison: Comparison) -> str:
    """SQL for the words of the first level that is true of a pair."""
    *before, last = comparison.levels
    cases = " ".join(f"WHEN {level_sql(level)} THEN {_words(comparison, level)}" for level in before)
    return f"CASE {cases} ELSE {_words(comparison, last)} END"


def _words(comparison: Comparison, level: Level) -> str:
    return sql.literal(UNKNOWN if level.unknown else IN_WORDS.get((comparison.name, level.name), level.name))


def _against(con: duckdb.DuckDBPyConnection, keys: tuple[str, str]) -> tuple[str, ...]:
    """What contradicts that the two are one person, in sentences."""
    shown = ", ".join(f"coalesce({condition}, FALSE)" for condition in AGAINST.values())
    found = con.execute(
        f"SELECT {shown} FROM link_record AS l, link_record AS r WHERE l.person_key = ? AND r.person_key = ?",
        list(keys),
    ).fetchone()
    return tuple(CONTRADICTIONS[what] for what, true in zip(AGAINST, found or (), strict=False) if true)
