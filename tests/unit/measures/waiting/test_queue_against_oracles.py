"""The queue against queueing theory, against one family after the other in plain Python, and its laws on any input."""

from __future__ import annotations

from math import comb, exp, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures.waiting import Played, play

CERTAIN = np.zeros(1)


def far_off(expected: float, arrivals: float, capacity: int, seed: int) -> float:
    """How many standard errors the mean number waiting in a settled list lies from what is expected."""
    runs, weeks, draw = 200, 900, np.random.default_rng(seed)
    joins, free = draw.poisson(arrivals, (runs, weeks, 1)), np.full((runs, weeks), capacity)
    none = np.zeros(runs)
    played = play(np.zeros((1, 40)), joins, free, none, none, np.full((runs, weeks, 1, 2), 0.5))
    means = played.waiting[:, weeks // 3 :].mean(axis=(1, 2))
    error = means.std(ddof=1) / np.sqrt(runs)
    assert error < 0.05 * expected  # so that four errors are no wide margin
    return float((means.mean() - expected) / error)


def test_one_served_a_week_waits_as_pollaczek_and_khinchine_say():
    """M/D/1: the mean number waiting is rho^2 / (2 (1 - rho)); Kleinrock (1975), Queueing Systems I, section 5.6."""
    rho = 0.7
    assert abs(far_off(rho**2 / (2 * (1 - rho)), rho, 1, seed=1)) < 4


def mdc_waiting(arrivals: float, servers: int, most: int = 120) -> float:
    """Mean number waiting in M/D/c, from Crommelin's equations (1932) for the numbers a service time apart."""
    chance = [exp(-arrivals) * arrivals**k / factorial(k) for k in range(most)]
    after = np.zeros(most)
    after[0] = 1
    for _ in range(3000):
        before, after = after, np.convolve(after, chance)[:most]
        after = np.concatenate([[after[: servers + 1].sum()], after[servers + 1 :], np.zeros(servers)])
        if np.abs(after - before).max() < 1e-12:
            break
    return float(after @ np.arange(most))


def test_three_served_a_week_wait_as_in_the_queue_of_three_fixed_servers():
    assert mdc_waiting(0.7, 1) == pytest.approx(0.7**2 / 0.6, rel=1e-6)  # the oracle itself, against the formula
    assert abs(far_off(mdc_waiting(2.4, 3), 2.4, 3, seed=2)) < 4


def test_a_list_that_nobody_is_served_from_settles_where_as_many_leave_as_join():
    """Joining 10 a week and leaving with chance 0.2 a week: x = 0.8 x + 10, so 50; a third of leavers escalate."""
    runs, weeks = 60, 120
    draw = np.random.default_rng(3)
    joins, free = np.full((runs, weeks, 1), 10), np.zeros((runs, weeks))
    up, out = np.full(runs, 0.2 / 3), np.full(runs, 0.4 / 3)
    played = play(np.zeros((1, 30)), joins, free, up, out, draw.random((runs, weeks, 1, 2)))
    settled = played.waiting[:, 40:]
    assert settled.mean() == pytest.approx(50, rel=0.02)
    assert settled.std() ** 2 == pytest.approx(0.8 * 0.2 * 50 / (1 - 0.64), rel=0.1)  # variance of that recursion
    assert played.escalated[:, 40:].mean() == pytest.approx(10 / 3, rel=0.03)


def test_binomial_numbers_leave():
    """From 6 on the list with chance 0.25 of leaving, the shares of runs in which k leave are those of the binomial."""
    runs = 20_000
    luck = np.full((runs, 1, 1, 2), 0.5)
    luck[:, 0, 0, 0] = (np.arange(runs) + 0.5) / runs
    none, out = np.zeros(runs), np.full(runs, 0.25)
    left = play([[6]], np.zeros((runs, 1, 1)), np.zeros((runs, 1)), none, out, luck).left[:, 0, 0]
    expected = [comb(6, k) * 0.25**k * 0.75 ** (6 - k) for k in range(7)]
    assert np.bincount(left, minlength=7) / runs == pytest.approx(expected, abs=1 / runs)


def one_by_one(start, arrivals, capacity) -> tuple[list[int], list[int], list[int]]:
    """Waiting, served and weeks waited by those served, week by week: a list of families, oldest first, by class."""
    lists = [[age for age in range(len(row) - 1, -1, -1) for _ in range(row[age])] for row in start]
    oldest = len(start[0]) - 1
    waiting, served, waited = [], [], []
    for joins, free in zip(arrivals, capacity, strict=True):
        lists = [[min(age + 1, oldest) for age in each] + [0] * many for each, many in zip(lists, joins, strict=True)]
        going = [(place, age) for place, each in enumerate(lists) for age in each][:free]
        for place, age in going:
            lists[place].remove(age)
        waiting.append(sum(len(each) for each in lists))
        served.append(len(going))
        waited.append(sum(age for _, age in going))
    return waiting, served, waited


queues = st.integers(1, 2).flatmap(
    lambda classes: st.tuples(
        st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=classes, max_size=classes),
        st.lists(
            st.tuples(st.lists(st.integers(0, 5), min_size=classes, max_size=classes), st.integers(0, 9)),
            min_size=1,
            max_size=8,
        ),
    )
)


def played_once(start, weeks, up=0.0, out=0.0, luck=None) -> Played:
    arrivals, capacity = [[joins for joins, _ in weeks]], [[free for _, free in weeks]]
    luck = np.full((1, len(weeks), len(start), 2), 0.5) if luck is None else luck
    return play(start, arrivals, capacity, CERTAIN + up, CERTAIN + out, luck)


@given(queues)
@settings(max_examples=150, deadline=None)
def test_the_first_class_and_the_longest_waits_are_served_first_as_one_family_after_the_other(queue):
    start, weeks = queue
    played = played_once(start, weeks)
    waiting, served, waited = one_by_one(start, [joins for joins, _ in weeks], [free for _, free in weeks])
    assert played.waiting[0].sum(axis=1).tolist() == waiting
    assert played.served[0].sum(axis=1).tolist() == served
    assert played.weeks_waited[0].sum(axis=1).tolist() == waited


@given(queues, st.floats(0, 0.5), st.floats(0, 0.5), st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_nobody_is_lost_who_joins_waits_or_went_off_the_list_in_one_way(queue, up, out, seed):
    start, weeks = queue
    luck = np.random.default_rng(seed).random((1, len(weeks), len(start), 2))
    played = played_once(start, weeks, up, out, luck)
    joined = np.array([joins for joins, _ in weeks]).cumsum(axis=0)
    gone = (played.served + played.escalated + played.left)[0].cumsum(axis=0)
    assert (np.array(start).sum(axis=1) + joined == gone + played.waiting[0]).all()
    assert min(each.min() for each in (played.waiting, played.served, played.escalated, played.left)) >= 0
    assert (played.served[0].sum(axis=1) <= [free for _, free in weeks]).all()


@given(queues, st.floats(0, 0.5), st.floats(0, 0.5), st.integers(0, 99), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_more_capacity_never_leaves_more_waiting_nor_lets_more_escalate(queue, up, out, seed, more):
    start, weeks = queue
    luck = np.random.default_rng(seed).random((1, len(weeks), len(start), 2))
    few = played_once(start, weeks, up, out, luck)
    many = played_once(start, [(joins, free + more) for joins, free in weeks], up, out, luck)
    assert (many.waiting.sum(axis=2) <= few.waiting.sum(axis=2)).all()
    assert many.escalated.sum() <= few.escalated.sum() or len(start) > 1


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 5)), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_the_weeks_on_the_list_of_all_families_add_up_to_its_lengths_as_little_says(weeks):
    """Little (1961), on one path: the sum of list lengths is the sum of weeks waited, once everybody has been served."""
    emptied = [([joins], free) for joins, free in weeks] + [([0], 9)] * 10
    played = played_once([[0] * 40], emptied)
    assert played.waiting[0, -1, 0] == 0
    assert played.waiting.sum() == played.weeks_waited.sum()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"list_now": [[0], [0]]}, "classes"),
        ({"luck": np.zeros((1, 1, 1, 1))}, "luck"),
        ({"arrivals": [[[-1]]]}, "negative"),
        ({"capacity": [[-1]]}, "negative"),
        ({"list_now": [[-1]]}, "negative"),
        ({"chance_left": [-0.1]}, "outside 0 to 1"),
        ({"chance_escalated": [-0.1]}, "outside 0 to 1"),
        ({"chance_left": [0.8], "chance_escalated": [0.3]}, "more than 1"),
    ],
)
def test_what_cannot_be_played_is_refused(change, message):
    sound = {
        "list_now": [[2]],
        "arrivals": [[[1]]],
        "capacity": [[1]],
        "chance_escalated": [0.1],
        "chance_left": [0.1],
        "luck": np.full((1, 1, 1, 2), 0.5),
    }
    assert play(**sound).waiting.tolist() == [[[2]]]
    with pytest.raises(ValueError, match=message):
        play(**sound | change)
