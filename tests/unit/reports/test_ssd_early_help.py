"""The early help tables of the Standard Safeguarding Dataset: who and what is in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from earlyhelp.reports.returns import RETURNS
from earlyhelp.reports.returns.declared import LaidOut
from earlyhelp.reports.returns.ssd_early_help import NOT_HELD
from unit.reports.small_council import DRAWN, both_sides

SSD = RETURNS["ssd-early-help"]
PEOPLE = """
    person_id | source_person_id | forename | surname | is_child
    Ann       | 100              | Ann      | Elm     | true
    Mum       | 101              | Mary     | Elm     | false
    Zed       | 102              | Zed      | Oak     | true
"""
FAMILY = """
    family_key | person_id | family_id
    F1         | Ann       | F1
    F1         | Mum       | F1
    F2         | Zed       | F2
"""
NUMBERS = """
    person_id | type       | value         | valid_from | valid_to
    Ann       | nhs_number | 9990000001    |            |
    Ann       | upn        | A999000000001 | 2019-09-01 | 2024-08-31
    Ann       | upn        | B999000000001 | 2024-09-01 |
    Zed       | nhs_number | 9990000002    |            |
"""
UPNS = ["A999000000001", "B999000000001"]


def laid_out(first: date | None = None, **tables: str) -> LaidOut:
    con = both_sides({"person": PEOPLE, "family_member": FAMILY, "person_identifier": NUMBERS, **tables})
    return SSD.lay_out(con, replace(DRAWN, first=first))


def column(made: LaidOut, table: str, name: str) -> list[str]:
    return sorted(each for each in made.tables[table][name].to_pylist() if each)


def episode(start: str, end: str = "") -> str:
    return f"""
        episode_id | person_id | start_date | end_date
        E1         | Ann       | {start}    | {end}
    """


def test_people_in_no_episode_or_contact_and_no_such_family_stay_out_of_every_table():
    made = laid_out(eh_episode=episode("2025-01-01"))
    assert column(made, "ssd_person", "pers_person_id") == ["100", "101"]
    assert column(made, "ssd_person", "pers_upn") == [UPNS[1]]
    assert column(made, "ssd_family", "fami_person_id") == ["100", "101"]
    assert column(made, "ssd_linked_identifiers", "link_identifier_value") == ["9990000001", *UPNS]


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2015-01-01", "", ["E1"]),
        ("2015-01-01", "2020-03-31", ["E1"]),  # ended on the first day of the six years
        ("2015-01-01", "2020-03-30", []),
        ("2026-04-01", "", []),  # begun after the day
    ],
)
def test_episodes_open_in_the_six_years_are_shown(start, end, shown):
    assert column(laid_out(eh_episode=episode(start, end)), "ssd_early_help_episodes", "earl_episode_id") == shown


def test_a_first_day_may_be_given_instead():
    made = laid_out(date(2025, 6, 1), eh_episode=episode("2024-01-01", "2025-05-31"))
    assert made.tables["ssd_early_help_episodes"].num_rows == 0


def test_one_person_known_to_several_systems_has_one_row():
    people = """
        person_key | person_id | source_system | source_person_id | surname
        k1         | Ann       | annex_a       | 100              |
        k2         | Ann       | ssd           | 100              | Elm
    """
    made = laid_out(person=people, eh_episode=episode("2025-01-01"))
    rows = made.tables["ssd_person"].to_pylist()
    assert [(row["pers_person_id"], row["pers_surname"]) for row in rows if row["pers_surname"]] == [("100", "Elm")]
    assert column(made, "ssd_person", "pers_person_id").count("100") == 1


def test_an_episode_of_somebody_whom_no_list_describes_is_not_lost():
    made = laid_out(eh_episode=episode("2025-01-01").replace("Ann", "New"))
    assert column(made, "ssd_early_help_episodes", "earl_person_id") == ["New"]
    assert column(made, "ssd_person", "pers_person_id") == ["New"]


def test_what_nobody_records_is_left_blank_and_not_made_up():
    made = laid_out(eh_episode=episode("2025-01-01"))
    for heading in NOT_HELD:
        assert column(made, "ssd_person", heading) == []
