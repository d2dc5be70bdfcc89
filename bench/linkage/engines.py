"""The same people put together twice with the same parameters: pairs scored by DuckDB, then by Spark.

usage: python bench/linkage/engines.py PEOPLE.parquet SCRATCH [--master local[2]] [--differing FILE.csv]

Needs pyspark: run it with the interpreter of .venv-spark. The last line printed is an object: records, seconds of each scoring,
pairs of each, pairs that only one has or that weigh otherwise, and the share of records whose cluster has the same members in
both. --differing writes those pairs with what was compared: the people are invented.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from earlyhelp.link.matching import match_records, put_together
from earlyhelp.link.model import Parameters
from earlyhelp.link.scoring import score_pairs
from earlyhelp.link.spark import compared_columns, score_pairs_on_spark
from earlyhelp.standard import TABLES, stored_columns
from earlyhelp.store.spark import Spark

SAME_WEIGHT = 1e-6
"""Weights that differ by less differ by the order in which numbers were added."""
SAME_MEMBERS = """
    SELECT avg(CAST(together = here AND together = there AS INTEGER)) FROM (
        SELECT count(*) OVER (PARTITION BY one.cluster, other.cluster) AS together,
            count(*) OVER (PARTITION BY one.cluster) AS here, count(*) OVER (PARTITION BY other.cluster) AS there
        FROM duckdb_cluster AS one JOIN spark_cluster AS other USING (unique_id))
"""
DIFFERING = f"""
    CREATE OR REPLACE TEMP TABLE differing AS
    SELECT unique_id_l, unique_id_r, one.weight AS duckdb_weight, other.weight AS spark_weight
    FROM duckdb_pair AS one FULL JOIN spark_pair AS other USING (unique_id_l, unique_id_r)
    WHERE one.weight IS NULL OR other.weight IS NULL OR abs(one.weight - other.weight) > {SAME_WEIGHT}
"""


def main(arguments: Sequence[str]) -> None:
    """Learn once, score and put together on both engines, hold one against the other."""
    asked = argparse.ArgumentParser()
    asked.add_argument("people", type=Path)
    asked.add_argument("scratch", type=Path)
    asked.add_argument("--master", default="local[2]")
    asked.add_argument("--differing", type=Path)
    options = asked.parse_args(arguments)
    con = filled(options.people)
    used = match_records(con)
    if used is None:
        sys.exit("nothing to compare")
    spark = Spark(options.master, options.scratch)
    told = {
        "duckdb_seconds": _put_together(con, used, "duckdb", score_pairs),
        "spark_seconds": _put_together(con, used, "spark", lambda *told: score_pairs_on_spark(*told, spark)),
    }
    con.execute(DIFFERING)
    if options.differing:
        _write_differing(con, options.differing)
    print(json.dumps(told | _held_together(con)))


def filled(people: Path) -> duckdb.DuckDBPyConnection:
    """The standard's tables of people and their numbers, with the people of a file."""
    con = duckdb.connect()
    for name in ("person", "person_identifier"):
        columns = [f'"{column}" {each.type.duckdb}' for column, each in stored_columns(TABLES[name]).items()]
        con.execute(f"CREATE TABLE {name} (row_id BIGINT, {', '.join(columns)})")
    con.execute(f"INSERT INTO person BY NAME SELECT * FROM '{people}'")
    return con


def _put_together(
    con: duckdb.DuckDBPyConnection,
    used: Parameters,
    engine: str,
    score: Callable[[duckdb.DuckDBPyConnection, Parameters], None],
) -> float:
    """Seconds of scoring; leaves `<engine>_pair` and `<engine>_cluster`."""
    start = time.perf_counter()
    score(con, used)
    seconds = time.perf_counter() - start
    put_together(con)
    for what in ("pair", "cluster"):
        con.execute(f"CREATE OR REPLACE TEMP TABLE {engine}_{what} AS FROM link_{what}")
    return round(seconds, 1)


def _held_together(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    queries = {
        "records": "SELECT count(*) FROM link_record",
        "duckdb_pairs": "SELECT count(*) FROM duckdb_pair",
        "spark_pairs": "SELECT count(*) FROM spark_pair",
        "differing_pairs": "SELECT count(*) FROM differing",
        "same_cluster": SAME_MEMBERS,
    }
    return {name: con.execute(query).fetchall()[0][0] for name, query in queries.items()}


def _write_differing(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    shown = [name for name in sorted(compared_columns()) if not name.startswith("block_")]
    sides = ", ".join(f"{side}.{name} AS {name}_{side}" for name in shown for side in "lr")
    con.execute(
        f"COPY (SELECT differing.*, {sides} FROM differing JOIN link_record AS l ON l.unique_id = unique_id_l "
        f"JOIN link_record AS r ON r.unique_id = unique_id_r) TO '{path}'"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
