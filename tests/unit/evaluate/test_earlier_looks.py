"""Who is looked back on: first step-ups, the week that is left out, like families, and all families of a past day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from earlyhelp.evaluate.earlier.looks import LIKE, LOOK, Span, make_looks, past_days, span
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.standard.ages import AGE_BANDS
from unit.evaluate.earlier_council import AS_AT, STANDARD, asked, before, child, council, family, looked, stepped, told

DAY = "2024-05-15"


def looks(con, who: str) -> list[tuple[str, date]]:
    return con.execute(f"SELECT family_id, day FROM {LOOK} WHERE who = '{who}' ORDER BY day, family_id").fetchall()


def test_a_step_up_is_the_first_day_on_which_any_child_of_the_family_came_to_a_statutory_service():
    children = [child("Ann", family_id="F"), child("Ben", family_id="F"), child("Cy")]
    events = [stepped("Ann", "2024-09-01"), stepped("Ben", DAY, "cin_episode"), stepped("Cy", DAY, nfa=True)]
    con, _ = looked(children, social_care_event=events)
    assert looks(con, "stepped") == [("F", date(2024, 5, 15))]


def test_a_family_that_stepped_up_before_the_days_studied_is_in_nothing():
    con, _ = looked(
        [child("Ann"), child("Ben")],
        social_care_event=[stepped("Ann", "2021-01-01"), stepped("Ann", DAY), stepped("Ben", DAY)],
    )
    assert looks(con, "stepped") == [(family("Ben"), date(2024, 5, 15))]
    assert family("Ann") not in {each for each, _ in looks(con, "past")}


@pytest.mark.parametrize(("days", "is_seen"), [(0, False), (7, False), (8, True), (730, True), (731, False)])
def test_what_is_recorded_in_the_24_months_before_is_a_sign_but_for_the_last_week(days: int, is_seen: bool):
    con, _ = looked([child("Ann")], social_care_event=[stepped("Ann", DAY)], contact=[asked("Ann", before(DAY, days))])
    [(found,)] = con.execute(
        f"SELECT count(DISTINCT look) FROM earlier_told JOIN {LOOK} USING (look) WHERE who = 'stepped'"
    ).fetchall()
    assert found == is_seen


def test_a_request_that_social_care_took_up_is_the_step_up_and_no_sign():
    con, _ = looked(
        [child("Ann")], social_care_event=[stepped("Ann", DAY)], contact=[asked("Ann", before(DAY, 20), "statutory")]
    )
    assert con.execute("SELECT count(*) FROM earlier_told").fetchall() == [(0,)]


def test_like_families_are_of_one_age_and_deprivation_and_without_a_step_up_by_the_end_of_the_month():
    """Of ten others: two of another age, two of another fifth, one stepped up before and one later in the month."""
    like = [child(f"Like{n}") for n in range(4)]
    others = [
        child("Baby1", "2023-09-01"),
        child("Baby2", "2023-09-01"),
        child("Rich1", area=3),
        child("Rich2", area=4),
    ]
    gone = [child("Before"), child("Same month")]
    events = [stepped("Ann", DAY), stepped("Before", "2024-01-10"), stepped("Same month", "2024-05-30")]
    con, _ = looked([child("Ann"), *like, *others, *gone], social_care_event=events)
    of_ann = con.execute(
        f"SELECT family_id FROM {LOOK} WHERE who = 'like' AND day = DATE '{DAY}' ORDER BY 1"
    ).fetchall()
    assert [each for (each,) in of_ann] == [family(f"Like{n}") for n in range(4)]


def test_a_past_day_lies_whole_years_of_days_before_the_last_and_can_be_looked_back_on():
    known = Span(date(2020, 1, 1), date(2021, 12, 31), AS_AT)
    assert past_days(known) == [AS_AT - timedelta(days=365 * n) for n in (1, 2, 3, 4)]
    assert past_days(Span(date(2023, 7, 1), date(2025, 6, 30), AS_AT)) == []


def test_records_of_less_than_24_months_are_refused_with_what_is_needed():
    con = council([child("Ann")])
    with pytest.raises(NotEstimable, match="reach back less than 24 months"):
        span(con, date(2021, 6, 1))
    with pytest.raises(NotEstimable, match="No requests"):
        span(con, date(2019, 1, 1))


def test_where_nobody_stepped_up_that_is_said():
    con = council([child("Ann")], contact=[asked("Ann", "2024-01-01")])
    with pytest.raises(NotEstimable, match="No family had its first step-up"):
        make_looks(con, span(con, AS_AT), STANDARD)


def test_records_that_reach_back_two_and_a_half_years_have_step_ups_and_no_past_day():
    con = council([child("Ann"), child("Ben")], social_care_event=[stepped("Ann", "2022-03-01")])
    known = Span(date(2020, 1, 1), date(2021, 12, 31), date(2022, 4, 30))
    make_looks(con, known, STANDARD)
    assert (len(looks(con, "stepped")), looks(con, "past")) == (1, [])


def band(born: date, month: date) -> str:
    years = ((month.year - born.year) * 12 + month.month - born.month) // 12
    return next((name for name, first, last in AGE_BANDS if first <= years <= last), "not born")


@pytest.mark.parametrize("seed", [1, 2])
def test_every_like_family_is_alike_and_at_risk_and_a_step_up_has_five_where_there_are_as_a_slow_count_tells(seed: int):
    luck = np.random.default_rng(seed)
    born = {f"C{n}": date(int(luck.integers(2010, 2023)), int(luck.integers(1, 13)), 1) for n in range(60)}
    area = {name: int(luck.integers(1, 5)) for name in born}
    days = {name: date(2022, 6, 1) + timedelta(days=int(luck.integers(0, 1300))) for name in list(born)[:25]}
    con, _ = looked(
        [child(name, str(day), area[name]) for name, day in born.items()],
        social_care_event=[stepped(name, day) for name, day in days.items()],
    )
    of = {family(name): name for name in born}
    likes = [(of[each], day) for each, day in looks(con, "like")]
    assert likes
    cases = Counter(days.values())
    for name, day in likes:
        month = day.replace(day=1)
        cells = {(band(born[case], month), area[case] > 2) for case, on in days.items() if on == day}
        assert (band(born[name], month), area[name] > 2) in cells
        assert name not in days or days[name] >= (month + timedelta(days=31)).replace(day=1)
    for day, cases in Counter(days.values()).items():  # whoever has five to be compared with has five, each another
        if cases > 1:
            continue
        month, [case] = day.replace(day=1), [name for name, on in days.items() if on == day]
        alike = [
            name
            for name in born
            if (band(born[name], month), area[name] > 2) == (band(born[case], month), area[case] > 2)
            and (name not in days or days[name] >= (month + timedelta(days=31)).replace(day=1))
        ]
        mine = [name for name, on in likes if on == day]
        assert len(mine) == len(set(mine)) == min(LIKE, len(alike))


def test_the_same_families_are_drawn_each_time():
    children = [child(f"C{n}") for n in range(30)]
    first, second = (looked(children, social_care_event=[stepped("C0", DAY)])[0] for _ in range(2))
    assert looks(first, "like") == looks(second, "like")
    assert len(looks(first, "like")) == LIKE


def test_notices_about_a_child_who_was_not_there_yet_change_nothing():
    con, _ = looked(
        [child("Ann")], social_care_event=[stepped("Ann", DAY)], partner_event=[told("Ben", before(DAY, 30))]
    )
    assert con.execute("SELECT count(*) FROM earlier_told").fetchall() == [(0,)]
