"""The standard itself as an import format: files named after its tables, with its own column names.

A council's warehouse can fill these directly, and every table that `earlyhelp export` writes can be read again.
"""

from __future__ import annotations

from earlyhelp.sources.layout import Cell, Fill, Heading, Part, Source
from earlyhelp.standard import SYSTEM_COLUMNS, TABLES, Column, Table


def _headings(table: Table) -> tuple[Heading, ...]:
    names = [*table.columns, *(column.raw_name for column in table.coded_columns), *SYSTEM_COLUMNS]
    return tuple(Heading(name) for name in dict.fromkeys(names))


def _part(table: Table) -> Part:
    cells: dict[Column, Cell] = {column: name for name, column in table.columns.items()}
    needed = tuple(column.column_name for column in table.withholding)
    name = table.table_name.replace("_", "")
    return Part(table.table_name, _headings(table), (Fill(table, cells),), needed=needed, name=rf"{name}\d*")


standard_layout = Source(
    name="standard",
    title="Early Help standard dataset, version 1 (files named after its tables)",
    publisher="Early Help Evidence",
    status="published layout",
    formats=("csv", "txt", "parquet"),
    parts=tuple(_part(table) for table in TABLES.values()),
    least_known=0.9,  # its files are named after its tables; names of columns as common as these prove nothing by themselves
    note="Keys are taken as they stand; person_key is meant to be a pseudonym already.",
)
