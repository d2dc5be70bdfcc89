"""Cumulative incidence against what SAS and R's package cmprsk compute. Each test names the data and the call.

`cgvhd.csv`: 100 leukaemia patients after a stem cell transplant, in thousandths of a year to chronic graft versus host
disease (cause 1), relapse (2) or death (3), whichever came first; 0 is none of these when last seen. Pintilie (2006),
Competing Risks: A Practical Perspective, Wiley, data set `cgvhd`.

`cmprsk.csv`: the 100 times and causes that the test of cmprsk draws, `set.seed(2); ss <- rexp(100)` and so on, under
the random numbers of R 1.6.2, which it asks for; in ten-thousandths, rounded up.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from earlyhelp.statistics.competing_risks import AalenJohansen, aalen_johansen


def curves(name: str) -> AalenJohansen:
    with (Path(__file__).parent / name).open(encoding="utf-8") as table:
        rows = [[int(cell) for cell in row] for row in list(csv.reader(table))[1:]]
    return aalen_johansen(*np.transpose(rows))


@pytest.mark.parametrize(
    ("cause", "thousandths", "share", "lower", "upper"),
    [
        (1, 301, 0.121212, 0.066323, 0.193743),
        (1, 350, 0.272727, 0.189328, 0.362643),
        (1, 457, 0.575758, 0.472408, 0.666030),
        (1, 701, 0.777778, 0.682430, 0.847643),
        (1, 1205, 0.858586, 0.772928, 0.913699),
        (1, 2776, 0.878788, 0.791629, 0.931041),
        (2, 301, 0.030303, 0.008157, 0.078685),
        (2, 2776, 0.050505, 0.018789, 0.106152),
        (3, 282, 0.040404, 0.013196, 0.092631),
        (3, 2776, 0.050505, 0.018789, 0.106152),
    ],
)
def test_shares_and_log_log_bounds_are_those_of_proc_lifetest_of_sas_with_the_delta_variance(
    cause, thousandths, share, lower, upper
):
    """`proc lifetest outcif error=delta; time ftime*status(0) / eventcode=1 2 3;`, as the reference values of the tests
    of scikit-survival 0.24.1 have them (tests/data/cgvhd_delta.npy); Dinse and Larson (1986), Biometrika 73:379-386.
    """
    found = [figures[cause - 1] for figures in curves("cgvhd.csv").at(thousandths)]
    assert [round(figure, 6) for figure in found] == [share, lower, upper]


# `print(cuminc(ss, cc))` at 1 to 5, as tests/test.Rout.save of cmprsk has it (run on R 3.6.1): a row for each cause.
ESTIMATES = [
    [0.2352861, 0.3287068, 0.4247898, 0.4247898, 0.4247898],
    [0.2567862, 0.3931580, 0.4631781, 0.4911861, 0.4911861],
]
AALEN_VARIANCES = [
    [0.002062112, 0.002957844, 0.004170634, 0.004170634, 0.004170634],
    [0.002190305, 0.003273248, 0.004004514, 0.004369940, 0.004369940],
]


def test_shares_are_those_that_cuminc_of_cmprsk_prints():
    found = curves("cmprsk.csv").at([10000, 20000, 30000, 40000, 50000])
    np.testing.assert_allclose(found.share, ESTIMATES, atol=5e-8)


def test_the_delta_variance_is_a_little_smaller_than_the_variance_of_aalen_that_cmprsk_prints():
    """With n - 1 in place of some n, Aalen's is 1.6 % larger while 43 of 100 are at risk, and 8 to 10 % once 4 are."""
    found = curves("cmprsk.csv")
    places = np.searchsorted(found.times, [10000, 20000, 30000, 40000, 50000], side="right") - 1
    larger = np.array(AALEN_VARIANCES) / found.standard_error[:, places] ** 2
    assert np.all((larger > 1.01) & (larger < 1.11))
    assert np.all(np.diff(larger, axis=1) >= -1e-6)


def test_six_families_worked_by_hand():
    # Days 1 (cause 1), 2 (cause 2), 3 (still going), 4 (cause 1), 5 (cause 2), 6 (still going).
    # Still going after each ending: 5/6, 4/6, 4/6 x 2/3 = 4/9, 4/9 x 1/2 = 2/9.
    # Cause 1: 1/6, then 1/6 + 4/6 x 1/3 = 7/18. Cause 2: 1/6, then 1/6 + 4/9 x 1/2 = 7/18.
    found = aalen_johansen([1, 2, 3, 4, 5, 6], [1, 2, 0, 1, 2, 0])
    assert found.survival == pytest.approx([5 / 6, 4 / 6, 4 / 9, 2 / 9])
    assert found.incidence[0] == pytest.approx([1 / 6, 1 / 6, 7 / 18, 7 / 18])
    assert found.incidence[1] == pytest.approx([0, 1 / 6, 1 / 6, 7 / 18])
