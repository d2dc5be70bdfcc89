"""Longitude and latitude as British National Grid, against the Ordnance Survey's own worked examples.

Ordnance Survey, A guide to coordinate systems in Great Britain (2018), annex C: the point 52 39 27.2531 N, 1 43 4.5177 E on
the Airy ellipsoid is easting 651409.903, northing 313177.270. Its WGS 84 latitude and longitude are those of the same
point by the Helmert shift of annex B.
"""

from __future__ import annotations

import numpy as np
import pytest

from earlyhelp.reference.national_grid import on_the_grid, projected

PUBLISHED = (651_409.903, 313_177.270)


def degrees(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


def test_the_worked_example_of_the_projection_is_met_to_the_millimetre():
    found = projected(np.radians([degrees(1, 43, 4.5177)]), np.radians([degrees(52, 39, 27.2531)]))
    assert found[0] == pytest.approx(PUBLISHED, abs=0.001)


def test_the_same_point_in_wgs_84_is_met_to_five_metres():
    found = on_the_grid(np.array([[degrees(1, 42, 57.74), degrees(52, 39, 28.72)]]))
    assert found[0] == pytest.approx(PUBLISHED, abs=5)


def test_the_true_origin_of_the_grid_lies_at_its_published_false_coordinates():
    found = projected(np.radians([-2.0]), np.radians([49.0]))
    assert found[0] == pytest.approx((400_000, -100_000), abs=1e-6)


def test_points_that_are_no_degrees_are_on_the_grid_already():
    metres = np.array([[530_000.0, 180_000.0], [0.0, 52.0]])
    assert on_the_grid(metres).tolist() == metres.tolist()
