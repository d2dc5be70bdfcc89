"""The data dictionary: the standard as a page for the people who fill it, map to it and read it."""

from __future__ import annotations

from collections.abc import Iterable

from earlyhelp.standard.columns import TABLES, VERSION, Column, Table
from earlyhelp.standard.references import reference
from earlyhelp.standard.system import LINKED_COLUMNS, SYSTEM_COLUMNS
from earlyhelp.standard.types import CodeList, CodeValue

_INTRODUCTION = f"""\
# Data dictionary: the Early Help standard dataset, version {VERSION}

This page is written from the declarations in `earlyhelp.standard`; the schemas beside it are written from the same.

- **Types.** A *key* names a row of this or another table. A *code* comes from one list; *codes* are several from one
  list, separated by semicolons. Dates are `YYYY-MM-DD`. Booleans are `true` or `false`.
- **Empty is not zero.** A value that is not known is empty. A required code that is empty becomes `not_recorded`; one
  that no rule can place becomes `unmapped`. Only a missing key, or a missing or impossible date of the event itself,
  keeps a row out.
- **What the source said.** Every code column `X` has a column `X_raw` beside it that keeps the source's own words.
- **Sensitivity.** Direct identifiers and free text stay on the identity side, which analysis cannot read.
- **Years** of a code are calendar years in which the reporting year ends: 2023 is April 2022 to March 2023.
"""
_COLUMN_HEADINGS = ("Column", "Type", "Required", "Sensitivity", "What it holds", "Where it comes from")
_CODE_HEADINGS = ("Code", "Label", "Years", "Also read as", "Note")


def data_dictionary(lists: Iterable[CodeList]) -> str:
    """The page in Markdown: every table with its columns, then the code lists given."""
    tables = [_table_section(table) for table in TABLES.values()]
    codes = [_code_list_section(codelist) for codelist in lists]
    sections = [
        _INTRODUCTION,
        _contents(),
        _columns_section(
            "Columns of every table",
            "Every row of every table has these; loading fills in the first three.",
            SYSTEM_COLUMNS.values(),
        ),
        _columns_section(
            "Columns after linkage",
            "Tables that hold a person or a family have these once records have been joined.",
            LINKED_COLUMNS.values(),
        ),
        "## Tables\n",
        *tables,
        "## Code lists\n",
        *codes,
    ]
    return "\n".join(sections)


def _contents() -> str:
    lines = [f"- [`{table}`](#{table}): {table.grain}" for table in TABLES.values()]
    return "\n".join(["**Tables**\n", *lines, "\n[Code lists](#code-lists)\n"])


def _table_section(table: Table) -> str:
    key = ", ".join(f"`{column.column_name}`" for column in table.key)
    about = f"One row is {table.grain}. {table.doc}\n\nKey: {key}.\n"
    return f"### {table}\n\n{about}\n{_column_rows(table.columns.values())}"


def _columns_section(title: str, about: str, columns: Iterable[Column]) -> str:
    return f"## {title}\n\n{about}\n\n{_column_rows(columns)}"


def _column_rows(columns: Iterable[Column]) -> str:
    return _markdown_table(_COLUMN_HEADINGS, [_column_cells(column) for column in columns])


def _column_cells(column: Column) -> tuple[str, ...]:
    kind = column.coded
    type_name = f"{column.type.name}: [{kind.codes.name}](#{kind.codes.name})" if kind else column.type.name
    required = "yes" if column.required else "no"
    return (f"`{column.column_name}`", type_name, required, column.sensitivity.value, _about(column), _origin(column))


def _about(column: Column) -> str:
    target = reference(column)
    points = [f"Points to `{target}`."] if target else []
    return " ".join([column.description, *(rule.description for rule in column.rules), *points])


def _origin(column: Column) -> str:
    return "; ".join(f"{name}: {place}" for name, place in column.provenance.items())


def _code_list_section(codelist: CodeList) -> str:
    about = f"{codelist.title}. Source: {codelist.source}."
    shape = f"Any code of the shape `{codelist.pattern}`" if codelist.pattern else ""
    if shape and not codelist.values:
        return f"### {codelist.name}\n\n{about}\n\n{shape}.\n"
    also = f"{shape}; these are known:\n\n" if shape else ""
    return (
        f"### {codelist.name}\n\n{about}\n\n{also}{_markdown_table(_CODE_HEADINGS, map(_code_cells, codelist.values))}"
    )


def _code_cells(value: CodeValue) -> tuple[str, ...]:
    return (f"`{value.code}`", value.label, years(value), "; ".join(value.aliases), value.note)


def years(value: CodeValue) -> str:
    """The reporting years in which a code may be used, in words; empty when it always may."""
    if value.valid_from is None:
        return "" if value.valid_to is None else f"until {value.valid_to}"
    return f"from {value.valid_from}" if value.valid_to is None else f"{value.valid_from} to {value.valid_to}"


def _markdown_table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    ruled = ["---"] * len(headings)
    return "".join(f"| {' | '.join(_cell(text) for text in row)} |\n" for row in (headings, ruled, *rows))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
