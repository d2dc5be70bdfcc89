"""Prepared questions: each rests on measures there are, and says by rule what its figures allow, and no more."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from earlyhelp.measures import CATALOGUE, Figure, Figures, Grain, Period, calculate, splits_of
from earlyhelp.measures.periods import periods
from earlyhelp.release import policy, publish
from earlyhelp.reports.answers import PREPARED, Part, PreparedQuestion, Setting, Wanted, reply
from earlyhelp.reports.answers.ranking import beside_the_whole
from spec.dataset import snapshot
from unit.measures.council import TABLES
from unit.measures.test_catalogue import STANDARDS

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
SETTING = Setting(date(2026, 3, 31))
each_question = pytest.mark.parametrize("question", PREPARED.values(), ids=lambda each: each.id)


def part(counts: dict[str, tuple[int, int]] | tuple[int, int], name: str = "dfe") -> Part:
    """What A5 answered by source, or in all."""
    cells = counts.items() if isinstance(counts, dict) else [("", counts)]
    figures = [Figure(YEAR, {"source_code": code} if code else {}, *of) for code, of in cells]
    by = ("source_code",) if isinstance(counts, dict) else ()
    released = publish(Figures(CATALOGUE["A5"], by, figures), policy(name))
    return Part(released, [f"C{number}" for number in range(len(figures))])


@each_question
def test_a_question_rests_on_measures_definitions_and_splits_that_there_are(question: PreparedQuestion):
    assert question.asks.endswith("?")
    assert question.wanted or question.asks_for
    assert set(question.asks_for) <= {each.name for each in fields(Setting)}
    for wanted in question.wanted:
        measure = CATALOGUE[wanted.measure].defined_as(wanted.definition)
        assert set(wanted.asked.by) <= splits_of(measure).keys()
        assert wanted.asked.grain is None or wanted.asked.grain.months >= measure.finest.months


@pytest.mark.parametrize(
    "name", [each.id for each in PREPARED.values() if not {"waiting", "poverty"} & set(each.asks_for)]
)
def test_a_question_is_answered_in_sentences_whatever_the_data_hold(name: str):
    question = PREPARED[name]
    for tables in (TABLES, {}):
        with snapshot(tables, checked=bool(tables)) as con:
            found = [
                calculate(
                    con, CATALOGUE[each.measure].defined_as(each.definition), STANDARDS, each.as_at(SETTING.as_at)
                )
                for each in question.wanted
            ]
        parts = [Part(released, ["C"] * len(released.rows)) for released in (publish(f, policy("dfe")) for f in found)]
        told = reply(question, parts, SETTING)
        assert told.answer
        assert [sentence for sentence in told.answer if not sentence.endswith(".")] == []


CLOSED = "episode_id | person_id | start_date | end_date" + "".join(
    f"\n {n} | P{n} | 2024-01-01 | 2024-04-30" for n in range(20)
)
"""Twenty children whose help closed."""


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ("cin_episode | P1", "no data, as no such record is held at all (social_care_event.type)"),
        ("referral | P1", "too few to say"),
        ("referral | Another", "0.0%"),
    ],
)
def test_step_ups_of_a_kind_that_is_held_of_nobody_have_no_data_and_say_what_is_missing(events: str, told: str):
    tables = {"eh_episode": CLOSED, "social_care_event": f"type | person_id | start_date\n {events} | 2024-05-01"}
    wanted = PREPARED["do-children-come-back"].wanted
    with snapshot(tables, checked=False) as con:
        found = [
            publish(calculate(con, CATALOGUE[each.measure], STANDARDS, each.asked), policy("dfe")) for each in wanted
        ]
    answer = reply(PREPARED["do-children-come-back"], [Part(each, ["C"] * len(each.rows)) for each in found], SETTING)
    [row] = [row for row in answer.table if row["measure"] == "G2" and row["group"].startswith("Referral")]
    said = [each for each in answer.answer if "(Referral to children's social care)" in each]
    assert row["in_words"] == told.partition(",")[0]
    assert said == ([] if told == "too few to say" else [_of_step_ups(told)])


def _of_step_ups(told: str) -> str:
    when = "" if told.startswith("no data") else ", 30 April 2024 to 31 March 2025"
    return f"Step-up within 12 months of closure (Referral to children's social care){when}: {told}."


def test_the_last_so_many_days_end_on_the_day_the_data_is_as_at():
    asked = Wanted("A1", days=365).as_at(date(2026, 3, 31))
    assert (asked.first, asked.last) == (date(2025, 4, 1), date(2026, 3, 31))


def test_a_group_lies_apart_only_where_its_interval_leaves_out_the_whole():
    told = beside_the_whole(
        [part({"6": (90, 100), "2A": (21, 40), "3A": (5, 90), "4": (12, 30)}), part((180, 360))],
        "source_code",
        "sources",
    )
    assert told.answer == (
        "Of 2 sources that can be told, Police comes first: 90.0% (82.6% to 94.5%), against 50.0% in all.",
        "1 of the sources lies above the whole by more than chance: Police.",
        "None of the sources lies below the whole by more than chance.",
        "2 of the sources have too few to say anything.",
    )
    assert [row["source_code"] for row in told.table] == ["6", "2A"], (
        "a second source is hidden, or the total told of 3A"
    )
    assert told.certificates == ("C0", "C1")


def test_those_of_whom_nobody_knows_the_group_are_not_ranked():
    told = beside_the_whole(
        [part({"6": (50, 100), "unmapped": (99, 100), "not_recorded": (99, 100)}), part((248, 300))],
        "source_code",
        "sources",
    )
    assert [row["source_code"] for row in told.table] == ["6"]


def test_the_lowest_can_come_first():
    parts = [part({"6": (90, 100), "2A": (20, 40)}), part((110, 140))]
    told = beside_the_whole(parts, "source_code", "sources", highest_first=False)
    assert [row["source_code"] for row in told.table] == ["2A", "6"]


def test_where_all_are_few_nothing_is_said_of_any():
    told = beside_the_whole([part({"6": (3, 100)}), part((3, 100))], "source_code", "sources")
    assert told.answer == ("There are too few to say anything.",)
    assert told.table == ()


def test_nothing_changed_is_an_answer():
    measure = CATALOGUE["A2"]
    months = periods(date(2024, 4, 1), date(2026, 3, 31), Grain.MONTH)
    figures = [Figure(month, {}, 40 + n % 3, 100) for n, month in enumerate(months)]
    released = publish(Figures(measure, (), figures), policy("dfe"))
    told = reply(PREPARED["this-month"], [Part(released, [f"C{n}" for n in range(24)])], SETTING)
    assert told.answer[0] == "Nothing has changed more than usual."
    assert told.certificates == ("C23",)


def test_the_latest_month_is_one_that_is_over():
    months = periods(date(2025, 10, 1), date(2026, 1, 5), Grain.MONTH)
    figures = [Figure(month, {}, count, None) for month, count in zip(months, (40, 42, 39, 0), strict=True)]
    released = publish(Figures(CATALOGUE["A1"], (), figures), policy("dfe"))
    told = reply(PREPARED["this-month"], [Part(released, ["C"] * 4)], SETTING)
    assert [(row["period_end"], row["in_words"]) for row in told.table] == [(date(2025, 12, 31), "39")]


def test_the_latest_month_is_told_also_where_it_is_too_few_to_say():
    ends = (date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))
    months = [Period(end.replace(day=1), end) for end in ends]
    counts = ((40, 80), (42, 85), (3, 90), (50, 100))
    figures = [Figure(month, {}, *of, mature=month is not months[-1]) for month, of in zip(months, counts, strict=True)]
    released = publish(Figures(CATALOGUE["A5"], (), figures), policy("dfe"))
    told = reply(PREPARED["this-month"], [Part(released, ["C"] * 4)], SETTING)
    assert [(row["period_end"], row["in_words"]) for row in told.table] == [(date(2026, 2, 28), "too few to say")]
