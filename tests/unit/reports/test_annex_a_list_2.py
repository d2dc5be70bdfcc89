"""List 2 of Annex A: whom it holds on a day, and what stands in their row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from earlyhelp.reports.returns import RETURNS
from earlyhelp.reports.returns.declared import LaidOut
from unit.reports.small_council import AS_AT, DRAWN, both_sides

LIST_2 = RETURNS["annex-a-list-2"]
ANN = """
    person_id | source_person_id | dob        | sex | ethnicity | is_child
    Ann       | 100              | 2015-04-01 | F   | WBRI      | true
"""


def laid_out(last: date = AS_AT, **tables: str) -> LaidOut:
    return LIST_2.lay_out(both_sides({"person": ANN, **tables}), replace(DRAWN, last=last))


def rows(made: LaidOut) -> list[dict[str, str]]:
    return [
        {name: cell for name, cell in row.items() if cell and name[0] != "_"}
        for row in made.tables["List 2"].to_pylist()
    ]


def assessment(start: str, end: str = "", who: str = "Ann") -> str:
    return f"""
        assessment_id | person_id | start_date | completion_date | organisation
        A1            | {who}     | {start}    | {end}           | Elm School
    """


def episode(start: str, end: str = "", who: str = "Ann") -> str:
    return f"""
        episode_id | person_id | start_date | end_date | organisation
        E1         | {who}     | {start}    | {end}    | North team
    """


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2025-01-01", "2025-09-30", True),  # completed on the first day of the six months
        ("2025-01-01", "2025-09-29", False),
        ("2020-01-01", "", True),  # not completed, however old
        ("2026-03-31", "", True),
        ("2026-04-01", "", False),  # begun after the day
    ],
)
def test_an_assessment_is_listed_that_was_in_progress_in_the_six_months_before_the_day(start, end, shown):
    assert bool(rows(laid_out(eh_assessment=assessment(start, end)))) is shown


def test_a_row_has_the_words_and_dates_that_ofsted_asks_for():
    assert rows(laid_out(eh_assessment=assessment("2026-01-02", "2026-02-03"))) == [
        {
            "Child Unique ID": "100",
            "Gender": "b) Female",
            "Ethnicity": "a) WBRI",
            "Date of Birth": "01/04/2015",
            "Age of Child (Years)": "10",
            "Assessment start date": "02/01/2026",
            "Assessment completion date": "03/02/2026",
            "Organisation completing assessment": "Elm School",
        }
    ]


def test_a_completion_after_the_day_is_not_known_on_it():
    [row] = rows(laid_out(date(2026, 1, 31), eh_assessment=assessment("2026-01-02", "2026-02-03")))
    assert "Assessment completion date" not in row


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2024-01-01", "", True),
        ("2024-01-01", "2026-04-01", True),
        ("2024-01-01", "2026-03-31", False),
        ("2026-04-01", "", False),
    ],
)
def test_a_child_who_is_being_helped_on_the_day_is_listed_without_an_assessment(start, end, shown):
    found = rows(laid_out(eh_episode=episode(start, end)))
    assert bool(found) is shown
    if shown:
        assert found[0]["Assessment start date"] == "01/01/2024"
        assert found[0]["Organisation completing assessment"] == "North team"
        assert "Assessment completion date" not in found[0]


def test_help_adds_no_row_for_a_child_whose_assessment_is_listed_and_one_where_it_is_too_old():
    helped = episode("2025-01-01")
    assert len(rows(laid_out(eh_assessment=assessment("2025-01-01", "2025-10-01"), eh_episode=helped))) == 1
    [row] = rows(laid_out(eh_assessment=assessment("2024-01-01", "2024-02-01"), eh_episode=helped))
    assert row["Organisation completing assessment"] == "North team"


def test_an_adult_is_left_out_and_it_is_said():
    people = ANN + "    Mum | 101 | 1985-01-01 | F | WBRI | false\n"
    made = laid_out(person=people, eh_assessment=assessment("2026-01-01", who="Mum"))
    assert rows(made) == []
    assert made.notes == ("1 assessment is of an adult and left out.",)


def test_a_child_whom_no_list_describes_has_a_row_under_the_key_that_the_assessment_names():
    made = laid_out(eh_assessment=assessment("2026-01-01", who="Zed"))
    [row] = rows(made)
    assert row["Child Unique ID"] == "Zed"
    assert made.notes == ("1 row has no Gender.", "1 row has no Ethnicity.")


def test_an_unborn_child_has_an_expected_date_and_the_age_minus_one():
    people = ANN.replace("2015-04-01", "2026-06-01")
    [row] = rows(laid_out(person=people, eh_assessment=assessment("2026-01-01")))
    assert (row["Date of Birth"], row["Age of Child (Years)"]) == ("01/06/2026", "-1")


def test_a_child_known_to_several_systems_has_the_case_systems_number_and_the_latest_that_is_known():
    people = """
        person_key | person_id | source_system | feed_id | source_person_id | dob        | sex          | ethnicity | is_child
        k1         | Ann       | provider      | old     | 7                | 2015-04-01 | not_recorded | WBRI      |
        k2         | Ann       | ssd           | old     | 100              | 2015-04-01 | F            | NOBT      | true
        k3         | Ann       | annex_a       | new     | 100              | 2015-04-02 | U            | NOBT      | true
    """
    feeds = """
        feed_id | source_system | extract_date
        old     | ssd           | 2025-03-31
        new     | annex_a       | 2026-03-31
    """
    assessed = """
        assessment_id | person_id | person_key | start_date
        A1            | Ann       | k1         | 2026-01-01
    """
    [row] = rows(laid_out(person=people, feed=feeds, eh_assessment=assessed))
    assert row["Child Unique ID"] == "100"
    assert (row["Gender"], row["Ethnicity"], row["Date of Birth"]) == ("b) Female", "a) WBRI", "02/04/2015")


MAPPED = """
    person_key                       | person_id | source_system | source_person_id                 | dob        | is_child
    0123456789abcdef0123456789abcdef | Ann       | other         | 0123456789abcdef0123456789abcdef | 2015-04-01 |
    k2                               | Ann       | other         | A123456789012                    | 2015-04-01 |
    k3                               | Ann       | other         | 200188                           | 2015-04-01 |
"""
"""A child known by name in one list, by the pupil number in another, by the case system's number in a third; all are mapped."""


def test_the_number_under_which_help_is_recorded_comes_before_those_of_other_lists_and_a_key_is_no_number():
    helped = """
        episode_id | person_id | person_key | start_date
        E1         | Ann       | k3         | 2026-01-01
    """
    asked = (
        "assessment_id | person_id | person_key | start_date\nA1 | Ann | 0123456789abcdef0123456789abcdef | 2026-01-01"
    )
    [row] = rows(laid_out(person=MAPPED, eh_assessment=asked, eh_episode=helped))
    assert row["Child Unique ID"] == "200188"


def test_a_child_of_whom_every_list_tells_the_name_alone_is_shown_under_the_key():
    named, _, _ = MAPPED.rpartition("    k2")
    asked = (
        "assessment_id | person_id | person_key | start_date\nA1 | Ann | 0123456789abcdef0123456789abcdef | 2026-01-01"
    )
    [row] = rows(laid_out(person=named, eh_assessment=asked))
    assert row["Child Unique ID"] == "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("dob", "is_child", "shown"),
    [
        ("2008-01-01", "", False),  # came of age on the day on which help began
        ("2008-01-02", "", True),
        ("1990-01-01", "true", True),
        ("", "", True),
    ],
)
def test_whoever_had_come_of_age_before_help_began_is_an_adult_unless_somebody_says_otherwise(dob, is_child, shown):
    people = f"person_id | source_person_id | dob | is_child\nAnn | 100 | {dob} | {is_child}"
    assert bool(rows(laid_out(person=people, eh_episode=episode("2026-01-01")))) is shown


def test_a_word_that_no_code_stands_for_is_shown_as_the_source_wrote_it():
    people = """
        person_id | source_person_id | ethnicity | ethnicity_raw    | is_child
        Ann       | 100              | unmapped  | Mixed - see file | true
    """
    [row] = rows(laid_out(person=people, eh_assessment=assessment("2026-01-01")))
    assert row["Ethnicity"] == "Mixed - see file"


def test_the_front_sheet_says_on_which_day_the_list_was_drawn_and_what_its_rows_are():
    made = laid_out(eh_assessment=assessment("2026-01-01"), eh_episode=episode("2026-01-01", who="Ben"))
    told = dict(zip(*made.tables["Front_Sheet"].to_pydict().values(), strict=True))
    assert told["Drawn as at"] == "31/03/2026"
    assert (told["Rows"], told["Of them assessments"], told["Of them current help without an assessment"]) == (
        "2",
        "1",
        "1",
    )


def test_a_record_keeps_the_number_its_own_system_gave_even_where_two_numbers_were_found_to_be_one_child():
    people = """
        person_key | person_id | source_system | source_person_id | sex | dob        | is_child
        k1         | Ann       | ssd           | 100              | F   | 2015-04-01 | true
        k2         | Ann       | ssd           | 200              |     | 2015-04-02 | true
        k3         | Ann       | provider      | 7                |     |            | true
    """
    assessed = """
        assessment_id | person_id | person_key | start_date
        A1            | Ann       | k1         | 2026-01-01
        A2            | Ann       | k2         | 2026-01-02
        A3            | Ann       | k3         | 2026-01-03
    """
    found = rows(laid_out(person=people, eh_assessment=assessed))
    shown = [(row["Child Unique ID"], row["Gender"], row["Date of Birth"]) for row in found]
    assert shown[:2] == [("100", "b) Female", "01/04/2015"), ("200", "b) Female", "02/04/2015")]
    assert shown[2][0] in ("100", "200")
