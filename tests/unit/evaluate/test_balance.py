"""Balance on tables to check by eye, and when the gate opens."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.evaluate.methods import balance
from earlyhelp.evaluate.methods.balance import (
    BalanceRow,
    balance_table,
    checked_beyond,
    effective,
    gate,
    love_plot,
    unit_weights,
)
from earlyhelp.evaluate.methods.effect import NotEstimable

thorough = settings(max_examples=100, deadline=None, derandomize=True)

TREATED = np.array([1, 1, 1, 0, 0, 0, 0], dtype=bool)
EQUAL = np.ones(7)


def one(column, weights=EQUAL, treated=TREATED, name="age"):
    return balance_table([name], np.array(column, dtype=float)[:, None], treated, np.array(weights, dtype=float))[0]


def test_austins_difference_of_a_number_worked_by_hand():
    # Treated 4, 6, 8: mean 6, variance 4. Compared 1, 3, 5, 7: mean 4, variance 20/3. 2 / sqrt((4 + 20/3) / 2) = 0.8660.
    row = one([4, 6, 8, 1, 3, 5, 7])
    assert row[1:] == pytest.approx((math.sqrt(0.75), math.sqrt(0.75), 0.6, 0.6))


def test_austins_difference_of_a_flag_worked_by_hand_without_a_variance_ratio():
    # Shares 2/3 and 1/4: 5/12 over sqrt((2/9 + 3/16) / 2) = 0.9206.
    row = one([1, 1, 0, 1, 0, 0, 0])
    assert row.before == pytest.approx((5 / 12) / math.sqrt((2 / 9 + 3 / 16) / 2))
    assert math.isnan(row.ratio_before)
    assert math.isnan(row.ratio_after)


def test_weights_move_the_difference_and_the_variance_but_not_the_unit():
    # Weights 0, 1, 1, 2 on 1, 3, 5, 7: mean 5.5, squares 6.25 + 0.25 + 2 x 2.25 = 11, over 4 - 6/4.
    row = one([4, 6, 8, 1, 3, 5, 7], [1, 1, 1, 0, 1, 1, 2])
    assert row.before == pytest.approx(math.sqrt(0.75))
    assert row.after == pytest.approx(0.5 / math.sqrt(16 / 3))
    assert row.ratio_after == pytest.approx(4 / (11 / 2.5))


@thorough
@given(st.lists(st.integers(-9, 9), min_size=7, max_size=7), st.lists(st.integers(1, 5), min_size=7, max_size=7))
def test_another_unit_of_the_column_or_of_the_weights_changes_nothing(column, weights):
    plain = one(column, weights)
    moved = one([3 * value - 50 for value in column], [weight / 7 for weight in weights])
    assert moved[1:] == pytest.approx(plain[1:], nan_ok=True, abs=1e-9)


def test_weights_that_make_the_means_equal_leave_no_difference():
    assert one([4, 6, 8, 1, 3, 5, 7], [1, 1, 1, 0, 1, 0, 3]).after == pytest.approx(0, abs=1e-12)


def test_columns_without_spread_are_alike_or_have_nothing_in_common():
    assert one([2] * 7)[1:3] == (0, 0)
    assert one([2, 2, 2, 1, 1, 1, 1])[1:3] == (math.inf, math.inf)


def test_a_value_that_is_not_known_counts_in_neither_group():
    found = one([4, 6, 8, 1, 3, 5, np.nan], [1, 1, 1, 1, 2, 3, 9])
    assert found == one([4, 6, 8, 1, 3, 5], [1, 1, 1, 1, 2, 3], TREATED[:6])
    with pytest.raises(NotEstimable, match="Nothing is known of age"):
        one([np.nan, np.nan, np.nan, 1, 3, 5, 7])


def test_a_square_of_a_value_that_is_not_known_counts_in_neither_group():
    column, weights = np.array([[4.0], [6], [8], [1], [3], [5], [np.nan]]), EQUAL
    (found,), (without,) = (checked_beyond(["age"], column[:rows], TREATED[:rows], weights[:rows]) for rows in (7, 6))
    assert found[:3] == without[:3]


def test_squares_are_found_apart_where_the_means_are_equal():
    # Means are 5 in both; the treated are 0 from it at most 1, the compared 5.
    rows = checked_beyond(["age"], np.array([[4.0], [5], [6], [0], [10], [0], [10]]), TREATED, EQUAL)
    assert [row.name for row in rows] == ["age squared"]
    assert rows[0].after < -1
    assert math.isnan(rows[0].ratio_after)


def test_products_are_found_apart_where_means_and_squares_are_equal():
    # Two flags, each held by half of both groups: together among the treated, apart among the compared.
    flags = np.array([[1.0, 1], [1, 1], [0, 0], [0, 0], [1, 0], [1, 0], [0, 1], [0, 1]])
    treated = np.arange(8) < 4
    rows = checked_beyond(["absence", "debt"], flags, treated, np.ones(8))
    assert [row.name for row in rows] == ["absence with debt"]
    assert rows[0].after == math.inf
    assert all(row.after == 0 for row in balance_table(["absence", "debt"], flags, treated, np.ones(8)))


def test_further_columns_are_looked_at_with_their_variances():
    rows = checked_beyond(
        [], np.empty((7, 0)), TREATED, EQUAL, ["before"], np.array([[4.0], [6], [8], [1], [3], [5], [7]])
    )
    assert rows == [one([4, 6, 8, 1, 3, 5, 7], name="before")]


def test_the_products_of_what_differed_most_come_first_and_are_bounded(monkeypatch):
    monkeypatch.setattr(balance, "MOST_PAIRS", 2)
    luck = np.random.default_rng(2)
    treated = np.arange(200) < 80
    columns = luck.normal(size=(200, 3)) + np.outer(treated, [0.0, 3.0, 1.0])
    names = [row.name for row in checked_beyond(["a", "b", "c"], columns, treated, np.ones(200))]
    assert names == ["a squared", "b squared", "c squared", "b with c", "a with b"]


def test_the_effective_number_worked_by_hand():
    # Weights 1, 1, 2: 16 / 6. A unit without weight is not of the sample.
    assert effective(np.array([1.0, 1, 2, 0])) == pytest.approx((16 / 6, 16 / 18))
    assert effective(np.array([5.0, 5])) == (2, 1)
    assert effective(np.zeros(3)) == (0, 0)


def test_a_love_plot_shows_the_largest_difference_before_first():
    rows = [BalanceRow(name, size, 0, 1, 1) for name, size in [("b", 0.1), ("a", -0.1), ("c", -0.5)]]
    assert [row.name for row in love_plot(rows)] == ["c", "a", "b"]


def fine(name="age", **changed):
    return BalanceRow(name, 0.5, 0.0, 1.0, 1.0)._replace(**changed)


def test_the_gate_opens_for_groups_that_are_alike():
    found = gate(
        [fine(after=0.099), fine(ratio_after=0.5), fine(ratio_after=math.nan)], [fine(ratio_after=2)], TREATED, EQUAL
    )
    assert (found.passed, found.reasons, found.worst) == (True, (), 0.099)
    assert found.by_chance == pytest.approx(math.sqrt(1 / 3 + 1 / 4))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            fine(after=0.1),
            "The groups are not alike in age: after weighting it differs by 0.10 standard deviations; less than 0.1 is asked.",
        ),
        (
            fine(after=-0.234),
            "The groups are not alike in age: after weighting it differs by 0.23 standard deviations; less than 0.1 is asked.",
        ),
        (
            fine(after=math.inf),
            "The groups are not alike in age: after weighting it differs without any overlap; less than 0.1 is asked.",
        ),
        (
            fine(ratio_after=0.4),
            "The groups are not alike in age: after weighting it varies 0.40 times as much among those offered help as among "
            "the others; 0.5 to 2 times is asked.",
        ),
        (
            fine(ratio_after=2.5),
            "The groups are not alike in age: after weighting it varies 2.50 times as much among those offered help as among "
            "the others; 0.5 to 2 times is asked.",
        ),
    ],
)
def test_the_gate_closes_and_says_why(row, said):
    found = gate([fine("sex"), row], [], TREATED, EQUAL)
    assert not found.passed
    assert found.reasons == (said,)


def test_what_was_not_balanced_on_closes_the_gate_too():
    found = gate([fine()], [fine("earlier contact", after=-0.3)], TREATED, EQUAL)
    assert found.reasons == (
        "The groups are not alike in earlier contact, which was not balanced on: after weighting it differs by "
        "0.30 standard deviations; less than 0.1 is asked.",
    )
    assert found.worst == 0.3


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("waited", "the days waited"),
        ("waited squared", "the spread of the days waited"),
        ("waited with needs", "the days waited together with needs"),
    ],
)
def test_why_the_gate_is_shut_is_said_in_the_words_of_each_column(name, read):
    found = gate([fine(name, after=0.2)], [], TREATED, EQUAL, words={"waited": "the days waited"})
    assert found.reasons[0].startswith(f"The groups are not alike in {read}: ")


def test_weights_that_rest_on_few_close_the_gate():
    found = gate([fine()], [], TREATED, np.array([1.0, 1, 1, 100, 1, 1, 1]))
    assert found.reasons == ("The weights leave 27% of the compared in effect; at least 50% is needed.",)


def test_an_allowance_for_chance_lets_groups_drawn_by_lot_pass_that_the_strict_rule_refuses():
    luck = np.random.default_rng(4)
    treated = np.arange(1000) < 200
    columns = luck.normal(size=(1000, 8))
    weights = np.ones(1000)
    beyond = checked_beyond([f"x{place}" for place in range(8)], columns, treated, weights)
    strict, allowed = gate([], beyond, treated, weights), gate([], beyond, treated, weights, allowance=3.5)
    assert not strict.passed
    assert allowed.passed
    assert allowed.by_chance == pytest.approx(math.sqrt(1 / 200 + 1 / 800))


def test_an_allowance_is_not_one_for_what_was_balanced_on():
    assert not gate([fine(after=0.2)], [], TREATED, EQUAL, allowance=100).passed


def test_weights_of_the_compared_become_weights_of_all():
    assert unit_weights(TREATED, np.array([0.1, 0.2, 0.3, 0.4])).tolist() == [1, 1, 1, 0.1, 0.2, 0.3, 0.4]


def test_a_group_without_weight_is_refused():
    with pytest.raises(NotEstimable, match="One of the two groups is empty"):
        one([1] * 7, [0, 0, 0, 1, 1, 1, 1])


def test_misuse_is_told_to_the_programmer():
    with pytest.raises(ValueError, match="weights"):
        one([1] * 7, [-1, 1, 1, 1, 1, 1, 1])
    with pytest.raises(ValueError, match="one column a name"):
        balance_table(["a", "b"], np.ones((7, 1)), TREATED, EQUAL)
