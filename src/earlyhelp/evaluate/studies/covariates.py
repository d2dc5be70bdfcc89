"""What is held of a family before time zero, by which families are made alike. One declared object each.

Each is SQL over the temporary table `offer` and the standard tables, and gives a number a row of `offer`, or NULL where
nobody recorded it. Nothing that happens on or after time zero may enter, but what was recorded of the same day is part
of the decision to offer.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from earlyhelp.evaluate.methods.effect import Floats
from earlyhelp.evaluate.studies.offers import OFFERS
from earlyhelp.standard import codelists

NOT_HELD = (
    "how ready a family is to change",
    "how well worker and family get on",
    "what informal help it has",
)
"""What no record holds and what may part families who take an offer from those who do not."""


@dataclass(frozen=True)
class Covariate:
    """One fact of a family before time zero.

    `value`: SQL of one number in a row of the query of its `table` (one row an offer). `words`: as a reader sees it.
    `crossed`: also looked at as a square and together with the other crossed ones, which means alone do not balance.
    """

    name: str
    words: str
    table: str
    value: str
    crossed: bool = False


_NEEDS = tuple(
    Covariate(
        f"need_{code}",
        f"need recorded: {codelists.needs.label(code)}",
        "needs",
        f"count(*) FILTER (need_code = '{code}') > 0",
    )
    for code in codelists.needs.codes
)
_WAITED = "any_value(ln(1 + greatest(date_diff('day', offer.start_date, least(offer.allocated_date, time_zero)), 0)))"
COVARIATES: tuple[Covariate, ...] = (
    *_NEEDS,
    Covariate("needs", "number of needs recorded", "needs", "count(DISTINCT need_code)", crossed=True),
    Covariate("family_help", "level of help: family help", "episodes", "bool_or(level = 'family_help')", crossed=True),
    Covariate("deprivation", "deprivation decile of the home", "homes", "imd_decile", crossed=True),
    Covariate("youngest", "age of the youngest child", "children", "youngest", crossed=True),
    Covariate("children", "number of children", "children", "children"),
    Covariate("helped_before", "earlier spells of early help (2 or more as 2)", "earlier", "least(spells, 2)", crossed=True),
    Covariate("abuse", "domestic abuse named in the request", "requests", "bool_or(domestic_abuse)", crossed=True),
    Covariate("asked", "requests in the year before (5 or more as 5)", "asked", "least(count(DISTINCT contact_date), 5)"),
    Covariate("abuse_told", "police told of domestic abuse in the year before", "told", "bool_or(type = 'domestic_abuse')"),
    Covariate("in_service", "statutory service in the two years before", "statutory", "count(*) > 0"),
    Covariate("waited", "log of the days from acceptance to allocation", "episodes", _WAITED),
    Covariate("when", "year of the offer", "episodes", "any_value(date_diff('day', DATE '2020-01-01', time_zero)) / 365.25"),
)  # fmt: skip
"""All that families are made alike by, in the order in which tables of balance show them before they are sorted."""
WORDS = {each.name: each.words for each in COVARIATES}
"""What a reader calls each of them."""
EARLIER = Covariate(
    "told_otherwise", "other notice of a partner in the year before", "told", "bool_or(type <> 'domestic_abuse')"
)
"""An earlier outcome that is not balanced on: no offer can change what came before it."""

_TABLES = {
    "needs": """SELECT offer, {value} AS value FROM offer JOIN (
            SELECT family_id, need_code, identified_date AS day FROM eh_need
            UNION ALL SELECT family_id, need_code, start_date AS day FROM eh_episode
        ) AS need ON need.family_id = offer.family_id AND need.day BETWEEN offer.start_date AND time_zero
        WHERE need_code IS NOT NULL GROUP BY offer""",
    "episodes": """SELECT offer, {value} AS value FROM offer JOIN eh_episode AS episode ON episode.family_id = offer.family_id
        AND episode.start_date BETWEEN offer.start_date AND time_zero GROUP BY offer""",
    "homes": "SELECT offer, max({value}) AS value FROM offered_home JOIN place USING (lsoa) GROUP BY offer",
    "children": """SELECT offer, {value} AS value FROM (
            SELECT offer, min(age) AS youngest, count(*) AS children FROM (
                SELECT offer, date_diff('month', birth_month, time_zero) // 12 AS age
                FROM offer JOIN offered_member USING (offer) JOIN profile USING (person_id) WHERE birth_month <= time_zero
            ) WHERE age < 18 GROUP BY offer
        )""",
    "earlier": """SELECT offer.offer, {value} AS value FROM offer JOIN (
            SELECT offer.offer, count(*) AS spells FROM offer JOIN offer AS before ON before.family_id = offer.family_id
            AND before.allocated_date < offer.allocated_date GROUP BY offer.offer
        ) AS counted USING (offer)""",
    "requests": """SELECT offer, {value} AS value FROM offer JOIN contact ON contact.family_id = offer.family_id
        AND contact_date BETWEEN offer.start_date - INTERVAL 42 DAY AND time_zero
        WHERE domestic_abuse IS NOT NULL GROUP BY offer""",
    "asked": """SELECT offer, {value} AS value FROM offer JOIN contact ON contact.family_id = offer.family_id
        AND contact_date >= time_zero - INTERVAL 365 DAY AND contact_date < time_zero GROUP BY offer""",
    "told": """SELECT offer, {value} AS value FROM offer JOIN partner_event AS event ON event.family_id = offer.family_id
        AND event_date >= time_zero - INTERVAL 365 DAY AND event_date < time_zero GROUP BY offer""",
    "statutory": """SELECT offer, {value} AS value FROM offer JOIN offered_member USING (offer)
        JOIN statutory_start AS begun ON begun.person_id = offered_member.person_id
        AND begun.start_date >= time_zero - INTERVAL 730 DAY AND begun.start_date < time_zero GROUP BY offer""",
}  # fmt: skip
"""Where each kind of fact is looked up: one row an offer that has any; an offer without a row has none of it."""
_NOT_RECORDED = frozenset({"homes", "children", "requests"})
"""Tables in which no row means that nobody recorded it; in the others it means none."""


def values(con: duckdb.DuckDBPyConnection, wanted: Covariate) -> Floats:
    """One number an offer, in order of `offer`: (offers,); NaN where it is not recorded."""
    query = _TABLES[wanted.table].format(value=wanted.value)
    none = "NULL" if wanted.table in _NOT_RECORDED else "0"
    found = con.execute(
        f"SELECT CAST(coalesce(CAST(found.value AS DOUBLE), {none}) AS DOUBLE) FROM {OFFERS} "
        f"LEFT JOIN ({query}) AS found USING (offer) ORDER BY offer"
    ).fetchnumpy()
    [column] = found.values()
    return np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)


def gap_in(name: str) -> str:
    """The name of the column that marks families of whom a fact is not recorded."""
    return f"{name}: not recorded"


def filled(held: Floats, names: tuple[str, ...]) -> tuple[Floats, tuple[str, ...], dict[str, float]]:
    """Covariates without gaps: (offers, k + flags), their names, and the share that is missing of each that has gaps.

    A gap is set to the mean of what is recorded and marked by a column of its own, so that families of whom something
    is not recorded are compared with each other (Rosenbaum and Rubin 1984, JASA 79:516-524). A fact recorded of nobody
    is left out: its share missing is 1.
    """
    columns, kept, missing = [], [], {}
    for place, name in enumerate(names):
        gap = np.isnan(held[:, place])
        if gap.any():
            missing[name] = float(gap.mean())
        if gap.all():
            continue
        columns.append(np.where(gap, held[~gap, place].mean(), held[:, place]))
        kept.append(name)
        if gap.any():
            columns.append(gap.astype(np.float64))
            kept.append(gap_in(name))
    return np.column_stack(columns), tuple(kept), missing
