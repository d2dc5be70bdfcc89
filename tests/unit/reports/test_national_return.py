"""The national return: whom it carries, that nobody can be told from it, and what keeps it from being written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from earlyhelp.reports.returns import RETURNS
from earlyhelp.reports.returns.carried import CARRIED
from earlyhelp.reports.returns.declared import LaidOut
from earlyhelp.standard import Key, service
from unit.reports.small_council import DRAWN, both_sides

NATIONAL = RETURNS["national-return"]
PEOPLE = """
    person_id | source_person_id | forename | surname | dob        | sex | postcode
    Ann       | CANARY1          | Zebedee  | Quill   | 2015-04-17 | F   | ZY1 2AB
    Zed       | CANARY2          | Zed      | Oak     | 2014-01-19 | M   | ZY1 2AC
"""
EPISODE = """
    episode_id | person_id | start_date | end_date   | end_reason_code
    CASE77     | Ann       | 2025-01-01 | 2025-06-30 | outcomes_met
"""
NEEDS = """
    need_id | person_id | episode_id | framework | need_code | identified_date
    N1      | Ann       | CASE77     | SF2022    | SF8       | 2025-02-10
"""
OUTCOME = "need_id | status\nN1 | achieved"


def laid_out(first: date | None = None, **tables: str) -> LaidOut:
    return NATIONAL.lay_out(both_sides({"person": PEOPLE, **tables}, checked=True), replace(DRAWN, first=first))


def test_a_sound_record_is_carried_with_all_that_belongs_to_it():
    made = laid_out(eh_episode=EPISODE, eh_need=NEEDS, eh_outcome=OUTCOME)
    assert made.invalid == ()
    counts = {name: table.num_rows for name, table in made.tables.items() if table.num_rows}
    assert counts == {"person": 1, "eh_episode": 1, "eh_need": 1, "eh_outcome": 1}
    [ann], [episode] = made.tables["person"].to_pylist(), made.tables["eh_episode"].to_pylist()
    assert (ann["sex"], ann["birth_month"]) == ("F", date(2015, 4, 1))
    assert (episode["start_date"], episode["end_reason_code"]) == (date(2025, 1, 1), "outcomes_met")


def test_ids_lead_to_each_other_and_to_nothing_outside():
    made = laid_out(eh_episode=EPISODE, eh_need=NEEDS, eh_outcome=OUTCOME)
    rows = {name: table.to_pylist() for name, table in made.tables.items()}
    [person], [episode], [need], [outcome] = (rows[name] for name in ("person", "eh_episode", "eh_need", "eh_outcome"))
    assert person["person_key"] == episode["person_key"] == need["person_key"]
    assert episode["episode_id"] == need["episode_id"]
    assert need["need_id"] == outcome["need_id"]
    written = str(rows)
    for canary in (
        "CANARY1",
        "Zebedee",
        "Quill",
        "2015-04-17",
        "datetime.date(2015, 4, 17)",
        "ZY1",
        "CASE77",
        "Ann",
        "N1'",
    ):
        assert canary not in written


def test_another_key_gives_other_ids():
    one = laid_out(eh_episode=EPISODE)
    other = NATIONAL.lay_out(
        both_sides({"person": PEOPLE, "eh_episode": EPISODE}, checked=True), replace(DRAWN, salt="else")
    )
    assert one.tables["eh_episode"]["episode_id"] != other.tables["eh_episode"]["episode_id"]


def test_every_id_but_a_services_own_is_a_pseudonym():
    salted = {
        str(column)
        for each in CARRIED.values()
        for column in each.columns
        if column.type is Key and column.column_name != service.service_id.column_name
    }
    noted = {str(cell.comes_from[0]) for cell in NATIONAL.columns if cell.note.startswith("Pseudonym")}
    assert noted == salted


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2024-01-01", "2025-04-01", 1),  # ended on the first day of the reporting year
        ("2024-01-01", "2025-03-31", 0),
        ("2026-03-31", "", 1),
    ],
)
def test_the_reporting_year_of_the_day_is_carried(start, end, shown):
    told = f"episode_id | person_id | start_date | end_date\nE1 | Ann | {start} | {end}"
    made = laid_out(eh_episode=told)
    assert (made.tables["eh_episode"].num_rows, made.tables["person"].num_rows) == (shown, shown)


def test_somebody_whom_no_list_describes_has_a_row():
    made = laid_out(eh_episode=EPISODE.replace("Ann", "New"))
    [row] = made.tables["person"].to_pylist()
    assert row["person_key"] == made.tables["eh_episode"].to_pylist()[0]["person_key"]


def faults(made: LaidOut) -> list[tuple[str, str, str]]:
    return [(line.record, line.column, line.rule.split(":")[-1]) for line in made.invalid]


def test_a_row_that_breaks_a_rule_of_the_standard_is_listed_by_its_own_number_with_what_to_do():
    made = laid_out(date(2024, 4, 1), eh_episode=EPISODE.replace("2025-06-30", "2024-12-31"))
    assert ("CASE77", "end_date", "before_other_date") in {(r, c.split(", ")[0], rule) for r, c, rule in faults(made)}
    assert all(line.what_to_do for line in made.invalid)


def test_a_fault_of_a_row_that_is_not_carried_keeps_nothing_back():
    made = laid_out(eh_episode=EPISODE.replace("2025-06-30", "2024-12-31"))
    assert made.tables["eh_episode"].num_rows == 0
    assert made.invalid == ()


def test_a_warning_keeps_nothing_back():
    made = laid_out(eh_episode=EPISODE, eh_need=NEEDS.replace("2025-02-10", "2025-08-10"))
    assert made.invalid == ()


def test_a_required_value_that_is_missing_and_a_word_without_a_code_are_faults_and_different_ones():
    contacts = """
        contact_id | person_id | contact_date | source_code  | decision_code
        C1         | Ann       | 2025-05-01   | not_recorded |
        C2         | Ann       | 2025-05-02   | 6            | unmapped
        C3         | Ann       | 2025-05-03   | unmapped     | advice
        C4         | Ann       | 2025-05-04   | 6            | not_recorded
    """
    assert sorted(faults(laid_out(contact=contacts))) == [
        ("C1", "source_code", "required_value_missing"),
        ("C2", "decision_code", "no_code_for_the_word"),
        ("C3", "source_code", "no_code_for_the_word"),
    ]


def test_a_row_that_names_a_record_of_no_extract_stays_behind_and_it_is_said():
    made = laid_out(eh_episode=EPISODE, eh_need=NEEDS.replace("CASE77", "CASE78"))
    assert made.tables["eh_need"].num_rows == 0
    assert made.notes == ("1 row of eh_need is left out: it names a row of eh_episode that is in no extract.",)


def test_a_need_of_an_earlier_year_stays_behind_without_a_word():
    made = laid_out(eh_episode=EPISODE.replace("2025-06-30", "2025-03-01"), eh_need=NEEDS)
    assert made.tables["eh_need"].num_rows == 0
    assert made.notes == ()
