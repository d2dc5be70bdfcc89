"""Which pairs of records are looked at at all: those that share one of a few things, unless too many share it."""

from __future__ import annotations

import duckdb
import numpy as np

BLOCKING: tuple[tuple[str, ...], ...] = (
    ("upn",),
    ("nhs_number",),
    ("both_names", "birth_year"),
    ("birth_text", "forename_sound"),
    ("birth_text", "surname_sound"),
    ("birth_text", "postcode"),
    ("forename_sound", "postcode"),
    ("surname_sound", "postcode", "birth_year"),
    ("both_names", "postcode"),
    ("postcode", "building"),
    ("forename_sound", "surname_sound"),
    ("both_names",),
    ("birth_text",),
    ("street", "building"),
    ("postcode",),
    ("forename_sound", "building"),
    ("surname_sound", "building"),
    ("forename_sound", "street"),
    ("surname_sound", "street"),
)
"""Pairs that are looked at: those equal in every column of one of these lines."""
_WIDE, _WIDE_UP_TO = 10, 50_000
"""Lines from this one on find few who are not found otherwise, and cost most of the time: they are for so many records."""
KEYS = tuple(f"block_{number}" for number in range(len(BLOCKING)))
"""The columns of `link_record` with a number for what is shared, by each line of `BLOCKING`; empty where too many share it."""
_IN_WORDS = {
    "upn": "the pupil number",
    "nhs_number": "the NHS number",
    "both_names": "both names",
    "birth_year": "the year of birth",
    "birth_text": "the day of birth",
    "forename_sound": "the sound of the forename",
    "surname_sound": "the sound of the surname",
    "postcode": "the postcode",
    "building": "the number of the building",
    "street": "the name of the street",
}
_OF_A_PLACE = 13
"""Lines from this one on say little but where somebody lives, and bring together whole streets of families."""
_ALLOWED, _ALLOWED_OF_A_PLACE = (12, 100_000), (3, 30_000)
"""Pairs that one line may give: so many for each record, and so many more. A value that gives more tells nobody apart."""


def give_blocks(con: duckdb.DuckDBPyConnection, told: str) -> None:
    """Make `link_record` of the table `told` with the columns of `KEYS`, and `link_warning` (what, records).

    The largest groups of a line are left out until the rest gives few enough pairs, so that the work grows with the records
    and not with their square, whatever is constant or copied in them.
    """
    records = int(con.execute(f"SELECT count(*) FROM {told}").fetchall()[0][0])
    con.execute("CREATE OR REPLACE TEMP TABLE link_warning (what VARCHAR, records BIGINT)")
    shown = [
        f"{_key(con, told, columns, records, wide=number >= _WIDE, of_a_place=number >= _OF_A_PLACE)} AS {KEYS[number]}"
        for number, columns in enumerate(BLOCKING)
    ]
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_record AS SELECT *, {', '.join(shown)} FROM {told}")


def _key(
    con: duckdb.DuckDBPyConnection,
    told: str,
    columns: tuple[str, ...],
    records: int,
    *,
    wide: bool,
    of_a_place: bool,
) -> str:
    """SQL for the number of a group; what too many share is noted, but for the wide lines, in which that is usual."""
    if wide and records > _WIDE_UP_TO:
        return "CAST(NULL AS UBIGINT)"
    known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    mark = f"hash({', '.join(columns)})"
    sizes = con.execute(
        f"SELECT n, count(*) AS groups FROM (SELECT count(*) AS n FROM {told} WHERE {known} GROUP BY {mark}) "
        "WHERE n > 1 GROUP BY n ORDER BY n"
    ).fetchnumpy()
    a_record, more = _ALLOWED_OF_A_PLACE if of_a_place else _ALLOWED
    most = _largest_group(sizes["n"].astype(float), sizes["groups"].astype(float), a_record * records + more)
    if most is None:
        return f"CASE WHEN {known} THEN {mark} END"
    crowded = f"{mark} IN (SELECT {mark} FROM {told} WHERE {known} GROUP BY {mark} HAVING count(*) > {most})"
    if not wide:
        shared = " and ".join(_IN_WORDS[column] for column in columns)
        con.execute(
            "INSERT INTO link_warning SELECT 'Records that share ' || ? || ' with too many to be compared by it', count(*) "
            f"FROM {told} WHERE {known} AND {crowded}",
            [shared],
        )
    return f"CASE WHEN {known} AND NOT {crowded} THEN {mark} END"


def _largest_group(sizes: np.ndarray, groups: np.ndarray, allowed: int) -> int | None:
    """The size up to which groups are kept, None where all are: groups in order of size, as long as they give `allowed` pairs."""
    pairs = np.cumsum(groups * sizes * (sizes - 1) / 2)
    if not pairs.size or pairs[-1] <= allowed:
        return None
    kept = sizes[pairs <= allowed]
    return int(kept[-1]) if kept.size else 1
