"""What an outsider knows of one count: rounded, behind a symbol, or behind a rate."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from earlyhelp.release import Policy, policy
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
    for base in range(60):
        rule = policy("none", base)
        hidden = [count for count in range(1, 100) if rule.hides(count)]
        assert range_of_symbol(rule, others_too=False) == (0, max(hidden, default=0))


def test_where_ones_are_shown_whatever_is_hidden_is_more_than_one():
    assert range_of_symbol(Policy("two to five", 2, 5), others_too=True) == (2, math.inf)
    assert range_of_symbol(Policy("two to five", 2, 5), others_too=False) == (2, 5)


def test_a_policy_that_hides_ones_alone_tells_that_a_hidden_count_is_one():
    assert range_of_symbol(Policy("ones", 1, 1), others_too=False) == (1, 1)


def test_a_policy_that_hides_nothing_has_no_count_behind_its_symbol():
    assert range_of_symbol(policy("none"), others_too=False) == (0, 0)


def gives(above: int, below: int, shown: float, decimals: int, per: int) -> bool:
    """Whether a fraction may be shown so, in exact arithmetic; a half may have been rounded either way."""
    step = Fraction(1, 10**decimals)
    return abs(Fraction(above, below) * per - Fraction(str(shown))) <= step / 2


SHOWN = [(33.333, 3, 100), (6.7, 1, 100), (50, 0, 100), (0.1, 1, 100), (12.5, 1, 1000), (7.05, 2, 10_000)]


@pytest.mark.parametrize(("shown", "decimals", "per"), SHOWN)
def test_the_numerators_of_a_rate_are_those_that_exact_arithmetic_finds(shown, decimals, per):
    for below in range(1, 3_000, 7):
        least, most = numerators(shown, decimals, below, per)
        nearest = round(Fraction(str(shown)) * below / per)
        for above in {nearest, least - 1, least, most, most + 1}:
            assert (least <= above <= most) == (above >= 0 and gives(above, below, shown, decimals, per)), (
                above,
                below,
            )


@pytest.mark.parametrize(("shown", "decimals", "per"), [each for each in SHOWN if each[0] > 1])
def test_the_denominators_of_a_rate_are_those_that_exact_arithmetic_finds(shown, decimals, per):
    for above in range(1, 300):
        least, most = denominators(shown, decimals, above, per)
        nearest = round(above * per / Fraction(str(shown)))
        for below in {nearest, least - 1, least, most, most + 1} - {0}:
            assert (least <= below <= most) == gives(above, below, shown, decimals, per), (above, below)


def test_a_percentage_unless_said_otherwise_is_one_for_each_hundred():
    assert denominators(50, 0, 10) == Bounds(20, 20)
    assert denominators(0.5, 0, 10) is None, "a half may be a nought rounded up, and of any number"
    assert denominators(0.6, 0, 1) is not None


def test_two_hidden_counts_are_narrowed_to_the_pairs_that_give_the_percentage():
    """Against every pair there is: a numerator of 1 to 5 over 1 to 12, shown to whole per cent."""
    for shown in range(101):
        pairs = [
            (up, down) for down in range(1, 13) for up in range(1, 6) if up <= down and gives(up, down, shown, 0, 100)
        ]
        found = fractions(shown, 0, Bounds(1, 5), Bounds(0, 12))
        if not pairs:
            assert found is None
            continue
        above, below = ([pair[place] for pair in pairs] for place in (0, 1))
        assert found == (Bounds(min(above), max(above)), Bounds(min(below), max(below)))


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
