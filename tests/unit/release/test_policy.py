"""What a disclosure policy hides, and to what it rounds."""

from __future__ import annotations

import pytest

from earlyhelp.release import POLICIES, Policy, policy
from earlyhelp.store.settings import POLICIES as SETTINGS


@pytest.mark.parametrize(
    ("count", "hidden"),
    [(0, False), (1, True), (5, True), (6, False), (-1, True), (-5, True), (-6, False), (0.4, True), (5.5, True)],
)
def test_the_default_policy_hides_one_to_five_and_shows_zero(count, hidden):
    assert policy("dfe").hides(count) is hidden


@pytest.mark.parametrize("count", [0, 1, 5, -3, 0.4])
def test_the_policy_none_hides_nothing(count):
    assert not policy("none").hides(count)


@pytest.mark.parametrize(
    ("base", "count", "rounded"),
    [
        (0, 7, 7),
        (5, 7, 5),
        (5, 8, 10),
        (10, 15, 20),
        (10, 14, 10),
        (10, -15, -20),
        (3, 4, 3),
        (3, 5, 6),
        (5, 0, 0),
    ],
)
def test_counts_are_rounded_to_the_base_with_halves_away_from_zero(base, count, rounded):
    assert policy("none", base).rounded(count) == rounded


@pytest.mark.parametrize("name", ["dfe", "none"])
def test_a_count_that_would_be_rounded_to_zero_is_hidden_since_it_is_not_zero(name):
    assert policy(name, 20).hides(9)
    assert not policy(name, 20).hides(10)
    assert not policy(name, 20).hides(0)


def test_a_policy_that_there_is_not_is_refused():
    with pytest.raises(KeyError):
        policy("secret")


@pytest.mark.parametrize("each", POLICIES.values(), ids=lambda each: each.name)
def test_every_policy_has_its_own_name_and_a_source(each: Policy):
    assert POLICIES[each.name] is each
    assert each.source.endswith(".")


def test_a_council_can_choose_every_policy_in_its_settings():
    assert set(SETTINGS) == set(POLICIES)
