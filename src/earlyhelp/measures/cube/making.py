"""The cube: every measure, in total and by each single split, by month, quarter and year, counted once for a snapshot.

What is counted is kept in the table `cube`, a row for each period and value that was met; `cube_measure` says of each
measure what came of it. `read_cube` (in `cube.reading`) makes of them the very figures that `calculate` gives.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np

from earlyhelp.measures.calculate import covered_from, first_day, missing_columns
from earlyhelp.measures.cube import counting, units
from earlyhelp.measures.cube.counting import OnePass, column_of
from earlyhelp.measures.cube.medians import quantiles
from earlyhelp.measures.engines import make_working_days
from earlyhelp.measures.figures import Standards
from earlyhelp.measures.gates import closed_gates
from earlyhelp.measures.measure import Measure, Statistic
from earlyhelp.measures.splits import PLACES, Split, splits_of

CUBE_TABLES = ("cube", "cube_measure")
"""What is written into a snapshot."""

MOST_VALUES = 100
"""A split of which the dataset holds more values than this stays out of the cube: it is counted when it is asked for."""

MOST_AT_ONCE = 8
"""Measures that are counted side by side at most: each needs memory of its own."""

TOLD, MISSING, CLOSED, FAILED = "told", "missing", "closed", "failed"
"""What may come of a measure: it is in the cube; a column is empty; a gate is closed; it could not be counted."""

_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "cube": {
        "measure": "VARCHAR",
        "grain": "VARCHAR",
        "split": "VARCHAR",
        "period_start": "DATE",
        "fixed": "VARCHAR[]",
        "value": "VARCHAR",
        "numerator": "DOUBLE",
        "denominator": "DOUBLE",
        "variance": "DOUBLE",
        "estimate_value": "DOUBLE",
        "estimate_lower": "DOUBLE",
        "estimate_upper": "DOUBLE",
    },
    "cube_measure": {
        "measure": "VARCHAR",
        "status": "VARCHAR",
        "problem": "VARCHAR",
        "missing": "VARCHAR[]",
        "closed_columns": "VARCHAR[]",
        "closed_found": "DOUBLE[]",
        "closed_wanted": "DOUBLE[]",
        "first_month": "DATE",
        "covered_from": "DATE",
        "splits": "VARCHAR[]",
        "made_under": "VARCHAR",
    },
}
"""`fixed`: the values of the splits a measure is never without; `split` and `value`: empty in a total. `numerator` and
`denominator` are counts or sums of their own statistic, empty where they are told by nothing counted here (the children a
rate is of) or follow from the rest (a mix). `made_under`: what the figures rest on besides the data, as a fingerprint.
"""


@dataclass(frozen=True)
class _Dataset:
    """The tables that are counted, and how many values each column of theirs holds, once it has been asked for."""

    con: duckdb.DuckDBPyConnection
    standards: Standards
    values: dict[tuple[str, str], int]


def make_cube(
    con: duckdb.DuckDBPyConnection, standards: Standards, measures: Iterable[Measure], *, at_once: int | None = None
) -> dict[str, str]:
    """Make the tables `cube` and `cube_measure` of a snapshot's tables; gives the class of the error by failed measure.

    A measure that fails is kept as failed, with the class of its error and without figures: it never keeps the others
    from being counted. Each is counted under the definition it has; one without periods is not in the cube.

    `at_once`: so many are counted side by side; where nobody says, one for each processor, up to `MOST_AT_ONCE`. Few have
    rows enough to keep several threads busy: of a connection whose queries have one thread each, the cube takes three
    quarters of the processor time.
    """
    at_once = at_once or min(os.cpu_count() or 1, MOST_AT_ONCE)
    for table, columns in _COLUMNS.items():
        con.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {type_}' for name, type_ in columns.items())})")
    waiting = deque(measure for measure in measures if not measure.is_tally)
    cursors = [con.cursor() for _ in range(at_once)]
    with ThreadPoolExecutor(at_once) as workers:
        told = workers.map(lambda cursor: _count_in_turn(_Dataset(cursor, standards, {}), waiting), cursors)
        return {measure: problem for failed in told for measure, problem in failed.items()}


def _count_in_turn(dataset: _Dataset, waiting: deque[Measure]) -> dict[str, str]:
    """Count one waiting measure after the other, in a connection of its own; gives those that failed."""
    failed: dict[str, str] = {}
    with dataset.con as con:
        while waiting:
            try:
                measure = waiting.popleft()
            except IndexError:  # another took the last
                break
            told = _counted_or_failed(dataset, measure)
            if told["status"] == FAILED:
                failed[measure.id] = told["problem"]
            _tell(con, {"measure": measure.id, "made_under": made_under(measure, dataset.standards), **told})
    return failed


def _counted_or_failed(dataset: _Dataset, measure: Measure) -> dict[str, Any]:
    try:
        return _count(dataset, measure)
    except Exception as problem:  # noqa: BLE001 - whatever it is: a snapshot does not fail because one measure does
        dataset.con.execute("DELETE FROM cube WHERE measure = ?", [measure.id])
        return {"status": FAILED, "problem": type(problem).__name__}


def made_under(measure: Measure, standards: Standards) -> str:
    """A fingerprint of what the figures of a measure rest on besides the data: its declaration, and the standards."""
    counted = (measure.rows, measure.days, repr(measure.time), str(measure.statistic), measure.once, measure.per)
    told = (measure.ages, measure.quantile, str(measure.finest), measure.fixed_splits, measure.reference)
    council = (standards.as_at, sorted(standards.local.items()), standards.year_starts, standards.area_code)
    return hashlib.sha256(repr((counted, told, council)).encode()).hexdigest()


def _tell(con: duckdb.DuckDBPyConnection, told: Mapping[str, Any]) -> None:
    places = ", ".join("?" * len(told))
    con.execute(f"INSERT INTO cube_measure ({', '.join(told)}) VALUES ({places})", list(told.values()))


def _count(dataset: _Dataset, measure: Measure) -> dict[str, Any]:
    """Count a measure into `cube`; gives what came of it."""
    con, standards = dataset.con, dataset.standards
    if missing := missing_columns(con, measure):
        return {"status": MISSING, "missing": list(missing)}
    if closed := closed_gates(con, measure):
        columns, found, wanted = (list(each) for each in zip(*closed, strict=True))
        return {"status": CLOSED, "closed_columns": columns, "closed_found": found, "closed_wanted": wanted}
    if measure.working_days:
        make_working_days(con)
    offered = splits_of(measure)
    fixed = [offered[name] for name in measure.fixed_splits]
    single = [each for each in offered.values() if each not in fixed and _has_few_values(dataset, measure, each)]
    first = _keep_figures(con, OnePass(measure, standards, fixed, single))
    names = [split.name for split in single]
    return {"status": TOLD, "first_month": first, "covered_from": covered_from(con, measure), "splits": names}


def _has_few_values(dataset: _Dataset, measure: Measure, split: Split) -> bool:
    """Whether a split is narrow enough for the cube: codes of a list are, other columns by the values they hold."""
    if split.codes and split.codes.codes:
        return len(split.codes.codes) <= MOST_VALUES
    own = split.name in measure.of.columns
    if not own and split.name not in PLACES:
        return True
    where = (measure.of.table_name if own else "place", split.name)
    if where not in dataset.values:
        found = dataset.con.execute(f'SELECT count(DISTINCT "{where[1]}") FROM "{where[0]}"').fetchall()
        dataset.values[where] = found[0][0]
    return dataset.values[where] <= MOST_VALUES


def _keep_figures(con: duckdb.DuckDBPyConnection, one: OnePass) -> date | None:
    """Put the figures of one measure into `cube`; gives the first month there are figures for, None where there are none."""
    counted = _make_cells(con, one)
    first = _first_month(con, one, counted)
    if first is None:
        return None
    chosen = _chosen_periods(one, first)
    fixed = ", ".join(f"CAST({column_of(split)} AS VARCHAR)" for split in one.fixed)
    con.execute(
        f"INSERT INTO cube BY NAME SELECT '{one.measure.id}' AS measure, make_date(period // 12, period % 12 + 1, 1) AS "
        f"period_start, CAST([{fixed}] AS VARCHAR[]) AS fixed, cell.* EXCLUDE (period{one.told_apart}) "
        f"FROM ({chosen}) AS cell"
    )
    return date(first // 12, first % 12 + 1, 1)


def _make_cells(con: duckdb.DuckDBPyConnection, one: OnePass) -> str:
    """Make `cell`, with a row for each figure; gives the relation in which the first month can be seen."""
    rows, statistic = f"({one.rows()})", one.measure.statistic
    if one.needs_rows:
        con.execute(f"CREATE OR REPLACE TEMP TABLE placed AS FROM {rows}")
        rows = "placed"
    if statistic is Statistic.MEDIAN:
        _make_medians(con, one)
    elif statistic is Statistic.MEAN:
        con.execute(f"CREATE OR REPLACE TEMP TABLE cell AS {counting.means(one, rows)}")
    elif statistic.has_sides:
        con.execute(f"CREATE OR REPLACE TEMP TABLE cell AS {_sides(con, one, rows)}")
    else:
        return _make_counts(con, one, rows)
    return rows


def _make_counts(con: duckdb.DuckDBPyConnection, one: OnePass, rows: str) -> str:
    if not one.measure.once:
        con.execute(f"CREATE OR REPLACE TEMP TABLE added AS {counting.plain_counts(one, rows)}")
        con.execute(f"CREATE OR REPLACE TEMP TABLE cell AS {counting.counts(one, 'added')}")
        return "added"
    once, twice = _apart(con, one, rows)
    con.execute(f"CREATE OR REPLACE TEMP TABLE added AS {counting.plain_counts(one, once)}")
    if one.is_open:
        con.execute(f"INSERT INTO added BY NAME {units.merged_counts(one, twice)}")
    distinct = units.distinct_counts(one, twice)
    con.execute(f"CREATE OR REPLACE TEMP TABLE cell AS {counting.counts(one, 'added', distinct)}")
    return rows


def _sides(con: duckdb.DuckDBPyConnection, one: OnePass, rows: str) -> str:
    """SQL of both sides of the line."""
    once, twice = _apart(con, one, rows)
    con.execute(f"CREATE OR REPLACE TEMP TABLE changing AS {units.of_changing_amounts(one, twice)}")
    return units.sides(one, once, _not_met_in(twice, "changing"), _met_in(twice, "changing"))


def _apart(con: duckdb.DuckDBPyConnection, one: OnePass, rows: str) -> tuple[str, str]:
    """The rows whose counts add up, and those of units that would be counted several times, as relations."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE met_twice AS {units.met_twice(one, rows)}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE placed_twice AS {_met_in(rows, 'met_twice')}")
    return _not_met_in(rows, "met_twice"), "placed_twice"


def _met_in(rows: str, who: str) -> str:
    """The rows of these units, and those of none."""
    return f"(FROM {rows} SEMI JOIN {who} USING (unit_id) UNION ALL FROM {rows} WHERE unit_id IS NULL)"


def _not_met_in(rows: str, who: str) -> str:
    return f"(FROM {rows} ANTI JOIN {who} USING (unit_id) WHERE unit_id IS NOT NULL)"


def _make_medians(con: duckdb.DuckDBPyConnection, one: OnePass) -> None:
    by = f"grain, period{one.told_apart}, split, value"
    numbered = f"SELECT *, dense_rank() OVER (ORDER BY {by}) - 1 AS cell FROM ({counting.day_counts(one, 'placed')})"
    con.execute(f"CREATE OR REPLACE TEMP TABLE day_count AS {numbered}")
    curves = con.execute("SELECT cell, days, followed, ending FROM day_count ORDER BY cell, days").fetchnumpy()
    days, followed, ending = (np.asarray(curves[name], dtype=np.float64) for name in ("days", "followed", "ending"))
    found = quantiles(np.asarray(curves["cell"], dtype=np.int64), days, followed, ending, one.measure.quantile)
    con.register("quantile", {"cell": np.arange(len(found)), **{f"bound_{i}": found[:, i].copy() for i in range(3)}})
    names = ("estimate_value", "estimate_lower", "estimate_upper")
    estimates = ", ".join(
        f"CASE WHEN isnan(bound_{i}) THEN NULL ELSE bound_{i} END AS {n}" for i, n in enumerate(names)
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE cell AS SELECT {by}, numerator, denominator, {estimates} FROM (SELECT cell, {by}, "
        "CAST(sum(ending) AS DOUBLE) AS numerator, CAST(sum(followed) AS DOUBLE) AS denominator "
        f"FROM day_count GROUP BY cell, {by}) JOIN quantile USING (cell)"
    )
    con.unregister("quantile")


def _first_month(con: duckdb.DuckDBPyConnection, one: OnePass, counted: str) -> int | None:
    if one.measure.days:
        day = first_day(con, one.measure, one.standards, one.standards.as_at)
        return None if day is None else day.year * 12 + day.month - 1
    found: int | None = con.execute(f"SELECT min(since) FROM {counted}").fetchall()[0][0]
    return found


def _chosen_periods(one: OnePass, first: int) -> str:
    """SQL of the figures from the first period on; quarters and years of what is open are those of their last month."""
    starts = one.standards.year_starts
    if not one.is_open:
        lengths = " ".join(f"WHEN '{each}' THEN {first - (first + 1 - starts) % each.months}" for each in one.grains)
        return f"SELECT * FROM cell WHERE period >= CASE grain {lengths} END"
    months = f"(SELECT * FROM cell WHERE period >= {first})"
    longer = (
        f"SELECT * REPLACE ('{grain}' AS grain, period - (period + 1 - {starts}) % {grain.months} AS period) FROM {months} "
        f"WHERE (period + 2 - {starts}) % {grain.months} = 0 OR period = {one.last_month}"
        for grain in one.longer_grains
    )
    return " UNION ALL ".join([f"SELECT * FROM {months}", *longer])
