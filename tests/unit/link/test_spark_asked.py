"""Before Spark is started: what is refused, what is handed over, and what its process may see. None of it needs Spark."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from tests.unit.link.worlds import people

from earlyhelp.cli.engine import asked_spark
from earlyhelp.errors import EarlyHelpError, Exit, InputRefused, UsageProblem
from earlyhelp.link import spark as spark_module
from earlyhelp.link.blocking import KEYS
from earlyhelp.link.model import shipped
from earlyhelp.link.spark import (
    _JAVA,
    RECORDS,
    TROUBLE,
    Spark,
    _hand_over,
    _run,
    _variables,
    compared_columns,
    require_spark,
    score_pairs_on_spark,
)
from earlyhelp.store.files import write_json
from earlyhelp.store.workspace import create_workspace

TWO = """who | source_system | forename | surname | dob | sex | postcode | upn
    mia  | mosaic     | Mia | Thornton | 2014-02-01 | F | ZZ1 1AA | A123456789012
    mia2 | attendance | Mia | Thornton | 2014-02-01 | F | ZZ1 1AA | A123456789012
    tom  | police     | Tom | Ash      | 2009-07-21 |   |         |"""


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if Spark were installed, its Java apart."""
    monkeypatch.setattr(spark_module, "find_spec", lambda name: object() if name == "pyspark" else None)


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


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ["council [2026]", "all*", "a,b", "{x}", 'say "yes"'])
def test_a_folder_whose_path_spark_would_read_otherwise_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageProblem, match="path holds"):
        require_spark(Spark("local[2]", tmp_path / name))


@pytest.mark.usefixtures("installed")
def test_a_folder_with_spaces_and_letters_of_other_alphabets_is_taken(tmp_path: Path) -> None:
    require_spark(Spark("local[2]", tmp_path / "Ynys Môn 2026"))


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


@pytest.mark.usefixtures("installed")
def test_the_process_sees_what_it_is_given_and_leaves_what_is_temporary_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_HOME", "somewhere else")

    told = _variables(tmp_path, Spark("local[2]", tmp_path, {"JAVA_HOME": "/java"}))

    assert "SPARK_HOME" not in told
    assert told["JAVA_HOME"] == "/java"
    assert told["TMPDIR"] == told["SPARK_LOCAL_DIRS"] == str(tmp_path)


@pytest.mark.usefixtures("installed")
def test_on_one_machine_spark_listens_to_that_machine_alone(tmp_path: Path) -> None:
    def address(master: str) -> str | None:
        return _variables(tmp_path, Spark(master, tmp_path, {"JAVA_HOME": "/java"})).get("SPARK_LOCAL_IP")

    assert address("local[2]") == "127.0.0.1"
    assert address("spark://host:7077") is None


def test_java_is_called_without_the_module_that_it_does_not_hold(tmp_path: Path) -> None:
    script = tmp_path / "java"
    script.write_text(_JAVA.format(java="printf '<%s>'"), "utf-8")

    said = subprocess.run(
        ["sh", script, "-Xmx4g", "--add-modules=jdk.incubator.vector", "-Da=two words", "--add-modules=java.base"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "<-Xmx4g><-Da=two words><--add-modules=java.base>"


@pytest.mark.usefixtures("installed")
def test_a_process_that_fails_is_told_by_the_kind_of_its_error_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    asked = Spark("local[2]", tmp_path, {"JAVA_HOME": "/java"})

    with pytest.raises(EarlyHelpError, match="ended from outside") as ended:
        _run(tmp_path, asked)
    write_json(tmp_path / TROUBLE, {"kind": "JAVA_GATEWAY_EXITED", "words": "Mia Thornton"})
    with pytest.raises(EarlyHelpError, match=r"JAVA_GATEWAY_EXITED\.$"):
        _run(tmp_path, asked)

    assert ended.value.exit_code == Exit.FAILED
    assert "JAVA_HOME" in ended.value.fix


def test_the_embedded_engine_has_no_master(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "ws", "E09000032")

    assert asked_spark(workspace, "duckdb", None) is None
    with pytest.raises(UsageProblem) as refused:
        asked_spark(workspace, "duckdb", "local[2]")
    assert refused.value.fix == "Add --engine spark."


@pytest.mark.usefixtures("installed")
def test_spark_gets_its_own_variables_of_the_environment_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_CONF_DIR", "conf")
    monkeypatch.setenv("DATABASE_URL", "a secret")
    workspace = create_workspace(tmp_path / "ws", "E09000032")

    asked = asked_spark(workspace, "spark", None)

    assert asked is not None
    assert asked.master == "local[*]"
    assert asked.environment["SPARK_CONF_DIR"] == "conf"
    assert "DATABASE_URL" not in asked.environment
