"""The published schemas: what a sender may write, and what the store creates."""

from __future__ import annotations

import json
import re

import duckdb
import pytest

from earlyhelp.standard import (
    NOT_RECORDED,
    TABLES,
    UNMAPPED,
    contact,
    eh_episode,
    feed,
    linked_columns,
    person,
    place,
    references,
    service,
    social_care_event,
    stored_columns,
    worker,
)
from earlyhelp.standard.schemas import duckdb_columns, duckdb_ddl, json_schema, never_empty, table_schema

each_table = pytest.mark.parametrize("table", TABLES.values(), ids=str)
LEAF = {"string": str, "integer": int, "number": float, "boolean": bool, "null": type(None)}


@pytest.fixture(scope="module")
def engine():
    with duckdb.connect() as connection:
        connection.execute(duckdb_ddl())
        yield connection


@each_table
def test_duckdb_creates_the_table_with_its_declared_raw_system_and_linked_columns(table, engine):
    created = dict(
        engine.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [table.table_name]
        ).fetchall()
    )
    assert created == duckdb_columns(table) | dict.fromkeys(linked_columns(table), "VARCHAR")


@each_table
def test_duckdb_knows_what_a_row_and_each_column_is(table, engine):
    found = engine.execute("SELECT comment FROM duckdb_tables() WHERE table_name = ?", [table.table_name]).fetchone()
    assert found[0].casefold() == f"{table.grain}.".casefold()
    [uncommented] = engine.execute(
        "SELECT count(*) FROM duckdb_columns() WHERE table_name = ? AND comment IS NULL", [table.table_name]
    ).fetchone()
    assert uncommented == 0


@each_table
def test_duckdb_refuses_emptiness_only_where_no_stored_row_is_empty(table, engine):
    refused = {
        name
        for name, nullable in engine.execute(
            "SELECT column_name, is_nullable FROM duckdb_columns() WHERE table_name = ?", [table.table_name]
        ).fetchall()
        if not nullable
    }
    assert refused == {name for name, column in stored_columns(table).items() if never_empty(table, column)}


def test_a_required_text_may_be_empty_in_the_store_because_the_row_is_kept_and_the_gap_reported():
    assert not never_empty(service, service.name)
    assert never_empty(worker, worker.team), "part of the key"
    assert never_empty(contact, contact.contact_date)
    assert never_empty(contact, contact.source_code)
    assert never_empty(contact, stored_columns(contact)["feed_id"])


def test_the_columns_of_a_loaded_table_are_the_declared_the_raw_and_the_systems():
    assert list(duckdb_columns(place)) == [
        *place.columns,
        "feed_id",
        "source_system",
        "source_record_id",
        "recorded_date",
    ]
    assert duckdb_columns(eh_episode)["start_date"] == "DATE"
    assert duckdb_columns(eh_episode)["need_code_raw"] == "VARCHAR"


def test_a_column_the_table_declares_itself_is_kept():
    assert stored_columns(feed)["feed_id"] is feed.feed_id


def test_linkage_adds_person_and_family_where_a_table_holds_either():
    assert set(linked_columns(contact)) == {"person_id", "family_id"}
    assert set(linked_columns(TABLES["person_link"])) == {"family_id"}
    assert linked_columns(place) == {}


@each_table
def test_what_the_source_said_lies_on_the_identity_side(table):
    for column in table.coded_columns:
        assert stored_columns(table)[column.raw_name].sensitivity.on_identity_side


@each_table
def test_a_json_schema_is_json_with_every_column_described(table):
    schema = json.loads(json.dumps(json_schema(table)))
    assert set(schema["properties"]) == set(stored_columns(table)) | set(linked_columns(table))
    assert schema["required"] == [name for name, column in table.columns.items() if column.required]
    assert all(said["description"].endswith(".") for said in schema["properties"].values())


@each_table
def test_a_json_schema_lets_an_optional_column_be_null_and_a_required_one_not(table):
    schema = json_schema(table)
    for name, said in schema["properties"].items():
        allowed = said["type"] if isinstance(said["type"], list) else [said["type"]]
        assert set(allowed) <= LEAF.keys()
        assert ("null" in allowed) is (name not in schema["required"])
        if "enum" in said:
            assert (None in said["enum"]) is ("null" in allowed)


@each_table
def test_both_schemas_hold_every_code_and_the_two_that_stand_for_no_code(table):
    fields = {field["name"]: field for field in table_schema(table)["fields"]}
    for column in table.coded_columns:
        said = json_schema(table)["properties"][column.column_name]
        constraints = fields[column.column_name]["constraints"]
        for code in [*column.coded.codes.codes, NOT_RECORDED, UNMAPPED]:
            assert code in said["enum"] if "enum" in said else re.search(said["pattern"], code)
            assert code in constraints["enum"] if "enum" in constraints else re.fullmatch(constraints["pattern"], code)


def test_several_codes_are_separated_by_semicolons():
    pattern = json_schema(social_care_event)["properties"]["factors"]["pattern"]
    assert re.search(pattern, "3B;4B;24A")
    assert not re.search(pattern, "3B;nothing")
    assert not re.search(pattern, "3B,4B")
    assert not re.search(pattern, "3B;")


def test_a_small_area_is_checked_by_its_shape():
    pattern = json_schema(person)["properties"]["lsoa"]["pattern"]
    assert re.search(pattern, "E01000001")
    assert re.search(pattern, NOT_RECORDED)
    assert not re.search(pattern, "E010000012")


@each_table
def test_a_table_schema_is_json_with_known_types_and_a_key_of_its_own_fields(table):
    schema = json.loads(json.dumps(table_schema(table)))
    names = [field["name"] for field in schema["fields"]]
    assert {field["type"] for field in schema["fields"]} <= {
        "string",
        "integer",
        "number",
        "boolean",
        "date",
        "datetime",
    }
    assert set(schema.get("primaryKey", [])) <= set(names)
    assert len(names) == len(set(names))


@each_table
def test_a_table_schema_marks_required_what_the_standard_requires(table):
    required = {f["name"] for f in table_schema(table)["fields"] if f.get("constraints", {}).get("required")}
    assert required == {name for name, column in table.columns.items() if column.required}


@each_table
def test_foreign_keys_point_to_the_whole_key_of_another_table(table):
    for foreign in table_schema(table)["foreignKeys"]:
        target = TABLES[foreign["reference"]["resource"]]
        assert foreign["reference"]["fields"] == [column.column_name for column in target.key]
        assert table.columns[foreign["fields"][0]] in references(table)


def test_a_key_with_a_part_that_may_be_empty_is_not_called_a_primary_key():
    assert "primaryKey" not in table_schema(TABLES["family_member"])
    assert table_schema(contact)["primaryKey"] == ["contact_id"]
