"""The Children in Need census of a reporting year: the children with an episode open in it, as they stood on its last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from earlyhelp.sources.cin_census import cin_census
from earlyhelp.sources.writing.cells import Rows, Style
from earlyhelp.sources.writing.nested_xml import write_census
from earlyhelp.sources.writing.service_columns import PERSON, RECORD, WITHIN
from earlyhelp.sources.writing.writer import Cells, Writer, financial_year, those_in

_DETAILS = next(part for part in cin_census.parts if part.title == "CINdetails")
_NO_NUMBER = (
    "CASE WHEN fill1.value IS NULL THEN CASE WHEN own.dob <= day.as_at - INTERVAL 5 YEAR THEN 'UN6' ELSE 'UN1' END END"
)
_STILL_OPEN = "CASE WHEN fill1.event_id IS NULL THEN own.start_date ELSE coalesce(fill1.end_date, day.as_at) END"
_EARLIER_PLANS = (
    "(SELECT count(*) FROM known_social_care_event AS e WHERE e.person_key = own.person_key "
    "AND e.type = 'cp_plan' AND e.start_date < own.start_date)"
)

ROWS: Mapping[str, Rows] = {
    "Child": Rows(worked_out={"UPNunknown": _NO_NUMBER}),
    "CINdetails": Rows(where=f"{_STILL_OPEN} >= day.year_start"),
    "Assessments": Rows(within=_DETAILS),
    "CINPlanDates": Rows(within=_DETAILS),
    "Section47": Rows(worked_out={"ICPCnotRequired": "CASE WHEN own.nfa THEN '1' ELSE '0' END"}, within=_DETAILS),
    "ChildProtectionPlans": Rows(
        worked_out={"NumberOfPreviousCPP": _EARLIER_PLANS},
        repeated={"InitialCategoryOfAbuse": "LatestCategoryOfAbuse"},
        within=_DETAILS,
    ),
}


def _with_an_episode(cells: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The children who have details, the details of children, and of what is nested what stands in those."""
    if not {"Child", "CINdetails"} <= set(cells):
        return cells
    details = cells["CINdetails"] = those_in(cells["CINdetails"], PERSON, cells["Child"], PERSON)
    kept = {}
    for title, table in cells.items():
        if title == "Child":
            table = those_in(table, PERSON, details, PERSON)
        kept[title] = those_in(table, WITHIN, details, RECORD) if WITHIN in table.column_names else table
    return kept


def header(as_at: date) -> dict[str, dict[str, str]]:
    """The header of the return, by block. The authority's number stands for an invented council."""
    return {
        "CollectionDetails": {
            "Collection": "CIN",
            "Year": str(as_at.year),
            "ReferenceDate": as_at.isoformat(),
        },
        "Source": {
            "SourceLevel": "L",
            "LEA": "999",
            "SoftwareCode": "Early Help Evidence, invented records",
            "Release": "1",
            "SerialNo": "001",
            "DateTime": f"{as_at.isoformat()}T18:30:00",
        },
    }


def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write `cin_census_<year>.xml` for the reporting year that ends on the day."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"cin_census_{financial_year(as_at)}.xml"
    write_census(cells, path, header(as_at))
    return [path]


WRITER = Writer(cin_census, write, Style(yes="1", no="0"), ROWS, _with_an_episode, first_row=1)
