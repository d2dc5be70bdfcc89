"""The measures: a whole catalogue, one question, and how both grow, against hand-written SQL and limits.

catalogue  every measure of one council of 40,000 children and 6 years, in total and by each single split, by month, quarter
           and year (the cube): at most 10 s
million    the same of 1,000,000 people: at most 120 s and 4 GB
question   three measures with two splits, by quarter: 95 of 100 answers within 100 ms, and at most 1.5 times the time of
           SQL written by hand for this very council, turn by turn in the same run
growth     the catalogue of 10,000 to 10,000,000 people: time no steeper than n^1.1 (hours; only with --growth)

The tables are made by SQL from numbered rows (`measuring/council.py`) and written as a snapshot; each run is a process of
its own that opens the snapshot as the product does. Ends with 1 where a limit is missed.

usage: python bench/measures.py [--people 40000] [--runs 3] [--questions 40] [--growth] [--keep FOLDER]
       python bench/measures.py --people 1000000
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
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from measuring import council
from measuring.hand_written import HAND_WRITTEN

from earlyhelp import own_process
from earlyhelp.measures import CATALOGUE, Grain, Question, Standards, calculate
from earlyhelp.measures.cube import CUBE_TABLES, make_cube
from earlyhelp.store.snapshots import read_tables, read_to_count

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
ONE_COUNCIL, ONE_MILLION = 40_000, 1_000_000
STANDARDS = Standards(council.AS_AT, area_code=council.AREA)


class Cost(NamedTuple):
    """What one run of a process cost."""

    wall: float
    cpu: float
    megabytes: float
    told: dict[str, Any]


class Limit(NamedTuple):
    """A figure with the limit it is held to; `most` is None where there is none for this size."""

    name: str
    found: float
    most: float | None
    unit: str

    @property
    def is_kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.most is None or self.found <= self.most


def main(arguments: Sequence[str]) -> int:
    """The catalogue and the questions at one size, or with --growth the catalogue at every size; 1 where a limit is missed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=ONE_COUNCIL, help="how many children the council knows")
    asked.add_argument("--runs", type=int, default=3, help="runs of the catalogue, each a process of its own")
    asked.add_argument("--questions", type=int, default=40, help="times each question is asked")
    asked.add_argument("--growth", action="store_true", help="the catalogue at every size instead: it takes hours")
    asked.add_argument("--keep", type=Path, help="keep the snapshots made in this folder, and use those that are there")
    asked.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    options = asked.parse_args(arguments)
    if options.part:
        print(json.dumps(PARTS[options.part](options.keep, options)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep.resolve() if options.keep else Path(folder)
        limits = growth(place) if options.growth else one_size(place, options)
    return told(limits)


def one_size(place: Path, options: argparse.Namespace) -> list[Limit]:
    """The cube and the questions of one council."""
    snapshot = snapshot_of(place, options.people)
    runs = [in_a_process("cube", snapshot, options) for _ in range(options.runs)]
    wall, cpu, megabytes = (statistics.median(values) for values in zip(*(run[:3] for run in runs), strict=True))
    figures, failed = runs[0].told["figures"], runs[0].told["failed"]
    print(f"{options.people:,} children, {len(CATALOGUE)} measures, {figures:,} figures, median of {options.runs} runs")
    print(f"  the process   {wall:7.2f} s wall {cpu:7.2f} s cpu {megabytes:7,.0f} MB   failed: {failed or 'none'}")
    counted = statistics.median(run.told["seconds"] for run in runs)
    limits = [Limit("whole catalogue", counted, _most_seconds(options.people), "s")]
    limits.append(Limit("memory", megabytes, 4096 if options.people == ONE_MILLION else None, "MB"))
    limits.append(Limit("measures that failed", len(failed), 0, ""))
    asked = in_a_process("questions", snapshot, options).told
    for measure, (ours, theirs, ratio, p95) in asked.items():
        print(
            f"  {measure} by {' and '.join(HAND_WRITTEN[measure][0])}: {ours:.1f} ms, by hand {theirs:.1f} ms (medians)"
        )
        limits.append(Limit(f"{measure} / by hand", ratio, 1.5 if options.people <= ONE_COUNCIL else None, "times"))
        limits.append(Limit(f"{measure}, 95 of 100 within", p95, 100 if options.people <= ONE_COUNCIL else None, "ms"))
    return limits


def _most_seconds(people: int) -> float | None:
    return 10 if people <= ONE_COUNCIL else 120 if people <= ONE_MILLION else None


def growth(place: Path) -> list[Limit]:
    """The catalogue at every size: how time grows from the smallest to the largest, and in the steepest step between two."""
    found = []
    for people in SIZES:
        run = in_a_process("cube", snapshot_of(place, people), argparse.Namespace(questions=0))
        print(f"  {people:12,} people {run.told['seconds']:9.2f} s {run.megabytes:8,.0f} MB", flush=True)
        found.append((people, run.told["seconds"]))
    steepest = max(_power(*step) for step in pairwise(found))
    return [
        Limit("growth, n to the power of", _power(found[0], found[-1]), 1.1, ""),
        Limit("steepest step", steepest, 1.1, ""),
    ]


def _power(small: tuple[int, float], large: tuple[int, float]) -> float:
    """The power of the number of people with which the seconds grow."""
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])


def snapshot_of(place: Path, people: int) -> Path:
    """The snapshot of so many children; made once a folder."""
    folder = place / str(people)
    if not (folder / "analysis").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        rows = council.make(folder, people)
        print(f"made {rows:,} rows of standard tables in {time.perf_counter() - start:.0f} s", flush=True)
    return folder


def in_a_process(part: str, snapshot: Path, options: argparse.Namespace) -> Cost:
    """One part in a process of its own, by the system's own account."""
    command = [sys.executable, __file__, "--part", part, "--keep", str(snapshot), "--questions", str(options.questions)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"ended with {status}: {part}")
    wall = time.perf_counter() - start
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, json.loads(said))


def count_catalogue(snapshot: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Make the cube of a snapshot and write it out; seconds of both."""
    con = read_to_count(snapshot, snapshot / "spill", snapshot)
    start = time.perf_counter()
    failed = make_cube(con, STANDARDS, CATALOGUE.values())
    for table in CUBE_TABLES:
        con.execute(f"COPY {table} TO '{snapshot / f'{table}.made'}' (FORMAT parquet)")
    seconds = time.perf_counter() - start
    [(figures,)] = con.execute("SELECT count(*) FROM cube").fetchall()
    return {"seconds": seconds, "failed": failed, "figures": figures}


def ask_questions(snapshot: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Each question and its hand-written twin in turn: both medians, the ratio of the medians, and our 95th percentile."""
    con = read_tables(snapshot, snapshot / "spill")
    found = {}
    for measure, (by, query) in HAND_WRITTEN.items():
        asked = Question(by, grain=Grain.QUARTER)

        def ours(measure: str = measure, asked: Question = asked) -> object:
            return calculate(con, CATALOGUE[measure], STANDARDS, asked)

        def theirs(query: str = query) -> object:
            return con.execute(query).fetchall()

        same_counts(con, measure, by, query)
        times = [(timed(ours), timed(theirs)) for _ in range(options.questions)]
        mine, hand = (sorted(each) for each in zip(*times, strict=True))
        p95 = mine[math.ceil(0.95 * len(mine)) - 1]
        medians = statistics.median(mine), statistics.median(hand)
        found[measure] = (*medians, medians[0] / medians[1], p95)
    return found


def same_counts(con: duckdb.DuckDBPyConnection, measure: str, by: Sequence[str], query: str) -> None:
    """Stop where the hand-written query does not count what the measure counts."""
    figures = calculate(con, CATALOGUE[measure], STANDARDS, Question(tuple(by), grain=Grain.QUARTER)).figures
    counts = [int(figure.numerator or 0) for figure in figures if figure.numerator or figure.denominator]
    by_hand = [row[3] for row in con.execute(query).fetchall()]
    if sorted(counts) != sorted(by_hand):
        raise SystemExit(f"{measure}: counted {sum(counts)}, by hand {sum(by_hand)}")


def timed(what: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    what()
    return (time.perf_counter() - start) * 1000


PARTS: dict[str, Callable[[Path, argparse.Namespace], dict[str, Any]]] = {
    "cube": count_catalogue,
    "questions": ask_questions,
}


def told(limits: Sequence[Limit]) -> int:
    """Print each figure beside its limit; 1 where one is missed."""
    for limit in limits:
        beside = "" if limit.most is None else f"(at most {limit.most:g})" + ("" if limit.is_kept else "  MISSED")
        print(f"  {limit.name:28} {limit.found:8.2f} {limit.unit:5} {beside}")
    return 0 if all(limit.is_kept for limit in limits) else 1


if __name__ == "__main__":
    own_process.begin()  # as every process of ours does
    sys.exit(main(sys.argv[1:]))
