"""How far the data beneath a figure could be trusted when it was made: how full its columns were, how sure its links."""

from __future__ import annotations

from typing import Any

import duckdb

from earlyhelp.measures import Measure, completeness
from earlyhelp.measures.engines import has_table
from earlyhelp.release.counts import publish_counts
from earlyhelp.release.policy import Policy


def standing(con: duckdb.DuckDBPyConnection, measure: Measure, policy: Policy) -> dict[str, Any]:
    """The completeness of the columns that a measure needs or is gated by, and records of people by grade of their link.

    `completeness`: a share from 0 to 1 by column, None where the fields of that snapshot were not counted. `links`: how
    many records were placed with each grade, hidden where few. `con` reads the snapshot that the figure rests on.
    """
    columns = dict.fromkeys((*measure.needs, *measure.gate))
    counted = has_table(con, "field_count")
    full = {str(column): round(completeness(con, column), 4) if counted else None for column in columns}
    graded = con.execute("SELECT grade, count(*) FROM person_link GROUP BY grade ORDER BY grade").fetchall()
    links = publish_counts(
        [{"grade": grade, "records": records} for grade, records in graded], policy, counts=("records",), resting_on={}
    )
    return {"completeness": full, "links": links}
