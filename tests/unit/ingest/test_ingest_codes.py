"""From a council's words to the standard's codes: what is placed, and what is left unmapped rather than guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.ingest.codes import code_reader, is_blank_word
from earlyhelp.standard import (
    NOT_RECORDED,
    UNMAPPED,
    Code,
    CodeList,
    Codes,
    CodeValue,
    code_lists,
    codelists,
    contact,
    eh_assessment,
    person,
    social_care_event,
)

ENUMERATED = [codelist for codelist in code_lists().values() if not codelist.pattern]
UNPLACED = (UNMAPPED, "unmapped_value")


def placed(column, text):
    return code_reader(column.coded)(text)


@pytest.mark.parametrize("codelist", ENUMERATED, ids=lambda each: each.name)
def test_every_code_label_and_alias_is_placed_on_its_code(codelist):
    read = code_reader(Code(codelist))
    for value in codelist.values:
        for text in (value.code, value.label, *value.aliases, value.label.upper(), f"  {value.label} "):
            assert read(text) == (value.code, None), text


@pytest.mark.parametrize("codelist", ENUMERATED, ids=lambda each: each.name)
def test_every_code_is_placed_with_its_label_behind_it_in_the_usual_ways(codelist):
    read = code_reader(Code(codelist))
    for value in codelist.values:
        if any(sign.isdigit() for sign in value.code):
            for text in (f"{value.code} - {value.label}", f"{value.code}: {value.label}", f"b) {value.code}"):
                assert read(text) == (value.code, None), text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a) Male", "M"),
        ("1 - Male", "M"),
        ("c) Not stated/recorded", "U"),
        ("Transgender", UNMAPPED),
    ],
)
def test_sex(text, code):
    assert placed(person.sex, text)[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("h) MWAS", "MWAS"),
        ("WBRI - White British", "WBRI"),
        ("A1: A1 - White - British", "WBRI"),
        ("White - British [WBRI]", "WBRI"),
        ("(A.A28)White - British", "WBRI"),
        ("WHB - WBRI - British", "WBRI"),
        ("Mixed White & Asian", "MWAS"),
        ("D2 African", "BAFR"),
    ],
)
def test_ethnicity_in_the_styles_of_several_systems(text, code):
    assert placed(person.ethnicity, text) == (code, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A4.6 White and Black Caribbean", "MWBC"),
        ("A4.15 Black - African", "BAFR"),
        ("A4.99 Something new", UNMAPPED),
        ("OTHER WHITE, WHITE UNSPECIFIED", "WOTH"),
        ("OTHER ASIAN, ASIAN UNSPECIFIED", "AOTH"),
        ("A2 - White and Asian", "MWAS"),
        ("WBRI - Indian", UNMAPPED),
        ("NOT IRISH", UNMAPPED),
    ],
)
def test_a_leading_code_or_word_does_not_win_over_words_that_say_otherwise(text, code):
    assert placed(person.ethnicity, text)[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1A: Individual", "1A"),
        ("e) 2A: Schools", "2A"),
        ("g) 3A: Health services", "3A"),
        ("3D - Health Services - Midwife", "3D"),
        ("62) Individual - Self", "1C"),
        ("1C: Individual - other, including strangers", UNMAPPED),
        ("OTHER LEGAL AGENCY: courts, probation", "7"),
    ],
)
def test_who_asked(text, code):
    """Ofsted's "3A: Health services" names the group after the code; a code and another code's label leave it open."""
    assert placed(contact.source_code, text)[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RC5 - Transferred to services of another local authority", "RC5"),
        ("Transferred to other Local Authority (CIN RC5)", "RC5"),
        ("Adopted (CIN RC1)", "RC1"),
        ("RC1 - Died", UNMAPPED),
        ("E2: Died", "E2"),
        ("RC10", UNMAPPED),
        ("N8.PICUST", UNMAPPED),
    ],
)
def test_why_a_case_ended(text, code):
    """The word "Died" is the label of RC2, of another family of codes than E2: there it contradicts nothing."""
    assert placed(social_care_event.outcome_code, text)[0] == code


@pytest.mark.parametrize(
    "text",
    [
        "Step down to Early Help",
        "STEP-DOWN TO EARLY HELP",
        "Stepped down to Early Help Team",
        "Closed to Early Help Team",
        "Closed to TAF",
        "Step Down to TAF",
        "Step down to team around the family",
        "EHA Step Down",
        "RC9 - De-escalation to Early Help - NFA After assesment",
        "Step Down to Single Agency",
        "Transfer to single agency / EHA",
    ],
)
def test_a_case_stepped_down_to_early_help_is_rc9_and_never_lost_among_other_reasons(text):
    assert placed(social_care_event.outcome_code, text) == ("RC9", None)


def test_a_step_to_anywhere_else_is_no_step_down():
    assert placed(social_care_event.outcome_code, "Step Cancelled") == UNPLACED
    assert placed(social_care_event.outcome_code, "Stepped Up to Social Care") == ("RC7", None)


def test_a_councils_own_code_below_a_published_one_is_a_kind_of_it():
    assert placed(social_care_event.category, "N8.PICUST") == ("N8", None)
    assert placed(social_care_event.category, "N5.LOW 29") == ("N5", None)
    assert placed(person.ethnicity, "A4.6") == UNPLACED


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Barnardos Thornbridge", "voluntary"),
        ("Barnardo's", "voluntary"),
        ("Home Start Riverside", "voluntary"),
        ("Abbotswell Primary School", "school"),
        ("Northside Children’s Centre", "council_early_help"),
        ("Copperhill Ltd", UNMAPPED),
    ],
)
def test_a_kind_of_organisation_is_known_by_a_word_in_its_name_whatever_its_apostrophes(text, code):
    assert placed(eh_assessment.org_type, text)[0] == code


def test_a_name_in_which_the_words_of_two_kinds_stand_is_left_open_unless_one_is_longer():
    values = (CodeValue("a", "A", ("Police",)), CodeValue("b", "B", ("School", "School nurse")))
    read = code_reader(Code(CodeList("kinds", "Kinds", values, "for this test", by_keyword=True)))
    assert read("Riverside police school") == UNPLACED
    assert read("Police and school nurse team") == ("b", None)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("1C;6B", ("1C;6B", None)),
        ("1C, 6B", ("1C;6B", None)),
        ("1C;1C", ("1C", None)),
        ("1C;RB;6B", ("1C;unmapped;6B", "unmapped_value")),
    ],
)
def test_several_codes_in_one_cell_are_each_placed(text, reading):
    assert code_reader(Codes(codelists.assessment_factors))(text) == reading


def test_what_was_exported_as_unmapped_or_not_recorded_stays_so_when_it_is_read_again():
    assert placed(contact.source_code, "unmapped") == (UNMAPPED, None)
    assert placed(contact.source_code, "not_recorded") == ("not_recorded", None)


@pytest.mark.parametrize("text", ["", "NULL", "n/a", "--", " Not Recorded "])
def test_words_that_systems_print_for_nothing(text):
    assert is_blank_word(text)


@given(st.text(max_size=25))
def test_every_text_is_placed_on_a_code_of_the_list_or_is_unmapped(text):
    for column in (person.ethnicity, contact.source_code, eh_assessment.org_type):
        code, problem = placed(column, text)
        assert code in (*column.code_list.codes, UNMAPPED, NOT_RECORDED)
        assert problem is None or (code, problem) == UNPLACED
