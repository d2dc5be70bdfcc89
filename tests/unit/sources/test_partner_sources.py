"""What lists of partners, schools and directories say in their own words, read as the standard's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.sources.ledger import statement_line
from earlyhelp.sources.open_referral import SERVICE, faults
from earlyhelp.sources.police import dash_level
from earlyhelp.sources.school_terms import mark, term_of_absences, urn, year_of_absences
from earlyhelp.sources.schools_register import share_of_percentage

SOUND: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de001",
    "name": "Parenting together",
    "status": "active",
    "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c601", "name": "Elm Centre", "description": "A charity"},
}


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("9", "standard"),
        ("10", "medium"),
        ("13", "medium"),
        ("14", "high"),
        ("14.0", "high"),
        ("16/27", "high"),
        ("DASH High", "high"),
        ("Standard risk", "standard"),
        ("Amber", "Amber"),
        ("99", "99"),
        ("", None),
    ],
)
def test_ticks_of_the_dash_checklist_are_graded_and_words_are_left_to_the_code_list(said, level):
    assert dash_level(said) == level


@pytest.mark.parametrize(
    ("name", "year", "term"),
    [
        ("liia_2024_autumn_pupilonroll", "2023-24", "summer"),
        ("2025_spring_pupilonroll", "2024-25", "autumn"),
        ("Summer census 2025 pupils", "2024-25", "spring"),
        ("pupilonroll", None, None),
        ("pupils_20250401", None, None),
    ],
)
def test_a_census_collects_the_absences_of_the_term_before(name, year, term):
    assert (year_of_absences(name), term_of_absences(name)) == (year, term)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("/", "present_am"),
        ("\\", "present_pm"),
        ("#", "closed"),
        ("c2", "C2"),
        ("I - Illness", "I"),
        ("-", None),
        ("@", "@"),
    ],
)
def test_marks_of_the_register_are_read_signs_and_all(said, code):
    assert mark(said) == code


def test_a_line_of_a_statement_is_read_without_its_number_and_total():
    assert statement_line("3.0.5 Total Sure Start") == "Sure Start"
    assert statement_line("Residential care") == "Residential care"


def test_a_percentage_becomes_a_share_to_the_last_digit():
    assert [share_of_percentage(text) for text in ("23.4", "100%", "0", "SUPP", "")] == [
        "0.234",
        "1",
        "0",
        "SUPP",
        None,
    ]


def test_only_six_digits_are_a_schools_number():
    assert [urn(text) for text in ("134001", "134001.0", "SCH7", "")] == ["134001", "134001", None, None]


def test_a_sound_service_has_no_fault():
    assert list(faults(SOUND)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": ""}, "name is missing"),
        ({"name": 12}, "name is not a text"),
        ({"id": "7"}, "id is not a UUID"),
        ({"status": "open"}, "status is not one of active, inactive, defunct, temporarily closed"),
        ({"email": False}, "email is not an address of email"),
        ({"url": "example_counselling"}, "url is not a web address"),
        ({"minimum_age": "12"}, "minimum_age is not a number"),
        ({"minimum_age": True}, "minimum_age is not a number"),
        ({"assured_date": "2025-02-30"}, "assured_date is not a date such as 2025-01-31"),
        (
            {"last_modified": "2025-13-01T00:00:00Z"},
            "last_modified is not a date and time such as 2025-01-31T10:30:00Z",
        ),
        ({"organization": "Elm"}, "organization is not an object"),
        ({"organization": {"id": SOUND["id"], "name": "Elm"}}, "organization description is missing"),
    ],
)
def test_each_thing_the_validator_refuses_is_told_in_a_few_words(change, fault):
    assert list(faults(SOUND | change)) == [fault]


def test_the_text_of_a_number_is_sound_in_a_cell_and_not_in_json():
    assert list(faults({**SOUND, "maximum_age": "18"}, as_text=True)) == []
    assert list(faults({**SOUND, "maximum_age": "old"}, as_text=True)) == ["maximum_age is not a number"]


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()) | st.just({})


@given(st.dictionaries(st.sampled_from([field.name for field in SERVICE] + ["organization"]), ANYTHING))
def test_no_service_whatever_is_in_it_makes_the_check_stumble(told):
    assert all(isinstance(fault, str) and fault for fault in faults(told))
