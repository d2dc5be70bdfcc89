"""What a disclosure policy hides, and to what it rounds."""

from __future__ import annotations

import pytest

from earlyhelp.release import POLICIES, Policy, policy
from earlyhelp.release.protect.rounding import range_of_symbol
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
        (1, 0.6, 1),
    ],
)
def test_counts_are_rounded_to_the_base_with_halves_away_from_zero(base, count, rounded):
    assert policy("none", base).rounded(count) == rounded


@pytest.mark.parametrize("name", ["dfe", "none"])
def test_a_count_that_would_be_rounded_to_zero_is_hidden_since_it_is_not_zero(name):
    assert policy(name, 20).hides(9)
    assert not policy(name, 20).hides(10)
    assert not policy(name, 20).hides(0)


TO_FIVE, TO_SEVEN = [1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6, 7]
AS_WRITTEN = {
    "dfe": (TO_FIVE, 0, "c", True),
    "nhs": (TO_SEVEN, 5, "*", False),
    "opensafely": (TO_SEVEN, 5, "[REDACTED]", False),
    "open-data": (TO_SEVEN, 5, "c", False),
    "pack": (TO_SEVEN, 5, "c", False),
    "internal": ([], 0, "c", False),
    "none": ([], 0, "c", False),
}
"""Of each policy: the counts that it hides, its base, its symbol, and whether it hides further counts."""


@pytest.mark.parametrize("name", POLICIES)
def test_each_policy_hides_and_rounds_as_its_source_says(name: str):
    hidden, base, symbol, others_too = AS_WRITTEN[name]
    found = policy(name)
    assert [count for count in range(200) if found.hides(count)] == hidden
    assert (found.round_to, found.symbol, found.hides_others_too) == (base, symbol, others_too)
    ends = (min(hidden), max(hidden)) if hidden else (0, 0)
    assert range_of_symbol(found, others_too=False) == ends, "what an outsider is told to stand behind the symbol"
    assert bool(found.mark) == (not hidden), "what hides nothing is marked, so that it is not passed on"


def test_further_counts_are_hidden_only_where_a_policy_asks_for_it_and_shows_exact_ones():
    assert not Policy("mine", 1, 5).hides_others_too
    assert Policy("mine", 1, 5, secondary=True).hides_others_too
    assert not Policy("mine", 1, 5, round_to=5, secondary=True).hides_others_too


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (3, None), (7, 7), (-3, None), (-7, -7)])
def test_a_count_is_shown_as_it_is_or_not_at_all(count, shown):
    assert policy("dfe").shown(count) == shown


def test_a_council_can_ask_for_a_coarser_base_and_not_for_a_finer_one():
    assert policy("dfe", 10).shown(17) == 20
    assert policy("nhs", 3).round_to == 5
    assert policy("nhs", 10).round_to == 10


def test_a_policy_that_there_is_not_is_refused():
    with pytest.raises(KeyError):
        policy("secret")


@pytest.mark.parametrize("each", POLICIES.values(), ids=lambda each: each.name)
def test_every_policy_has_its_own_name_and_a_source(each: Policy):
    assert POLICIES[each.name] is each
    assert each.source.endswith(".")


def test_a_council_can_choose_every_policy_in_its_settings():
    assert set(SETTINGS) == set(POLICIES)
