"""The whole clock on a council: what it says, what it leaves out, and that it never says zero where nothing is known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from earlyhelp.measures import CATALOGUE, Question, Standards, calculate
from earlyhelp.measures.waiting import Ending, Priority, waiting
from spec.dataset import Row, snapshot

AS_AT = date(2026, 3, 31)
STANDARDS = Standards(AS_AT)


def council(
    seed: int, families: int, per_day: float, *, escalates: float = 1 / 400, leaves: float = 1 / 300
) -> list[Row]:
    """Episodes of two years: each day on the list brings a worker, an escalation or leaving, at planted paces."""
    draw = np.random.default_rng(seed)
    begun = draw.integers(0, 730, families)
    place = draw.choice(["North", "South"], families)
    pace = np.where(place == "North", per_day / 2, per_day)
    ways = np.ceil(
        draw.exponential(1, (3, families)) / np.stack([pace, np.full(families, escalates), np.full(families, leaves)])
    )
    rows: list[Row] = []
    for number in range(families):
        start = AS_AT - timedelta(days=int(begun[number]))
        day, how = int(ways[:, number].min()), int(ways[:, number].argmin())
        over = start + timedelta(days=day) if start + timedelta(days=day) <= AS_AT else None
        rows.append(
            {
                "episode_id": str(number),
                "person_id": f"P{number}",
                "start_date": start,
                "allocated_date": over if how == 0 else None,
                "end_date": over if how else None,
                "end_reason_code": {1: "stepped_up", 2: "declined"}.get(how) if over else None,
                "locality": str(place[number]),
                "level": "family_help" if number % 5 == 0 else "targeted",
            }
        )
    return rows


@pytest.fixture(scope="module")
def planted():
    return snapshot({"eh_episode": council(1, 700, 1 / 30)}, checked=False)


def test_planted_paces_are_recovered_with_families_still_waiting(planted):
    """In North 1/60 a day are allocated and in South 1/30; 1/400 escalate and 1/300 leave: all paces are constant."""
    found = waiting(planted, STANDARDS, extra_workers=(0,))
    assert found.status == "ok"
    for day in (28, 56, 84):
        told = found.endings.share(Ending.ESCALATED, day)
        # Of all paces together p, the share escalated by a day is 1/400 / p (1 - exp(-p day)), half in each place.
        paces = [1 / 400 + 1 / 300 + each for each in (1 / 60, 1 / 30)]
        expected = np.mean([1 / 400 / p * (1 - np.exp(-p * day)) for p in paces])
        assert told.lower < expected < told.upper
        assert told.of == found.accepted == 700


def test_the_place_where_families_wait_longest_is_found(planted):
    found = waiting(planted, STANDARDS, extra_workers=(0,))
    [places] = [each for each in found.groups if each.grouping.name == "locality"]
    assert [each.value for each in places.groups] == ["North", "South"]
    assert places.differs
    [levels] = [each for each in found.groups if each.grouping.name == "level"]
    assert not levels.differs


def test_the_list_now_counts_waits_families_and_long_ones():
    rows = """
        episode_id | person_id | family_id | start_date | allocated_date
        1          | Ann       | Archer    | 2026-03-30 |
        2          | Ben       | Archer    | 2026-02-01 |
        3          | Cat       | Carr      | 2019-01-01 |
        4          | Dan       | Dunn      | 2026-03-01 | 2026-03-02
    """
    found = waiting(snapshot({"eh_episode": rows}, checked=False), STANDARDS)
    assert (found.now.waits, found.now.families) == (3, 2)
    assert found.now.longer_than == {28: 2, 56: 2, 84: 1}
    assert found.accepted == 3  # Carr was accepted before the two years that are told of


def test_the_list_and_those_still_on_it_after_escalating_are_the_list_that_b1_counts():
    rows = """
        episode_id | person_id | start_date | allocated_date | end_date   | end_reason_code
        1          | Ann       | 2026-03-01 |                |            |
        2          | Ben       | 2026-03-01 |                |            |
        3          | Cat       | 2026-03-01 |                | 2026-03-09 | stepped_up
        4          | Dan       | 2026-03-01 | 2026-03-09     |            |
    """
    care = "event_id | person_id | type | start_date\n1 | Ann | referral | 2026-03-05\n2 | Dan | referral | 2026-03-05"
    con = snapshot({"eh_episode": rows, "social_care_event": care}, checked=False)
    now = waiting(con, STANDARDS).now
    assert (now.waits, now.still_listed) == (1, 1)
    [listed] = calculate(con, CATALOGUE["B1"], STANDARDS, Question(first=AS_AT, last=AS_AT)).figures
    assert listed.numerator == now.families + now.still_listed


def test_without_a_column_that_tells_allocation_there_is_no_data_and_no_figure():
    rows = "episode_id | person_id | start_date | end_date\n1 | Ann | 2026-01-01 | 2026-02-01"
    found = waiting(snapshot({"eh_episode": rows}, checked=False), STANDARDS)
    assert found.status == "no_data"
    assert found.missing == ("eh_episode.allocated_date",)
    assert found.why_no_data == "Nothing fills eh_episode.allocated_date, so that nobody can tell who waits."
    assert (found.now, found.endings, found.groups, found.forecast) == (None, None, None, None)


def test_without_any_early_help_there_is_no_data():
    found = waiting(snapshot({}, checked=False), STANDARDS)
    assert (found.status, found.now) == ("no_data", None)


def test_without_a_family_accepted_in_two_years_there_is_no_data_about_waits():
    rows = "episode_id | person_id | start_date | allocated_date\n1 | Ann | 2019-01-01 | 2019-01-02"
    found = waiting(snapshot({"eh_episode": rows}, checked=False), STANDARDS)
    assert (found.status, found.endings) == ("no_data", None)
    assert found.why_no_data == "No family is recorded as accepted since 31 March 2024."


def test_a_council_with_one_family_gets_an_answer_that_claims_little():
    rows = "episode_id | person_id | start_date | allocated_date\n1 | Ann | 2026-01-01 | 2026-01-02"
    found = waiting(snapshot({"eh_episode": rows}, checked=False), STANDARDS)
    assert found.endings.served.median == (1, None, None)
    assert all(each.p is None for each in found.groups)
    assert (
        found.forecast.why_not == "The records hold 12 weeks of the waiting list; at least 13 are needed to play it on."
    )


def test_what_is_left_out_and_what_cannot_be_seen_is_a_caveat():
    rows = """
        episode_id | person_id | start_date | allocated_date | end_date   | end_reason_code
        1          | Ann       | 2026-01-01 | 2026-01-11     |            |
        2          | Ben       | 2026-01-01 |                | 2026-02-01 | outcomes_met
    """
    found = waiting(snapshot({"eh_episode": rows}, checked=False), STANDARDS)
    assert found.left_out == {"families closed with goals met and no allocation recorded": 1}
    assert any(each.startswith("No record of statutory services was given") for each in found.caveats)
    assert any("not shown to be the cause" in each for each in found.caveats)
    care = "event_id | person_id | type | start_date\n1 | Zoe | referral | 2020-01-01"
    seen = waiting(snapshot({"eh_episode": rows, "social_care_event": care}, checked=False), STANDARDS)
    assert not any(each.startswith("No record of statutory services") for each in seen.caveats)


def test_the_list_is_played_on_with_the_workers_who_hold_the_episodes(planted):
    planted.execute("DELETE FROM allocation")
    without = waiting(planted, STANDARDS, extra_workers=(1,)).forecast
    assert without.scenarios[0].unit == "allocation"
    planted.execute(
        "INSERT INTO allocation (row_id, episode_id, worker_id, from_date) "
        "SELECT row_id, episode_id, 'W' || (row_id % 5), allocated_date FROM eh_episode WHERE allocated_date IS NOT NULL"
    )
    found = waiting(planted, STANDARDS, extra_workers=(1,)).forecast
    assert (found.scenarios[0].unit, found.workers) == ("worker", 5)
    assert found.per_worker_week == pytest.approx(found.capacity / 5, rel=0.05)


def test_families_with_priority_change_who_waits_and_not_how_many(planted):
    plain = waiting(planted, STANDARDS, extra_workers=(0,)).forecast
    first = waiting(planted, STANDARDS, extra_workers=(0,), priority=Priority("level", ("family_help",))).forecast
    assert (first.waiting, first.arrivals) == (plain.waiting, plain.arrivals)
    assert any("those with priority first" in each for each in first.assumptions)


def test_the_same_seed_gives_the_same_answer(planted):
    assert waiting(planted, STANDARDS, extra_workers=(0,)) == waiting(planted, STANDARDS, extra_workers=(0,))
