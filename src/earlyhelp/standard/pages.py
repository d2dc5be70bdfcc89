"""The pages and schema files that are written from the declarations."""

from __future__ import annotations

import json

from earlyhelp.standard import TABLES, code_lists
from earlyhelp.standard.dictionary import data_dictionary
from earlyhelp.standard.schemas import duckdb_ddl, json_schema, table_schema


def generated_pages() -> dict[str, str]:
    """The text of every generated file, by its path below `docs/reference/generated`."""
    pages = {"data-dictionary.md": data_dictionary(code_lists().values()), "schemas/duckdb.sql": duckdb_ddl()}
    for name, table in TABLES.items():
        pages[f"schemas/table-schema/{name}.json"] = _json(table_schema(table))
        pages[f"schemas/json-schema/{name}.json"] = _json(json_schema(table))
    return pages


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
