"""Which pairs of records are looked at at all: those that share one of a few things, unless too many share it."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import numpy as np

from earlyhelp.link.rarity import rarity_columns

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


def keys_for(records: int) -> dict[str, str]:
    """The columns of `KEYS` that are filled where there are so many records, each with its SQL."""
    lines = BLOCKING if records <= _WIDE_UP_TO else BLOCKING[:_WIDE]
    return {key: _key(columns) for key, columns in zip(KEYS, lines, strict=False)}


def _key(columns: tuple[str, ...]) -> str:
    return f"CASE WHEN {' AND '.join(f'{each} IS NOT NULL' for each in columns)} THEN hash({', '.join(columns)}) END"


def leave_out_crowds(con: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> None:
    """Empty these columns of `link_row` where too many share a value; makes `link_warning` (what, records).

    The largest groups of a line are left out until the rest gives few enough pairs, so that the work grows with the records
    and not with their square, whatever is constant or copied in them. What too many share is noted, but for the wide lines, in
    which that is usual. To be called when `make_rarities` has counted `link_record`.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE link_warning (what VARCHAR, records BIGINT)")
    filled = con.execute(f"SELECT {', '.join(f'count({key})' for key in keys)}, count(*) FROM link_row").fetchall()[0]
    sharing = _pairs_that_share(con)
    for number, count in enumerate(filled[:-1]):
        a_record, more = _ALLOWED_OF_A_PLACE if number >= _OF_A_PLACE else _ALLOWED
        allowed = a_record * filled[-1] + more
        if count and not any(sharing.get(column, allowed + 1) <= allowed for column in BLOCKING[number]):
            _leave_out_crowds_of(con, number, allowed)


def _pairs_that_share(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many pairs of records share a value of each column whose values are counted: no line with it gives more."""
    pairs = "SELECT CAST(coalesce(sum(records * (records - 1)), 0) // 2 AS BIGINT) FROM link_tf_"
    return {column: int(con.execute(pairs + column).fetchall()[0][0]) for column in rarity_columns()}


def _leave_out_crowds_of(con: duckdb.DuckDBPyConnection, number: int, allowed: int) -> None:
    key = KEYS[number]
    groups = f"SELECT {key}, count(*) AS n FROM link_row WHERE {key} IS NOT NULL GROUP BY {key}"
    sizes = con.execute(f"SELECT n, count(*) AS groups FROM ({groups}) WHERE n > 1 GROUP BY n ORDER BY n").fetchnumpy()
    most = _largest_group(sizes["n"].astype(float), sizes["groups"].astype(float), allowed)
    if most is None:
        return
    crowded = f"{key} IN (SELECT {key} FROM ({groups}) WHERE n > {most})"
    if number < _WIDE:
        shared = " and ".join(_IN_WORDS[column] for column in BLOCKING[number])
        con.execute(
            "INSERT INTO link_warning SELECT 'Records that share ' || ? || ' with too many to be compared by it', count(*) "
            f"FROM link_row WHERE {crowded}",
            [shared],
        )
    con.execute(f"UPDATE link_row SET {key} = NULL WHERE {crowded}")


def _largest_group(sizes: np.ndarray, groups: np.ndarray, allowed: int) -> int | None:
    """The size up to which groups are kept, None where all are: groups in order of size, as long as they give `allowed` pairs."""
    pairs = np.cumsum(groups * sizes * (sizes - 1) / 2)
    if not pairs.size or pairs[-1] <= allowed:
        return None
    kept = sizes[pairs <= allowed]
    return int(kept[-1]) if kept.size else 1
