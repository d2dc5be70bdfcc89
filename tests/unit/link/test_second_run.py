"""What a second run takes over from the first is what it would have found by comparing everything again."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.link.worlds import empty

from earlyhelp.link import KEPT, Parameters, blocking, matching, rarity
from earlyhelp.link.clusters import _doubtful
from earlyhelp.link.comparisons import COMPARISONS, _called, columns_compared, level_sql, name_levels
from earlyhelp.link.components import joined
from earlyhelp.link.earlier import LEFT
from earlyhelp.link.matching import LINKED, match_records, put_together, weight_of
from earlyhelp.link.model import shipped
from earlyhelp.link.records import gather_records
from earlyhelp.link.relatives import tell_relatives
from earlyhelp.link.scoring import CLASH, NAMES_CLASH, score_pairs

Row = dict[str, Any]

VALUES: dict[str, tuple[str | None, ...]] = {
    "forename": ("Mia", "Maya", "Tom", "Thomas", "Muhammad Ali", None),
    "surname": ("Ash", "Asch", "Birch", None),
    "dob": ("2014-02-01", "2014-01-02", "2014-02-03", "1985-07-01"),
    "postcode": ("ZZ1 1AA", "ZZ1 1AB", None),
    "upn": ("A123456789012", "A123456789024", None, None, None),
    "source_system": ("mosaic", "mosaic", "police"),
    "source_person_id": ("1", "2", "3", "4", "5", "6", "7", "8"),
    "preferred_name": ("Tommy", None, None, None),
}
"""Few of each, so that many records are alike, and some contradict each other."""
ROW = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})
FATE = st.sampled_from(("stays", "stays", "changes", "goes"))
"""What becomes of a record of the first run by the second."""


def told(rows: dict[int, Row]) -> duckdb.DuckDBPyConnection:
    """A connection that holds these people, the number of each being its key and its place."""
    con = empty()
    for number, row in rows.items():
        con.execute(
            "INSERT INTO person BY NAME SELECT ? AS row_id, ? AS person_key, ? AS source_system, ? AS source_person_id, "
            "? AS forename, ? AS surname, CAST(? AS DATE) AS dob, ? AS postcode, ? AS preferred_name",
            [number, f"K{number}", *(row[name] for name in _PERSON)],
        )
        con.execute(
            "INSERT INTO person_identifier BY NAME SELECT ? AS person_key, 'upn' AS type, ? AS value",
            [f"K{number}", row["upn"]],
        )
    return con


_PERSON = ("source_system", "source_person_id", "forename", "surname", "dob", "postcode", "preferred_name")


def after(first: dict[int, Row], second: dict[int, Row]) -> tuple[duckdb.DuckDBPyConnection, Parameters]:
    """A connection after the second run, which was left what the first one leaves, and the parameters of both."""
    before = told(first)
    used = match_records(before) or shipped()
    con = told(second)
    files = {name: f"kept_{name}" for name in KEPT}
    for name, query in KEPT.items():
        held = before.execute(query).to_arrow_table()
        con.register(files[name], held)
    for name, query in LEFT.items():
        con.execute(f"CREATE TEMP TABLE {name} AS {query.format(**files)}")
    match_records(con, used)
    return con, used


def without_memory(rows: dict[int, Row], used: Parameters) -> duckdb.DuckDBPyConnection:
    """The slow way: every pair compared by these parameters."""
    con = told(rows)
    gather_records(con)
    tell_relatives(con, NAMES_CLASH, used.relatives)
    score_pairs(con, used)
    put_together(con)
    return con


def pairs(con: duckdb.DuckDBPyConnection, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """A table of pairs by their keys, sorted."""
    return con.execute(
        f"SELECT l.person_key, r.person_key, round(weight, 6), {', '.join(columns)} FROM {table} "
        "JOIN link_row AS l ON l.unique_id = unique_id_l JOIN link_row AS r ON r.unique_id = unique_id_r ORDER BY ALL"
    ).fetchall()


def people(con: duckdb.DuckDBPyConnection) -> set[frozenset[str]]:
    found = con.execute("SELECT list(person_key) FROM link_cluster JOIN link_row USING (unique_id) GROUP BY cluster")
    return {frozenset(keys) for (keys,) in found.fetchall()}


@pytest.fixture(scope="module", autouse=True)
def _as_common_whatever_is_counted() -> Any:
    """How common a name is does not hang on the few records here, so that both ways weigh alike; and memory is always used."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rarity, "_BELIEVED", 10**18)
        patched.setattr(matching, "_FRESH_SHARE", 1.0)
        yield


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(ROW, FATE, ROW), min_size=3, max_size=14), st.lists(ROW, max_size=4))
def test_a_second_run_finds_what_one_without_memory_finds(listed: list[tuple[Row, str, Row]], new: list[Row]) -> None:
    """Records that stay, change, go and come; who goes lets the numbers of all later ones slip."""
    first = {number: row for number, (row, _, _) in enumerate(listed)}
    second = {
        number: other if fate == "changes" else row
        for number, (row, fate, other) in enumerate(listed)
        if fate != "goes"
    }
    second |= dict(enumerate(new, len(listed)))

    con, used = after(first, second)
    slow = without_memory(second, used)

    assert pairs(con, "link_pair", "clash") == pairs(slow, "link_pair", "clash")
    assert pairs(con, "link_edge", "method") == pairs(slow, "link_edge", "method")
    assert people(con) == people(slow)
    fresh = {number for number, row in second.items() if row != first.get(number)}
    compared = con.execute("SELECT person_key FROM link_fresh JOIN link_row USING (unique_id)").fetchall()
    assert {int(key[1:]) for (key,) in compared} <= fresh
    held = {number for number in fresh if _said(second[number]) != _said(first.get(number, {}))}
    assert held <= {int(key[1:]) for (key,) in compared}


def _said(row: Row) -> list[Any]:
    """What is compared of a record: not the system, nor its number there."""
    return [row.get(name) for name in VALUES if not name.startswith("source_")]


def test_what_is_not_compared_is_told_anew() -> None:
    """The system and the id there are no likeness: a record in which they change is not compared again, nor served as it was."""
    one: Row = dict.fromkeys(VALUES) | {
        "forename": "Mia",
        "surname": "Ash",
        "dob": "2014-02-01",
        "source_system": "mosaic",
    }
    moved = one | {"source_system": "police", "source_person_id": "77"}
    con, _ = after({1: one, 2: one}, {1: one, 2: moved})

    assert con.execute("SELECT count(*) FROM link_fresh").fetchall() == [(0,)]
    assert con.execute("SELECT source_system FROM link_record WHERE person_key = 'K2'").fetchall() == [("police",)]
    assert people(con) == {frozenset({"K1", "K2"})}


@settings(max_examples=6, deadline=None)
@given(st.lists(ROW, min_size=4, max_size=16))
def test_a_component_is_taken_apart_exactly_where_two_of_its_records_contradict_each_other(rows: list[Row]) -> None:
    """Though pairs that were scored are not judged again, and components of which all pairs were not looked at."""
    con = told(dict(enumerate(rows)))
    match_records(con)
    number = dict(con.execute("SELECT unique_id, person_key FROM link_row").fetchall())
    clashing = {
        frozenset(pair)
        for pair in con.execute(
            f"SELECT l.person_key, r.person_key FROM link_record AS l JOIN link_record AS r ON l.unique_id < r.unique_id "
            f"WHERE {CLASH}"
        ).fetchall()
    }

    for keys in _components(con, number):
        parts = {part for part in people(con) if part & keys}
        contradicted = any(frozenset(pair) in clashing for pair in combinations(sorted(keys), 2))
        if len(keys) > 2 and contradicted:
            assert len(parts) > 1
            assert not [pair for part in parts for pair in combinations(sorted(part), 2) if frozenset(pair) in clashing]
        else:
            assert parts == {keys}


def _components(con: duckdb.DuckDBPyConnection, key: dict[int, str]) -> set[frozenset[str]]:
    edges = con.execute(
        "SELECT unique_id_l, unique_id_r FROM link_edge WHERE weight >= ?", [weight_of(LINKED)]
    ).fetchall()
    left, right = (np.asarray([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    label = joined(left, right, max(key) + 1)
    return {frozenset(key[each] for each in key if label[each] == group) for group in {label[each] for each in key}}


def test_only_a_cluster_of_three_or_more_of_which_a_pair_was_not_scored_is_doubtful() -> None:
    """Records 1 to 3 are scored two by two, 4 to 6 are joined by two pairs, 7 and 8 by none that was scored."""
    cluster = np.asarray([0, 1, 1, 1, 4, 4, 4, 7, 7])

    assert np.flatnonzero(_doubtful(cluster, np.asarray([1, 1, 2, 4, 5]))).tolist() == [4]


@settings(max_examples=8, deadline=None)
@given(st.lists(ROW, min_size=4, max_size=24), st.integers(0, 12))
def test_a_group_is_left_out_exactly_where_its_line_gives_too_many_pairs(rows: list[Row], allowed: int) -> None:
    """Against groups counted one by one, from the smallest; whether or not a part of the line is common decides it at once."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("_ALLOWED", "_ALLOWED_OF_A_PLACE"):
            patched.setattr(blocking, name, (0, allowed))
        con = told(dict(enumerate(rows)))
        gather_records(con)
    for key, columns in zip(blocking.KEYS, blocking.BLOCKING, strict=True):
        values = con.execute(f"SELECT {', '.join(columns)}, {key} FROM link_record").fetchall()
        groups: dict[tuple[Any, ...], list[Any]] = {}
        for *shared, found in values:
            if None not in shared:
                groups.setdefault(tuple(shared), []).append(found)
        most = _largest(sorted(map(len, groups.values())), allowed)
        for members in groups.values():
            assert {found is None for found in members} == {len(members) > most}


def _largest(sizes: list[int], allowed: int) -> int:
    """The size up to which all groups together give no more pairs than are allowed."""
    most = 1
    for size in sorted(set(sizes)):
        if sum(each * (each - 1) // 2 for each in sizes if each <= size) > allowed:
            break
        most = size
    return most


def test_a_level_asks_the_same_by_its_name_as_by_its_sql() -> None:
    """Of every two of 16 records that are alike in some columns and differ in others."""
    rows = {
        number: {
            name: values[number // (place + 1) % len(values)] for place, (name, values) in enumerate(VALUES.items())
        }
        for number in range(16)
    }
    con = told(rows)
    gather_records(con)
    name_levels(con)
    both = ", ".join(f"{side}.{name} AS {name}_{side}" for name in sorted(columns_compared()) for side in "lr")
    con.execute(f"CREATE TEMP TABLE pair AS SELECT {both} FROM link_record AS l, link_record AS r")
    levels = [(each, level) for each in COMPARISONS for level in each.levels if not (level.exact or level.remains)]
    found = {
        _called(*each): con.execute(
            f"SELECT count(*) FILTER ({_called(*each)}), count(*) FILTER (({_called(*each)}) IS DISTINCT FROM "
            f"({level_sql(each[1])})) FROM pair"
        ).fetchall()[0]
        for each in levels
    }

    assert len(found) == len(levels)
    assert {differ for _, differ in found.values()} == {0}
    assert sum(1 for true, _ in found.values() if true) > 8
