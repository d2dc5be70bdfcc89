"""One model on two engines: the same people found by DuckDB and by Apache Spark with the same parameters.

100,000 records of ../shared/bench/make_people.py. Parameters are learned once; the pairs are scored by DuckDB, then by Spark
(local[2]), which includes starting it; all else is the same. The share of records whose cluster has the same members on both is
at least 0.999. Spark's time stands beside DuckDB's and has no limit: on one machine Spark is there to be tried out.

Left out where there is no .venv-spark (`make .venv-spark/ready` makes it). Ends with 1 where the limit is missed.

usage: python bench/link_spark.py [--records 100000] [--people FILE] [--master local[2]] [--differing FILE.csv]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
from linkage import made, runs
from linkage.quality import Limit, told

SPARKS = runs.ROOT / ".venv-spark" / "bin" / "python"


def main(arguments: Sequence[str]) -> int:
    """The share and both times; 1 where too few records are in the same cluster."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--records", type=int, default=100_000)
    asked.add_argument("--people", type=Path, help="people that make_people.py made before")
    asked.add_argument("--master", default="local[2]")
    asked.add_argument(
        "--differing", type=Path, help="write the pairs that differ, with what was compared, to this file"
    )
    asked.add_argument("--shared", type=Path, default=runs.ROOT / ".." / "shared", help="where the maker of people is")
    options = asked.parse_args(arguments)
    if not SPARKS.exists():
        print("  left out: there is no .venv-spark; make it with: make .venv-spark/ready")
        return 0
    if not (options.people or made.is_there(options.shared)):
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), options)


def _measure(folder: Path, options: argparse.Namespace) -> int:
    people = _people(folder, options)
    more = ["--differing", options.differing.absolute()] if options.differing else []
    command = [SPARKS, runs.HERE / "engines.py", people, folder, "--master", options.master, *more]
    cost = runs.timed(command, folder / "engines.log")
    found = cost.told
    print(f"  {found['records']:,} records, scored by each engine with the same parameters")
    print(f"  DuckDB             {found['duckdb_seconds']:7.1f} s  {found['duckdb_pairs']:,} pairs")
    print(f"  Spark {options.master:<12} {found['spark_seconds']:7.1f} s  {found['spark_pairs']:,} pairs")
    print(f"  the largest process: {cost.megabytes:,.0f} MB")
    print(f"  pairs that only one has or that weigh otherwise: {found['differing_pairs']:,}")
    return (
        0 if told([Limit("share of records in the same cluster", found["same_cluster"], least=0.999, places=5)]) else 1
    )


def _people(folder: Path, options: argparse.Namespace) -> Path:
    """The people as the standard has them."""
    if not options.people:
        return made.beside(made.people_of(folder, options.shared, options.records), "people")
    people = folder / "people.parquet"
    duckdb.connect().execute(f"COPY ({made.PEOPLE.format(options.people)} LIMIT {options.records}) TO '{people}'")
    return people


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
