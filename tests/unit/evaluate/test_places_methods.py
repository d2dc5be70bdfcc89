"""Rates of small areas: shrunken, drawn, and the chance to be among the worst."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, nbinom

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.shared_component import shared_component
from earlyhelp.evaluate.methods.small_areas import (
    SPREAD,
    among_worst,
    clustered,
    marshall,
    marshall_local,
    nested_draws,
    rate_draws,
    year_to_year,
)

EVENTS = np.array([0.0, 3.0, 12.0, 40.0])
CHILDREN = np.array([100.0, 100.0, 200.0, 400.0])


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_events_that_come_one_by_one_vary_as_poisson_and_those_that_come_in_fours_four_times_as_much():
    assert clustered(array(1, 1, 1)) == 1
    assert clustered(array(4, 4)) == 4
    assert np.isnan(clustered(array()))


def test_how_much_areas_change_is_the_chi_squared_of_years_by_areas_for_each_degree_of_freedom():
    later, earlier = array(9, 1, 8, 0, 7, 2, 9, 3, 6, 1, 0), array(1, 7, 2, 6, 1, 9, 2, 8, 0, 7, 0)
    seen = later + earlier > 0
    slow = chi2_contingency([later[seen], earlier[seen]], correction=False)
    assert year_to_year(later, earlier) == pytest.approx(slow.statistic / slow.dof)


def test_areas_that_never_change_vary_as_poisson_and_of_few_areas_nobody_can_tell():
    assert year_to_year(np.full(12, 5.0), np.full(12, 5.0)) == 1
    assert np.isnan(year_to_year(np.full(9, 5.0), np.full(9, 5.0)))
    assert np.isnan(year_to_year(np.full(12, 5.0), np.zeros(12)))


def test_a_shrunken_rate_lies_between_the_areas_own_and_that_of_all():
    found = marshall(EVENTS, CHILDREN)
    whole, own = EVENTS.sum() / CHILDREN.sum(), EVENTS / CHILDREN
    assert found.mean == pytest.approx([whole] * 4)
    assert np.all((found.value - own) * (found.value - whole) <= 1e-15)
    assert found.value[0] > 0, "none in a year is not none for ever"


def test_areas_that_differ_by_no_more_than_chance_all_get_the_rate_of_all():
    found = marshall(array(9, 10, 11), array(100, 100, 100))
    assert found.variance == pytest.approx([0] * 3)
    assert found.value == pytest.approx([0.1] * 3)


def test_a_neighbourhood_of_everybody_is_the_whole():
    everybody = np.ones((4, 4), dtype=bool)
    assert marshall_local(EVENTS, CHILDREN, everybody).value == pytest.approx(marshall(EVENTS, CHILDREN).value)


def test_drawn_rates_have_the_means_that_slow_integration_gives():
    drawn = rate_draws(EVENTS, CHILDREN, seed=2, draws=20_000)
    assert drawn.mean(axis=0) == pytest.approx(integrated(EVENTS, CHILDREN), rel=0.02)


def integrated(events: np.ndarray, children: np.ndarray) -> np.ndarray:
    """Posterior means by brute force: every mean and spread on a fine grid, each weighted by its likelihood and prior."""
    whole = events.sum() / children.sum()
    total, weighted = 0.0, np.zeros(len(events))
    for spread in np.linspace(0.0125, 3, 120):
        for mean in whole * np.exp(np.linspace(-3, 3, 61)):
            shape = 1 / spread**2
            likely = np.prod(nbinom.pmf(events, shape, shape / (shape + mean * children)))
            weight = likely * np.exp(-0.5 * (spread / SPREAD) ** 2)
            total += weight
            weighted += weight * (shape + events) / (shape / mean + children)
    return weighted / total


def test_events_that_come_together_tell_less_so_that_rates_are_surer_without():
    single, together = (rate_draws(EVENTS, CHILDREN, seed=1, dispersion=each) for each in (1.0, 4.0))
    assert np.all(np.log(together[:, 2:]).std(axis=0) > 1.2 * np.log(single[:, 2:]).std(axis=0))


def test_the_same_seed_draws_the_same():
    assert np.array_equal(rate_draws(EVENTS, CHILDREN, seed=4), rate_draws(EVENTS, CHILDREN, seed=4))


def test_an_area_without_events_is_thought_worse_in_a_bad_ward_than_in_a_good_one():
    wards = rate_draws(array(60, 6), array(500, 500), seed=1)
    drawn = nested_draws(array(0, 30, 30, 0, 3, 3), np.full(6, 150.0), np.repeat([0, 1], 3), wards, seed=1)
    mean = drawn.mean(axis=0)
    assert mean[0] > mean[3]
    assert drawn.shape == (len(wards), 6)


@given(
    st.integers(2, 6).flatmap(lambda n: st.lists(st.permutations(range(n)), min_size=1, max_size=5)), st.integers(1, 7)
)
def test_the_chance_to_be_among_the_worst_is_how_often_an_area_is_in_the_draws(draws, worst):
    found = among_worst(np.array(draws, dtype=float), worst)
    n = len(draws[0])
    slow = [sum(sorted(each).index(each[i]) >= n - worst for each in draws) / len(draws) for i in range(n)]
    assert found == pytest.approx(slow)
    assert found.sum() == pytest.approx(min(worst, n))


@pytest.mark.parametrize(
    ("events", "children"),
    [([1.0], [10.0]), ([0.0, 0.0], [10.0, 10.0]), ([1.0, 2.0], [10.0, 0.0]), ([np.nan, 2.0], [10.0, 10.0])],
    ids=["one area", "no event", "nobody lives there", "a count that is missing"],
)
def test_what_cannot_be_compared_is_refused_in_words(events, children):
    with pytest.raises(NotEstimable) as refused:
        rate_draws(np.array(events), np.array(children), seed=1)
    assert refused.value.reason.endswith(".")
    assert refused.value.needed.endswith(".")


def drawn_council(areas: int, spreads: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """True common log rates, counts by source and children of areas made by the model itself."""
    luck = np.random.default_rng(5)
    common = luck.normal(0, 0.4, areas)
    children = luck.uniform(800, 1200, areas)
    own = np.array([luck.normal(0, each, areas) for each in spreads])
    return common, luck.poisson(0.03 * children * np.exp(common + own)).astype(float), children


def test_what_sources_have_in_common_is_found_within_its_interval():
    common, counts, children = drawn_council(150, (0.5, 0.1, 0.1, 0.1))
    drawn = shared_component(counts, children, seed=1).common
    lower, upper = np.quantile(drawn - drawn.mean(), [0.025, 0.975], axis=0)
    assert 0.90 <= np.mean((lower <= common - common.mean()) & (common - common.mean() <= upper)) <= 0.99


def test_the_source_that_goes_its_own_way_is_told_from_the_others():
    _, counts, children = drawn_council(150, (0.5, 0.1, 0.1, 0.1))
    spread = shared_component(counts, children, seed=1).own_spread.mean(axis=0)
    assert spread[0] == pytest.approx(0.5, abs=0.1)
    assert max(spread[1:]) < 0.2


def test_a_source_that_tells_of_nothing_changes_nothing_but_luck():
    common, counts, children = drawn_council(30, (0.4, 0.1, 0.1))
    silent = np.vstack([counts, np.zeros(30)])
    one, other = (shared_component(each, children, seed=1).common.mean(axis=0) for each in (counts, silent))
    assert one == pytest.approx(other, abs=0.06)
    assert np.corrcoef(one, common)[0, 1] > 0.8


def test_two_sources_cannot_tell_which_of_them_is_wrong():
    _, counts, children = drawn_council(10, (0.4, 0.1))
    with pytest.raises(NotEstimable, match="three sources"):
        shared_component(counts, children, seed=1)
