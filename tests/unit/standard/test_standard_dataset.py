"""The declared tables: equal to the agreed list, described, and sound in themselves."""

from __future__ import annotations

import csv
import pickle

import pytest

from earlyhelp.standard import TABLES, Column, Row, Sensitivity, Table, Text, Year, contact, eh_episode, person, table

COLUMNS = [column for each in TABLES.values() for column in each.columns.values()]

# Beyond the agreed list: "add freely, rename nothing".
SESSION = "session_id person_key session_date academic_year term mark sessions school_urn"
ADDITIONS = {
    "social_care_event.legal_status",
    "social_care_event.start_reason",
    "partner_event.incident_reference",
    "service.minimum_age",
    "service.maximum_age",
    "service.area",
    "service.need_codes",
    "service.level",
    "service.status",
    *(f"attendance_session.{column}" for column in SESSION.split()),
}


ADDED_CODES = {"partner_event.type": ("safeguarding_concern",)}


@pytest.fixture(scope="module")
def agreed(shared):
    with (shared / "standard_v1.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_agreed(column: Column) -> dict[str, str]:
    """A declared column in the words of the agreed list, except its codes."""
    return {
        "table": column.table_name,
        "grain": TABLES[column.table_name].grain,
        "column": column.column_name,
        "required": "yes" if column.required else "no",
        "type": column.type.name,
        "sensitivity": column.sensitivity.value,
    }


def codes_differ(column: Column, words: list[str]) -> bool:
    """One word names a list, several are the codes themselves, none is no code at all."""
    if column.coded is None or not words:
        return bool(column.coded) != bool(words)
    if len(words) == 1:
        return column.coded.codes.name != words[0]
    return [code for code in column.coded.codes.codes if code not in ADDED_CODES.get(str(column), ())] != words


def test_every_agreed_column_is_declared_as_agreed(agreed):
    declared = {str(column): as_agreed(column) for column in COLUMNS}
    wanted = {f"{row['table']}.{row['column']}": {k: v for k, v in row.items() if k != "codes"} for row in agreed}
    assert {name: declared.get(name) for name in wanted} == wanted


def test_every_agreed_code_list_is_the_declared_one(agreed):
    assert [
        f"{row['table']}.{row['column']}"
        for row in agreed
        if codes_differ(TABLES[row["table"]].columns[row["column"]], row["codes"].split())
    ] == []


def test_nothing_is_declared_beyond_the_agreed_columns_but_the_named_additions(agreed):
    assert {str(column) for column in COLUMNS} - {f"{row['table']}.{row['column']}" for row in agreed} == ADDITIONS


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_is_described_in_a_sentence(column):
    assert column.description[0].isupper()
    assert column.description.endswith(".")
    assert len(column.description.split()) > 1


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_has_one_sensitivity(column):
    said = [column.direct_identifier, column.special_category, column.free_text, column.quasi_identifier]
    assert sum(said) <= 1


@pytest.mark.parametrize("each", TABLES.values(), ids=str)
def test_every_table_says_what_a_row_is_and_what_it_is_for(each):
    assert each.doc.endswith(".")
    assert each.grain
    assert not each.grain.endswith(".")


@pytest.mark.parametrize("each", TABLES.values(), ids=str)
def test_every_table_begins_its_key_with_a_column_that_is_never_missing(each):
    assert each.key
    assert each.key[0].required
    assert {str(column) for column in each.key} <= {str(column) for column in each.columns.values()}


def test_a_column_is_an_attribute_of_its_table():
    assert eh_episode.end_date is eh_episode.columns["end_date"]
    assert str(eh_episode.end_date) == "eh_episode.end_date"


def test_a_wrong_column_name_fails_where_it_is_written():
    with pytest.raises(AttributeError, match=r"the standard has no column eh_episode\.closed"):
        _ = eh_episode.closed  # type: ignore[attr-defined]


def test_a_table_is_known_by_its_name_and_survives_the_way_to_another_process():
    assert isinstance(contact, Table)
    assert str(contact) == "contact"
    assert pickle.loads(pickle.dumps(contact)) is contact


def test_a_column_that_would_hide_what_describes_its_table_is_refused():
    class note(Row):  # noqa: N801 - named as a table
        grain = Column(Text, "What a row is.")

    with pytest.raises(ValueError, match="note needs another name for grain"):
        table(grain="one note")(note)
    assert "note" not in TABLES


def test_only_a_missing_key_or_a_missing_event_date_withholds_a_row():
    assert [str(column) for column in eh_episode.withholding] == [
        "eh_episode.episode_id",
        "eh_episode.person_key",
        "eh_episode.start_date",
    ]


def test_names_and_free_text_lie_on_the_identity_side_and_codes_do_not():
    sides = {column: column.sensitivity.on_identity_side for column in (person.surname, person.dob, contact.reason_raw)}
    assert all(sides.values())
    assert contact.reason_code.sensitivity is Sensitivity.SPECIAL
    assert not contact.reason_code.sensitivity.on_identity_side


def test_every_column_that_holds_a_year_of_two_calendar_years_is_declared_as_one():
    named = {
        str(column) for column in COLUMNS if column.column_name.endswith("_year") or "2024-25" in column.description
    }
    assert named == {str(column) for column in COLUMNS if column.type is Year}
