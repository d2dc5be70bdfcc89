"""Standardised rates on tables to check by eye, and agreement with the definition in fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.statistics.intervals import byar, rate
from earlyhelp.statistics.standardised import directly_standardised

thorough = settings(max_examples=150, deadline=None, derandomize=True)
groups = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 9000), st.integers(1, 900)), min_size=1, max_size=12)


def slow(rows, confidence=0.95):
    """The rate per person and its bounds, group by group, in fractions up to the root."""
    everyone, total = sum(weight for *_, weight in rows), sum(events for events, *_ in rows)
    value = sum((Fraction(weight * events, people) for events, people, weight in rows), Fraction(0)) / everyone
    variance = (
        sum((Fraction(weight**2 * events, people**2) for events, people, weight in rows), Fraction(0)) / everyone**2
    )
    scale = math.sqrt(variance / total)
    return [float(value), *(max(float(value) + scale * (bound - total), 0) for bound in byar(total, confidence))]


def standardised(rows, per=1.0, confidence=0.95):
    return directly_standardised(*zip(*rows, strict=True), per=per, confidence=confidence)


@thorough
@given(groups, st.sampled_from([0.8, 0.95, 0.998]))
def test_the_rate_and_its_bounds_agree_with_the_definition_in_fractions(rows, confidence):
    if any(events for events, *_ in rows):
        assert standardised(rows, confidence=confidence) == pytest.approx(slow(rows, confidence), rel=1e-9, abs=1e-12)


@thorough
@given(groups)
def test_standardised_to_itself_a_place_has_its_plain_rate_and_interval(rows):
    events, people = [row[0] for row in rows], [row[1] for row in rows]
    found = directly_standardised(events, people, people, per=1000)
    assert found.value == pytest.approx(1000 * sum(events) / sum(people))
    if sum(events):
        assert found[1:] == pytest.approx(rate(sum(events), sum(people), per=1000))


@thorough
@given(groups, st.integers(2, 50))
def test_only_the_proportions_of_the_standard_population_count(rows, times):
    larger = [(events, people, weight * times) for events, people, weight in rows]
    assert standardised(larger) == pytest.approx(standardised(rows), nan_ok=True)


@thorough
@given(groups)
def test_a_rate_lies_inside_its_interval_and_among_the_rates_of_its_groups(rows):
    found = standardised(rows)
    rates = [events / people for events, people, _ in rows]
    assert min(rates) - 1e-12 <= found.value <= max(rates) + 1e-12
    if found.value:
        assert 0 <= found.lower <= found.value < found.upper


# Tables to check by eye.


def test_the_same_rates_at_other_ages_give_the_same_figure():
    young = directly_standardised([10, 2], [1000, 100], [3, 1], per=1000)
    old = directly_standardised([1, 40], [100, 2000], [3, 1], per=1000)
    assert young.value == old.value == pytest.approx((3 * 10 + 1 * 20) / 4)


def test_a_rate_is_told_per_so_many():
    rows = [10, 2], [1000, 100], [3, 1]
    one, many = directly_standardised(*rows, per=1), directly_standardised(*rows, per=10000)
    assert many == pytest.approx([10000 * figure for figure in one])


def test_places_share_one_standard_population_and_are_answered_one_by_one():
    events, people, weights = np.array([[10, 2], [1, 40]]), np.array([[1000, 100], [100, 2000]]), [3, 1]
    together = directly_standardised(events, people, weights, per=1000)
    alone = [directly_standardised(events[i], people[i], weights, per=1000) for i in range(2)]
    np.testing.assert_array_equal(np.array(together).T, alone)
    assert [type(figure) for figure in alone[0]] == [float] * 3


def test_a_group_without_weight_is_left_out_even_when_nobody_is_in_it():
    with_it = directly_standardised([10, 2, 7], [1000, 100, 0], [3, 1, 0], per=1000)
    assert with_it == directly_standardised([10, 2], [1000, 100], [3, 1], per=1000)


def test_nobody_in_a_group_that_has_weight_is_no_rate():
    assert np.isnan(directly_standardised([10, 0], [1000, 0], [3, 1], per=1000)).all()


def test_a_missing_figure_is_no_rate():
    assert np.isnan(directly_standardised([10, None], [1000, 100], [3, 1], per=1000)).all()
    assert np.isnan(directly_standardised([10, 2], [1000, math.nan], [3, 1], per=1000)).all()


def test_no_event_is_a_rate_of_zero_without_bounds():
    found = directly_standardised([0, 0], [1000, 100], [3, 1], per=1000)
    assert found.value == 0
    assert np.isnan(found[1:]).all()


# Refusals.


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (([-1, 2], [9, 9], [1, 1]), "a count is negative or infinite"),
        (([1, 2], [9, math.inf], [1, 1]), "a population is negative or infinite"),
        (([1, 2], [9, 9], [1, -1]), "a weight is negative or infinite"),
        (([1, 2], [9, 9], [0, 0]), "the standard population is empty"),
        (([1, 2], [9, 9], [1, None]), "the weight of a group is missing"),
        (([1, 2], [9, 9], [1, 1, 1]), "the same groups"),
        (([1, 2, 3], [9, 9], [1, 1]), "the same groups"),
        ((1, 9, 1), "the same groups"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(figures, words):
    with pytest.raises(ValueError, match=words):
        directly_standardised(*figures, per=1000)


@pytest.mark.parametrize("per", [0, -1000, math.nan])
def test_a_rate_per_nobody_is_refused(per):
    with pytest.raises(ValueError, match="must be above 0"):
        directly_standardised([1], [9], [1], per=per)


def test_a_confidence_that_is_no_share_between_0_and_1_is_refused():
    with pytest.raises(ValueError, match="confidence is a share between 0 and 1"):
        directly_standardised([1], [9], [1], per=1, confidence=95)
