"""The parameters of the model: what ships fits what is compared, and a file of numbers says it all."""

from __future__ import annotations

import duckdb
import pytest

from earlyhelp.link.comparisons import COMPARISONS
from earlyhelp.link.model import Parameters, read_parameters, shipped
from earlyhelp.link.rarity import USUAL, make_rarities, rarity_columns
from earlyhelp.link.training import _sound


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda each: each.name)
def test_every_level_has_shipped_parameters_that_add_up(comparison) -> None:
    told = shipped().levels[comparison.name]

    assert set(told) == {level.name for level in comparison.levels if not level.unknown}
    assert sum(m for m, _ in told.values()) == pytest.approx(1, abs=0.01)
    assert sum(u for _, u in told.values()) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda each: each.name)
def test_equal_speaks_for_one_person_and_different_against(comparison) -> None:
    told = shipped().levels[comparison.name]

    assert told["equal"][0] > told["equal"][1]
    assert told["different"][0] < told["different"][1]


def test_parameters_survive_being_written_down() -> None:
    before = Parameters(0.001, {"sex": {"equal": (0.9, 0.5)}}, 12_000)

    assert read_parameters(before.as_json()) == before


def shares(values: str, rows: int) -> dict[str, float]:
    """How common each forename is told to be, where SQL `values` gives them over `range`."""
    con = duckdb.connect()
    con.execute(
        f"CREATE TABLE told AS SELECT {values} AS forename, NULL::VARCHAR AS surname, NULL::VARCHAR AS birth_text, "
        f"NULL::VARCHAR AS postcode FROM range({rows})"
    )
    make_rarities(con, "told")
    return dict(con.execute("SELECT forename, tf_forename FROM link_tf_forename").fetchall())


def test_agreement_on_a_common_name_says_less_than_on_a_rare_one_and_the_two_themselves_do_not_count() -> None:
    told = shares("CASE WHEN range < 5000 THEN 'ALI' ELSE 'N' || range END", 10_000)

    assert told["ALI"] == pytest.approx((4998 + 10) / 12_000)
    assert told["N9999"] == pytest.approx((0 + 10) / 12_000)


def test_of_two_records_a_name_is_as_common_as_usual() -> None:
    assert shares("'MIA'", 2)["MIA"] == pytest.approx(USUAL["forename"], abs=0.001)


def test_every_column_whose_rarity_counts_has_a_usual_share() -> None:
    assert set(rarity_columns()) == set(USUAL)


def test_no_more_pairs_of_one_person_differ_than_can_be() -> None:
    learned = {"equal": (0.5, 0.01), "a slip": (0.1, 0.01), "different": (0.3, 0.9), "another known name": (0.1, 0.08)}

    kept = _sound("forename", learned)

    assert kept["different"] == (0.02, 0.9)
    assert kept["another known name"] == (0.02, 0.08)
    assert kept["equal"][0] == pytest.approx(0.96 * 5 / 6)
    assert sum(m for m, _ in kept.values()) == pytest.approx(1)
