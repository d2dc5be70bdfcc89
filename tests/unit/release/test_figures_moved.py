"""Which certified figures a later snapshot moves: only those that are another, each asked for once and by its own days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from earlyhelp.measures import CATALOGUE, Figure, Figures, Grain, Period, Question
from earlyhelp.release import Released, policy, publish
from earlyhelp.release.certify import behind
from earlyhelp.release.moved import moved_figures

MANIFEST = {"snapshot": "s-1", "as_at": "2026-03-31", "version": "0.1", "duckdb": "1.5"}
APRIL = Period(date(2025, 4, 1), date(2025, 4, 30))
ASKED = Question(("organisation",), date(2025, 4, 1), None, Grain.MONTH)
BY_ITS_DAYS = Question(("organisation",), APRIL.start, APRIL.end)


def released(counts: Mapping[str, float], period: Period = APRIL, of: float = 400) -> Released:
    figures = [Figure(period, {"organisation": name}, count, of) for name, count in counts.items()]
    return publish(Figures(CATALOGUE["B6"], ("organisation",), figures), policy("none"))


def certified(counts: Mapping[str, float]) -> list[tuple[str, Mapping[str, Any]]]:
    told = released(counts)
    return [(f"c-{row.dims['organisation']}", behind(row, told, ASKED, MANIFEST, {})) for row in told.rows]


class Now:
    """A later snapshot: what it answers to each question, and what it was asked."""

    def __init__(self, answers: Mapping[Question, Released]) -> None:
        self.answers, self.asked = answers, list[tuple[str, Question, str]]()

    def __call__(self, measure: str, wanted: Question, definition: str) -> tuple[Released, list[str]]:
        self.asked.append((measure, wanted, definition))
        answer = self.answers[wanted]
        return answer, [f"new-{row.dims.get('organisation', '')}" for row in answer.rows]


def test_a_figure_that_is_another_now_is_told_with_both_values_and_both_certificates():
    [moved] = moved_figures(
        certified({"North": 100, "South": 200}), Now({ASKED: released({"North": 100, "South": 300})})
    )
    assert (moved["dims"], moved["old_value"], moved["new_value"]) == ({"organisation": "South"}, 0.5, 0.75)
    assert (moved["certificate"], moved["new_certificate"]) == ("c-South", "new-South")
    assert (moved["old_status"], moved["new_status"], moved["measure"]) == ("ok", "ok", "B6")


def test_figures_that_stay_as_they_were_are_not_told_and_their_question_is_asked_once():
    later = Now({ASKED: released({"North": 100, "South": 200})})
    assert moved_figures(certified({"North": 100, "South": 200}), later) == []
    assert later.asked == [("B6", ASKED, "default")]


def test_where_the_question_now_has_other_periods_the_figures_own_days_are_asked_for():
    longer = Period(APRIL.start, date(2025, 5, 31))
    later = Now({ASKED: released({"North": 100}, longer), BY_ITS_DAYS: released({"North": 150})})
    [moved] = moved_figures(certified({"North": 100}), later)
    assert (moved["new_value"], moved["new_certificate"]) == (0.375, "new-North")
    assert [wanted for _, wanted, _ in later.asked] == [ASKED, BY_ITS_DAYS]


def test_a_figure_that_is_not_there_any_more_has_no_data_and_no_certificate():
    nothing = released({"West": 100})
    [moved] = moved_figures(certified({"North": 100}), Now({ASKED: nothing, BY_ITS_DAYS: nothing}))
    assert (moved["new_value"], moved["new_status"], moved["new_certificate"]) == (None, "no_data", None)


def test_moved_figures_come_in_order_of_measure_period_and_group():
    found = moved_figures(certified({"South": 100, "North": 100}), Now({ASKED: released({"North": 20, "South": 40})}))
    assert [each["dims"]["organisation"] for each in found] == ["North", "South"]


def test_a_figure_of_no_period_is_asked_for_without_days():
    dims = {"source_system": "ssd", "table_name": "contact"}
    answers = [
        publish(Figures(CATALOGUE["K7"], (), [Figure(None, dims, count, 100)]), policy("dfe")) for count in (100, 90)
    ]
    about = behind(answers[0].rows[0], answers[0], Question(), MANIFEST, {})
    [moved] = moved_figures([("c-1", about)], lambda *_: (answers[1], ["c-2"]))
    assert (moved["old_value"], moved["new_value"], moved["period_start"]) == (0, -10, None)
