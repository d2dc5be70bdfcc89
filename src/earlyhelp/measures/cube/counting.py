"""One measure counted in one pass: its totals and every single split, by month, quarter and year at once.

The rows of the measure are read once. Months have numbers (twelve times the year, and the months of it that have gone), so
that a row is in the months from `since` up to `until`, which it is in no longer: what happens on a day in one, what is open
in every one at whose end it still is. Rows are first counted by those two numbers, and only the counts are spread over
months, quarters and years. A unit that could count twice where it may count once is counted apart, for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from earlyhelp.measures.figures import Standards
from earlyhelp.measures.measure import Measure, Open, Statistic
from earlyhelp.measures.periods import Grain
from earlyhelp.measures.placement import BESIDES, with_setting
from earlyhelp.measures.splits import Split, each_code, joined
from earlyhelp.standard import NOT_RECORDED, sql

_DAY_OF_ROW, _BIRTH = "counted.day", "profile.birth_month"


@dataclass(frozen=True)
class OnePass:
    """A measure, the splits it is never without (`fixed`), and those of which each is counted alone (`single`)."""

    measure: Measure
    standards: Standards
    fixed: Sequence[Split]
    single: Sequence[Split]

    @property
    def is_open(self) -> bool:
        """Whether it counts what is so at the end of a period: a quarter's end is that of its last month."""
        return isinstance(self.measure.time, Open)

    @property
    def needs_rows(self) -> bool:
        """Whether its rows are read more than once, so that they are kept meanwhile."""
        statistic = self.measure.statistic
        return self.measure.once or statistic.has_sides or statistic in (Statistic.MEAN, Statistic.MEDIAN)

    @cached_property
    def last_month(self) -> int:
        """The number of the last month there are figures for."""
        return self.standards.as_at.year * 12 + self.standards.as_at.month - 1

    @property
    def told_apart(self) -> str:
        """The columns of the splits it is never without, each with a comma before it."""
        return "".join(f", {column_of(split)}" for split in self.fixed)

    @property
    def grains(self) -> list[Grain]:
        """The periods it is counted by itself: what is open by month alone."""
        return [Grain.MONTH] if self.is_open else [each for each in Grain if each.months >= self.measure.finest.months]

    @property
    def longer_grains(self) -> list[Grain]:
        """The periods that are made of others."""
        return [each for each in Grain if each not in self.grains]

    def rows(self) -> str:
        """SQL of the measure's rows: `since`, `until`, the unit, what its statistic needs, and a column a split."""
        columns = [*(f"{split.sql} AS {column_of(split)}" for split in self.fixed)]
        columns += [f"{self._key(split)} AS {column_of(split)}" for split in self.single]
        besides = BESIDES.get(self.measure.statistic, ", TRUE AS counted")
        chosen = "".join(f", {column}" for column in columns)
        day = "from_day" if self.is_open else "day"
        select = (
            f"SELECT {self._months()}, unit_id{besides}{chosen} FROM ({self.measure.rows}) AS counted "
            f"{joined([*self.fixed, *self.single])} WHERE counted.{day} <= {sql.literal(self.standards.as_at)}"
        )
        return with_setting(self.standards, select)

    def _months(self) -> str:
        if not self.is_open:
            return f"{_month('counted.day')} AS since, {_month('counted.day')} + 1 AS until"
        is_on = f"counted.to_day IS NULL OR counted.to_day > {sql.literal(self.standards.as_at)}"
        until = f"CASE WHEN {is_on} THEN {self.last_month + 1} ELSE {_month('counted.to_day')} END"
        return f"{_month('counted.from_day')} AS since, {until} AS until"

    def _key(self, split: Split) -> str:
        """SQL of what a row is counted under before it is spread; several codes stay together, and ages wait."""
        column = _BIRTH if self.is_of_the_day(split) else split.column
        return f"coalesce(CAST({column} AS VARCHAR), '{NOT_RECORDED}')"

    def is_of_the_day(self, split: Split) -> bool:
        """Whether what is open is under another value of the split on another day, as by age."""
        return self.is_open and _DAY_OF_ROW in split.column

    def spread(self, relation: str) -> str:
        """SQL of a relation with `since` and `until`, each row once in every period it is in: `grain`, `period`."""
        if self.is_open:
            return (
                f"SELECT *, '{Grain.MONTH}' AS grain FROM "
                f"(SELECT *, CAST(unnest(range(since, until)) AS INTEGER) AS period FROM {relation})"
            )
        lengths = sql.rows([(str(grain), grain.months) for grain in self.grains])
        period = f"{self.period_of('since', 'months')} AS period"
        return f"SELECT told.*, grain, {period} FROM {relation} AS told, (VALUES {lengths}) AS length(grain, months)"

    def period_of(self, month: str, months: object) -> str:
        """SQL of the first month of the period of so many months that a month is in."""
        return f"{month} - ({month} + 1 - {self.standards.year_starts}) % {months}"

    def on_last_day(self, split: Split, key: str) -> str:
        """SQL of the value of such a split on the last day of a period, from what its rows are counted under."""
        last = f"least(last_day(make_date(period // 12, period % 12 + 1, 1)), {sql.literal(self.standards.as_at)})"
        born = f"CAST(nullif({key}, '{NOT_RECORDED}') AS DATE)"
        return f"coalesce({split.column.replace(_BIRTH, born).replace(_DAY_OF_ROW, last)}, '{NOT_RECORDED}')"

    def over_rows(self, relation: str, aggregates: str, also_by: str = "", *, total: bool = True) -> str:
        """SQL of aggregates over the single rows of a relation, by grain, period, fixed split, split and value."""
        ages = [split for split in self.single if self.is_of_the_day(split)]
        replaced = ", ".join(f"{self.on_last_day(split, column_of(split))} AS {column_of(split)}" for split in ages)
        each = f"SELECT * {f'REPLACE ({replaced})' if replaced else ''} FROM ({self.spread(relation)})"
        by = f"grain, period{self.told_apart}{also_by}"
        parts = [by_each(f"({each})", by, [split for split in self.single if not split.many], aggregates, total=total)]
        for split in (each for each in self.single if each.many):
            column = column_of(split)
            apart = f"(SELECT * EXCLUDE ({column}), {each_code(column)} AS {column} FROM ({each}))"
            parts.append(by_each(apart, by, [split], aggregates, total=False))
        return " UNION ALL ".join(parts)


def by_each(relation: str, by: str, splits: Sequence[Split], aggregates: str, *, total: bool = True) -> str:
    """SQL of aggregates by some columns, in total (`split` and `value` empty) and by each split, in one pass."""
    columns = [column_of(split) for split in splits]
    sets = [*([f"({by})"] if total else []), *(f"({by}, {column})" for column in columns)]
    if not columns:
        return f"SELECT {by}, '' AS split, '' AS value, {aggregates} FROM {relation} GROUP BY {by}"
    names = " ".join(f"WHEN grouping({column_of(split)}) = 0 THEN '{split.name}'" for split in splits)
    return (
        f"SELECT {by}, CASE {names} ELSE '' END AS split, coalesce({', '.join(columns)}, '') AS value, {aggregates} "
        f"FROM {relation} GROUP BY GROUPING SETS ({', '.join(sets)})"
    )


def plain_counts(one: OnePass, relation: str) -> str:
    """SQL of counts of rows by `since` and `until`: all, those counted, and of how many it is told whether they are."""
    aggregates = "count(*) AS everyone, count(*) FILTER (counted) AS yes, count(counted) AS told"
    return by_each(relation, f"since, until{one.told_apart}", one.single, aggregates)


def units_met_twice(one: OnePass, relation: str) -> str:
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
        return _named(one, _merged(one, twice, UNITS), everyone="units", yes="units", told="units")
    rows = f"(FROM {twice} WHERE since < until AND counted IS NOT NULL)"
    told = by_each(rows, f"since, until{one.told_apart}", one.single, UNITS)
    parts = (
        _named(one, _merged(one, twice, UNITS), everyone="units"),
        _named(one, _merged(one, f"(FROM {twice} WHERE counted)", UNITS), yes="units"),
        _named(one, told, told="units"),
    )
    return " UNION ALL ".join(parts)


def _named(one: OnePass, relation: str, *, everyone: str = "0", yes: str = "0", told: str = "0") -> str:
    """SQL of counts under the names of `plain_counts`."""
    by = f"since, until{one.told_apart}, split, value"
    return f"SELECT {by}, {everyone} AS everyone, {yes} AS yes, {told} AS told FROM ({relation})"


def _merged(one: OnePass, relation: str, aggregate: str, also: Sequence[str] = ()) -> str:
    """SQL of an aggregate over the units that each stretch of months holds, by split and value.

    `also`: columns in which the rows of a unit are told apart too, each under its own name in the result.
    """
    apart = one.told_apart + "".join(f", {name}" for name in also)
    open_rows = f"(FROM {relation} WHERE since < until)"
    return _by_unit(one, open_rows, f"unit_id{apart}", f"since, until{apart}", _pieces, aggregate)


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
        f"SELECT {by}, 0 AS everyone, 0 AS yes, units AS told FROM ({one.spread(_codes_apart(one, f'({told})'))})",
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
        f"FROM ({one.spread(_codes_apart(one, f'({told})'))})"
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


def counts(one: OnePass, added: str, distinct: str = "") -> str:
    """SQL of numerator and denominator of every figure.

    `added`: a relation of `plain_counts` and `merged_counts`, which can be added up. `distinct`: SQL of what is counted
    period by period instead.
    """
    by = f"grain, period{one.told_apart}, split, value"
    apart = _codes_apart(one, added)
    spread = _on_their_day(one, _running(one, apart)) if one.is_open else one.spread(apart)
    parts = [spread, *([distinct] if distinct else [])]
    summed = " UNION ALL ".join(f"SELECT {by}, everyone, yes, told FROM ({part})" for part in parts)
    sums = ", ".join(f"sum({name}) AS {name}" for name in _COUNTED)
    is_share = one.measure.statistic.is_share
    numerator, denominator = ("CASE WHEN told > 0 THEN yes END", "everyone") if is_share else ("everyone", "NULL")
    return (
        f"SELECT {by}, CAST({numerator} AS DOUBLE) AS numerator, CAST({denominator} AS DOUBLE) AS denominator "
        f"FROM (SELECT {by}, {sums} FROM ({summed}) GROUP BY {by})"
    )


_COUNTED = ("everyone", "yes", "told")
UNITS = "count(*) AS units"
_VARIES = "chr(31)"
"""Stands where a unit has several values of a split; no value is that sign."""
_BEFORE = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"


def _pieces(who: str, relation: str) -> str:
    """SQL of the months that the rows of whoever is named (columns, with commas) cover together, no month twice.

    Each row brings the piece that none before it has covered; pieces that touch count as one stretch would.
    """
    before = f"max(until) OVER (PARTITION BY {who} ORDER BY since, until {_BEFORE})"
    reached = f"SELECT {who}, since, until, coalesce({before}, since) AS reach FROM {relation}"
    return f"SELECT {who}, greatest(since, reach) AS since, until FROM ({reached}) WHERE until > reach"


def _codes_apart(one: OnePass, relation: str) -> str:
    """A relation of counts in which several codes of one row are told apart."""
    many = sql.listed(split.name for split in one.single if split.many)
    if not many:
        return relation
    codes = "unnest(list_distinct(string_split(value, ';'))) AS value"
    apart = f"SELECT * EXCLUDE (value), {codes} FROM {relation} WHERE split IN ({many})"
    return f"(SELECT * EXCLUDE (value), value FROM {relation} WHERE split NOT IN ({many}) UNION ALL {apart})"


def _running(one: OnePass, relation: str) -> str:
    """SQL of how many are open at the end of each month: those that came until then less those that went.

    What is counted by its first and last month grows with what happens, and not with how long it goes on.
    """
    by = f"{one.told_apart.removeprefix(', ')}, split, value".removeprefix(", ")
    came, went = (
        f"SELECT {by}, {month} AS month, " + ", ".join(f"{sign}{name} AS {name}" for name in _COUNTED)
        for month, sign in (("since", ""), ("until", "-"))
    )
    turns = " UNION ALL ".join(f"{each} FROM {relation} WHERE since < until" for each in (came, went))
    sums = ", ".join(f"sum({name}) AS {name}" for name in _COUNTED)
    turn = f"SELECT {by}, month, {sums} FROM ({turns}) GROUP BY {by}, month"
    ordered = f"OVER (PARTITION BY {by} ORDER BY month)"
    running = ", ".join(f"sum({name}) {ordered} AS {name}" for name in _COUNTED)
    state = f"SELECT {by}, month, lead(month) {ordered} AS next_month, {running} FROM ({turn})"
    months = "CAST(unnest(range(month, next_month)) AS INTEGER) AS period"
    return (
        f"SELECT {by}, '{Grain.MONTH}' AS grain, {', '.join(_COUNTED)}, {months} FROM ({state}) "
        "WHERE everyone > 0 OR told > 0"
    )


def _on_their_day(one: OnePass, counted: str) -> str:
    """SQL of counts in which what changes with the day, such as an age, is that of the last day of the period."""
    ages = " ".join(
        f"WHEN '{split.name}' THEN {one.on_last_day(split, 'value')}"
        for split in one.single
        if one.is_of_the_day(split)
    )
    return f"SELECT * REPLACE (CASE split {ages} ELSE value END AS value) FROM ({counted})" if ages else counted


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
    spread = _on_their_day(one, one.spread(_codes_apart(one, f"({added})")))
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
    return one.spread(_codes_apart(one, f"({_merged(lasting, relation, UNITS, ('side', 'amount'))})"))


def means(one: OnePass, relation: str) -> str:
    """SQL of the sum of the amounts, how many there are, and their variance."""
    aggregates = "CAST(sum(amount) AS DOUBLE) AS numerator, CAST(count(amount) AS DOUBLE) AS denominator"
    return one.over_rows(relation, f"{aggregates}, var_samp(amount) AS variance")


def day_counts(one: OnePass, relation: str) -> str:
    """SQL of how many were followed for each number of days, and how many ended then, in an order for `quantiles`."""
    aggregates = "count(*) AS followed, count(*) FILTER (ended) AS ending"
    return one.over_rows(relation, aggregates, ", days")


def column_of(split: Split) -> str:
    """The column in which the rows of a measure hold the value of a split."""
    return f'"by_{split.name}"'


def _month(day: str) -> str:
    return f"CAST(12 * extract(year FROM {day}) + extract(month FROM {day}) - 1 AS INTEGER)"
