"""FEBRL 4: 5,000 invented Australians, each once clean and once spoilt; the truth is in the ids.

Ours is not told that each file holds a person once; the peers are.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from linkage import runs
from linkage.quality import Limit, judged

PEOPLE = """
    SELECT row_number() OVER (ORDER BY rec_id) AS row_id, rec_id AS person_key, rec_id AS source_person_id,
        CASE WHEN rec_id LIKE '%org' THEN 'health' ELSE 'attendance' END AS source_system, given_name AS forename, surname,
        nullif(concat_ws(' ', street_number, address_1), '') AS address_line, postcode,
        CAST(try_strptime(date_of_birth, '%Y%m%d') AS DATE) AS dob
    FROM read_parquet(['{}', '{}'])
"""
"""The six fields that all three tools get; the state, the suburb and soc_sec_id are given to none."""


def measure(folder: Path, runs_each: int) -> list[Limit]:
    """F1 at least 0.997, in at most half of plain Splink's time; the fastest of the runs of each counts."""
    original, spoilt, people, truth = (folder / f"febrl_{name}.parquet" for name in ("a", "b", "people", "truth"))
    runs.peer("febrl_files.py", original, spoilt, log=folder / "febrl_files.log")
    con = duckdb.connect()
    con.execute(f"COPY ({PEOPLE.format(original, spoilt)}) TO '{people}'")
    con.execute(f"COPY (SELECT person_key, split_part(person_key, '-', 2) AS person_id FROM '{people}') TO '{truth}'")
    costs: dict[str, list[runs.Cost]] = {"earlyhelp": [], "plain Splink": [], "recordlinkage ECM": []}
    found = {name: folder / f"febrl_{name.replace(' ', '_')}.parquet" for name in costs}
    for _ in range(runs_each):
        costs["earlyhelp"].append(runs.ours(people, found["earlyhelp"]))
        costs["plain Splink"].append(
            runs.peer("splink_febrl.py", original, spoilt, found["plain Splink"], log=folder / "febrl_splink.log")
        )
        costs["recordlinkage ECM"].append(
            runs.peer("recordlinkage_febrl.py", found["recordlinkage ECM"], log=folder / "febrl_recordlinkage.log")
        )
    quality = {name: judged(path, truth) for name, path in found.items()}
    for name, each in costs.items():
        print(f"  {name:18} {runs.fastest(each)}  {quality[name]}")
    ratio = runs.fastest(costs["earlyhelp"]).seconds / runs.fastest(costs["plain Splink"]).seconds
    return [
        Limit("F1 on FEBRL 4", quality["earlyhelp"].f1, least=0.997),
        Limit("time / plain Splink's on FEBRL 4", ratio, most=0.5, places=2),
    ]
