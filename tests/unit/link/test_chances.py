"""How likely two strangers are alike: counted, without the pairs of one person, and never from a few sampled pairs alone."""

from __future__ import annotations

import duckdb
import pytest

from earlyhelp.link.model import shipped
from earlyhelp.link.strangers import SAMPLED_PAIRS
from earlyhelp.link.training import _BELIEVED_OF_SAMPLE, _BELIEVED_PAIRS, _by_chance, _counted, _drawn

HOMES = 1_000
RECORDS = 2 * HOMES


@pytest.fixture
def two_records_each() -> duckdb.DuckDBPyConnection:
    """A thousand people with two records each, each in a house of their own; every fourth has no name of a street."""
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE link_record AS SELECT range // 2 AS person, 'ZZ' || person AS postcode, '1' AS building, "
        "CASE WHEN person % 4 > 0 THEN 'MILLLANE' END AS street, NULL::VARCHAR AS forename, NULL::VARCHAR AS surname, "
        f"NULL::VARCHAR AS birth_text FROM range({RECORDS})"
    )
    return con


def counted(pairs: float, u: float) -> float:
    """The share of ordered pairs, drawn towards the usual one as `_BELIEVED_PAIRS` says."""
    return (pairs + _BELIEVED_PAIRS * u) / (RECORDS**2 + _BELIEVED_PAIRS)


def test_the_chance_of_a_house_is_counted_without_what_the_same_street_holds(two_records_each) -> None:
    usual = shipped().levels["home"]
    told = _by_chance(_counted(two_records_each), shipped().levels)["home"]

    both = counted(1.5 * HOMES, usual["the same house and street"][1])
    assert told["the same house and street"][1] == pytest.approx(both)
    assert told["the same house"][1] == pytest.approx(counted(2 * HOMES, usual["the same house"][1]) - both)
    assert told["the same house"][0] == usual["the same house"][0]


def test_pairs_of_one_person_are_no_strangers(two_records_each) -> None:
    share = HOMES / 10 / RECORDS**2
    levels = shipped().levels
    with_them = _by_chance(_counted(two_records_each), levels)["home"]["the same house and street"]
    without = _by_chance(_counted(two_records_each), levels, share)["home"]["the same house and street"]

    assert without[1] == pytest.approx(with_them[1] - share * with_them[0])


def test_a_chance_never_falls_to_nothing_however_many_are_of_one_person(two_records_each) -> None:
    told = _by_chance(_counted(two_records_each), shipped().levels, 0.3)["home"]

    assert all(u > 0 for _, u in told.values())


def test_what_no_sampled_pair_showed_is_rarer_than_usual_but_not_impossible() -> None:
    assert _drawn(0.0, 0.0, 0.003) == pytest.approx(0.003 * _BELIEVED_OF_SAMPLE / (_BELIEVED_OF_SAMPLE + SAMPLED_PAIRS))


def test_where_no_sampled_pair_told_anything_the_usual_chance_stays() -> None:
    assert _drawn(None, 0.0, 0.003) == 0.003


def test_what_many_sampled_pairs_showed_is_believed() -> None:
    assert _drawn(0.4, 0.0, 0.3) == pytest.approx(0.4, abs=0.02)


def test_sampled_pairs_of_one_person_are_no_strangers_either() -> None:
    assert _drawn(0.4, 0.1, 0.3) == pytest.approx(_drawn(0.3, 0.0, 0.3))


def test_that_all_sampled_pairs_were_of_one_person_tells_as_much_as_that_there_were_none() -> None:
    assert _drawn(0.001, 0.002, 0.003) == _drawn(0.0, 0.0, 0.003)
