"""The run that is timed: people read from Parquet, `match_records`, who belongs together written to Parquet.

usage: python bench/linkage/ours.py PEOPLE.parquet CLUSTERS.parquet [--identifiers FILE] [--leave FOLDER] [--after FOLDER]

PEOPLE holds any columns of the standard's `person`, person_key among them. --leave keeps what a later run needs, --after carries
on from what a run left. The last line printed is an object: seconds of the call, records, clusters, records in the largest
one, pairs, warnings.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from earlyhelp import own_process

own_process.begin()  # as every process of ours does: before numpy is loaded

import duckdb  # noqa: E402 - see above

from earlyhelp.link import KEPT, Parameters  # noqa: E402
from earlyhelp.link.earlier import read_left  # noqa: E402
from earlyhelp.link.matching import match_records  # noqa: E402
from earlyhelp.link.model import read_parameters  # noqa: E402
from earlyhelp.standard import TABLES, stored_columns  # noqa: E402


def main(arguments: Sequence[str]) -> None:
    """Fill the tables, match, write."""
    asked = argparse.ArgumentParser()
    asked.add_argument("people", type=Path)
    asked.add_argument("clusters", type=Path)
    asked.add_argument("--identifiers", type=Path)
    asked.add_argument("--leave", type=Path)
    asked.add_argument("--after", type=Path)
    options = asked.parse_args(arguments)
    con = _filled(options)
    before = _recalled(con, options.after) if options.after else None
    start = time.perf_counter()
    used = match_records(con, before)
    seconds = time.perf_counter() - start
    query = "SELECT person_key, cluster FROM link_cluster JOIN link_row USING (unique_id)"
    con.execute(f"COPY ({query}) TO '{options.clusters}'")
    if options.leave and used:
        _leave(con, used, options.leave)
    print(json.dumps({"seconds": seconds, "warnings": _warnings(con), **_counts(con)}))


def _filled(options: argparse.Namespace) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("SET preserve_insertion_order = false")
    con.execute("SET memory_limit = '8GB'")  # as plain_splink.py has it
    con.execute(f"SET temp_directory = '{options.clusters.parent / 'spill'}'")
    con.execute("SET max_temp_directory_size = '20GB'")
    for table, path in (("person", options.people), ("person_identifier", options.identifiers)):
        columns = [f'"{name}" {column.type.duckdb}' for name, column in stored_columns(TABLES[table]).items()]
        con.execute(f"CREATE TABLE {table} (row_id BIGINT, {', '.join(columns)})")
        if path:
            con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM '{path}'")
    return con


def _leave(con: duckdb.DuckDBPyConnection, used: Parameters, folder: Path) -> None:
    for table, query in KEPT.items():
        con.execute(f"COPY ({query}) TO '{folder / table}.parquet'")
    (folder / "parameters.json").write_text(json.dumps(used.as_json()), "utf-8")


def _recalled(con: duckdb.DuckDBPyConnection, folder: Path) -> Parameters:
    read_left(con, folder)
    return read_parameters(json.loads((folder / "parameters.json").read_text("utf-8")))


def _warnings(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [f"{what} ({records:,})" for what, records in con.execute("FROM link_warning ORDER BY ALL").fetchall()]


def _counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    counted = con.execute(
        "SELECT coalesce(sum(n), 0), count(*), coalesce(max(n), 0), (SELECT count(*) FROM link_pair) "
        "FROM (SELECT count(*) AS n FROM link_cluster GROUP BY cluster)"
    ).fetchall()[0]
    return dict(zip(("records", "clusters", "largest", "pairs"), map(int, counted), strict=True))


if __name__ == "__main__":
    main(sys.argv[1:])
