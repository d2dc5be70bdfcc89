"""Charts as Vega-Lite specifications with their data inside: one specification for screen, Word and PDF.

Colours are those of the Government Analysis Function for charts, and never the only cue: shapes and dashes differ too, and
labels stand beside what they name, in ink. What has no figure is grey and says why in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

Spec = dict[str, Any]
INK, GREY, LIGHT = "#0b0c0c", "#595959", "#6BACE6"
COLOURS = ("#12436D", "#F46A25", "#28A197", "#801650")
SHAPES = ("circle", "diamond", "square", "triangle-up")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
WIDTH = 430
ROW = 22
_DAYS_APART = 150
"""Pins nearer to each other than this stand at different heights: a month is five pixels wide on the narrowest page."""
SHARPNESS = 2
"""Pixels of a picture for each of a screen."""
_CONFIG: Spec = {
    "font": "Arial, Liberation Sans, Helvetica, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#e5e5e5",
        "domainColor": GREY,
        "tickColor": GREY,
        "labelLimit": 260,
        "labelOverlap": "greedy",
    },
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "symbolSize": 90, "labelLimit": 320},
    "text": {"fontSize": 12, "color": INK},
}


CURVES_HIGH, LINE = 200, 14
"""Pixels: how high a chart of curves is, and a line of its words."""


class Interval(NamedTuple):
    """One row of an interval plot. Without an estimate, `why` stands in its place. `kind`: rows of a kind share a shape."""

    label: str
    estimate: float | None
    lower: float | None
    upper: float | None
    kind: str = ""
    why: str = ""


class Balance(NamedTuple):
    """How far two groups differed in one thing before and after they were made alike, in standard deviations."""

    label: str
    before: float | None
    after: float | None


class Dot(NamedTuple):
    """One figure of a run chart; without a value, `why` says which of the four it is. `signal`: it is beyond what is usual."""

    day: date
    value: float | None
    why: str = ""
    lower: float | None = None
    mean: float | None = None
    upper: float | None = None
    signal: bool = False


class Pin(NamedTuple):
    """A sign over a run chart at a day, whose words stand beside the chart. `label`: a letter of an event, a number of a note."""

    day: date
    label: str
    is_event: bool = False


class Level(NamedTuple):
    """Where others lie: their median, the lowest and the highest of them, and what the line is called in the chart."""

    words: str
    lowest: float
    median: float
    highest: float


class Unit(NamedTuple):
    """One unit of a funnel: its size, its value, and the limits of usual variation at that size."""

    label: str
    size: float
    value: float | None
    lower: float | None
    upper: float | None
    why: str = ""


class Step(NamedTuple):
    """A share of a curve of cumulative incidence at one day; without one, `why` says why."""

    curve: str
    day: float
    share: float | None
    why: str = ""


def interval_plot(rows: Sequence[Interval], title: str, *, line: float | None = 0) -> Spec:
    """Estimates with their intervals, a row each in the order given, and a dashed line where there is no difference.

    Where no row has an estimate there is no scale, and so no line.
    """
    order = [each.label for each in rows]
    kinds = list(dict.fromkeys(each.kind for each in rows if each.estimate is not None))
    y = _rows(order)
    known = [each._asdict() for each in rows if each.estimate is not None]
    x = {"field": "estimate", "type": "quantitative", "title": title, "scale": {"zero": line == 0, "nice": True}}
    shape = {"field": "kind", "type": "nominal", "scale": {"domain": kinds, "range": list(SHAPES[: len(kinds)])}}
    colour = {"field": "kind", "type": "nominal", "scale": {"domain": kinds, "range": list(COLOURS[: len(kinds)])}}
    legend = {"legend": {"title": None, "orient": "bottom", "columns": 1} if len(kinds) > 1 else None}
    layers = [
        layer(known, {"type": "rule", "strokeWidth": 2}, {"y": y, "x": x | {"field": "lower"}, "x2": {"field": "upper"},
                                                          "color": colour | legend}),
        layer(known, {"type": "point", "filled": True, "size": 110, "opacity": 1},
               {"y": y, "x": x, "shape": shape | legend, "color": colour | legend}),
        _no_figure(rows, y),
    ]  # fmt: skip
    marks = [_upright(line)] if known and line is not None else []
    return layered([*marks, *layers], height=ROW * len(rows))


def bar_plot(rows: Sequence[Interval], title: str) -> Spec:
    """Bars from zero with their intervals, a row each in the order given."""
    y = _rows([each.label for each in rows])
    known = [each._asdict() for each in rows if each.estimate is not None]
    x = {"field": "estimate", "type": "quantitative", "title": title, "scale": {"zero": True}}
    layers = [
        layer(known, {"type": "bar", "color": LIGHT, "stroke": COLOURS[0], "height": {"band": 0.55}}, {"y": y, "x": x}),
        layer(known, {"type": "rule", "strokeWidth": 2, "color": INK},
               {"y": y, "x": x | {"field": "lower"}, "x2": {"field": "upper"}}),
        layer(known, {"type": "tick", "thickness": 2, "size": 9, "color": INK}, {"y": y, "x": x | {"field": "lower"}}),
        layer(known, {"type": "tick", "thickness": 2, "size": 9, "color": INK}, {"y": y, "x": x | {"field": "upper"}}),
        _no_figure(rows, y),
    ]  # fmt: skip
    return layered(layers, height=ROW * len(rows))


def love_plot(rows: Sequence[Balance], *, alike: float = 0.1) -> Spec:
    """How unlike two groups were before (hollow diamonds) and after (filled circles), with lines at what counts as alike."""
    order = [each.label for each in rows]
    when = {"before": ("before", COLOURS[1]), "after": ("after they were made alike", COLOURS[0])}
    dots = [
        {"label": each.label, "value": getattr(each, name), "when": words}
        for name, (words, _) in when.items()
        for each in rows
        if getattr(each, name) is not None
    ]
    words, colours = [each for each, _ in when.values()], [each for _, each in when.values()]
    x = {"field": "value", "type": "quantitative", "axis": {"tickCount": 7},
         "title": "difference between the groups, in standard deviations"}  # fmt: skip
    legend = {"legend": {"title": None, "orient": "top"}}
    encoding = {
        "y": _rows(order),
        "x": x,
        "shape": {"field": "when", "type": "nominal", "scale": {"domain": words, "range": ["diamond", "circle"]}} | legend,
        "color": {"field": "when", "type": "nominal", "scale": {"domain": words, "range": colours}} | legend,
    }  # fmt: skip
    lines = [_upright(0, dashed=False), _upright(-alike), _upright(alike)]
    return layered(
        [*lines, layer(dots, {"type": "point", "size": 80, "strokeWidth": 2, "opacity": 1}, encoding)],
        height=17 * len(rows),
    )


def funnel_plot(units: Sequence[Unit], size: str, value: str, average: float) -> Spec:
    """Units by size against the limits of usual variation; those beyond them are diamonds with their names."""
    known = sorted((each for each in units if each.value is not None), key=lambda each: each.size)
    points = [each._asdict() | {"beyond": _beyond(each)} for each in known]
    limits = [each._asdict() for each in known if each.lower is not None and each.upper is not None]
    x = {"field": "size", "type": "quantitative", "title": size, "scale": {"zero": True}}
    y = {"type": "quantitative", "title": value, "scale": {"zero": True}}
    inside, outside = "within usual variation", "beyond usual variation"
    shape = {"field": "beyond", "type": "nominal", "scale": {"domain": [inside, outside], "range": ["circle", "diamond"]},
             "legend": {"title": None, "orient": "top"}}  # fmt: skip
    colour = shape | {"scale": {"domain": [inside, outside], "range": [COLOURS[0], COLOURS[1]]}}
    dashed = {"type": "line", "strokeDash": [5, 3], "color": GREY}
    layers = [
        layer(limits, dashed, {"x": x, "y": y | {"field": "lower"}}),
        layer(limits, dashed, {"x": x, "y": y | {"field": "upper"}}),
        layer([{"average": average}], {"type": "rule", "color": GREY}, {"y": y | {"field": "average"}}),
        layer(points, {"type": "point", "filled": True, "size": 100, "opacity": 1},
               {"x": x, "y": y | {"field": "value"}, "shape": shape, "color": colour}),
        layer([each for each in points if each["beyond"] == outside], {"type": "text", "dy": -12},
               {"x": x, "y": y | {"field": "value"}, "text": {"field": "label"}}),
    ]  # fmt: skip
    return _said_below(layered(layers, height=260), [(each.label, each.why) for each in units if each.value is None])


def run_chart(
    dots: Sequence[Dot], title: str, *, height: int = 90, pins: Sequence[Pin] = (), level: Level | None = None
) -> Spec:
    """Figures over time with mean and limits of usual variation; signals are diamonds, months without a figure grey crosses.

    pins: signs above the figures, each with a line down to its day. level: where others lie, as a band with a line in it.
    """
    rows = [each._asdict() | {"day": each.day.isoformat()} for each in dots]
    standing, room = _standing(pins)
    full = height + room
    x = {"field": "day", "type": "temporal", "title": None, "axis": {"format": "%b %Y", "tickCount": 4, "grid": False}}
    scale = {"zero": True} | ({"range": [full, room]} if room else {})
    y = {"type": "quantitative", "title": title, "scale": scale, "axis": {"titleAngle": 0, "titleAlign": "left",
         "titleAnchor": "end", "titleY": -8, "titleX": -20, "tickCount": 5}}  # fmt: skip
    quiet = [each for each in rows if not each["signal"] and each["value"] is not None]
    signals = [each for each in rows if each["signal"] and each["value"] is not None]
    missing = [each for each in rows if each["value"] is None]
    band, name = _level(level, y)
    layers = [
        *band,
        *_lines_of(standing, x, full),
        layer(rows, {"type": "line", "strokeDash": [5, 3], "color": GREY}, {"x": x, "y": y | {"field": "lower"}}),
        layer(rows, {"type": "line", "strokeDash": [5, 3], "color": GREY}, {"x": x, "y": y | {"field": "upper"}}),
        layer(rows, {"type": "line", "color": GREY, "strokeWidth": 1}, {"x": x, "y": y | {"field": "mean"}}),
        layer(rows, {"type": "line", "color": COLOURS[0], "strokeWidth": 2}, {"x": x, "y": y | {"field": "value"}}),
        layer(quiet, {"type": "point", "filled": True, "size": 28, "color": COLOURS[0], "opacity": 1},
               {"x": x, "y": y | {"field": "value"}}),
        layer(signals, {"type": "point", "filled": True, "shape": "diamond", "size": 110, "color": COLOURS[1], "opacity": 1},
               {"x": x, "y": y | {"field": "value"}}),
        layer(missing, {"type": "point", "shape": "cross", "size": 40, "color": GREY},
               {"x": x, "y": {"value": full - 6}}),
        *_ends(rows, x, y),
        *name,
        *_heads_of(standing, x),
    ]  # fmt: skip
    return layered([each for each in layers if _is_drawn(each)], height=full)


def _standing(pins: Sequence[Pin]) -> tuple[list[dict[str, Any]], int]:
    """The pins with the height of each, so that none stands on another also on a narrow page; the room that they take."""
    heights: list[date] = []
    found = []
    for each in sorted(pins):
        free = (at for at, last in enumerate(heights) if (each.day - last).days >= _DAYS_APART)
        at = next(free, len(heights))
        heights[at : at + 1] = [each.day]
        found.append({"day": each.day.isoformat(), "label": each.label, "event": each.is_event, "at": 10 + 20 * at})
    return found, 20 * len(heights) + (6 if heights else 0)


def _lines_of(pins: Sequence[Mapping[str, Any]], x: Spec, full: int) -> list[Spec]:
    return [
        layer([each], {"type": "rule", "color": GREY, "strokeWidth": 1} | ({} if each["event"] else {"strokeDash": [1, 3]}),
               {"x": x, "y": {"value": each["at"]}, "y2": {"value": full}})
        for each in pins
    ]  # fmt: skip


def _heads_of(pins: Sequence[Mapping[str, Any]], x: Spec) -> list[Spec]:
    """Numbers in white circles, letters in dark squares."""
    heads: list[Spec] = []
    for each in pins:
        dark, at = each["event"], {"x": x, "y": {"value": each["at"]}}
        sign = {"type": "point", "filled": True, "opacity": 1, "size": 300, "strokeWidth": 1.5, "stroke": INK,
                "shape": "square" if dark else "circle", "color": INK if dark else "white"}  # fmt: skip
        words = {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": "white" if dark else INK}
        heads += [layer([each], sign, at), layer([each], words, at | {"text": {"field": "label", "type": "nominal"}})]
    return heads


def _level(level: Level | None, y: Spec) -> tuple[list[Spec], list[Spec]]:
    """The band with its line, to be drawn first; and its name, to be drawn over the figures."""
    if level is None:
        return [], []
    rows, colour = [level._asdict()], COLOURS[3]
    words = {"type": "text", "align": "left", "baseline": "bottom", "dy": -3, "fontSize": 11, "color": colour}
    pale = {"color": "white", "stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    behind = words | pale  # so that no line runs through the letters
    place = {"x": {"value": 4}, "y": y | {"field": "median"}, "text": {"field": "words"}}
    band = [
        layer(rows, {"type": "rect", "color": colour, "opacity": 0.12},
               {"y": y | {"field": "lowest"}, "y2": {"field": "highest"}}),
        layer(rows, {"type": "rule", "color": colour, "strokeDash": [8, 3, 2, 3]}, {"y": y | {"field": "median"}}),
    ]  # fmt: skip
    return band, [layer(rows, behind, place), layer(rows, words, place)]


def _is_drawn(each: Spec) -> bool:
    """Whether a layer has anything to draw: rows, with a height or a fixed place."""
    field = each["encoding"]["y"].get("field")
    return any(field is None or row[field] is not None for row in each["data"]["values"])


def cumulative_incidence(steps: Sequence[Step], title: str) -> Spec:
    """Shares by day, a stepped line a curve with a dash and a shape of its own, each named at its end."""
    curves = list(dict.fromkeys(each.curve for each in steps))
    known = [each._asdict() for each in steps if each.share is not None]
    ends = [[each for each in known if each["curve"] == curve][-1] for curve in curves
            if any(each["curve"] == curve for each in known)]  # fmt: skip
    x = {
        "field": "day",
        "type": "quantitative",
        "title": "days",
        "scale": {"zero": True, "nice": False},
        "axis": {"grid": False},
    }
    y = {"field": "share", "type": "quantitative", "title": title, "axis": {"format": ".0%", "titleAngle": 0,
         "titleAlign": "left", "titleAnchor": "end", "titleY": -8, "titleX": -20}, "scale": {"zero": True}}  # fmt: skip

    def by(values: Sequence[Any]) -> Spec:
        return {"field": "curve", "type": "nominal", "scale": {"domain": curves, "range": list(values[: len(curves)])},
                "legend": None}  # fmt: skip

    colour = by(COLOURS)
    layers = [
        layer(known, {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
               {"x": x, "y": y, "color": colour, "strokeDash": by(DASHES)}),
        layer(known, {"type": "point", "filled": True, "size": 70, "opacity": 1},
               {"x": x, "y": y, "color": colour, "shape": by(SHAPES)}),
        *(layer([each], {"type": "text", "align": "left", "dx": 8, "dy": dy}, {"x": x, "y": y, "text": {"field": "curve"}})
          for each, dy in _apart(ends)),
    ]  # fmt: skip
    missing = [(f"{each.curve}, day {each.day:g}", each.why) for each in steps if each.share is None]
    return _said_below(layered(layers, height=CURVES_HIGH), missing)


def _apart(ends: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], float]]:
    """The last point of each curve with how far its name is moved, so that none stands on another; up is negative."""
    highest, last, found = max((each["share"] for each in ends), default=0) or 1, -float(LINE), []
    for each in sorted(ends, key=lambda end: end["share"]):
        there = CURVES_HIGH * each["share"] / highest
        last = max(there, last + LINE)
        found.append((each, round(there - last, 1)))
    return found


def svg(spec: Mapping[str, Any]) -> str:
    """The chart as SVG. Nothing is fetched for it: its data is inside it."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[]))


def png(spec: Mapping[str, Any]) -> bytes:
    """The chart as a picture, fine enough for paper."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(dict(spec), scale=SHARPNESS, allowed_base_urls=[]))


def layered(layers: Sequence[Spec], height: int) -> Spec:
    """A chart of layers on each other, in the letters and colours of all charts."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "white",
        "padding": {"left": 12, "top": 5, "right": 25, "bottom": 5},
        "width": WIDTH,
        "height": height,
        "layer": [each for each in layers if each["data"]["values"]] or list(layers),
        "config": _CONFIG,
    }


def layer(values: Sequence[Mapping[str, Any]], mark: Spec, encoding: Spec) -> Spec:
    """One layer: its rows, what is drawn of each, and where."""
    return {"data": {"values": list(values)}, "mark": mark, "encoding": encoding}


def _rows(order: Sequence[str]) -> Spec:
    return {"field": "label", "type": "nominal", "sort": list(order), "title": None, "scale": {"domain": list(order)},
            "axis": {"labelLimit": 340, "grid": False, "ticks": False, "domain": False}}  # fmt: skip


def _upright(at: float, *, dashed: bool = True) -> Spec:
    dash = {"strokeDash": [4, 3]} if dashed else {}
    return layer([{"at": at}], {"type": "rule", "color": GREY} | dash, {"x": {"field": "at", "type": "quantitative"}})


def _no_figure(rows: Sequence[Interval], y: Spec) -> Spec:
    """Grey words in the rows that have no figure."""
    missing = [{"label": each.label, "why": each.why or "no figure"} for each in rows if each.estimate is None]
    mark = {"type": "text", "align": "left", "color": GREY, "fontStyle": "italic", "limit": WIDTH - 12}
    return layer(missing, mark, {"y": y, "x": {"value": 8}, "text": {"field": "why"}})


def _said_below(chart: Spec, missing: Sequence[tuple[str, str]]) -> Spec:
    """The chart with one line of grey words under it for what has no place in it: names, each with why."""
    told = [f"{name} ({why or 'no figure'})" for name, why in missing]
    words = {"text": f"No figure: {', '.join(told)}", "orient": "bottom", "anchor": "start", "fontSize": 12,
             "fontWeight": "normal", "fontStyle": "italic", "color": GREY, "limit": WIDTH + 60}  # fmt: skip
    return chart | {"title": words} if told else chart


def _beyond(each: Unit) -> str:
    low, high, value = each.lower, each.upper, each.value
    out = value is not None and ((low is not None and value < low) or (high is not None and value > high))
    return "beyond usual variation" if out else "within usual variation"


def _ends(rows: Sequence[Mapping[str, Any]], x: Spec, y: Spec) -> list[Spec]:
    """The names of the lines, at the right end of each."""
    last = next((each for each in reversed(rows) if each["mean"] is not None), None)
    if last is None:
        return []
    mark = {"type": "text", "align": "left", "dx": 6, "fontSize": 11, "color": GREY}
    names = {"mean": "mean", "upper": "usual, at most", "lower": "usual, at least"}
    return [
        layer([{**last, "name": words}], mark, {"x": x, "y": y | {"field": field}, "text": {"field": "name"}})
        for field, words in names.items()
        if last[field] is not None
    ]
