"""What a study looks at after time zero. One declared object each; every one is shown in every window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats, NotEstimable
from earlyhelp.evaluate.studies.offers import OFFERS
from earlyhelp.standard.sql import listed

WINDOWS: Mapping[int, int] = {6: 183, 12: 365, 18: 548, 24: 730}
"""Months of follow-up, and the days that count as them, the last one included.

All four are shown: the national evaluation found protection plans higher with the programme at 12 months and no longer
at 24, so that one window alone can call a programme harmful that found need early (MHCLG 2019, family outcomes).
"""


@dataclass(frozen=True)
class Outcome:
    """Something that happens to a family on a day after time zero.

    `days`: SQL that gives `offer` and `day`, any number of rows an offer; the first after time zero counts. `better`:
    "fewer" or "more". `words`: "families with ..." as a sentence carries on. `from_day` names what it is counted from:
    time zero, or the closure of help, before which it cannot happen. `held`: SQL that gives a row where records hold
    anything of the kind, of anybody; where they do not, nobody can tell of any family that it did not happen.
    """

    name: str
    words: str
    better: str
    days: str
    held: str
    from_day: str = "time_zero"


_OF_CHILDREN = (
    "SELECT offer, begun.start_date AS day FROM offer JOIN family_membership AS member ON member.family_id = offer.family_id "
    "JOIN statutory_start AS begun ON begun.person_id = member.person_id AND begun.start_date > time_zero"
)
_AGAIN = (
    "SELECT offer.offer, again.start_date AS day FROM offer JOIN family_help AS again ON again.family_id = offer.family_id "
    "AND again.start_date > offer.end_date"
)


def _holds(*types: str) -> str:
    return f"SELECT 1 FROM social_care_event WHERE type IN ({listed(types)}) LIMIT 1"


_IN_NEED = ("cin_episode", "cin_plan", "cp_plan", "looked_after")
_HELPED = "SELECT 1 FROM eh_episode LIMIT 1"
OUTCOMES: Mapping[str, Outcome] = {
    each.name: each
    for each in (
        Outcome(
            "step_up",
            "a first step up to a statutory service (a referral taken up, child in need, protection plan or care)",
            "fewer",
            _OF_CHILDREN,
            _holds("referral", *_IN_NEED),
        ),
        Outcome(
            "in_need",
            "a first time as child in need, on a protection plan or in care",
            "fewer",
            f"{_OF_CHILDREN} WHERE begun.type IN ('cin_episode', 'cp_plan', 'looked_after')",
            _holds(*_IN_NEED),
        ),
        Outcome(
            "care",
            "a child coming into care",
            "fewer",
            f"{_OF_CHILDREN} WHERE begun.type = 'looked_after'",
            _holds("looked_after"),
        ),
        Outcome(
            "abuse_again",
            "another police notification of domestic abuse",
            "fewer",
            "SELECT offer, event_date AS day FROM offer JOIN partner_event AS event ON event.family_id = offer.family_id "
            "AND event_date > time_zero AND type = 'domestic_abuse'",
            "SELECT 1 FROM partner_event WHERE type = 'domestic_abuse' LIMIT 1",
        ),
        Outcome("re_referral", "early help again after it closed", "fewer", _AGAIN, _HELPED, from_day="end_date"),
        Outcome(
            "not_sustained",
            "early help again or a statutory service after it closed (a closure that was not sustained)",
            "fewer",
            f"{_AGAIN} UNION ALL {_OF_CHILDREN} WHERE begun.start_date > offer.end_date",
            _HELPED,
            from_day="end_date",
        ),
    )
}  # fmt: skip
"""Every outcome that is a day, by name. Sessions missed at school are a share, and have a module of their own."""


@dataclass(frozen=True)
class Followed:
    """Days of each offer, in order of `offer`: (offers,). NaN: has not happened, or is not known.

    `event`: from what it is counted from to the outcome. `known`: to the last day on which it could have been seen: the
    day the data is as at, or the day the family moved away. `ripe`: to the day the data is as at, whoever moved; NaN
    where what it is counted from has not come. `held`: whether anything of the kind is recorded of anybody; where it is
    not, nothing is known of any offer.
    """

    event: Floats
    known: Floats
    ripe: Floats
    held: bool = True

    def of(self, chosen: Flags) -> Followed:
        """Those of some offers."""
        return replace(self, event=self.event[chosen], known=self.known[chosen], ripe=self.ripe[chosen])

    def within(self, days: int) -> Floats:
        """1 where it happened within so many days, 0 where it did not, NaN where nobody can tell.

        Where so many days are not over by the day the data is as at, nobody can tell, even of those whom it has happened
        to: were they counted, and those whom it can still happen to not, every share would be too high.
        """
        seen = np.where(self.event <= days, 1.0, np.where(self.known >= days, 0.0, np.nan))
        return np.where(self.ripe >= days, seen, np.nan)


def followed(con: duckdb.DuckDBPyConnection, outcome: Outcome, as_at: str) -> Followed:
    """The outcome of every offer, up to the day the data is as at (an ISO date)."""
    since = f"{OFFERS}.{outcome.from_day}"
    found = con.execute(f"""
        WITH ended AS ( /* a family that moved away is not seen again, unless its records go on */
            SELECT offer, max(episode.end_date) AS moved FROM {OFFERS} JOIN eh_episode AS episode
            ON episode.family_id = {OFFERS}.family_id AND episode.end_reason_code = 'moved' AND episode.end_date >= time_zero
            GROUP BY offer
        ),
        first AS (SELECT offer, min(day) AS day FROM ({outcome.days}) GROUP BY offer)
        SELECT CAST(date_diff('day', {since}, first.day) AS DOUBLE) AS event,
               CAST(date_diff('day', {since}, least(DATE '{as_at}', coalesce(moved, DATE '{as_at}'))) AS DOUBLE) AS known,
               CAST(date_diff('day', {since}, DATE '{as_at}') AS DOUBLE) AS ripe
        FROM {OFFERS} LEFT JOIN first USING (offer) LEFT JOIN ended USING (offer) ORDER BY offer
    """).fetchnumpy()
    event, known, ripe = (
        np.ma.filled(np.ma.asarray(found[name], dtype=np.float64), np.nan) for name in ("event", "known", "ripe")
    )
    held = con.execute(outcome.held).fetchone() is not None
    return Followed(event, known if held else np.full_like(known, np.nan), ripe, held)


def not_held(outcome: str) -> NotEstimable:
    """Why nothing can be said of an outcome of which nothing is recorded, of anybody."""
    return NotEstimable(
        f"The records hold nothing of this kind, of anybody: {OUTCOMES[outcome].words}.",
        "Records that hold such events: without them no family can be said to have had none.",
    )


def closures(con: duckdb.DuckDBPyConnection) -> Floats:
    """Days from time zero to the closing of help, in order of `offer`: (offers,); NaN while it is open."""
    found = con.execute(
        f"SELECT CAST(date_diff('day', time_zero, end_date) AS DOUBLE) AS closed FROM {OFFERS} ORDER BY offer"
    ).fetchnumpy()
    return np.ma.filled(np.ma.asarray(found["closed"], dtype=np.float64), np.nan)
