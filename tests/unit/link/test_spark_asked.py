"""Before Spark compares records: what is refused, and what is handed over. None of it needs Spark."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from tests.unit.link.worlds import by_hand, people

from earlyhelp.errors import Exit, InputRefused
from earlyhelp.link.blocking import KEYS
from earlyhelp.link.model import shipped
from earlyhelp.link.spark import RECORDS, _hand_over, compared_columns, score_pairs_on_spark
from earlyhelp.store import spark as spark_module
from earlyhelp.store.spark import Spark

TWO = """who | source_system | forename | surname | dob | sex | postcode | upn
    mia  | mosaic     | Mia | Thornton | 2014-02-01 | F | ZZ1 1AA | A123456789012
    mia2 | attendance | Mia | Thornton | 2014-02-01 | F | ZZ1 1AA | A123456789012
    tom  | police     | Tom | Ash      | 2009-07-21 |   |         |"""


def test_where_spark_is_not_installed_the_extra_is_named_and_the_pairs_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_module, "find_spec", lambda name: None)
    con = people(TWO)
    before = con.execute("FROM link_pair ORDER BY ALL").fetchall()

    with pytest.raises(InputRefused) as refused:
        score_pairs_on_spark(con, shipped(), Spark("local[2]", tmp_path))

    assert refused.value.exit_code == Exit.REFUSED
    assert "earlyhelp[spark]" in refused.value.fix
    assert con.execute("FROM link_pair ORDER BY ALL").fetchall() == before != []
    assert list(tmp_path.iterdir()) == []


def test_every_column_that_is_compared_is_one_of_the_records_and_no_key_or_ethnicity_is_handed_over() -> None:
    there = {name for (name,) in people(TWO).execute("SELECT column_name FROM (DESCRIBE link_record)").fetchall()}

    assert compared_columns() <= there
    assert compared_columns() >= {
        *KEYS,
        "forename",
        "surname",
        "birth_text",
        "postcode",
        "building",
        "uprn",
        "upn",
        "sex",
    }
    assert not compared_columns() & {"person_key", "ethnicity", "death_date", "case_id", "source_system"}


def test_numbers_too_large_for_spark_are_handed_over_smaller_and_as_different_as_before(tmp_path: Path) -> None:
    con = people(TWO)
    by_hand(con)
    con.execute("UPDATE link_record SET block_0 = CASE unique_id WHEN 1 THEN 0 WHEN 2 THEN 18446744073709551615 END")

    _hand_over(con, tmp_path)

    told = duckdb.connect()
    handed = f"read_parquet('{tmp_path / RECORDS}')"
    assert told.execute(f"SELECT block_0 FROM {handed} ORDER BY unique_id").fetchall() == [
        (-(2**63),),
        (2**63 - 1,),
        (None,),
    ]
    kinds = dict(told.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM {handed})").fetchall())
    assert "UBIGINT" not in kinds.values()
    assert set(kinds) == compared_columns() | {"unique_id"}


def test_what_is_handed_over_is_its_owners_alone(tmp_path: Path) -> None:
    _hand_over(people(TWO), tmp_path)

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert {path.stem for path in tmp_path.iterdir()} >= {"link_record", "link_tf_forename", "link_tf_postcode"}
