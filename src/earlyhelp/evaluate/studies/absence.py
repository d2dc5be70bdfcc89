"""Sessions missed at school before and after time zero: an outcome with a past, so that change can be compared.

A term counts as before when it ended before time zero and as after when it began after it. A family's share is of all
sessions of its children of school age; one whose children have no sessions on record in a year is not known there.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats, Ints
from earlyhelp.evaluate.studies.offers import OFFERS

_TERMS = """
    SELECT family_id, person_id, possible, coalesce(authorised, 0) + coalesce(unauthorised, 0) AS missed,
           CAST(left(academic_year, 4) AS INTEGER) AS year, term FROM attendance_period
    WHERE possible > 0 AND academic_year SIMILAR TO '[0-9]{4}-[0-9]{2}'
"""
_SPANS = "(VALUES ('autumn', 0, 9, 1, 0, 12, 31), ('spring', 1, 1, 1, 1, 4, 15), ('summer', 1, 4, 16, 1, 7, 31))"
"""Each term: year after that in which the school year began, month and day of the first day and of the last, generously."""


@dataclass(frozen=True)
class Absence:
    """Share of sessions missed by a family's children: (offers,), NaN where there are none on record.

    `earlier`: from two years to one year before time zero; `before`: in the year before; `after`: in the year after.
    """

    earlier: Floats
    before: Floats
    after: Floats

    def of(self, chosen: Flags | Ints) -> Absence:
        """That of some offers, chosen by flags or by row."""
        return Absence(self.earlier[chosen], self.before[chosen], self.after[chosen])


def absence(con: duckdb.DuckDBPyConnection) -> Absence:
    """Sessions missed around every offer, in order of `offer`."""
    found = con.execute(f"""
        WITH span AS (SELECT * FROM {_SPANS} AS span(term, begins_in, m1, d1, ends_in, m2, d2)),
        told AS (
            SELECT family_id, possible, missed, make_date(year + begins_in, m1, d1) AS first_day,
                   make_date(year + ends_in, m2, d2) AS last_day
            FROM ({_TERMS}) JOIN span USING (term)
        ),
        near AS (
            SELECT offer, possible, missed, CASE
                WHEN first_day > time_zero AND first_day <= time_zero + INTERVAL 365 DAY THEN 'after'
                WHEN last_day < time_zero AND last_day >= time_zero - INTERVAL 365 DAY THEN 'before'
                WHEN last_day < time_zero - INTERVAL 365 DAY AND last_day >= time_zero - INTERVAL 730 DAY THEN 'earlier'
            END AS side
            FROM {OFFERS} JOIN told USING (family_id)
        )
        SELECT {", ".join(_share(side) for side in ("earlier", "before", "after"))}
        FROM {OFFERS} LEFT JOIN near USING (offer) GROUP BY offer ORDER BY offer
    """).fetchnumpy()
    return Absence(
        **{name: np.ma.filled(np.ma.asarray(each, dtype=np.float64), np.nan) for name, each in found.items()}
    )


def _share(side: str) -> str:
    of = f"FILTER (side = '{side}')"
    return f"CAST(sum(missed) {of} AS DOUBLE) / sum(possible) {of} AS {side}"
