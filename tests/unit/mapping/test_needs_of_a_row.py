"""Needs of a row: questions of yes and no and numbered needs become needs, and what became of each its outcome."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.mapping.mistakes import refused_with

from earlyhelp.ingest.mapping import SavedList, SavedMap, SavedOutcome, read_map, write_map
from earlyhelp.ingest.mapping.as_last_time import as_before, list_to_save
from earlyhelp.ingest.mapping.as_source import part_of
from earlyhelp.ingest.mapping.columns import Proposal, propose_columns
from earlyhelp.ingest.mapping.needs_of_a_row import with_needs
from earlyhelp.ingest.mapping.saved import AS_WRITTEN
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.ingest.mapping.side_by_side import propose_list
from earlyhelp.sources import KeyOf
from earlyhelp.standard import contact, eh_assessment, eh_episode, eh_need, eh_outcome

DAYS = ("14/05/2025", "03/11/2025", "22/07/2025")


def values(headings):
    return {heading: Values(dict.fromkeys(said, 1)) for heading, said in headings.items()}


ANSWERS = ("Y", "N", "y")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Domestic Abuse (Y/N)", "SF8"),
        ("DV flag", "SF8"),
        ("Debt?", "SF10"),
        ("Housing (yes/no)", "SF9"),
        ("Attendance < 90% (Y/N)", "SF1"),
        ("Substance misuse", "SF4"),
        ("Crime / ASB", "SF7"),
    ],
)
def test_a_question_of_yes_and_no_in_a_list_of_episodes_tells_a_need(heading, code):
    found = needs_of({heading: ANSWERS})[heading]
    assert (found.column, found.need) == (eh_need.need_code, code)
    assert not found.sure, "it is asked about"


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Debt?", ("Payday loan", "Rent", "Fines")),
        ("Consent given (Y/N)", ANSWERS),
        ("Step down (Y/N)", ANSWERS),
        ("Debt?", ("N/K",)),
        ("CAMHS involved (Y/N)", ANSWERS),
        ("Debt advice given", ANSWERS),
        ("Attending school (Y/N)", ANSWERS),
        ("Free school meals (Y/N)", ANSWERS),
        ("Police?", ANSWERS),
    ],
)
def test_what_is_no_question_or_asks_for_something_else_is_no_need(heading, said):
    assert needs_of({heading: said})[heading].need == ""


def test_numbered_needs_are_needs_as_they_are_written_and_the_first_is_the_episodes_too():
    told = values({"Need 1": ("Debt", "Housing"), "Need 2": ("Debt",), "Need 3": ("Domestic abuse",)})
    found = with_needs(told, eh_episode, propose_columns(told, "tracker", eh_episode)[1])
    assert [(each.heading, each.column, each.need) for each in found] == [
        ("Need 1", eh_episode.need_code, ""),
        ("Need 1", eh_need.need_code, AS_WRITTEN),
        ("Need 2", eh_need.need_code, AS_WRITTEN),
        ("Need 3", eh_need.need_code, AS_WRITTEN),
    ]


def test_needs_may_be_numbered_in_words_of_order():
    told = values({"1st need": ("Debt", "Housing"), "2nd need": ("Debt",)})
    found = with_needs(told, eh_episode, propose_columns(told, "tracker", eh_episode)[1])
    assert [each.heading for each in found if each.need == AS_WRITTEN] == ["1st need", "2nd need"]


def test_one_need_without_a_number_is_the_episodes_alone():
    told = values({"Primary need": ("Debt", "Housing"), "Secondary needs": ("Debt",)})
    assert not any(each.need for each in with_needs(told, eh_episode, propose_columns(told, "tracker", eh_episode)[1]))


def test_a_yes_or_no_of_its_own_goes_before_a_need_and_other_guesses_do_not():
    debt = values({"Debt?": ANSWERS})
    for column, need in ((eh_episode.step_down, ""), (eh_episode.team, "SF10")):
        [found] = with_needs(debt, eh_episode, [Proposal("Debt?", column, 0.75, "")])
        assert found.need == need


def test_a_numbered_need_alone_is_the_episodes():
    told = values({"Need 1": ("Debt", "Housing"), "Start Date": DAYS})
    assert not any(each.need for each in with_needs(told, eh_episode, propose_columns(told, "tracker", eh_episode)[1]))


def test_needs_are_told_of_episodes_alone():
    debt = values({"Debt?": ANSWERS})
    assert not any(each.need for each in with_needs(debt, contact, propose_columns(debt, "requests", contact)[1]))


def needs_of(headings):
    told = values(headings)
    return {
        each.heading: each for each in with_needs(told, eh_episode, propose_columns(told, "tracker", eh_episode)[1])
    }


OUTCOMES = {
    "Family Ref": ("F1", "F2"),
    "Start Date": DAYS,
    "SF1 Need": ANSWERS,
    "SF1 Outcome": ANSWERS,
    "SF1 Outcome Date": DAYS,
    "Safe from domestic abuse identified": ANSWERS,
    "Safe from domestic abuse - outcome met": ("Achieved", "Partly", "Not met"),
    "Financial stability outcome": ANSWERS,
    "Crime met on": DAYS,
}


def test_what_became_of_a_need_is_its_outcome_with_the_day_where_one_is_told():
    told = values(OUTCOMES)
    found = {
        each.heading: each for each in with_needs(told, eh_episode, propose_columns(told, "tracker", eh_episode)[1])
    }
    assert {heading: each.outcome for heading, each in found.items() if each.outcome} == {
        "SF1 Outcome": SavedOutcome("SF1 Need", "SF1 Outcome Date"),
        "Safe from domestic abuse - outcome met": SavedOutcome("Safe from domestic abuse identified"),
    }
    assert found["SF1 Outcome"].column is eh_outcome.status
    assert found["SF1 Outcome Date"].column is eh_outcome.achieved_date
    assert not found["SF1 Outcome"].sure


def test_a_question_that_is_none_of_an_outcome_is_none():
    told = values({"Start Date": DAYS, "Debt?": ANSWERS, "Parent on Universal Credit (Y/N)": ANSWERS})
    found = with_needs(told, eh_episode, propose_columns(told, "tracker", eh_episode)[1])
    assert [each.need for each in found if each.need] == ["SF10", "SF10"]
    assert not any(each.outcome for each in found)


def test_no_outcome_without_its_need():
    told = values({"Start Date": DAYS, "SF1 Outcome": ANSWERS, "SF8 Need": ANSWERS})
    found = with_needs(told, eh_episode, propose_columns(told, "tracker", eh_episode)[1])
    assert [each.outcome for each in found] == [None, None, None]
    assert [each.need for each in found] == ["", "", "SF8"]


@pytest.mark.parametrize(
    ("headings", "table"),
    [
        ({"SF1 Need": ANSWERS, "SF8 Need": ANSWERS}, eh_episode),
        ({"Debt?": ANSWERS, "Housing?": ANSWERS, "Start Date": DAYS}, eh_episode),
        (
            {"Debt?": ANSWERS, "Housing?": ANSWERS, "Date of contact": DAYS, "Contact source": ("Police", "School")},
            contact,
        ),
        (
            {"Debt?": ANSWERS, "Housing?": ANSWERS, "Assessment start": DAYS, "Assessment outcome": ("NFA",)},
            eh_assessment,
        ),
    ],
)
def test_several_questions_of_needs_make_a_list_one_of_episodes_unless_it_tells_what_comes_before(headings, table):
    assert propose_list(values({"Child ID": ("1", "2"), **headings}), "list")[0] is table


@given(
    st.dictionaries(
        st.sampled_from([*OUTCOMES, "Debt", "Debt met", "Need 1", "Need 2"]), st.sampled_from([DAYS, ANSWERS, ()])
    )
)
def test_no_heading_is_lost_or_told_apart(headings):
    told = values(headings)
    assert list(dict.fromkeys(each.heading for each in propose_list(told, "tracker")[1])) == list(headings)


CASES = SavedList(
    "cases",
    eh_episode,
    {
        "Child": (eh_episode.person_key,),
        "Opened": (eh_episode.start_date,),
        "Solved on": (),
        "Debt?": (),
        "Debt solved": (),
    },
    needs={"Debt?": "SF10"},
    outcomes={"Debt solved": SavedOutcome("Debt?", "Solved on")},
)


def test_outcomes_are_written_into_a_map_and_read_back(tmp_path):
    path = write_map(SavedMap("north", (CASES,)), tmp_path)
    assert read_map(path).lists == (CASES,)
    assert '"Debt solved" = { need = "Debt?", date = "Solved on" }' in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ('{ need = "Rent?" }', "is not said"),
        ('{ need = "Debt?", date = "Never" }', "no heading 'Never'"),
        ('{ need = "Debt?", day = "Solved on" }', "is not said"),
        ('"Debt?"', "is not said"),
    ],
)
def test_a_mistake_in_an_outcome_is_told_with_its_line(outcome, said):
    refused, line = refused_with(CASES, "Debt solved", outcome)
    assert said in refused.error
    assert refused.where == f"north.toml, line {line}"


def test_an_outcome_has_the_key_of_its_need():
    part = part_of(CASES, "north")
    [need] = [fill for fill in part.fills if fill.table is eh_need]
    [outcome] = [fill for fill in part.fills if fill.table is eh_outcome]
    assert outcome.cells[eh_outcome.need_id] == KeyOf(need.cells[eh_need.need_id].label)
    assert (outcome.when, outcome.cells[eh_outcome.achieved_date]) == ("Debt solved", "Solved on")
    assert part.fills.index(need) < part.fills.index(outcome)


def test_what_was_said_of_outcomes_stands_and_falls_with_its_need():
    fresh = [Proposal(heading, None, 0.0, "") for heading in CASES.columns]
    again = as_before(fresh, CASES)
    assert list_to_save("cases", eh_episode, again, CASES).outcomes == CASES.outcomes
    without = [each for each in again if not each.need]
    assert list_to_save("cases", eh_episode, without, CASES).outcomes == {}
