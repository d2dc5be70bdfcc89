"""Answering a question: is it one the measure can answer, of which days, and what are the exact figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from earlyhelp.errors import UsageProblem
from earlyhelp.measures import comparing, counting
from earlyhelp.measures.children import Children, children
from earlyhelp.measures.engines import Engine, has_table, make_working_days
from earlyhelp.measures.figures import Figure, Figures, KindNotHeld, Question, Standards
from earlyhelp.measures.gates import closed_gates, completeness
from earlyhelp.measures.measure import Matured, Measure, Open, Statistic
from earlyhelp.measures.periods import Period, periods
from earlyhelp.measures.placement import Placement, with_setting
from earlyhelp.measures.splits import Split, splits_of
from earlyhelp.standard import NOT_RECORDED, UNMAPPED, Column


def calculate(con: Engine, measure: Measure, standards: Standards, asked: Question) -> Figures:
    """The exact figures of one measure, by period and then by split; or the columns that are missing or too empty.

    A question about days of which there is nothing gives no figures. Raises UsageProblem for a split that the measure
    does not offer, and for a last day before the first.
    """
    chosen = chosen_splits(measure, asked)
    by = tuple(split.name for split in chosen)
    missing = missing_columns(con, measure)
    of_children = None
    if measure.statistic.is_of_children:
        of_children = children(con, standards.area_code, by, measure.ages)
        missing += tuple(str(column) for column in of_children.missing)
    if missing:
        return Figures(measure, by, missing=missing)
    if closed := closed_gates(con, measure):
        return Figures(measure, by, closed=closed)
    if measure.working_days:
        make_working_days(con)
    figures = list(_figures(con, measure, chosen, standards, asked, of_children))
    return Figures(measure, measure.told_by(by), figures, not_held=kinds_not_held(con, measure))


def chosen_splits(measure: Measure, asked: Question) -> list[Split]:
    """The splits that a question is told by, those first that the measure is never without.

    Raises UsageProblem for a question that the measure cannot be asked: for a split, a period or days that it does not offer.
    """
    offered = splits_of(measure)
    by = list(dict.fromkeys((*measure.fixed_splits, *asked.by)))
    if unknown := [name for name in by if name not in offered]:
        raise UsageProblem(
            f"{measure.id} cannot be split by {', '.join(unknown)}.",
            where="--by",
            fix=f"It can be split by: {', '.join(sorted(offered)) or 'nothing'}.",
        )
    if asked.grain and asked.grain.months < measure.finest.months:
        raise UsageProblem(
            f"{measure.id} cannot be told by {asked.grain}.",
            where="--period",
            fix=f"The shortest period it is told for is a {measure.finest}.",
        )
    if asked.first and asked.last and asked.last < asked.first:
        raise UsageProblem("The last day is before the first.", where="--to", fix="Exchange --from and --to.")
    return [offered[name] for name in by]


def missing_columns(con: Engine, measure: Measure) -> tuple[str, ...]:
    """The columns that the measure needs and that hold nothing, and results of a later stage that are not there yet.

    A rate needs the number of children besides.
    """
    empty = tuple(str(column) for column in measure.needs if not _has_values(con, column))
    awaited = measure.results is not None and not has_table(con, measure.results.table)
    return (*empty, str(measure.results)) if awaited else empty


def kinds_not_held(con: Engine, measure: Measure) -> tuple[KindNotHeld, ...]:
    """The kinds that a measure is told by and of which no record is held, so that they have no data; by their codes."""
    return tuple(
        KindNotHeld(
            str(column), code, column.code_list.label(code) if column.code_list else code, _unmapped(con, column)
        )
        for column, kinds in measure.kinds.items()
        for (code,) in con.execute(
            f"SELECT {column.column_name} FROM ({kinds}) AS kind WHERE NOT told ORDER BY {column.column_name}"
        ).fetchall()
    )


def _unmapped(con: Engine, column: Column) -> bool:
    """Whether some record holds a word of the column that has no code."""
    sql = f"SELECT 1 FROM {column.table_name} WHERE {column.column_name} = '{UNMAPPED}' LIMIT 1"
    return bool(con.execute(sql).fetchall())


def gate_of(con: Engine, measure: Measure) -> dict[str, Any]:
    """Whether a measure may be shown (`state`: on, off for want of columns, or closed by columns too empty), and why."""
    missing = missing_columns(con, measure)
    closed = () if missing else closed_gates(con, measure)
    return {
        "measure": measure.id,
        "name": measure.name,
        "state": "off" if missing else "closed" if closed else "on",
        "missing_columns": list(missing),
        "closed_gates": [gate._asdict() for gate in closed],
        "why": f"nothing fills {', '.join(missing)}" if missing else "; ".join(gate.words for gate in closed),
    }


def _has_values(con: Engine, column: Column) -> bool:
    """Whether some record holds a value; of what analysis may not read, the count of fields of the same run tells it."""
    if column.sensitivity.on_identity_side:
        return not has_table(con, "field_count") or completeness(con, column) > 0
    name = f'"{column.column_name}"'
    missing = f" AND {name} <> '{NOT_RECORDED}'" if column.coded else ""
    sql = f'SELECT 1 FROM "{column.table_name}" WHERE {name} IS NOT NULL{missing} LIMIT 1'
    return con.execute(sql).fetchone() is not None


def _figures(
    con: Engine,
    measure: Measure,
    chosen: Sequence[Split],
    standards: Standards,
    asked: Question,
    of_children: Children | None,
) -> Iterator[Figure]:
    if measure.is_tally:
        return counting.tally_figures(con, measure, chosen, standards)
    spans = _spans(con, measure, standards, asked)
    if not spans:
        return iter(())
    covered = covered_from(con, measure)
    figures = figures_of(con, Placement(measure, chosen, spans, standards), of_children)
    if (covered and spans[0].end < covered) or isinstance(measure.time, Matured):
        return (as_known(figure, measure, standards, covered) for figure in figures)
    return figures


def figures_of(con: Engine, placed: Placement, of_children: Children | None) -> Iterator[Figure]:
    """The figures of a measure that has been put into periods, made as its statistic says."""
    special = {
        Statistic.MEDIAN: counting.median_figures,
        Statistic.MEAN: counting.mean_figures,
        Statistic.RATIO: counting.ratio_figures,
        Statistic.BALANCE: counting.balance_figures,
        Statistic.GAP: comparing.gap_figures,
        Statistic.DISPARITY: comparing.disparity_figures,
    }.get(placed.measure.statistic)
    if special:
        return special(con, placed)
    if placed.measure.statistic is Statistic.SLOPE:
        return comparing.slope_figures(con, placed, of_children)
    return counting.plain_figures(con, placed, of_children)


def _spans(con: Engine, measure: Measure, standards: Standards, asked: Question) -> list[Period]:
    """The periods asked for, none of them after `as_at`; without a first day, from the first day there is.

    Asked for neither a last day nor periods, a measure with follow-up tells of the days that are mature, if any are.
    """
    last = min(asked.last or standards.as_at, standards.as_at)
    first = asked.first or first_day(con, measure, standards, last)
    if first is None:
        return []
    grain = measure.grain_of(asked.grain)
    if isinstance(measure.time, Matured) and not grain and not asked.last:
        mature = standards.as_at - timedelta(days=measure.time.days)
        last = mature if mature >= first else last
    spans = periods(first, last, grain, standards.year_starts)
    if asked.first and spans:
        spans[0] = Period(asked.first, spans[0].end)
    return spans


def first_day(con: Engine, measure: Measure, standards: Standards, last: date) -> date | None:
    """The first day up to `last` of which the measure has anything to count, or None."""
    day = "from_day" if isinstance(measure.time, Open) else "day"
    sql = with_setting(standards, f"SELECT min({day}) FROM ({measure.days or measure.rows}) WHERE {day} <= ?")
    found: date | None = con.execute(sql, [last]).fetchall()[0][0]
    return found


def covered_from(con: Engine, measure: Measure) -> date | None:
    """The first day that the feeds which brought the measure's rows cover, or None where nobody says."""
    brought = f'SELECT feed_id FROM "{measure.of.table_name}"'  # not looked through where no feed says what it covers
    sql = f"SELECT min(coverage_start) FROM feed WHERE coverage_start IS NOT NULL AND feed_id IN ({brought})"
    found: date | None = con.execute(sql).fetchall()[0][0]
    return found


def as_known(figure: Figure, measure: Measure, standards: Standards, covered: date | None) -> Figure:
    """The figure with what can be known of its period: nothing before the first day covered, no end of follow-up."""
    assert figure.period is not None
    last = figure.period.end
    if covered and last < covered:
        figure = figure._replace(numerator=None, net_of=None)
    if isinstance(measure.time, Matured):
        figure = figure._replace(mature=last + timedelta(days=measure.time.days) <= standards.as_at)
    return figure
