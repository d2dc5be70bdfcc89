"""What an outsider knows of one count: rounded, behind a symbol, or behind a rate."""

from __future__ import annotations

import math

import pytest

from earlyhelp.release import policy
from earlyhelp.release.protect.rates import Bounds, denominators, fractions, numerators
from earlyhelp.release.protect.rounding import range_of_shown, range_of_symbol


@pytest.mark.parametrize(
    ("name", "base", "shown", "expected"),
    [
        ("dfe", 0, 12, (12, 12)),
        ("nhs", 0, 10, (8, 12)),
        ("nhs", 0, 0, (0, 0)),
        ("nhs", 0, 25, (23, 27)),
        ("dfe", 5, 5, (6, 7)),
        ("none", 10, 20, (15, 24)),
    ],
)
def test_a_shown_count_is_one_of_those_that_the_policy_shows_so(name, base, shown, expected):
    assert range_of_shown(shown, policy(name, base)) == expected


@pytest.mark.parametrize("shown", [5, 7])
def test_a_count_that_the_policy_never_shows_is_refused(shown):
    with pytest.raises(ValueError, match="never shows"):
        range_of_shown(shown, policy("nhs"))


def test_every_count_lies_in_the_range_of_what_is_shown_of_it():
    for name in ("nhs", "opensafely", "open-data", "pack"):
        rule = policy(name)
        for count in range(200):
            if not rule.hides(count):
                least, most = range_of_shown(rule.rounded(count), rule)
                assert least <= count <= most


@pytest.mark.parametrize(
    ("others", "zeros", "expected"),
    [(True, False, (1, math.inf)), (True, True, (0, math.inf)), (False, False, (1, 5)), (False, True, (0, 5))],
)
def test_a_symbol_tells_least_where_other_counts_and_zeros_are_hidden_too(others, zeros, expected):
    assert range_of_symbol(policy("dfe"), others_too=others, zeros_too=zeros) == expected


def test_a_coarse_base_hides_more_than_the_policy_says():
    assert range_of_symbol(policy("dfe", 20), others_too=False) == (1, 9)


def test_a_percentage_to_one_decimal_gives_a_small_numerator_away():
    assert numerators(6.7, 1, 45) == Bounds(3, 3)
    assert numerators(7, 0, 45) == Bounds(3, 3)
    assert numerators(7, 0, 400) == Bounds(26, 30)


def test_a_rate_that_no_count_gives_leaves_none():
    found = numerators(6.1, 1, 45)
    assert found.lower > found.upper


def test_a_percentage_and_its_numerator_give_the_denominator():
    assert denominators(6.7, 1, 3) == Bounds(45, 45)
    assert denominators(0.0, 1, 3) is None


def test_a_percentage_narrows_two_hidden_counts():
    found = fractions(33.3, 1, Bounds(1, 5), Bounds(6, 12))
    assert found == (Bounds(2, 4), Bounds(6, 12))
    assert fractions(16.7, 1, Bounds(1, 5), Bounds(6, 10)) == (Bounds(1, 1), Bounds(6, 6))
    assert fractions(6.1, 1, Bounds(1, 5), Bounds(6, 12)) is None


def test_every_fraction_lies_in_what_its_percentage_tells():
    for below in range(1, 60):
        for above in range(below + 1):
            shown = round(100 * above / below, 1)
            least, most = numerators(shown, 1, below)
            assert least <= above <= most
