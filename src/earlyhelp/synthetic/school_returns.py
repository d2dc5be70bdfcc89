"""The school census of an invented council as its schools send it: one XML a school, without any fault planted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from earlyhelp.sources.writing import SCHOOL_CENSUS_AS_XML

TABLES_OF_PUPILS = (
    "person",
    "person_identifier",
    "person_address",
    "attendance_period",
    "exclusion",
    "partner_event",
)
"""The tables of the standard from which a return is made."""


def write_school_returns(records: Mapping[str, pa.Table], folder: Path, as_at: date) -> list[Path]:
    """Write the return of every school for the census in whose term the day lies; the files, in the order of the schools.

    `records`: a council's true records by the standard's table names. Shown are the pupils with sessions in the term before.
    """
    with duckdb.connect() as con:
        for name in TABLES_OF_PUPILS:
            if name in records:
                con.register(name, records[name])
        return SCHOOL_CENSUS_AS_XML.write(SCHOOL_CENSUS_AS_XML.lay_out(con, as_at), folder, as_at)
