"""Every declared source is sound: its names are known, its fills reach the standard, and no list hides another."""

from __future__ import annotations

import re

import pytest

from earlyhelp.ingest.codes import code_reader
from earlyhelp.sources import SOURCES, Among, Fill, Fixed, Heading, MadeKey, Part, Read, heading_of
from earlyhelp.sources.layout import plain
from earlyhelp.standard import Code, codelists, contact, person, social_care_event

PARTS = [(source, part) for source in SOURCES.values() for part in source.parts]
FILLS = [(source, part, fill) for source, part in PARTS for fill in part.fills]


def named(each: object) -> str:
    return each.name if hasattr(each, "formats") else getattr(each, "title", type(each).__name__)


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
def test_every_source_says_who_publishes_it_and_how_sure_its_layout_is(source):
    assert source.title
    assert source.publisher
    assert re.match("published layout|proposed", source.status)
    assert source.formats


@pytest.mark.parametrize(("source", "part"), PARTS, ids=named)
def test_every_list_is_called_by_its_own_name_and_by_no_other_lists_name(source, part):
    assert [each.title for each in source.parts if each.is_called(part.title)] == [part.title]
    assert source.reason_to_leave(part.title) == ""


@pytest.mark.parametrize(("source", "part"), PARTS, ids=named)
def test_no_spelling_of_a_heading_stands_for_two_headings_of_one_list(source, part):
    spellings = [(spelling, heading.name) for heading in part.headings for spelling in set(heading.spellings)]
    assert len({spelling for spelling, _ in spellings}) == len(spellings)
    assert all(spelling for spelling, _ in spellings)


@pytest.mark.parametrize(("source", "part"), PARTS, ids=named)
def test_a_list_needs_what_its_own_table_cannot_do_without(source, part):
    cells = part.fills[0].cells
    for column in part.table.withholding:
        assert column in cells, column
        heading = heading_of(cells[column])
        needed = part.carried[heading].headings if heading in part.carried else {heading} - {None}
        assert needed <= set(part.needed), column


@pytest.mark.parametrize(("source", "part", "fill"), FILLS, ids=named)
def test_a_value_that_is_the_same_on_every_row_is_a_value_of_its_column(source, part, fill):
    for column, cell in fill.cells.items():
        if isinstance(cell, Fixed) and column.coded:
            assert code_reader(column.coded)(cell.value) == (cell.value, None)


@pytest.mark.parametrize(("source", "part", "fill"), FILLS, ids=named)
def test_a_made_key_is_made_of_headings_that_fill_columns_of_the_same_row(source, part, fill):
    filled = {heading_of(cell) for cell in fill.cells.values()}
    for cell in fill.cells.values():
        assert not isinstance(cell, MadeKey) or (set(cell.headings) <= filled and cell.label)


@pytest.mark.parametrize(("source", "part", "fill"), FILLS, ids=named)
def test_what_can_stand_under_a_heading_is_part_of_the_columns_list_and_each_spelling_means_one_code(
    source, part, fill
):
    for column, cell in fill.cells.items():
        if isinstance(cell, Among):
            own = cell.part_of(column.code_list)
            assert set(own.codes) == set(cell.codes) < set(column.code_list.codes)
            read = code_reader(Code(own))
            for code, words in cell.words.items():
                assert {read(word) for word in words} == {(code, None)}


@pytest.mark.parametrize(("source", "part", "fill"), FILLS, ids=named)
def test_a_value_worked_out_from_a_text_never_stumbles_over_one(source, part, fill):
    for cell in fill.cells.values():
        if isinstance(cell, Read):
            for text in ("", " ", "{", "{}", '{"A": 1}', "[]", "null", "é", "Y", "x" * 1000):
                assert cell.by(text) is None or isinstance(cell.by(text), str)


@pytest.mark.parametrize(
    ("part", "column", "text", "code"),
    [
        ("List 6", social_care_event.category, "Sexual abuse", "N1"),
        ("List 6", social_care_event.category, "Neglect", "N1"),
        ("List 6", social_care_event.category, "Low income", "N7"),
        ("List 7", social_care_event.category, "Sexual abuse", "SAB"),
        ("List 7", social_care_event.category, "Abuse or neglect", "unmapped"),
        ("List 8", social_care_event.category, "Emotional abuse", "N1"),
        ("List 6", social_care_event.outcome_code, "Adopted", "RC1"),
        ("List 6", social_care_event.outcome_code, "Accommodation on remand ended", "unmapped"),
        ("List 8", social_care_event.outcome_code, "Adopted", "unmapped"),
        ("List 8", social_care_event.outcome_code, "Died", "E2"),
        ("List 8", social_care_event.outcome_code, "E45", "E45"),
    ],
)
def test_the_same_word_means_what_it_means_under_its_own_heading(part, column, text, code):
    """A primary need of "sexual abuse" is N1; a plan for it is SAB. "Adopted" is RC1 when a case is closed, and at the end
    of care does not say whether it was opposed.
    """
    cells = SOURCES["annex_a"].part_called(part).fills[0].cells
    own = cells[column].part_of(column.code_list)
    assert code_reader(Code(own))(text)[0] == code


@pytest.mark.parametrize(
    ("outcome", "decision"),
    [
        ('{"NFA_FLAG": "Y", "ADVICE_FLAG": ""}', "nfa"),
        ('{"NFA_FLAG": "Y", "NEW_REFERRAL_FLAG": "Y"}', "statutory"),
        ('{"NFA_FLAG": ""}', None),
        ("Advice", "Advice"),
        ("{torn", "{torn"),
        ("", None),
    ],
)
def test_the_furthest_reaching_outcome_of_a_contact_is_its_decision(outcome, decision):
    cell = SOURCES["ssd"].part_called("ssd_contacts").fills[0].cells[contact.decision_code]
    assert cell.by(outcome) == decision


def test_a_fill_of_another_tables_column_is_refused_when_the_module_loads():
    with pytest.raises(TypeError, match="not a column of contact"):
        Fill(contact, {person.dob: "Date of Birth"})


def test_codes_that_are_not_in_the_columns_list_are_refused_when_the_module_loads():
    with pytest.raises(TypeError, match="from among N10"):
        Fill(social_care_event, {social_care_event.category: Among("Need", ("N10",))})


def test_a_heading_that_is_used_and_not_declared_is_refused_when_the_module_loads():
    with pytest.raises(TypeError, match="no heading 'Date of Contact'"):
        Part("List", (Heading("Child"),), (Fill(contact, {contact.contact_date: "Date of Contact"}),), needed=())


def test_headings_are_compared_without_case_marks_and_spacing():
    assert plain("Date of Contact (DD/MM/YYYY) & Time") == "dateofcontactddmmyyyyandtime"


def test_an_older_need_is_not_taken_for_a_category_of_abuse():
    own = Among("Category", ("NEG", "PHY")).part_of(codelists.needs_statutory)
    assert own.codes == ("NEG", "PHY")
