"""Maps of wards and small areas as Vega-Lite specifications, made of what may be shown and of published outlines.

An area is drawn in the shade of its class, with an outline and the class's sign on it, so that nothing is told by colour
alone. No figure stands in a specification, only the class in words: what is hidden from the table is not in the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from earlyhelp.reference.outlines import Outline, Ring
from earlyhelp.reports.charts import GREY, INK, WIDTH, Spec
from earlyhelp.reports.simplified import Point, simplified

THIRDS = ("#6BACE6", "#2073BC", "#12436D")
"""From the lowest third to the highest: the Government Analysis Function's colours for what has an order."""
PALE, WHITE = "#f3f2f1", "#ffffff"
ACROSS = 1_000
"""A map is so many steps across its longer side: half of what a screen shows, so that nobody sees what is left out."""
LEAST_SEEN = 0.8
"""Steps that a point may lie beside the line that stands for it."""
LEAST_SIGNED = 400
"""Square steps that an area must have for its sign to have room on it; a smaller one has its class in the table."""
MOST_POINTS = 7_000
"""Points of all outlines in one map; with more of them they are simplified further. It keeps a page small."""
TALLEST = 520
FEW_AREAS = 60
"""Up to so many areas are drawn with thick lines and large signs."""


class Shade(NamedTuple):
    """One class of a map: in words, its colour, the sign that stands on each of its areas, and whether that is dark."""

    words: str
    colour: str
    sign: str
    dark: bool = False


class Area(NamedTuple):
    """One area: its code, its name, and the words of its class."""

    code: str
    name: str
    shade: str


TOO_FEW = Shade("too few to say", PALE, "few")
NO_DATA = Shade("no data", PALE, "none")


def in_thirds(values: Mapping[str, float], written: Callable[[float], str]) -> tuple[list[Shade], dict[str, str]]:
    """The classes of a map, from the lowest third of the areas to the highest, and the words of each area's class.

    values: by code of area, without those that have none; equal values share a class, so that there may be fewer than
    three. written: how a value reads in the words of a class.
    """
    ordered = sorted(values.values())
    if not ordered:
        return [], {}
    cuts = [ordered[min(len(ordered) - 1, place * len(ordered) // 3)] for place in (1, 2)]
    place_of = {code: sum(value >= cut > ordered[0] for cut in dict.fromkeys(cuts)) for code, value in values.items()}
    shades = {}
    for place in sorted(set(place_of.values())):
        held = [values[code] for code, found in place_of.items() if found == place]
        words = f"{place + 1}: {_from_to(written(min(held)), written(max(held)))}"
        shades[place] = Shade(words, THIRDS[place], str(place + 1), place > 0)
    return list(shades.values()), {code: shades[place].words for code, place in place_of.items()}


def _from_to(lowest: str, highest: str) -> str:
    return lowest if lowest == highest else f"{lowest} to {highest}"


def area_map(areas: Sequence[Area], outlines: Mapping[str, Outline], shades: Sequence[Shade]) -> Spec:
    """The map of those areas whose outline is held, north at the top. Raises ValueError where there is none."""
    pale = {each.words for each in shades if each.colour == PALE}
    held = [each for each in areas if each.code in outlines]
    if not held:
        raise ValueError("there is no outline to draw")
    drawn = sorted(held, key=lambda area: area.shade in pale)  # last, so that no neighbour covers a dashed line
    used = [each for each in shades if any(area.shade == each.words for area in drawn)]
    shapes = _stepped([outlines[each.code] for each in drawn])
    by_words = {each.words: each for each in shades}
    features = [_feature(area, by_words[area.shade], polygons) for area, polygons in zip(drawn, shapes, strict=True)]
    signs = [_sign(by_words[area.shade], polygons) for area, polygons in zip(drawn, shapes, strict=True)]
    return _spec(features, signs, used, _height(shapes))


# Outlines


Steps = list[list[list[list[int]]]]


def _stepped(outlines: Sequence[Outline]) -> list[Steps]:
    """The polygons of each outline in whole steps from the south-west corner, with as many points as a page can carry.

    Every point is moved by itself to the nearest step, so that neighbours keep the edges that they share.
    """
    points = np.concatenate([ring for each in outlines for polygon in each.polygons for ring in polygon])
    corner, far = points.min(axis=0), points.max(axis=0)
    step = max(float((far - corner).max()) / ACROSS, 1.0)
    whole = [[[_rounded(ring, corner, step) for ring in polygon] for polygon in each.polygons] for each in outlines]
    rings = [ring for shape in whole for polygon in shape for ring in polygon]
    tolerance, fewer = LEAST_SEEN, simplified(rings, LEAST_SEEN)
    while sum(map(len, fewer)) > MOST_POINTS and tolerance < ACROSS:
        tolerance *= 1.5
        fewer = simplified(rings, tolerance)
    following = iter(fewer)
    return [[kept for polygon in shape if (kept := _rings([next(following) for _ in polygon]))] for shape in whole]


def _rounded(ring: Ring, corner: Ring, step: float) -> list[Point]:
    """The ring in whole steps, its first point not repeated, no point twice in a row."""
    points: list[Point] = [(int(x), int(y)) for x, y in np.rint((ring - corner) / step).tolist()]
    once = points[:-1]
    return [point for place, point in enumerate(once) if point != once[place - 1]] or once[:1]


def _rings(polygon: Sequence[list[Point]]) -> list[list[list[int]]]:
    """The rings that still enclose something, closed; none where the outer one does not."""
    rings = [_closed(ring) for ring in polygon]
    return [each for each in rings if each] if rings[0] else []


def _closed(ring: Sequence[Point]) -> list[list[int]]:
    """The ring with its first point again at its end; empty where it encloses nothing."""
    closed = [*map(list, ring), *map(list, ring[:1])]
    return closed if len(closed) > 3 and _size(closed) > 0 else []


def _inside(polygons: Steps) -> list[float]:
    """A point inside the largest polygon: half way along the widest stretch at the height of its middle."""
    outer = np.array(max((polygon[0] for polygon in polygons), key=_size), dtype=np.float64)
    height = float((outer[:, 1].min() + outer[:, 1].max()) / 2) + 0.25  # between whole steps: no corner lies on it
    start, end = outer[:-1], outer[1:]
    crosses = (start[:, 1] > height) != (end[:, 1] > height)
    first, last = start[crosses], end[crosses]
    at = np.sort(first[:, 0] + (height - first[:, 1]) * (last[:, 0] - first[:, 0]) / (last[:, 1] - first[:, 1]))
    widths = at[1::2] - at[::2]
    widest = int(np.argmax(widths))
    return [round(float(at[2 * widest] + widths[widest] / 2), 1), height]


def _size(ring: list[list[int]]) -> float:
    """What a ring encloses, in square steps: the shoelace formula."""
    x, y = np.array(ring, dtype=np.float64).T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2


def _height(shapes: Sequence[Steps]) -> int:
    points = np.array([point for shape in shapes for polygon in shape for ring in polygon for point in ring])
    wide, high = np.maximum(points.max(axis=0) - points.min(axis=0), 1)
    return int(min(TALLEST, max(220, WIDTH * high / wide)))


# The specification


def _feature(area: Area, shade: Shade, polygons: Steps) -> Spec:
    shape = {"type": "MultiPolygon", "coordinates": polygons}
    line = "dashed" if shade.colour == PALE else "light" if shade.dark else "grey"
    return {"type": "Feature", "geometry": shape, "name": area.name, "class": area.shade, "line": line}


def _sign(shade: Shade, polygons: Steps) -> Spec:
    room = bool(polygons) and max(_size(polygon[0]) for polygon in polygons) >= LEAST_SIGNED
    x, y = _inside(polygons) if polygons else (0.0, 0.0)
    return {"x": x, "y": y, "sign": shade.sign if room else "", "ink": WHITE if shade.dark else INK}


def _spec(features: list[Spec], signs: list[Spec], shades: Sequence[Shade], height: int) -> Spec:
    words = [each.words for each in shades]
    by_class: Spec = {"field": "class", "type": "nominal"}
    legend = {"title": None, "orient": "bottom", "columns": 1, "symbolType": "square", "symbolSize": 180,
              "symbolStrokeColor": GREY, "symbolStrokeWidth": 1}  # fmt: skip
    projection = {"type": "identity", "reflectY": True}

    scale = {"scale": {"domain": words, "range": [each.colour for each in shades]}}
    areas = {
        "data": {"values": features},
        "projection": projection,
        "mark": {"type": "geoshape", "strokeWidth": 1 if len(features) <= FEW_AREAS else 0.6},
        "encoding": {
            "color": by_class | scale | {"legend": legend},
            "stroke": {"condition": {"test": {"field": "line", "equal": "light"}, "value": WHITE}, "value": GREY},
            "strokeDash": {
                "condition": {"test": {"field": "line", "equal": "dashed"}, "value": [3, 2]},
                "value": [1, 0],
            },
            "tooltip": {"field": "name", "type": "nominal"},
        },
    }
    marks = {
        "data": {"values": signs},
        "projection": projection,
        "mark": {"type": "text", "fontSize": 12 if len(features) <= FEW_AREAS else 9},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": "sign", "type": "nominal"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "white",
        "padding": 5,
        "width": WIDTH,
        "height": height,
        "layer": [areas, marks],
        "config": {
            "font": "Arial, Liberation Sans, Helvetica, sans-serif",
            "view": {"stroke": None},
            "legend": {"labelFontSize": 12, "labelColor": INK, "labelLimit": 320},
        },
    }
