"""The same measures on two engines: how much longer Apache Spark takes than DuckDB, and that both find the same.

Five questions about the quarters of one council, three of them with two splits: asked of DuckDB, then of Spark on this machine as
`measure --engine spark` asks it, in one process. The start of Spark (Java, the session, a view for each table) is told apart, and
so is a question before all others, as Java has not compiled anything yet. Spark's times have no limit: on one machine it is
there to be tried out. Ends with 1 where a figure differs by more than 1e-9.

Left out where there is no .venv-spark (`make .venv-spark/ready` makes it).

usage: python bench/measures_spark.py [--people 40000] [--master local[2]] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from measures import ONE_COUNCIL, STANDARDS, Limit, snapshot_of, timed, told
from measuring.hand_written import HAND_WRITTEN

from earlyhelp.measures import CATALOGUE, Figures, Grain, Measure, Question, calculate
from earlyhelp.measures.on_spark import count_on_spark
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.spark import Spark

SPARKS = Path(__file__).resolve().parents[1] / ".venv-spark" / "bin" / "python"
TIMES = 5
"""How often DuckDB is asked each question; Spark, which takes seconds, is asked once."""
SPLIT = {name: by for name, (by, _) in HAND_WRITTEN.items()}
ASKED: list[tuple[Measure, Question]] = [
    (CATALOGUE[name], Question(tuple(SPLIT.get(name, ())), grain=Grain.QUARTER)) for name in (*SPLIT, "B2", "C10")
]
WARMING = CATALOGUE["C10"], Question(grain=Grain.YEAR, first=date(2024, 4, 1))
"""Asked first, of other days than later, so that nothing of an answer is known already."""


def main(arguments: Sequence[str]) -> int:
    """Both times of each question and how often the one goes into the other; 1 where a figure differs."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=ONE_COUNCIL, help="how many children the council knows")
    asked.add_argument("--master", default="local[2]")
    asked.add_argument("--keep", type=Path, help="keep the snapshot made in this folder, and use one that is there")
    asked.add_argument("--part", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args(arguments)
    if options.part:
        print(json.dumps(measured(options.keep, options.master)))
        return 0
    if not SPARKS.exists():
        print("  left out: there is no .venv-spark; make it with: make .venv-spark/ready")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of(options.keep.resolve() if options.keep else Path(folder), options.people)
        command = [SPARKS, __file__, "--part", "--keep", snapshot, "--master", options.master]
        said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return report(options.people, options.master, json.loads(said.splitlines()[-1]))


def measured(snapshot: Path, master: str) -> dict[str, Any]:
    """Seconds of each question on both engines, of Spark's start, and how many figures there are and differ."""
    con = read_tables(snapshot, snapshot / "spill")
    expected = [calculate(con, measure, STANDARDS, asked) for measure, asked in ASKED]
    here = [_seconds_here(con, measure, asked) for measure, asked in ASKED]
    seen = {name: os.environ[name] for name in ("PATH", "JAVA_HOME") if name in os.environ}
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=snapshot) as scratch:
        warming, *found = count_on_spark(snapshot, Spark(master, Path(scratch), seen), STANDARDS, [WARMING, *ASKED])
    whole = time.perf_counter() - start
    there = [each.seconds for each in found]
    pairs = [pair for each, other in zip(found, expected, strict=True) for pair in _pairs(each.figures, other)]
    return {
        "start": whole - warming.seconds - sum(there),
        "warming": warming.seconds,
        "duckdb": here,
        "spark": there,
        "figures": sum(len(each.figures) for each in expected),
        "differing": sum(not _is_same(*pair) for pair in pairs),
    }


def _seconds_here(con: duckdb.DuckDBPyConnection, measure: Measure, asked: Question) -> float:
    """The median of several times in DuckDB."""
    return statistics.median(timed(lambda: calculate(con, measure, STANDARDS, asked)) for _ in range(TIMES)) / 1000


def _pairs(one: Figures, other: Figures) -> Iterator[tuple[float | None, float | None]]:
    """Each number of both answers; one that the other does not hold beside nothing."""
    ours, theirs = ({(each.period, *each.dims.items()): each for each in figures.figures} for figures in (one, other))
    for key in ours.keys() | theirs.keys():
        if key not in ours or key not in theirs:
            yield 1.0, None
            continue
        a, b = ours[key], theirs[key]
        yield from zip((*a[2:4], *(a.estimate or ())), (*b[2:4], *(b.estimate or ())), strict=True)


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def report(people: int, master: str, found: Mapping[str, Any]) -> int:
    """Print what was measured; 1 where figures differ."""
    print(f"{people:,} children, {found['figures']:,} figures; DuckDB the median of {TIMES}, Spark ({master}) once")
    print(f"  start of Spark {found['start']:7.1f} s, its first question {found['warming']:.1f} s")
    for (measure, asked), here, there in zip(ASKED, found["duckdb"], found["spark"], strict=True):
        by = f" by {' and '.join(asked.by)}" if asked.by else ""
        print(f"  {measure.id}{by}: DuckDB {here:.3f} s, Spark {there:.1f} s, {there / here:,.0f} times")
    here, there = sum(found["duckdb"]), sum(found["spark"])
    print(f"  all {len(ASKED)}: DuckDB {here:.2f} s, Spark {there:.1f} s, {there / here:,.0f} times")
    return told([Limit("figures that differ", found["differing"], 0, "")])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
