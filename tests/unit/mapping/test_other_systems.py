"""Headings of reporting views, of partners' systems and of published lists, and what must not be made of them."""

from __future__ import annotations

import pytest
from tests.unit.mapping.test_columns import SAMPLES, first_places

from earlyhelp.ingest.mapping.columns import SURE
from earlyhelp.ingest.mapping.headings import meanings
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.standard import attendance_period, contact, eh_episode, person, person_address, spend

DAYS = ("2024-02-13 00:00:00", "2024-03-01 00:00:00")
NUMBERS = ("7001", "7002", "7003")
YES_NO = ("Y", "N")


def looked_at(headings, called):
    """The table a list is taken for, and the first proposal for each of its headings."""
    values = {
        heading: Values(dict.fromkeys(SAMPLES.get(said, said) if isinstance(said, str) else said, 2))
        for heading, said in headings.items()
    }
    return first_places(values, called)


def applied(headings, called):
    """The columns that are filled without asking, by heading."""
    return {heading: each.column for heading, each in looked_at(headings, called)[1].items() if each.sure}


def test_a_list_that_no_word_says_anything_of_is_asked_about():
    headings = {"PERSON_ID": NUMBERS, "START_DATE": DAYS, "END_DATE": DAYS, "DISTRICT": ("North", "South")}
    assert {"START_DATE", "END_DATE", "DISTRICT"}.isdisjoint(applied(headings, "places of people"))
    assert applied(headings, "early help cases")["START_DATE"] is eh_episode.start_date


def test_a_list_called_one_of_addresses_tells_where_people_lived_and_when():
    headings = {"PERSON_ID": NUMBERS, "START_DATE": DAYS, "END_DATE": DAYS}
    headings |= {"ADDRESS": ("1 Mill Lane", "2 High Street"), "POST_CODE": ("E1 6AN", "SW1A 1AA")}
    found = applied(headings, "DM_ADDRESSES")
    assert [found["START_DATE"], found["END_DATE"]] == [person_address.valid_from, person_address.valid_to]
    assert [found["ADDRESS"], found["POST_CODE"]] == [person_address.address_line, person_address.postcode]
    assert "ADDRESS_TYPE" not in applied({**headings, "ADDRESS_TYPE": ("HOME", "OTHER")}, "DM_ADDRESSES")
    assert looked_at({**headings, "Case closed": DAYS}, "early help cases")[0] is eh_episode


def test_when_a_record_was_made_says_nothing_of_what_it_is_about():
    headings = {"tenancy_ref": ("1/01", "2/01"), "case_id": NUMBERS, "created_at": DAYS, "updated_at": DAYS}
    assert {"case_id", "created_at"}.isdisjoint(applied(headings, "case_priorities"))


def test_a_day_that_a_known_layout_calls_start_is_not_so_called_in_every_list():
    headings = {
        "forename": "names",
        "surname": ("Lee", "Ash"),
        "start_date": DAYS,
        "end_date": DAYS,
        "rent": ("9", "8"),
    }
    assert {"start_date", "end_date"}.isdisjoint(applied(headings, "tenant contacts"))


@pytest.mark.parametrize("heading", ["Contact Name", "Contact Role", "Contact Phone", "Contact Email", "contact_tel"])
def test_whom_to_get_in_touch_with_is_no_contact(heading):
    headings = {"Child ID": NUMBERS, "Case start date": DAYS, "Case closed": DAYS, heading: ("Ann Lee", "Bob Ash")}
    found = looked_at(headings, "early help cases")[1][heading]
    assert found.column is None or found.column.table_name != contact.table_name


def test_a_client_is_not_said_to_be_a_child():
    headings = {"DIM_PERSON_ID": NUMBERS, "FORENAME": "names", "SURNAME": ("Lee", "Ash"), "IS_CLIENT": YES_NO}
    assert "IS_CLIENT" not in applied(headings, "people")
    assert applied({**headings, "Is a child": YES_NO}, "people")["Is a child"] is person.is_child


@pytest.mark.parametrize("heading", ["IS_CONTACT_ADDRESS", "Team", "Preferred name"])
def test_yes_and_no_are_no_address_name_or_team(heading):
    headings = {"PERSON_ID": NUMBERS, "SURNAME": ("Lee", "Ash"), "Case start date": DAYS, heading: YES_NO}
    assert heading not in applied(headings, "early help cases")


def test_codes_of_sex_are_nobodys_own_words_of_gender():
    headings = {"PERSON_ID": NUMBERS, "SURNAME": ("Lee", "Ash"), "FORENAME": "names"}
    headings |= {"GENDER_MAIN_CODE": ("M", "F"), "GENDER_DESCRIPTION": ("Male", "Female")}
    assert list(applied(headings, "people").values()).count(person.gender) == 0
    own = {**headings, "Gender identity": ("Woman", "Non-binary")}
    assert applied(own, "people")["Gender identity"] is person.gender


def test_the_number_of_the_family_is_its_own_though_a_group_stands_before_it():
    headings = {"Case ID": NUMBERS, "GroupID": NUMBERS, "FamilyID": NUMBERS, "Case start date": DAYS}
    assert looked_at(headings, "early help cases")[1]["FamilyID"].column is eh_episode.family_key


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("DIM_PERSON_ID", "Person ID"),
        ("FACT_CONTACT_ID", "Contact ID"),
        ("REFRL_START_DTTM", "Referral start date"),
        ("DIM_LOOKUP_CONT_SORC_ID_DESC", "Contact source ID"),
        ("DIM_LOOKUP_REFRL_ENDRSN_ID_CODE", "Referral end reason ID"),
        ("TermlySessionsPossible", "Possible sessions"),
        ("CLOSURE_DATE_IF_CLOSED", "Closed date"),
        ("vw_PERS_ID", "Person ID"),
    ],
)
def test_the_short_words_of_reporting_views_are_read(heading, says):
    assert meanings(heading) == meanings(says)


def test_sessions_of_a_term_are_attendance_though_no_heading_says_which_term():
    headings = {"UPN": ("A801234567890", "B801234567891"), "Surname": ("Lee", "Ash"), "DoB": DAYS}
    headings |= {"TermlySessionsPossible": "numbers", "TermlySessionsAuthorised": "numbers"}
    headings |= {"TermlySessionsUnauthorised": "numbers"}
    table, places = looked_at(headings, "attendance oct")
    assert table is attendance_period
    assert places["TermlySessionsPossible"].column is attendance_period.possible


@pytest.mark.parametrize("money", ["Amount Exc VAT", "Net_Value", "Amount"])
def test_payments_to_suppliers_are_money_and_no_services(money):
    headings = {
        "Service area": ("Family support", "Youth"),
        "Expense type": ("Staff", "Rooms"),
        money: ("9.50", "8.25"),
    }
    headings |= {"Payment date": DAYS, "Transaction number": NUMBERS, "Supplier name": ("Trust", "Charity")}
    table, places = looked_at(headings, "payments over 500")
    assert table is spend
    assert places[money].column is spend.amount
    assert places["Service area"].column is not spend.amount
    assert places[money].confidence <= SURE or places[money].sure


def test_names_in_a_list_of_workers_are_not_those_of_the_people_helped():
    headings = {"FirstName": "names", "Surname": ("Lee", "Ash"), "WorkerType": ("Social worker", "Practice lead")}
    assert applied(headings, "worker_import") == {}
    assert applied({"FirstName": "names", "Surname": ("Lee", "Ash")}, "children")["Surname"] is person.surname


def test_the_first_line_of_an_address_is_read_and_no_other():
    headings = {"forename": "names", "surname": ("Lee", "Ash"), "address_line_1": ("1 Mill Lane", "2 High Street")}
    found = applied({**headings, "address_line_2": ("Tollbury", "Westing")}, "people")
    assert found["address_line_1"] is person.address_line
    assert "address_line_2" not in found


def test_of_two_headings_that_fit_as_well_the_one_filled_more_often_is_read():
    values = {"forename": Values({"Ann": 3, "Bob": 3}), "surname": Values({"Lee": 3, "Ash": 3})}
    values |= {"for_postcode": Values({"SW1A 1AA": 1}), "postcode": Values({"E1 6AN": 3, "SW1A 1AA": 3})}
    found = {heading: each.column for heading, each in first_places(values, "people")[1].items() if each.sure}
    assert found["postcode"] is person.postcode
    assert "for_postcode" not in found


def test_which_member_of_a_claim_somebody_is_is_not_their_number():
    values = {"forename": Values({"Ann": 3, "Bob": 3}), "surname": Values({"Lee": 3, "Ash": 3})}
    values |= {"claim_id": Values(dict.fromkeys(NUMBERS, 2)), "person_ref": Values({"1": 4, "2": 2})}
    assert not first_places(values, "benefits")[1]["person_ref"].sure


def test_needs_by_the_codes_of_social_care_leave_open_whether_a_referral_is_a_request():
    headings = {"FACT_REFERRAL_ID": NUMBERS, "DIM_PERSON_ID": NUMBERS, "REFRL_START_DTTM": DAYS}
    headings |= {"DIM_LOOKUP_CONT_SORC_ID_DESC": ("Police", "Schools")}
    own = {**headings, "DIM_LOOKUP_CATEGORY_OF_NEED_CODE": ("Parenting", "Housing")}
    assert applied(own, "referrals")["FACT_REFERRAL_ID"] is contact.contact_id
    statutory = {**headings, "DIM_LOOKUP_CATEGORY_OF_NEED_CODE": ("N1", "N4")}
    assert "FACT_REFERRAL_ID" not in applied(statutory, "referrals")


def test_one_letter_may_be_the_team_of_the_north():
    headings = {"PERSON_ID": NUMBERS, "Case start date": DAYS, "Team": ("N",)}
    assert applied(headings, "early help cases")["Team"] is eh_episode.team
