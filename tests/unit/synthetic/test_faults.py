"""Every declared fault, and the small functions that break names and dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.errors import InputRefused
from earlyhelp.sources.writing import WRITERS
from earlyhelp.standard import TABLES, codelists
from earlyhelp.synthetic.faults import FAULTS, CellFault, PersonFault, Struck
from earlyhelp.synthetic.faults.identity import slip
from earlyhelp.synthetic.faults.luck import luck_of, marks
from earlyhelp.synthetic.faults.where import places_of
from earlyhelp.synthetic.faults.words import own_words, words_of

PLACES = [
    place
    for writer in WRITERS.values()
    for part in writer.source.parts
    for place in places_of(writer, part, 2026, own_words())
]
CELLS = [each for each in FAULTS if isinstance(each, CellFault)]
ROW: Mapping[str, object] = {
    "forename": "Elizabeth", "surname": "Smith-Jones", "former_surname": "Brown", "dob": date(2014, 3, 5), "sex": "F",
    "address_line": "1 Oak Road", "postcode": "QA1 1AB", "uprn": "800000000001", "lsoa": "E01000001",
    "earlier_address": "2 Elm Road", "earlier_postcode": "QA2 2AB",
}  # fmt: skip


def named(name):
    return next(each for each in FAULTS if each.name == name)


def at(source, column):
    return next(place for place in PLACES if place.source == source and str(place.column) == column)


def struck(place, text, luck=0.3, **beside):
    return Struck(text, luck, place, beside.get)


def test_no_two_faults_share_a_name_and_each_says_what_it_is_in_a_sentence():
    assert len({each.name for each in FAULTS}) == len(FAULTS)
    for each in FAULTS:
        assert each.about.endswith(".")
        assert 0 < each.rate <= 1


@pytest.mark.parametrize("fault", CELLS, ids=lambda each: each.name)
def test_a_fault_of_cells_applies_somewhere(fault):
    assert any(fault.applies(place) for place in PLACES)


@pytest.mark.parametrize("fault", CELLS, ids=lambda each: each.name)
def test_a_fault_that_sets_rows_aside_can_happen_where_a_row_needs_the_cell(fault):
    needed = any(fault.applies(place) for place in PLACES if place.withholds)
    assert needed or not fault.quarantines


@pytest.mark.parametrize(
    ("fault", "text", "became"),
    [
        ("day that does not exist", "05/03/2024", "31/02/2024"),
        ("digits of the year swapped", "05/03/2024", "05/03/2204"),
        ("year of two digits", "05/03/2024", "05.03.24"),
        ("day and month swapped on import", "05/03/2024", "03/05/2024"),
        ("day and month swapped on import", "25/03/2024", None),
        ("day and month swapped on import", "03/03/2024", None),
        ("date as a day number", "05/03/2024", "45356"),
        ("date in words", "05/03/2024", "5 March 2024"),
        ("date with a time", "05/03/2024", "05/03/2024 00:00:00"),
        ("date with a time", "5 March 2024", None),
    ],
)
def test_a_date_breaks_so(fault, text, became):
    place = at("annex_a", "contact.contact_date")
    assert named(fault).break_(struck(place, text, luck=0.1)) == became


def test_an_end_breaks_by_the_start_beside_it():
    place = at("ssd", "eh_episode.end_date")
    beside = {"earl_episode_start_date": "2024-01-10", "earl_episode_end_date": "2024-01-12"}
    assert named("end before start").break_(struck(place, "2024-01-12", luck=0.0, **beside)) == "2024-01-09"
    assert named("end date changed later").break_(struck(place, "2024-01-12", luck=0.0, **beside)) == "2024-01-11"


@pytest.mark.parametrize(
    ("fault", "text", "became"),
    [
        ("leading zeros lost", "00012", "12"), ("leading zeros lost", "12", None), ("leading zeros lost", "A0", None),
        ("number in scientific notation", "800000000001", "8.00000E+11"), ("number in scientific notation", "12345", None),
    ],
)  # fmt: skip
def test_an_id_breaks_so(fault, text, became):
    assert named(fault).break_(struck(at("ssd", "contact.person_key"), text)) == became


def test_a_local_word_and_a_label_stand_for_a_code_in_the_wording_of_the_source():
    place = at("annex_a", "person.sex")
    assert named("local word").break_(struck(place, "a) Male")) in {"Boy", "Male (at birth)"}
    assert named("label for code").break_(struck(place, "b) Female")) == "Female"
    assert named("local word").break_(struck(place, "no code at all")) is None


@pytest.mark.parametrize(
    "fault", [each for each in FAULTS if isinstance(each, PersonFault)], ids=lambda each: each.name
)
def test_a_mistake_about_a_person_changes_columns_and_leaves_empty_ones_alone(fault):
    changed = fault.break_(dict(ROW, forename="Mohammed" if "spelt otherwise" in fault.name else "Elizabeth"), 0.4)
    if fault.name != "surname spelt otherwise":
        assert changed
    assert set(changed or {}) <= set(TABLES["person"].columns)
    assert not fault.break_(dict.fromkeys(ROW), 0.4)


def test_names_and_dates_of_birth_go_wrong_so():
    assert named("names swapped").break_(ROW, 0.1) == {"forename": "Smith-Jones", "surname": "Elizabeth"}
    assert named("hyphen lost").break_(ROW, 0.1) == {"surname": "Smith Jones"}
    assert named("day and month of birth swapped").break_(ROW, 0.1) == {"dob": date(2014, 5, 3)}
    assert named("placeholder date of birth").break_(ROW, 0.6) == {"dob": date(2014, 7, 1)}
    assert named("placeholder date of birth").break_(ROW, 0.9) == {"dob": date(1900, 1, 1)}


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'-", min_size=0, max_size=12), st.floats(0, 1, exclude_max=True))
def test_a_slip_of_the_pen_changes_a_word_by_two_signs_at_most(word, luck):
    slipped = slip(word, luck)
    assert slipped != word
    if slipped:
        assert abs(len(slipped) - len(word)) <= 1
        same = sum(a == b for a, b in zip(word, slipped, strict=False)) + sum(
            a == b for a, b in zip(word[::-1], slipped[::-1], strict=False)
        )
        assert same >= len(word) - 2


def test_luck_belongs_to_the_record_whatever_stands_beside_it():
    one, other = marks(["a", "b", "c"]), marks(["c", "a"])
    assert luck_of(one, 1, "x").tolist()[0] == luck_of(other, 1, "x").tolist()[1]
    assert luck_of(one, 1, "x").tolist() != luck_of(one, 1, "y").tolist() != luck_of(one, 2, "y").tolist()


def test_luck_is_spread_evenly():
    luck = luck_of(marks([f"C{number:07d}" for number in range(40_000)]), 1, "x")
    for least in (0.0, 0.2, 0.4, 0.6, 0.8):
        assert abs(((luck >= least) & (luck < least + 0.2)).mean() - 0.2) < 0.01


def test_our_own_words_are_for_codes_of_the_standard():
    lists = {column.code_list.name: column.code_list for t in TABLES.values() for column in t.coded_columns}
    for name, code in own_words().known:
        assert code in lists[name].codes


def test_a_list_of_words_is_read_where_the_code_can_be_told(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text(
        "column,local_value,annex_a_code\nGender,Lad,a) Male\nEthnicity,(A1) WBRI UK,a) White\nNo such,x,y\n"
    )
    known = words_of(path).known
    assert known == {(codelists.sex.name, "M"): ("Lad",), (codelists.ethnicity.name, "WBRI"): ("(A1) WBRI UK",)}


def test_a_list_of_words_without_its_columns_is_refused_by_name(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("column,word\nGender,Lad\n")
    with pytest.raises(InputRefused, match="local_value, annex_a_code") as refused:
        words_of(Path(path))
    assert refused.value.where == "words.csv"
