"""People of ../shared/bench/make_people.py: families in five systems, with twins, moves, slips and gaps.

A system may hold a person more than once, so nobody may assume that two records of one system are two people.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np

from linkage import runs
from linkage.quality import Limit, Quality, judged

SIZES = (10_000, 100_000, 1_000_000, 2_000_000)
PEOPLE = """
    SELECT unique_id + 1 AS row_id, 'P' || unique_id AS person_key, 'S' || unique_id AS source_person_id,
        source AS source_system, first_name AS forename, surname, try_cast(dob AS DATE) AS dob, postcode, gender AS sex
    FROM '{}'
"""


def people_of(folder: Path, shared: Path, records: int) -> Path:
    """The people as the maker wrote them; beside them `people` and `truth`. Made once a folder."""
    made = folder / f"made_{records}.parquet"
    if not made.exists():
        script = str((shared / "bench" / "make_people.py").resolve())
        runs.peer(script, str(records), made, log=folder / "make_people.log")
        con = duckdb.connect()
        con.execute(f"COPY ({PEOPLE.format(made)}) TO '{beside(made, 'people')}'")
        con.execute(
            f"COPY (SELECT 'P' || unique_id AS person_key, person_id FROM '{made}') TO '{beside(made, 'truth')}'"
        )
    return made


def beside(made: Path, what: str) -> Path:
    """The file of the same people that holds something else."""
    return made.with_name(f"{made.stem}_{what}.parquet")


def measure(folder: Path, shared: Path, records: int) -> list[Limit] | None:
    """Against plain Splink: at most 1.2 times its time, F1 at least 0.95, precision at least 0.98."""
    if not is_there(shared):
        return None
    made = people_of(folder, shared, records)
    theirs = str((shared / "bench" / "plain_splink.py").resolve())
    cost = runs.ours(beside(made, "people"), beside(made, "clusters"))
    log = folder / "plain_splink.log"
    plain = runs.peer(theirs, "duckdb", made, log=log)
    quality = judged(beside(made, "clusters"), beside(made, "truth"))
    print(f"  {records:,} records")
    print(f"  earlyhelp          {cost}  {quality}")
    print(f"  plain Splink       {plain}  {_said_of_clusters(log)}")
    return [
        Limit("time / plain Splink's", cost.seconds / plain.seconds, most=1.2, places=2),
        Limit("F1 of people", quality.f1, least=0.95),
        Limit("precision of people", quality.precision, least=0.98),
    ]


def is_there(shared: Path) -> bool:
    """True where the maker of people is; else it is said."""
    there = (shared / "bench" / "make_people.py").exists()
    if not there:
        print(f"  left out: make_people.py is not in {shared / 'bench'}")
    return there


def _said_of_clusters(log: Path) -> Quality:
    found = re.search(r"CLUSTER\S* pairwise P (\S+) R (\S+)", log.read_text("utf-8"))
    return Quality(float(found[1]), float(found[2])) if found else Quality(math.nan, math.nan)


def growth(folder: Path, shared: Path, sizes: Sequence[int], page: Path | None) -> list[Limit] | None:
    """Time and memory by number of records; growth no steeper than n^1.15. The table is written to `page`, if one is given."""
    if not is_there(shared):
        return None
    costs, qualities = [], []
    for size in sizes:
        made = people_of(folder, shared, size)
        costs.append(runs.ours(beside(made, "people"), beside(made, "clusters")))
        qualities.append(judged(beside(made, "clusters"), beside(made, "truth")))
    table = _table(sizes, costs, qualities)
    print(table)
    exponents = {
        "seconds": _exponent(sizes, [cost.told["seconds"] for cost in costs]),
        "processor seconds": _exponent(sizes, [cost.cpu for cost in costs]),
    }
    if page:
        page.write_text(_page(table, exponents["seconds"]), "utf-8")
    return [Limit(f"exponent of growth, {what}", each, most=1.15, places=2) for what, each in exponents.items()]


def _exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of a straight line through the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def _table(sizes: Sequence[int], costs: Sequence[runs.Cost], qualities: Sequence[Quality]) -> str:
    lines = [
        "| records | seconds | growth since the line above | processor seconds | peak MB | precision | recall | F1 |"
    ]
    lines.append("|---:|---:|---:|---:|---:|---:|---:|---:|")
    seconds = [cost.told["seconds"] for cost in costs]
    for place, (size, cost, quality) in enumerate(zip(sizes, costs, qualities, strict=True)):
        step = f"n^{_exponent(sizes[place - 1 : place + 1], seconds[place - 1 : place + 1]):.2f}" if place else ""
        figures = f"{quality.precision:.3f} | {quality.recall:.3f} | {quality.f1:.3f}"
        lines.append(
            f"| {size:,} | {seconds[place]:.1f} | {step} | {cost.cpu:.1f} | {cost.megabytes:,.0f} | {figures} |"
        )
    return "\n".join(lines)


def _page(table: str, exponent: float) -> str:
    return f"""# Linkage: time and memory

Written by `python bench/link.py --only growth --write`, not by `make docs`: it takes minutes, and the people are made by a
script that is not part of this repository.

Invented people of families in five systems, about half as many people as records: with twins, moves, slips and gaps. Seconds
are those of learning, comparing and putting together, by the clock; processor seconds and peak memory are those of the whole
process. Precision and recall are of pairs of records. Other work may have run on the machine at the same time.

{table}

Fitted to all lines, the time grows as n^{exponent:.2f}, where n is the number of records.
"""
