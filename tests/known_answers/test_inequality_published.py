"""Slope and relative index of inequality against a published worked example.

`deprivation_quintiles.csv` is `DSR_data` of the R package PHEindicatormethods (Office for Health Improvement and
Disparities): a directly standardised rate by quintile of deprivation, most deprived first, with its 95 % bounds.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from earlyhelp.statistics.inequality import relative_index, slope_index, standard_error_of
from earlyhelp.statistics.intervals import Interval

# As the vignette "Worked examples for phe_sii function", example 2, prints them, 2010 to 2015. Its bounds come from
# 100,000 random draws, and the package says that each may be off by 0.03 (slope) or 0.0002 (relative) on average.
SLOPES = [-14.848683, -13.528326, -11.680045, -10.544273, -10.591214, -9.042367]
SLOPE_BOUNDS = [
    (-18.94895, -10.767618),
    (-17.59739, -9.440905),
    (-15.71630, -7.668494),
    (-14.53828, -6.573173),
    (-14.50746, -6.646637),
    (-12.97108, -5.145767),
]
RELATIVE = [0.8956758, 0.9039924, 0.9159389, 0.9232984, 0.9226440, 0.9332670]
RELATIVE_BOUNDS = [
    (0.8689296, 0.9231619),
    (0.8770905, 0.9319611),
    (0.8886555, 0.9439264),
    (0.8959216, 0.9514144),
    (0.8956632, 0.9506939),
    (0.9057449, 0.9614199),
]


def quintiles() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, populations and standard errors, one row a year."""
    with (Path(__file__).parent / "deprivation_quintiles.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    columns = ("value", "population", "lower", "upper")
    value, people, lower, upper = (np.array([float(row[name]) for row in rows]).reshape(6, 5) for name in columns)
    return value, people, standard_error_of(Interval(lower, upper))


def test_slope_index_is_that_of_the_worked_examples_of_pheindicatormethods():
    np.testing.assert_allclose(slope_index(*quintiles()).value, SLOPES, atol=1e-6)


def test_relative_index_is_that_of_the_worked_examples_of_pheindicatormethods():
    np.testing.assert_allclose(relative_index(*quintiles()).value, RELATIVE, atol=1e-7)


def test_bounds_are_where_the_simulation_of_the_worked_examples_arrives_but_for_its_randomness():
    """The example draws on the logarithm of the rates, ours on the rates: next to nothing at errors of one per cent."""
    slope, relative = slope_index(*quintiles()), relative_index(*quintiles())
    np.testing.assert_allclose(np.column_stack(slope[1:]), SLOPE_BOUNDS, atol=0.05)
    np.testing.assert_allclose(np.column_stack(relative[1:]), RELATIVE_BOUNDS, atol=0.0004)


def test_an_index_worked_by_hand():
    # Four equal groups at 1/8, 3/8, 5/8, 7/8 with shares 0.4, 0.3, 0.3, 0.2: the mean is 0.3; the slope is
    # (-3/8 x 0.4 - 1/8 x 0.3 + 1/8 x 0.3 + 3/8 x 0.2) / (2 x 9/64 + 2 x 1/64) = -0.075 / 0.3125 = -0.24,
    # so the line runs from 0.42 to 0.18. With errors of 0.05: 0.05 / sqrt(0.3125) = 0.0894427.
    groups = [0.4, 0.3, 0.3, 0.2], [50, 50, 50, 50], [0.05] * 4
    slope = slope_index(*groups)
    assert slope == pytest.approx((-0.24, -0.24 - 1.959964 * 0.0894427, -0.24 + 1.959964 * 0.0894427), abs=1e-6)
    assert relative_index(*groups).value == pytest.approx(0.18 / 0.42)
