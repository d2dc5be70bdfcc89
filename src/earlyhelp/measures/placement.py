"""SQL that puts the rows of a measure into periods and beside the values they are split by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from earlyhelp.measures.figures import Standards
from earlyhelp.measures.measure import Measure, Open, Statistic
from earlyhelp.measures.periods import Period
from earlyhelp.measures.splits import Split, each_code, joined

BESIDES = {
    Statistic.SHARE: ", counted.counted",
    Statistic.MEDIAN: ", counted.days, counted.ended",
    Statistic.MEAN: ", counted.amount",
    Statistic.RATIO: ", counted.side, counted.amount",
    Statistic.DISPARITY: ", counted.side, counted.amount",
    Statistic.GAP: ", counted.counted",
}
"""What a row brings besides its unit, by what is made of the rows."""


def with_setting(standards: Standards, select: str) -> str:
    """A query in which `setting` (one row) holds the day the data is as at, the area, and the council's own standards."""
    local = "".join(f", {number:d} AS {name}" for name, number in standards.local.items())
    about = f"DATE '{standards.as_at}' AS as_at, '{standards.area_code}' AS area_code{local}"
    return f"WITH setting AS (SELECT {about}) {select}"


@dataclass(frozen=True)
class Placement:
    """A measure's rows in the given periods (one or more), split by what was chosen."""

    measure: Measure
    chosen: Sequence[Split]
    spans: Sequence[Period]
    standards: Standards
    known: Mapping[date, Mapping[tuple[str, ...], Any]] | None = None
    """What was counted before, by the first day of the period and the values of the splits; without it, it is counted."""

    @property
    def names(self) -> list[str]:
        """The splits by name."""
        return [split.name for split in self.chosen]

    def named(self, dims: Sequence[str]) -> dict[str, str]:
        """The values of the splits, by the names of the splits."""
        return dict(zip(self.names, dims, strict=True))

    def query(self, aggregates: str) -> str:
        """A query of aggregates over the rows of each figure: by the first day of its period, and by each split."""
        later = [split for split in self.chosen if split.many][1:]
        split = "".join(f", {each.told if each in later else each.sql} AS by_{each.name}" for each in self.chosen)
        rows = (
            f"SELECT period_start, unit_id{BESIDES.get(self.measure.statistic, '')}{split} "
            f"FROM ({self._in_periods()}) AS counted {joined(self.chosen)}"
        )
        for split_of_many in later:  # one by one, so that every code of one meets all of the other
            name = f"by_{split_of_many.name}"
            rows = f"SELECT * EXCLUDE ({name}), {each_code(name)} AS {name} FROM ({rows})"
        groups = ", ".join(["period_start", *(f"by_{name}" for name in self.names)])
        if self.measure.statistic.has_sides:  # a unit counts once on its side, with its largest amount
            each = f"{groups}, side, unit_id"
            rows = f"SELECT {each}, max(amount) AS amount FROM ({rows}) GROUP BY {each}"
        return with_setting(self.standards, f"SELECT {groups}, {aggregates} FROM ({rows}) GROUP BY {groups}")

    def _in_periods(self) -> str:
        ends = [(f"DATE '{span.start}'", f"DATE '{span.end}'") for span in self.spans]
        listed = ", ".join(f"({first}, {last})" for first, last in ends)
        rows, period = f"({self.measure.rows})", f"(VALUES {listed}) AS period(period_start, period_end)"
        if isinstance(self.measure.time, Open):
            return (
                f"SELECT *, period_end AS day FROM {rows}, {period} "
                "WHERE from_day <= period_end AND (to_day IS NULL OR to_day > period_end)"
            )
        if len(ends) == 1:  # lets the engine pass over files and blocks of other days
            return f"SELECT * FROM {rows}, {period} WHERE day BETWEEN {ends[0][0]} AND {ends[0][1]}"
        # Each day is looked up in its period: equality is joined many times faster than a day between two others.
        each_day = "CAST(unnest(generate_series(period_start, period_end, INTERVAL 1 DAY)) AS DATE)"
        return (
            f"SELECT * FROM {rows} JOIN (SELECT period_start, {each_day} AS in_period FROM {period}) ON in_period = day"
        )
