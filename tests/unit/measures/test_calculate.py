"""Answering a question: its days, its periods, what is covered, and rows that several systems tell of."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.errors import UsageProblem
from earlyhelp.measures import CATALOGUE, Figures, Grain, Period, Question, Standards, calculate
from spec.dataset import snapshot

CONTACTS = """
    contact_id | person_id | contact_date
    1          | Ann       | 2023-02-10
    2          | Ann       | 2023-05-20
    3          | Ann       | 2024-02-29
"""


def answer(measure: str, tables: dict[str, object], asked: Question, as_at: str = "2024-03-10", **standards) -> Figures:
    con = snapshot(tables, checked=False)
    return calculate(con, CATALOGUE[measure], Standards(date.fromisoformat(as_at), **standards), asked)


def by_period(figures: Figures) -> dict[str, float | None]:
    return {f"{figure.period.start} {figure.period.end}": figure.numerator for figure in figures.figures}


def test_without_days_a_question_is_about_all_of_them_from_the_first_there_is():
    assert by_period(answer("A1", {"contact": CONTACTS}, Question())) == {"2023-02-10 2024-03-10": 3}


def test_years_are_reporting_years_and_the_last_ends_on_the_day_of_the_data():
    assert by_period(answer("A1", {"contact": CONTACTS}, Question(grain=Grain.YEAR))) == {
        "2022-04-01 2023-03-31": 1,
        "2023-04-01 2024-03-10": 2,
    }


def test_quarters_are_those_of_the_reporting_year_and_one_without_anything_is_zero():
    assert by_period(answer("A1", {"contact": CONTACTS}, Question(grain=Grain.QUARTER))) == {
        "2023-01-01 2023-03-31": 1,
        "2023-04-01 2023-06-30": 1,
        "2023-07-01 2023-09-30": 0,
        "2023-10-01 2023-12-31": 0,
        "2024-01-01 2024-03-10": 1,
    }


def test_a_council_whose_year_starts_in_another_month_has_other_years():
    asked = Question(grain=Grain.YEAR)
    assert list(by_period(answer("A1", {"contact": CONTACTS}, asked, year_starts=9))) == [
        "2022-09-01 2023-08-31",
        "2023-09-01 2024-03-10",
    ]


def test_the_first_and_the_last_day_asked_for_cut_the_periods_they_lie_in():
    asked = Question(first=date(2023, 2, 11), last=date(2023, 5, 19), grain=Grain.MONTH)
    assert by_period(answer("A1", {"contact": CONTACTS}, asked)) == {
        "2023-02-11 2023-02-28": 0,
        "2023-03-01 2023-03-31": 0,
        "2023-04-01 2023-04-30": 0,
        "2023-05-01 2023-05-19": 0,
    }


def test_the_first_and_the_last_day_asked_for_are_included():
    asked = Question(first=date(2023, 2, 10), last=date(2023, 5, 20))
    assert by_period(answer("A1", {"contact": CONTACTS}, asked)) == {"2023-02-10 2023-05-20": 2}


def test_a_leap_day_is_a_day_of_february():
    asked = Question(first=date(2024, 2, 1), grain=Grain.MONTH)
    assert by_period(answer("A1", {"contact": CONTACTS}, asked)) == {
        "2024-02-01 2024-02-29": 1,
        "2024-03-01 2024-03-10": 0,
    }


def test_days_after_the_day_of_the_data_are_not_asked_of_it():
    asked = Question(first=date(2024, 2, 1), last=date(2030, 1, 1))
    assert by_period(answer("A1", {"contact": CONTACTS}, asked)) == {"2024-02-01 2024-03-10": 1}
    assert answer("A1", {"contact": CONTACTS}, Question(first=date(2024, 3, 11))).figures == []


def test_events_after_the_day_of_the_data_are_not_seen():
    assert by_period(answer("A1", {"contact": CONTACTS}, Question(), as_at="2023-05-20")) == {
        "2023-02-10 2023-05-20": 2
    }
    assert answer("A1", {"contact": CONTACTS}, Question(), as_at="2023-02-09").figures == []


def test_a_last_day_before_the_first_is_refused():
    with pytest.raises(UsageProblem, match="before the first"):
        answer("A1", {"contact": CONTACTS}, Question(first=date(2024, 1, 2), last=date(2024, 1, 1)))


def test_a_period_that_ends_before_anything_is_covered_cannot_be_told_and_one_that_is_covered_in_part_can():
    feed = "feed_id | source_system | extract_date | coverage_start\nfeed | mosaic | 2024-03-10 | 2023-05-31"
    asked = Question(first=date(2023, 4, 1), last=date(2023, 6, 30), grain=Grain.MONTH)
    assert by_period(answer("A1", {"contact": CONTACTS, "feed": feed}, asked)) == {
        "2023-04-01 2023-04-30": None,
        "2023-05-01 2023-05-31": 1,
        "2023-06-01 2023-06-30": 0,
    }


def test_a_feed_that_brought_no_row_of_the_measure_says_nothing_of_what_is_covered():
    feed = "feed_id | source_system | extract_date | coverage_start\nother | mosaic | 2024-03-10 | 2023-05-31"
    asked = Question(first=date(2023, 4, 1), last=date(2023, 4, 30))
    assert by_period(answer("A1", {"contact": CONTACTS, "feed": feed}, asked)) == {"2023-04-01 2023-04-30": 0}


def test_a_net_of_a_period_that_is_not_covered_cannot_be_told_either():
    feed = "feed_id | source_system | extract_date | coverage_start\nfeed | mosaic | 2024-03-10 | 2023-05-31"
    episodes = "episode_id | person_id | start_date\n1 | Ann | 2023-05-31"
    asked = Question(("flow",), first=date(2023, 4, 1), last=date(2023, 5, 31), grain=Grain.MONTH)
    found = answer("C2", {"eh_episode": episodes, "feed": feed}, asked).figures
    assert [(each.dims["flow"], each.numerator, each.net_of) for each in found] == [
        ("ended", None, None),
        ("net", None, None),
        ("started", None, None),
        ("ended", 0, None),
        ("net", 1, (1, 0)),
        ("started", 1, None),
    ]


SAME_NUMBER = """
    row_id | episode_id | source_system | person_id | family_id | start_date | end_date   | team
    1      | 7          | mosaic        | Ann       | Archer    | 2022-01-01 | 2022-06-01 | North
    2      | 7          | eclipse       | Ben       | Barr      | 2022-01-01 | 2022-06-01 | South
    3      | 8          | eclipse       | Ben       | Barr      | 2022-01-01 | 2022-07-01 | South
"""


@pytest.mark.parametrize(
    ("measure", "figures"),
    [
        ("C1", {}),
        ("C2", {"ended": 3, "net": 0, "started": 3}),
        ("C5", {"": 2}),
        ("G3", {"": 2}),
    ],
)
def test_episodes_of_two_systems_under_one_number_are_neither_joined_nor_lost(measure, figures):
    found = answer(measure, {"eh_episode": SAME_NUMBER}, Question()).figures
    if figures:
        counts = {figure.dims.get("flow", ""): figure.denominator or figure.numerator for figure in found}
        assert counts == figures
    else:
        assert [figure.numerator for figure in found] == [0]


def test_a_closure_belongs_to_the_team_of_its_own_system_where_two_use_one_number():
    found = answer("G3", {"eh_episode": SAME_NUMBER}, Question(("team",))).figures
    assert {figure.dims["team"]: figure.denominator for figure in found} == {"North": 1, "South": 1}


def test_an_event_of_two_systems_under_one_number_is_two_starts():
    events = """
        event_id | source_system | person_id | type    | start_date
        1        | mosaic        | Ann       | cp_plan | 2023-01-01
        1        | eclipse       | Ben       | cp_plan | 2023-01-01
    """
    episodes = """
        episode_id | person_id | start_date | end_date
        1          | Ann       | 2022-01-01 |
        2          | Cat       | 2021-01-01 | 2021-06-01
    """
    [figure] = answer("G9", {"social_care_event": events, "eh_episode": episodes}, Question()).figures
    assert (figure.numerator, figure.denominator) == (1, 2)


def test_a_place_that_two_files_tell_of_does_not_double_what_happens_in_it():
    tables = {
        "contact": CONTACTS,
        "person": "person_key | person_id | lsoa\n1 | Ann | E01999001",
        "place": """
            lsoa      | ward_code | la_code   | source_system
            E01999001 | E05999001 | E06000999 | standard
            E01999001 | E05999001 | E06000999 | other
        """,
    }
    [figure] = answer("A1", tables, Question(("ward_code",))).figures
    assert (figure.dims, figure.numerator) == ({"ward_code": "E05999001"}, 3)


def test_two_publications_of_one_year_are_not_added_up():
    tables = {
        "contact": CONTACTS,
        "population": """
            area_code | year | age_band | sex          | ethnicity    | count | source
            E06000999 | 2023 | 0-17     |              |              | 1000  | Census
            E06000999 | 2023 | 0-17     | not_recorded | not_recorded | 1100  | ONS
            E06000999 | 2023 | 0-17     | F            |              | 490   | ONS
            E06000999 | 2023 | 0-17     | all          | WBRI         | 800   | ONS
        """,
    }
    con = snapshot(tables, checked=False)
    [figure] = calculate(
        con, CATALOGUE["A1"].defined_as("rate"), Standards(date(2024, 3, 10), area_code="E06000999"), Question()
    ).figures
    assert figure.denominator == 1000


def test_a_year_without_an_estimate_takes_the_latest_before_it_or_else_the_first_there_is():
    tables = {
        "contact": "contact_id | person_id | contact_date\n1 | Ann | 2021-02-10",
        "population": """
            area_code | year | age_band | count | source
            E06000999 | 2022 | 0-17     | 1000  | ONS
            E06000999 | 2024 | 0-17     | 1200  | ONS
        """,
    }
    con = snapshot(tables, checked=False)
    asked = Question(first=date(2021, 1, 1), last=date(2024, 12, 31), grain=Grain.YEAR)
    standards = Standards(date(2024, 12, 31), year_starts=1, area_code="E06000999")
    figures = calculate(con, CATALOGUE["A1"].defined_as("rate"), standards, asked).figures
    assert [figure.denominator for figure in figures] == [1000, 1000, 1000, 1200]


def test_asking_one_measure_leaves_nothing_behind_that_another_would_read():
    con = snapshot({"contact": CONTACTS, "eh_episode": SAME_NUMBER}, checked=False)
    standards = Standards(date(2024, 3, 10))
    alone = calculate(con, CATALOGUE["C5"], standards, Question()).figures
    calculate(
        con, CATALOGUE["A1"], Standards(date(2023, 3, 10), {"assessment_working_days": 10}), Question(grain=Grain.MONTH)
    )
    assert calculate(con, CATALOGUE["C5"], standards, Question()).figures == alone
    assert alone[0].period == Period(date(2022, 1, 1), date(2024, 3, 10))
