"""Counting: the SQL of a measure over periods and splits, and the raw figures that come of it.

Raw figures are exact and never leave as they are: `release` turns them into what may be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any

import duckdb
import numpy as np

from earlyhelp.errors import UsageProblem
from earlyhelp.measures.measure import Matured, Measure, Open, Statistic
from earlyhelp.measures.periods import Grain, Period, periods
from earlyhelp.measures.splits import Split, joins, splits_of
from earlyhelp.measures.survival import kaplan_meier
from earlyhelp.standard import NOT_RECORDED, Column
from earlyhelp.standard.calendar import FIRST_DAY, LAST_DAY, working_day_table


@dataclass(frozen=True)
class Question:
    """What is asked of a measure: split by what, over which days, in which periods."""

    by: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    grain: Grain | None = None


@dataclass(frozen=True)
class Standards:
    """The council's own standards and the day the data is as at."""

    as_at: date
    assessment_working_days: int = 45
    year_starts: int = 4
    area_code: str = ""


@dataclass(frozen=True)
class Estimate:
    """A value that is worked out from single records and not from the two counts: a median with its interval."""

    value: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Figure:
    """One exact figure. `mature` is False where follow-up is not complete; `estimate` holds what counts cannot give."""

    period: Period | None
    dims: Mapping[str, str]
    numerator: float | None
    denominator: float | None
    mature: bool = True
    estimate: Estimate | None = None
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """All figures of one question, or the columns for want of which there are none."""

    measure: Measure
    by: tuple[str, ...]
    figures: list[Figure] = field(default_factory=list)
    missing: tuple[str, ...] = ()


def calculate(con: duckdb.DuckDBPyConnection, measure: Measure, standards: Standards, asked: Question) -> Figures:
    """The exact figures of one measure. Raises UsageProblem for a split the measure does not offer."""
    offered = splits_of(measure)
    by = tuple(dict.fromkeys((*measure.always_by, *asked.by)))
    unknown = [name for name in by if name not in offered]
    if unknown:
        raise UsageProblem(
            f"{measure.id} cannot be split by {', '.join(unknown)}.",
            where="--by",
            fix=f"It can be split by: {', '.join(sorted(offered)) or 'nothing'}.",
        )
    missing = tuple(str(column) for column in measure.needs if not _has_values(con, column))
    if missing:
        return Figures(measure, by, missing=missing)
    _make_settings(con, standards)
    chosen = [offered[name] for name in by]
    if measure.is_tally:
        return Figures(measure, by, _tally(con, measure, chosen))
    spans = _spans(con, measure, standards, asked)
    _make_periods(con, spans)
    if measure.statistic is Statistic.MEDIAN:
        found = list(_medians(con, measure, chosen))
    else:
        found = list(_counts(con, measure, chosen, spans, standards))
    return Figures(measure, by, found)


def _has_values(con: duckdb.DuckDBPyConnection, column: Column) -> bool:
    name = f'"{column.column_name}"'
    missing = f" AND {name} NOT IN ('{NOT_RECORDED}')" if column.coded else ""
    sql = f'SELECT 1 FROM "{column.table_name}" WHERE {name} IS NOT NULL{missing} LIMIT 1'
    return con.execute(sql).fetchone() is not None


def _make_settings(con: duckdb.DuckDBPyConnection, standards: Standards) -> None:
    """`setting` (one row), and the working-day calendar for as far as due dates can reach."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE setting AS SELECT CAST(? AS DATE) AS as_at, CAST(? AS INTEGER) "
        "AS assessment_working_days",
        [standards.as_at, standards.assessment_working_days],
    )
    if con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'working_days_until'").fetchone():
        return
    table = working_day_table(FIRST_DAY, LAST_DAY)
    numbers = np.array([number for _, number in table], dtype=np.int64)
    con.register("calendar_days", {"since": np.arange(len(table)), "n": numbers})
    con.execute(
        "CREATE TEMP TABLE working_days_until AS "
        f"SELECT DATE '{FIRST_DAY}' + CAST(since AS INTEGER) AS day, n FROM calendar_days"
    )
    con.execute("CREATE TEMP TABLE nth_working_day AS SELECT n, min(day) AS day FROM working_days_until GROUP BY n")
    con.unregister("calendar_days")


def _spans(
    con: duckdb.DuckDBPyConnection, measure: Measure, standards: Standards, asked: Question
) -> list[Period]:
    day = "from_day" if isinstance(measure.time, Open) else "day"
    follow_up = measure.time.days if isinstance(measure.time, Matured) and asked.grain is None else 0
    last = asked.last or standards.as_at - timedelta(days=follow_up)
    first = asked.first
    if first is None:
        sql = f"SELECT min({day}) FROM ({measure.rows}) WHERE {day} <= ?"
        first = con.execute(sql, [last]).fetchall()[0][0]
    if first is None:
        return []
    spans = periods(first, min(last, standards.as_at), asked.grain, standards.year_starts)
    if asked.first and spans and spans[0].start < asked.first:
        spans[0] = Period(asked.first, spans[0].end)
    return spans


def _make_periods(con: duckdb.DuckDBPyConnection, spans: Sequence[Period]) -> None:
    con.execute("CREATE OR REPLACE TEMP TABLE period (period_start DATE, period_end DATE)")
    if spans:
        con.executemany("INSERT INTO period VALUES (?, ?)", [(span.start, span.end) for span in spans])


def _placed_sql(measure: Measure, chosen: Sequence[Split]) -> str:
    """SQL for every row of the measure in its period, with the values it is split by."""
    if isinstance(measure.time, Open):
        counted = f"SELECT *, period_end AS day FROM ({measure.rows}), period"
        where = "from_day <= period_end AND (to_day IS NULL OR to_day > period_end)"
    else:
        counted = f"SELECT * FROM ({measure.rows}), period"
        where = "day BETWEEN period_start AND period_end"
    split = "".join(f", coalesce(CAST({each.sql} AS VARCHAR), '{NOT_RECORDED}') AS by_{each.name}" for each in chosen)
    extra = ", counted.days, counted.ended" if measure.statistic is Statistic.MEDIAN else ""
    return (
        f"SELECT period_start, period_end, unit_id, counted.counted{extra}{split} "
        f"FROM ({counted} WHERE {where}) AS counted {joins(measure)}"
    )


def _counts(
    con: duckdb.DuckDBPyConnection,
    measure: Measure,
    chosen: Sequence[Split],
    spans: Sequence[Period],
    standards: Standards,
) -> Iterator[Figure]:
    rows = con.execute(
        "SELECT period_start, period_end"
        + "".join(f", by_{split.name}" for split in chosen)
        + ", count(DISTINCT unit_id) FILTER (counted), count(DISTINCT unit_id) "
        + f"FROM ({_placed_sql(measure, chosen)}) GROUP BY ALL"
    ).fetchall()
    counted = {(Period(r[0], r[1]), tuple(r[2:-2])): (r[-2], r[-1]) for r in rows}
    combinations = sorted({dims for _, dims in counted}) or ([()] if not chosen else [])
    names = [split.name for split in chosen]
    children = _children(con, standards) if measure.statistic is Statistic.RATE else {}
    for span, dims in product(spans, combinations):
        numerator, everyone = counted.get((span, dims), (0, 0))
        yield Figure(
            span,
            dict(zip(names, dims, strict=True)),
            numerator,
            _denominator(measure, counted, span, dims, names, everyone, children),
            mature=_is_mature(measure, span, standards),
        )
    if measure.statistic is Statistic.BALANCE:
        yield from _net(measure, counted, spans, combinations, names)


def _denominator(
    measure: Measure,
    counted: Mapping[tuple[Period, tuple[str, ...]], tuple[int, int]],
    span: Period,
    dims: tuple[str, ...],
    names: Sequence[str],
    everyone: int,
    children: Mapping[int, float],
) -> float | None:
    """What the numerator is a share of: nothing, all of the row, all values of the mix, or the children of the area."""
    if measure.statistic in (Statistic.COUNT, Statistic.BALANCE):
        return None
    if measure.statistic is Statistic.RATE:
        return _latest(children, span.end.year)
    if measure.statistic is Statistic.MIX:
        free = {names.index(name) for name in measure.always_by}
        same = [i for i in range(len(dims)) if i not in free]
        return sum(n for (p, d), (n, _) in counted.items() if p == span and all(d[i] == dims[i] for i in same))
    return everyone


def _is_mature(measure: Measure, span: Period, standards: Standards) -> bool:
    if not isinstance(measure.time, Matured):
        return True
    return span.end + timedelta(days=measure.time.days) <= standards.as_at


def _net(
    measure: Measure,
    counted: Mapping[tuple[Period, tuple[str, ...]], tuple[int, int]],
    spans: Sequence[Period],
    combinations: Sequence[tuple[str, ...]],
    names: Sequence[str],
) -> Iterator[Figure]:
    """What came in less what went out, for each period and each other split."""
    place = names.index("flow")
    others = sorted({dims[:place] + dims[place + 1 :] for dims in combinations})
    for span, rest in product(spans, others):
        started, ended = (counted.get((span, (*rest[:place], flow, *rest[place:])), (0, 0))[0] for flow in ("started", "ended"))
        dims = (*rest[:place], "net", *rest[place:])
        yield Figure(span, dict(zip(names, dims, strict=True)), started - ended, None, sum_of=("started", "ended"))


def _children(con: duckdb.DuckDBPyConnection, standards: Standards) -> dict[int, float]:
    """Children aged 0 to 17 of the council's area by year, from the population table; else from its small areas."""
    rows = con.execute(
        "SELECT year, sum(count) FROM population WHERE age_band = '0-17' AND (sex IS NULL OR sex = 'all') "
        "AND ethnicity IS NULL AND area_code = ? GROUP BY year",
        [standards.area_code],
    ).fetchall()
    if rows:
        return {year: count for year, count in rows}
    total = con.execute("SELECT sum(children_0_17) FROM place").fetchall()[0][0]
    return {0: total} if total else {}


def _latest(children: Mapping[int, float], year: int) -> float | None:
    known = [each for each in children if each <= year] or sorted(children)[:1]
    return children[max(known)] if known else None


def _medians(con: duckdb.DuckDBPyConnection, measure: Measure, chosen: Sequence[Split]) -> Iterator[Figure]:
    groups = "period_start, period_end" + "".join(f", by_{split.name}" for split in chosen)
    rows = con.execute(
        f"SELECT {groups}, list(days), list(ended) FROM (SELECT DISTINCT {groups}, unit_id, days, ended "
        f"FROM ({_placed_sql(measure, chosen)})) GROUP BY {groups} ORDER BY ALL"
    ).fetchall()
    names = [split.name for split in chosen]
    for start, end, *dims, days, ended in rows:
        median = kaplan_meier(np.asarray(days, dtype=float), np.asarray(ended, dtype=bool)).median()
        estimate = Estimate(median.estimate, median.lower, median.upper)
        yield Figure(
            Period(start, end),
            dict(zip(names, dims, strict=True)),
            sum(ended),
            len(ended),
            mature=median.estimate is not None,
            estimate=estimate,
        )


def _tally(con: duckdb.DuckDBPyConnection, measure: Measure, chosen: Sequence[Split]) -> list[Figure]:
    split = ", ".join(split.sql for split in chosen)
    rows: list[tuple[Any, ...]] = con.execute(
        f"SELECT {split}, sum(numerator), sum(denominator) FROM ({measure.rows}) AS counted GROUP BY {split} ORDER BY ALL"
    ).fetchall()
    names = [each.name for each in chosen]
    return [Figure(None, dict(zip(names, r[:-2], strict=True)), r[-2], r[-1]) for r in rows]
