"""What changed when something changed on one day: planted changes are found, and what the data cannot carry is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb
import numpy as np
import pytest

from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.studies.interruption import Interrupted, Interruption, interrupted
from earlyhelp.release import policy
from earlyhelp.release.studies import interruption_refused, publish_interrupted

AS_AT = date(2026, 3, 31)
DAY = date(2024, 4, 1)
CUT = Interruption("budget-cut", DAY, ("North",))
DFE = policy("dfe")
FIRST = 2020


def council(
    ratios: Mapping[str, float], *, a_month: float = 40, seed: int = 1, months: int = 72
) -> duckdb.DuckDBPyConnection:
    """Referrals of children in each locality by month, by lot, with the ratio planted from the day on; two areas in each."""
    luck, con = np.random.default_rng(seed), duckdb.connect()
    con.execute("CREATE TABLE statutory_start (person_id VARCHAR, type VARCHAR, start_date DATE)")
    con.execute("CREATE TABLE profile (person_id VARCHAR, lsoa VARCHAR)")
    con.execute("CREATE TABLE place (lsoa VARCHAR, locality VARCHAR, children_0_17 DOUBLE)")
    for locality, ratio in ratios.items():
        con.execute(
            "INSERT INTO place VALUES (?, ?, 4000), (?, ?, 6000)",
            [f"{locality} 1", locality, f"{locality} 2", locality],
        )
        con.execute("INSERT INTO profile VALUES (?, ?)", [f"child of {locality}", f"{locality} 1"])
        first = [date(FIRST + (place + 3) // 12, (place + 3) % 12 + 1, 1) for place in range(72 - months, 72)]
        starts = [int(luck.poisson(a_month * (ratio if month >= DAY else 1))) for month in first]
        con.execute(
            """
            INSERT INTO statutory_start SELECT ?, 'referral', month + CAST(i % 28 AS INTEGER) FROM (
                SELECT month, unnest(range(starts)) AS i FROM (SELECT unnest(?) AS month, unnest(?) AS starts)
            )
            """,
            [f"child of {locality}", first, starts],
        )
    return con


def found(ratios: Mapping[str, float], study: Interruption = CUT, **more: int) -> Interrupted:
    return interrupted(council(ratios, **more), study, AS_AT)


def test_a_rise_in_the_places_that_lost_posts_is_found_beside_the_others():
    told = found({"North": 1.5, "South": 1.0})
    ratio = told.fitted.rate_ratio
    assert 1 < ratio.lower < 1.5 < ratio.upper
    assert (told.months_before, told.months_after) == (48, 24)
    assert told.excess.lower < 24 * 40 * 0.5 < told.excess.upper
    assert publish_interrupted(told, DFE, "then").verdict == "more"


def test_what_happened_everywhere_is_not_put_down_to_the_cut():
    told = found({"North": 1.5, "South": 1.5})
    ratio = told.fitted.rate_ratio
    assert ratio.lower < 1 < ratio.upper
    assert publish_interrupted(told, DFE, "then").verdict == "no difference shown"


def test_without_named_places_the_council_is_compared_with_itself_and_the_design_is_weaker():
    alone = found({"North": 1.5, "South": 1.5}, Interruption("everywhere", DAY))
    beside = found({"North": 1.5, "South": 1.0})
    assert alone.fitted.design_grade < beside.fitted.design_grade
    told = publish_interrupted(alone, DFE, "then")
    assert "That the others would not have changed alike: there are no others." in told.may_not_say
    assert "in the council" in told.may_say[0]


def test_months_while_it_took_hold_are_left_out():
    late = found({"North": 1.5, "South": 1.0}, Interruption("budget-cut", DAY, ("North",), phase_in=6))
    assert late.fitted.rate_ratio != found({"North": 1.5, "South": 1.0}).fitted.rate_ratio
    assert late.fitted.rate_ratio.lower > 1


def test_other_dates_are_tried_and_what_looked_like_a_change_there_is_counted():
    told = found({"North": 1.5, "South": 1.0})
    assert told.placebos > 0
    assert told.false_alarms <= 0.1 * told.placebos
    assert any(
        f"At {told.placebos} other dates" in sentence for sentence in publish_interrupted(told, DFE, "then").may_say
    )


@pytest.mark.parametrize(
    ("ratios", "study", "more"),
    [
        ({"North": 1.5, "South": 1.0}, Interruption("elsewhere", DAY, ("West",)), {}),
        ({"North": 1.5, "South": 1.0}, Interruption("misspelt", DAY, ("North", "Sout")), {}),
        ({"North": 1.5, "South": 1.0}, Interruption("too new", date(2025, 10, 1), ("North",)), {}),
        ({"North": 1.5, "South": 1.0}, Interruption("yet to come", date(2030, 1, 1), ("North",)), {}),
        ({"North": 1.5, "South": 1.0}, CUT, {"months": 40}),
        ({"North": 1.5, "South": 1.0}, Interruption("care", DAY, ("North",), kind="looked_after"), {}),
        ({}, CUT, {}),
    ],
    ids=lambda each: getattr(each, "name", None),
)
def test_what_the_months_or_the_places_cannot_carry_is_refused_in_sentences(ratios, study: Interruption, more):
    with pytest.raises(NotEstimable) as refused:
        found(ratios, study, **more)
    told = interruption_refused(study, "then", refused.value)
    assert told.verdict == "not comparable"
    assert [row["estimate"] for row in told.estimates] == [None]
    assert told.may_say[0].startswith("No effect is shown.")
    assert all(sentence.endswith(".") for sentence in told.may_say)


def test_a_change_in_few_children_is_not_told():
    told = publish_interrupted(found({"North": 1.0, "South": 1.0}), policy("dfe"), "then")
    hidden = publish_interrupted(
        Interrupted(**{**vars(found({"North": 1.0, "South": 1.0})), "starts_after": 3}), policy("dfe"), "then"
    )
    assert told.n_treated > 500
    assert (hidden.n_treated, [row["estimate"] for row in hidden.estimates]) == (None, [None])
    assert hidden.may_say == ("Too few children are in it to be told.",)


OTHER = {"name": "other", "day": date(2024, 5, 1), "localities": ("South",), "phase_in": 3, "kind": "cp_plan"}


@pytest.mark.parametrize("name", OTHER)
def test_an_interruption_declared_otherwise_is_another_plan(name: str):
    assert Interruption(**{**vars(CUT), name: OTHER[name]}).plan != CUT.plan


@pytest.mark.parametrize(
    ("day", "told_apart"),
    [
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),  # three months before
        (date(2024, 4, 1), False),
        (date(2024, 6, 30), False),
        (date(2024, 7, 1), True),
    ],
)
def test_what_was_declared_to_have_changed_within_three_months_of_the_day_cannot_be_told_from_it(day, told_apart):
    con, events = council({"North": 1.5, "South": 1.0}), [(day, "New referral form")]
    if not told_apart:
        with pytest.raises(NotEstimable, match=f"New referral form.*{day:%-d %B %Y}"):
            interrupted(con, CUT, AS_AT, events)
        return
    told = interrupted(con, CUT, AS_AT, events)
    assert told.also == events
    assert any(
        f"New referral form ({day:%-d %B %Y})" in each for each in publish_interrupted(told, DFE, "then").may_say
    )


def test_months_in_which_it_took_hold_are_near_the_day_too():
    slow = Interruption("budget-cut", DAY, ("North",), phase_in=3)
    with pytest.raises(NotEstimable, match="New form"):
        interrupted(council({"North": 1.5, "South": 1.0}), slow, AS_AT, [(date(2024, 9, 30), "New form")])


def test_the_change_that_is_studied_may_be_declared_as_an_event_too_and_what_lies_outside_the_months_is_not_told():
    events = [(date(2019, 1, 1), "Long ago"), (DAY, "Budget cut"), (date(2027, 1, 1), "To come")]
    assert interrupted(council({"North": 1.5, "South": 1.0}), CUT, AS_AT, events).also == []
