"""References: which column points to which table."""

from __future__ import annotations

from earlyhelp.standard import (
    LINKED_COLUMNS,
    REFERENCES,
    SYSTEM_COLUMNS,
    TABLES,
    Key,
    contact,
    eh_episode,
    eh_need,
    eh_outcome,
    family_member,
    names_one_row,
    person,
    reference,
    references,
    worker,
)

COLUMNS = [column for table in TABLES.values() for column in table.columns.values()]


def test_every_key_points_somewhere_or_begins_the_key_of_its_own_table():
    astray = [
        str(column)
        for column in COLUMNS
        if column.type == Key and not reference(column) and column is not TABLES[column.table_name].key[0]
    ]
    assert astray == []


def test_every_declared_reference_is_the_name_of_a_column_that_exists():
    names = {column.column_name for column in COLUMNS} | SYSTEM_COLUMNS.keys() | LINKED_COLUMNS.keys()
    assert REFERENCES.keys() <= names


def test_every_reference_points_to_a_column_that_begins_the_key_of_its_table():
    for target in REFERENCES.values():
        assert TABLES[target.table_name].key[0] is target


def test_a_request_points_to_a_person_and_an_outcome_to_its_need():
    assert reference(contact.person_key) is person.person_key
    assert reference(eh_outcome.need_id) is eh_need.need_id
    assert reference(eh_episode.lead_practitioner_id) is worker.worker_id


def test_a_column_does_not_point_to_itself():
    assert reference(person.person_key) is None
    assert person.person_key not in references(person)
    assert references(person)[person.is_duplicate_of] is person.person_key


def test_a_family_key_stands_in_several_rows_and_a_person_key_in_one():
    assert names_one_row(person.person_key)
    assert not names_one_row(family_member.family_key)
