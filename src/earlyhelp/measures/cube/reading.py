"""Reading the cube: the figures that `calculate` gives, from what was counted when the snapshot was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import duckdb

from earlyhelp.measures.calculate import as_known, figures_of, kinds_not_held
from earlyhelp.measures.children import Children, children
from earlyhelp.measures.cube.making import CLOSED, CUBE_TABLES, MISSING, TOLD, made_under
from earlyhelp.measures.engines import has_table
from earlyhelp.measures.figures import ClosedGate, Estimate, Figure, Figures, Question, Standards
from earlyhelp.measures.measure import Measure, Statistic
from earlyhelp.measures.periods import Grain, periods
from earlyhelp.measures.placement import Placement
from earlyhelp.measures.splits import Split, splits_of

_ABOUT = "status, missing, closed_columns, closed_found, closed_wanted, first_month, covered_from, splits"


class _Told(NamedTuple):
    """What `cube_measure` says of a measure."""

    status: str
    missing: list[str] | None
    closed_columns: list[str] | None
    closed_found: list[float] | None
    closed_wanted: list[float] | None
    first_month: date | None
    covered_from: date | None
    splits: list[str] | None


def read_cube(
    con: duckdb.DuckDBPyConnection, measure: Measure, standards: Standards, asked: Question
) -> Figures | None:
    """The figures that `calculate` would give, read from the cube; None where it does not hold them.

    It holds whole months, quarters and years, in total and by one split, under the measure's own definition and the
    standards of the snapshot: for anything else, and for a measure that could not be counted, ask `calculate`.
    """
    grain = measure.grain_of(asked.grain)
    if measure.is_tally or not grain or grain.months < measure.finest.months or asked.first or asked.last:
        return None
    told = _told(con, measure, standards)
    chosen = _chosen(measure, asked, told) if told else None
    if not told or chosen is None:
        return None
    by = tuple(split.name for split in chosen)
    of_children, missing = None, tuple(told.missing or ())
    if measure.statistic.is_of_children:
        of_children = children(con, standards.area_code, by, measure.ages)
        missing += tuple(str(column) for column in of_children.missing)
    if missing:
        return Figures(measure, by, missing=missing)
    if told.status == CLOSED:
        return Figures(measure, by, closed=_closed(told))
    figures = list(_figures(con, measure, standards, grain, chosen, told, of_children))
    return Figures(measure, measure.told_by(by), figures, not_held=kinds_not_held(con, measure))


def _told(con: duckdb.DuckDBPyConnection, measure: Measure, standards: Standards) -> _Told | None:
    """What the cube says of a measure as it is declared now and under these standards; None where it says nothing."""
    if not all(has_table(con, table) for table in CUBE_TABLES):
        return None
    found = con.execute(
        f"SELECT {_ABOUT} FROM cube_measure WHERE measure = ? AND made_under = ? AND list_contains(?, status)",
        [measure.id, made_under(measure, standards), [TOLD, MISSING, CLOSED]],
    ).fetchone()
    return _Told(*found) if found else None


def _chosen(measure: Measure, asked: Question, told: _Told) -> list[Split] | None:
    """The splits of the question, the fixed ones first; None where there are several, or one the cube does not hold."""
    offered = splits_of(measure)
    further = [name for name in dict.fromkeys(asked.by) if name not in measure.fixed_splits]
    held = offered if told.status != TOLD else (told.splits or [])
    if len(further) > 1 or any(name not in held for name in further):
        return None
    return [offered[name] for name in (*measure.fixed_splits, *further)]


def _closed(told: _Told) -> tuple[ClosedGate, ...]:
    columns, found, wanted = told.closed_columns or [], told.closed_found or [], told.closed_wanted or []
    return tuple(ClosedGate(*gate) for gate in zip(columns, found, wanted, strict=True))


def _figures(
    con: duckdb.DuckDBPyConnection,
    measure: Measure,
    standards: Standards,
    grain: Grain,
    chosen: list[Split],
    told: _Told,
    of_children: Children | None,
) -> Iterator[Figure]:
    if told.first_month is None:
        return
    spans = periods(told.first_month, standards.as_at, grain, standards.year_starts)
    split = chosen[-1].name if len(chosen) > len(measure.fixed_splits) else ""
    known = _known(con, measure, grain, split)
    for figure in figures_of(con, Placement(measure, chosen, spans, standards, known), of_children):
        yield as_known(figure, measure, standards, told.covered_from)


def _known(
    con: duckdb.DuckDBPyConnection, measure: Measure, grain: Grain, split: str
) -> dict[date, dict[tuple[str, ...], Any]]:
    """What was counted, by the first day of the period and the values of the splits."""
    found: dict[date, dict[tuple[str, ...], Any]] = defaultdict(dict)
    rows = con.execute(
        "SELECT period_start, fixed, value, numerator, denominator, variance, estimate_value, estimate_lower, "
        "estimate_upper FROM cube WHERE measure = ? AND grain = ? AND split = ?",
        [measure.id, str(grain), split],
    )
    for start, fixed, value, *cell in rows.fetchall():
        found[start][(*fixed, value) if split else tuple(fixed)] = _cell(measure, *cell)
    return dict(found)


def _cell(
    measure: Measure,
    numerator: float | None,
    denominator: float | None,
    variance: float | None,
    *estimate: float | None,
) -> Any:
    """What `counting` finds of one period and value, by what is made of the rows."""
    if measure.statistic.has_sides:
        return numerator, denominator
    if measure.statistic is Statistic.MEAN:
        return numerator, _whole(denominator), variance
    if measure.statistic is Statistic.MEDIAN:
        return _whole(numerator), _whole(denominator), Estimate(*estimate)
    return _whole(numerator), _whole(denominator if measure.statistic.is_share else numerator)


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
