"""The polygons of an invented council, on the British National Grid, in the North Sea where no real place lies.

Small areas are the cells of a lattice whose corners are moved and whose edges are bent. Neighbours share each edge to
the metre, so that the polygons tile without gaps, and a ward's outline is made of the edges of its small areas.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.places import WARD_COLUMNS, WARD_ROWS, council_code, council_number, lattice_position
from earlyhelp.synthetic.population import Floats, Places

Metres = npt.NDArray[np.int64]
_CHILDREN_A_SQUARE_KM = 400
_APART, _ABREAST, _DEEP = 30_000, 5, 28
_SOUTH_WEST = np.array([560_000, 415_000])
"""Councils made together lie side by side east of the Humber, so many metres apart."""
_BENDS = np.array([0.25, 0.5, 0.75])
"""Where along an edge it is bent."""


def boundaries(places: Places, seed: int) -> dict[str, dict[str, Any]]:
    """GeoJSON of the small areas (`lsoa`) and of the wards (`ward`), coordinates in metres of EPSG:27700.

    Each feature says its code, its ward and that it is invented. Rings run anticlockwise and close on their first point.
    """
    row, column = lattice_position(places)
    across, upward = _edges(int(row.max()) + 1, int(column.max()) + 1, places, seed)
    of_areas = [_ring(across, upward, r, c, 1, 1) for r, c in zip(row.tolist(), column.tolist(), strict=True)]
    size = WARD_ROWS * WARD_COLUMNS
    corners = zip(row[::size].tolist(), column[::size].tolist(), strict=True)
    of_wards = [_ring(across, upward, r, c, WARD_ROWS, WARD_COLUMNS) for r, c in corners]
    wards = list(zip(places.ward_codes, places.ward_names, strict=True))
    whole = {"la_code": council_code(places), "invented": True}
    named = [{"ward_code": code, "ward_name": name, **whole} for code, name in wards]
    areas = [{"lsoa": str(c), **named[w]} for c, w in zip(places.lsoa, places.ward.tolist(), strict=True)]
    return {"lsoa": _collection(areas, of_areas), "ward": _collection(named, of_wards)}


def _edges(rows: int, columns: int, places: Places, seed: int) -> tuple[Metres, Metres]:
    """Points along every edge of the lattice, both ends included, that run east, and those that run north.

    Shapes (rows + 1, columns, 5, 2) and (rows, columns + 1, 5, 2).
    """
    luck = chance(seed, "boundaries", council_number(places))
    corners = _corners(rows, columns, luck)
    pair = corners[:, :-1], corners[:, 1:]
    across = _bent(*pair, luck)
    upward = _bent(corners[:-1], corners[1:], luck)
    kilometres = (places.children.sum() / _CHILDREN_A_SQUARE_KM) ** 0.5
    return _on_the_grid(across, kilometres, places, seed), _on_the_grid(upward, kilometres, places, seed)


def _corners(rows: int, columns: int, luck: np.random.Generator) -> Floats:
    """The corners of the cells within the square from -1 to 1, all but those on its rim moved a little."""
    y, x = np.meshgrid(np.linspace(-1, 1, rows + 1), np.linspace(-1, 1, columns + 1), indexing="ij")
    moved = luck.uniform(-0.2, 0.2, (rows + 1, columns + 1, 2)) * (2 / columns, 2 / rows)
    moved[[0, -1]], moved[:, [0, -1]] = 0, 0
    return np.stack([x, y], axis=-1) + moved


def _bent(start: Floats, end: Floats, luck: np.random.Generator) -> Floats:
    """Each edge with its two ends and three points between, moved sideways by up to a tenth of its length."""
    along = end - start
    aside = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    bend = luck.uniform(-0.1, 0.1, (*start.shape[:-1], len(_BENDS)))
    between = start[..., None, :] + _BENDS[:, None] * along[..., None, :] + bend[..., None] * aside[..., None, :]
    return np.concatenate([start[..., None, :], between, end[..., None, :]], axis=-2)


def _on_the_grid(points: Floats, kilometres: float, places: Places, seed: int) -> Metres:
    """Points of the square as eastings and northings: rounded off at its corners, its outline swelling and sinking."""
    luck = chance(seed, "boundaries", council_number(places), "outline")
    x, y = points[..., 0], points[..., 1]
    rounded = np.stack([x * np.sqrt(1 - 0.3 * y**2), y * np.sqrt(1 - 0.3 * x**2)], axis=-1)
    angle = np.arctan2(rounded[..., 1], rounded[..., 0])
    swell = sum(luck.uniform(0, 0.12 / k) * np.cos(k * angle + luck.uniform(0, 2 * np.pi)) for k in (1, 2, 3, 4))
    far = np.minimum(np.sqrt((rounded**2).sum(axis=-1)), 1)
    in_metres = rounded * (1 + far * swell)[..., None] * 500 * kilometres
    place = council_number(places)
    centre = _SOUTH_WEST + _APART * np.array([place % _ABREAST, place // _ABREAST % _DEEP])
    metres: Metres = np.rint(in_metres + centre).astype(np.int64)
    return metres


def _ring(across: Metres, upward: Metres, row: int, column: int, high: int, wide: int) -> list[list[int]]:
    """The outline of a block of cells, anticlockwise from its south-west corner."""
    south, north = (across[r, column : column + wide].reshape(-1, 2) for r in (row, row + high))
    west, east = (upward[row : row + high, c].reshape(-1, 2) for c in (column, column + wide))
    whole = np.concatenate([south, east, north[::-1], west[::-1]])
    repeated = (whole[1:] == whole[:-1]).all(axis=1)
    points: list[list[int]] = whole[np.concatenate([[True], ~repeated])].tolist()
    return points


def _collection(properties: list[dict[str, Any]], rings: list[list[list[int]]]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": each, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for each, ring in zip(properties, rings, strict=True)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    return {"type": "FeatureCollection", "crs": crs, "features": features}
