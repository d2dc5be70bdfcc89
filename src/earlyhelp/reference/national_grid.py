"""Longitude and latitude of published boundaries as metres of the British National Grid, on which councils' maps are drawn."""

from __future__ import annotations

from math import radians

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WGS84 = (6_378_137.000, 6_356_752.314245)
AIRY_1830 = (6_377_563.396, 6_356_256.909)
"""Semi-major and semi-minor axis of an ellipsoid, in metres."""
_SHIFT = np.array([-446.448, 125.157, -542.060])
_SCALE = 20.4894e-6
_TURN = tuple(radians(each / 3600) for each in (-0.1502, -0.2470, -0.8421))
_ORIGIN = radians(49), radians(-2)
_SCALE_ON_MERIDIAN, _EAST, _NORTH = 0.9996012717, 400_000.0, -100_000.0
_DEGREES = 180.0


def on_the_grid(points: Floats) -> Floats:
    """Eastings and northings in metres, (n, 2), of points given as longitude and latitude in degrees of WGS 84, (n, 2).

    Points whose numbers are no degrees (any beyond 180) are taken to be on the grid already, and returned as they are.
    True to about five metres: the Helmert shift of the Ordnance Survey stands for its finer grid of shifts, which is
    enough to draw with. Source: Ordnance Survey, A guide to coordinate systems in Great Britain (2018), sections 6.2, 6.6
    and annexes B and C. Known answer: tests/known_answers/test_national_grid_published.py.
    """
    if np.any(np.abs(points) > _DEGREES):
        return np.asarray(points, dtype=np.float64)
    longitude, latitude = np.radians(points[:, 0]), np.radians(points[:, 1])
    return projected(*_to_airy(longitude, latitude))


def projected(longitude: Floats, latitude: Floats) -> Floats:
    """Eastings and northings, (n, 2), of longitude and latitude in radians on the Airy ellipsoid: transverse Mercator."""
    major, minor = (axis * _SCALE_ON_MERIDIAN for axis in AIRY_1830)
    flat = 1 - (minor / major) ** 2
    sin, cos, tan = np.sin(latitude), np.cos(latitude), np.tan(latitude)
    across = major / np.sqrt(1 - flat * sin**2)
    along = across * (1 - flat) / (1 - flat * sin**2)
    bend = across / along - 1
    east = longitude - _ORIGIN[1]
    north_terms = (
        across / 2 * sin * cos,
        across / 24 * sin * cos**3 * (5 - tan**2 + 9 * bend),
        across / 720 * sin * cos**5 * (61 - 58 * tan**2 + tan**4),
    )
    east_terms = (
        across * cos,
        across / 6 * cos**3 * (across / along - tan**2),
        across / 120 * cos**5 * (5 - 18 * tan**2 + tan**4 + 14 * bend - 58 * tan**2 * bend),
    )
    northing = _NORTH + _meridian(latitude, major, minor)
    northing = northing + sum(term * east ** (2 * power) for power, term in enumerate(north_terms, 1))
    easting = _EAST + sum(term * east ** (2 * power + 1) for power, term in enumerate(east_terms))
    return np.column_stack([easting, northing])


def _meridian(latitude: Floats, major: float, minor: float) -> Floats:
    """Metres along the meridian from the true origin to each latitude (annex C, equation C3)."""
    n = (major - minor) / (major + minor)
    less, more = latitude - _ORIGIN[0], latitude + _ORIGIN[0]
    found = minor * (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * less) * np.cos(2 * more)
        - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
    )
    return np.asarray(found)


def _to_airy(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """The same points on the Airy ellipsoid, in radians: to metres from the Earth's centre, shifted, and back."""
    x, y, z = _from_centre(longitude, latitude)
    turn_x, turn_y, turn_z = _TURN
    grown = 1 + _SCALE
    shifted = (
        _SHIFT[0] + grown * x - turn_z * y + turn_y * z,
        _SHIFT[1] + turn_z * x + grown * y - turn_x * z,
        _SHIFT[2] - turn_y * x + turn_x * y + grown * z,
    )
    return _on_ellipsoid(*shifted)


def _from_centre(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats, Floats]:
    major, minor = WGS84
    flat = 1 - (minor / major) ** 2
    across = major / np.sqrt(1 - flat * np.sin(latitude) ** 2)
    level = across * np.cos(latitude)
    return level * np.cos(longitude), level * np.sin(longitude), (1 - flat) * across * np.sin(latitude)


def _on_ellipsoid(x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude on the Airy ellipsoid; five rounds bring the latitude to far below a millimetre."""
    major, minor = AIRY_1830
    flat = 1 - (minor / major) ** 2
    level = np.hypot(x, y)
    latitude = np.arctan2(z, level * (1 - flat))
    for _ in range(5):
        across = major / np.sqrt(1 - flat * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + flat * across * np.sin(latitude), level)
    return np.arctan2(y, x), latitude
