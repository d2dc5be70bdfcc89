"""The sources learn to write: the declaration that reads a layout also lays true records out in it, as cells and files.

A source brings a `Writer`: its style, which rows its parts show on a day, what is worked out, and how files are written.
A source of plain CSV files needs no more than `Writer(source, lambda cells, folder, as_at: write_files(cells, folder))`.
"""

from __future__ import annotations

from earlyhelp.sources.writing import (
    annex_a,
    assessment_form,
    capita_one,
    cin_census,
    cpoms,
    ecaf,
    eclipse,
    feedback,
    holistix,
    liquidlogic,
    mosaic,
    open_referral,
    outcome_scores,
    partner_lists,
    provider,
    school_census,
    school_census_xml,
    ssd,
    ssda903,
    staff_list,
    standard_layout,
    synergy,
)
from earlyhelp.sources.writing.cells import Rows, Style, lay_out
from earlyhelp.sources.writing.delimited import write_csv, write_files, write_for_spreadsheets, write_parquet
from earlyhelp.sources.writing.nested_xml import write_census
from earlyhelp.sources.writing.service_columns import PERSON, RECORD, WITHIN, cells_only
from earlyhelp.sources.writing.workbook import write_workbook
from earlyhelp.sources.writing.writer import Cells, Writer

WRITERS: dict[str, Writer] = {
    writer.source.name: writer
    for writer in (
        annex_a.WRITER,
        cin_census.WRITER,
        ssda903.WRITER,
        ssd.WRITER,
        mosaic.WRITER,
        school_census.WRITER,
        partner_lists.ATTENDANCE,
        partner_lists.POLICE,
        partner_lists.HOUSING,
        partner_lists.BENEFITS,
        partner_lists.YOUTH_JUSTICE,
        open_referral.WRITER,
        partner_lists.LEDGER,
        partner_lists.SCHOOLS_REGISTER,
        liquidlogic.WRITER,
        eclipse.WRITER,
        capita_one.WRITER,
        synergy.WRITER,
        holistix.WRITER,
        ecaf.WRITER,
        cpoms.WRITER,
        assessment_form.WRITER,
        provider.WRITER,
        staff_list.WRITER,
        feedback.WRITER,
        outcome_scores.WRITER,
        standard_layout.WRITER,
    )
}
"""How each source is written, by its name."""
STANDARD_AS_PARQUET = standard_layout.PARQUET_WRITER
SCHOOL_CENSUS_AS_XML = school_census_xml.XML_WRITER

__all__ = [
    "PERSON",
    "RECORD",
    "SCHOOL_CENSUS_AS_XML",
    "STANDARD_AS_PARQUET",
    "WITHIN",
    "WRITERS",
    "Cells",
    "Rows",
    "Style",
    "Writer",
    "cells_only",
    "lay_out",
    "write_census",
    "write_csv",
    "write_files",
    "write_for_spreadsheets",
    "write_parquet",
    "write_workbook",
]
