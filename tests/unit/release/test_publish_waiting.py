"""The waiting list on its way out: no sentence and no row rests on few families."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from earlyhelp.measures.waiting import Comparison, Ending, GroupWait, waiting
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
        assert row["status"] == "suppressed" or not few
        assert (row["share"] is None) == (row["status"] == "suppressed" or exact.share is None)


def test_a_policy_that_hides_everything_leaves_no_figure_and_no_sentence_that_tells_one(found):
    told = publish_waiting(found, replace(DFE, highest=10_000_000))
    assert told.answer == ("There are too few families to say anything.",)
    assert told.waiting_now is None
    assert told.ahead == ()
    assert {row["share"] for row in told.endings} == {None}
    assert {row["mean_days"] for row in told.groups} <= {None}


def test_a_share_of_waits_that_nobody_could_follow_yet_is_not_mature_and_not_zero(found):
    early = found.endings.shares[0]._replace(share=None, lower=None, upper=None)
    told = publish_waiting(replace(found, endings=replace(found.endings, shares=(early,))), DFE)
    [row] = told.endings
    assert (row["share"], row["status"]) == (None, "not_mature")


def group(name: str, waits: int, ended: int, mean: float = 50.0) -> GroupWait:
    days = SimpleNamespace(mean=mean, lower=mean - 5, upper=mean + 5)
    return GroupWait(name, name.title(), waits, ended, days, None, None, None)


def compared(*groups: GroupWait) -> Comparison:
    """Groups that differ, the longest wait first."""
    return Comparison(SimpleNamespace(name="locality", words="locality"), 182, groups, 0, 0, None, 0.001)


def with_groups(found, *groups: GroupWait):
    return publish_waiting(replace(found, groups=(compared(*groups),)), DFE)


@pytest.mark.parametrize(
    ("waits", "ended", "status"), [(40, 30, "ok"), (40, 3, "suppressed"), (5, 0, "suppressed"), (40, 0, "ok")]
)
def test_a_group_of_few_waits_or_few_that_are_over_has_no_figure(found, waits, ended, status):
    [_, row] = with_groups(found, group("north", 60, 50), group("south", waits, ended)).groups
    assert (row["by"], row["group"], row["group_label"], row["within_days"]) == ("locality", "south", "South", 182)
    shown = (waits, 50.0, 45.0, 55.0) if status == "ok" else (None,) * 4
    assert (row["waits"], row["mean_days"], row["lower"], row["upper"]) == shown
    assert row["status"] == status


@pytest.mark.parametrize("few", [None, 0, 1, 2])
def test_which_group_waits_longest_is_said_where_neither_it_nor_the_shortest_is_of_few(found, few):
    groups = [group(name, 3 if few == at else 60, 40) for at, name in enumerate(("north", "west", "south"))]
    sentence = compared(*groups).sentence
    assert (sentence in with_groups(found, *groups).answer) == (few in (None, 1))


def ended_by(found, ending: Ending, events: int, share: float | None = 0.1):
    return found.endings.shares[0]._replace(ending=ending, events=events, of=100, share=share, lower=share, upper=share)


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        ([(Ending.ESCALATED, 10, 0.1), (Ending.ESCALATED, 20, 0.2)], True),
        ([(Ending.ESCALATED, 3, 0.03), (Ending.ESCALATED, 20, 0.2)], False),
        ([(Ending.ESCALATED, 3, None), (Ending.ESCALATED, 20, 0.2)], True),
        ([(Ending.ALLOCATED, 3, 0.03), (Ending.ESCALATED, 20, 0.2)], True),
    ],
    ids=["many", "few at one of the days", "few of whom nothing is told", "few of another ending"],
)
def test_how_many_escalated_while_waiting_is_said_where_at_no_day_they_are_few(found, ended, told):
    endings = replace(found.endings, shares=tuple(ended_by(found, *each) for each in ended))
    answer = publish_waiting(replace(found, endings=endings), DFE).answer
    escalated = endings.sentences[1:]
    assert escalated
    assert (set(escalated) <= set(answer)) == told


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ((97, 105, 106), (True, False, True)),
        ((97, 103, 106), (True, False, True)),
        ((101, 105, 106), (False, False, True)),
        ((106, 106, 106), (True, True, True)),
        ((90, 100, 106), (True, True, True)),
    ],
    ids=["one in the last days", "few in the last days", "few after all", "nobody between", "many between"],
)
def test_days_within_each_other_do_not_tell_of_the_few_who_came_between(found, events, told):
    days = zip((28, 56, 84), events, strict=True)
    shares = tuple(ended_by(found, Ending.ALLOCATED, many)._replace(day=day, of=119) for day, many in days)
    rows = publish_waiting(replace(found, endings=replace(found.endings, shares=shares)), DFE).endings
    assert [row["status"] == "ok" for row in rows] == list(told)


def test_a_share_and_its_bounds_do_not_undo_the_rounding_of_what_they_are_of(found):
    """97 of 119 is shown as 95 of 120."""
    share = ended_by(found, Ending.ALLOCATED, 97, 97 / 119)._replace(of=119, lower=0.7, upper=1.0)
    told = publish_waiting(replace(found, endings=replace(found.endings, shares=(share,))), policy("open-data"))
    [row] = told.endings
    assert row["share"] == 95 / 120
    assert (row["lower"], row["upper"]) == pytest.approx((0.7 - 97 / 119 + 95 / 120, 1.0 - 97 / 119 + 95 / 120))


def test_a_mean_has_tenths_of_a_day_so_that_it_is_no_sum(found):
    [_, row] = with_groups(found, group("north", 60, 50), group("south", 24, 20, mean=374 / 24)).groups
    assert (row["mean_days"], row["lower"], row["upper"]) == (15.6, 10.6, 20.6)


@pytest.mark.parametrize("part", ["endings", "forecast", "now"])
def test_without_one_of_its_parts_the_clock_tells_nothing(found, part):
    told = publish_waiting(replace(found, **{part: None}), DFE)
    assert (told.status, told.endings, told.groups, told.ahead) == ("no_data", (), (), ())


def test_without_days_of_allocation_nobody_can_tell_who_waits():
    with snapshot({"eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2026-01-01"}, AS_AT) as con:
        told = publish_waiting(waiting(con, STANDARDS), DFE)
    assert told.status == "no_data"
    assert "eh_episode.allocated_date" in told.answer[0]


@pytest.mark.parametrize(("escalations", "told"), [(20, True), (3, False), (0, True)])
def test_how_many_would_escalate_is_left_out_where_few_ever_did(found, escalations, told):
    rows = publish_waiting(replace(found, forecast=replace(found.forecast, escalations=escalations)), DFE).ahead
    assert rows
    assert {row["escalated"] is not None for row in rows} == {told}


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (3, ["Left out, and too few to say how many: families closed with no allocation recorded."]),
        (12, ["Left out: 12 families closed with no allocation recorded."]),
        (0, []),
    ],
)
def test_how_many_were_left_out_is_told_where_they_are_not_few(found, count, said):
    told = publish_waiting(replace(found, left_out={"families closed with no allocation recorded": count}), DFE)
    assert [each for each in told.caveats if each.startswith("Left out")] == said


def test_how_many_were_left_out_is_rounded_where_the_policy_rounds(found):
    told = publish_waiting(replace(found, left_out={"families without a day": 1_013}), policy("nhs"))
    assert "Left out: 1,015 families without a day." in told.caveats
