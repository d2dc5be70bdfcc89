"""The line: each request stands at one place; a later stage shows that the earlier ones were passed."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from earlyhelp.measures.pathway import STAGES, Kind, lines
from earlyhelp.standard import contact
from spec.dataset import snapshot

AS_AT = date(2026, 3, 31)
REQUEST = "contact_id | person_id | family_id | contact_date | decision_code\n"
EPISODE = (
    "episode_id | contact_id | person_id | family_id | start_date | allocated_date | plan_start_date | end_date | "
    "end_reason_code\n"
)
KNOWN = "event_id | person_id | type | start_date\n9 | Somebody | cin_episode | 2020-01-01"
"""That statutory records are there at all."""


def the_line(tables: dict[str, str], year: int = 2025):
    with snapshot(tables, checked=False) as con:
        return next(each for each in lines(con, AS_AT) if each.period.start.year == year)


def place_of(decision: str, episode: str = "", **more: str) -> str:
    """Where the one request of Ann of 10 April 2024 stands; every other system record says when workers were named."""
    tables = {"contact": f"{REQUEST}1 | Ann | A | 2024-04-10 | {decision}", "social_care_event": KNOWN} | more
    other = "99 | | Zoe | Z | 2020-01-01 | 2020-01-02 | | 2020-02-01 | outcomes_met"
    tables["eh_episode"] = EPISODE + other + (f"\n{episode}" if episode else "")
    at = the_line(tables, 2024).at
    [found] = [code for code, number in at.items() if number]
    return found


@pytest.mark.parametrize("decision", ["advice", "universal", "statutory", "returned", "nfa"])
def test_a_request_that_was_decided_otherwise_left_with_that_decision(decision):
    assert place_of(decision) == decision


@pytest.mark.parametrize("decision", ["not_recorded", "unmapped"])
def test_a_decision_that_nobody_can_read_is_not_recorded_and_no_decision_yet_is_still_here(decision):
    assert place_of(decision) == "no_decision"
    assert place_of("pending") == "pending"


def test_accepted_without_any_early_help_on_record_is_told_apart_from_waiting():
    assert place_of("early_help") == "no_episode"
    assert place_of("early_help", "1 | 1 | Ann | A | 2024-04-12 | | | | ") == "waiting"


@pytest.mark.parametrize(
    ("reason", "place"),
    [
        ("stepped_up", "stepped_up_waiting"),
        ("declined", "declined_waiting"),
        ("disengaged", "declined_waiting"),
        ("consent_withdrawn", "declined_waiting"),
        ("moved", "other_waiting"),
        ("not_recorded", "other_waiting"),
        ("outcomes_met", "neither"),
    ],
)
def test_who_left_before_help_began_by_the_reason_and_goals_met_shows_that_help_was_given(reason, place):
    assert place_of("early_help", f"1 | 1 | Ann | A | 2024-04-12 | | | 2024-06-01 | {reason}") == place


def test_an_open_family_stands_at_the_furthest_step_on_record():
    episode = "1 | 1 | Ann | A | 2024-04-12 | 2024-04-20 | | | "
    assessment = (
        "assessment_id | person_id | episode_id | start_date | completion_date\n1 | Ann | 1 | 2024-04-21 | 2024-05-01"
    )
    action = "action_id | episode_id | created_date\n1 | 1 | 2024-05-02"
    review = "review_id | episode_id | type | held_date\n1 | 1 | review | 2024-07-01"
    assert place_of("early_help", episode) == "helped"
    assert place_of("early_help", episode, eh_assessment=assessment) == "assessed"
    assert place_of("early_help", episode, eh_assessment=assessment, eh_plan_action=action) == "planned"
    assert place_of("early_help", episode, eh_review=review) == "reviewed"


def test_supervision_is_no_review_and_a_review_after_the_day_of_the_data_is_not_held_yet():
    episode = "1 | 1 | Ann | A | 2024-04-12 | 2024-04-20 | | | "
    supervision = "review_id | episode_id | type | held_date\n1 | 1 | supervision | 2024-07-01"
    later = "review_id | episode_id | type | held_date\n1 | 1 | review | 2026-07-01"
    assert place_of("early_help", episode, eh_review=supervision) == "helped"
    assert place_of("early_help", episode, eh_review=later) == "helped"


CLOSED = "1 | 1 | Ann | A | 2024-04-12 | 2024-04-20 | | {end} | outcomes_met"


def test_a_year_after_closing_statutory_services_come_before_early_help_again_and_both_before_neither():
    step_up = f"{KNOWN}\n1 | Ann | cin_episode | 2024-08-01"
    again = f"{CLOSED.format(end='2024-06-01')}\n2 | | Bob | A | 2025-05-01 | | | | "
    assert place_of("early_help", CLOSED.format(end="2024-06-01")) == "neither"
    assert place_of("early_help", again) == "again"
    assert place_of("early_help", again, social_care_event=step_up) == "statutory_after"


def test_the_year_after_is_365_days_and_before_it_is_over_nothing_is_told():
    assert place_of("early_help", CLOSED.format(end="2025-03-31")) == "neither"
    assert place_of("early_help", CLOSED.format(end="2025-04-01")) == "closed_lately"


def test_without_any_statutory_record_nobody_can_tell_that_nothing_happened():
    without = {"social_care_event": "event_id | person_id | type | start_date"}
    assert place_of("early_help", CLOSED.format(end="2024-06-01"), **without) == "not_known"


def test_a_system_that_never_names_a_worker_says_of_nobody_that_they_wait():
    tables = {
        "contact": f"{REQUEST}1 | Ann | A | 2025-04-10 | early_help",
        "eh_episode": f"{EPISODE}1 | 1 | Ann | A | 2025-04-12 | | | | ",
    }
    line = the_line(tables)
    assert (line.at["waiting"], line.at["helped"], line.unrecorded["helped"]) == (0, 1, 1)


def test_an_episode_that_names_no_request_is_found_by_the_person_and_the_day_of_the_request():
    tables = {
        "contact": f"{REQUEST}1 | Ann | A | 2025-04-10 | early_help\n2 | Bob | B | 2025-04-10 | early_help",
        "eh_episode": "episode_id | person_id | request_date | start_date | allocated_date\n"
        "1 | Ann | 2025-04-10 | 2025-04-12 | 2025-04-13\n2 | Bob | 2025-04-09 | 2025-04-12 | 2025-04-13",
    }
    at = the_line(tables).at
    assert (at["helped"], at["no_episode"]) == (1, 1)


LOG = "contact_id | source_system | person_id | contact_date | decision_code\n"
CASES = "episode_id | source_system | person_id | start_date | allocated_date\n"


def from_a_log(requests: str, episodes: str) -> dict[str, int]:
    """Where requests of a front door's log stand, kept apart from the case system, with days of April to June 2025."""
    tables = {"contact": LOG, "eh_episode": CASES}
    for number, each in enumerate(requests.split(", "), start=1):
        name, day, decision = each.split()
        tables["contact"] += f"{number} | front_door | {name} | 2025-{day} | {decision}\n"
    for number, each in enumerate(episodes.split(", "), start=1):
        name, day = each.split()
        tables["eh_episode"] += f"{number} | cases | {name} | 2025-{day} | 2025-{day}\n"
    line = the_line(tables)
    assert line.joined_by_person is (line.at["helped"] > 0)
    return {place: number for place, number in line.at.items() if number}


@pytest.mark.parametrize(
    ("requests", "episodes", "stand"),
    [
        ("Ann 04-10 early_help", "Ann 04-10", {"helped": 1}),
        ("Ann 04-10 early_help", "Ann 06-09", {"helped": 1}),
        ("Ann 04-10 early_help", "Ann 06-10", {"no_episode": 1}),
        ("Ann 04-10 early_help", "Ann 04-09", {"no_episode": 1}),
        ("Ann 04-10 early_help", "Bob 04-10", {"no_episode": 1}),
        ("Ann 04-10 unmapped", "Ann 04-12", {"helped": 1}),
        ("Ann 04-10 nfa", "Ann 04-12", {"nfa": 1}),
        ("Ann 04-10 nfa, Ann 04-11 early_help", "Ann 04-12", {"nfa": 1, "helped": 1}),
        ("Ann 04-10 early_help, Ann 04-11 early_help", "Ann 04-12", {"helped": 1, "no_episode": 1}),
        ("Ann 04-10 early_help, Ann 04-11 unmapped", "Ann 04-12", {"helped": 1, "no_decision": 1}),
        ("Ann 04-10 early_help, Ann 05-10 early_help", "Ann 04-12, Ann 05-12", {"helped": 2}),
    ],
)
def test_requests_that_no_episode_names_are_joined_to_the_first_that_began_within_60_days(requests, episodes, stand):
    """9 June is 60 days after 10 April. What was decided otherwise led to no early help, and an episode is of one request."""
    assert from_a_log(requests, episodes) == stand


def test_where_one_request_of_a_system_is_named_the_others_are_not_guessed_at():
    tables = {
        "contact": f"{REQUEST}1 | Ann | A | 2025-04-10 | early_help\n2 | Bob | B | 2025-04-10 | early_help",
        "eh_episode": f"{EPISODE}1 | 1 | Ann | A | 2025-04-12 | 2025-04-13 | | | \n"
        "2 | | Bob | B | 2025-04-12 | 2025-04-13 | | | ",
    }
    line = the_line(tables)
    assert (line.at["helped"], line.at["no_episode"], line.joined_by_person) == (1, 1, False)


def test_an_episode_that_names_its_request_is_of_no_other():
    tables = {
        "contact": f"{LOG}1 | cases | Ann | 2025-04-10 | early_help\n1 | front_door | Ann | 2025-04-11 | early_help",
        "eh_episode": "episode_id | contact_id | source_system | person_id | start_date | allocated_date\n"
        "1 | 1 | cases | Ann | 2025-04-12 | 2025-04-12",
    }
    line = the_line(tables)
    assert (line.at["helped"], line.at["no_episode"], line.joined_by_person) == (1, 1, False)


@pytest.mark.parametrize("seed", range(5))
def test_requests_joined_by_person_agree_with_a_slow_reading(seed):
    chance = random.Random(seed)
    decisions = ["early_help", "early_help", "unmapped", "pending", "nfa"]
    asked = [(chance.choice("ABC"), chance.randrange(150), chance.choice(decisions)) for _ in range(12)]
    began = [(chance.choice("ABC"), chance.randrange(220)) for _ in range(12)]
    day = date(2025, 4, 1).toordinal()
    requests = ", ".join(f"{who} {date.fromordinal(day + at):%m-%d} {decision}" for who, at, decision in asked)
    episodes = ", ".join(f"{who} {date.fromordinal(day + at):%m-%d}" for who, at in began)
    found = from_a_log(requests, episodes)
    assert found.get("helped", 0) == joined_slowly(asked, began)


def joined_slowly(asked: list[tuple[str, int, str]], began: list[tuple[str, int]]) -> int:
    """How many episodes are the first within 60 days after a request that was not decided otherwise."""
    first_of = [
        min(
            ((at, number) for number, (name, at) in enumerate(began) if name == who and 0 <= at - day <= 60),
            default=None,
        )
        for who, day, decision in asked
        if decision != "nfa"
    ]
    return len({each for each in first_of if each})


def test_who_went_past_a_stage_without_its_record_is_counted_there():
    tables = {
        "contact": f"{REQUEST}1 | Ann | A | 2025-04-10 | early_help\n2 | Bob | B | 2025-04-10 | unmapped",
        "eh_episode": f"{EPISODE}1 | 1 | Ann | A | 2025-04-12 | 2025-04-13 | | 2025-06-01 | outcomes_met\n"
        "2 | 2 | Bob | B | 2025-04-12 | 2025-04-13 | | | ",
        "eh_review": "review_id | episode_id | type | held_date\n1 | 2 | review | 2025-07-01",
    }
    line = the_line(tables)
    assert line.came == {
        "request": 2, "decision": 2, "accepted": 2, "helped": 2, "assessed": 2, "planned": 2, "reviewed": 2, "closed": 1,
        "year_after": 0,
    }  # fmt: skip
    assert line.unrecorded == {"decision": 1, "helped": 0, "assessed": 2, "planned": 2, "reviewed": 1}


def test_years_are_the_councils_own_the_latest_first_and_only_those_with_requests():
    rows = (
        f"{REQUEST}1 | Ann | A | 2023-03-31 | advice\n2 | Ann | A | 2023-04-01 | advice\n3 | Ann | A | 2025-09-01 | nfa"
    )
    with snapshot({"contact": rows}, checked=False) as con:
        found = [(each.period.start, each.came["request"]) for each in lines(con, AS_AT)]
        by_calendar = [each.period.start for each in lines(con, AS_AT, year_starts=1)]
    assert found == [(date(2025, 4, 1), 1), (date(2023, 4, 1), 1), (date(2022, 4, 1), 1)]
    assert by_calendar == [date(2025, 1, 1), date(2023, 1, 1)]


def test_no_request_gives_no_line():
    with snapshot({}, checked=False) as con:
        assert lines(con, AS_AT) == []


def test_every_decision_there_is_has_a_place():
    places = {place.code for stage in STAGES for place in stage.places}
    codes = contact.decision_code.code_list
    assert codes is not None
    assert set(codes.codes) - {"early_help"} <= places


def test_places_and_stages_are_named_once():
    names = [place.code for stage in STAGES for place in stage.places]
    assert len(set(names)) == len(names)
    assert {place.kind for stage in STAGES for place in stage.places} == set(Kind)


def told_slowly(people: list[dict[str, object]]) -> Counter[str]:
    """Request by request, as somebody with the files on the table would tell."""
    found: Counter[str] = Counter()
    for each in people:
        help_ = each["helped"] or each["reviewed"] or (each["end"] and each["reason"] in ("outcomes_met", "partly_met"))
        if each["episode"] is None:
            decision = str(each["decision"])
            place = {"early_help": "no_episode", "unmapped": "no_decision"}.get(decision, decision)
        elif not help_ and each["end"] is None:
            place = "waiting"
        elif not help_:
            reason = str(each["reason"])
            place = {"stepped_up": "stepped_up_waiting", "declined": "declined_waiting"}.get(reason, "other_waiting")
        elif each["end"] is None:
            place = "reviewed" if each["reviewed"] else "helped"
        else:
            place = "closed_lately" if (AS_AT - each["end"]).days < 365 else "neither"  # type: ignore[operator]
        found[place] += 1
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_line_agrees_with_a_slow_reading_of_each_file(seed):
    chance = random.Random(seed)
    people = [_somebody(chance, number) for number in range(40)]
    helped = [each for each in people if each["episode"] is not None]
    rows = {
        "contact": REQUEST
        + "\n".join(f"{p['id']} | P{p['id']} | F{p['id']} | 2024-05-01 | {p['decision']}" for p in people),
        "eh_episode": EPISODE
        + "99 | | Zoe | Z | 2020-01-01 | 2020-01-02 | | 2020-02-01 | outcomes_met\n"
        + "\n".join(
            f"{p['id']} | {p['id']} | P{p['id']} | F{p['id']} | 2024-05-03 | {'2024-05-09' if p['helped'] else ''} | | "
            f"{p['end'] or ''} | {p['reason'] if p['end'] else ''}"
            for p in helped
        ),
        "eh_review": "review_id | episode_id | type | held_date\n99 | 99 | review | 2020-01-20\n"
        + "\n".join(f"{p['id']} | {p['id']} | review | 2024-06-01" for p in helped if p["reviewed"]),
        "social_care_event": KNOWN,
    }
    line = the_line(rows, 2024)
    assert +Counter(line.at) == told_slowly(people)
    assert line.came["request"] == len(people)


def _somebody(chance: random.Random, number: int) -> dict[str, object]:
    decision = chance.choice(["advice", "nfa", "pending", "unmapped", "early_help", "early_help", "early_help"])
    has_help = decision == "early_help" and chance.random() < 0.9
    return {
        "id": number,
        "decision": decision,
        "episode": number if has_help else None,
        "helped": chance.random() < 0.6,
        "reviewed": chance.random() < 0.3,
        "end": date(2024, 8, 1) + timedelta(days=chance.randrange(500)) if chance.random() < 0.6 else None,
        "reason": chance.choice(["outcomes_met", "stepped_up", "declined", "moved"]),
    }
