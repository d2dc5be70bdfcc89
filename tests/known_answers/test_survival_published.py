"""Survival curves against what R's package survival prints. Each test names the data and the call.

`lung.csv` holds three columns of R's `lung`: the North Central Cancer Treatment Group's trial of Loprinzi and others
(1994), Journal of Clinical Oncology 12:601-607; sex 1 is men, 2 is women. In the other tables a plus marks a time after
which the person was not followed any more.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from earlyhelp.statistics.survival import KaplanMeier, kaplan_meier

# Leukaemia, R's `aml`: Miller (1997), Survival Analysis, Wiley. Weeks from remission to relapse.
MAINTAINED = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+"
NOT_MAINTAINED = "5 5 8 8 12 16+ 23 27 30 33 43 45"

# Leukaemia: Freireich and others (1963), Blood 21:699-716. Weeks of remission.
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def curve(followed: str) -> KaplanMeier:
    times = followed.split()
    return kaplan_meier([int(time.rstrip("+")) for time in times], [not time.endswith("+") for time in times])


def lung(*sexes: str) -> KaplanMeier:
    with (Path(__file__).parent / "lung.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["sex"] in sexes]
    return kaplan_meier([int(row["days"]) for row in rows], [row["died"] == "1" for row in rows])


def assert_prints(curve: KaplanMeier, printed: str) -> None:
    """Each row of `printed` is time, n.risk, n.event, survival, std.err, lower and upper 95% CI of R's summary."""
    band = curve.band()
    columns = [curve.times, curve.at_risk, curve.events, curve.survival, curve.standard_error, *band]
    rows = [line.split() for line in printed.strip().splitlines()]
    assert len(rows) == len(curve.times)
    for row, figures in zip(rows, zip(*columns, strict=True), strict=True):
        for cell, figure in zip(row, figures, strict=True):
            decimals = len(cell.partition(".")[2])
            assert np.isnan(figure) if cell in ("NaN", "NA") else f"{figure:.{decimals}f}" == cell


def test_summary_of_survfit_of_aml_maintained():
    assert_prints(
        curve(MAINTAINED),
        """
         9     11       1    0.909  0.0867       0.7541        1.000
        13     10       1    0.818  0.1163       0.6192        1.000
        18      8       1    0.716  0.1397       0.4884        1.000
        23      7       1    0.614  0.1526       0.3769        0.999
        31      5       1    0.491  0.1642       0.2549        0.946
        34      4       1    0.368  0.1627       0.1549        0.875
        48      2       1    0.184  0.1535       0.0359        0.944
        """,
    )


def test_summary_of_survfit_of_aml_nonmaintained():
    assert_prints(
        curve(NOT_MAINTAINED),
        """
         5     12       2   0.8333  0.1076       0.6470        1.000
         8     10       2   0.6667  0.1361       0.4468        0.995
        12      8       1   0.5833  0.1423       0.3616        0.941
        23      6       1   0.4861  0.1481       0.2675        0.883
        27      5       1   0.3889  0.1470       0.1854        0.816
        30      4       1   0.2917  0.1387       0.1148        0.741
        33      3       1   0.1944  0.1219       0.0569        0.664
        43      2       1   0.0972  0.0919       0.0153        0.620
        45      1       1   0.0000     NaN           NA           NA
        """,
    )


@pytest.mark.parametrize(
    ("followed", "median", "lower", "upper"),
    [
        (MAINTAINED, 31, 18, None),
        (NOT_MAINTAINED, 23, 8, None),
        (SIX_MP, 23, 16, None),
        (PLACEBO, 8, 4, 12),
    ],
)
def test_median_of_survfit_as_r_prints_it(followed, median, lower, upper):
    assert curve(followed).median() == (median, lower, upper)


@pytest.mark.parametrize(
    ("sexes", "events", "median", "lower", "upper"),
    [("12", 165, 310, 285, 363), ("1", 112, 270, 212, 310), ("2", 53, 426, 348, 550)],
)
def test_median_of_survfit_of_lung_as_r_prints_it(sexes, events, median, lower, upper):
    patients = lung(*sexes)
    assert patients.events.sum() == events
    assert patients.median() == (median, lower, upper)


@pytest.mark.parametrize(("sex", "median", "lower", "upper"), [("1", 270, 210, 306), ("2", 426, 345, 524)])
def test_median_of_survfit_of_lung_with_conf_type_log_log_as_r_prints_it(sex, median, lower, upper):
    assert lung(sex).median(transform="log-log") == (median, lower, upper)


@pytest.mark.parametrize(("sex", "quartiles"), [("1", [144, 270, 457]), ("2", [226, 426, 687])])
def test_quartiles_of_survfit_of_lung_as_r_prints_them(sex, quartiles):
    assert [lung(sex).quantile(q).estimate for q in (0.25, 0.5, 0.75)] == quartiles


@pytest.mark.parametrize(
    ("day", "survival", "standard_error", "lower", "upper"),
    [(182, 0.708, 0.0303, 0.651, 0.770), (365, 0.409, 0.0358, 0.345, 0.486)],
)
def test_summary_of_survfit_of_lung_at_half_a_year_and_a_year(day, survival, standard_error, lower, upper):
    patients = lung("1", "2")
    last = np.flatnonzero(patients.times <= day)[-1]
    band = patients.band()
    figures = [patients.survival[last], band.lower[last], band.upper[last]]
    assert [round(figure, 3) for figure in figures] == [survival, lower, upper]
    assert round(patients.standard_error[last], 4) == standard_error


# The cases of R's own test of `quantile` for a survfit: levels above the curve, on its level stretches and under it.
LEVELS = [13 / 14, 6 / 7, 2 / 3, 0.5, 9 / 35, 0.1]


@pytest.mark.parametrize(
    ("followed", "estimates", "lower"),
    [
        ("9 1 1+ 6 6 8+ 10+", [1, 3.5, 6, 9, 9.5, None], [1, 1, 1, 6, 6, 9]),
        ("9 6 8+ 10+", [6, 6, 9, 9, None, None], [6, 6, 6, 6, 9, 9]),
        ("1 1+ 6", [1, 1, 3.5, 6, 6, 6], [1, 1, 1, 1, None, None]),
    ],
)
def test_quantiles_of_survfit_on_and_off_level_stretches_as_r_tests_them(followed, estimates, lower):
    quantiles = [curve(followed).quantile(1 - level) for level in LEVELS]
    assert [quantile.estimate for quantile in quantiles] == estimates
    assert [quantile.lower for quantile in quantiles] == lower
    assert [quantile.upper for quantile in quantiles] == [None] * 6


def test_equal_weights_of_2_leave_the_survival_of_aml_and_halve_its_variance_as_r_tests_it():
    times = (MAINTAINED + " " + NOT_MAINTAINED).split()
    days, ended = [int(time.rstrip("+")) for time in times], [not time.endswith("+") for time in times]
    once, twice = kaplan_meier(days, ended), kaplan_meier(days, ended, weights=[2] * len(days))
    np.testing.assert_allclose(twice.survival, once.survival)
    np.testing.assert_allclose(2 * twice.standard_error**2, once.standard_error**2)
