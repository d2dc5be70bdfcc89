"""Learning from the council's own records: what cannot be believed is not learned, and no run ends for it."""

from __future__ import annotations

import duckdb
import pytest
from tests.unit.link.worlds import empty

from earlyhelp.link import training
from earlyhelp.link.model import shipped
from earlyhelp.link.records import gather_records
from earlyhelp.link.relatives import tell_relatives
from earlyhelp.link.scoring import NAMES_CLASH

CHILDREN = """
    INSERT INTO person BY NAME
    SELECT row_number() OVER () AS row_id, 'K' || row_number() OVER () AS person_key, source_system,
        ['MIA', 'TOM', 'ADA', 'LEO', 'ZOE', 'SAM', 'EVA'][1 + child % 7] AS forename,
        ['ASH', 'BIRCH', 'COLE', 'DALE', 'ELM', 'FORD', 'GALE', 'HILL', 'IVES', 'JUDD', 'KERR'][1 + child % 11]
            || CASE WHEN source_system = 'attendance' AND child % 3 = 0 THEN 'E' ELSE '' END AS surname,
        DATE '2012-01-01' + INTERVAL (child * 37 % 3000) DAY AS dob, 'ZZ1 ' || child % 9 || 'AA' AS postcode
    FROM range(400) AS every (child), (VALUES ('mosaic'), ('attendance')) AS systems (source_system)
"""
"""Each child once in either system; every third has a letter more to the surname at school."""


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> duckdb.DuckDBPyConnection:
    monkeypatch.setattr(training, "ENOUGH_RECORDS", 100)
    con = empty()
    con.execute(CHILDREN)
    assert gather_records(con) == 800
    tell_relatives(con, NAMES_CLASH, None)
    return con


def test_how_often_records_of_one_child_are_spelt_otherwise_is_learned(world: duckdb.DuckDBPyConnection) -> None:
    learned = training.train(world, 800)
    assert learned.levels["surname"]["a slip"][0] == pytest.approx(1 / 3, abs=0.1)


def test_namesakes_born_in_one_year_teach_nobody_that_a_birth_is_written_so_far_off() -> None:
    learned = {"equal": (0.81, 0.0002), "the same year or ten days apart": (0.09, 0.03), "different": (0.1, 0.9698)}

    believed = training._sound("birth", learned)

    assert believed["the same year or ten days apart"] == (0.01, 0.03)
    assert believed["different"] == (0.03, 0.9698)
    assert believed["equal"] == (pytest.approx(0.96), 0.0002)


def test_an_estimate_that_runs_towards_nought_leaves_what_is_shipped(
    world: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Splink refuses a chance under 1e-300. Here it refuses more, and all that it would learn."""
    monkeypatch.setattr("splink.internals.comparison_level.M_U_CLAMP_MIN", 1e-7)
    kept = training.train(world, 800)
    assert kept.levels["surname"]["a slip"][0] == pytest.approx(shipped().levels["surname"]["a slip"][0], abs=0.01)


def test_another_refusal_of_splink_is_not_hidden(
    world: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ValueError("something else")

    monkeypatch.setattr("splink.internals.expectation_maximisation.maximisation_step", refuse)
    with pytest.raises(ValueError, match="something else"):
        training.train(world, 800)


@pytest.mark.parametrize("left", [("forename", "surname"), ("dob",), ("postcode",)], ids=["names", "births", "homes"])
def test_a_list_that_holds_one_thing_alone_ends_no_run(world: duckdb.DuckDBPyConnection, left: tuple[str, ...]) -> None:
    for column in {"forename", "surname", "dob", "postcode"} - set(left):
        world.execute(f"UPDATE person SET {column} = NULL")
    gather_records(world)

    learned = training.train(world, 800)

    assert learned.levels["surname"]["equal"][0] == pytest.approx(shipped().levels["surname"]["equal"][0], abs=0.1)
