"""What a certificate holds, and the figure worked out again from it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from earlyhelp.measures import CATALOGUE, Figure, Figures, Grain, Period, Question
from earlyhelp.release import Released, policy, publish
from earlyhelp.release.certify import behind, explained, question

MANIFEST = {"snapshot": "s-1", "as_at": "2026-03-31", "version": "0.1", "duckdb": "1.5"}
ASKED = Question(("organisation",), date(2025, 4, 1), None, Grain.MONTH)


def released(numerator: float = 20, team: str = "North") -> Released:
    figure = Figure(Period(date(2025, 4, 1), date(2025, 4, 30)), {"organisation": team}, numerator, 40)
    return publish(Figures(CATALOGUE["B6"], ("organisation",), [figure]), policy("dfe"))


def certified(numerator: float = 20) -> dict[str, object]:
    """What is kept of the first row, as it comes back from a file."""
    about = behind(released(numerator).rows[0], released(numerator), ASKED, MANIFEST, {"round_to": 0})
    return json.loads(json.dumps(about))


def test_a_certificate_names_measure_period_splits_policy_and_versions():
    about = certified()
    told = {
        name: about[name] for name in ("measure", "period_start", "period_end", "dims", "policy", "snapshot", "value")
    }
    assert told == {
        "measure": "B6",
        "period_start": "2025-04-01",
        "period_end": "2025-04-30",
        "dims": {"organisation": "North"},
        "policy": "dfe",
        "snapshot": "s-1",
        "value": 0.5,
    }


def test_a_certificate_tells_nothing_that_its_figure_does_not():
    about = certified(numerator=3)
    assert (about["status"], about["value"]) == ("suppressed", None)
    assert "3" not in json.dumps({name: about[name] for name in ("status", "value", "dims")})


@pytest.mark.parametrize("asked", [ASKED, Question(), Question(last=date(2025, 4, 30), grain=Grain.YEAR)])
def test_the_question_behind_a_figure_can_be_asked_again(asked):
    about = behind(released().rows[0], released(), asked, MANIFEST, {})
    assert question(json.loads(json.dumps(about))) == asked


def test_worked_out_again_a_figure_is_the_same():
    found = explained(certified(), released())
    assert found["same"] is True
    assert found["recomputed"] == {"value": 0.5, "status": "ok"}
    assert found["counts"] == "assessments"
    assert "\n" not in found["rule"]


def test_a_figure_that_has_changed_is_not_the_same():
    assert explained(certified(), released(numerator=21))["same"] is False


def test_a_figure_that_is_not_there_any_more_is_not_the_same():
    found = explained(certified(), released(team="South"))
    assert (found["same"], found["recomputed"]) == (False, None)


def test_a_figure_without_periods_is_found_again_too():
    measure = CATALOGUE["K7"]
    figures = Figures(measure, (), [Figure(None, {"source_system": "ssd", "table_name": "contact"}, 100, 100)])
    answer = publish(figures, policy("dfe"))
    about = json.loads(json.dumps(behind(answer.rows[0], answer, Question(), MANIFEST, {})))
    assert (about["period_start"], about["period_end"]) == (None, None)
    assert explained(about, answer)["same"] is True
