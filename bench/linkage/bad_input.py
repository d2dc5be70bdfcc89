"""Input that no model can make sense of: it must finish, say so, and never make a giant of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from linkage import made, runs
from linkage.quality import Limit, judged

MOST_RECORDS = 200
"""A cluster of more is a giant: no person has so many records."""


@dataclass(frozen=True)
class Case:
    """One kind of bad input: `change` turns good people into bad (SQL over `people`), `known` where the truth still holds."""

    name: str
    records: int
    change: str
    known: bool = True


def _with(**values: str) -> str:
    return f"SELECT * REPLACE ({', '.join(f'{value} AS {name}' for name, value in values.items())}) FROM people"


CASES = (
    Case("all names missing", 100_000, _with(forename="CAST(NULL AS VARCHAR)", surname="CAST(NULL AS VARCHAR)")),
    Case("one surname for all", 100_000, _with(surname="'SMITH'")),
    Case("one date of birth for all", 100_000, _with(dob="DATE '2015-01-01'")),
    Case(
        "identical rows",
        1_000_000,
        "SELECT range + 1 AS row_id, 'P' || range AS person_key, 'S' || range AS source_person_id, 'health' AS source_system, "
        "'ALEX' AS forename, 'SMITH' AS surname, DATE '2012-05-06' AS dob, 'AL1 1AA' AS postcode, 'M' AS sex "
        "FROM range({records})",
        known=False,
    ),
    Case(
        "all of one address",
        100_000,
        "SELECT * REPLACE ('AL1 1AA' AS postcode), '1 REFUGE ROAD' AS address_line FROM people",
    ),
)


def measure(folder: Path, shared: Path, share: float, limit: float) -> list[Limit] | None:
    """Every case within `limit` seconds, no giant cluster, at least one warning. `share`: of the usual size."""
    if not made.is_there(shared):
        return None
    limits: list[Limit] = []
    for case in CASES:
        records = int(case.records * share)
        people = folder / "bad_people.parquet"
        truth = _write(case, folder, shared, records, people)
        try:
            cost = runs.ours(people, folder / "bad.parquet", limit=limit)
        except runs.NotFinished as why:
            print(f"  {case.name}, {records:,} records: {why}")
            limits.append(Limit(f"{case.name}: finished", 0, least=1, places=0))
            continue
        told = cost.told
        quality = judged(folder / "bad.parquet", truth) if case.known and told["clusters"] else ""
        print(f"  {case.name}, {records:,} records: {cost}, largest cluster {told['largest']:,}  {quality}")
        print("\n".join(f"    warned: {each}" for each in told["warnings"]) or "    no warning")
        limits.append(
            Limit(f"{case.name}: records in the largest cluster", told["largest"], most=MOST_RECORDS, places=0)
        )
        limits.append(Limit(f"{case.name}: warnings", len(told["warnings"]), least=1, places=0))
    return limits


def _write(case: Case, folder: Path, shared: Path, records: int, people: Path) -> Path:
    """Write the people of a case; the file of their truth."""
    con = duckdb.connect()
    truth = Path()
    if case.known:
        good = made.people_of(folder, shared, records)
        truth = made.beside(good, "truth")
        con.execute(f"CREATE VIEW people AS SELECT * FROM '{made.beside(good, 'people')}'")
    con.execute(f"COPY ({case.change.format(records=records)}) TO '{people}'")
    return truth
