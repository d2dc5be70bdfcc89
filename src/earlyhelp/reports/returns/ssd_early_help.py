"""The early help tables of the Standard Safeguarding Dataset: episodes and contacts, and the people in them.

The layout is that of `sources/ssd.py`, which reads it. People who have neither an episode nor a contact of the period, and
are in no family that has, are left out: the file names people.
"""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.reports.returns.declared import Drawn, LaidOut, Return, cells_of
from earlyhelp.reports.returns.files import write_lists
from earlyhelp.reports.returns.whole_records import put_together
from earlyhelp.sources import SOURCES, Part
from earlyhelp.sources.writing import PERSON, WRITERS, Rows, lay_out
from earlyhelp.standard import contact, eh_episode, family_member, person_identifier, sql

YEARS = 6
"""How far back the dataset reaches where no first day is given."""
EPISODES, CONTACTS, FAMILIES = "ssd_early_help_episodes", "ssd_contacts", "ssd_family"
_SSD = SOURCES["ssd"]
_WRITER = WRITERS[_SSD.name]
NOT_HELD = ("pers_upn_unknown", "pers_is_mother")
"""What no table of the standard holds: left blank here, though synthetic extracts fill it in."""
_NOTES = {
    "fami_table_id": "The number of the row.",
    "link_table_id": "The number of the row.",
}


def lay_out_tables(con: duckdb.DuckDBPyConnection, drawn: Drawn) -> LaidOut:
    """The five tables, as known on the last day drawn."""
    put_together(con, person_identifier, family_member, contact, eh_episode)
    since = f"({_since(drawn)})"
    first = {
        EPISODES: f"own.end_date IS NULL OR own.end_date >= {since}",
        CONTACTS: f"own.contact_date >= {since}",
    }
    tables = {
        part.title: lay_out(
            con,
            part,
            where=first.get(part.title, ""),
            rows=_rows_shown(part),
            style=_WRITER.style,
            as_at=drawn.last,
        )
        for part in _SSD.parts
    }
    return LaidOut(_only_those_concerned(tables))


def _rows_shown(part: Part) -> Rows:
    shown = _WRITER.rows.get(part.title, Rows())
    held = {heading: value for heading, value in shown.worked_out.items() if heading not in NOT_HELD}
    return replace(shown, worked_out=held)


def _since(drawn: Drawn) -> str:
    if drawn.first:
        return sql.literal(drawn.first)
    return f"{sql.literal(drawn.last)} - INTERVAL {YEARS} YEAR"


def _only_those_concerned(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Episodes and contacts as they are; of the other tables the rows of people in them and of their families."""
    helped = _together(tables[EPISODES][PERSON], tables[CONTACTS][PERSON])
    families = _rows(tables[FAMILIES], PERSON, helped)["fami_family_id"]
    members = _rows(tables[FAMILIES], "fami_family_id", families)
    concerned = _together(helped, members[PERSON])
    kept = {title: _rows(table, PERSON, concerned) for title, table in tables.items() if title != FAMILIES}
    return {title: kept.get(title, members) for title in tables}


def _together(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([*one.chunks, *other.chunks], type=one.type)


def _rows(table: pa.Table, column: str, wanted: pa.ChunkedArray) -> pa.Table:
    """The rows whose value in a column is among those wanted."""
    return table.filter(pc.is_in(table[column], value_set=wanted.combine_chunks().unique()))


RETURN = Return(
    name="ssd-early-help",
    title="Standard Safeguarding Dataset: early help tables",
    holds="Early help episodes and contacts of children, with the people, families and identifiers in them.",
    publisher=_SSD.publisher,
    source=(
        "Standard Safeguarding Dataset: ssd_person, ssd_early_help_episodes, ssd_contacts, ssd_family and "
        "ssd_linked_identifiers, items as its definition files list them. It holds episodes, where Annex A has assessments."
    ),
    period=f"episodes open, and contacts made, in the {YEARS} years before the day, or since --from",
    endings=(".zip", ".xlsx"),
    columns=tuple(cell for part in _SSD.parts for cell in cells_of(part, _NOTES)),
    about_people=True,
    identity=True,
    lay_out=lay_out_tables,
    write=write_lists,
)
