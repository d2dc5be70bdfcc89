"""The same 500 people in two systems that share no id: social care and education, from a published project.

The files are in ../shared/samples/linkage, which is not part of the repository. Row order is the truth.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from linkage import runs
from linkage.quality import Limit, judged

FILES = {"mosaic": "fcl_csc.csv", "attendance": "fcl_education.csv"}
PEOPLE = """
    SELECT '{system}' AS source_system, '{system} ' || row_number() OVER () AS person_key, "Cms Id" AS source_person_id,
        'person ' || row_number() OVER () AS person_id, "First Name" AS forename, "Last Name" AS surname,
        try_cast("Date Of Birth" AS DATE) AS dob, upper(left(Gender, 1)) AS sex,
        string_split(trim(Address, chr(10)), chr(10))[-1] AS postcode,
        array_to_string(string_split(Address, chr(10))[:-2], ' ') AS address_line
    FROM read_csv('{path}', all_varchar = true, header = true, parallel = false)
"""


def measure(folder: Path, shared: Path) -> list[Limit] | None:
    """F1 at least 0.998; None, and why, where the files are not there."""
    place = shared / "samples" / "linkage"
    if not all((place / name).exists() for name in FILES.values()):
        print(f"  left out: {' and '.join(FILES.values())} are not in {place}")
        return None
    people, truth = folder / "pair_people.parquet", folder / "pair_truth.parquet"
    con = duckdb.connect()
    told = " UNION ALL ".join(PEOPLE.format(system=system, path=place / name) for system, name in FILES.items())
    con.execute(f"CREATE TABLE people AS SELECT row_number() OVER () AS row_id, * FROM ({told})")
    con.execute(f"COPY (SELECT * EXCLUDE (person_id) FROM people) TO '{people}'")
    con.execute(f"COPY (SELECT person_key, person_id FROM people) TO '{truth}'")
    cost = runs.ours(people, folder / "pair.parquet")
    quality = judged(folder / "pair.parquet", truth)
    print(f"  earlyhelp          {cost}  {quality}")
    return [Limit("F1 on the pair of systems", quality.f1, least=0.998)]
