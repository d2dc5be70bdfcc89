"""The pages and schema files that are written from the declarations."""

from __future__ import annotations

import json

from earlyhelp.standard import TABLES, code_lists
from earlyhelp.standard.dictionary import data_dictionary
from earlyhelp.standard.scales import SCALES
from earlyhelp.standard.schemas import duckdb_ddl, json_schema, table_schema


def generated_pages() -> dict[str, str]:
    """The text of every generated file, by its path below `docs/reference/generated`."""
    pages = {
        "data-dictionary.md": data_dictionary(code_lists().values()),
        "scales.md": scales_page(),
        "schemas/duckdb.sql": duckdb_ddl(),
    }
    for name, table in TABLES.items():
        pages[f"schemas/table-schema/{name}.json"] = _json(table_schema(table))
        pages[f"schemas/json-schema/{name}.json"] = _json(json_schema(table))
    return pages


def scales_page() -> str:
    """The tools whose scores are known: their scales, the range of each, and which way is better."""
    rows = [
        f"| {scale.tool} | {domain} | {scale.lowest} to {scale.highest} | {'higher' if scale.higher_is_better else 'lower'} | "
        f"{scale.source} |"
        for scale in SCALES
        for domain in scale.domains
    ]
    return "\n".join(
        [_ABOUT_SCALES, "| tool | domain | scores | better | source |", "|---|---|---|---|---|", *rows, ""]
    )


_ABOUT_SCALES = """# Outcome tools and their scales

Which way is better is declared for each scale, and nowhere else: scores on a scale that is not here are kept and counted, and
no change of theirs is called better or worse. Written from the declarations.
"""


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
