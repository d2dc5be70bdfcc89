"""Which of our services help most: sentences by group, each with what must be read beside it, and no ranking."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.evaluate.methods.providers import Standing
from earlyhelp.release.services import ORDER, ReleasedServices
from earlyhelp.reports.answers import PREPARED, Setting, reply
from earlyhelp.reports.answers.services import CAVEATS, tell_services

NOTE = "3 services were looked at together. The list is in the order of names, not of merit."


def row(
    name: str, group: Standing, estimate: float | None = None, cost: float | None = None, why: str = ""
) -> dict[str, object]:
    shown = (None, None) if estimate is None else (round(estimate - 0.04, 3), round(estimate + 0.04, 3))
    costs = (None, None, None) if cost is None else (cost, cost / 2, cost * 2)
    figures = {"estimate": estimate, "lower": shown[0], "upper": shown[1]}
    figures |= dict(zip(("cost_per_step_up", "cost_lower", "cost_upper"), costs, strict=True))
    return {"service_id": name[:2], "service": name, "group": str(group), "n_treated": 200, "why": why, **figures}


BETTER = row("Family Steps", Standing.BETTER, -0.09, 12_000.0)
AS_EXPECTED = row("Slow Steps", Standing.AS_EXPECTED, 0.01)
CANNOT = row("New Steps", Standing.CANNOT_TELL, why="There are fewer than 40 families offered the service.")


def told(*rows: dict[str, object]):
    setting = Setting(date(2026, 3, 31), services=ReleasedServices(rows, NOTE))
    return reply(PREPARED["which-services-help-most"], [], setting)


def test_each_group_that_has_a_service_is_a_sentence_that_names_them():
    found = told(BETTER, AS_EXPECTED, CANNOT)
    assert found.answer == (
        "Fewer first steps up to a statutory service than like families had: Family Steps.",
        "No difference shown for Slow Steps. That is no proof that there is none.",
        "Cannot be told from the records for New Steps.",
    )


def test_several_services_of_a_group_are_named_in_one_sentence():
    others = [row(name, Standing.AS_EXPECTED, 0.0) for name in ("A", "B", "C")]
    assert "No difference shown for A, B and C. That is no proof that there is none." in told(*others).answer


def test_that_none_can_be_shown_to_help_is_said_first():
    assert told(AS_EXPECTED, CANNOT).answer[0].startswith("No service can be shown to have fewer first steps up")


@pytest.mark.parametrize("group", ORDER)
def test_every_group_has_a_sentence_and_none_speaks_of_cause_or_of_the_best(group: Standing):
    sentence = told(row("Family Steps", group, 0.0)).answer[-1]
    assert "Family Steps" in sentence
    assert sentence.endswith(".")
    for word in ("caus", "prevent", "works", "best", "rank", "because"):
        assert word not in sentence


def test_figures_are_told_in_a_hundred_families_with_their_interval_and_costs_in_pounds():
    first, _, last = told(BETTER, AS_EXPECTED, CANNOT).table
    assert first["in_words"] == "-9.0 in 100 families (-13.0 to -5.0)"
    assert first["for each step-up avoided"] == "£12,000 (£6,000 to £24,000)"
    assert last["in_words"] == CANNOT["why"], "where there is no figure it says why"
    assert last["for each step-up avoided"] == ""


def test_what_must_be_read_with_it_comes_with_every_answer():
    assert told(BETTER).caveats == (NOTE, *CAVEATS)
    assert any("no proof of cause" in each for each in CAVEATS)
    assert any("no ranking" in each for each in CAVEATS)


def test_where_no_service_was_offered_the_answer_is_why_nothing_could_be_compared():
    found = tell_services([], Setting(date(2026, 3, 31), services=ReleasedServices((), "No offer is recorded.")))
    assert found.answer == ("No offer is recorded.",)
    assert found.table == ()
    assert found.caveats == CAVEATS
