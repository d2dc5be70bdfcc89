"""Whether the records hold families at all: rules that keep twins and siblings apart would part a list of single people."""

from __future__ import annotations

import duckdb

_FEWEST_RECORDS = 500
"""With fewer records there may be relatives, whatever they show."""
_MOST_IN_HOUSE = 40
"""More records of one surname in one postcode are no family, and are not looked at: a default address, or copies."""
_FEWEST_RELATIVES = 0.01
"""Pairs of relatives for each record of a source, below which it is taken to hold none. Lists of children hold half a pair."""


def tell_relatives(con: duckdb.DuckDBPyConnection, names_clash: str, known: bool | None = None) -> None:
    """Make `link_relatives` (holds): true where enough records of one source share surname and home, but not the forename.

    `names_clash`: SQL over records `l` and `r` that is true where their forenames are no form of each other. `known`: what an
    earlier run found.
    """
    if known is not None:
        con.execute("CREATE OR REPLACE TEMP TABLE link_relatives AS SELECT CAST(? AS BOOLEAN) AS holds", [known])
        return
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_relatives AS SELECT "
        f"records < {_FEWEST_RECORDS} OR found >= {_FEWEST_RELATIVES} * records AS holds FROM ("
        f"SELECT (SELECT count(*) FROM link_record) AS records, ({_PAIRS_IN_HOUSES.format(names_clash=names_clash)}) AS found)"
    )


_PAIRS_IN_HOUSES = f"""
    WITH house AS (
        SELECT surname, postcode, source_system, count(*) AS n FROM link_record
        WHERE surname IS NOT NULL AND postcode IS NOT NULL GROUP BY ALL HAVING n BETWEEN 2 AND {_MOST_IN_HOUSE}
    ), housed AS (FROM link_record SEMI JOIN house USING (surname, postcode, source_system))
    SELECT count(*) FROM housed AS l JOIN housed AS r ON l.surname = r.surname AND l.postcode = r.postcode
        AND l.source_system = r.source_system AND l.unique_id < r.unique_id AND coalesce(l.building = r.building, TRUE)
    WHERE {{names_clash}}
"""
"""SQL for how many pairs of records of one source share surname and home, but not the forename."""


def holds_relatives(con: duckdb.DuckDBPyConnection) -> bool:
    """What `link_relatives` says."""
    return bool(con.execute("SELECT holds FROM link_relatives").fetchall()[0][0])
