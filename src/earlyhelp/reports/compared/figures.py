"""Charts of one measure over several councils, each with its table: councils by name, never by figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from earlyhelp.compare.comparison import Line, MeasureCompared, limits
from earlyhelp.measures import Statistic
from earlyhelp.reports.blocks import Figure, TableBlock
from earlyhelp.reports.charts import COLOURS, GREY, Interval, Spec, bar_plot, interval_plot, layer, layered
from earlyhelp.reports.compared.words import (
    ABOVE,
    BELOW,
    BEYOND,
    HERE,
    WITHIN,
    counted,
    declared,
    figure_of,
    group_of,
    interval_in_words,
    place_of,
    title_of,
    value_in_words,
)
from earlyhelp.reports.wording import listed

FEWEST_IN_A_FUNNEL = 3
_ROW = 26
_STEPS = 40
_KINDS = {True: "statistical neighbour", False: "other council"}
Names = Mapping[str, str]
Neighbours = frozenset[str] | None
"""The codes of this council's statistical neighbours; None where no list of them is held."""


def figure_of_measure(found: MeasureCompared, names: Names, neighbours: Neighbours) -> Figure:
    """One figure of each council: a funnel where chance has limits, bars for counts, else each with its interval."""
    lines = by_name(found.lines, names)
    table = _table(found, lines, names, neighbours)
    shown = [each for each in lines if each.value is not None]
    if found.target is not None and len(shown) >= FEWEST_IN_A_FUNNEL:
        title = f"{title_of(found)}: within or beyond usual variation"
        return Figure(
            title, _funnel(found, lines, names, neighbours), _said(found, shown, names, neighbours, "Funnel"), table
        )
    rows = [_interval(found, each, names, neighbours) for each in lines]
    if found.statistic == Statistic.COUNT:
        spec, kind = bar_plot([each._replace(kind="") for each in rows], _axis(found)), "Bars"
    else:
        spec, kind = interval_plot(rows, _axis(found), line=None), "Intervals"
    return Figure(f"{title_of(found)}: councils by name", spec, _said(found, shown, names, neighbours, kind), table)


def figure_of_groups(groups: Sequence[MeasureCompared], names: Names) -> Figure:
    """A measure by group: a row a group with the middle half of the councils, each council as a dot, this one a diamond."""
    first = groups[0]
    rows = [
        (
            group_of(each) or "all",
            names[line.council],
            figure_of(each, line),
            interval_in_words(each, line),
            place_of(line),
        )
        for each in groups
        for line in by_name(each.lines, names)
    ]
    heads = ("group", "council", "figure", "95 per cent interval", "beside all together")
    table = TableBlock(f"{title_of(first)} by group: {first.unit}", heads, tuple(rows), (2, 3))
    told = [f"{group_of(each)} {figure_of(each, each.lines[0])}{_middle(each)}" for each in groups]
    alt = f"Dots by group. {HERE.capitalize()}: {'; '.join(told)}."
    return Figure(f"{title_of(first)}: councils by group", _strip(groups), alt, table, in_annex=True)


def by_name(lines: Sequence[Line], names: Names) -> list[Line]:
    """The councils' figures in the order of their names."""
    return sorted(lines, key=lambda each: (names[each.council].casefold(), each.council))


def _table(found: MeasureCompared, lines: Sequence[Line], names: Names, neighbours: Neighbours) -> TableBlock:
    near = ["statistical neighbour"] if neighbours is not None else []
    heads = ("council", *near, "figure", "95 per cent interval", "counted", "beside all together")
    own = found.lines[0].council
    rows = tuple(
        (
            names[each.council],
            *(_is_near(each, own, neighbours) for _ in near),
            figure_of(found, each),
            interval_in_words(found, each),
            counted(found, each),
            place_of(each),
        )
        for each in lines
    )
    first = 1 + len(near)
    return TableBlock(f"{title_of(found)}: {found.unit}", heads, rows, (first, first + 1, first + 2))


def _is_near(line: Line, own: str, neighbours: Neighbours) -> str:
    return HERE if line.council == own else "yes" if line.council in (neighbours or ()) else "no"


def _said(found: MeasureCompared, shown: Sequence[Line], names: Names, neighbours: Neighbours, kind: str) -> str:
    """The words that stand for a chart."""
    own = found.lines[0]
    said = [f"{kind} of {len(shown)} councils with a figure. {HERE.capitalize()}: {figure_of(found, own)}."]
    if kind == "Funnel" and found.target is not None:
        said.append(f"All together: {value_in_words(found, found.target)}.")
        for place in (ABOVE, BELOW):
            beyond = [names[each.council] for each in shown if place_of(each) == place]
            said.append(f"{place.capitalize()}: {listed(beyond) or 'none'}.")
        ringed = [names[each.council] for each in shown if each.council in (neighbours or ())]
        said += [f"Ringed, as statistical neighbours: {listed(ringed)}."] if ringed else []
    else:
        told = [f"{names[each.council]} {figure_of(found, each)}" for each in shown]
        said.append(f"By name: {'; '.join(told) or 'no figure'}.")
    return " ".join(said)


def _axis(found: MeasureCompared) -> str:
    measure = declared(found)
    if measure.statistic is Statistic.RATE:
        return f"{found.unit} for each {measure.per:,}"
    if measure.statistic is Statistic.COUNT:
        return found.unit
    return "days" if measure.statistic is Statistic.MEDIAN else f"share of {found.unit}, per cent"


def _scaled(found: MeasureCompared, value: float | None) -> float | None:
    """A value as it is drawn: shares in per cent."""
    is_share = found.statistic in (Statistic.SHARE, Statistic.MIX)
    return value if value is None or not is_share else round(100 * value, 2)


def _interval(found: MeasureCompared, line: Line, names: Names, neighbours: Neighbours) -> Interval:
    """A row of the plot; an end that is open stops at the figure, and the table says so."""
    own = found.lines[0].council
    kind = HERE if line.council == own else _KINDS[line.council in (neighbours or ())]
    ends = (line.value if end is None else end for end in (line.lower, line.upper))
    values = [_scaled(found, each) for each in (line.value, *ends)]
    return Interval(names[line.council], values[0], values[1], values[2], kind, figure_of(found, line))


def _funnel(found: MeasureCompared, lines: Sequence[Line], names: Names, neighbours: Neighbours) -> Spec:
    """Councils by size within the 99.8 per cent limits; this council and those beyond are named, neighbours ringed."""
    own = found.lines[0].council
    points = [
        {
            "label": names[each.council],
            "size": each.denominator,
            "value": _scaled(found, each.value),
            "beyond": BEYOND if place_of(each) in (ABOVE, BELOW) else WITHIN,
            "named": each.council == own or place_of(each) in (ABOVE, BELOW),
            "near": each.council in (neighbours or ()),
        }
        for each in lines
        if each.value is not None
    ]
    x = {"field": "size", "type": "quantitative", "title": _size(found), "scale": {"zero": True}}
    y = {"field": "value", "type": "quantitative", "title": _axis(found), "scale": {"zero": False, "nice": True}}
    kinds = {"field": "beyond", "type": "nominal", "legend": {"title": None, "orient": "top"}}
    domain = [WITHIN, BEYOND]
    shape = kinds | {"scale": {"domain": domain, "range": ["circle", "diamond"]}}
    colour = kinds | {"scale": {"domain": domain, "range": [COLOURS[0], COLOURS[1]]}}
    curve, dashed = _curve(found, points), {"type": "line", "strokeDash": [5, 3], "color": GREY}
    ring = {"type": "point", "size": 260, "color": GREY, "strokeWidth": 1.5}
    layers = [
        layer(curve, dashed, {"x": x, "y": y | {"field": "lower"}}),
        layer(curve, dashed, {"x": x, "y": y | {"field": "upper"}}),
        layer([{"all": _scaled(found, found.target)}], {"type": "rule", "color": GREY}, {"y": y | {"field": "all"}}),
        layer([each for each in points if each["near"]], ring, {"x": x, "y": y}),
        layer(points, {"type": "point", "filled": True, "size": 90, "opacity": 1},
              {"x": x, "y": y, "shape": shape, "color": colour}),
        layer([each for each in points if each["named"]], {"type": "text", "align": "right", "dx": -11},
              {"x": x, "y": y, "text": {"field": "label"}}),
    ]  # fmt: skip
    return layered(layers, height=260)


def _size(found: MeasureCompared) -> str:
    below = declared(found).denominator.split(".")[0].split(", for each")[0]
    return f"of how many: {below[:1].lower()}{below[1:]}"[:80] if below else "of how many"


def _curve(found: MeasureCompared, points: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The limits at sizes from a quarter of the smallest council to a little above the largest."""
    sizes = [int(each["size"] or 0) for each in points]
    grid = np.unique(np.linspace(max(min(sizes) / 4, 10), 1.05 * max(sizes), _STEPS).astype(int)).astype(float)
    assert found.target is not None
    lower, upper = limits(declared(found), grid, found.target, 0.998, found.dispersion or 1.0)
    scale = 1 if found.statistic == Statistic.RATE else 100
    ends = zip(grid, lower * scale, upper * scale, strict=True)
    return [{"size": size, "lower": round(low, 3), "upper": round(high, 3)} for size, low, high in ends]


def _middle(found: MeasureCompared) -> str:
    if found.spread is None:
        return ""
    ends = (value_in_words(found, each) for each in (found.spread.lower_quartile, found.spread.upper_quartile))
    return f" (half of {found.spread.councils} councils: {' to '.join(ends)})"


def _strip(groups: Sequence[MeasureCompared]) -> Spec:
    order = [group_of(each) or "all" for each in groups]
    y = {"field": "group", "type": "nominal", "sort": order, "title": None, "scale": {"domain": order},
         "axis": {"labelLimit": 300, "ticks": False, "domain": False}}  # fmt: skip
    x = {"field": "value", "type": "quantitative", "title": _axis(groups[0]), "scale": {"zero": True}}
    whose = {"field": "whose", "type": "nominal", "scale": {"domain": [HERE, "another council"], "range": ["diamond", "circle"]},
             "legend": {"title": None, "orient": "top"}}  # fmt: skip
    colour = whose | {"scale": {"domain": [HERE, "another council"], "range": [COLOURS[1], COLOURS[0]]}}
    dots = [
        {"group": label, "value": _scaled(each, line.value), "whose": HERE if place == 0 else "another council"}
        for label, each in zip(order, groups, strict=True)
        for place, line in enumerate(each.lines)
        if line.value is not None
    ]
    dots.sort(key=lambda each: each["whose"] == HERE)  # drawn last, this council's dot stays in sight
    half = [
        {
            "group": label,
            "from": _scaled(each, each.spread.lower_quartile),
            "to": _scaled(each, each.spread.upper_quartile),
        }
        for label, each in zip(order, groups, strict=True)
        if each.spread is not None
    ]
    layers = [
        layer(half, {"type": "bar", "color": "#d9d9d9", "stroke": GREY, "height": {"band": 0.5}},
              {"y": y, "x": x | {"field": "from"}, "x2": {"field": "to"}}),
        layer(dots, {"type": "point", "size": 90, "strokeWidth": 2, "opacity": 1},
              {"y": y, "x": x, "shape": whose, "color": colour}),
    ]  # fmt: skip
    return layered(layers, height=_ROW * len(groups))
