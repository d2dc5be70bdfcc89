"""What to ask of councils that do better: by declared direction, beyond usual variation, and never why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from earlyhelp.compare import Pack, compared
from earlyhelp.compare.learn import BESIDE, FULLER, to_learn
from earlyhelp.economics.claims_guard import faults
from earlyhelp.measures import CATALOGUE, Estimate
from earlyhelp.measures.measure import THEMES
from earlyhelp.reports.compared import to_ask
from earlyhelp.reports.compared.questions import ASKS, NOT_WHY, NOTHING_ELSE
from earlyhelp.reports.compared.words import names_of
from earlyhelp.standard.local_standards import default_standards
from unit.compare.swapped_packs import asked, drafted, figure

HERE, ASHMERE, BARROWDALE, VALE = (f"E0900{n:04}" for n in range(1, 5))
NAMES = {HERE: "Thornbridge", ASHMERE: "Ashmere", BARROWDALE: "Barrowdale", VALE: "Vale"}


def pack(code: str, *measures, **more: object) -> Pack:
    return drafted(*measures, council=code, name=NAMES[code], **more).pack


def on_time(code: str, decided: int, *more, **about: object) -> Pack:
    return pack(code, asked("A6", figure(decided, 400)), *more, **about)


def wait(days: float, give: float = 2.0):
    return asked("B2", figure(200, 250, estimate=Estimate(days, days - give, days + give)))


def questions(own: Pack, *others: Pack):
    found = compared(own, list(others))
    return to_ask(to_learn(found), names_of(found))


def test_who_does_better_is_named_with_what_else_differs_as_a_question():
    [found] = questions(
        on_time(HERE, 300, wait(30)), on_time(ASHMERE, 390, wait(12)), on_time(BARROWDALE, 300, wait(12))
    )
    assert found.councils == (ASHMERE,)
    assert found.says == (
        "Ashmere (97.5%) lies beyond usual variation, on the side that is meant (higher is better). Here it is 75.0%."
    )
    assert found.questions == (
        "Wait from acceptance to allocation: 12 days in Ashmere, 30 days here (for half of families no more than that). "
        "Is that how cases are shared out, how many wait, or which day is recorded?",
    )


def test_intervals_that_meet_are_no_difference():
    [found] = questions(on_time(HERE, 300, wait(14, 5)), on_time(ASHMERE, 390, wait(12, 5)), on_time(VALE, 300))
    assert found.questions == (NOTHING_ELSE,)


def test_an_interval_with_an_open_end_is_never_passed():
    """Half of the families here have not been reached yet: the wait is 12 days or more, however long."""
    here, there = on_time(HERE, 300, wait(30)), on_time(ASHMERE, 390, wait(12))
    key = ("B2", "default")
    rows = tuple(replace(row, upper=None) for row in there.measures[key].rows)
    open_ended = replace(there, measures={**there.measures, key: replace(there.measures[key], rows=rows)})
    assert len(questions(here, there, on_time(VALE, 300))[0].questions) == 1
    assert questions(here, open_ended, on_time(VALE, 300))[0].questions == (NOTHING_ELSE,)


def test_where_lower_is_better_the_other_side_is_meant():
    returned = [
        pack(code, asked("A4", figure(count, 400))) for code, count in ((HERE, 100), (ASHMERE, 10), (VALE, 190))
    ]
    [found] = questions(*returned)
    assert found.councils == (ASHMERE,)
    assert "lower is better" in found.says


@pytest.mark.parametrize("measure", ["A9", "G4", "G1"])
def test_a_measure_without_a_direction_teaches_nothing(measure):
    assert CATALOGUE[measure].better in ("context", "band")
    packs = [
        pack(code, asked(measure, figure(count, 400))) for code, count in ((HERE, 100), (ASHMERE, 390), (VALE, 10))
    ]
    assert questions(*packs) == ()


def test_a_council_that_does_as_well_itself_or_has_no_figure_is_told_nothing():
    better, plain = (on_time(code, count) for code, count in ((ASHMERE, 390), (VALE, 200)))
    assert questions(on_time(HERE, 390), better, plain) == ()
    assert questions(pack(HERE, asked("A6", figure(3, 400))), better, plain) == ()


def test_what_is_counted_by_another_rule_is_asked_about_and_not_laid_beside():
    first_seen = asked("B5", figure(100, 400))
    loose = {**default_standards(), "first_contact_working_days": 20}
    better = on_time(ASHMERE, 390, asked("B5", figure(390, 400)), local=loose)
    [found] = questions(on_time(HERE, 300, first_seen), better, on_time(VALE, 300, first_seen))
    assert found.questions == (
        "Ashmere (first_contact_working_days is 20 there and 10 here) counts Acceptance to first contact by another rule, so "
        "it is not laid beside. What do they count, and since when?",
    )


@pytest.mark.parametrize(
    ("filled", "asks"), [(0.9, False), (round(0.987 - FULLER, 4), True), (0.5, True), (None, False)]
)
def test_columns_filled_by_a_tenth_more_or_less_are_asked_about(filled, asks):
    there = on_time(ASHMERE, 390)
    key = ("A6", "default")
    emptier = replace(there.measures[key], completeness={"contact.decision_date": filled})
    [found] = questions(on_time(HERE, 300), replace(there, measures={key: emptier}), on_time(VALE, 300))
    assert any("emptiest column" in each for each in found.questions) == asks


def test_every_measure_that_is_looked_at_has_its_question_and_every_theme_says_what_is():
    assert {measure for beside in BESIDE.values() for measure, _ in beside} == set(ASKS)
    assert set(BESIDE) <= set(THEMES)
    assert all(
        CATALOGUE[measure].defined_as(definition) for beside in BESIDE.values() for measure, definition in beside
    )


def test_every_question_asks_how_it_is_recorded_or_counted_too_and_none_claims_a_cause():
    words = ("record", "count", "form asks", "rings first")
    assert all(each.endswith("?") and any(word in each for word in words) for each in ASKS.values())
    assert not [fault for each in (*ASKS.values(), NOT_WHY, NOTHING_ELSE) for fault in faults(each)]
