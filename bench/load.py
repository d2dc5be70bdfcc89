"""One million contacts in the standard's layout, against two peers in the same run.

A. DuckDB alone: `create table as select` from `read_csv` with declared types: no account, no checks, nothing kept.
B. pandas with pandera: reads, checks the same columns, writes Parquet.
C. earlyhelp: `load` and `run`: every row accounted for, typed, coded, checked, linked, published as a snapshot.

Each is a process of its own, timed from outside (wall, CPU, peak memory); the median of the runs is printed, and the
ratios C/A (at most 4) and B/C (at least 2).

usage: python bench/load.py [--rows 1000000] [--runs 3]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HEADINGS = (
    "contact_id,person_key,family_key,contact_date,channel,team,source_code,source_raw,requestor_organisation,school_urn,"
    "reason_code,reason_raw,domestic_abuse,level_requested,level_decided,avoidable,decision_code,decision_raw,"
    "decision_date,accepted_date,feedback_date"
)
"""Every column of the standard's contact table."""
SOURCES = ["1A", "1C", "2A", "2B", "3A", "3B", "3E", "4", "5A", "5D", "6", "8", "10"]
NEEDS = [f"SF{number}" for number in range(1, 11)]
DECISIONS = ["advice", "universal", "early_help", "statutory", "returned", "nfa"]

BESIDE = Path(__file__).parents[1] / ".venv-bench" / "bin" / "python"
PEERS = str(BESIDE) if BESIDE.exists() else sys.executable
"""The interpreter that has the peers (`make .venv-bench/ready` makes it)."""

DUCKDB = """
import duckdb, sys
kinds = dict.fromkeys(sys.argv[2].split(","), "VARCHAR")
kinds.update(dict.fromkeys(["contact_date", "decision_date", "accepted_date", "feedback_date"], "DATE"))
kinds.update(domestic_abuse="BOOLEAN", avoidable="BOOLEAN")
con = duckdb.connect()
con.execute(f"create table contact as select * from read_csv('{sys.argv[1]}', header=true, delim=',', columns={kinds})")
assert con.execute("select count(*) from contact").fetchall()[0][0] == int(sys.argv[3])
"""

PANDERA = """
import sys, pandas as pd, pandera.pandas as pa
dates = ["contact_date", "decision_date", "accepted_date", "feedback_date"]
frame = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False, na_values=[""])
for name in dates:
    frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d", errors="coerce")
for name in ("domestic_abuse", "avoidable"):
    frame[name] = frame[name].map({"true": True, "false": False})
codes = dict(source_code=sys.argv[4].split(), reason_code=sys.argv[5].split(), decision_code=sys.argv[6].split())
columns = {name: pa.Column(str, nullable=True) for name in frame.columns if name not in dates and name not in codes}
columns |= {name: pa.Column(str, pa.Check.isin(values), nullable=True) for name, values in codes.items()}
columns |= {name: pa.Column("datetime64[ns]", nullable=name != "contact_date") for name in dates}
columns["contact_id"] = pa.Column(str, unique=True)
columns["domestic_abuse"] = columns["avoidable"] = pa.Column(bool)
pa.DataFrameSchema(columns).validate(frame, lazy=True).to_parquet(sys.argv[2])
assert len(frame) == int(sys.argv[3])
"""


class Cost(NamedTuple):
    """What one run of a process cost."""

    wall: float
    cpu: float
    megabytes: float


def main() -> None:
    """Make the file, run the three in turn, print medians and ratios."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--runs", type=int, default=3)
    options = asked.parse_args()
    if subprocess.run([PEERS, "-c", "import pandera.pandas"], stderr=subprocess.DEVNULL, check=False).returncode:
        raise SystemExit("pandas and pandera are not installed: make .venv-bench/ready")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_contacts(place / "contact.csv", options.rows)
        costs: dict[str, list[Cost]] = {"duckdb": [], "pandera": [], "earlyhelp": []}
        for _ in range(options.runs):
            costs["duckdb"].append(duckdb_alone(place, options.rows))
            costs["pandera"].append(pandas_and_pandera(place, options.rows))
            costs["earlyhelp"].append(ours(place, options.rows))
    report(costs, options.rows)


def write_contacts(path: Path, rows: int) -> None:
    """Contacts of invented keys over six years, a tenth of the optional values missing."""
    chance = random.Random(20260331)
    days = [
        f"{year}-{month:02d}-{day:02d}" for year in range(2020, 2026) for month in range(1, 13) for day in range(1, 29)
    ]
    with path.open("w") as stream:
        stream.write(HEADINGS + "\n")
        for number in range(rows):
            child = chance.randrange(rows // 3 + 1)
            day = chance.choice(days)
            decided = day if chance.random() > 0.1 else ""
            source, need, decision = chance.choice(SOURCES), chance.choice(NEEDS), chance.choice(DECISIONS)
            stream.write(
                f"C{number},P{child},F{child // 2},{day},{chance.choice(('phone', 'form', 'email'))},Team {child % 9},"
                f"{source},Source {source},School {child % 90},{100000 + child % 90},{need},Reason {need},"
                f"{'true' if child % 5 == 0 else 'false'},targeted,universal,{'true' if child % 7 == 0 else 'false'},"
                f"{decision},Outcome {decision},{decided},{decided},{decided}\n"
            )


def duckdb_alone(place: Path, rows: int) -> Cost:
    """Peer A."""
    return timed([sys.executable, "-c", DUCKDB, str(place / "contact.csv"), HEADINGS, str(rows)])


def pandas_and_pandera(place: Path, rows: int) -> Cost:
    """Peer B."""
    codes = [" ".join(each) for each in (SOURCES, NEEDS, DECISIONS)]
    return timed([PEERS, "-c", PANDERA, str(place / "contact.csv"), str(place / "out.parquet"), str(rows), *codes])


def ours(place: Path, rows: int) -> Cost:
    """C: a fresh workspace; the file goes into its inbox and all stages run; the account is checked afterwards."""
    workspace = place / "council"
    shutil.rmtree(workspace, ignore_errors=True)
    program = [sys.executable, "-m", "earlyhelp"]
    subprocess.run(
        [*program, "init", str(workspace), "--council", "E09000032", "--quiet"], check=True, stdout=subprocess.DEVNULL
    )
    shutil.copyfile(place / "contact.csv", workspace / "inbox" / "contact.csv")
    cost = timed([*program, "run", str(workspace), "--quiet"])
    (report_file,) = (workspace / "store" / "feeds").glob("*/feed.json")
    if f'"rows_accepted": {rows}' not in report_file.read_text():
        raise SystemExit("the account does not hold every row")
    return cost


def timed(command: list[str]) -> Cost:
    """Run a process to its end and say what it cost, by the system's own account."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"ended with {status}: {command[:4]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def report(costs: dict[str, list[Cost]], rows: int) -> None:
    """Medians, and the ratios of each turn."""
    print(f"{rows:,} contacts, median of {len(costs['duckdb'])} runs")
    for name, runs in costs.items():
        wall, cpu, megabytes = (statistics.median(values) for values in zip(*runs, strict=True))
        print(f"  {name:10} {wall:6.2f} s wall  {cpu:6.2f} s cpu  {megabytes:7,.0f} MB")
    to_duckdb = statistics.median(c.wall / a.wall for c, a in zip(costs["earlyhelp"], costs["duckdb"], strict=True))
    to_pandera = statistics.median(b.wall / c.wall for b, c in zip(costs["pandera"], costs["earlyhelp"], strict=True))
    print(f"  earlyhelp / DuckDB alone      {to_duckdb:5.2f}  (at most 4)")
    print(f"  pandas and pandera / earlyhelp {to_pandera:4.2f}  (at least 2)")


if __name__ == "__main__":
    main()
