"""Designs over time against published regressions and R's printed output. Each test names the data and the call.

`organ_donations.csv`: shares of people registered as organ donors by state and quarter (1 is the last of 2010), of
Kessler and Roth (2014), NBER working paper 20378; California asked an active question from quarter 4 on. `castle.csv`:
the log of homicides per 100,000 by state (numbered as in the source), years 2000 to 2010, and from when a "castle
doctrine" law extended the right to kill in self-defence, of Cheng and Hoekstra (2013), Journal of Human Resources
48:821-854. Both are cut to the columns used, from the package causaldata 0.1.5 by Huntington-Klein and Barrett, under
the MIT licence.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from earlyhelp.evaluate.methods.did import two_way_fixed_effects
from earlyhelp.evaluate.methods.effect import Effect, NotEstimable
from earlyhelp.evaluate.methods.event_study import event_study
from earlyhelp.evaluate.methods.quasi_likelihood import quasi_likelihood


def table(name: str) -> dict[str, np.ndarray]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {column: np.array([row[column] for row in rows]) for column in rows[0]}


def organ_donations(**settings: int) -> Effect:
    found = table("organ_donations")
    quarter = found["quarter"].astype(int)
    exposed = (found["state"] == "California") & (quarter >= 4)
    return two_way_fixed_effects(found["rate"].astype(float), found["state"], quarter, exposed, **settings)


def castle(weighted: bool) -> Effect:
    found = table("castle")
    return two_way_fixed_effects(
        found["log_homicide"].astype(float),
        found["state"],
        found["year"].astype(int),
        found["castle"] == "1",
        weights=found["population"].astype(float) if weighted else None,
        even_if_staggered=True,
    )


def counting_every_fixed_effect(error: float, rows: int, units: int, periods: int) -> float:
    """The error as programs print it that count the fixed effects of units too, though they lie within the clusters."""
    return error * float(np.sqrt((rows - 1 - periods) / (rows - units - periods)))


def test_organ_donations_as_in_the_effect():
    """Huntington-Klein, The Effect, chapter 18: feols(Rate ~ Treated | State + Quarter) prints -0.022 (0.006)."""
    found = organ_donations(least_clusters=1)
    assert f"{found.estimate:.3f} ({found.standard_error:.3f})" == "-0.022 (0.006)"


def test_organ_donations_as_a_regression_on_dummies_prints_them():
    """OLS of statsmodels 0.15.0 on dummies of state and quarter, cov_type="cluster" by state: -0.0225 (0.0067)."""
    found = organ_donations(least_clusters=1)
    error = counting_every_fixed_effect(found.standard_error, rows=162, units=27, periods=6)
    assert f"{found.estimate:.7f} ({error:.7f})" == "-0.0224590 (0.0067208)"


def test_one_treated_state_is_not_enough_unless_one_insists():
    with pytest.raises(NotEstimable, match="1 treated and 26 compared clusters"):
        organ_donations()


def test_castle_doctrine_weighted_by_population():
    """Cheng and Hoekstra (2013): homicides about 8 per cent up. statsmodels 0.15.0, WLS on dummies, by state: as below."""
    found = castle(weighted=True)
    error = counting_every_fixed_effect(found.standard_error, rows=550, units=50, periods=11)
    assert f"{found.estimate:.7f} ({error:.7f})" == "0.0755332 (0.0348170)"


def test_castle_doctrine_unweighted():
    """OLS of statsmodels 0.15.0 on dummies of state and year, cov_type="cluster" by state."""
    found = castle(weighted=False)
    error = counting_every_fixed_effect(found.standard_error, rows=550, units=50, periods=11)
    assert f"{found.estimate:.7f} ({error:.7f})" == "0.0693984 (0.0585915)"


def test_castle_doctrine_is_refused_as_one_regression_because_its_starts_are_staggered():
    found = table("castle")
    with pytest.raises(NotEstimable, match="started at different times"):
        two_way_fixed_effects(
            found["log_homicide"].astype(float), found["state"], found["year"], found["castle"] == "1"
        )


def test_castle_doctrine_compared_with_states_never_struck_as_callaway_and_santanna_do():
    """The packages csdid 0.4.3 and differences 0.3.0, never-treated states, simple aggregation, unweighted: .0194.

    Every like state within five years is one that never had the law, so the events' effects, weighted by the states
    followed, are the simple aggregation.
    """
    found = table("castle")
    year, on = found["year"].astype(int), found["castle"] == "1"
    start = {state: min(year[(found["state"] == state) & on], default=np.nan) for state in np.unique(found["state"])}
    event = np.array([start[state] for state in found["state"]], dtype=float)
    log_homicide = found["log_homicide"].astype(float)
    study = event_study(found["state"], year, log_homicide, event, earliest=-5, latest=5, least_clusters=1)
    after = [place for place, relative in enumerate(study.relative) if relative >= 0 and study.struck[place]]
    effects = [study.effects[place].estimate for place in after]
    assert f"{np.average(effects, weights=[study.struck[place] for place in after]):.4f}" == "0.0194"


def test_counts_of_dobsons_trial_as_r_prints_them():
    """R's ?glm: counts of Dobson (1990), glm(counts ~ outcome + treatment, family = poisson())."""
    counts = np.array([18, 17, 15, 20, 10, 20, 25, 13, 12], dtype=float)
    outcome, treatment = np.tile([1, 2, 3], 3), np.repeat([1, 2, 3], 3)
    columns = np.column_stack(
        [np.ones(9), *[(outcome == level) * 1.0 for level in (2, 3)], *[(treatment == level) * 1.0 for level in (2, 3)]]
    )
    found = quasi_likelihood(counts, columns, np.zeros(9))
    errors = np.sqrt(np.diagonal(found.unscaled))
    assert [f"{value:.4f}" for value in found.coefficients[:3]] == ["3.0445", "-0.4543", "-0.2930"]
    np.testing.assert_allclose(found.coefficients[3:], 0, atol=1e-9)
    assert [f"{error:.4f}" for error in errors] == ["0.1709", "0.2022", "0.1927", "0.2000", "0.2000"]
    expected = found.expected
    assert f"{2 * np.sum(counts * np.log(counts / expected)):.4f}" == "5.1291"


def test_shares_of_bliss_s_beetles_as_r_prints_them():
    """Bliss (1935), Annals of Applied Biology 22:134-167; glm(cbind(dead, alive) ~ dose, family = binomial())."""
    dose = np.array([1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839])
    total = np.array([59, 60, 62, 56, 63, 59, 62, 60], dtype=float)
    dead = np.array([6, 13, 18, 28, 52, 53, 61, 60], dtype=float)
    found = quasi_likelihood(dead, np.column_stack([np.ones(8), dose]), np.zeros(8), total)
    errors = np.sqrt(np.diagonal(found.unscaled))
    assert [f"{value:.2f}" for value in found.coefficients] == ["-60.72", "34.27"]
    assert [f"{error:.2f}" for error in errors] == ["5.18", "2.91"]
