"""What was recorded before step-ups and before the same days of like families: kinds of sign, sequences, and how long."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import duckdb

from earlyhelp.evaluate.earlier.looks import ALIKE, BACK, FOLLOWED, LOOK, PAST, STEP_UP, STEPPED, STRAY, Span, past_days
from earlyhelp.evaluate.earlier.signs import SIGN, SIGNS
from earlyhelp.standard.sql import listed, rows

LONGEST = 4
"""A sequence holds the last so many kinds before the day, repeats without another kind between them told once."""
TOLD = 12
"""The commonest so many sequences are told."""
LATE_TO_BEGIN = 183
"""Records of a kind that begin so many days after requests do are looked at only as far as they reach."""


class Recorded(NamedTuple):
    """One kind of sign: exact counts of families with it in the 24 months, of how many, among the stepped up and those like them.

    `place`: in `SIGNS`. Step-ups without any like family are left out of both. `since`: where such records begin late, the
    first day that can be looked back on for it, otherwise None.
    """

    place: int
    stepped: int
    stepped_of: int
    like: int
    like_of: int
    since: date | None


class Sequence(NamedTuple):
    """One sequence of kinds (places in `SIGNS`, in order; none: nothing recorded), with exact counts of families.

    `stepped` of `stepped_of` step-ups, `like` of `like_of` like families; `past`: families with it on a past day, over all
    past days; `came`: of these, with a step-up in the twelve months after.
    """

    kinds: tuple[int, ...]
    stepped: int
    stepped_of: int
    like: int
    like_of: int
    past: int
    came: int

    @property
    def words(self) -> str:
        """The sequence as it is told."""
        return ", then ".join(SIGNS[place].words for place in self.kinds) or "nothing recorded"


class Timing(NamedTuple):
    """Days from the first sign in the 24 months to the step-up: quartiles over `families`, None where no family has a sign."""

    families: int
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None


def make_compared(con: duckdb.DuckDBPyConnection) -> None:
    """Make `earlier_compared`: the looks of step-ups for which there are like families, and of those like families."""
    cells = f"SELECT DISTINCT day, band, fifth FROM {LOOK} WHERE who = '{ALIKE}'"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE earlier_compared AS SELECT look.* FROM {LOOK} AS look "
        f"JOIN ({cells}) AS cell USING (day, band, fifth) WHERE who IN ('{STEPPED}', '{ALIKE}')"
    )


def recorded(con: duckdb.DuckDBPyConnection, known: Span) -> list[Recorded]:
    """Every kind of sign of which any is held, in the order of `SIGNS`."""
    begun = _begun(con)
    if not begun:
        return []
    since = [
        (place, max(known.first, day + timedelta(days=BACK)) if _late(day, known) else known.first)
        for place, day in begun
    ]
    found = con.execute(f"""
        WITH kind (place, since) AS (VALUES {rows(since)}), told AS (SELECT DISTINCT look, place FROM earlier_told)
        SELECT kind.place, count(told.look) FILTER (who = '{STEPPED}'), count(*) FILTER (who = '{STEPPED}'),
        count(told.look) FILTER (who = '{ALIKE}'), count(*) FILTER (who = '{ALIKE}'), kind.since
        FROM kind JOIN earlier_compared AS look ON look.day >= since
        LEFT JOIN told ON told.look = look.look AND told.place = kind.place GROUP BY kind.place, kind.since ORDER BY kind.place
    """).fetchall()  # fmt: skip
    return [
        Recorded(place, stepped, of, like, like_of, None if day == known.first else day)
        for place, stepped, of, like, like_of, day in found
    ]


def _begun(con: duckdb.DuckDBPyConnection) -> list[tuple[int, date]]:
    """Each kind of which any is held, and from when records such as it are."""
    together = rows((place, sign.held_with or sign.name) for place, sign in enumerate(SIGNS))
    return con.execute(f"""
        WITH kind (place, held_with) AS (VALUES {together}), held AS (
            SELECT held_with, quantile_disc(day, {STRAY}) AS since FROM {SIGN} JOIN kind USING (place) GROUP BY held_with
        )
        SELECT place, since FROM kind JOIN held USING (held_with) WHERE place IN (SELECT place FROM {SIGN}) ORDER BY place
    """).fetchall()


def _late(day: date, known: Span) -> bool:
    return (day - known.held).days > LATE_TO_BEGIN


def sequences(con: duckdb.DuckDBPyConnection, known: Span) -> list[Sequence]:
    """The commonest sequences before step-ups, the commonest first; and, whether common or not, that of nothing recorded."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE earlier_sequence AS {_SEQUENCES}")
    days = f"day IN ({listed(past_days(known))})" if past_days(known) else "FALSE"
    found = con.execute(f"""
        WITH looked AS (
            SELECT look.*, coalesce(kinds, []) AS kinds FROM {LOOK} AS look LEFT JOIN earlier_sequence USING (look)
        ), past AS (
            SELECT kinds, count(*) AS past, count(step_up.day) AS came
            FROM (SELECT * FROM looked WHERE who = '{PAST}' AND {days}) AS looked
            LEFT JOIN {STEP_UP} AS step_up ON step_up.family_id = looked.family_id
            AND step_up.day BETWEEN looked.day + 1 AND looked.day + {FOLLOWED} GROUP BY kinds
        ), compared AS (
            SELECT kinds, count(*) FILTER (who = '{STEPPED}') AS stepped, count(*) FILTER (who = '{ALIKE}') AS alike
            FROM looked JOIN (SELECT look FROM earlier_compared) AS compared USING (look) GROUP BY kinds
        )
        SELECT kinds, stepped, (SELECT sum(stepped) FROM compared), alike, (SELECT sum(alike) FROM compared),
        coalesce(past, 0), coalesce(came, 0) FROM compared LEFT JOIN past USING (kinds)
        WHERE stepped > 0 OR len(kinds) = 0 ORDER BY stepped DESC, len(kinds), kinds
    """).fetchall()
    told = [Sequence(tuple(kinds), *map(int, counts)) for kinds, *counts in found]
    return [each for place, each in enumerate(told) if place < TOLD or not each.kinds]


_IN_ORDER = listed(place for place, sign in enumerate(SIGNS) if sign.in_order)
_SEQUENCES = f"""
    SELECT look, list(place ORDER BY nth)[-{LONGEST}:] AS kinds FROM (
        SELECT look, place, row_number() OVER day_order AS nth, lag(place) OVER day_order AS before
        FROM earlier_told WHERE place IN ({_IN_ORDER}) WINDOW day_order AS (PARTITION BY look ORDER BY day, place)
    ) AS told WHERE before IS DISTINCT FROM place GROUP BY look
"""


def timing(con: duckdb.DuckDBPyConnection) -> Timing:
    """How long before the step-up the first sign of the 24 months was."""
    [found] = con.execute(f"""
        SELECT count(*), quantile_cont(days, 0.25), median(days), quantile_cont(days, 0.75) FROM (
            SELECT date_diff('day', min(told.day), any_value(look.day)) AS days
            FROM earlier_told AS told JOIN {LOOK} AS look USING (look) WHERE who = '{STEPPED}' GROUP BY look
        ) AS first
    """).fetchall()
    return Timing(*found)
