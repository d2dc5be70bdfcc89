"""How alike two people are who were drawn by chance: the share of pairs at each level of each comparison."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import duckdb

from earlyhelp.link.comparisons import COMPARISONS, Comparison, columns_compared, level_sql
from earlyhelp.link.records import records_sql

Shares = Mapping[str, Mapping[str, float]]
"""By comparison and level, the share of pairs."""
SAMPLED_PAIRS = 40_000
_SAMPLED_RECORDS = 2_000
"""Each is compared with as many of the others as give so many pairs: what few records show hangs on who they are."""


def shares_among_strangers(con: duckdb.DuckDBPyConnection, comparisons: Collection[str]) -> Shares:
    """Of pairs of `link_row` drawn by chance, the share at each level, by comparison and level; both records say something.

    `comparisons`: the names of those that are asked for. One that no pair tells anything of has no shares. The same records
    give the same pairs. Some pairs are of one person; whoever asks takes them out.

    Source: Fellegi and Sunter (1969), Journal of the American Statistical Association 64:1183-1210: almost all
    pairs drawn by chance are of two people.
    """
    asked = [each for each in COMPARISONS if each.name in comparisons]
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_sampled AS {_SAMPLE}")
    reached = ", ".join(f"{_level_reached(each)} AS {each.name}" for each in asked)
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_strangers AS SELECT {reached} FROM ({_pairs()})")
    counts = ", ".join(
        f"count(*) FILTER ({each.name} = {place})" for each in asked for place in range(len(each.levels))
    )
    found = iter(con.execute(f"SELECT {counts} FROM link_strangers").fetchall()[0])
    return {each.name: _shares(each, [next(found) for _ in each.levels]) for each in asked}


_DRAWN = f"SELECT unique_id FROM link_row ORDER BY hash(unique_id) LIMIT {_SAMPLED_RECORDS}"
_SAMPLE = f"""
    SELECT row_number() OVER (ORDER BY hash(unique_id)) - 1 AS place, *
    FROM ({records_sql(f"(FROM link_row SEMI JOIN ({_DRAWN}) USING (unique_id))")})
"""


def _pairs() -> str:
    """SQL for the columns that are compared of each drawn record and of those that follow it, in a circle."""
    shown = ", ".join(f"{side}.{name} AS {name}_{side}" for name in sorted(columns_compared()) for side in "lr")
    return (
        f"SELECT {shown} FROM (SELECT place, (place + step) % drawn AS follows FROM link_sampled, "
        f"range(1, {SAMPLED_PAIRS // _SAMPLED_RECORDS} + 1) AS told (step), "
        "(SELECT count(*) AS drawn FROM link_sampled) WHERE step * 2 < drawn) AS pair "
        "JOIN link_sampled AS l USING (place) JOIN link_sampled AS r ON r.place = follows"
    )


def _level_reached(comparison: Comparison) -> str:
    """SQL for the place of the first level that a pair is at."""
    asked = enumerate(comparison.levels)
    cases = " ".join(f"WHEN {level_sql(level)} THEN {place}" for place, level in asked if not level.remains)
    return f"CASE {cases} ELSE {len(comparison.levels) - 1} END"


def _shares(comparison: Comparison, counts: list[int]) -> dict[str, float]:
    told = {level.name: count for level, count in zip(comparison.levels, counts, strict=True) if not level.unknown}
    pairs = sum(told.values())
    return {name: count / pairs for name, count in told.items()} if pairs else {}
