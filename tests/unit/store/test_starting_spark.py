"""Before Spark is started: what is refused, what its process may see, and where it works. None of it needs Spark."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from earlyhelp.cli.engine import asked_spark
from earlyhelp.errors import EarlyHelpError, Exit, UsageProblem
from earlyhelp.store import spark as spark_module
from earlyhelp.store.files import read_json, write_json
from earlyhelp.store.spark import (
    _JAVA,
    ASKED,
    TROUBLE,
    Spark,
    require_spark,
    run_on_spark,
    variables,
    working_folder,
)
from earlyhelp.store.spark_session import do_what_is_asked, settings
from earlyhelp.store.workspace import create_workspace


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if Spark were installed, its Java apart."""
    monkeypatch.setattr(spark_module, "find_spec", lambda name: object() if name == "pyspark" else None)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ["council [2026]", "all*", "a,b", "{x}", 'say "yes"'])
def test_a_folder_whose_path_spark_would_read_otherwise_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageProblem, match="path holds"):
        require_spark(Spark("local[2]", tmp_path / name))


@pytest.mark.usefixtures("installed")
def test_a_folder_with_spaces_and_letters_of_other_alphabets_is_taken(tmp_path: Path) -> None:
    require_spark(Spark("local[2]", tmp_path / "Ynys Môn 2026"))


@pytest.mark.usefixtures("installed")
def test_the_process_sees_what_it_is_given_and_leaves_what_is_temporary_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_HOME", "somewhere else")

    told = variables(tmp_path, Spark("local[2]", tmp_path, {"JAVA_HOME": "/java"}))

    assert "SPARK_HOME" not in told
    assert told["JAVA_HOME"] == "/java"
    assert told["TMPDIR"] == told["SPARK_LOCAL_DIRS"] == str(tmp_path)


@pytest.mark.usefixtures("installed")
def test_on_one_machine_spark_listens_to_that_machine_alone(tmp_path: Path) -> None:
    def address(master: str) -> str | None:
        return variables(tmp_path, Spark(master, tmp_path, {"JAVA_HOME": "/java"})).get("SPARK_LOCAL_IP")

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
        run_on_spark("a.module", tmp_path, asked, {}, before="it had counted")
    write_json(tmp_path / TROUBLE, {"kind": "JAVA_GATEWAY_EXITED", "words": "Mia Thornton"})
    with pytest.raises(EarlyHelpError, match=r"JAVA_GATEWAY_EXITED\.$"):
        run_on_spark("a.module", tmp_path, asked, {}, before="it had counted")

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


def test_it_works_in_a_folder_of_its_owners_alone_that_is_gone_afterwards(tmp_path: Path) -> None:
    spark = Spark("local[2]", tmp_path / "not there yet")

    with working_folder(spark) as folder:
        (folder / "shuffled").write_text("rows")
        assert folder.parent == spark.scratch
        assert {path.stat().st_mode & 0o777 for path in (folder, spark.scratch)} == {0o700}

    assert list(spark.scratch.iterdir()) == []


def test_what_a_killed_process_left_is_deleted_and_where_somebody_works_nothing_is(tmp_path: Path) -> None:
    spark = Spark("local[2]", tmp_path)
    left = tmp_path / "spark-left"
    left.mkdir()
    (left / "shuffled").write_text("rows")

    with working_folder(spark) as one, working_folder(spark) as other:
        assert sorted(tmp_path.iterdir()) == sorted([one, other])
        assert one != other


def test_what_is_asked_reaches_the_process_with_where_spark_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "true")

    spark = Spark("spark://host:7077", tmp_path, {"JAVA_HOME": "/java"}, memory="2g")
    run_on_spark("a.module", tmp_path, spark, {"wanted": ["A1"]}, before="it had counted")

    assert read_json(tmp_path / ASKED) == {"wanted": ["A1"], "master": "spark://host:7077", "memory": "2g"}


def test_a_process_that_meets_trouble_leaves_its_kind_and_none_of_its_words(tmp_path: Path) -> None:
    write_json(tmp_path / ASKED, {"wanted": []})

    def work(folder: Path, asked: Mapping[str, Any]) -> None:
        raise LookupError(f"Mia Thornton in {folder}, {asked}")

    with pytest.raises(LookupError):
        do_what_is_asked(work, [str(tmp_path)])

    assert read_json(tmp_path / TROUBLE) == {"kind": "LookupError"}
    assert do_what_is_asked(lambda folder, asked: write_json(folder / "done.json", asked), [str(tmp_path)]) == 0
    assert read_json(tmp_path / "done.json") == {"wanted": []}


def test_its_settings_keep_all_in_the_folder_and_show_no_page(tmp_path: Path) -> None:
    here, elsewhere = (settings(tmp_path, master, "2g") for master in ("local[2]", "spark://host:7077"))

    assert here["spark.ui.enabled"] == elsewhere["spark.ui.enabled"] == "false"
    assert str(tmp_path) in here["spark.sql.warehouse.dir"]
    assert here["spark.driver.bindAddress"] == "127.0.0.1"
    assert "spark.driver.bindAddress" not in elsewhere
