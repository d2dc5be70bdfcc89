"""What Spark does for measures, in a process of its own: count what is asked in the tables of a snapshot, and leave the figures.

Run as a module by `count_on_spark`: `python -m earlyhelp.measures.spark_process FOLDER`. All that Spark writes lies in FOLDER.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from earlyhelp.link.thresholds import BOUNDS, SPELLS
from earlyhelp.measures.calculate import calculate
from earlyhelp.measures.engines import SparkTables
from earlyhelp.measures.on_spark import FOUND, asked_of, figures_as_json, standards_of
from earlyhelp.store.files import write_json
from earlyhelp.store.spark_session import do_what_is_asked, session

READING = {
    "spark.io.encryption.enabled": "true",
    "spark.sql.parquet.enableVectorizedReader": "false",
}
"""Settings beside those of every session. What does not fit into memory is written encrypted, by a key that nobody keeps.
And Spark's faster reader of Parquet does not know the way in which DuckDB writes numbers with a point."""


def count(folder: Path, asked: Mapping[str, Any]) -> None:
    """Leave the figures of each question in `FOUND`, with the seconds that counting took."""
    with session(folder, asked, READING) as started:
        view_tables(started, Path(asked["analysis"]))
        found: list[dict[str, Any]] = [{"figures": [], "seconds": 0.0} for _ in asked["wanted"]]
        _count_all(started, asked, found)
        for bound in BOUNDS:
            if any(bound in each["bounds"] for each in asked["wanted"]):
                view_spells_under(started, bound)
                _count_all(started, asked, found, bound)
        write_json(folder / FOUND, found)


def view_tables(started: Any, analysis: Path) -> None:
    """Let a session of Spark see the tables of a snapshot's analysis side as DuckDB has them, column by column."""
    for path in sorted(analysis.glob("*.parquet")):
        started.read.parquet(str(path)).createOrReplaceTempView(path.stem)


def view_spells_under(started: Any, bound: str) -> None:
    """From here on, let what reads spells in a session of Spark read those of a bound."""
    for name in SPELLS:
        started.table(f"{name}_{bound}").createOrReplaceTempView(name)


def _count_all(started: Any, asked: Mapping[str, Any], found: Sequence[dict[str, Any]], bound: str = "") -> None:
    """Add to what was found of each question the figures with the people of a bound, where they are wanted, or of none."""
    tables, standards = SparkTables(started), standards_of(asked["standards"])
    for wanted, told in zip(asked["wanted"], found, strict=True):
        if bound and bound not in wanted["bounds"]:
            continue
        since = monotonic()
        measure, question = asked_of(wanted)
        told["figures"].append(figures_as_json(calculate(tables, measure, standards, question)))
        told["seconds"] += monotonic() - since


if __name__ == "__main__":
    sys.exit(do_what_is_asked(count, sys.argv[1:]))
