"""Shrunken rates against published output.

Data: homicides and population of the 78 counties around St Louis, 1979 to 1984, with their queen neighbours
(Messner, Anselin, Hawkins, Deane, Tolnay and Baller, 2000, An Atlas of the Spatial Patterning of County-Level Homicide;
shipped as the example `stl` of libpysal 4.14, BSD licence). Answers: the printed output in the documentation of esda 2.9
(BSD), `Empirical_Bayes` and `Spatial_Empirical_Bayes`, both after Marshall (1991).
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from earlyhelp.evaluate.methods.small_areas import marshall, marshall_local, rate_draws

GLOBAL = [2.36718950e-05, 4.54539167e-05, 4.78114019e-05, 2.76907146e-05, 6.58989323e-05, 3.66494122e-05, 5.79952721e-05,
          2.03064590e-05, 3.31152999e-05, 3.02748380e-05]  # fmt: skip
LOCAL = [4.01485749e-05, 3.62437513e-05, 4.93034844e-05, 5.09387329e-05, 3.72735210e-05, 3.69333797e-05, 5.40245456e-05,
         2.99806055e-05, 3.73034109e-05, 3.47270722e-05]  # fmt: skip


@pytest.fixture(scope="module")
def counties() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Homicides, population, and who neighbours whom."""
    with (Path(__file__).parent / "stl_homicides.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    near = np.zeros((len(rows), len(rows)), dtype=bool)
    for place, row in enumerate(rows):
        near[place, [int(each) - 1 for each in row["neighbours"].split()]] = True
    homicides, population = (np.array([float(row[name]) for row in rows]) for name in ("homicides", "population"))
    return homicides, population, near


def test_rates_shrunken_towards_the_whole_are_those_of_the_published_example(counties):
    homicides, population, _ = counties
    assert marshall(homicides, population).value[:10] == pytest.approx(GLOBAL, rel=1e-8)


def test_rates_shrunken_towards_neighbours_are_those_of_the_published_example(counties):
    assert marshall_local(*counties).value[:10] == pytest.approx(LOCAL, rel=1e-8)


def test_full_posterior_means_lie_near_the_moment_estimates_of_the_published_example(counties):
    homicides, population, _ = counties
    drawn = rate_draws(homicides, population, seed=1).mean(axis=0)
    moments = marshall(homicides, population).value
    assert np.corrcoef(drawn, moments)[0, 1] > 0.98
    assert drawn.mean() == pytest.approx(moments.mean(), rel=0.1)
