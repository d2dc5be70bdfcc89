"""The outlines of wards and small areas on the British National Grid, from the boundaries in a workspace's packs."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earlyhelp.reference.about_places import SMALL_AREA_BOUNDARIES, WARD_BOUNDARIES
from earlyhelp.reference.areas import SMALL_AREA, WARD
from earlyhelp.reference.national_grid import on_the_grid
from earlyhelp.reference.pack import Pack
from earlyhelp.reference.publication import Publication
from earlyhelp.reference.reading import boundaries

Ring = NDArray[np.float64]
DRAWN: dict[str, Publication] = {WARD: WARD_BOUNDARIES, SMALL_AREA: SMALL_AREA_BOUNDARIES}
"""What can be drawn, by the type of area, and the publication that holds its boundaries."""


class Outline(NamedTuple):
    """One area: its polygons, each its outer ring and then its holes, each ring metres of the grid, (n, 2), closed."""

    code: str
    polygons: tuple[tuple[Ring, ...], ...]


def outlines(packs: Sequence[Pack], kind: str, codes: Collection[str]) -> dict[str, Outline]:
    """The outline of each area of that kind whose boundary is held, by code; what is not held is left out.

    kind: "ward" or "lsoa". Raises InputRefused for a file of boundaries that was changed or cannot be read.
    """
    publication, wanted, found = DRAWN[kind], set(codes), {}
    for pack in packs:
        if not wanted or not any(each.publication == publication.id for each in pack.resources):
            continue
        table = boundaries(pack.folder, publication.id)
        for code, shape in zip(table[publication.headings[0]].to_pylist(), table["geometry"].to_pylist(), strict=True):
            if code in wanted and code not in found:
                found[code] = Outline(code, _polygons(json.loads(shape)))
    return found


def _polygons(shape: dict[str, Any]) -> tuple[tuple[Ring, ...], ...]:
    """The polygons of a GeoJSON shape; other shapes than polygons enclose nothing and are left out."""
    several = {"Polygon": [shape.get("coordinates", [])], "MultiPolygon": shape.get("coordinates", [])}
    return tuple(
        tuple(on_the_grid(np.array(ring, dtype=np.float64)[:, :2]) for ring in polygon)
        for polygon in several.get(str(shape.get("type")), [])
        if polygon
    )
