"""How alike people drawn by chance are: the sample tells what going through every pair would."""

from __future__ import annotations

from itertools import combinations

import duckdb
import pytest
from tests.unit.link.worlds import empty

from earlyhelp.link.comparisons import COMPARISONS
from earlyhelp.link.records import gather_records
from earlyhelp.link.strangers import SAMPLED_PAIRS, shares_among_strangers

FORENAMES = ("MIA", "TOM", "ADA", "LEO", "ZOE", "SAM", "EVA")
CHILDREN = f"""
    INSERT INTO person BY NAME
    SELECT child AS row_id, 'K' || child AS person_key, 'mosaic' AS source_system,
        {list(FORENAMES)}[1 + child % 7] AS forename, 'ASH' AS surname,
        DATE '2012-01-01' + INTERVAL (child * 37 % 3000) DAY AS dob,
        CASE WHEN child % 4 = 0 THEN 'M' WHEN child % 4 = 1 THEN 'F' END AS sex
    FROM range({{}}) AS every (child)
"""
"""Seven forenames in turn, one surname, no home, and the sex of every other child."""
NAMES = frozenset(each.name for each in COMPARISONS)


def _world(children: int) -> duckdb.DuckDBPyConnection:
    con = empty()
    con.execute(CHILDREN.format(children))
    gather_records(con)
    return con


def test_of_few_records_every_pair_is_looked_at_once_and_none_with_itself() -> None:
    shares = shares_among_strangers(_world(21), NAMES)
    pairs = [one % 7 == other % 7 for one, other in combinations(range(21), 2)]
    assert shares["forename"]["equal"] == pytest.approx(sum(pairs) / len(pairs))
    assert shares["surname"] == {"equal": 1.0, "a slip": 0.0, "former or in part": 0.0, "different": 0.0}


def test_of_many_records_the_sample_tells_what_all_pairs_would_to_within_chance() -> None:
    children = 6_000
    shares = shares_among_strangers(_world(children), NAMES)
    equal = 6 * (children // 7) / children
    assert shares["forename"]["equal"] == pytest.approx(equal / 6, abs=4 * (equal / SAMPLED_PAIRS) ** 0.5)


@pytest.mark.parametrize(("children", "pairs"), [(20, 20 * 9), (21, 21 * 10), (6_000, SAMPLED_PAIRS)])
def test_no_pair_is_drawn_twice_and_of_many_records_no_more_than_asked_for(children: int, pairs: int) -> None:
    con = _world(children)
    shares_among_strangers(con, NAMES)
    assert con.execute("SELECT count(*) FROM link_strangers").fetchall() == [(pairs,)]


def test_the_shares_of_a_comparison_are_of_pairs_that_both_say_something() -> None:
    sex = shares_among_strangers(_world(6_000), NAMES)["sex"]
    assert sex["equal"] == pytest.approx(0.5, abs=0.02)
    assert sum(sex.values()) == pytest.approx(1)
    assert "unknown" not in sex


def test_what_no_record_tells_has_no_shares() -> None:
    shares = shares_among_strangers(_world(100), NAMES)
    assert shares["home"] == {}
    assert shares["upn"] == {}


def test_the_same_records_give_the_same_shares() -> None:
    assert shares_among_strangers(_world(3_000), NAMES) == shares_among_strangers(_world(3_000), NAMES)


def test_only_what_is_asked_for_is_compared() -> None:
    assert set(shares_among_strangers(_world(100), {"sex", "birth"})) == {"sex", "birth"}
