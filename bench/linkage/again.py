"""A second run, when 5 % of the records are new: what it costs, and whether it leaves alone what did not change."""

from __future__ import annotations

from pathlib import Path

import duckdb

from linkage import made, runs
from linkage.quality import Limit, judged

NEW = 0.05


def measure(folder: Path, shared: Path, records: int) -> list[Limit] | None:
    """At most 25 % of the time of a full run over the same records, and no cluster without a new record changes."""
    if not made.is_there(shared):
        return None
    every = made.people_of(folder, shared, records)
    people, truth = made.beside(every, "people"), made.beside(every, "truth")
    known, left = folder / "again_known.parquet", folder / "again_left"
    left.mkdir(exist_ok=True)
    duckdb.connect().execute(
        f"COPY (SELECT * FROM '{people}' WHERE hash(row_id) % 1000 >= {int(1000 * NEW)}) TO '{known}'"
    )
    first, second, full = (folder / f"again_{name}.parquet" for name in ("first", "second", "full"))
    runs.ours(known, first, "--leave", left)
    costs = {"full run": runs.ours(people, full), "second run": runs.ours(people, second, "--after", left)}
    for (name, cost), path in zip(costs.items(), (full, second), strict=True):
        print(f"  {name:18} {cost}  {judged(path, truth)}")
    share = costs["second run"].cpu / costs["full run"].cpu
    print(f"  processor time of the second run / full run: {share:.2f}")
    return [
        Limit(
            "time of the second run / full run",
            costs["second run"].seconds / costs["full run"].seconds,
            most=0.25,
            places=2,
        ),
        Limit("clusters changed without a new record", changed(first, second), most=0, places=0),
    ]


def changed(first: Path, second: Path) -> int:
    """How many clusters of the first run were split or joined in the second, though no new record came to their records."""
    con = duckdb.connect()
    con.execute(
        f"CREATE TABLE later AS SELECT late.cluster, early.cluster AS before FROM '{second}' AS late "
        f"LEFT JOIN '{first}' AS early USING (person_key)"
    )
    found = con.execute(
        "WITH parts AS (SELECT cluster, count(DISTINCT before) AS joined, bool_or(before IS NULL) AS has_new FROM later "
        "GROUP BY cluster) SELECT count(*) FROM (SELECT before FROM later JOIN parts USING (cluster) WHERE before IS NOT NULL "
        "GROUP BY before HAVING NOT bool_or(has_new) AND (count(DISTINCT cluster) > 1 OR max(joined) > 1))"
    ).fetchall()
    return int(found[0][0])
