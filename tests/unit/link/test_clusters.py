"""Putting pairs together: components where nothing contradicts, else the strongest pairs first."""

from __future__ import annotations

from hashlib import sha256
from itertools import combinations

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.link.worlds import people

from earlyhelp.link.blocking import _largest_group
from earlyhelp.link.clusters import (
    MOST_RECORDS,
    _components,
    _could_be_either,
    _Edges,
    _joined_without_conflict,
    make_clusters,
)
from earlyhelp.link.pseudonyms import hmac_sql, id_sql


def joined(edges: list[tuple[int, int]], conflicts: list[tuple[int, int]]) -> set[frozenset[int]]:
    left, right = (np.array(side, dtype=np.int64) for side in zip(*edges, strict=True))
    return {frozenset(each) for each in _joined_without_conflict(left, right, conflicts).values()}


def test_the_strongest_pair_wins_where_two_groups_contradict_each_other() -> None:
    assert joined([(1, 2), (2, 3)], conflicts=[(1, 3)]) == {frozenset({1, 2}), frozenset({3})}


def test_a_contradiction_elsewhere_parts_nobody_else() -> None:
    assert joined([(1, 2), (2, 3), (4, 5)], conflicts=[(1, 9)]) == {frozenset({1, 2, 3}), frozenset({4, 5})}


def test_what_the_last_digits_of_two_equal_weights_are_decides_nothing() -> None:
    """A run that keeps a weight and one that works it out anew differ by so much; who is one person may not."""
    con = people(
        """who | source_system | forename | surname | dob | postcode | upn
        one     | mosaic       | Mia | Thornton | 2014-02-01 | ZZ1 1AA | A123456789012
        between | attendance   | Mia | Thornton | 2014-02-01 | ZZ1 1AA |
        other   | housing      | Mia | Thornton | 2014-02-01 | ZZ1 1AA | B999999999999"""
    )
    found = []
    for more in ("one", "other"):
        con.execute(
            "UPDATE link_edge SET weight = 20 + CASE WHEN EXISTS (FROM link_row WHERE person_key = ? "
            "AND unique_id IN (unique_id_l, unique_id_r)) THEN 1e-12 ELSE 0 END",
            [more],
        )
        make_clusters(con, 3.0)
        found.append(con.execute("SELECT unique_id, cluster FROM link_cluster ORDER BY ALL").fetchall())

    assert len({cluster for _, cluster in found[0]}) == 2, "the two with numbers of their own are apart"
    assert found[0] == found[1]


def test_a_record_without_birth_makes_no_one_person_of_two_namesakes_whom_likeness_does_not_join() -> None:
    con = people(
        """who | source_system | forename | surname | dob | postcode
        autumn | mosaic        | Oliver | Smith | 2012-08-21 | ZZ1 1AA
        spring | attendance    | Oliver | Smith | 2012-04-05 | ZZ1 1AA
        little | youth_justice | Oliver | Smith |            | ZZ1 1AA"""
    )
    con.execute("DELETE FROM link_edge WHERE (unique_id_l, unique_id_r) = (1, 2)")

    make_clusters(con, 3.0)

    assert len(con.execute("SELECT DISTINCT cluster FROM link_cluster").fetchall()) == 3


@pytest.mark.parametrize(("weight", "alone"), [(12.0, [3]), (8.0, [])], ids=["about as like", "much less"])
def test_a_record_that_says_little_is_of_neither_where_another_is_about_as_like(
    weight: float, alone: list[int]
) -> None:
    """1 and 2 are two people. 3 is like both: like 1 by 12 bits, like 2 by as many or by 8, where 3 bits are asked for."""
    pairs = [(1, 3, 12.0), (2, 3, weight)]
    edges = _Edges(*(np.array(column) for column in zip(*pairs, strict=True)), np.ones(2, dtype=bool))

    assert _could_be_either(edges, frozenset({3}), [(1, 2)], least=3.0) == alone
    assert _could_be_either(edges, frozenset({3}), [], least=3.0) == []
    assert _could_be_either(edges, frozenset(), [(1, 2)], least=3.0) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=20
    ),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] != pair[1]), max_size=6),
)
def test_no_group_ever_holds_two_that_contradict_each_other(
    edges: list[tuple[int, int]], conflicts: list[tuple[int, int]]
) -> None:
    groups = joined(edges, conflicts)

    apart = {frozenset(pair) for pair in conflicts}
    assert not [pair for group in groups for pair in combinations(sorted(group), 2) if frozenset(pair) in apart]
    assert sorted(record for group in groups for record in group) == sorted(
        {record for edge in edges for record in edge}
    )


def test_a_component_larger_than_any_person_is_left_apart() -> None:
    size = MOST_RECORDS + 1
    left, right = np.arange(size - 1), np.arange(1, size)

    found = _components(left, right, size + 2)

    assert len(set(found.tolist())) == size + 2


def test_the_largest_groups_are_left_out_until_few_enough_pairs_are_left() -> None:
    sizes, groups = np.array([2.0, 1000.0, 100_000.0]), np.array([10_000.0, 1.0, 1.0])

    assert _largest_group(sizes, groups, allowed=12 * 121_000 + 100_000) == 1000
    assert _largest_group(sizes[:2], groups[:2], allowed=12 * 121_000 + 100_000) is None


@given(st.text(max_size=60), st.text(min_size=1, max_size=90))
def test_the_engine_computes_the_same_hmac_as_the_standard_library(text: str, key: str) -> None:
    import hmac

    told = duckdb.execute(f"SELECT {hmac_sql(key, '$1', 24)}", [text]).fetchall() if "\0" not in text else None

    assert told is None or told == [(hmac.new(key.encode(), text.encode(), "sha256").hexdigest()[:24],)]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60), st.text(max_size=90))
def test_an_id_is_derived_from_key_and_text_as_the_standard_library_does_it(text: str, key: str) -> None:
    told = duckdb.execute(f"SELECT {id_sql(key, '$1')}", [text]).fetchall()

    derived = sha256(b"\0\0\0\1" + sha256(key.encode()).digest() + text.encode())
    assert told == [(derived.hexdigest()[:24],)]


def test_the_id_of_a_known_text_under_a_known_key_stays_what_it_is() -> None:
    assert duckdb.execute(f"SELECT {id_sql('key', '$1')}", ["P1"]).fetchall() == [("79a2e801c350b7d6eff3ea1c",)]
