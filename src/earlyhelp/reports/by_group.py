"""The latest figures of a measure by group: bars with intervals, and bars that keep those without a figure in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from earlyhelp.measures import Measure, Statistic
from earlyhelp.release import ReleasedRow, Status
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Block, Figure, TableBlock, Text
from earlyhelp.reports.charts import COLOURS, INK, Interval, Spec, bar_plot, interval_plot, layer, layered
from earlyhelp.reports.wording import IN_WORDS, days_of, interval_of, number, value_of, why_none

Told = tuple[ReleasedRow, str]
"""A released row with its certificate."""
_SHARES = (Statistic.SHARE, Statistic.MIX)
ROW = 40
MISSING = "#D3D3D3"
EVERYBODY = "All families"


def latest(part: Part) -> list[Told]:
    """The rows of the last period that is mature, or of the last there is; groups that had nobody in it left out."""
    told = list(zip(part.released.rows, part.certificates, strict=True))
    mature = [each for each in told if each[0].status is not Status.NOT_MATURE] or told
    end = mature[-1][0].period_end if mature else None
    of_it = [each for each in mature if each[0].period_end == end]
    return [each for each in of_it if each[0].status is not Status.NO_DATA] or of_it[:1]


def label_of(row: ReleasedRow) -> str:
    """The group of a row in words; all families where it has none."""
    words = (str(row.labels.get(f"{name}_label") or value) for name, value in row.dims.items())
    return ", ".join("not recorded" if each == "not_recorded" else each for each in words) or EVERYBODY


def bars(part: Part, title: str, *, groups: Mapping[str, str] | None = None) -> list[Block]:
    """A bar a group with its interval, and the table with certificates; a sentence where nothing can be drawn.

    groups: codes with their words, where all of them have a bar, in that order, whether or not there is a figure.
    """
    measure, told = part.released.measure, latest(part)
    if not told:
        return [Text(f"{title}: no data.")]
    found = {label_of(row): row for row, _ in told}
    names = list(groups.values()) if groups else list(found)
    rows = [_interval(name, found.get(name), measure) for name in names]
    words = f"{title}, {days_of(told[0][0], measure)}"
    if all(each.estimate is None for each in rows):
        why = part.released.closed[0].words if part.released.closed else rows[0].why if len(rows) == 1 else ""
        return [Text(f"{words}: there is nothing to draw. {why}".strip()), _table(words, told, measure)]
    known = [f"{each.label} {value_of(found[each.label], measure)}" for each in rows if each.estimate is not None]
    alt = f"Bars of {measure.name} with 95 per cent intervals: {'; '.join(known)}."
    return [Figure(words, _chart(rows, measure), alt, _table(words, told, measure))]


def _chart(rows: Sequence[Interval], measure: Measure) -> Spec:
    if measure.statistic is Statistic.MEAN:
        return interval_plot(rows, "mean change, in points of the scale")
    return bar_plot(rows, f"per cent of {measure.unit}" if measure.statistic in _SHARES else measure.unit)


def _interval(name: str, row: ReleasedRow | None, measure: Measure) -> Interval:
    if row is None or row.value is None:
        return Interval(name, None, None, None, why=IN_WORDS.get(row.status, "") if row else "no data")
    factor = 100.0 if measure.statistic in _SHARES else 1.0
    low, high = (None if each is None else factor * each for each in (row.lower, row.upper))
    return Interval(name, factor * row.value, low, high)


def _table(caption: str, told: Sequence[Told], measure: Measure) -> TableBlock:
    rows = tuple(
        (label_of(row), value_of(row, measure), interval_of(row, measure) or "none", _of(row), certificate)
        for row, certificate in told
    )
    columns = ("group", "figure", "95 per cent interval", measure.unit, "certificate")
    return TableBlock(caption, columns, rows, (1, 2, 3))


def _of(row: ReleasedRow) -> str:
    if row.denominator is None:
        return IN_WORDS.get(row.status, "none")
    return number(row.denominator)


def with_missing(parts: Sequence[Part], title: str, has: str, lacks: str) -> list[Block]:
    """Those with a figure and, in grey, those without, a bar a group of each share handed in, and the same as a table.

    has, lacks: the words for those counted and those not, such as "both scores" and "a score is missing". Where too few
    are not counted, neither number is told here.
    """
    told = [(_unless_few_lack(row, part), certificate) for part in parts for row, certificate in latest(part)]
    if not told:
        return [Text(f"{title}: no data.")]
    words = f"{title}, {days_of(told[0][0], parts[0].released.measure)}"
    table = TableBlock(
        words,
        ("group", has, lacks, "all", "certificate"),
        tuple((label_of(row), *_parted(row), certificate) for row, certificate in told),
        (1, 2, 3),
    )
    known = [row for row, _ in told if row.numerator is not None and row.denominator]
    if not known:
        return [Text(f"{words}: {why_none([row for row, _ in told])}."), table]
    said = "; ".join(f"{label_of(row)}: {_parted(row)[0]} {has}, {_parted(row)[1]} {lacks}" for row in known)
    return [Figure(words, _missing_chart([row for row, _ in told], has, lacks), f"Bars in two parts. {said}.", table)]


def _unless_few_lack(row: ReleasedRow, part: Part) -> ReleasedRow:
    if row.numerator is None or row.denominator is None:
        return row
    if part.released.policy.hides(row.denominator - row.numerator):
        return replace(row, numerator=None, status=Status.SUPPRESSED)
    return row


def _parted(row: ReleasedRow) -> tuple[str, str, str]:
    if row.numerator is None or row.denominator is None:
        why = IN_WORDS.get(row.status, "no figure")
        return why, why, number(row.denominator) if row.denominator is not None else why
    return number(row.numerator), number(row.denominator - row.numerator), number(row.denominator)


def _missing_chart(rows: Sequence[ReleasedRow], has: str, lacks: str) -> Spec:
    """Two parts of each bar, coloured and grey with an edge of ink; the words above it say both."""
    names = [label_of(row) for row in rows]
    axis = {"labels": False, "ticks": False, "domain": False, "grid": False, "title": None}
    y = {"field": "group", "type": "nominal", "sort": names, "scale": {"domain": names}, "title": None, "axis": axis}
    x = {"type": "quantitative", "title": "families", "axis": {"tickCount": 5, "grid": False}}
    drawn = [bar for row in rows for bar in _bars(row, has, lacks)]
    colour = {"field": "part", "type": "nominal", "scale": {"domain": [has, lacks], "range": [COLOURS[0], MISSING]},
              "legend": {"title": None, "orient": "bottom", "columns": 1, "symbolType": "square",
                         "symbolStrokeColor": INK}}  # fmt: skip
    above = [{"group": label_of(row), "words": f"{label_of(row)}: {_in_short(row)}"} for row in rows]
    return layered(
        [
            layer(drawn, {"type": "bar", "height": 14, "stroke": INK, "strokeWidth": 0.7},
                  {"y": y, "x": x | {"field": "start"}, "x2": {"field": "end"}, "color": colour}),
            layer(above, {"type": "text", "align": "left", "baseline": "middle", "dy": -15, "fontSize": 12, "color": INK},
                  {"y": y, "x": {"value": 0}, "text": {"field": "words"}}),
        ],
        height=ROW * len(rows),
    )  # fmt: skip


def _in_short(row: ReleasedRow) -> str:
    has, _, all_of_them = _parted(row)
    return f"{has} of {all_of_them}" if row.numerator is not None else has


def _bars(row: ReleasedRow, has: str, lacks: str) -> list[dict[str, object]]:
    if row.numerator is None or row.denominator is None:
        return []
    group = label_of(row)
    return [
        {"group": group, "part": has, "start": 0, "end": row.numerator},
        {"group": group, "part": lacks, "start": row.numerator, "end": row.denominator},
    ]
