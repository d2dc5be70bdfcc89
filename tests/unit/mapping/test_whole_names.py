"""Whole names under one heading: parted in forenames and surname, as the many ways of writing them mean it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.ingest.mapping.as_source import part_of
from earlyhelp.ingest.mapping.columns import propose_columns
from earlyhelp.ingest.mapping.saved import SavedList
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.ingest.mapping.whole_names import WHOLE_NAME, family_part, given_part, looks_whole
from earlyhelp.sources import Read
from earlyhelp.standard import eh_episode, person

NAMES = ("Mia Thornton", "Leo Ash", "Ada Moor")


@pytest.mark.parametrize(
    ("whole", "given_names", "surname"),
    [
        ("Mia Thornton", "Mia", "Thornton"),
        ("Mia Rose Thornton", "Mia Rose", "Thornton"),
        ("Thornton, Mia", "Mia", "Thornton"),
        ("Thornton, Mia Rose", "Mia Rose", "Thornton"),
        ("THORNTON Mia", "Mia", "THORNTON"),
        ("DE SOUZA Ana Maria", "Ana Maria", "DE SOUZA"),
        ("Mia THORNTON", "Mia", "THORNTON"),
        ("MIA R THORNTON", "MIA R", "THORNTON"),
        ("J. Smith", "J.", "Smith"),
        ("Ludo van der Berg", "Ludo", "van der Berg"),
        ("Mr John O'Neil", "John", "O'Neil"),
        ("Mrs Thornton", None, "Thornton"),
        ("Mr & Mrs Thornton", None, "Thornton"),
        ("Mr and Mrs J Thornton", "J", "Thornton"),
        ("Thornton, Mrs Jo", "Jo", "Thornton"),
        ("Mrs", "Mrs", None),
        ("Mia (Mimi) Thornton", "Mia", "Thornton"),
        ("Anna-Maria Smith-Jones", "Anna-Maria", "Smith-Jones"),
        ("UBB Thornton", "UBB", "Thornton"),
        ("UNBORN Thornton", "UNBORN", "Thornton"),
        ("THORNTON UBB", "UBB", "THORNTON"),
        ("Mia", "Mia", None),
        ("Thornton,", None, "Thornton"),
        ("", None, None),
    ],
)
def test_a_whole_name_is_parted(whole, given_names, surname):
    assert (given_part(whole), family_part(whole)) == (given_names, surname)


@given(st.text(max_size=40))
def test_no_letter_is_lost_but_what_stands_in_brackets_or_quotes_and_titles(text):
    if not any(sign in text for sign in '()",') and not text.casefold().lstrip().startswith(("m", "d")):
        parts = " ".join(each for each in (given_part(text), family_part(text)) if each)
        assert sorted("".join(parts.split())) == sorted("".join(text.split()))


@pytest.mark.parametrize(
    ("text", "whole"),
    [("Mia Thornton", True), ("Thornton, Mia", True), ("Mia", False), ("12 High Street", False), ("m.t@x.uk", False)],
)
def test_what_looks_like_a_whole_name(text, whole):
    assert looks_whole(text) is whole


def columns_for(headings):
    values = {heading: Values(dict.fromkeys(said, 1)) for heading, said in headings.items()}
    found = {}
    for each in propose_columns(values, "tracker", eh_episode)[1]:
        found.setdefault(each.heading, []).append((each.column, each.sure))
    return found


@pytest.mark.parametrize(
    ("heading", "sure"),
    [("Child's Name", True), ("Name of young person", True), ("Client Name", True), ("Name", False)],
)
def test_a_heading_of_whole_names_fills_forename_and_surname_and_name_alone_is_asked_about(heading, sure):
    assert columns_for({heading: NAMES})[heading] == [(column, sure) for column in WHOLE_NAME]


@pytest.mark.parametrize("heading", ["Lead practitioner name", "School name", "Parent name", "Name of service"])
def test_the_name_of_somebody_or_something_else_is_not_the_childs(heading):
    assert not {column for column, _ in columns_for({heading: NAMES})[heading]} & set(WHOLE_NAME)


def test_where_forename_and_surname_have_headings_of_their_own_a_whole_name_is_left():
    found = columns_for({"Forename": ("Mia", "Leo"), "Surname": ("Thornton", "Ash"), "Child's Name": NAMES})
    assert found["Forename"] == [(person.forename, True)]
    assert not {column for column, _ in found["Child's Name"]} & set(WHOLE_NAME)


def test_a_saved_map_parts_what_fills_both_and_takes_as_it_stands_what_fills_one():
    day = {"Opened": (eh_episode.start_date,), "Ref": (eh_episode.person_key, person.person_key)}
    both, one = (
        part_of(SavedList("tracker", eh_episode, {**day, "Name": filled}), "tracker")
        for filled in (WHOLE_NAME, (person.surname,))
    )
    parted, as_it_stands = (
        next(fill for fill in part.fills if fill.table is person).cells for part in (both, one) if part
    )
    assert [parted[column] for column in WHOLE_NAME] == [Read("Name", given_part), Read("Name", family_part)]
    assert as_it_stands[person.surname] == "Name"
