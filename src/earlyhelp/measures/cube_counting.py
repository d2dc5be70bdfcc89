"""One measure counted in one pass: its totals and every single split, by month, quarter and year at once.

The rows of the measure are read once. Months have numbers (twelve times the year, and the months of it that have gone), so
that a row is in the months from `since` up to `until`, which it is in no longer: what happens on a day in one, what is open
in every one at whose end it still is. Rows are first counted by those two numbers, and only the counts are spread over
months, quarters and years. A unit that could count twice where it may count once is counted apart, for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from earlyhelp.measures.figures import Standards
from earlyhelp.measures.measure import Measure, Open, Statistic
from earlyhelp.measures.periods import Grain
from earlyhelp.measures.placement import BESIDES, with_setting
from earlyhelp.measures.splits import Split, joined
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
        return self.measure.once or self.measure.statistic in (*SIDES, Statistic.MEAN, Statistic.MEDIAN)

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
        besides = BESIDES.get(self.measure.statistic, "")
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
        column = _BIRTH if self._is_of_the_day(split) else split.column
        return f"coalesce(CAST({column} AS VARCHAR), '{NOT_RECORDED}')"

    def _is_of_the_day(self, split: Split) -> bool:
        return self.is_open and _DAY_OF_ROW in split.column

    def spread(self, relation: str) -> str:
        """SQL of a relation with `since` and `until`, each row once in every period it is in: `grain`, `period`."""
        if self.is_open:
            return (
                f"SELECT *, '{Grain.MONTH}' AS grain FROM "
                f"(SELECT *, CAST(unnest(range(since, until)) AS INTEGER) AS period FROM {relation})"
            )
        lengths = sql.rows([(str(grain), grain.months) for grain in self.grains])
        period = f"since - (since + 1 - {self.standards.year_starts}) % months AS period"
        return f"SELECT told.*, grain, {period} FROM {relation} AS told, (VALUES {lengths}) AS length(grain, months)"

    def by_value(self) -> str:
        """SQL of the value that a spread count is told under: several codes apart, and the age on the period's last day."""
        many = sql.listed(split.name for split in self.single if split.many) or "''"
        value = f"CASE WHEN split IN ({many}) THEN list_distinct(string_split(value, ';')) ELSE [value] END"
        of_the_day = [split for split in self.single if self._is_of_the_day(split)]
        cases = " ".join(f"WHEN '{split.name}' THEN [{self._on_last_day(split, 'value')}]" for split in of_the_day)
        return f"unnest(CASE split {cases} ELSE {value} END)" if cases else f"unnest({value})"

    def _on_last_day(self, split: Split, key: str) -> str:
        last = f"least(last_day(make_date(period // 12, period % 12 + 1, 1)), {sql.literal(self.standards.as_at)})"
        born = f"CAST(nullif({key}, '{NOT_RECORDED}') AS DATE)"
        return f"coalesce({split.column.replace(_BIRTH, born).replace(_DAY_OF_ROW, last)}, '{NOT_RECORDED}')"

    def over_rows(self, relation: str, aggregates: str, also_by: str = "") -> str:
        """SQL of aggregates over the single rows of a relation, by grain, period, fixed split, split and value."""
        ages = [split for split in self.single if self._is_of_the_day(split)]
        replaced = ", ".join(f"{self._on_last_day(split, column_of(split))} AS {column_of(split)}" for split in ages)
        each = f"SELECT * {f'REPLACE ({replaced})' if replaced else ''} FROM ({self.spread(relation)})"
        by = f"grain, period{self.told_apart}{also_by}"
        parts = [by_each(f"({each})", by, [split for split in self.single if not split.many], aggregates)]
        for split in (each for each in self.single if each.many):
            column = column_of(split)
            codes = f"unnest(list_distinct(string_split({column}, ';'))) AS {column}"
            apart = f"(SELECT * EXCLUDE ({column}), {codes} FROM ({each}))"
            parts.append(by_each(apart, by, [split], aggregates, total=False))
        return " UNION ALL ".join(parts)


SIDES = (Statistic.RATIO, Statistic.DISPARITY)
SHARES = (Statistic.SHARE, Statistic.GAP)


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
    aggregates = "count(*) AS everyone"
    if one.measure.statistic in SHARES:
        aggregates += ", count(*) FILTER (counted) AS yes, count(counted) AS told"
    return by_each(relation, f"since, until{one.told_apart}", one.single, aggregates)


def units_met_twice(one: OnePass, relation: str) -> str:
    """SQL of the units of which a period may hold several rows, and rows that name no unit: all that cannot be added up."""
    if one.is_open:
        before = (
            "max(until) OVER (PARTITION BY unit_id ORDER BY since, until ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW)"
        )
        return f"SELECT DISTINCT unit_id FROM (SELECT unit_id, since, {before} AS reach FROM {relation}) WHERE since < reach"
    year = f"(since + 1 - {one.standards.year_starts}) // 12"
    return f"SELECT DISTINCT unit_id FROM (SELECT unit_id FROM {relation} GROUP BY unit_id, {year} HAVING count(*) > 1)"


def counts(one: OnePass, added: str, twice: str = "") -> str:
    """SQL of numerator and denominator of every figure.

    `added`: a relation of `plain_counts`, which can be added up. `twice`: a relation of rows whose units count once.
    """
    has_share = one.measure.statistic in SHARES
    told = ["everyone", *(["yes", "told"] if has_share else [])]
    parts = [f"SELECT * REPLACE ({one.by_value()} AS value) FROM ({one.spread(added)})"]
    by = f"grain, period{one.told_apart}, split, value"
    if twice:
        units = "count(DISTINCT unit_id)"
        aggregates = f"{units} AS everyone" + (
            f", {units} FILTER (counted) AS yes, count(counted) AS told" if has_share else ""
        )
        parts.append(one.over_rows(twice, aggregates))
    summed = " UNION ALL ".join(f"SELECT {by}, {', '.join(told)} FROM ({part})" for part in parts)
    sums = ", ".join(f"sum({name}) AS {name}" for name in told)
    numerator, denominator = ("CASE WHEN told > 0 THEN yes END", "everyone") if has_share else ("everyone", "NULL")
    return (
        f"SELECT {by}, CAST({numerator} AS DOUBLE) AS numerator, CAST({denominator} AS DOUBLE) AS denominator "
        f"FROM (SELECT {by}, {sums} FROM ({summed}) GROUP BY {by})"
    )


def sides(one: OnePass, relation: str) -> str:
    """SQL of the sums above and below the line; a unit counts once on its side, with its largest amount."""
    by = f"grain, period{one.told_apart}, split, value"
    each = one.over_rows(relation, "max(amount) AS amount", ", side, unit_id")
    above, below = (f"CAST(sum(amount) FILTER (side = '{side}') AS DOUBLE)" for side in ("above", "below"))
    return f"SELECT {by}, {above} AS numerator, {below} AS denominator FROM ({each}) GROUP BY {by}"


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
