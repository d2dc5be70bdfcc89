"""What is followed before and after a shock: recorded events by family and month, each kind declared once.

A need shows in the records only once somebody records it, so that "a need" is the record of one: in a request, in an
episode of early help or in an assessment. What nobody recorded is not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from earlyhelp.evaluate.methods.effect import Flags, Ints
from earlyhelp.evaluate.poverty.families import STRAY, Families, Span
from earlyhelp.standard import codelists

PERSISTENT = 10
"""Per cent of sessions: a pupil who misses as many or more is persistently absent (DfE, pupil absence statistics)."""
LATE = 3
"""Records of a kind that end within so many months of the day the data is as at are taken to cover all of it."""


@dataclass(frozen=True)
class Outcome:
    """One kind of recorded event. `words`: "families had ..."; `days`: SQL of `family_id` and `day`.

    `told_by`: the kind whose days tell from when to when such records are there; its own where empty. `main`: one of
    those that sentences are made of; needs are told beside them.
    """

    name: str
    words: str
    days: str
    told_by: str = ""
    main: bool = True


_NEEDS = """
    SELECT family_id, contact_date AS day FROM contact WHERE reason_code = '{code}'
    UNION ALL SELECT family_id, start_date FROM eh_episode WHERE need_code = '{code}'
    UNION ALL SELECT family_id, identified_date FROM eh_need WHERE need_code = '{code}'
"""
_ABSENCE = f"""
    SELECT family_id, CASE term
        WHEN 'autumn' THEN make_date(year, 10, 1) WHEN 'spring' THEN make_date(year + 1, 2, 1)
        WHEN 'summer' THEN make_date(year + 1, 6, 1) END AS day
    FROM (SELECT *, TRY_CAST(left(academic_year, 4) AS INTEGER) AS year FROM attendance_period)
    WHERE possible > 0 AND 100 * (authorised + unauthorised) >= {PERSISTENT} * possible
"""
"""A term stands in the month of its middle."""


def _need(code: str) -> Outcome:
    words = f"a record of the need {codelists.needs.label(code).lower()} ({code})"
    return Outcome(code, words, _NEEDS.format(code=code), told_by="request", main=False)


OUTCOMES: Mapping[str, Outcome] = {
    each.name: each
    for each in (
        Outcome("request", "a request for help", "SELECT family_id, contact_date AS day FROM contact"),
        Outcome(
            "accepted",
            "a request accepted for early help",
            "SELECT family_id, accepted_date AS day FROM contact UNION ALL SELECT family_id, start_date FROM eh_episode",
        ),
        Outcome(
            "social_care",
            "a referral to social care taken up, or a statutory service beginning",
            "SELECT family_id, begun.start_date AS day FROM statutory_start AS begun "
            "JOIN social_care_event AS event ON event.row_id = begun.record",
        ),
        Outcome(
            "domestic_abuse",
            "a domestic abuse notification",
            "SELECT family_id, event_date AS day FROM partner_event WHERE type = 'domestic_abuse'",
        ),
        Outcome("absence", "a child who missed a tenth or more of a term", _ABSENCE),
        *(_need(code) for code in codelists.needs.codes),
    )
}  # fmt: skip
"""Every kind, by name: requests, acceptances, social care, notifications, absence, and the record of each need."""
MAIN = tuple(name for name, each in OUTCOMES.items() if each.main)


@dataclass(frozen=True, eq=False)
class Events:
    """Recorded events of kinds `names`, by month and family.

    `upto`: (kinds, months + 1, families): in how many of the months before that place there was an event. `covered`:
    (kinds, 2): the first month of which there are records of the kind, and the last; the first is past all months where
    there are none.
    """

    names: tuple[str, ...]
    upto: NDArray[np.uint8]
    covered: Ints

    def any_in(self, first: int, last: int) -> Flags:
        """Whether each family has an event of each kind in months `first` to `last`: (kinds, families).

        Months outside the records hold none.
        """
        months = self.upto.shape[1] - 1
        low, high = np.clip([first, last + 1], 0, months)
        return np.asarray(self.upto[:, high] > self.upto[:, low])


def events(con: duckdb.DuckDBPyConnection, known: Families, kinds: Mapping[str, tuple[str, str]]) -> Events:
    """The events of each kind, given as SQL of `family_id` and `day`, and the kind that tells from when there are records.

    Needs the table `followed_family`. An event counts once in a month.
    """
    span, names = known.span, tuple(kinds)
    con.execute(f"CREATE OR REPLACE TEMP TABLE followed_event AS {_all_days(span, kinds)}")
    rows = con.execute("SELECT DISTINCT kind, month, number FROM followed_event JOIN followed_family USING (family_id)")
    found = {name: np.asarray(values, dtype=np.int64) for name, values in rows.fetchnumpy().items()}
    upto = np.zeros((len(names), span.months + 1, len(known)), np.uint8)
    upto[found["kind"], found["month"] + 1, found["number"]] = 1
    np.cumsum(upto, axis=1, dtype=np.uint8, out=upto)
    own = _covered(con, len(names), span)
    told_by = [names.index(kinds[name][1] or name) for name in names]
    empty = own[:, 0] > own[:, 1]
    return Events(names, upto, np.where(empty[:, None], own, own[told_by]))


def outcomes(con: duckdb.DuckDBPyConnection, known: Families) -> Events:
    """Everything of `OUTCOMES`, by month and family."""
    return events(con, known, {name: (each.days, each.told_by) for name, each in OUTCOMES.items()})


def _all_days(span: Span, kinds: Mapping[str, tuple[str, str]]) -> str:
    told = " UNION ALL ".join(
        f"SELECT CAST({place} AS TINYINT) AS kind, family_id, {span.month_of('day')} AS month FROM ({days})"
        for place, (days, _) in enumerate(kinds.values())
    )
    return f"SELECT * FROM ({told}) WHERE month >= 0 AND month < {span.months} AND family_id IS NOT NULL"


def _covered(con: duckdb.DuckDBPyConnection, kinds: int, span: Span) -> Ints:
    sql = f"SELECT kind, quantile_disc(month, {STRAY}), max(month) FROM followed_event GROUP BY kind"
    found = np.tile(np.array([span.months, -1]), (kinds, 1))
    for kind, first, last in con.execute(sql).fetchall():
        found[kind] = first, span.months - 1 if last >= span.months - LATE else last
    return found
