"""The same model on Apache Spark, for regions and the nation: the pairs are scored there, all else happens here.

Records and rarities go out as Parquet in a folder of their owner's alone, pairs come back the same way.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from earlyhelp.link.blocking import KEYS
from earlyhelp.link.comparisons import columns_compared
from earlyhelp.link.model import Parameters
from earlyhelp.link.rarity import rarity_columns
from earlyhelp.link.scoring import judged_sql
from earlyhelp.standard import sql
from earlyhelp.store.spark import Spark, require_spark, run_on_spark, working_folder

RECORDS, PAIRS = "link_record.parquet", "link_pair.parquet"
"""What lies in the folder that passes between the two processes."""
_TO_SIGNED = 2**63
"""What is taken from a number without a sign, up to two to the 64th, so that Spark has a type for it."""


def score_pairs_on_spark(con: duckdb.DuckDBPyConnection, parameters: Parameters, spark: Spark) -> None:
    """Make `link_pair` of `link_record` and `link_tf_<column>` as `score_pairs` does, with Spark comparing the records.

    Raises InputRefused where Spark is not installed, UsageProblem where it cannot work in the folder, EarlyHelpError where
    it ended before it was done.

    One difference is known. Where an odd number of letters is out of order, DuckDB's Jaro-Winkler likeness takes half of it
    rounded down, Spark's function half of it: WHINTNEY and WHTINEY are 0.929 to DuckDB, 0.910 to Spark. Of 72,578 pairs of
    100,000 invented records one weighs otherwise (bench/link_spark.py).
    """
    require_spark(spark)
    with working_folder(spark) as folder:
        _hand_over(con, folder)
        asked = {"parameters": parameters.as_json()}
        run_on_spark("earlyhelp.link.spark_process", folder, spark, asked, before="it had compared the records")
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
    return frozenset(KEYS) | columns_compared()
