"""Likeness of two records, level by level, as SQL that every engine reads."""

from __future__ import annotations

import duckdb
import jellyfish
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.link.comparisons import COMPARISONS, Level, level_sql, swapped

NAMES = st.text("ABCD", max_size=9)


@given(NAMES, NAMES, st.integers(1, 2))
def test_leaving_out_by_levenshtein_first_leaves_out_nothing_that_damerau_finds(
    one: str, other: str, signs: int
) -> None:
    near = jellyfish.damerau_levenshtein_distance(one, other) <= signs

    assert not near or jellyfish.levenshtein_distance(one, other) <= 2 * signs


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("MILLLANE", "MILLLANE", True),
        ("MILLLANE", "MLILLANE", True),
        ("MILLLANE", "MILLANE", True),
        ("MILLLANE", "MILLLANEEAST", True),
        ("MILLLANE", "HIGHSTREET", False),
        ("MILLLANE", None, False),
        ("LIN", "LIM", True),
        ("LI", "LE", False),
        ("S", "I", False),
        ("S", "S", True),
    ],
    ids=[
        "the same",
        "two signs changed places",
        "one left out",
        "more behind it",
        "another",
        "not known",
        "one of three letters",
        "one of two letters",
        "another initial",
        "the same initial",
    ],
)
def test_a_value_is_alike_with_a_slip_or_by_jaro_and_winkler(one: str, other: str | None, alike: bool) -> None:
    asked = level_sql(Level("alike", alike="street"))
    told = duckdb.execute(f"SELECT {asked} FROM (SELECT $1 AS street_l, $2 AS street_r)", [one, other]).fetchall()

    assert told == [(alike,)]


SWAPPED = swapped(("$1", "$3"), ("$2", "$4"), ("$5", "$6", "$7", "$8"))


@pytest.mark.parametrize(
    ("one", "other", "is_swapped"),
    [
        (("MIA", "THORNTON"), ("THORNTON", "MIA"), True),
        (("MIA", "THORNTON"), ("THORMTOM", "MIA"), True),
        (("MIA", "THORNTON"), ("THORNTON", "MYA"), True),
        (("SARA", "NIKAKIS"), ("NIKAKIS", "SARALOUISE"), True),
        (("MIA", "THORNTON"), ("MIA", "THORNTON"), False),
        (("THOMAS", "OLIVER"), ("OLIVER", "HENRY"), False),
        (("THOMAS", "THOMAS"), ("THOMAS", "THOMAS"), False),
    ],
    ids=["plain", "a slip in one", "a slip in the other", "one shortened", "not at all", "half", "a name twice"],
)
def test_forename_and_surname_in_each_others_place_are_seen_with_a_slip(
    one: tuple[str, str], other: tuple[str, str], is_swapped: bool
) -> None:
    sounds = [jellyfish.metaphone(name) for name in (*one, *other)]

    assert duckdb.execute(f"SELECT {SWAPPED}", [*one, *other, *sounds]).fetchall() == [(is_swapped,)]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda each: each.name)
def test_what_remains_is_the_last_level_and_no_other(comparison) -> None:
    assert [level.remains for level in comparison.levels] == [False] * (len(comparison.levels) - 1) + [True]
