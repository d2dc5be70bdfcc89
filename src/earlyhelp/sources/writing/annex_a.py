"""Annex A as a workbook on a day: lists 1 to 5 look back six months, lists 6 to 8 show who is or was open in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from earlyhelp.sources.annex_a import annex_a
from earlyhelp.sources.layout import heading_of
from earlyhelp.sources.writing.cells import Rows, Style
from earlyhelp.sources.writing.workbook import write_workbook
from earlyhelp.sources.writing.writer import Cells, Writer
from earlyhelp.standard import TABLES, Date, stored_columns

TITLES = {
    "List 1": "List 1: Contacts",
    "List 2": "List 2: Early Help",
    "List 3": "List 3: Referral",
    "List 4": "List 4: Assessments",
    "List 5": "List 5: Section 47 enquiries and Initial Child Protection Conferences",
    "List 6": "List 6: Children in Need",
    "List 7": "List 7: Child protection",
    "List 8": "List 8: Children in care",
}
"""The first row of each sheet of Ofsted's template. The sheets themselves are called List_1, List_2 ..."""
NUMBERS = ("Age of Child (Years)",)
COUNTS = "Number of "

_YEARS = (
    "CASE WHEN coalesce(about.dob, about.expected_dob) > day.as_at THEN -1 "
    "ELSE date_part('year', age(day.as_at, about.dob)) END"
)
_ABOUT = {
    "Date of Birth": "strftime(coalesce(about.dob, about.expected_dob), '%d/%m/%Y')",
    "Age of Child (Years)": f"CAST({_YEARS} AS BIGINT)",
}


def _yes_no(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 'a) Yes' WHEN NOT ({condition}) THEN 'b) No' END"


def _earlier(counted: str, latest: str) -> str:
    """How many events of a kind the child had in the year before the latest event of another, the same on all its rows."""
    last = (
        "(SELECT max(e.start_date) FROM known_social_care_event AS e "
        f"WHERE e.person_key = own.person_key AND e.type = '{latest}')"
    )
    return (
        "(SELECT count(*) FROM known_social_care_event AS e WHERE e.person_key = own.person_key "
        f"AND e.type = '{counted}' AND e.start_date < {last} AND e.start_date >= {last} - INTERVAL 1 YEAR)"
    )


def _any(kind: str, condition: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM known_social_care_event AS e WHERE e.person_key = own.person_key "
        f"AND e.type = '{kind}' AND {condition})"
    )


def _open(kind: str) -> str:
    return _any(kind, "e.end_date IS NULL")


def _periods_of_care() -> str:
    """Periods of care put together from their episodes: S, or no reason, begins one; it ends with its last episode.

    An episode that ended with X1 goes on in the next: with nothing after it the period is still open.
    """
    told = {"start_date": "min(start_date)", "event_id": "first(event_id ORDER BY start_date, event_id)"}
    goes_on = "last(outcome_code ORDER BY start_date, event_id) = 'X1'"
    for name in ("end_date", "outcome_code"):
        told[name] = f"CASE WHEN {goes_on} THEN NULL ELSE last({name} ORDER BY start_date, event_id) END"
    names = [name for name in stored_columns(TABLES["social_care_event"]) if name != "person_key"]
    columns = ", ".join(f"{told.get(name, f'last({name} ORDER BY start_date, event_id)')} AS {name}" for name in names)
    begun = "sum(CAST(coalesce(start_reason, 'S') = 'S' AS INTEGER)) OVER (PARTITION BY person_key ORDER BY start_date, event_id)"
    episodes = f"SELECT *, {begun} AS period FROM known_social_care_event WHERE type = 'looked_after'"
    return f"(SELECT person_key, {columns} FROM ({episodes}) GROUP BY person_key, period)"


_SINCE = "own.{} >= day.half_year_before"
_OPEN_SINCE = "coalesce(own.{}, day.as_at) >= day.half_year_before"
_CASE_STATUS = (
    f"CASE WHEN own.end_date IS NOT NULL THEN 'e) Closed episode' WHEN {_open('looked_after')} THEN 'a) Looked after child' "
    f"WHEN {_open('cp_plan')} THEN 'b) Child Protection plan' WHEN {_open('cin_plan')} THEN 'c) Child in need plan' "
    f"WHEN {_open('assessment')} THEN 'd) Open assessment' ELSE 'c) Child in need plan' END"
)

ROWS: Mapping[str, Rows] = {
    "List 1": Rows(where=_SINCE.format("contact_date"), worked_out=_ABOUT),
    "List 2": Rows(where=_OPEN_SINCE.format("completion_date"), worked_out=_ABOUT),
    "List 3": Rows(
        where=_SINCE.format("start_date"),
        worked_out={**_ABOUT, "Number of Referrals in Last 12 Months": _earlier("referral", "referral")},
    ),
    "List 4": Rows(
        where=_OPEN_SINCE.format("end_date"),
        worked_out={
            **_ABOUT,
            "Child Seen During Continuous Assessment": "CASE WHEN own.end_date IS NOT NULL THEN 'a) Yes' END",
        },
    ),
    "List 5": Rows(
        where=_SINCE.format("start_date"),
        worked_out={
            **_ABOUT,
            "Was an Initial Child Protection Conference deemed unnecessary?": _yes_no("own.nfa"),
            "Did the Initial Child Protection Conference Result in a Child Protection Plan": (
                "CASE WHEN fill1.start_date IS NULL THEN NULL WHEN "
                + _any("cp_plan", "e.start_date BETWEEN fill1.start_date AND fill1.start_date + 14")
                + " THEN 'a) Yes' ELSE 'b) No' END"
            ),
            "Number of Section 47 Enquiries in the last 12 months": _earlier("s47", "s47"),
            "Number of ICPCs in the last 12 months": _earlier("icpc", "s47"),
        },
    ),
    "List 6": Rows(
        where=f"{_OPEN_SINCE.format('end_date')} AND own.nfa IS NOT TRUE",
        latest=True,
        worked_out={**_ABOUT, "Case status": _CASE_STATUS},
    ),
    "List 7": Rows(
        where=_OPEN_SINCE.format("end_date"),
        latest=True,
        worked_out={
            **_ABOUT,
            "Number of Previous Child Protection Plans": (
                "(SELECT count(*) FROM known_social_care_event AS e WHERE e.person_key = own.person_key "
                "AND e.type = 'cp_plan' AND e.start_date < own.start_date)"
            ),
        },
        repeated={"Initial Category of Abuse": "Latest Category of Abuse"},
    ),
    "List 8": Rows(
        where=f"{_OPEN_SINCE.format('end_date')} AND coalesce(own.legal_status, '') NOT IN ('V3', 'V4')",
        latest=True,
        source=_periods_of_care(),
        worked_out={
            **_ABOUT,
            "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)": _yes_no(
                _any(
                    "looked_after",
                    "e.start_date < own.start_date AND e.end_date BETWEEN day.year_before AND own.start_date",
                )
            ),
        },
    ),
}


def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write `annex_a_<day>.xlsx` as Ofsted's template has it: a sheet a list, its title, its headings, its rows."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"annex_a_{as_at.isoformat()}.xlsx"
    write_lists(cells, path)
    return [path]


def write_lists(cells: Cells, path: Path) -> None:
    """Write one workbook with the lists there are; a sheet that is none of Ofsted's lists has no title."""
    sheets = {title.replace(" ", "_"): table for title, table in cells.items()}
    titles = {title.replace(" ", "_"): text for title, text in TITLES.items()}
    write_workbook(sheets, path, titles=titles, dates=_date_headings(), numbers=_number_headings())


def _date_headings() -> set[str]:
    fills = [fill for part in annex_a.parts for fill in part.fills]
    return {
        heading
        for fill in fills
        for column, cell in fill.cells.items()
        if column.type is Date and (heading := heading_of(cell))
    }


def _number_headings() -> set[str]:
    names = {heading.name for part in annex_a.parts for heading in part.headings}
    return {name for name in names if name in NUMBERS or name.startswith(COUNTS)}


WRITER = Writer(annex_a, write, Style(dates="%d/%m/%Y", yes="a) Yes", no="b) No"), ROWS, first_row=3)
