"""Families by month: whether a child lives there, and what they are like at the start of each month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from earlyhelp.evaluate.methods.effect import Flags, Ints, NotEstimable
from earlyhelp.evaluate.poverty.signals import SIGNALS
from earlyhelp.standard.ages import AGE_BANDS
from earlyhelp.standard.sql import listed, literal

LONGEST = 120
"""Months of records that are looked at, up to the day the data is as at."""
STRAY = 0.01
"""This share of the earliest days is not taken for the beginning of records: single rows bear impossible dates."""
ADULT_AT = 216
"""Months of age at which a child is none any more."""
LAST_MONTH_OF_BAND = np.array([12 * (last + 1) for _, _, last in AGE_BANDS[:-1]])


class Span(NamedTuple):
    """The whole months that are looked at: the first day of the first one, and how many there are."""

    first: date
    months: int

    def month_of(self, day: str) -> str:
        """SQL: the place of the month that a day lies in, the first being 0."""
        return f"date_diff('month', {literal(self.first)}, {day})"

    def whole_from(self, day: str) -> str:
        """SQL: the place of the first month whose first day is `day` or later."""
        return f"(date_diff('month', {literal(self.first)}, CAST({day} - INTERVAL 1 DAY AS DATE)) + 1)"


def span(con: duckdb.DuckDBPyConnection, as_at: date) -> Span:
    """The months from the beginning of requests and of signs of poverty to the last whole one before `as_at` is over.

    Raises NotEstimable where there are no requests or no signs of poverty.
    """
    end = (as_at + timedelta(days=1)).replace(day=1)
    begin = (
        "SELECT CAST(date_trunc('month', quantile_disc({day}, {share})) AS DATE) FROM {table} WHERE {day} < {end}{and_}"
    )
    days = [
        con.execute(
            begin.format(day=day, table=table, share=STRAY, end=literal(end), and_=f" AND {where}" if where else "")
        ).fetchall()[0][0]
        for table, day, where in (
            ("contact", "contact_date", ""),
            ("partner_event", "event_date", f"type IN ({listed(SIGNALS)})"),
        )
    ]
    if None in days:
        what = ("requests for help", "signs of poverty, such as arrears, benefits and free school meals")
        raise NotEstimable(f"The records hold no {what[days.index(None)]}.", "Load the lists that tell of them.")
    first = max(min(days), _months_before(end, LONGEST))
    return Span(first, (end.year - first.year) * 12 + end.month - first.month)


def _months_before(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


@dataclass(frozen=True, eq=False)
class Families:
    """Families with children, by month: arrays (months, families), each of the first day of the month.

    `ids`: the pseudonym of each family. `children`, `adults`: how many are known to live there. `youngest`: age of the
    youngest child in months. `decile`: decile of deprivation of the small area, 1 the most deprived, 0 not known. `area`: a
    number that stands for the small area, 0 not known.
    """

    span: Span
    ids: NDArray[np.object_]
    children: NDArray[np.int16]
    adults: NDArray[np.int16]
    youngest: NDArray[np.int16]
    decile: NDArray[np.int8]
    area: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def present(self) -> Flags:
        """Whether a child lives there."""
        return np.asarray(self.children > 0)

    def age_band(self, month: int) -> Ints:
        """The band of ages (`AGE_BANDS`) of each family's youngest child, by place."""
        return np.searchsorted(LAST_MONTH_OF_BAND, self.youngest[month], side="right").astype(np.int64)


def families(con: duckdb.DuckDBPyConnection, known: Span) -> Families:
    """Every family with a child under 18 in one of the months. Makes the temporary table `followed_family`.

    Raises NotEstimable where no child's family and month of birth are known.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE family_stay AS {_stays(known)}")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE followed_family AS SELECT family_id, "
        "CAST(row_number() OVER (ORDER BY family_id) - 1 AS INTEGER) AS number "
        "FROM (SELECT DISTINCT family_id FROM family_stay WHERE born IS NOT NULL)"
    )
    ids = con.execute("SELECT family_id FROM followed_family ORDER BY number").fetchnumpy()["family_id"]
    if not len(ids):
        raise NotEstimable(
            "No child's family and month of birth are known.", "Load lists of children with their families."
        )
    shape = (known.months, len(ids))
    child = _fetched(con, "SELECT number, since, upto, born FROM family_stay JOIN followed_family USING (family_id) "
                          "WHERE born IS NOT NULL")  # fmt: skip
    adult = _fetched(con, "SELECT number, since, upto FROM family_stay JOIN followed_family USING (family_id) "
                          "WHERE born IS NULL")  # fmt: skip
    home = _fetched(con, _homes(known))
    month, row = _spread(home["since"], home["upto"])
    decile, area = np.zeros(shape, np.int8), np.zeros(shape, np.int32)
    decile[month, home["number"][row]] = home["decile"][row]
    area[month, home["number"][row]] = home["area"][row]
    return Families(known, ids, _counted(child, shape), _counted(adult, shape), _youngest(child, shape), decile, area)


def _fetched(con: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Ints]:
    found = con.execute(sql).fetchnumpy()
    return {name: np.asarray(values, dtype=np.int64) for name, values in found.items()}


def _spread(since: Ints, upto: Ints) -> tuple[Ints, Ints]:
    """For stretches of months, each month of each: the month, and the row that it comes from."""
    length = np.maximum(upto - since, 0)
    row = np.repeat(np.arange(len(length)), length)
    month = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length) + since[row]
    return month, row


def _counted(stay: dict[str, Ints], shape: tuple[int, int]) -> NDArray[np.int16]:
    kept = stay["upto"] > stay["since"]
    step = np.zeros((shape[0] + 1, shape[1]), np.int16)
    np.add.at(step, (stay["since"][kept], stay["number"][kept]), 1)
    np.add.at(step, (stay["upto"][kept], stay["number"][kept]), -1)
    return np.cumsum(step[:-1], axis=0, dtype=np.int16)


def _youngest(child: dict[str, Ints], shape: tuple[int, int]) -> NDArray[np.int16]:
    """Age in months; a family without a child has 0."""
    month, row = _spread(child["since"], child["upto"])
    age = np.full(shape, ADULT_AT, np.int16)
    np.minimum.at(age, (month, child["number"][row]), (month - child["born"][row]).astype(np.int16))
    return age


def _stays(known: Span) -> str:
    """SQL: for each person and family, the months they live there (`upto` is the first without); `born` of children alone.

    A member without a first day has always been there. Who is said to be a child and has no month of birth is left out.
    """
    born, months = known.month_of("birth_month"), known.months
    return f"""
        WITH member AS (
            SELECT family_id, person_id, CASE WHEN count(from_date) = count(*) THEN min(from_date) END AS from_date,
            CASE WHEN count(to_date) = count(*) THEN max(to_date) END AS to_date
            FROM family_membership WHERE family_id IS NOT NULL GROUP BY ALL
        ), stay AS (
            SELECT family_id, CASE WHEN coalesce(is_child, TRUE) THEN {born} END AS born,
            greatest(0, coalesce({known.whole_from("from_date")}, 0), coalesce(born, 0)) AS since,
            least({months}, coalesce({known.month_of("to_date")} + 1, {months}), coalesce(born + {ADULT_AT}, {months})) AS upto
            FROM member JOIN profile USING (person_id) WHERE NOT is_child OR birth_month IS NOT NULL
        )
        SELECT * FROM stay WHERE upto > since
    """


def _homes(known: Span) -> str:
    """SQL: the months that a family lives in an area, by the addresses of its members; the first one holds from the start.

    Of several on one day, the first in order. A family without a dated address lives where its members were last known.
    """
    return f"""
        WITH member AS (
            SELECT DISTINCT number, person_id FROM family_membership JOIN followed_family USING (family_id)
        ), area AS (
            SELECT lsoa, min(imd_decile) AS decile, row_number() OVER (ORDER BY lsoa) AS area FROM place GROUP BY lsoa
        ), dated AS (
            SELECT number, {known.whole_from("valid_from")} AS since, min(lsoa) AS lsoa
            FROM member JOIN person_address USING (person_id) SEMI JOIN area USING (lsoa) GROUP BY ALL
        ), home AS (
            FROM dated
            UNION ALL
            SELECT number, 0 AS since, min(lsoa) AS lsoa FROM member JOIN profile USING (person_id)
            SEMI JOIN area USING (lsoa) ANTI JOIN dated USING (number) GROUP BY number
        ), turn AS (
            SELECT *, lag(since) OVER own AS before, lead(since) OVER own AS next
            FROM home WINDOW own AS (PARTITION BY number ORDER BY since NULLS FIRST)
        )
        SELECT number, CASE WHEN before IS NULL THEN 0 ELSE greatest(0, least(since, {known.months})) END AS since,
        greatest(0, least(coalesce(next, {known.months}), {known.months})) AS upto,
        coalesce(decile, 0) AS decile, area
        FROM turn JOIN area USING (lsoa)
    """
