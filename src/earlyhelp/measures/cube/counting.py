"""One measure counted in one pass: its totals and every single split, by month, quarter and year at once.

The rows of the measure are read once. Months have numbers (twelve times the year, and the months of it that have gone), so
that a row is in the months from `since` up to `until`, which it is in no longer: what happens on a day in one, what is open
in every one at whose end it still is. Rows are first counted by those two numbers, and only the counts are spread over
months, quarters and years. A unit that could count twice where it may count once is counted apart, for itself (`units`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def counts(one: OnePass, added: str, distinct: str = "") -> str:
    """SQL of numerator and denominator of every figure.

    `added`: a relation of `plain_counts` and `merged_counts`, which can be added up. `distinct`: SQL of what is counted
    period by period instead.
    """
    by = f"grain, period{one.told_apart}, split, value"
    apart = codes_apart(one, added)
    spread = on_their_day(one, _running(one, apart)) if one.is_open else one.spread(apart)
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


def codes_apart(one: OnePass, relation: str) -> str:
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


def on_their_day(one: OnePass, counted: str) -> str:
    """SQL of counts in which what changes with the day, such as an age, is that of the last day of the period."""
    ages = " ".join(
        f"WHEN '{split.name}' THEN {one.on_last_day(split, 'value')}"
        for split in one.single
        if one.is_of_the_day(split)
    )
    return f"SELECT * REPLACE (CASE split {ages} ELSE value END AS value) FROM ({counted})" if ages else counted


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
