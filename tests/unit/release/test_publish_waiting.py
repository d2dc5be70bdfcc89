"""The waiting list on its way out: no sentence and no row rests on few families."""

from __future__ import annotations

import pytest

from earlyhelp.measures.waiting import waiting
from earlyhelp.release import policy, publish_waiting
from spec.dataset import snapshot
from unit.measures.waiting.test_waiting_clock import AS_AT, STANDARDS, council

NONE = policy("none")
DFE = policy("dfe")


@pytest.fixture(scope="module")
def found():
    with snapshot({"eh_episode": council(3, 400, 0.05)}, AS_AT, checked=False) as con:
        return waiting(con, STANDARDS)


def test_whoever_may_see_every_row_gets_every_sentence(found):
    told = publish_waiting(found, NONE)
    assert set(found.endings.sentences) <= set(told.answer)
    assert set(found.forecast.sentences) <= set(told.answer)
    assert told.waiting_now == found.now.waits


def test_no_row_is_shown_that_rests_on_one_to_five_families(found):
    shares = {(each.ending.name.lower(), each.day): each for each in found.endings.shares}
    for row in publish_waiting(found, DFE).endings:
        exact = shares[row["ending"], row["day"]]
        few = 0 < exact.events < 6 or 0 < exact.of < 6
        assert (row["status"] == "suppressed") == few
        assert (row["share"] is None) == (few or exact.share is None)


def test_a_policy_that_hides_everything_leaves_no_figure_and_no_sentence_that_tells_one(found):
    from dataclasses import replace

    told = publish_waiting(found, replace(DFE, highest=10_000_000))
    assert told.answer == ("There are too few families to say anything.",)
    assert told.waiting_now is None
    assert told.ahead == ()
    assert {row["share"] for row in told.endings} == {None}
    assert {row["mean_days"] for row in told.groups} <= {None}


def test_without_days_of_allocation_nobody_can_tell_who_waits():
    with snapshot({"eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2026-01-01"}, AS_AT) as con:
        told = publish_waiting(waiting(con, STANDARDS), DFE)
    assert told.status == "no_data"
    assert "eh_episode.allocated_date" in told.answer[0]
