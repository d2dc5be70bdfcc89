"""Pain points by rule: each points at one released figure, tells what cannot be told apart, and looks at nothing hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.reports import released
from tests.unit.reports.documents.own_figures import asked, table, written

from earlyhelp.measures import CATALOGUE
from earlyhelp.measures.pathway import STAGES, Line
from earlyhelp.measures.periods import Period
from earlyhelp.release import policy
from earlyhelp.release.pathway import ReleasedLine, publish_lines
from earlyhelp.reports.blocks import texts
from earlyhelp.reports.documents.pain_points import (
    AGAIN,
    LONGEST,
    RULES,
    SELDOM_IN_TIME,
    Candidate,
    line_told,
    not_told_apart,
    pointed_at,
    step_of,
    step_of_stage,
)

PLACES = [place.code for stage in STAGES for place in stage.places]
STEPS = [stage.code for stage in STAGES if stage.step]
NONE = ("none", "no figure to compare", "none")


def line(year: int = 2024, days: int = 364, unrecorded: dict[str, int] | None = None, **at: int) -> ReleasedLine:
    period = Period(date(year, 4, 1), date.fromordinal(date(year, 4, 1).toordinal() + days))
    counts = Line(period, dict.fromkeys(PLACES, 0) | at, dict.fromkeys(STEPS, 0) | (unrecorded or {}))
    [found] = publish_lines([counts], policy("dfe"))
    return found


def rows(*parts, **material) -> dict[str, tuple[str, ...]]:
    content = written("service-blueprint", parts=parts or (asked("A1", 200),), **material)
    return {each[0]: each[1:4] for each in table(content, "Pain points").rows}


def test_the_longest_of_the_medians_is_named_with_its_step_and_those_whose_interval_meets_its_own():
    found = rows(asked("B2", 19), asked("B7", 5), asked("B10", 20))["The longest wait"]
    assert found == (
        "A partner or a service takes its part",
        "Hand-off wait to partner or commissioned provider: 20 days (18 days to 22 days)",
        "The family waits for a worker",
    )


def test_the_lowest_share_in_time_is_named_and_one_far_from_it_is_told_apart():
    step, figure, alike = rows(asked("A6", 0.9), asked("B8", 0.2), asked("B6", 0.5))["Least often in time"]
    assert (step, alike) == ("Help goes on, and is reviewed", "none")
    assert figure.startswith("Reviews on time: 20.0%")


def test_what_is_hidden_or_has_no_figure_is_not_looked_at():
    assert rows(asked("B2", None), asked("B7", 5))["The longest wait"][0] == "The family is assessed, and a plan made"
    assert rows(asked("B2", None))["The longest wait"] == NONE
    assert rows()["Where most come again"] == NONE


def test_where_most_come_again_is_the_higher_of_the_two_shares():
    assert rows(asked("A5", 0.1), asked("G3", 0.3))["Where most come again"][0] == "Twelve months on"


GONE = {"nfa": 60, "advice": 20, "other_waiting": 30, "planned": 40, "reviewed": 10, "closed_lately": 40}


def test_the_line_tells_where_most_leave_and_the_largest_loss_after_acceptance():
    """200 asked, all decided on; 80 left there (40%), 120 accepted; 30 left waiting (25%), 90 planned; 40 not reviewed (44%)."""
    found = rows(lines=(line(**GONE),))
    decided = "The request is decided, and whoever asked is told"
    assert found["Where most requests leave"][:2] == (decided, "Decided: of 200 requests, 80 left (40%)")
    loss = ("The family is assessed, and a plan made", "Planned: of 90 requests, 40 have not come to: reviewed (44%)")
    assert found["The largest loss after acceptance"][:2] == loss


def test_where_no_early_help_is_on_record_of_those_accepted_there_is_no_loss_to_tell():
    assert rows(lines=(line(no_episode=90, nfa=30),))["The largest loss after acceptance"] == NONE
    assert rows(lines=(line(no_episode=40, helped=50),))["The largest loss after acceptance"][1] == (
        "Helped by a worker: of 50 requests, 50 have not come to: assessed (100%)"
    )


@pytest.mark.parametrize("joined", [True, False])
def test_the_blueprint_says_where_requests_were_joined_by_person_and_day(joined):
    told = replace(line(helped=50), joined_by_person=joined)
    said = list(texts(written("service-blueprint", parts=(asked("A1", 200),), lines=(told,))))
    assert any(each.startswith("No early help episode names the requests") for each in said) is joined


def test_the_worst_recorded_step_is_the_one_that_the_largest_share_went_past_without_its_record():
    found = rows(lines=(line(unrecorded={"assessed": 18, "reviewed": 20}, **GONE),))["The worst recorded step"]
    assert found[1] == "Reviewed: of 50 requests, 20 went past without a review on record (40%)"


def test_a_line_without_a_loss_points_at_nothing():
    assert rows(lines=(line(neither=50),))["Where most requests leave"] == ("none", "every figure is 0", "none")


def test_the_latest_whole_year_is_told_and_without_one_the_latest():
    begun, whole, before = line(2025, 100, nfa=9), line(2024, nfa=9), line(2023, nfa=9)
    assert line_told(released.material(lines=(begun, whole, before))) is whole
    assert line_told(released.material(lines=(begun,))) is begun
    assert line_told(released.material()) is None


def test_in_short_the_longest_wait_and_what_is_least_often_in_time_are_told():
    said = list(texts(written("service-blueprint", parts=(asked("B2", 12), asked("B8", 0.2)))))
    assert any(each.startswith("The longest wait: Wait from acceptance to allocation: 12 days") for each in said)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [((1, 3), (3, 9), True), ((1, 2), (3, 9), False), ((1, None), (30, 40), True), ((None, None), (1, 9), False)],
)
def test_two_figures_cannot_be_told_apart_where_their_intervals_meet(one, other, alike):
    chosen, beside = (Candidate("a", 2, "", *ends) for ends in (one, other))
    assert bool(not_told_apart([chosen, beside], chosen)) is alike
    assert bool(not_told_apart([chosen, beside], beside)) is alike


def test_of_two_the_same_the_first_is_pointed_at():
    first, second = Candidate("a", 2, ""), Candidate("b", 2, "")
    assert [pointed_at([first, second], highest=each) for each in (True, False)] == [first, first]
    assert pointed_at([], highest=True) is None


def test_every_rule_has_its_words_and_every_measure_of_a_rule_a_step():
    assert all(each.words.endswith(".") and "cause" not in each.words for each in RULES)
    assert [step_of(each) for each in (*LONGEST, *SELDOM_IN_TIME, *AGAIN)]
    assert len({step_of_stage(stage.code) for stage in STAGES}) == len(STAGES) - 1
    assert {str(CATALOGUE[each].statistic) for each in LONGEST} == {"median"}
    assert {str(CATALOGUE[each].statistic) for each in (*SELDOM_IN_TIME, *AGAIN)} == {"share"}
    assert {str(CATALOGUE[each].better) for each in SELDOM_IN_TIME} == {"higher"}


def test_a_released_line_that_hides_all_leaves_nothing_to_compare():
    silent = replace(line(nfa=3), stages=tuple(replace(each, came=None) for each in line(nfa=3).stages))
    assert rows(lines=(silent,))["Where most requests leave"] == NONE
