"""Figures in words: as a report would write them, on a terminal, on a page and in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from earlyhelp.measures import Disclosure, Grain, Measure, Period, Statistic, is_whole
from earlyhelp.measures.measure import Flow, Open
from earlyhelp.release import Released, ReleasedRow, Status
from earlyhelp.standard import TABLES

IN_WORDS = {
    Status.SUPPRESSED: "too few to say",
    Status.NOT_MATURE: "not mature yet",
    Status.NO_DATA: "no data",
}


SPLITS = {
    "decision_code": "decision",
    "end_reason_code": "reason for closing",
    "feed_id": "file received",
    "imd_decile": "deprivation decile",
    "lead_qualified": "whether the lead is qualified",
    "level": "level of support",
    "line_code": "line of the ledger's return",
    "lsoa": "small area",
    "need_code": "need",
    "nfa": "no further action",
    "org_type": "kind of organisation",
    "outcome_code": "outcome",
    "reason_code": "reason for asking",
    "referral_source_code": "who asked",
    "requestor_organisation": "organisation that asked",
    "school_urn": "school",
    "sen_status": "special educational needs",
    "service_id": "service",
    "source_code": "who asked",
    "source_system": "system",
    "ward_code": "ward",
}
"""What a reader calls the splits whose names are those of columns or are short for something."""


def split_words(name: str) -> str:
    """What a reader calls a split: "need_code" is need; one whose name is plain, that name without its lines."""
    return SPLITS.get(name) or name.replace("_", " ")


def in_words(day: date | None) -> str:
    """A day as people write it: 31 March 2026."""
    return f"{day.day} {day:%B %Y}" if day else ""


def when_of(row: ReleasedRow, measure: Measure) -> str:
    """The days that a figure is about: of what is open on a day that day, else the first and the last; "" where none is told."""
    if not row.period_end:
        return ""
    if isinstance(measure.time, Open) or not row.period_start:
        return f"on {in_words(row.period_end)}"
    return f"{in_words(row.period_start)} to {in_words(row.period_end)}"


def days_of(row: ReleasedRow, measure: Measure) -> str:
    """The days of a figure in short: of what is open on a day that day, else as `year_of`; "all days" without a period."""
    if not row.period_end or not row.period_start or isinstance(measure.time, Open):
        return when_of(row, measure) or "all days"
    return year_of(row.period_start, row.period_end)


def year_of(first: date, last: date) -> str:
    """A whole year as "year to" its last day; one that has only begun, or was cut short, as its first and last day."""
    if (last - first).days in (364, 365):
        return f"year to {in_words(last)}"
    return f"{in_words(first)} to {in_words(last)}"


def is_whole_month(row: ReleasedRow) -> bool:
    """Whether a figure is of a month that is over; False also of one without a period."""
    start, end = row.period_start, row.period_end
    return bool(start and end and is_whole(Period(start, end), Grain.MONTH))


def number(value: float | None) -> str:
    """A count with thousands separated; a dash for what is not shown."""
    return "-" if value is None else f"{value:,.0f}"


def value_of(row: ReleasedRow, measure: Measure) -> str:
    """The value as it is read: a share in per cent, a median in days, or in words why there is none."""
    if row.value is None:
        return IN_WORDS.get(row.status, "-")
    return written(row.value, measure)


def why_none(rows: Sequence[ReleasedRow]) -> str:
    """Why none of the rows has a figure, in words: too few to say where that is so of any; no data where there is no row."""
    there = {row.status for row in rows}
    return next((words for status, words in IN_WORDS.items() if status in there), IN_WORDS[Status.NO_DATA])


def interval_of(row: ReleasedRow, measure: Measure) -> str:
    """The 95 per cent interval as it is read; an open end stays open."""
    if row.lower is None:
        return ""
    upper = "or more" if row.upper is None else f"to {written(row.upper, measure)}"
    return f"{written(row.lower, measure)} {upper}"


def over_years(released: Released) -> str:
    """What to know of a rate that counts more than a year's events against the children of one year; else nothing."""
    measure, row = released.measure, released.rows[0]
    if measure.statistic is not Statistic.RATE or not isinstance(measure.time, Flow):
        return ""
    if (
        not row.period_start
        or not row.period_end
        or (years := ((row.period_end - row.period_start).days + 1) / 365.25) < 1.01
    ):
        return ""
    return f"This rate counts the events of {years:.1f} years together; for rates of a year ask with --period year."


def written(value: float, measure: Measure) -> str:
    """A value of the measure as it is read: a share in per cent, a difference of shares in points, money in pounds."""
    if measure.statistic is Statistic.GAP:
        return f"{value * 100:+.1f} points"
    if measure.statistic is Statistic.DISPARITY:
        return f"{value:.2f} times"
    if measure.statistic in (Statistic.SHARE, Statistic.MIX):
        return f"{value * 100:.1f}%"
    if measure.statistic is Statistic.MEDIAN:
        return f"{value:,.0f} days"
    if measure.above is measure.below is Disclosure.MONEY and measure.statistic is Statistic.RATIO:
        return f"£{value:,.1f} of each £{measure.per:,.0f}"
    if measure.above is Disclosure.MONEY and measure.statistic in (Statistic.RATIO, Statistic.COUNT):
        return f"£{value:,.0f}"
    with_a_part = measure.statistic in (Statistic.RATE, Statistic.RATIO, Statistic.MEAN, Statistic.SLOPE)
    return f"{value:,.1f}" if with_a_part else f"{value:,.0f}"


def not_recorded(names: Sequence[str]) -> str:
    """A sentence on columns that hold nothing: each by what it means, then its name in the standard, by which it is found."""
    return f"Not recorded: {'; '.join(_meaning(name) for name in names)}."


def why_shut(gate: Mapping[str, Any]) -> str:
    """Why a measure cannot be shown, in words: what is not recorded, or is recorded too seldom."""
    return not_recorded(gate["missing_columns"]) if gate.get("missing_columns") else str(gate["why"]) or "not told"


def _meaning(name: str) -> str:
    """The first clause of what the standard says of a column, with its name; what is no column stays as it is."""
    table, _, column = name.partition(".")
    if table not in TABLES or column not in TABLES[table].columns:
        return name
    told = re.split("[;:.,]", TABLES[table].columns[column].description)[0]
    return f"{told[0].lower()}{told[1:]} ({name})"


def listed(words: Sequence[str], joined: str = "and") -> str:
    """Words one after another as a sentence lists them: "a, b and c"; the word alone where there is one, "" where none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joined} {words[-1]}"
