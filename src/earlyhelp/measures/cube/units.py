"""Units that stand in several rows of a period, in which each counts once: what is gone through unit by unit.

Most units stand in one row and are added up with all others (`counting`). Of the rest the rows of each are put in order once:
what is open brings the months that no row before it has covered, what happens brings the periods in which nothing did before.
So every unit is told in every period once, and its rows are never multiplied by the months, quarters and years they are in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from earlyhelp.measures.cube.counting import OnePass, by_each, codes_apart, column_of, on_their_day
from earlyhelp.measures.splits import Split

UNITS = "count(*) AS units"
_VARIES = "chr(31)"
"""Stands where a unit has several values of a split; no value is that sign."""
_BEFORE = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"


def met_twice(one: OnePass, relation: str) -> str:
    """SQL of the units of which a period may hold several rows beside the same fixed splits: they cannot be added up."""
    who = f"unit_id{one.told_apart}" + (", side" if one.measure.statistic.has_sides else "")
    if one.is_open:
        reach = f"max(until) OVER (PARTITION BY {who} ORDER BY since, until {_BEFORE}) AS reach"
        return f"SELECT DISTINCT unit_id FROM (SELECT unit_id, since, {reach} FROM {relation}) WHERE since < reach"
    year = f"(since + 1 - {one.standards.year_starts}) // 12"
    several = f"SELECT unit_id FROM {relation} GROUP BY {who}, {year} HAVING count(*) > 1"
    return f"SELECT DISTINCT unit_id FROM ({several})"


def merged_counts(one: OnePass, twice: str) -> str:
    """SQL of counts, as `plain_counts` gives them, of open rows whose units count once: their stretches joined first.

    A unit that stands in several rows under one value is counted from the first to the last month of each stretch that
    the rows cover together. Splits by the day alone are left out, as their values change within a stretch.
    """
    one = replace(one, single=[split for split in one.single if not one.is_of_the_day(split)])
    if not one.measure.statistic.is_share:
        return _named(one, _merged(one, twice), everyone="units", yes="units", told="units")
    rows = f"(FROM {twice} WHERE since < until AND counted IS NOT NULL)"
    told = by_each(rows, f"since, until{one.told_apart}", one.single, UNITS)
    parts = (
        _named(one, _merged(one, twice), everyone="units"),
        _named(one, _merged(one, f"(FROM {twice} WHERE counted)"), yes="units"),
        _named(one, told, told="units"),
    )
    return " UNION ALL ".join(parts)


def _named(one: OnePass, relation: str, *, everyone: str = "0", yes: str = "0", told: str = "0") -> str:
    """SQL of counts under the names of `plain_counts`."""
    by = f"since, until{one.told_apart}, split, value"
    return f"SELECT {by}, {everyone} AS everyone, {yes} AS yes, {told} AS told FROM ({relation})"


def _merged(one: OnePass, relation: str, also: Sequence[str] = ()) -> str:
    """SQL of how many units (`units`) each stretch of months holds, by split and value.

    `also`: columns in which the rows of a unit are told apart too, each under its own name in the result.
    """
    apart = one.told_apart + "".join(f", {name}" for name in also)
    open_rows = f"(FROM {relation} WHERE since < until)"
    return _by_unit(one, open_rows, f"unit_id{apart}", f"since, until{apart}", pieces, UNITS)


def _by_unit(one: OnePass, relation: str, who: str, by: str, months: Callable[[str, str], str], aggregates: str) -> str:
    """SQL of aggregates over the months of each unit (`who`), by some columns, in total and by each split and value.

    `months`: SQL of the months of whoever is named, from a relation. Most splits never change within a unit: there its
    months under the one value are its months in all, and only what changes is gone through value by value.
    """
    columns = [column_of(split) for split in one.single]
    alike = [f"CASE WHEN min({name}) = max({name}) THEN min({name}) ELSE {_VARIES} END AS {name}" for name in columns]
    whole = by_each(f"(FROM whole JOIN alike USING ({who}))", by, one.single, aggregates)
    parts = [f"SELECT * FROM ({whole}) WHERE value <> {_VARIES}"]
    for split in one.single:
        several = (
            f"SELECT met.*, {_each_value(split, 'met')} AS value FROM met JOIN alike USING ({who}) "
            f"WHERE alike.{column_of(split)} = {_VARIES}"
        )
        parts.append(
            f"SELECT {by}, '{split.name}' AS split, value, {aggregates} "
            f"FROM ({months(f'{who}, value', f'({several})')}) GROUP BY {by}, value"
        )
    return (
        f"WITH met AS MATERIALIZED (FROM {relation} WHERE unit_id IS NOT NULL), "
        f"alike AS MATERIALIZED (SELECT {', '.join([who, *alike])} FROM met GROUP BY {who}), "
        f"whole AS ({months(who, 'met')}) {' UNION ALL BY NAME '.join(parts)}"
    )


def distinct_counts(one: OnePass, twice: str) -> str:
    """SQL of counts of units, each once in a period: of what happens, all; of what is open, by the splits of the day."""
    if one.is_open:
        units = "count(DISTINCT unit_id)"
        aggregates = f"{units} AS everyone, {units} FILTER (counted) AS yes, count(counted) AS told"
        of_the_day = [split for split in one.single if one.is_of_the_day(split)]
        return replace(one, single=of_the_day).over_rows(twice, aggregates, total=False) if of_the_day else ""
    by = f"grain, period{one.told_apart}, split, value"
    everyone = f"SELECT {by}, units AS everyone, {{}} AS yes, {{}} AS told FROM ({_once_a_period(one, twice)})"
    if not one.measure.statistic.is_share:
        return everyone.format("units", "units")
    counted = _once_a_period(one, f"(FROM {twice} WHERE counted)")
    told = by_each(f"(FROM {twice} WHERE counted IS NOT NULL)", f"since{one.told_apart}", one.single, UNITS)
    parts = (
        everyone.format(0, 0),
        f"SELECT {by}, 0 AS everyone, units AS yes, 0 AS told FROM ({counted})",
        f"SELECT {by}, 0 AS everyone, 0 AS yes, units AS told FROM ({one.spread(codes_apart(one, f'({told})'))})",
    )
    return " UNION ALL ".join(parts)


def _once_a_period(one: OnePass, relation: str, also: Sequence[str] = ()) -> str:
    """SQL of how many units (`units`) something happened to in each period, each counted once, by split and value.

    `also`: columns in which the rows of a unit are told apart too. A unit is new in a period where what happened to it
    before was in another: so one order of its rows tells of all periods, be they long or short.
    """
    apart = "".join(f", {name}" for name in also)
    by = f"since{one.told_apart}{apart}"
    told = _by_unit(one, relation, f"unit_id{one.told_apart}{apart}", by, _seen_before, _newly_met(one))
    units = " ".join(f"WHEN '{grain}' THEN new_{grain}" for grain in one.grains)
    return (
        f"SELECT grain, period{one.told_apart}{apart}, split, value, CASE grain {units} END AS units "
        f"FROM ({one.spread(codes_apart(one, f'({told})'))})"
    )


def _newly_met(one: OnePass) -> str:
    return ", ".join(
        f"count(*) FILTER ({one.period_of('before', grain.months)} IS DISTINCT FROM "
        f"{one.period_of('since', grain.months)}) AS new_{grain}"
        for grain in one.grains
    )


def _seen_before(who: str, relation: str) -> str:
    """SQL of the months in which something happened to whoever is named, each with the month in which it did before."""
    return f"SELECT {who}, since, lag(since) OVER (PARTITION BY {who} ORDER BY since) AS before FROM {relation}"


def pieces(who: str, relation: str) -> str:
    """SQL of the months that the rows of whoever is named (columns, with commas) cover together, no month twice.

    Each row brings the piece that none before it has covered; pieces that touch count as one stretch would.
    """
    before = f"max(until) OVER (PARTITION BY {who} ORDER BY since, until {_BEFORE})"
    reached = f"SELECT {who}, since, until, coalesce({before}, since) AS reach FROM {relation}"
    return f"SELECT {who}, greatest(since, reach) AS since, until FROM ({reached}) WHERE until > reach"


def _each_value(split: Split, relation: str) -> str:
    """SQL of the value of a relation's row under a split; several codes of one row are told apart."""
    column = f"{relation}.{column_of(split)}"
    return f"unnest(list_distinct(string_split({column}, ';')))" if split.many else column


def of_changing_amounts(one: OnePass, relation: str) -> str:
    """SQL of the units whose amount on one side is not the same in all rows of a relation."""
    who = f"unit_id{one.told_apart}, side"
    changing = "min(amount) IS DISTINCT FROM max(amount) OR count(amount) < count(*)"
    return f"SELECT DISTINCT unit_id FROM (SELECT unit_id FROM {relation} GROUP BY {who} HAVING {changing})"


def sides(one: OnePass, once: str, steady: str, changing: str) -> str:
    """SQL of the sums above and below the line; a unit counts once on its side, with its largest amount.

    `once`: a relation of the rows whose units stand once on their side, so that amounts add up. `steady`: of units that
    stand several times, with one amount. `changing`: of all others.
    """
    by = f"grain, period{one.told_apart}, split, value, side"
    added = by_each(once, f"since, until{one.told_apart}, side", one.single, "sum(amount) AS amount")
    spread = on_their_day(one, one.spread(codes_apart(one, f"({added})")))
    most, who = "max(amount) AS amount", ", side, unit_id"
    parts = [f"SELECT {by}, amount FROM ({part})" for part in (spread, one.over_rows(changing, most, who))]
    parts.append(f"SELECT {by}, units * amount FROM ({_steady(one, steady)})")
    of_the_day = [split for split in one.single if one.is_of_the_day(split)]
    if of_the_day:
        of_its_day = replace(one, single=of_the_day).over_rows(steady, most, who, total=False)
        parts.append(f"SELECT {by}, amount FROM ({of_its_day})")
    above, below = (f"CAST(sum(amount) FILTER (side = '{side}') AS DOUBLE)" for side in ("above", "below"))
    by = by.removesuffix(", side")
    each = " UNION ALL ".join(parts)
    return f"SELECT {by}, {above} AS numerator, {below} AS denominator FROM ({each}) GROUP BY {by}"


def _steady(one: OnePass, relation: str) -> str:
    """SQL of how many units of each amount and side a period holds, each once; without the splits of the day."""
    if not one.is_open:
        return _once_a_period(one, relation, ("side", "amount"))
    lasting = replace(one, single=[split for split in one.single if not one.is_of_the_day(split)])
    return one.spread(codes_apart(one, f"({_merged(lasting, relation, ('side', 'amount'))})"))
