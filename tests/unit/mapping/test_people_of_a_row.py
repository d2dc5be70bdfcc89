"""Families in one row: the people told side by side become people of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.mapping import SavedList, SavedMap, SavedPerson, SavedScore, read_map, write_map
from earlyhelp.ingest.mapping.as_last_time import as_before, list_to_save
from earlyhelp.ingest.mapping.as_source import lacking, part_of
from earlyhelp.ingest.mapping.columns import Proposal, propose_columns
from earlyhelp.ingest.mapping.map_files import map_in, text_of
from earlyhelp.ingest.mapping.people_of_a_row import joined
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.ingest.mapping.side_by_side import (
    as_one_child,
    people_of,
    person_called,
    propose_list,
    propose_people,
)
from earlyhelp.ingest.values import DateOrder
from earlyhelp.sources import Fixed, Joined, MadeKey, OwnNumber, PersonOf, heading_of
from earlyhelp.sources.layout import Part
from earlyhelp.standard import (
    contact,
    eh_episode,
    eh_need,
    eh_score,
    family_member,
    partner_event,
    person,
    person_identifier,
)

NAMES = ("Mia Thornton", "Leo Ash", "Ada Moor")
DAYS = ("14/05/2012", "03/11/2010", "22/07/2013")
ANSWERS = ("Y", "N", "y")


def values(headings):
    return {heading: Values(dict.fromkeys(said, 1)) for heading, said in headings.items()}


@pytest.mark.parametrize(
    ("headings", "role"),
    [
        (("Child 1 Name", "Child 2 Name"), "child"),
        (("Child1 DOB", "Child2 DOB"), "child"),
        (("Name of child 1", "Name of child 2"), "child"),
        (("1st child's name", "2nd child's name"), "child"),
        (("CYP 1 - UPN", "CYP 2 - UPN"), "child"),
        (("Sibling 1 name", "Sibling 2 name"), "sibling"),
        (("Young person 1 forename", "Young person 3 forename"), "child"),
        (("Adult 1 Name", "Adult 2 Name"), "parent"),
        (("Parent 1", "Parent 2"), "parent"),
        (("Carer 1 DOB", "Carer 2 DOB"), "carer"),
    ],
)
def test_headings_that_differ_by_a_number_and_are_called_as_people_are_tell_of_people(headings, role):
    assert [each[0] for each in people_of(["Family ID", *headings]).values()] == [role, role]


@pytest.mark.parametrize(
    ("heading", "role", "said"),
    [
        ("Parent/Carer Name", "parent", "Name"),
        ("Mother's DOB", "parent", "DOB"),
        ("Name of main carer", "carer", "Name of main"),
        ("Partner", "partner", "Name"),
    ],
)
def test_an_adult_may_be_told_without_a_number(heading, role, said):
    assert people_of([heading])[heading] == (role, 0, said)


def test_mother_and_father_are_two():
    headings = ["Mother Name", "Father Name", "Mother DOB", "Father DOB"]
    assert [people_of(headings)[each] for each in headings] == [
        ("parent", 0, "Name"),
        ("parent", -1, "Name"),
        ("parent", 0, "DOB"),
        ("parent", -1, "DOB"),
    ]
    told = propose_people(values({h: DAYS if "DOB" in h else NAMES for h in headings}), "cases")
    assert {each.person for proposals in told.values() for each in proposals} == {("parent", 0), ("parent", -1)}
    assert [person_called("parent", number) for number in (0, -1, 3)] == ["parent", "parent 2", "parent 3"]


def test_the_scores_of_a_row_are_the_childs_and_of_several_children_the_familys():
    alone = replace(FAMILIES, people=CHILDREN[:1], scores={"Debt": SavedScore("SDQ", "Impact", "Opened")})
    [score] = fills_of(part_of(alone, "north"), eh_score)
    assert score.cells[eh_score.person_key] == PersonOf("Child 1 Name (person)")
    [score] = fills_of(part_of(replace(alone, people=CHILDREN), "north"), eh_score)
    assert eh_score.person_key not in score.cells
    assert score.cells[eh_score.family_key] == "Family"


def test_an_adult_without_a_name_is_nobody():
    told = values({"Parent involved": ("Y", "N"), "Parent DOB": DAYS})
    assert propose_people(told, "cases") == {}
    assert list(propose_people({**told, **values({"Parent": NAMES})}, "cases")) == [
        "Parent involved",
        "Parent DOB",
        "Parent",
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ("Child 1 Name",),
        ("Need 1", "Need 2"),
        ("Session 1 date", "Session 2 date"),
        ("Child Name", "Child DOB"),
        ("Children seen 2024", "Children seen 2025"),
        ("Child attendance 90%", "Child attendance 95%"),
        ("Child SDQ 1.1", "Child SDQ 1.2"),
        ("Child 1 of 2 name", "Child 2 of 2 name"),
        ("Child 0 name", "Child 1 name"),
        ("Child 21 name", "Child 1 name"),
    ],
)
def test_other_numbers_count_no_people(headings):
    assert people_of(headings) == {}


@given(st.lists(st.text(max_size=25), unique=True, max_size=8))
def test_any_headings_can_be_looked_at_and_only_those_given_come_back(headings):
    assert set(people_of(headings)) <= set(headings)
    assert set(propose_people(values(dict.fromkeys(headings, ("x",))), "tracker")) <= set(headings)


def test_each_person_has_columns_of_their_own():
    told = propose_people(
        values(
            {
                "Child 1 Name": NAMES,
                "Child 1 DOB": DAYS,
                "Child 2 Name": NAMES,
                "Child 2 DOB": DAYS,
                "Child 2 favourite": ("red", "blue", "green"),
            }
        ),
        "families",
    )
    found = {heading: [(each.column, each.person) for each in proposals] for heading, proposals in told.items()}
    assert found == {
        "Child 1 Name": [(person.forename, ("child", 1)), (person.surname, ("child", 1))],
        "Child 1 DOB": [(person.dob, ("child", 1))],
        "Child 2 Name": [(person.forename, ("child", 2)), (person.surname, ("child", 2))],
        "Child 2 DOB": [(person.dob, ("child", 2))],
        "Child 2 favourite": [(None, None)],
    }


def test_a_child_without_a_number_is_known_by_name_and_birth_where_both_are_told():
    def known(headings):
        told = values(headings)
        table, proposals = propose_columns(told, "cases", eh_episode)
        return {each.heading: each.person for each in as_one_child(table, proposals)}

    headings = {"CYP Name": NAMES, "DOB": DAYS, "Postcode": ("LS1 1AA", "LS2 2BB"), "Date opened": DAYS}
    assert known(headings) == {"CYP Name": ("child", 0), "DOB": ("child", 0), "Postcode": None, "Date opened": None}
    assert set(known({**headings, "EHM No": ("1", "2")}).values()) == {None}
    assert set(known({"CYP Name": NAMES, "Date opened": DAYS}).values()) == {None}
    assert set(known({"DOB": DAYS, "Date opened": DAYS}).values()) == {None}


def test_a_list_that_names_a_child_may_be_about_what_needs_one():
    told = {"Case Ref": ("1", "2"), "Child Name": NAMES, "DOB": DAYS, "Date Opened": DAYS}
    assert propose_list(values(told), "list")[0] is eh_episode
    del told["Child Name"]
    assert propose_list(values(told), "list")[0] is partner_event


def test_a_list_of_families_is_proposed_as_a_whole():
    headings = {
        "Family ID": ("F1", "F2"),
        "Child 1 Name": NAMES,
        "Child 2 Name": NAMES,
        "Parent Name": NAMES,
        "Postcode": ("LS1 1AA", "LS2 2BB"),
        "Date opened": DAYS,
        "Debt?": ANSWERS,
        "Step down": ANSWERS,
    }
    table, proposals = propose_list(values(headings), "tracker")
    assert table is eh_episode
    assert list(dict.fromkeys(each.heading for each in proposals)) == list(headings)
    told = {each.heading: (each.column, each.person, each.need) for each in proposals}
    assert told == {
        "Family ID": (eh_episode.family_key, None, ""),
        "Child 1 Name": (person.surname, ("child", 1), ""),
        "Child 2 Name": (person.surname, ("child", 2), ""),
        "Parent Name": (person.surname, ("parent", 0), ""),
        "Postcode": (person.postcode, None, ""),
        "Date opened": (eh_episode.start_date, None, ""),
        "Debt?": (eh_need.need_code, None, "SF10"),
        "Step down": (eh_episode.step_down, None, ""),
    }


def test_a_child_without_a_number_beside_its_parent():
    headings = {"Child Name": NAMES, "DOB": DAYS, "Parent Name": NAMES, "Date opened": DAYS}
    _, proposals = propose_list(values(headings), "caseload", eh_episode)
    assert {each.heading: each.person for each in proposals} == {
        "Child Name": ("child", 0),
        "DOB": ("child", 0),
        "Parent Name": ("parent", 0),
        "Date opened": None,
    }
    why = {each.heading: each.why for each in proposals}
    assert why["DOB"].endswith("a child without a number is known by name and birth")
    assert "known by" not in why["Date opened"]


WHOLE_NAME = (person.forename, person.surname)
CHILDREN = (
    SavedPerson("child", {"Child 1 Name": WHOLE_NAME, "Child 1 DOB": (person.dob,)}),
    SavedPerson(
        "child", {"Child 2 DOB": (person.dob,), "Child 2 Name": WHOLE_NAME, "UPN 2": (person_identifier.value,)}
    ),
)
ADULT = SavedPerson("parent", {"Adult 1": WHOLE_NAME})
BESIDE = dict.fromkeys([h for one in (*CHILDREN, ADULT) for h in one.columns] + ["Debt"], ())
FAMILIES = SavedList(
    "families",
    eh_episode,
    {
        "Family": (eh_episode.family_key,),
        "Postcode": (person.postcode,),
        "Opened": (eh_episode.start_date,),
        "Case": (eh_episode.episode_id,),
        **BESIDE,
    },
    needs={"Debt": "SF10"},
    people=(*CHILDREN, ADULT),
)


def fills_of(part: Part, table):
    return [fill for fill in part.fills if fill.table is table]


def test_people_and_needs_are_written_into_a_map_and_read_back(tmp_path):
    path = write_map(SavedMap("families", (FAMILIES,)), tmp_path)
    assert read_map(path).lists == (FAMILIES,)
    assert '"Debt" = "SF10"' in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"Debt" = "SF10"', '"Debt" = "SF99"', "no code of a need"),
        ('role = "parent"', 'role = "nanny"', "no role in a family"),
        ('"Adult 1" = ["person.forename", "person.surname"]', '"Adult 1" = ["person.nickname"]', "no column"),
    ],
)
def test_a_mistake_is_told_with_its_line(right, wrong, said):
    text = text_of(SavedMap("families", (FAMILIES,)))
    line = next(number for number, each in enumerate(text.splitlines(), start=1) if each == right)
    with pytest.raises(InputRefused) as refused:
        map_in(text.replace(right, wrong), "families.toml")
    assert said in refused.value.error
    assert refused.value.where == f"families.toml, line {line}"


def test_each_child_of_a_row_has_an_episode_and_the_first_has_the_number():
    part = part_of(FAMILIES, "north")
    first, second = fills_of(part, eh_episode)
    assert (first.when, second.when) == ("", "Child 2 Name")
    assert first.cells[eh_episode.person_key] == PersonOf("Child 1 Name (person)")
    assert second.cells[eh_episode.person_key] == PersonOf("Child 2 Name (person)")
    assert first.cells[eh_episode.episode_id] == OwnNumber("Case", "Child 1 Name (person)", "Opened")
    assert second.cells[eh_episode.episode_id] == MadeKey(
        ("Child 2 Name (person)", "Opened"), label="eh_episode of north"
    )
    assert second.cells[eh_episode.family_key] == "Family"
    assert set(part.needed) == {"Case", "Child 1 Name", "Opened"}


def test_what_is_told_of_a_further_child_is_told_where_there_is_one():
    part = part_of(FAMILIES, "north")
    assert [fill.when for fill in fills_of(part, person)] == ["", "Child 2 Name", "Adult 1"]
    assert [fill.when for fill in fills_of(part, person_identifier)] == ["Child 2 Name"]


def test_a_further_table_is_filled_where_its_key_and_day_are_told():
    told = {"Child": (eh_episode.person_key,), "Opened": (eh_episode.start_date,), "Asked": (contact.contact_date,)}
    [request] = fills_of(part_of(SavedList("cases", eh_episode, told), "north"), contact)
    assert request.when == "Asked"
    assert request.cells[contact.person_key] == PersonOf("Child")
    told["Asked"] = (contact.decision_date,)
    assert fills_of(part_of(SavedList("cases", eh_episode, told), "north"), contact) == []
    told["Asked"] = (eh_score.score_date,)
    assert fills_of(part_of(SavedList("cases", eh_episode, told), "north"), eh_score) == []


def test_a_child_without_a_number_is_known_by_name_birth_and_family():
    assert joined(FAMILIES)["Child 2 Name (person)"] == Joined(
        ("Child 2 Name", "Child 2 DOB", "Family"), instead=("Case",)
    )


def test_a_name_is_never_kept_as_somebody_s_number():
    [first, _, _] = fills_of(part_of(FAMILIES, "north"), person)
    assert first.cells[person.source_person_id] == first.cells[person.person_key] == PersonOf("Child 1 Name (person)")


def test_a_child_with_a_number_is_known_by_it():
    numbered = SavedPerson("child", {"Child 1 Name": WHOLE_NAME, "Child 1 ID": (person.person_key,)})
    told = SavedList("families", eh_episode, {"Opened": (eh_episode.start_date,)}, people=(numbered, CHILDREN[1]))
    columns = {**told.columns, **dict.fromkeys(h for one in told.people for h in one.columns)}
    told = SavedList("families", eh_episode, {h: c or () for h, c in columns.items()}, people=told.people)
    part = part_of(told, "north")
    assert part.fills[0].cells[eh_episode.person_key] == PersonOf("Child 1 ID")
    assert list(part.joined) == ["Child 2 Name (person)"]


def test_everybody_in_a_row_has_the_home_of_the_row_and_the_adults_are_no_children():
    part = part_of(FAMILIES, "north")
    people = fills_of(part, person)
    assert [fill.cells[person.postcode] for fill in people] == ["Postcode"] * 3
    assert people[-1].cells[person.is_child] == Fixed("false")
    [member] = fills_of(part, family_member)
    assert (member.cells[family_member.role], member.when) == (Fixed("parent"), "Adult 1")
    assert [heading_of(fill.cells[person_identifier.value]) for fill in fills_of(part, person_identifier)] == ["UPN 2"]


def test_siblings_beside_the_child_of_a_row_are_children_of_the_family_and_no_cases():
    sibling = SavedPerson("sibling", {"Child 2 Name": WHOLE_NAME})
    own = {"Child 1 Name": WHOLE_NAME, "EHM No": (eh_episode.person_key, person.person_key, person.source_person_id)}
    told = replace(FAMILIES, columns={**FAMILIES.columns, **own}, people=(sibling,))
    part = part_of(told, "north")
    [episode] = fills_of(part, eh_episode)
    assert episode.cells[eh_episode.person_key] == PersonOf("EHM No")
    child, brother = fills_of(part, person)
    assert child.cells[person.person_key] == PersonOf("EHM No")
    assert brother.cells[person.is_child] == Fixed("true")
    assert brother.cells[person.person_key] == PersonOf("Child 2 Name (person)")


def test_the_number_of_the_row_is_not_that_of_each_of_its_children():
    number = {"EHM No": (eh_episode.person_key, person.person_key)}
    part = part_of(replace(FAMILIES, columns={**FAMILIES.columns, **number}), "north")
    whose = [fill.cells[eh_episode.person_key] for fill in fills_of(part, eh_episode)]
    assert whose == [PersonOf("Child 1 Name (person)"), PersonOf("Child 2 Name (person)")]


def test_the_needs_of_a_row_stand_in_the_episode_of_the_first_child():
    [need] = fills_of(part_of(FAMILIES, "north"), eh_need)
    assert need.cells[eh_need.episode_id] == OwnNumber("Case", "Child 1 Name (person)", "Opened")
    assert need.cells[eh_need.need_code].by("Yes") == "SF10"
    assert need.cells[eh_need.need_code].by("perhaps") is None
    assert need.when == "Debt"


def test_a_list_of_families_without_a_day_still_lacks_it():
    told = SavedList("families", eh_episode, {"Family": (eh_episode.family_key,), **BESIDE}, people=CHILDREN)
    assert lacking(told) == [eh_episode.episode_id, eh_episode.start_date]


def test_a_child_who_is_new_in_the_list_is_another_child_and_not_one_of_those_saved():
    headings = ["Adult 1", "Child 1 Name", "Child 1 DOB", "Child 2 Name", "Child 2 DOB", "Child 3 Name", "Child 3 DOB"]
    told = propose_people(values({h: DAYS if "DOB" in h else NAMES for h in headings}), "families")
    fresh = [Proposal("Adult 1", None, 0.0, ""), *(each for proposals in told.values() for each in proposals)]
    saved = list_to_save("families", eh_episode, as_before(fresh, FAMILIES), FAMILIES)
    assert [list(one.columns) for one in saved.people] == [
        ["Adult 1"],
        ["Child 1 Name", "Child 1 DOB"],
        ["Child 2 Name", "Child 2 DOB"],
        ["Child 3 Name", "Child 3 DOB"],
    ]


def test_what_was_saved_stands_and_what_is_unsure_is_not_saved():
    saved = replace(
        FAMILIES,
        columns={**FAMILIES.columns, "Debt": (eh_episode.need_code,), "Notes": ()},
        people=(
            *FAMILIES.people[:2],
            SavedPerson("parent", {"Her name": WHOLE_NAME}),
            SavedPerson("parent", {"His": WHOLE_NAME}),
        ),
        scores={"Star": SavedScore("Family star", "Overall", "Opened")},
        dates={"Opened": (DateOrder.DAY_FIRST,)},
    )
    headings = ["Opened", "Case", "Debt", "Notes", "Star", "Her name", "His", "Hub", "Zone", "Number"]
    fresh = [Proposal(each, eh_episode.team, 0.5 if each == "Hub" else 0.49, "") for each in headings[:-1]]
    told = as_before([*fresh, Proposal("Number", eh_episode.start_date, 1.0, "")], saved)
    assert all(each.confidence == 1.0 for each in told if each.heading not in ("Hub", "Zone", "Number"))
    assert [each.why for each in told if each.heading == "Number"] == ["what it is like is filled by another heading"]
    kept = list_to_save("families", eh_episode, told, saved)
    assert kept.columns == {
        "Opened": (eh_episode.start_date,),
        "Case": (eh_episode.episode_id,),
        "Debt": (eh_episode.need_code,),
        "Notes": (),
        "Star": (),
        "Her name": (),
        "His": (),
        "Hub": (eh_episode.team,),
        "Zone": (),
        "Number": (),
    }
    assert (kept.needs, kept.scores, kept.dates) == (saved.needs, saved.scores, saved.dates)
    assert [one.columns for one in kept.people] == [{"Her name": WHOLE_NAME}, {"His": WHOLE_NAME}]
