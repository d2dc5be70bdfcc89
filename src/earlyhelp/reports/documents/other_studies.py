"""Released studies that are not of one service as blocks: organisations by name, a change on one day, signs of poverty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from earlyhelp.release.studies import ReleasedStudy
from earlyhelp.reports.blocks import Block, Figure, Heading, Note, TableBlock
from earlyhelp.reports.charts import Interval, interval_plot

Row = Mapping[str, Any]
METHODS = {
    "excess_events": "events beyond what was to be expected",
    "random_intercept": "against the average organisation",
    "stacked_event_study": "against like families",
}
SCALES = {
    "rate_ratio": "ratio of rates, 1 is no difference",
    "odds_ratio": "ratio of odds, 1 is no difference",
    "risk_difference": "difference in 100 families",
}
TOO_FEW = "too few to say"


def estimates(found: ReleasedStudy) -> list[Block]:
    """What the study found: a chart of organisations by name where it is of them, else a table; nothing without a figure."""
    if found.table:
        return [Heading(1, "By organisation, by name"), organisations(found), Note("There is no ranking.")]
    rows = [row for row in found.estimates if row["estimate"] is not None]
    return [Heading(1, "What was found"), _table(found, rows)] if rows else []


def _table(found: ReleasedStudy, rows: list[Row]) -> TableBlock:
    scale = SCALES.get(found.scale, found.scale)
    hundreds = found.scale == "risk_difference"
    told = tuple(
        (_label(row), *_figures(row, hundreds=hundreds), str(row.get("verdict", found.verdict))) for row in rows
    )
    return TableBlock(
        f"What was found: {scale}", ("of what", "estimate", "95 per cent interval", "verdict"), told, (1, 2)
    )


def _label(row: Row) -> str:
    method = str(row["method"])
    return str(row.get("words") or METHODS.get(method, method.replace("_", " ")))


def _figures(row: Row, *, hundreds: bool) -> tuple[str, str]:
    if row["estimate"] is None:
        return TOO_FEW, "none"
    estimate, low, high = (
        None if row[name] is None else (f"{100 * row[name]:+.1f}" if hundreds else f"{row[name]:,.2f}")
        for name in ("estimate", "lower", "upper")
    )
    return str(estimate), f"{low} to {high}" if low and high else "none"


def organisations(found: ReleasedStudy) -> Figure:
    """Each organisation's ratio of odds with its interval, by name; those with too few in words."""
    rows = [
        Interval(str(row["organisation"]), row["estimate"], row["lower"], row["upper"], why=TOO_FEW)
        for row in found.table
    ]
    known = [each for each in rows if each.estimate is not None]
    apart = [
        str(row["organisation"])
        for row in found.table
        if row["standing"] in ("better than expected", "worse than expected")
    ]
    said = (
        f"Different from what was to be expected: {', '.join(apart)}"
        if apart
        else "None differs from what was to be expected"
    )
    alt = f"Interval plot of {len(rows)} organisations by name, of which {len(known)} have a figure. {said}."
    table = TableBlock(
        "First steps up of the families each organisation was given, against what was to be expected",
        (
            "organisation",
            "standing",
            "families",
            "first steps up",
            "to be expected",
            "ratio of odds (95 per cent interval)",
        ),
        tuple(_organisation(row) for row in found.table),
        (2, 3, 4, 5),
    )
    spec = interval_plot(rows, "ratio of odds of a first step up: left of the line fewer", line=1)
    return Figure("First steps up against the average organisation, families being alike", spec, alt, table)


def _organisation(row: Row) -> tuple[str, ...]:
    estimate, interval = _figures(row, hundreds=False)
    counts = (TOO_FEW if row[name] is None else f"{row[name]:,.0f}" for name in ("families", "observed"))
    expected = TOO_FEW if row["expected"] is None else f"{row['expected']:,.1f}"
    ratio = estimate if row["estimate"] is None else f"{estimate} ({interval})"
    return str(row["organisation"]), str(row["standing"]), *counts, expected, ratio
