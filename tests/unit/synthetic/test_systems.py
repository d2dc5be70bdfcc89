"""Systems, and the councils that are lists of them."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.sources.writing import WRITERS
from earlyhelp.standard import TABLES, codelists, person
from earlyhelp.synthetic import systems
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY, NEW_SYSTEM

CASE_SYSTEMS = ("ssd", "mosaic", "eclipse")
ALL = {each.name: each for council in systems.COUNCILS.values() for each in council}


@pytest.mark.parametrize("system", ALL.values(), ids=ALL)
def test_a_system_has_a_writer_and_holds_tables_of_the_standard(system):
    assert system.source in WRITERS
    assert set(system.tables) <= set(TABLES)
    assert list(system.days) == sorted(set(system.days))
    assert all(FIRST_DAY <= day <= LAST_DAY for day in system.days)


def test_quarters_are_the_last_days_of_the_quarters_of_six_years():
    assert systems.QUARTERS[:2] == (date(2020, 6, 30), date(2020, 9, 30))
    assert systems.QUARTERS[-1] == LAST_DAY
    assert {day.month for day in systems.QUARTERS} == {3, 6, 9, 12}
    assert tuple(date(year, 3, 31) for year in range(2021, 2027)) == systems.YEAR_ENDS


def test_the_case_system_is_drawn_once_before_it_changes():
    assert any(day < NEW_SYSTEM for day in systems.SSD.days)
    assert systems.SSD.days[-1] == LAST_DAY
    assert systems.SSD.days == systems.MOSAIC.days == systems.ECLIPSE.days


@pytest.mark.parametrize("council", systems.COUNCILS)
def test_no_table_of_a_council_comes_from_its_return_and_its_standard_folder_too_but_with_a_warehouse(council):
    folder = [each for each in systems.COUNCILS[council] if each.source == "standard"]
    own = {name for each in folder for name in each.tables}
    case = {name for each in systems.COUNCILS[council] if each.source in CASE_SYSTEMS for name in each.tables}
    assert own & case <= {"person", "person_identifier"}


@pytest.mark.parametrize("council", systems.COUNCILS)
def test_episodes_of_early_help_come_from_one_system_of_a_council(council):
    assert len([each.name for each in systems.COUNCILS[council] if "eh_episode" in each.tables]) == 1


@pytest.mark.parametrize("register", systems.REGISTERS, ids=lambda each: each.name)
def test_a_register_has_a_code_of_its_own_and_columns_of_person(register):
    assert register.name in codelists.source_systems.codes or register is systems.CASE
    assert set(register.holds) <= set(person.columns)
    assert set(register.numbers) <= set(codelists.identifier_types.codes)
    assert {systems.OLD_CASE, systems.NEW_CASE} <= set(codelists.source_systems.codes)


def test_every_agency_that_tells_of_people_has_a_register():
    assert {each.agency for each in systems.REGISTERS} >= set(codelists.partner_agencies.codes)
