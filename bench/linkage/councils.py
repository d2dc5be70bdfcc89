"""Synthetic councils: their messy extracts go through the whole pipeline, and its records of people are then matched.

Who each id of each system truly is, is in the truth beside the extracts.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from linkage import runs
from linkage.quality import Limit, judged

SYSTEMS = ("recent", "partners")
CHILDREN = 6_000
OF_ONE_SYSTEM = ("annex_a", "cin_census", "ssda903", "ssd", "standard")
"""Returns that carry the ids of the case system."""


def measure(folder: Path, children: int) -> list[Limit]:
    """Over all councils: F1 at least 0.97, precision at least 0.995, brothers and sisters taken for one below 0.1 %."""
    limits: list[Limit] = []
    for number, systems in enumerate(SYSTEMS, start=1):
        place = _council(folder, systems, children, number)
        cost = runs.ours(
            place / "people.parquet", place / "clusters.parquet", "--identifiers", place / "identifiers.parquet"
        )
        quality = judged(place / "clusters.parquet", place / "truth.parquet")
        merged = merged_siblings(place)
        print(f"  {systems}: {cost.told['records']:,} records, {cost}  {quality}")
        for kind, (wrong, pairs) in merged.items():
            print(f"    {kind} merged: {wrong} of {pairs:,} pairs")
        wrong, pairs = (sum(each) for each in zip(*merged.values(), strict=True))
        limits += [
            Limit(f"F1 of people, {systems}", quality.f1, least=0.97),
            Limit(f"precision of people, {systems}", quality.precision, least=0.995),
            Limit(f"% of twins and siblings merged, {systems}", 100 * wrong / max(pairs, 1), most=0.1, places=3),
        ]
    return limits


def _council(folder: Path, systems: str, children: int, seed: int) -> Path:
    """A folder with people, identifiers, truth and children of a council that has gone through the pipeline; made once."""
    place = folder / f"council_{systems}_{children}"
    if not (place / "children.parquet").exists():
        shutil.rmtree(place, ignore_errors=True)  # what a run left that was stopped
        place.mkdir()
        program = [runs.OURS, "-m", "earlyhelp"]
        made, workspace, log = place / "made", place / "workspace", place / "council.log"
        drawn = ["--children", str(children), "--seed", str(seed), "--systems", systems, "--quiet"]
        runs.timed([*program, "synthesise", made, *drawn], log)
        [truth] = (path for path in (made / "truth").iterdir() if path.is_dir())
        runs.timed([*program, "init", workspace, "--council", "E09000032", "--quiet"], log)
        runs.timed([*program, "load", workspace, made / truth.name, "--quiet"], log)
        runs.timed([*program, "run", workspace, "--quiet"], log)
        _extract(place, next((workspace / "store" / "snapshots").iterdir()), truth)
    return place


def _extract(place: Path, snapshot: Path, truth: Path) -> None:
    con = duckdb.connect()
    for table, target in (("person", "people"), ("person_identifier", "identifiers")):
        open_half, identity = (f"'{snapshot / half / table}.parquet'" for half in ("analysis", "identity"))
        con.execute(
            f"CREATE TABLE {target} AS SELECT * FROM {open_half} AS one JOIN {identity} AS other USING (row_id)"
        )
        held = {row[0] for row in con.execute(f"DESCRIBE {target}").fetchall()} & _standard(table)
        con.execute(f"COPY (SELECT {', '.join(sorted(held))} FROM {target}) TO '{place / target}.parquet'")
    con.execute(f"CREATE VIEW register AS SELECT * FROM '{truth / 'registers.parquet'}'")
    con.execute(f"COPY ({_TRUTH}) TO '{place / 'truth.parquet'}'")
    family, person = (truth / "records" / f"{name}.parquet" for name in ("family_member", "person"))
    con.execute(
        "COPY (SELECT DISTINCT family_key, person_key AS person_id, dob FROM "
        f"'{family}' JOIN '{person}' USING (person_key) WHERE role = 'child') TO '{place / 'children.parquet'}'"
    )


def _standard(table: str) -> set[str]:
    from earlyhelp.standard import TABLES, stored_columns

    return {"row_id", *stored_columns(TABLES[table])}


_TRUTH = f"""
    SELECT people.person_key, coalesce(own.person_id, of_case.person_id) AS person_id FROM people
    LEFT JOIN (SELECT id, called, any_value(person_key) AS person_id
        FROM (SELECT id, person_key, unnest([system, register]) AS called FROM register) GROUP BY id, called) AS own
        ON own.id = source_person_id AND own.called = source_system
    LEFT JOIN (SELECT id, any_value(person_key) AS person_id FROM register WHERE register = 'case' GROUP BY id) AS of_case
        ON of_case.id = source_person_id AND source_system IN {OF_ONE_SYSTEM}
"""


def merged_siblings(place: Path) -> dict[str, tuple[int, int]]:
    """By kind (twins, siblings): pairs of children of one family of whom any records share a cluster, and all such pairs.

    Only children of whom the council holds a record count.
    """
    con = duckdb.connect()
    con.execute(
        f"CREATE TABLE told AS SELECT DISTINCT person_id, cluster FROM '{place / 'clusters.parquet'}' "
        f"JOIN '{place / 'truth.parquet'}' USING (person_key) WHERE person_id IS NOT NULL"
    )
    con.execute(f"CREATE TABLE known AS SELECT * FROM '{place / 'children.parquet'}' SEMI JOIN told USING (person_id)")
    counted = con.execute(
        "SELECT twins, count(*) FILTER (merged), count(*) FROM ("
        "SELECT DISTINCT l.person_id, r.person_id, l.dob = r.dob AS twins, EXISTS (SELECT 1 FROM told AS a JOIN told AS b "
        "USING (cluster) WHERE a.person_id = l.person_id AND b.person_id = r.person_id) AS merged "
        "FROM known AS l JOIN known AS r USING (family_key) WHERE l.person_id < r.person_id) GROUP BY twins"
    ).fetchall()
    found = {"twins" if twins else "siblings": (wrong, pairs) for twins, wrong, pairs in counted}
    return {kind: found.get(kind, (0, 0)) for kind in ("twins", "siblings")}
