"""Which records a return shows on a day, and what stands beside them, in tables that a person can check by eye."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.sources import SOURCES
from earlyhelp.sources.writing import RECORD, WITHIN, WRITERS, lay_out
from unit.sources_writing.true_records import child, connected, event

AS_AT = date(2025, 3, 31)


def laid_out(source, part, *events, as_at=AS_AT, persons=None, **tables):
    """The rows of one part, as a list of what stands under each heading that is not blank."""
    con = connected({"person": persons or [child(1)], "social_care_event": list(events), **tables})
    return [{k: v for k, v in row.items() if v} for row in WRITERS[source].lay_out(con, as_at)[part].to_pylist()]


def keys(rows):
    return [row[RECORD] for row in rows]


@pytest.mark.parametrize(
    ("day", "shown"), [("2024-09-30", ["R"]), ("2024-09-29", []), ("2025-03-31", ["R"]), ("2025-04-01", [])]
)
def test_list_3_shows_the_referrals_of_the_six_months_before_the_day(day, shown):
    assert keys(laid_out("annex_a", "List 3", event("R", "referral", date.fromisoformat(day)))) == shown


@pytest.mark.parametrize(
    ("end", "shown"), [(None, ["C"]), ("2024-09-30", ["C"]), ("2024-09-29", []), ("2025-05-01", ["C"])]
)
def test_list_6_shows_who_was_in_need_in_the_six_months_before_the_day(end, shown):
    ended = date.fromisoformat(end) if end else None
    rows = laid_out("annex_a", "List 6", event("C", "cin_episode", date(2020, 1, 1), end_date=ended))
    assert keys(rows) == shown


def test_list_7_shows_one_row_a_child_the_latest_plan_with_the_number_of_those_before():
    plans = [event(f"P{year}", "cp_plan", date(year, 1, 1), category="NEG") for year in (2022, 2023, 2024)]
    (row,) = laid_out("annex_a", "List 7", *plans)
    assert row[RECORD] == "P2024"
    assert row["Number of Previous Child Protection Plans"] == "2"
    assert row["Initial Category of Abuse"] == row["Latest Category of Abuse"] == "a) Neglect"


def test_an_end_that_is_still_to_come_is_not_known_nor_is_its_reason():
    later = event("C", "cin_episode", date(2025, 1, 1), end_date=date(2025, 4, 1), outcome_code="RC7")
    (row,) = laid_out("annex_a", "List 6", later)
    assert "CIN Closure Date" not in row
    assert "Reason for Closure" not in row
    assert row["Case status"] == "c) Child in need plan"


def test_episodes_of_care_are_one_period_in_list_8_and_x1_does_not_end_it():
    first = event(
        "A",
        "looked_after",
        date(2024, 10, 1),
        end_date=date(2024, 12, 1),
        outcome_code="X1",
        start_reason="S",
        legal_status="C1",
    )
    then = event("B", "looked_after", date(2024, 12, 1), start_reason="L", legal_status="C2")
    (row,) = laid_out("annex_a", "List 8", first, then)
    assert (row["Date Started to be Looked After"], row["Child's Legal Status"]) == ("01/10/2024", "C2: FCO")
    assert "Date Ceased to be Looked After" not in row
    assert len(laid_out("ssda903", "episodes", first, then)) == 2


def test_earlier_referrals_are_counted_in_the_year_before_the_latest_on_every_row_of_the_child():
    days = (date(2024, 1, 1), date(2024, 11, 1), date(2025, 1, 15))
    rows = laid_out("annex_a", "List 3", *(event(f"R{day}", "referral", day) for day in days))
    assert [row["Number of Referrals in Last 12 Months"] for row in rows] == ["1", "1"]


def test_a_child_not_born_yet_has_an_expected_date_of_birth_and_the_age_minus_one():
    unborn = child(1, dob=date(2025, 6, 1))
    (row,) = laid_out("annex_a", "List 3", event("R", "referral", date(2025, 1, 1)), persons=[unborn])
    assert (row["Date of Birth"], row["Age of Child (Years)"]) == ("01/06/2025", "-1")
    (row,) = laid_out("cin_census", "Child", event("R", "referral", date(2025, 1, 1)), persons=[unborn])
    assert row["ExpectedPersonBirthDate"] == "2025-06-01"
    assert "PersonBirthDate" not in row


@pytest.mark.parametrize(
    ("as_at", "heading", "text"), [(date(2024, 3, 31), "GenderCurrent", "2"), (date(2025, 3, 31), "Sex", "F")]
)
def test_the_census_asks_for_gender_until_2024_and_for_sex_from_2025(as_at, heading, text):
    (row,) = laid_out("cin_census", "Child", event("R", "referral", as_at), as_at=as_at)
    assert row[heading] == text


@pytest.mark.parametrize(
    ("conferences", "shown"),
    [
        (["2025-01-10"], "10/01/2025"),
        (["2025-01-26"], "26/01/2025"),
        (["2025-01-27"], None),
        (["2024-12-31"], None),
        (["2025-01-20", "2025-01-10"], "10/01/2025"),
    ],
)
def test_an_enquiry_of_1_january_shows_the_first_conference_within_25_days(conferences, shown):
    held = [event(f"I{day}", "icpc", date.fromisoformat(day)) for day in conferences]
    (row,) = laid_out("annex_a", "List 5", event("S", "s47", date(2025, 1, 1)), *held)
    assert row.get("Date of Initial Child Protection Conference") == shown


def test_a_conference_stands_with_the_latest_enquiry_before_it_and_with_no_other():
    enquiries = event("S1", "s47", date(2025, 1, 1)), event("S2", "s47", date(2025, 1, 5))
    rows = laid_out(
        "cin_census",
        "Section47",
        event("R", "referral", date(2025, 1, 1)),
        *enquiries,
        event("I", "icpc", date(2025, 1, 10)),
    )
    assert [row.get("DateOfInitialCPC") for row in rows] == [None, "2025-01-10"]


def test_what_follows_a_referral_is_nested_in_the_latest_one_before_it():
    referrals = event("R1", "referral", date(2024, 5, 1)), event("R2", "referral", date(2025, 1, 1))
    events = [
        event(f"A{day}", "assessment", date.fromisoformat(day)) for day in ("2024-05-02", "2024-12-31", "2025-01-01")
    ]
    rows = laid_out("cin_census", "Assessments", *referrals, *events, event("A0", "assessment", date(2024, 4, 30)))
    assert [row[WITHIN] for row in rows] == ["R1", "R1", "R2"]


@pytest.mark.parametrize(("closed", "shown"), [("2024-04-01", ["R"]), ("2024-03-31", []), (None, ["R"])])
def test_the_census_of_a_year_holds_the_episodes_open_in_it(closed, shown):
    ended = date.fromisoformat(closed) if closed else None
    episode = event("C", "cin_episode", date(2023, 5, 20), end_date=ended)
    rows = laid_out("cin_census", "CINdetails", event("R", "referral", date(2023, 5, 1)), episode)
    assert keys(rows) == shown


def test_a_referral_without_an_episode_stands_in_the_census_of_its_own_year_only():
    assert keys(laid_out("cin_census", "CINdetails", event("R", "referral", date(2024, 4, 1)))) == ["R"]
    assert keys(laid_out("cin_census", "CINdetails", event("R", "referral", date(2024, 3, 31)))) == []


def test_nobody_is_shown_whom_the_system_does_not_know_or_who_is_no_child():
    stranger = event("R2", "referral", date(2025, 1, 1), person_key="P2")
    grown_up = event("R3", "referral", date(2025, 1, 1), person_key="P3")
    rows = laid_out("annex_a", "List 3", stranger, grown_up, persons=[child(1), child(3, is_child=False)])
    assert rows == []


def test_a_part_can_be_laid_out_alone_with_a_condition_of_ones_own():
    part = SOURCES["ssd"].part_called("ssd_contacts")
    contacts = [
        {"contact_id": key, "person_key": "P1", "contact_date": date(2025, 1, 1), "source_code": source}
        for key, source in (("K1", "2A"), ("K2", "6"))
    ]
    cells = lay_out(connected({"person": [child(1)], "contact": contacts}), part, where="own.source_code = '6'")
    assert cells.column_names[:-2] == [heading.name for heading in part.headings]
    assert [row["cont_contact_id"] for row in cells.to_pylist()] == ["K2"]
