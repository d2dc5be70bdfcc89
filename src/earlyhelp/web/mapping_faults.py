"""The faulty rows of a file that is being mapped, as a file for whoever mends them where they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from earlyhelp.web import exports
from earlyhelp.web.looking import record_download
from earlyhelp.web.on_pages import advice
from earlyhelp.web.tables import table_of
from earlyhelp.web.workspace import workspace

KINDS: Mapping[str, str] = {"csv": "CSV", "xlsx": "an Excel workbook"}
COLUMNS = (
    "list",
    "row",
    "column",
    "what stands there",
    "what is wrong",
    "what was expected",
    "what to do",
    "the row is",
)


def faults_file(request: HttpRequest, name: str, told: Mapping[str, Any], ending: str) -> HttpResponse:
    """The file, one fault a row; a cell that a spreadsheet would run is text. told: as `ingest.mapping.faulty_rows` gives it."""
    settings, listed = workspace().settings, told["rows"]
    of_all = f", the first {len(listed):,} of {told['faults']:,}" if told["faults"] > len(listed) else ""
    table = table_of(f"Faulty rows of {name}{of_all}", COLUMNS, [_row(each) for each in listed], nothing="nothing")
    about = exports.About(
        settings.name or settings.ons_code,
        "Faulty rows of a file that is being mapped",
        request.path,
        "",
        None,
        "no policy: rows of a file, not for passing on",
    )
    content = exports.table_file(table, about, ending)
    record_download(request, f"faulty rows of {name}")
    answer = HttpResponse(content, content_type=exports.ENDINGS[ending])
    called = exports.file_name(f"faulty rows of {name}", "faults", ending)
    answer["Content-Disposition"] = f'attachment; filename="{called}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _row(each: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        each["part"],
        each["row"],
        each["heading"] or "the whole row",
        each["value"],
        each["rule"].replace("_", " "),
        each["expected"],
        advice(each["fix"]),
        "left out" if each["dropped"] else "kept",
    )
