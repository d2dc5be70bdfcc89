"""The standard in the languages of others: Frictionless Table Schema, JSON Schema and DuckDB.

The first two tell a sender what a file may hold. System columns and those of linkage are in them too, and optional
there, so that a file that was exported can be checked like one that a council wrote itself.
"""

from __future__ import annotations

from earlyhelp.standard import sql
from earlyhelp.standard.columns import TABLES, VERSION, Column, Table
from earlyhelp.standard.references import names_one_row, references
from earlyhelp.standard.system import SYSTEM_COLUMNS, linked_columns, stored_columns
from earlyhelp.standard.types import NOT_RECORDED, UNMAPPED, CodeType

_TABLE_SCHEMA_TYPES = {"date": "date", "date-time": "datetime"}


def table_schema(table: Table) -> dict[str, object]:
    """The Frictionless Table Schema (version 2) of a table's file, as a dictionary ready for JSON."""
    key = [column.column_name for column in table.key]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": table.table_name,
        "title": _sentence(table.grain),
        "description": table.doc,
        "fieldsMatch": ["superset"],
        "fields": [_field(column, column in table.columns.values()) for column in _all_columns(table).values()],
        "missingValues": [""],
        **({"primaryKey": key} if all(column.required for column in table.key) else {}),
        "foreignKeys": _foreign_keys(table),
    }


def json_schema(table: Table) -> dict[str, object]:
    """The JSON Schema (2020-12) of one row of a table, as a dictionary ready for JSON."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:earlyhelp:standard:{VERSION}:{table.table_name}",
        "title": table.table_name,
        "description": f"{_sentence(table.grain)} {table.doc}",
        "type": "object",
        "properties": {
            name: _property(column, declared=name in table.columns) for name, column in _all_columns(table).items()
        },
        "required": [name for name, column in table.columns.items() if column.required],
        "additionalProperties": False,
    }


def duckdb_columns(table: Table) -> dict[str, str]:
    """The DuckDB type of every column of a loaded table, by name: declared, raw and system columns, before linkage."""
    return {name: column.type.duckdb for name, column in stored_columns(table).items()}


def duckdb_ddl() -> str:
    """SQL that creates every table of the standard in DuckDB, linked and commented."""
    head = (
        f"-- The Early Help standard dataset, version {VERSION}. Written from its declarations: change those instead.\n"
    )
    return "\n".join([head, *(_create(table) for table in TABLES.values())])


def never_empty(table: Table, column: Column) -> bool:
    """True when no stored row lacks the column: a key or event date, a required code, or what the loader fills in.

    Other required columns may be empty in a stored row: that row is kept, and the gap is reported.
    """
    loaded = SYSTEM_COLUMNS.get(column.column_name) is column
    return column in table.withholding or (column.required and (loaded or column.coded is not None))


def _all_columns(table: Table) -> dict[str, Column]:
    return stored_columns(table) | linked_columns(table)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _description(column: Column) -> str:
    return " ".join([column.description, *(rule.description for rule in column.rules)])


def _codes(kind: CodeType) -> list[str]:
    """The codes a value may hold: the list's own, and the two that stand for no code."""
    return list(dict.fromkeys([*kind.codes.codes, NOT_RECORDED, UNMAPPED]))


def _code_pattern(kind: CodeType) -> str:
    """A regular expression for a value of an open list, or for several codes separated by semicolons."""
    one = "|".join([kind.codes.pattern, NOT_RECORDED, UNMAPPED] if kind.codes.pattern else _codes(kind))
    return f"(?:{one})(?:;(?:{one}))*" if kind.many else f"(?:{one})"


def _is_closed(kind: CodeType) -> bool:
    return not kind.many and not kind.codes.pattern


def _field(column: Column, declared: bool) -> dict[str, object]:
    constraints: dict[str, object] = {"required": True} if declared and column.required else {}
    if kind := column.coded:
        constraints |= {"enum": _codes(kind)} if _is_closed(kind) else {"pattern": _code_pattern(kind)}
    for rule in column.rules:
        constraints |= rule.table_schema()
    return {
        "name": column.column_name,
        "type": _TABLE_SCHEMA_TYPES.get(column.type.json_format, column.type.json),
        "description": _description(column),
        "sensitivity": column.sensitivity.value,
        **({"constraints": constraints} if constraints else {}),
    }


def _property(column: Column, *, declared: bool) -> dict[str, object]:
    may_be_null = not (declared and column.required)
    said: dict[str, object] = {"type": [column.type.json, "null"] if may_be_null else column.type.json}
    if column.type.json_format:
        said["format"] = column.type.json_format
    if (kind := column.coded) and _is_closed(kind):
        said["enum"] = [*_codes(kind), None] if may_be_null else _codes(kind)
    elif kind:
        said["pattern"] = f"^{_code_pattern(kind)}$"
    for rule in column.rules:
        said |= rule.schema()
    return said | {"description": _description(column), "x-sensitivity": column.sensitivity.value}


def _foreign_keys(table: Table) -> list[dict[str, object]]:
    return [
        {
            "fields": [column.column_name],
            "reference": {"resource": target.table_name, "fields": [target.column_name]},
        }
        for column, target in references(table).items()
        if names_one_row(target)
    ]


def _create(table: Table) -> str:
    columns = _all_columns(table)
    lines = [
        f'    "{name}" {column.type.duckdb}{" NOT NULL" if never_empty(table, column) else ""}'
        for name, column in columns.items()
    ]
    comments = [
        f'COMMENT ON COLUMN {table}."{name}" IS {sql.literal(_description(column))};'
        for name, column in columns.items()
    ]
    about = f"COMMENT ON TABLE {table} IS {sql.literal(_sentence(table.grain))};"
    return "\n".join([f"CREATE TABLE {table} (", ",\n".join(lines), ");", about, *comments, ""])
