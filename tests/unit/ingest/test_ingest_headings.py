"""Which list a grid holds, and where each heading stands."""

from __future__ import annotations

import pytest

from earlyhelp.errors import InputRefused, UsageProblem
from earlyhelp.ingest.grid import Grid
from earlyhelp.ingest.recognise import match_headings, recognise
from earlyhelp.sources import SOURCES

CONTACT = SOURCES["standard"].part_called("contact")
LIST_1 = SOURCES["annex_a"].part_called("List 1")
LIST_1_HEADINGS = [heading.name for heading in LIST_1.headings]


def grid(*rows: list[str], name: str = "extract", first: int = 1) -> Grid:
    top = [(number, row) for number, row in enumerate(rows, start=first)]
    return Grid(name, "raw_0", max(map(len, rows)), top)


def headings_of(part) -> list[str]:
    return [heading.name for heading in part.headings]


@pytest.mark.parametrize(
    ("source", "part"),
    [(source, part) for source in SOURCES.values() for part in source.parts],
    ids=lambda each: each.name if hasattr(each, "formats") else each.title,
)
def test_every_list_is_known_by_its_published_headings_under_any_name(source, part):
    found = recognise([grid(headings_of(part), name="upload")], "upload.csv", source.name)
    (matched,) = found.matched
    assert matched.part in (source.kinds_beside(part) or (part,))
    assert matched.missing == ()


def test_headings_may_stand_in_another_order_case_and_spacing():
    row = [heading.upper().replace(" ", "_") for heading in reversed(LIST_1_HEADINGS)]
    found = match_headings(grid(row), LIST_1)
    assert found.columns == {name: f"c{len(row) - 1 - place}" for place, name in enumerate(LIST_1_HEADINGS)}


def test_the_headings_are_looked_for_below_titles_and_the_rows_above_them_are_no_data():
    titles = [["Annex A"], ["List 1: contacts in the last 12 months"]]
    found = match_headings(grid(*titles, LIST_1_HEADINGS), LIST_1)
    assert found.heading_row == 3
    assert found.missing_needed == ()


def test_a_slip_of_the_pen_in_a_heading_is_forgiven_and_another_word_is_not():
    row = ["Date of Contct" if heading == "Date of Contact" else heading for heading in LIST_1_HEADINGS]
    assert match_headings(grid(row), LIST_1).missing_needed == ()
    row = ["When we heard" if heading == "Date of Contact" else heading for heading in LIST_1_HEADINGS]
    assert match_headings(grid(row), LIST_1).missing_needed == ("Date of Contact",)


def test_two_columns_that_are_both_nearly_a_heading_are_both_left():
    row = ["Child Unique ID", "Date of Contac", "Date of Contactt"]
    found = match_headings(grid(row), LIST_1)
    assert found.missing_needed == ("Date of Contact",)
    assert found.unknown == ("Date of Contac", "Date of Contactt")


def test_a_heading_that_stands_twice_is_read_where_it_stands_first():
    found = match_headings(grid(["contact_id", "person_key", "contact_date", "contact_date"]), CONTACT)
    assert (found.columns["contact_date"], found.repeated) == ("c2", ("contact_date",))


@pytest.mark.parametrize(
    "name", ["List 1", "List_1", "list1", "LIST 01", "Annex A List 1", "List 1 (2)", "List 1 contacts"]
)
def test_a_sheet_is_known_by_its_number_however_it_is_written(name):
    assert SOURCES["annex_a"].part_called(name) is LIST_1
    assert SOURCES["annex_a"].reason_to_leave(name) == ""


@pytest.mark.parametrize("name", ["List 9", "List_10", "List 11", "Guidance", "Codes_used"])
def test_a_sheet_nobody_reads_is_left_out_with_the_reason(name):
    assert SOURCES["annex_a"].reason_to_leave(name)


@pytest.mark.parametrize(
    "name", ["sw_episodes", "SSDA903_2025_SW_Episode", "social_worker_episodes", "oc2", "placed_for_adoption"]
)
def test_a_table_of_the_return_that_nobody_reads_is_left_out_with_the_reason(name):
    assert SOURCES["ssda903"].reason_to_leave(name)


@pytest.mark.parametrize("name", ["episodes", "351_2017_episodes", "Wandsworth_episodes", "SSDA903_2025_episode"])
def test_episodes_of_care_are_read_whoever_sends_them(name):
    episodes = next(part for part in SOURCES["ssda903"].parts if part.title == "episodes")
    assert SOURCES["ssda903"].part_called(name) is episodes


def test_a_workbook_is_taken_as_the_source_whose_lists_it_holds():
    lists = [grid(headings_of(part), name=part.title) for part in SOURCES["annex_a"].parts]
    found = recognise([*lists, grid(["anything"], name="List 9")], "upload.xlsx")
    assert found.source.name == "annex_a"
    assert found.left_out == (("List 9", "care leavers: the standard has no table for them"),)


def test_a_file_named_after_a_table_that_lacks_what_the_table_needs_is_not_taken_for_another_table():
    with pytest.raises(InputRefused, match="contact was found, but not its heading contact_date"):
        recognise([grid(["contact_id", "person_key", "source_code"], name="contact")], "contact.csv")


def test_one_known_heading_among_many_others_does_not_make_a_list():
    with pytest.raises(InputRefused, match="match no layout"):
        recognise([grid(["person_key", "shoe size", "favourite colour", "pet"], name="survey")], "survey.csv")


@pytest.mark.parametrize("name", ["ssd_involvements", "ssd_cla_episodes"])
def test_a_table_that_is_known_and_not_read_yet_is_refused_with_that_reason(name):
    with pytest.raises(InputRefused, match="is not read yet"):
        recognise([grid(["invo_involvements_id", "invo_professional_id"], name=name)], f"{name}.csv")


def test_a_source_that_does_not_exist_is_a_mistake_of_the_command():
    with pytest.raises(UsageProblem, match="no source mosiac"):
        recognise([grid(["a"])], "a.csv", "mosiac")
