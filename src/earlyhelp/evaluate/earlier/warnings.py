"""Area early warning: wards in which the last three months brought more step-ups or requests than their own past.

At most an area and a count: there is no family in it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import duckdb
import numpy as np

from earlyhelp.evaluate.earlier.looks import STEP_UP
from earlyhelp.evaluate.methods.effect import Floats
from earlyhelp.standard.sql import literal
from earlyhelp.statistics.multiple import benjamini_hochberg

PAST_QUARTERS = 12
FEWEST_QUARTERS = 8
"""With fewer quarters of its own past there is nothing to compare with."""
FALSE_ALARMS = 0.05
"""Of the areas that are told, at most so many in the long run are told by chance alone."""
SERIES = {
    "step_ups": ("first step-ups of families", f"SELECT family_id, day FROM {STEP_UP}"),
    "requests": ("days with a request about a family", "SELECT DISTINCT family_id, contact_date AS day FROM contact"),
}
"""What is watched: words, and SQL of one row an event."""


class Watched(NamedTuple):
    """One ward and series: exact counts of the last three months and of each three months before, the latest first.

    `expected`: by its own past. `q`: how likely so many or more are by chance, allowing for all wards and series.
    """

    series: str
    ward_code: str
    label: str
    within: str
    first: date
    last: date
    events: int
    past: tuple[int, ...]
    expected: float
    q: float

    @property
    def is_signal(self) -> bool:
        """Whether more came than chance explains."""
        return self.q <= FALSE_ALARMS and self.events > self.expected


def watched(con: duckdb.DuckDBPyConnection, held: date, as_at: date) -> list[Watched]:
    """Every ward and series; none where the records do not reach back over two years of whole quarters."""
    end = (as_at + timedelta(days=1)).replace(day=1)
    whole = ((end.year - held.year) * 12 + end.month - held.month - (held.day > 7)) // 3 - 1
    past = min(whole, PAST_QUARTERS)
    if past < FEWEST_QUARTERS:
        return []
    counts = {name: _counts(con, sql, end, past + 1) for name, (_, sql) in SERIES.items()}
    wards = con.execute(
        "SELECT ward_code, coalesce(any_value(ward_name), ward_code), coalesce(any_value(locality), '') FROM earlier_home "
        "WHERE ward_code IS NOT NULL GROUP BY ward_code ORDER BY ward_code"
    ).fetchall()
    place = {code: at for at, (code, _, _) in enumerate(wards)}
    tables = {name: _table(found, place, past + 1) for name, found in counts.items()}
    tested = {name: exceeded(table[:, 0], table[:, 1:]) for name, table in tables.items()}
    q = benjamini_hochberg(np.concatenate([p for _, p in tested.values()])).reshape(len(SERIES), len(wards))
    first, last = _months_before(end, 3), end - timedelta(days=1)
    told = []
    for nth, (name, table) in enumerate(tables.items()):
        for (code, label, within), counts, expected, chance in zip(wards, table, tested[name][0], q[nth], strict=True):
            events, *before = (int(each) for each in counts)
            known = (first, last, events, tuple(before), float(expected), float(chance))
            told.append(Watched(name, code, label, within, *known))
    return told


def _months_before(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def _counts(con: duckdb.DuckDBPyConnection, events: str, end: date, quarters: int) -> list[tuple[str, int, int]]:
    nth = f"(date_diff('month', day, {literal(end)}) - 1) // 3"
    return con.execute(
        f"SELECT ward_code, {nth} AS nth, count(*) FROM ({events}) AS event JOIN earlier_home USING (family_id) "
        f"WHERE ward_code IS NOT NULL AND day < {literal(end)} AND nth < {quarters} GROUP BY ALL"
    ).fetchall()


def _table(found: list[tuple[str, int, int]], place: dict[str, int], quarters: int) -> Floats:
    table = np.zeros((len(place), quarters))
    for ward, nth, count in found:
        table[place[ward], nth] = count
    return table


def exceeded(last: Floats, past: Floats) -> tuple[Floats, Floats]:
    """What is expected of each area by its own past, and how likely so many or more are by chance: two arrays (areas,).

    With k past counts of mean m (half an event more among them, so that none is expected to be impossible), the next count
    has mean m and variance f m + f m / k: f, at least 1, is how much more than Poisson counts vary from quarter to quarter, by
    Pearson's statistic over all areas. It is taken to be negative binomial, and p is the chance of `last` or more.

    last: (areas,) counts of the last quarter; past: (areas, k) counts of the quarters before it.
    Source: Stroup et al. (1989), Statistics in Medicine 8:323-329 (a current count against the same area's past); the
    variance of a future count: Farrington et al. (1996), Journal of the Royal Statistical Society A 159:547-563.
    """
    from scipy.stats import nbinom

    areas, quarters = past.shape
    mean = (past.sum(axis=1) + 0.5) / quarters
    if not areas:
        return mean, mean
    spread = ((past - past.mean(axis=1, keepdims=True)) ** 2).sum(axis=1) / mean
    factor = max(float(spread.sum()) / (areas * (quarters - 1)), 1.0)
    variance = factor * mean * (1 + 1 / quarters)
    size = mean**2 / (variance - mean)
    chance: Floats = nbinom.sf(last - 1, size, size / (size + mean))
    return mean, chance
