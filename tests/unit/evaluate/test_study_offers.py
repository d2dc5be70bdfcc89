"""Who may be in a study of a service, and the day from which each family is followed: small tables, read by eye."""

from __future__ import annotations

from datetime import date

import pytest

from unit.evaluate.offers_council import council, offers

HELP = """
    person_id | start_date | allocated_date | end_date
    Ann       | 2024-01-01 | 2024-01-11     | 2024-06-30
"""


def day(text: str) -> date:
    return date.fromisoformat(text)


def eligible(**tables: str) -> list[str]:
    """The families who may be in a study."""
    return [name for name, chosen in offers(council(**tables), "eligible") if chosen]


def given(offered: str, service: str = "S01") -> str:
    """One offer of a service to Ann."""
    return f"person_id | service_id | offered_date\n Ann | {service} | {offered}"


def test_the_day_of_the_first_offer_is_time_zero():
    con = council(
        eh_episode=HELP,
        service_delivered="""
            person_id | service_id | offered_date | start_date
            Ann       | S02        | 2024-03-05   | 2024-04-01
            Ann       | S01        | 2024-02-20   | 2024-05-01
        """,
    )
    assert offers(con, "time_zero", "service_id", "eligible") == [("Ann", day("2024-02-20"), "S01", True)]


def test_where_nobody_wrote_down_the_offer_the_day_the_service_began_stands_for_it():
    con = council(eh_episode=HELP, service_delivered="person_id | service_id | start_date\n Ann | S01 | 2024-02-20")
    assert offers(con, "time_zero", "service_id") == [("Ann", day("2024-02-20"), "S01")]


def test_of_two_services_offered_on_one_day_the_record_with_the_lower_number_counts_so_that_it_never_wavers():
    con = council(
        eh_episode=HELP,
        service_delivered="""
            person_id | delivery_id | service_id | offered_date
            Ann       | 2           | S01        | 2024-02-20
            Ann       | 1           | S02        | 2024-02-20
        """,
    )
    assert offers(con, "service_id") == [("Ann", "S02")]


@pytest.mark.parametrize(
    ("offered", "used"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-06-30", True), ("2024-07-01", False)],
)
def test_an_offer_counts_from_the_day_help_was_accepted_to_the_day_it_closed_and_not_outside(offered: str, used: bool):
    [(_, service)] = offers(council(eh_episode=HELP, service_delivered=given(offered)), "service_id")
    assert service == ("S01" if used else None)


def test_an_offer_while_help_is_still_open_counts_however_late_it_comes():
    help_open = "person_id | start_date | allocated_date\n Ann | 2024-01-01 | 2024-01-11"
    con = council(eh_episode=help_open, service_delivered=given("2026-01-15"))
    assert offers(con, "time_zero", "eligible") == [("Ann", day("2026-01-15"), True)]


def test_a_family_that_waits_and_was_never_allocated_is_in_no_study():
    waiting = "person_id | start_date | allocated_date\n Ann | 2024-01-01 | \n Bob | 2024-01-01 | 2024-01-08"
    con = council(eh_episode=waiting, service_delivered=given("2024-01-15"))
    assert [name for (name,) in offers(con)] == ["Bob"]


def test_the_first_contact_stands_for_allocation_where_that_is_not_recorded():
    con = council(eh_episode="person_id | start_date | first_contact_date\n Ann | 2024-01-01 | 2024-01-11")
    assert offers(con, "allocated_date") == [("Ann", day("2024-01-11"))]


USUAL = """
    person_id | start_date | allocated_date | end_date
    Ann       | 2024-01-01 | 2024-01-11     | 2024-06-30
    Ben       | 2024-01-01 | 2024-01-11     | 2024-06-30
    Cem       | 2024-01-01 | 2024-01-11     | 2024-06-30
    Dot       | 2024-02-01 | 2024-02-11     | {end}
"""
OFFERED = """
    person_id | service_id | offered_date
    Ann       | S01        | 2024-01-21
    Ben       | S01        | 2024-01-31
    Cem       | S01        | 2024-05-01
"""


@pytest.mark.parametrize(("end", "chosen"), [("", True), ("2024-03-03", True), ("2024-03-02", False)])
def test_a_family_offered_nothing_starts_as_long_after_allocation_as_offers_usually_take_if_help_was_open_then(
    end: str, chosen: bool
):
    """Offers came 10, 20 and 111 days after allocation: usually 20, and 20 days after 11 February is 2 March."""
    con = council(eh_episode=USUAL.format(end=end), service_delivered=OFFERED)
    assert [row for row in offers(con, "time_zero", "service_id", "eligible") if row[0] == "Dot"] == [
        ("Dot", day("2024-03-02"), None, chosen)
    ]


def test_offers_made_before_allocation_do_not_shorten_what_offers_usually_take():
    early = OFFERED.replace("2024-01-21", "2024-01-05")
    con = council(eh_episode=USUAL.format(end=""), service_delivered=early)
    [(_, start)] = [row for row in offers(con, "time_zero") if row[0] == "Dot"]
    assert start == day("2024-04-17"), "between 20 and 111 days lie 65.5: 66 days after 11 February"


AGAIN = """
    person_id | start_date | allocated_date | end_date
    Ann       | 2021-03-01 | 2021-03-01     | 2021-04-30
    Ann       | {again}    | {again}        | 2024-06-30
"""


@pytest.mark.parametrize(("again", "times"), [("2023-03-01", 1), ("2023-03-02", 2)])
def test_a_family_helped_within_730_days_counts_once_and_after_731_days_again(again: str, times: int):
    assert (day(again) - day("2021-03-01")).days in (730, 731)
    assert eligible(eh_episode=AGAIN.format(again=again)) == ["Ann"] * times


def test_children_of_one_family_helped_together_are_one_offer_from_the_first_allocation():
    con = council(
        eh_episode="""
            person_id | family_id | start_date | allocated_date | end_date
            Ann       | F1        | 2024-01-01 | 2024-01-20     | 2024-06-30
            Ben       | F1        | 2024-01-01 | 2024-01-11     | 2024-05-31
        """,
        members="person_id | family_id\n Ann | F1\n Ben | F1",
    )
    assert offers(con, "allocated_date", "end_date") == [("F1", day("2024-01-11"), day("2024-06-30"))]


@pytest.mark.parametrize(
    ("event", "chosen"),
    [
        ("cp_plan | 2023-06-01 |            |", False),  # open when the service was offered
        ("cp_plan | 2023-06-01 | 2024-02-20 |", False),  # its last day is that of the offer
        ("cp_plan | 2023-06-01 | 2023-12-31 |", True),  # over before help was accepted
        ("s47     | 2024-01-15 | 2024-01-30 |", False),  # stepped up before anything could be offered
        ("cp_plan | 2024-02-20 |            |", False),  # stepped up on the day of the offer
        ("cp_plan | 2024-02-21 |            |", True),  # the outcome, and not who may be in the study
        ("referral | 2024-01-15 |           |", True),  # asked, and in no service yet
        ("assessment | 2024-01-15 |         | true", True),  # no further action
    ],
)
def test_a_family_with_a_child_in_a_statutory_service_at_time_zero_is_not_in_a_study(event: str, chosen: bool):
    con = council(
        eh_episode=HELP,
        service_delivered=given("2024-02-20"),
        social_care_event=f"person_id | type | start_date | end_date | nfa\n Ann | {event}",
    )
    assert offers(con, "eligible") == [("Ann", chosen)]


def test_a_child_of_the_family_counts_though_another_child_has_the_help():
    con = council(
        eh_episode="person_id | family_id | start_date | allocated_date\n Ann | F1 | 2024-01-01 | 2024-01-11",
        social_care_event="person_id | type | start_date\n Ben | looked_after | 2023-05-01",
        members="person_id | family_id\n Ann | F1\n Ben | F1",
    )
    assert offers(con, "eligible") == [("F1", False)]


def test_offers_are_numbered_in_order_of_time_zero():
    con = council(eh_episode=USUAL.format(end=""), service_delivered=OFFERED)
    assert offers(con, "offer", "time_zero") == [
        ("Ann", 1, day("2024-01-21")),
        ("Ben", 2, day("2024-01-31")),
        ("Dot", 3, day("2024-03-02")),
        ("Cem", 4, day("2024-05-01")),
    ]


def test_help_that_ends_before_it_starts_is_on_the_fix_list_and_in_no_study():
    assert offers(council(eh_episode=HELP.replace("2024-06-30", "2023-06-30"))) == []


def test_where_a_system_tells_of_no_allocation_at_all_the_day_of_acceptance_stands_for_it():
    con = council(
        eh_episode="""
            person_id | start_date | end_date   | allocated_date | source_system
            Ann       | 2024-01-01 | 2024-06-30 |                | ssd
            Bob       | 2024-01-01 | 2024-06-30 |                | mosaic
            Cat       | 2024-01-01 | 2024-06-30 | 2024-01-08     | mosaic
        """,
        service_delivered="person_id | service_id | offered_date\n Ann | S01 | 2024-02-20\n Bob | S01 | 2024-02-20",
    )
    assert offers(con, "service_id", "eligible")[0] == ("Ann", "S01", True)
    assert "Bob" not in [name for name, _ in offers(con, "eligible")], "in his system nobody took his help up"
