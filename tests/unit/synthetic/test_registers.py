"""Who is registered where, in a council of a few people that can be checked by eye, and in one with many mistakes."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pyarrow as pa
import pytest

from earlyhelp.synthetic.faults import FAULTS, PersonFault
from earlyhelp.synthetic.faults.identity import REUSED, TWICE
from earlyhelp.synthetic.registers import register
from earlyhelp.synthetic.systems import NEW_CASE, OLD_CASE, REGISTERS
from earlyhelp.synthetic.timeline import LAST_DAY, NEW_SYSTEM
from unit.synthetic.extracts_council import SEED, true_records

PEOPLE = [each for each in FAULTS if isinstance(each, PersonFault)]
BEFORE, AFTER = date(2021, 5, 1), date(2025, 2, 1)


def _contacts(*rows):
    columns = zip(*rows, strict=True)
    names = ("contact_id", "person_key", "contact_date")
    return pa.table(dict(zip(names, (pa.array(column) for column in columns), strict=True)))


def _episode(person, start, end):
    return pa.table(
        {"episode_id": ["E1"], "person_key": [person], "start_date": [start], "end_date": pa.array([end], pa.date32())}
    )


def _registered(records):
    """The registrations of people of whom nothing more is known than their keys."""
    keys = {key for table in records.values() for key in table["person_key"].to_pylist()}
    return register({"person": pa.table({"person_key": sorted(keys)}), **records}, PEOPLE, SEED, 0.0).people.to_pylist()


def _systems(records):
    people = _registered(records)
    return sorted((row["person_key"], row["system"], row["kind"]) for row in people)


def test_who_came_before_the_change_is_in_the_old_system_and_who_came_after_it_in_the_new():
    records = {"contact": _contacts(("C1", "old", BEFORE), ("C2", "new", AFTER))}
    assert _systems(records) == [("new", NEW_CASE, "first"), ("old", OLD_CASE, "first")]


def test_who_is_open_at_the_change_is_carried_over_with_the_family_and_the_old_record_names_the_new():
    member = pa.table({"family_key": ["F", "F"], "person_key": ["child", "mother"], "from_date": [BEFORE, BEFORE]})
    records = {"eh_episode": _episode("child", BEFORE, None), "family_member": member}
    people = _registered(records)
    old = {row["person_key"]: row for row in people if row["system"] == OLD_CASE}
    new = {row["person_key"]: row for row in people if row["system"] == NEW_CASE}
    assert old.keys() == new.keys() == {"child", "mother"}
    for person in old:
        assert old[person]["renewed_as"] == new[person]["key"]
        assert (new[person]["kind"], new[person]["registered"]) == ("renewed", NEW_SYSTEM)


@pytest.mark.parametrize("end", [date(2023, 6, 30), BEFORE])
def test_who_was_closed_before_the_change_and_comes_back_is_in_both_systems_unjoined(end):
    records = {"eh_episode": _episode("child", BEFORE, end), "contact": _contacts(("C1", "child", AFTER))}
    people = _registered(records)
    assert {row["system"]: (row["kind"], row["renewed_as"]) for row in people} == {
        OLD_CASE: ("first", None),
        NEW_CASE: ("first", None),
    }


def test_partners_know_whom_they_tell_of_under_ids_of_their_own():
    events = pa.table({"event_id": ["V1"], "person_key": ["mother"], "agency": ["police"], "event_date": [BEFORE]})
    assert _systems({"partner_event": events}) == [("mother", "police", "first")]


@pytest.fixture(scope="module")
def messy():
    return register(true_records(), PEOPLE, SEED, 5.0)


def test_without_mess_nobody_is_registered_twice_and_nothing_is_wrong():
    registers = register(true_records(), PEOPLE, SEED, 0.0)
    assert registers.mistakes.num_rows == 0
    assert set(registers.people["kind"].to_pylist()) == {"first", "renewed"}
    assert registers.people["id"].to_pylist() == registers.people["usual_id"].to_pylist()


def test_keys_are_unique_and_ids_of_one_system_too(messy):
    people = messy.people.to_pylist()
    assert max(Counter(row["key"] for row in people).values()) == 1
    assert all(row["key"] == f"{row['system']}-{row['id']}" for row in people)


def test_second_registrations_are_about_as_many_as_declared_and_never_of_somebody_unknown(messy):
    people = messy.people.to_pylist()
    case = [row for row in people if row["system"] == OLD_CASE]
    firsts = {row["person_key"] for row in case if row["kind"] == "first"}
    twice = [row["person_key"] for row in case if row["kind"] == "twice"]
    assert set(twice) <= firsts
    expected = TWICE * 5 * len(firsts)
    assert abs(len(twice) - expected) < 5 * expected**0.5


def test_a_reused_id_was_that_of_another_person_who_is_not_in_the_new_system(messy):
    people = register(true_records(), PEOPLE, SEED, 0.05 / REUSED).people.to_pylist()
    reused = [row for row in people if row["kind"] == "reused"]
    olds = {row["id"]: row["person_key"] for row in people if row["system"] == OLD_CASE}
    alive = {row["person_key"] for row in people if row["system"] == NEW_CASE}
    assert reused
    for row in reused:
        assert olds[row["id"]] != row["person_key"]
        assert olds[row["id"]] not in alive


def test_the_register_of_a_day_differs_from_the_truth_just_by_the_mistakes_that_stand_then(messy):
    for day in (date(2021, 6, 30), LAST_DAY):
        right, wrong = (
            {row["person_key"]: row for row in messy.persons(day, damaged=damaged).to_pylist()}
            for damaged in (False, True)
        )
        differing = {(key, name) for key, row in right.items() for name in row if row[name] != wrong[key][name]}
        assert differing == set(messy.fault_of(day))


def test_who_is_carried_over_keeps_the_mistakes_of_the_old_system(messy):
    renewed = {row["key"]: row["renewed_as"] for row in messy.people.to_pylist() if row["renewed_as"]}
    told = {
        (row["key"], row["column"], row["became"])
        for row in messy.mistakes.to_pylist()
        if row["fault"] != "former surname"
    }
    mine = {(renewed[key], column, became) for key, column, became in told if key in renewed}
    assert mine
    assert mine <= told


def test_a_register_has_nothing_in_columns_that_it_does_not_hold(messy):
    for each in REGISTERS:
        mine = messy.people.filter(pa.compute.equal(messy.people["register"], each.name))
        assert mine.num_rows
        if "ethnicity" not in each.holds:
            assert mine["ethnicity"].null_count == mine.num_rows
