"""Evidence of outcomes in the manner of Supporting Families: for each family and need, what showed it and what came of it.

The programme's payments ended in November 2024; its ten headline outcomes stay the words in which councils account for
families' needs. No layout of an evidence file is published: the columns here are ours. `family_needs` works the rows out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from earlyhelp.check.fix_list import write_rows
from earlyhelp.reports.returns.declared import Cell, Drawn, LaidOut, Return, sentences
from earlyhelp.reports.returns.family_needs import (
    MONTHS,
    NEEDS_OF_FAMILIES,
    NO_OUTCOME,
    find_family_needs,
    lasting,
    outcomes,
)
from earlyhelp.reports.returns.files import write_lists
from earlyhelp.standard import NOT_RECORDED, UNMAPPED, CodeList, Column, codelists, eh_episode, eh_need, eh_outcome, sql

LIST = "needs_and_outcomes"


@dataclass(frozen=True)
class Shown:
    """A column of the file: its heading, its SQL over the needs of families, where it comes from, and what to know."""

    heading: str
    value: str
    comes_from: tuple[Column, ...] = ()
    note: str = ""

    @property
    def cell(self) -> Cell:
        """The column as the registry tells it."""
        return Cell(LIST, self.heading, self.comes_from, self.note)


def _label(codes: CodeList, value: str) -> str:
    """SQL for the label of a code; the two words that every list has in common read in plain words."""
    labels = {code: codes.label(code) for code in (*codes.codes, NOT_RECORDED, UNMAPPED)}
    cases = " ".join(f"WHEN {sql.literal(code)} THEN {sql.literal(label)}" for code, label in labels.items())
    return f"CASE {value} {cases} ELSE {value} END"


SHOWN = (
    Shown("family", "family", (eh_need.family_key, eh_episode.family_key), "Pseudonym of the linked family."),
    Shown("help_began", "began", (eh_episode.start_date,), "First day of the family's early help, episodes joined."),
    Shown("help_ended", "ended", (eh_episode.end_date,), "Last day of it; blank while any member is being helped."),
    Shown("need_code", "need_code", (eh_need.need_code,)),
    Shown(
        "need",
        f"coalesce(word, {_label(codelists.needs, 'need_code')})",
        (eh_need.need_code,),
        "The headline outcome; the source's own word where no code stands for it.",
    ),
    Shown("framework", "frameworks", (eh_need.framework,)),
    Shown(
        "people", "people", (eh_need.person_key,), "People of whom the need is recorded; 0 where it is the family's."
    ),
    Shown("need_ids", "need_ids", (eh_need.need_id,), "The case system's own numbers of the records in this row."),
    Shown("episode_ids", "episode_ids", (eh_need.episode_id,), "The case system's own numbers of their episodes."),
    Shown("identified_date", "identified", (eh_need.identified_date,), "The earliest; blank where none is recorded."),
    Shown("evidence_of_need", "evidence", (eh_need.evidence_type,), "What showed it, in the source's own words."),
    Shown(
        "outcome",
        "outcome",
        (eh_outcome.status,),
        f"`{NO_OUTCOME}` where a record has no outcome at all: missing is not the same as not achieved.",
    ),
    Shown("outcome_in_words", _label(outcomes, "outcome"), (eh_outcome.status,)),
    Shown("records", "records", (), "Records of the need in this row."),
    Shown("records_achieved", "records_achieved", (), "Of them achieved."),
    Shown("records_not_achieved", "records_not_achieved", (), "Of them not achieved."),
    Shown(
        "records_without_outcome", "records_without_outcome", (), "Of them without an outcome, or one in no known word."
    ),
    Shown("achieved_date", "achieved", (eh_outcome.achieved_date,), "The latest; only where all records are achieved."),
    Shown("evidence_of_outcome", "outcome_evidence", (eh_outcome.evidence_type,), "In the source's own words."),
    Shown(
        "validated_measure",
        "validated",
        (eh_outcome.validated_measure,),
        "True where a validated measure showed every outcome; blank where that is not recorded.",
    ),
    Shown(
        "known_to_last_to", "sustained_to", (eh_outcome.sustained_to,), "The earliest; blank where a record has none."
    ),
    Shown("to_last_to", "due", (), f"{MONTHS} months from the later of the end of help and the day of the outcome."),
    Shown(
        "lasting", "lasting", (eh_outcome.sustained_to,), "; ".join(f"`{v.code}`: {v.label}" for v in lasting.values)
    ),
    Shown("lasting_in_words", _label(lasting, "lasting"), (eh_outcome.sustained_to,)),
    Shown(
        "identified_again", "again", (eh_need.identified_date,), "Day on which a regressed need was identified again."
    ),
)


def lay_out_needs(con: duckdb.DuckDBPyConnection, drawn: Drawn) -> LaidOut:
    """One row for each need of each family in each period of its help that touches the days drawn, and remarks."""
    find_family_needs(con, drawn)
    columns = ", ".join(f"CAST({each.value} AS VARCHAR) AS {sql.name(each.heading)}" for each in SHOWN)
    order = "ORDER BY family NULLS LAST, began NULLS LAST, need_code, word, need_ids"
    rows = con.execute(f"SELECT {columns} FROM {NEEDS_OF_FAMILIES} {order}").to_arrow_table()
    return LaidOut({LIST: rows}, _remarks(con))


def _remarks(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition in _REMARKS)
    found = con.execute(f"SELECT {counts} FROM {NEEDS_OF_FAMILIES}").fetchall()[0]
    return sentences((count, *words) for count, words in zip(found, _REMARKS.values(), strict=True))


_REMARKS = {
    f"outcome = '{NO_OUTCOME}'": (
        "need has no outcome recorded, which does not mean that it was not achieved",
        "needs have no outcome recorded, which does not mean that they were not achieved",
    ),
    "lasting = 'not_followed_up'": (
        "achieved outcome was not followed up long enough to know whether it lasted",
        "achieved outcomes were not followed up long enough to know whether they lasted",
    ),
    "identified IS NULL": (
        "need has no day on which it was identified",
        "needs have no day on which they were identified",
    ),
    "evidence IS NULL": ("need has no evidence recorded", "needs have no evidence recorded"),
    "family IS NULL": ("need belongs to no known family", "needs belong to no known family"),
}


def write(laid_out: LaidOut, target: Path) -> None:
    """Write the list as a workbook, or as CSV in which no cell is taken for a formula."""
    if target.suffix == ".xlsx":
        write_lists(laid_out, target)
        return
    rows = laid_out.tables[LIST]
    lines = [[cell or "" for cell in row.values()] for row in rows.to_pylist()]
    write_rows(rows.column_names, lines, target)


RETURN = Return(
    name="supporting-families-outcomes",
    title="Family outcomes: evidence in the manner of Supporting Families",
    holds="One row for each need of each family in a period of its early help: what showed it, what came of it, what lasted.",
    publisher="Early Help Evidence",
    source=(
        "The ten headline outcomes of the Supporting Families outcomes framework (3 October 2022). The layout is ours: none "
        f"is published. That an outcome must last {MONTHS} months after help ended is the rule as councils state it "
        "(Hertfordshire Families First, June 2023); the official wording was not seen."
    ),
    period="all needs of families whose help touches --from to --to, as they stand in the snapshot; by default all",
    endings=(".csv", ".xlsx"),
    columns=tuple(each.cell for each in SHOWN),
    about_people=True,
    identity=True,
    lay_out=lay_out_needs,
    write=write,
)
