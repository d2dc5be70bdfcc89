"""Which column a heading fills: files of invented headings, one a subject, as councils' teams write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.mapping.invented_headings import FIRST, SECOND, THIRD

from earlyhelp.ingest.mapping.as_last_time import WORTH_SAVING
from earlyhelp.ingest.mapping.columns import propose_columns
from earlyhelp.ingest.mapping.headings import likeness, meanings, parted
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.ingest.mapping.side_by_side import propose_list
from earlyhelp.ingest.mapping.vocabulary import PHRASES, TOPICS
from earlyhelp.standard import (
    attendance_period,
    contact,
    eh_assessment,
    eh_episode,
    eh_need,
    eh_outcome,
    exclusion,
    family_member,
    partner_event,
    person,
    person_identifier,
    service_delivered,
)

SAMPLES = {
    "dates": ["01/02/2024", "13/02/2024", "2024-03-01"],
    "numbers": ["12", "3456", "901"],
    "names": ["Ann", "Bob"],
}


def files(text):
    """Each file of a table: its name, its subject, its headings with values, and the column each heading is for."""
    for block in text.strip().split("# ")[1:]:
        first, *lines = block.strip().splitlines()
        name, table = first.split(" | ")
        rows = [line.split(" | ") for line in lines]
        values = {h: Values(dict.fromkeys(SAMPLES.get(said) or said.split("; "), 1)) for h, said, _ in rows}
        yield name, table, values, {heading: column for heading, _, column in rows}


def first_places(values, name):
    table, proposals = propose_list(values, name)
    places = {}
    for proposal in proposals:
        places.setdefault(proposal.heading, proposal)
    return table, places


ALL = [*files(FIRST), *files(SECOND), *files(THIRD)]


@pytest.mark.parametrize(("name", "table", "values", "wanted"), ALL, ids=[each[0] for each in ALL])
def test_a_list_is_known_by_its_headings(name, table, values, wanted):
    assert first_places(values, name)[0].table_name == table


def test_nearly_every_heading_is_proposed_for_the_right_column_in_first_place():
    right = [
        proposal.column is not None and proposal.column.column_name == wanted[heading]
        for name, _, values, wanted in ALL
        for heading, proposal in first_places(values, name)[1].items()
    ]
    assert sum(right) >= 0.95 * len(right)


def test_no_wrong_column_is_applied_without_asking():
    wrong = [
        (name, heading, str(proposal.column))
        for name, _, values, wanted in ALL
        for heading, proposal in first_places(values, name)[1].items()
        if proposal.sure and proposal.column.column_name != wanted[heading]
    ]
    assert wrong == []


def test_a_heading_whose_values_are_of_another_kind_is_not_applied():
    values = {"Child ID": Values({"1": 1}), "Start date": Values({"Ann": 2, "Bob": 1}), "Date closed": Values({"x": 1})}
    places = first_places(values, "cases")[1]
    assert not places["Start date"].sure
    assert not places["Date closed"].sure


def test_values_alone_propose_and_never_apply():
    values = {
        "Child ID": Values({"1": 1, "2": 1}),
        "EH start date": Values({"01/02/2024": 2}),
        "Zzz": Values({"SW1A 1AA": 1, "E1 6AN": 1}),
    }
    told = first_places(values, "cases")[1]["Zzz"]
    assert told.column is person.postcode
    assert not told.sure


def test_one_heading_may_fill_several_columns():
    values = {"Child ID": Values({"1": 1}), "EH start date": Values({"01/02/2024": 2}), "Sex": Values({"M": 1, "F": 1})}
    proposals = propose_columns(values, "early help cases")[1]
    filled = {str(each.column) for each in proposals if each.heading in ("Child ID", "Sex")}
    assert filled == {
        "eh_episode.person_key",
        "person.person_key",
        "person.source_person_id",
        "person.sex",
        "person.gender",
    }


def test_a_heading_about_another_subject_goes_to_its_table():
    values = {name: Values({"01/02/2024": 1}) for name in ("Episode opened", "Episode closed", "Assessment completed")}
    values["Child ID"] = Values({"1": 1})
    assert first_places(values, "cases")[1]["Assessment completed"].column is eh_assessment.completion_date


def _beside_a_caseload(heading, *said):
    values = {"Child ID": Values({"1": 1, "2": 1}), "Date opened": Values({"01/02/2024": 1, "13/02/2024": 1})}
    return first_places({**values, heading: Values(dict.fromkeys(said, 1))}, "EH cases")[1][heading]


@pytest.mark.parametrize("heading", ["Step Up? (Y/N)", "FSM", "Worried"])
@pytest.mark.parametrize("said", [("Y", "N"), ("Yes", "No"), ("TRUE", "FALSE")])
def test_yes_and_no_fit_any_question_and_so_they_tell_no_column(heading, said):
    assert _beside_a_caseload(heading, *said).column is None


def test_the_day_nearest_to_the_start_is_asked_about_where_no_heading_tells_it():
    def start(*headings):
        told = {heading: Values(dict.fromkeys(SAMPLES["dates"], 1)) for heading in headings}
        proposals = propose_list({"Case ID": Values({"1": 1, "2": 1}), **told}, "caseload", eh_episode)[1]
        return [(each.heading, each.sure) for each in proposals if each.column is eh_episode.start_date]

    assert start("Date referred", "Date allocated", "Plan date") == [("Date allocated", False)]
    assert start("Date referred") == [("Date referred", False)]
    assert start("Date opened", "Date allocated") == [("Date opened", True)]
    assert start("Date closed") == []


def test_words_that_are_all_on_one_list_are_no_free_text():
    reasons = Values(dict.fromkeys(["Needs met", "Stepped up to CIN", "Moved out of area"], 3))
    told = {
        "Case ID": Values({"1": 1, "2": 1}),
        "Closed": Values(dict.fromkeys(SAMPLES["dates"], 1)),
        "Reason": reasons,
    }
    found = {each.heading: each for each in propose_columns(told, "caseload", eh_episode)[1]}
    assert found["Reason"].column is eh_episode.end_reason_code
    assert not found["Reason"].sure


def test_a_list_of_members_tells_the_family():
    days = Values(dict.fromkeys(SAMPLES["dates"], 1))
    told = {"EHM No": Values({"1": 1}), "Relationship": Values({"Mother": 1}), "Start Date": days, "End Date": days}
    assert propose_columns(told, "list")[0] is not family_member
    assert propose_columns({"Family ID": Values({"1": 1}), **told}, "list")[0] is family_member


def test_a_share_is_no_count():
    told = {"Client ID": Values({"1": 1}), "Attended %": Values({"80": 1, "90": 1})}
    found = {each.heading: each.column for each in propose_columns(told, "x", service_delivered)[1]}
    assert found["Attended %"] is not service_delivered.sessions_attended


def test_an_address_of_email_is_no_text_of_the_standard():
    assert _beside_a_caseload("Team Email", "north@example.gov.uk", "south@example.gov.uk").column is None
    assert _beside_a_caseload("Team Email", "north", "south").column is eh_episode.team


def test_a_telephone_is_no_number_of_a_property():
    assert _beside_a_caseload("Mobile", "07700900123", "07700900124").column is None
    assert _beside_a_caseload("Property", "100012345678", "10001234567").column is person.uprn


@pytest.mark.parametrize("heading", ["Parent DOB", "Perp DOB", "Father's date of birth"])
def test_the_birth_of_somebody_else_is_not_given_the_next_best_column(heading):
    days = Values({"01/02/1984": 1, "13/02/1986": 1})
    values = {
        "Child ID": Values({"1": 1, "2": 1}),
        "Child DOB": Values({"01/02/2014": 1, "13/02/2016": 1}),
        heading: days,
    }
    places = first_places(values, "family hub registrations")[1]
    assert (places["Child DOB"].column, places[heading].column) == (person.dob, None)


@pytest.mark.parametrize("heading", ["Home P/Code", "Location", "Home"])
def test_a_postcode_is_one_whatever_it_is_called(heading):
    assert _beside_a_caseload(heading, "ZZ1 1AA", "ZZ2 3CD").column is person.postcode


def proposed(headings, name="caseload", table=eh_episode):
    """The first proposal for each heading, without those that fill nothing."""
    values = {heading: Values(dict.fromkeys(said, 1)) for heading, said in headings.items()}
    found = {}
    for each in propose_list(values, name, table)[1]:
        if each.column:
            found.setdefault(each.heading, each)
    return found


@pytest.mark.parametrize("heading", ["Family", "Household", "Family ID"])
def test_a_surname_is_no_number_of_a_family(heading):
    """Families of one surname are not one family."""
    numbered = proposed({heading: ("F101", "F102"), "Opened": SAMPLES["dates"]})
    assert numbered[heading].column is eh_episode.family_key
    named = proposed({heading: ("Hussain", "Moor", "O'Neil"), "Opened": SAMPLES["dates"]})
    assert named[heading].column is not eh_episode.family_key or named[heading].confidence < WORTH_SAVING


def test_a_worker_is_known_by_name_too():
    assert proposed({"Lead worker": ("Ann Lee", "Bob Ash")})["Lead worker"].column is eh_episode.lead_practitioner_id


def test_letters_that_stand_for_codes_are_codes_to_be_said_and_no_text_beside_them():
    found = proposed({"Case ID": ("1", "2"), "Opened": SAMPLES["dates"], "Reason closed": ("A", "B", "D")})
    assert found["Reason closed"].column is eh_episode.end_reason_code
    assert not found["Reason closed"].sure


def test_a_story_is_not_the_name_of_an_organisation():
    stories = tuple(
        f"{number} " + "mum told us that things had become worse over the summer " * 4 for number in range(3)
    )
    found = proposed({"Case ID": ("1", "2"), "Opened": SAMPLES["dates"], "Organisation": stories})
    assert "Organisation" not in found or found["Organisation"].confidence < WORTH_SAVING


@pytest.mark.parametrize("heading", ["No", "No.", "Ref", "Date in", "Total"])
def test_a_word_that_may_be_about_anything_is_never_sure(heading):
    said = SAMPLES["dates"] if "Date" in heading else ("1", "2", "3")
    found = proposed({"Child ID": ("71", "72", "73"), "Opened": SAMPLES["dates"], heading: said})
    assert heading not in found or not found[heading].sure


INCIDENTS = {
    "Incident No": ("25000000117", "25000000174"),
    "Incident Date": ("01/02/2025", "13/02/2025"),
    "V DOB": ("01/02/1990", "13/02/1988"),
    "S DOB": ("01/02/1989", "13/02/1987"),
    "Susp Name": ("Ann Lee", "Bob Ash"),
    "Child DOB": ("01/02/2015", "13/02/2016"),
}


def test_the_birth_of_a_suspect_is_not_the_childs():
    found = proposed(INCIDENTS, "police notifications", partner_event)
    assert found["Child DOB"].column is person.dob
    assert found["Child DOB"].sure
    assert {"S DOB", "Susp Name"}.isdisjoint(found)
    assert "V DOB" not in found or found["V DOB"].column is not person.dob


def test_an_assessment_that_is_due_is_no_expected_birth():
    days = ("01/02/2025", "13/02/2025")
    headings = {"Child ID": ("1", "2"), "DUE_ON": days}
    assert not {each.column for each in proposed(headings).values()} & {person.expected_dob}
    expected = proposed({"Child ID": ("1", "2"), "Baby due": days}, "unborn", person)
    assert expected["Baby due"].column is person.expected_dob


def test_a_role_in_the_family_goes_to_its_members_where_the_list_tells_person_and_family():
    roles = ("Mother", "Son", "Maternal grandmother")
    headings = {"Person ID": ("1", "2"), "Family ID": ("F1", "F2"), "Opened": SAMPLES["dates"], "Role in Family": roles}
    found = proposed(headings)
    assert found["Role in Family"].column is family_member.role
    assert found["Role in Family"].sure
    asked = proposed({"Person ID": ("1", "2"), "Family ID": ("F1", "F2"), "Relationship": roles}, "requests", contact)
    assert asked["Relationship"].column is not family_member.role, "of a request it says who made it"


def test_a_pupils_number_and_an_nhs_number_are_both_numbers_of_the_person():
    found = proposed({"UPN": ("H801200001001", "H801200001002"), "NHS No": ("9995490475", "9996149032")})
    assert {each.column for each in found.values()} == {person_identifier.value}


def test_a_pupils_number_that_people_are_known_by_is_said_of_them_too():
    values = {"UPN": Values({"H801200001001": 1, "H801200001002": 1}), "Acad Yr": Values({"2024/25": 2})}
    values |= {"Term": Values({"Autumn": 2}), "Possible sessions": Values({"120": 2}), "Yr": Values({"7": 1, "12": 1})}
    found = propose_list(values, "attendance", attendance_period)[1]
    assert {each.column for each in found if each.heading == "UPN"} == {
        attendance_period.person_key,
        person.person_key,
        person.source_person_id,
        person_identifier.value,
    }
    filled = {each.heading: each.column for each in found}
    assert filled["Acad Yr"] is attendance_period.academic_year
    assert filled["Yr"] is None, "the year of the class is not the school's"


def test_what_most_rows_repeat_is_not_their_own_number():
    values = {"Need Ref Type": Values({"ED1": 12, "HO2": 11}), "Need": Values({"Debt": 12, "Housing": 11})}
    told = {each.heading: each for each in propose_list(values, "needs", eh_need)[1]}
    assert told["Need Ref Type"].column is not eh_need.need_id or told["Need Ref Type"].confidence < WORTH_SAVING


def test_a_day_without_marks_is_one_under_a_heading_of_days():
    found = proposed(
        {"Child ID": ("1", "2"), "Opened": ("20230623", "20240312"), "Number of visits": ("20230623", "3")}
    )
    assert found["Opened"].column is eh_episode.start_date
    assert found["Opened"].sure


def test_a_list_of_needs_tells_what_became_of_each():
    headings = {"Need ID": ("N1", "N2"), "Need": ("Debt", "Housing"), "Outcome status": ("Met", "Not met")}
    found = proposed({**headings, "Outcome date": SAMPLES["dates"]}, "needs and outcomes", eh_need)
    assert found["Outcome status"].column is eh_outcome.status
    assert found["Outcome date"].column is eh_outcome.achieved_date


def test_when_somebody_joined_the_family_and_left_it_is_told_beside_other_things():
    headings = {"Person ID": ("1", "2"), "Family ID": ("F1", "F2"), "Opened": SAMPLES["dates"]}
    found = proposed({**headings, "Joined household": SAMPLES["dates"], "Left household": SAMPLES["dates"]})
    assert found["Joined household"].column is family_member.from_date
    assert found["Left household"].column is family_member.to_date


def test_the_number_of_a_school_is_not_that_of_a_child():
    found = proposed({"UPN": ("H801200001001", "H801200001002"), "URN": ("136290", "145801")}, "suspensions", exclusion)
    assert "URN" not in found or found["URN"].column.column_name == "school_urn"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("allocatedworker", "Allocated worker"),
        ("isstepdown", "Is step down"),
        ("closurereasondesc", "Closure reason desc"),
        ("workerstartdate", "Worker start date"),
        ("dateofbirth", "Date of birth"),
        ("householdid", "Household ID"),
        ("endreason", "End reason"),
    ],
)
def test_words_that_a_database_ran_together_are_parted(heading, words):
    assert meanings(heading) == meanings(words)


@pytest.mark.parametrize("word", ["safeguarding", "placement", "classification", "household", "attendance"])
def test_a_word_that_is_none_run_together_stays_whole(word):
    assert parted(word) == (word,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Date closed", "CLOSURE_DT"),
        ("D.O.B.", "Date of Birth"),
        ("Lead Prof", "lead practitioner"),
        ("EHA start", "Assessment started"),
        ("Date/Time Received", "Received date and time"),
        ("Subj DoB", "Child's date of birth"),
        ("PER_LAST_NAMES", "Person's surname"),
        ("EHA signed off", "Assessment completed"),
        ("Planned completion date", "Due date"),
        ("S251", "Section 251"),
        ("Balance (£)", "Balance amount"),
        ("Referral route (phone, email, online form)", "Referral route"),
        ("Level (universal/targeted/specialist)", "Level"),
        ("Theme (e.g. neglect)", "Theme"),
    ],
)
def test_words_of_one_meaning_are_one(one, other):
    assert meanings(one) == meanings(other)


def test_what_stands_in_brackets_is_read_where_it_gives_no_answers_or_nothing_else_is_said():
    assert meanings("Date (referral)") == meanings("Referral date")
    assert meanings("(phone, email)") == {"phone", "email"}


def test_no_phrase_says_again_what_another_of_its_column_says():
    for column, text in PHRASES.items():
        said = [meanings(phrase) for phrase in text.split(";")]
        assert len(said) == len(set(said)), str(column)


def test_a_list_called_as_a_partner_s_is_asked_about_though_its_headings_are_like_early_help_s_own():
    values = {
        heading: Values(dict.fromkeys(said, 1))
        for heading, said in {
            "Case No": ["H1", "H2"], "Person Ref": ["7", "8"], "Case Opened": SAMPLES["dates"], "Case Closed": SAMPLES["dates"],
        }.items()
    }  # fmt: skip
    own, partner_s = (first_places(values, called) for called in ("Early help cases", "Housing - early help match"))
    assert [own[0], partner_s[0]] == [eh_episode, eh_episode]
    assert all(own[1][heading].sure for heading in ("Case No", "Case Opened", "Case Closed"))
    assert not any(
        each.sure for each in partner_s[1].values() if each.column and each.column.table_name == "eh_episode"
    )


def test_every_table_with_a_subject_has_names_for_its_columns_and_no_phrase_is_empty():
    for column, text in PHRASES.items():
        assert all(meanings(phrase) for phrase in text.split(";")), str(column)
    assert {column.table_name for column in PHRASES} >= {
        table.table_name for table in TOPICS if table.table_name != "family_member"
    }


@given(st.text(max_size=60))
def test_likeness_is_between_nothing_and_one(heading):
    for column in (person.dob, eh_episode.start_date, eh_episode.end_reason_code):
        assert 0.0 <= likeness(heading, column, eh_episode) <= 1.0


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=15),
        st.dictionaries(st.text(max_size=12), st.just(1), max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_any_headings_and_values_get_a_proposal_each(columns):
    values = {heading: Values(times) for heading, times in columns.items()}
    proposals = propose_columns(values, "file")[1]
    assert {each.heading for each in proposals} == set(columns)
    assert all(0.0 <= each.confidence <= 1.0 and each.why for each in proposals)
