"""Recording delay, readiness and gates, on rows that a person can check by eye."""

from __future__ import annotations

import pytest

from earlyhelp.check.readiness import readiness, score
from earlyhelp.check.recording_delay import recording_delay
from earlyhelp.measures import CATALOGUE, Question, Standards, calculate, gate_of
from earlyhelp.release import policy, publish, publish_counts
from spec.dataset import snapshot

DELAYS = """
    contact_id | person_id | contact_date | recorded_date | team
    1          | Ann       | 2024-01-01   | 2024-01-01    | North
    2          | Ben       | 2024-01-01   | 2024-01-03    | North
    3          | Cat       | 2024-01-01   | 2024-01-11    | South
    4          | Dan       | 2024-01-01   |               | South
"""


def test_the_delay_is_told_by_source_and_by_team_and_rests_on_the_rows_that_have_both_days():
    rows = recording_delay(snapshot({"contact": DELAYS}, checked=False))
    told = {
        each["team"]: (each["records"], each["dated"], each["median_days"], each["ninety_percent_days"])
        for each in rows
    }
    assert told == {None: (4, 3, 2, 10), "North": (2, 2, 0, 2), "South": (2, 1, 10, 10)}


def test_where_nobody_says_when_a_row_was_entered_there_is_no_delay_to_tell():
    rows = "contact_id | person_id | contact_date\n 1 | Ann | 2024-01-01"
    assert recording_delay(snapshot({"contact": rows}, checked=False)) == []


def test_a_delay_of_few_records_is_not_shown():
    rows = recording_delay(snapshot({"contact": DELAYS}, checked=False))
    shown = publish_counts(rows, policy("dfe"), counts=("records", "dated"), resting_on={"median_days": "dated"})
    assert {each["status"] for each in shown} == {"suppressed"}
    assert {each["median_days"] for each in shown} == {None}
    assert {each["ninety_percent_days"] for each in shown} == {0, 2, 10} - {0}


def test_a_count_that_may_be_shown_is_rounded_and_zero_is_shown():
    [row] = publish_counts([{"new": 12, "gone": 0}], policy("dfe", 5), counts=("new", "gone"), resting_on={})
    assert row == {"new": 10, "gone": 0, "status": "ok"}


EVENTS = """
    event_id | person_id | type        | start_date | end_date   | source_code | outcome_code | nfa
    1        | Ann       | referral    | 2024-01-01 |            | 2A          |              | false
    2        | Ben       | referral    | 2024-01-01 |            | unmapped    |              |
    3        | Ann       | cin_episode | 2024-01-01 | 2024-02-01 |             | RC9          |
    4        | Ben       | cin_episode | 2024-01-01 |            |             |              |
    5        | Cat       | cin_episode | 2024-03-01 | 2024-02-01 |             |              |
"""


def test_readiness_asks_only_of_the_records_of_which_the_return_asks():
    [census] = [each for each in readiness(snapshot({"social_care_event": EVENTS})) if each["return"] == "cin_census"]
    told = {
        (each["column"].split(".")[1], each["when"]): (each["valid"], each["records"]) for each in census["columns"]
    }
    assert told[("source_code", "type = 'referral'")] == (1, 2)
    assert told[("nfa", "type = 'referral'")] == (1, 2)
    assert told[("outcome_code", "type = 'cin_episode' AND end_date IS NOT NULL")] == (1, 2)
    assert not [each for each in census["columns"] if each["column"].startswith("person.")]


def test_a_value_that_breaks_a_rule_of_the_standard_is_not_valid():
    rows = "episode_id | person_id | request_date | start_date\n 1 | Ann | 2024-02-01 | 2024-01-01\n 2 | Ben | | 2024-01-01"
    [ssd] = [each for each in readiness(snapshot({"eh_episode": rows})) if each["return"] == "ssd_early_help"]
    [start] = [each for each in ssd["columns"] if each["column"] == "eh_episode.start_date"]
    assert (start["valid"], start["records"]) == (1, 2)


@pytest.mark.parametrize(("columns", "share"), [([], None), ([(3, 4), (0, 2)], 0.5)])
def test_the_score_is_the_share_of_all_values_asked_for(columns, share):
    assert score([{"valid": valid, "records": records} for valid, records in columns]) == share


def decided(*decisions: str) -> dict[str, list[dict[str, str]]]:
    return {
        "contact": [
            {"contact_id": str(number), "person_id": "Ann", "contact_date": "2024-01-01", "decision_code": decision}
            for number, decision in enumerate(decisions)
        ]
    }


def test_a_measure_is_shown_when_its_gate_column_is_just_full_enough():
    con = snapshot(decided("nfa", "advice", "unmapped", "unmapped"))
    assert gate_of(con, CATALOGUE["A3"])["state"] == "on"
    assert calculate(
        con, CATALOGUE["A3"], Standards(con.execute("SELECT DATE '2024-12-31'").fetchall()[0][0]), Question()
    )


def test_a_closed_gate_names_the_column_and_the_completeness_and_the_measure_says_so():
    con = snapshot(decided("nfa", "unmapped", "unmapped", "unmapped"))
    told = gate_of(con, CATALOGUE["A3"])
    assert (told["state"], told["why"]) == (
        "closed",
        "contact.decision_code is 25% complete; at least 50% is needed",
    )
    day = con.execute("SELECT DATE '2024-12-31'").fetchall()[0][0]
    released = publish(calculate(con, CATALOGUE["A3"], Standards(day), Question()), policy("none"))
    assert [str(row.status) for row in released.rows] == ["no_data"]
    assert [gate.column for gate in released.closed] == ["contact.decision_code"]


def test_a_measure_for_want_of_a_column_is_off_and_not_closed():
    told = gate_of(snapshot({}), CATALOGUE["A3"])
    assert (told["state"], told["closed_gates"]) == ("off", [])
    assert "contact.contact_date" in told["missing_columns"]
