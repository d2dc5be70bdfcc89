"""A directory of services as one page of an Open Referral UK feed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from earlyhelp.sources.open_referral import SERVICES, open_referral
from earlyhelp.sources.writing.cells import Rows, Style
from earlyhelp.sources.writing.service_columns import cells_only
from earlyhelp.sources.writing.writer import Cells, Writer

_NUMBERS = ("minimum_age", "maximum_age")
_UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_MADE = "regexp_replace(md5({}), '(.{{8}})(.{{4}})(.{{4}})(.{{4}})(.{{12}})', '\\1-\\2-\\3-\\4-\\5')"

ROWS: Mapping[str, Rows] = {
    SERVICES: Rows(
        worked_out={
            "id": (
                f"CASE WHEN regexp_full_match(own.service_id, '{_UUID}') THEN own.service_id "
                f"ELSE coalesce(own.open_referral_id, {_MADE.format('own.service_id')}) END"
            ),
            "organization_id": _MADE.format("own.organisation"),
            "taxonomy_terms": "own.service_type",
            "status": (
                "coalesce(replace(own.status, '_', ' '), "
                "CASE WHEN own.end_date < day.as_at THEN 'inactive' ELSE 'active' END)"
            ),
        }
    )
}


def page(rows: list[dict[str, str | None]]) -> dict[str, Any]:
    """One page of a feed with a service for each row of cells."""
    numbers = {"total_items": len(rows), "total_pages": 1, "page_number": 1, "size": len(rows)}
    return numbers | {
        "first_page": True,
        "last_page": True,
        "empty": not rows,
        "contents": [_service(row) for row in rows],
    }


def _service(row: Mapping[str, str | None]) -> dict[str, Any]:
    told: dict[str, Any] = {name: text for name, text in row.items() if text and name not in _NESTED}
    told |= {name: float(text) for name in _NUMBERS if (text := row.get(name))}
    return told | {
        key: value for name, make in _NESTED.items() if (text := row[name]) for key, value in make(text, row)
    }


def _organization(text: str, row: Mapping[str, str | None]) -> list[tuple[str, Any]]:
    return [("organization", {"id": row["organization_id"], "name": text, "description": text})]


def _terms(text: str, row: Mapping[str, str | None]) -> list[tuple[str, Any]]:
    return [("attributes", [{"id": row["id"], "taxonomy_term": {"id": row["id"], "name": text, "description": text}}])]


def _named(key: str, inner: str) -> Any:
    return lambda text, row: [(key, [{"id": row["id"], inner: text}])]


_NESTED: Mapping[str, Any] = {
    "organization": _organization,
    "taxonomy_terms": _terms,
    "funding": _named("funding", "source"),
    "service_areas": _named("service_areas", "name"),
    "cost_options": _named("cost_options", "option"),
}
"""Headings whose text stands inside the service: how it is nested there."""


def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write `services_<day>.json`; without a list of services, no file."""
    if SERVICES not in cells:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"services_{as_at.isoformat()}.json"
    content = page(cells_only(cells[SERVICES]).to_pylist())
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [path]


WRITER = Writer(open_referral, write, Style(), ROWS, first_row=1)
