"""Spark finds the pairs that DuckDB finds, with the same weights, and leaves nothing behind. `make test-spark` runs these."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
from tests.unit.link.worlds import people

from earlyhelp.errors import EarlyHelpError
from earlyhelp.link.comparisons import COMPARISONS
from earlyhelp.link.matching import match_records
from earlyhelp.link.model import Parameters
from earlyhelp.link.spark import score_pairs_on_spark
from earlyhelp.store.spark import Spark

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(find_spec("pyspark") is None, reason="needs pyspark, which .venv-spark has: make test-spark"),
]

HEADINGS = "who | source_system | forename | surname | dob | sex | address_line | postcode | upn | former_surname\n"
MIA = "Mia | Thornton | 2014-02-03 | F | 3 Mill Lane | ZZ1 1AA | |"
COUPLES = (
    (MIA, MIA),
    (MIA, "Mya | Thornton | 2014-02-03 | F | 3 Mill Lane | ZZ1 1AA | |"),
    (MIA, "Mai | Thorntno | 2014-02-03 | F | 3 Mill Lane | ZZ1 1AA | |"),
    (MIA, "Thornton | Mia | 2014-02-03 | F | 3 Mill Lane | ZZ1 1AA | |"),
    (MIA, "Mia | Weaver | 2014-02-03 | F | 3 Mill Lane | ZZ1 1AA | | Thornton"),
    (MIA, "Mia | Thornton | 2014-03-02 | F | 3 Mill Lane | ZZ1 1AA | |"),
    (MIA, "Mia | Thornton | 2014-02-13 | F | 3 Mill Lane | ZZ1 1AA | |"),
    (MIA, "Mia | Thornton | 2014-01-01 | F | 3 Mill Lane | ZZ1 1AA | |"),
    (MIA, "Mia | Thornton | 2014-11-29 | F | 3 Mill Lane | ZZ1 1AA | |"),
    (MIA, "Mia | Thornton | 2014-02-03 |   | 9 High St   | ZZ1 1AB | |"),
    (MIA, "Mia | Thornton | 2014-02-03 | M |             | ZZ8 8BB | |"),
    (MIA, "Mia | Thornton |            | F |             |         | |"),
    (
        "Mia | Thornton | 2014-02-03 | F | | | A123456789012 |",
        "Ava | Weaver | 2014-02-03 | F | | | A123456789012 |",
    ),
    (
        "Christopher | Featherstonehaugh | 2011-05-06 | M | 1 Elm Way | ZZ2 2AA | |",
        "Cristopher | Fetherstonhaugh | 2011-05-06 | M | 1 Elm Way | ZZ2 2AA | |",
    ),
    (
        "Muhammad Hassan | Al-Masri | 2012-06-07 | M | 2 Elm Way | ZZ3 3AA | |",
        "Hasan | El Masri | 2012-06-07 | M | 2 Elm Way | ZZ3 3AA | |",
    ),
    (
        "Alexandra | Smith-Jones | 2013-07-08 | F | 4 Elm Way | ZZ4 4AA | |",
        "Sandra | Jones | 2013-07-08 | F | 4 Elm Way | ZZ4 4AA | |",
    ),
    (
        "Elizabeth | O'Brien | 2010-08-09 | F | 5 Elm Way | ZZ5 5AA | |",
        "Beth | OBrien | 2010-08-09 | F | 5 Elm Way | ZZ5 5AA | |",
    ),
    (
        "Ann | Lee | 2009-09-10 | F | 6 Elm Way | ZZ6 6AA | |",
        "Anna | Leigh | 2009-09-10 | F | 6 Elm Way | ZZ6 6AA | |",
    ),
)
"""Two records that differ in one thing or another; each couple is moved to a postcode area of its own."""


def couples() -> duckdb.DuckDBPyConnection:
    """Both records of each couple, matched by DuckDB; `link_pair` holds what it found."""
    lines = [
        f"{side}{number} | {system} | {_apart(row, number)}"
        for number, couple in enumerate(COUPLES)
        for side, system, row in zip("lr", ("mosaic", "attendance"), couple, strict=True)
    ]
    return people(HEADINGS + "\n".join(lines))


def _apart(row: str, number: int) -> str:
    return row.replace(" ZZ", f" Z{chr(65 + number)}")


def parameters(con: duckdb.DuckDBPyConnection) -> Parameters:
    used = match_records(con)
    assert used is not None
    return used


def found(con: duckdb.DuckDBPyConnection) -> list[tuple[int, int, bool]]:
    return con.execute("SELECT unique_id_l, unique_id_r, clash FROM link_pair ORDER BY ALL").fetchall()


def weights(con: duckdb.DuckDBPyConnection) -> list[float]:
    told = con.execute("SELECT weight FROM link_pair ORDER BY unique_id_l, unique_id_r").fetchall()
    return [weight for (weight,) in told]


def test_the_same_pairs_are_found_with_the_same_weights_in_a_folder_that_is_empty_afterwards(tmp_path: Path) -> None:
    con = couples()
    pairs, weighed = found(con), weights(con)
    assert len(pairs) > len(COUPLES) / 2  # some couples are too different to be one person, on either engine
    assert len({round(weight, 3) for weight in weighed}) > len(COMPARISONS)

    scratch = tmp_path / "a folder"
    scratch.mkdir()
    score_pairs_on_spark(con, parameters(con), Spark("local[2]", scratch))

    assert found(con) == pairs
    assert weights(con) == pytest.approx(weighed, abs=1e-9)
    assert list(scratch.iterdir()) == []


def test_where_nobody_is_alike_there_are_no_pairs(tmp_path: Path) -> None:
    con = people(
        """who | source_system | forename | surname | dob | postcode
        mia | mosaic     | Mia | Thornton | 2014-02-01 | ZZ1 1AA
        tom | attendance | Tom | Ash      | 2009-07-21 | ZZ8 8BB"""
    )

    score_pairs_on_spark(con, parameters(con), Spark("local[1]", tmp_path))

    assert found(con) == []


def test_a_master_that_spark_does_not_know_is_told_without_a_word_of_the_records(tmp_path: Path) -> None:
    con = couples()

    with pytest.raises(EarlyHelpError, match="Spark ended before it had compared the records") as ended:
        score_pairs_on_spark(con, parameters(con), Spark("nowhere", tmp_path))

    assert "--master nowhere" in ended.value.where
    assert "Thornton" not in f"{ended.value.error} {ended.value.fix}"
    assert list(tmp_path.iterdir()) == []
