"""The list played on: answers that follow from the flow by arithmetic, in sentences made by rule."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures.waiting import Flow, Range, Scenario, forecast

RUNS = 40


def steady(
    arrivals: int, allocated: int, waiting: int, *, workers: float | None = 4.0, weeks: int = 52, escalated: int = 0
) -> Flow:
    """A flow that is the same every week; `escalated` in its last week alone."""
    every = np.full(weeks, 1, dtype=np.int64)
    list_now = np.zeros((1, 30), dtype=np.int64)
    list_now[0, 2] = waiting
    up = np.zeros(weeks, dtype=np.int64)
    up[-1] = escalated
    return Flow(
        arrivals=arrivals * every[:, None],
        allocated=allocated * every,
        escalated=up,
        left=0 * every,
        waiting_before=100_000 * every,  # so many weeks on the list that nobody is expected to leave it
        waiting_after=waiting * every,
        list_now=list_now,
        workers=None if workers is None else np.full(weeks, workers),
    )


def test_a_list_that_loses_four_a_week_is_clear_when_it_says():
    """40 wait, 6 join a week and 8 are allocated, by 4 workers: 2 each. With 1 more worker 10 are allocated."""
    found = forecast(steady(6, 8, 40), extra=(0, 1), runs=RUNS)
    assert [each.weeks_to_clear for each in found.scenarios] == [Range(20, 20, 20), Range(10, 10, 10)]
    assert found.per_worker_week == 2
    assert found.sentences == (
        "As now, the list would be clear in 20 weeks (range 20 to 20).",
        "With 1 more full-time worker, the list would be clear in 10 weeks (range 10 to 10).",
    )
    assert [each.median for each in found.scenarios[0].by_week[:3]] == [38, 36, 34]
    assert found.scenarios[0].by_week[19] == Range(0, 0, 0)


def test_a_list_that_grows_would_not_be_clear_and_the_sentence_says_by_how_much():
    found = forecast(steady(9, 8, 40), extra=(0, 2), runs=RUNS)
    assert found.sentences == (
        "As now, the list would not be clear in 104 weeks; it grows by about 1.0 families a week (range +1.0 to +1.0).",
        "With 2 more full-time workers, the list would be clear in 14 weeks (range 14 to 14).",
    )
    assert found.scenarios[0].growth == Range(1, 1, 1)
    assert found.scenarios[0].weeks_to_clear == Range(None, None, None)


def test_the_flow_that_the_answer_rests_on_comes_with_it():
    past = replace(steady(6, 8, 40, escalated=3), workers=np.array([4.0] * 50 + [2.0, 6.0]))
    found = forecast(past, extra=(0,), runs=RUNS)
    assert (found.waiting, found.weeks, found.arrivals, found.allocated, found.capacity) == (40, 52, 6, 8, 8)
    assert (found.escalations, found.leavers, found.family_weeks) == (3, 0, 5_200_000)
    assert (found.per_worker_week, found.workers) == (2, 6)


def test_families_ask_at_the_time_of_year_at_which_they_asked_last_year():
    """Last year they asked in the weeks 6 to 20 alone: so none is to come from week 27 on, and some may in week 0."""
    arrivals = np.zeros((52, 1), dtype=np.int64)
    arrivals[6:21] = 20
    past = replace(steady(0, 1, 400), arrivals=arrivals)
    [found] = forecast(past, extra=(0,), runs=400, weeks=52).scenarios
    growth = np.diff([400, *(week.upper for week in found.by_week)])
    assert growth[0] > 5
    assert growth[13] > 5
    assert (growth[27:46] == -1).all()


def test_fewer_workers_let_the_list_grow():
    [found] = forecast(steady(8, 8, 40), extra=(-1,), runs=RUNS).scenarios
    assert found.growth.median == pytest.approx(2)
    assert found.sentence.startswith("With 1 fewer full-time worker, the list would not be clear")


def test_workers_who_come_later_clear_the_list_later():
    now, later = (forecast(steady(6, 8, 40), extra=(1,), runs=RUNS, ready_in=weeks) for weeks in (0, 4))
    assert now.scenarios[0].weeks_to_clear.median == 10  # 4 a week
    assert later.scenarios[0].weeks_to_clear.median == 12  # 2 a week for 4 weeks, then 4
    assert "from week 5 on" in " ".join(later.assumptions)


def test_where_nobody_tells_who_works_there_scenarios_are_of_allocations_a_week():
    found = forecast(steady(6, 8, 40, workers=None), extra=(0, 2), runs=RUNS)
    assert found.sentences[1] == "With 2 more allocations a week, the list would be clear in 10 weeks (range 10 to 10)."
    assert (found.per_worker_week, found.workers) == (None, None)
    assert any("do not tell who works there" in each for each in found.assumptions)


@pytest.mark.parametrize(
    ("past", "why"),
    [
        (steady(6, 8, 40, weeks=12), "The records hold 12 weeks of the waiting list; at least 13 are needed"),
        (steady(6, 8, 0), "Of those who have not stepped up, nobody waits today."),
        (steady(6, 0, 40), "Nobody was allocated in the last 52 weeks"),
        (
            replace(steady(6, 8, 40), waiting_after=np.array([0] * 49 + [40] * 3)),
            "The list was empty at the end of nearly every week",
        ),
    ],
)
def test_where_the_flow_says_too_little_the_reason_is_told_and_no_figure(past, why):
    found = forecast(past, runs=RUNS)
    assert found.why_not.startswith(why)
    assert found.sentences == (found.why_not,)
    assert (found.scenarios, found.assumptions) == ((), ())


def test_who_goes_first_waits_shorter_and_the_others_longer():
    """10 join a week, 2 of them with priority, and 10 are allocated; 30 wait: whoever goes first is served at once."""
    plain, two = steady(10, 10, 30), np.zeros((2, 30), dtype=np.int64)
    two[1] = plain.list_now[0]
    apart = replace(plain, arrivals=np.tile([2, 8], (52, 1)), list_now=two)
    [together] = forecast(plain, extra=(0,), runs=RUNS).scenarios
    [first, then] = forecast(apart, extra=(0,), runs=RUNS).scenarios[0].weeks_waited
    assert first == Range(0, 0, 0)
    assert then.median > together.weeks_waited[0].median == pytest.approx(3, abs=0.1)  # 30 before them, 10 a week


def uneven(seed: int, escalated: int = 30) -> Flow:
    """A flow with chance in it: 8 join and 8 are allocated in a week on average, and 25 or so wait."""
    draw = np.random.default_rng(seed)
    return replace(
        steady(0, 0, 25),
        arrivals=draw.poisson(8, (52, 1)),
        allocated=draw.poisson(8, 52),
        waiting_before=np.full(52, 25),
        escalated=np.full(52, escalated // 52),
        left=np.full(52, 1),
    )


def test_more_workers_never_clear_the_list_later():
    scenarios = forecast(uneven(1), extra=(-1, 0, 0.5, 1, 3), runs=60).scenarios
    shares = [each.share_clear for each in scenarios]
    middles = [each.weeks_to_clear.median or np.inf for each in scenarios]
    assert shares == sorted(shares)
    assert middles == sorted(middles, reverse=True)
    for few, many in pairwise(scenarios):
        assert all(more.median <= less.median for less, more in zip(few.by_week, many.by_week, strict=True))


@given(st.integers(0, 1000))
@settings(max_examples=8, deadline=None)
def test_ranges_lie_in_order_around_the_middle(seed):
    for each in forecast(uneven(seed), runs=30, weeks=30, seed=seed).scenarios:
        assert all(week.lower <= week.median <= week.upper for week in (*each.by_week, each.growth, each.escalated))
        assert 0 <= each.share_clear <= 1


def test_the_same_seed_gives_the_same_answer_and_another_one_nearly_the_same():
    first, again, other = (forecast(uneven(2), extra=(0,), runs=150, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.scenarios[0].by_week != other.scenarios[0].by_week
    assert first.scenarios[0].growth.median == pytest.approx(other.scenarios[0].growth.median, abs=0.5)


def test_families_escalate_at_the_pace_of_last_year_and_no_surer_than_its_number_makes_it():
    """52 escalations in a year with 1,000 on the list: 52 again, with the chance of this year's and of next year's."""
    past = replace(steady(8, 8, 1000), escalated=np.ones(52, dtype=np.int64), waiting_before=np.full(52, 1000))
    [found] = forecast(past, extra=(0,), runs=400, weeks=52).scenarios
    assert found.escalated.median == pytest.approx(52, rel=0.1)
    assert found.escalated.upper - found.escalated.lower == pytest.approx(2 * 1.645 * np.sqrt(52 + 52), rel=0.2)


def test_what_a_year_leaves_open_widens_the_range_beyond_the_chance_of_weeks():
    """In 52 weeks, chance alone moves a sum of Poisson weeks by 8 x 52 and as much again for the level: twice the variance."""
    past = replace(uneven(3), waiting_before=np.full(52, 100_000), left=np.zeros(52, dtype=np.int64))
    past.list_now[0, 2] = 5000
    [found] = forecast(past, extra=(0,), runs=400, weeks=52, seed=5).scenarios
    variance = 2 * 52 * (past.arrivals.var() + past.allocated.var())
    assert (found.growth.upper - found.growth.lower) * 52 == pytest.approx(2 * 1.645 * np.sqrt(variance), rel=0.2)


NEVER = Range(None, None, None)


def scenario(growth: tuple[float, float, float], share: float = 0.0, weeks: Range = NEVER) -> Scenario:
    return Scenario(0, "worker", (Range(0, 0, 0),) * 104, weeks, share, Range(*growth), Range(0, 0, 0), ())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (scenario((0.5, 1.2, 2.0)), "it grows by about 1.2 families a week (range +0.5 to +2.0)."),
        (scenario((-2.0, -1.2, -0.5)), "it shrinks by about 1.2 families a week (range -2.0 to -0.5)."),
        (
            scenario((-0.3, 0.2, 0.6)),
            "it neither clearly grows nor clearly shrinks (range -0.3 to +0.6 families a week).",
        ),
        (scenario((0.0, 0.0, 0.0)), "it stays about as long as it is."),
        (scenario((0.5, 1.2, 2.0), share=0.3), "not be clear in 104 weeks (it would in about 30% of runs); it grows"),
        (scenario((0, 0, 0), share=0.6, weeks=Range(8, 40, None)), "clear in 40 weeks (range 8 to more than 104)."),
        (scenario((0, 0, 0), share=1.0, weeks=Range(1, 1, 2)), "clear in 1 week (range 1 to 2)."),
    ],
)
def test_what_a_scenario_shows_is_said_by_rule(given, said):
    assert said in given.sentence


def test_assumptions_and_what_cannot_be_known_come_with_the_answer():
    found = forecast(steady(6, 8, 40), runs=RUNS)
    assert any("One more full-time worker takes on 2.00 families a week" in each for each in found.assumptions)
    assert any("Whether new workers can be found" in each for each in found.cannot_be_known)
    assert not any(";;" in each or each[-1] != "." for each in (*found.assumptions, *found.cannot_be_known))
