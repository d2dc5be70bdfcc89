"""Columns that every table has: where a row came from, what the source said, who it is about after linkage."""

from __future__ import annotations

from earlyhelp.standard import codelists
from earlyhelp.standard.columns import Column, Table
from earlyhelp.standard.types import Code, Date, Key, Text


class every_row:
    """Where a row came from."""

    feed_id = Column(Text, "Load that brought the row.", required=True)
    source_system = Column(Code(codelists.source_systems), "System, return or list it came from.", required=True)
    source_record_id = Column(Text, "The source's own number for the record, or its place in the file.")
    recorded_date = Column(Date, "Day the row was entered, where the source has it.", quasi_identifier=True)


class after_linkage:
    """Who a row is about, once records of the same person and family have been joined."""

    person_id = Column(Key, "The linked person; the same for all records of one human being.")
    family_id = Column(Key, "The linked family.")


def _columns_of(body: type) -> dict[str, Column]:
    return {name: value for name, value in vars(body).items() if isinstance(value, Column)}


SYSTEM_COLUMNS: dict[str, Column] = _columns_of(every_row)
LINKED_COLUMNS: dict[str, Column] = _columns_of(after_linkage)


def raw_column(column: Column) -> Column:
    """The column that keeps what the source said of a coded column. Free text, so it lies on the identity side."""
    raw = Column(Text, f"What the source said for `{column.column_name}`.", free_text=True)
    raw.column_name, raw.table_name = column.raw_name, column.table_name
    return raw


def linked_columns(table: Table) -> dict[str, Column]:
    """The columns linkage adds to a table: both where it holds a person or a family, none elsewhere."""
    if not {"person_key", "family_key"} & set(table.columns):
        return {}
    return {name: column for name, column in LINKED_COLUMNS.items() if name not in table.columns}


def stored_columns(table: Table) -> dict[str, Column]:
    """Every column of a loaded table, by name: declared ones, each coded one with its raw one, then the system's.

    A column the table declares itself is never replaced by the system's column of that name.
    """
    stored: dict[str, Column] = {}
    for name, column in table.columns.items():
        stored[name] = column
        if column.coded:
            stored[column.raw_name] = raw_column(column)
    return stored | {name: column for name, column in SYSTEM_COLUMNS.items() if name not in stored}
