"""What came before step-ups, in sentences: made of released figures by rule, with base rates and no word of a family."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.release import policy
from earlyhelp.release.earlier import ReleasedEarlier, nothing_earlier, publish_earlier
from earlyhelp.reports.answers import PREPARED, Setting, reply
from earlyhelp.reports.answers.earlier import CAVEATS, earlier_reply
from unit.release.test_released_earlier import AS_AT, DFE, earlier


def released(**changes: object) -> ReleasedEarlier:
    return publish_earlier(earlier(**changes), DFE)


def said(found: ReleasedEarlier) -> str:
    return " ".join(earlier_reply(found).answer)


def test_the_answer_tells_what_came_before_and_how_many_with_the_same_history_did_not_step_up():
    words = said(released())
    assert "400 families had their first step-up to a statutory service from 1 April 2022 to 31 March 2026." in words
    assert (
        "A request closed or returned was recorded before 20 of 100 step-ups and, before the same days, of 10 of 100 families "
        "like them: 2.00 times as often (95 % interval 1.58 to 2.53)." in words
    )
    assert "Of 500 families with it on a past day, 30 stepped up in the 365 days after (6 of 100" in words
    assert "and 470 did not." in words


def test_a_rule_is_told_by_its_latest_mature_year_and_its_trend():
    words = said(released())
    assert (
        "Of 100 families with a request closed, returned or answered with advice alone in the year from 1 April 2024, 22 had a "
        "step-up within 12 months (22 of 100, 95 % interval 15 to 31.1); over the years that can be followed it has changed no "
        "more than chance explains." in words
    )
    assert "1 April 2025" not in words, "that year cannot be followed yet"


def test_a_trend_beyond_chance_is_told_with_its_direction():
    years = tuple(each._replace(followed=10 + 15 * n) for n, each in enumerate(earlier().missed))
    assert "it has risen by 15 in 100 a year." in said(released(missed=years))


def test_groups_are_named_only_where_their_shrunken_interval_leaves_out_the_whole():
    assert "By locality, need shows late more often than chance explains in: South (" in said(released())
    even = tuple(each._replace(unseen=each.step_ups // 4) for each in earlier().unseen)
    assert "By locality" not in said(released(unseen=even))


def test_a_warning_names_an_area_a_count_and_what_its_past_would_give():
    assert (
        "Northwell: 30 first step-ups of families in the three months to 31 March 2026, where its own past would give 8."
        in said(released())
    )
    quiet = earlier().watched[0]._replace(q=0.4)
    assert "no ward had more step-ups or requests than its own past and chance explain." in said(
        released(watched=(quiet,))
    )
    assert "do not reach back far enough" in said(released(watched=()))


def test_where_nothing_stands_out_that_is_said():
    alike = earlier().recorded[0]._replace(like=400)
    assert "No kind of record came before step-ups more often" in said(released(recorded=(alike,)))
    few = earlier().sequences[0]._replace(came=2)
    assert "No history is shared by enough families" in said(released(sequences=(few,)))


def test_where_all_are_few_that_is_said_and_not_that_nothing_stands_out():
    rare = earlier().recorded[0]._replace(stepped=2)
    assert "too few to say what was recorded more often" in said(released(recorded=(rare,)))
    quiet = earlier().watched[0]._replace(events=2)
    assert "wards had too few step-ups and requests to say anything." in said(released(watched=(quiet,)))


def test_that_it_cannot_predict_a_family_comes_first_of_what_limits_it():
    told = earlier_reply(released())
    assert CAVEATS[0].startswith("This cannot be used to predict what becomes of a family")
    assert set(CAVEATS) < set(told.caveats)
    assert "after 14 days" in told.caveats[0]


def test_records_that_begin_late_are_named_in_the_caveats():
    late = earlier().recorded[0]._replace(since=date(2023, 1, 1))
    told = earlier_reply(released(recorded=(late,)))
    assert any("for: a request closed or returned." in each for each in told.caveats)


def test_everything_can_be_written_and_every_sentence_ends():
    told = earlier_reply(released())
    assert json.dumps([dict(row) for row in told.table], default=str)
    assert [sentence for sentence in (*told.answer, *told.caveats) if not sentence.endswith(".")] == []
    assert {row["about"] for row in told.table} == {"sequence", "recorded", "rule", "missed", "unseen", "watched"}


def test_what_is_hidden_is_in_no_sentence():
    few = tuple(each._replace(unseen=3) for each in earlier().unseen)
    assert "nothing was recorded" not in said(released(unseen=few))
    whole = publish_earlier(earlier(unseen=(earlier().unseen[0]._replace(step_ups=4, unseen=0),)), policy("dfe"))
    assert "Too few families had their first step-up" in said(whole)


@pytest.mark.parametrize("name", ["what-came-before-step-ups"])
def test_it_is_a_prepared_question_that_says_why_where_nothing_can_be_told(name: str):
    nothing = nothing_earlier(NotEstimable("No requests for support are held.", "Load them."))
    setting = Setting(AS_AT, earlier=nothing)
    told = reply(PREPARED[name], [], setting)
    assert told.answer == ("No requests for support are held. Load them.",)
    assert reply(PREPARED[name], [], replace(setting, earlier=released())).table
