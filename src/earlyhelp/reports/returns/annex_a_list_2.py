"""Ofsted's Annex A, list 2: who had early help assessments in the six months before a day, and who is being helped then.

The layout is that of `sources/annex_a.py`, which reads it. The list is of assessments; a child who is being helped on the
day without one of them has a row for the help, as Ofsted asks for current interventions too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from earlyhelp.build.tables import replace
from earlyhelp.reports.returns.declared import Drawn, LaidOut, Return, cells_of, sentences
from earlyhelp.reports.returns.files import refuse_too_long
from earlyhelp.reports.returns.whole_records import put_together
from earlyhelp.sources import SOURCES
from earlyhelp.sources.writing import RECORD, WRITERS, lay_out
from earlyhelp.standard import eh_assessment, eh_episode, person, sql
from earlyhelp.standard.ages import COMING_OF_AGE

LIST = "List 2"
MAY_BE_BLANK = ("Date of Birth", "Age of Child (Years)", "Assessment completion date")
"""What may be blank: unborn or unknown, and a child who still receives help. Everything else is asked of every row."""
FRONT = "Front_Sheet"
_ANNEX_A = SOURCES["annex_a"]
_PART = next(part for part in _ANNEX_A.parts if part.title == LIST)
_WRITER = WRITERS[_ANNEX_A.name]
_HELP = "current help: "
_COHORT = (
    "Early help assessments that were in progress on a day of the six months before the day of this list: those completed "
    "in them and those not completed. Also children who were being helped on the day and have no such assessment: their "
    "row shows the day their help began and the organisation that leads it, and no completion date."
)


def lay_out_list(con: duckdb.DuckDBPyConnection, drawn: Drawn) -> LaidOut:
    """The sheet List_2 as on the last day drawn, a front sheet that says whom it holds, and remarks on what is blank."""
    put_together(con, eh_assessment, eh_episode)
    replace(con, person.table_name, _ADULTS_TOLD)
    replace(con, eh_assessment.table_name, _with_current_help(drawn))
    rows = lay_out(con, _PART, rows=_WRITER.rows[LIST], style=_WRITER.style, as_at=drawn.last)
    helped = sum(1 for each in rows[RECORD].to_pylist() if each.startswith(_HELP))
    notes = _remarks(con, drawn, rows, helped)
    return LaidOut({FRONT: _front_sheet(drawn, rows.num_rows, helped), LIST: rows}, notes)


_ADULTS_TOLD = f"""
    SELECT * EXCLUDE (first_day) REPLACE (
        CASE WHEN is_child IS NULL AND dob + INTERVAL {COMING_OF_AGE} YEAR <= first_day THEN FALSE ELSE is_child END AS is_child)
    FROM "{{before}}" LEFT JOIN (SELECT person_key, min(start_date) AS first_day
        FROM (SELECT person_key, start_date FROM eh_assessment UNION ALL SELECT person_key, start_date FROM eh_episode)
        GROUP BY person_key) USING (person_key)
"""
"""People, among whom those are adults of whom nobody says it and who had come of age before any help of theirs began."""


def _with_current_help(drawn: Drawn) -> str:
    """Assessments, and for each open episode of a child without one of the six months a row like an assessment's."""
    day = sql.literal(drawn.last)
    in_time = f"start_date <= {day} AND coalesce(completion_date, {day}) >= {day} - INTERVAL 6 MONTH"
    return (
        'SELECT * FROM "{before}" UNION ALL BY NAME '
        f"SELECT '{_HELP}' || source_system || ' ' || episode_id AS assessment_id, person_key, episode_id, start_date, "
        "organisation, org_type FROM eh_episode "
        f"WHERE start_date <= {day} AND (end_date IS NULL OR end_date > {day}) "
        f'AND person_key NOT IN (SELECT person_key FROM "{{before}}" WHERE person_key IS NOT NULL AND {in_time})'
    )


def _front_sheet(drawn: Drawn, rows: int, helped: int) -> pa.Table:
    told = {
        "Local authority": drawn.council,
        "Drawn as at": f"{drawn.last:%d/%m/%Y}",
        "Whom list 2 holds": _COHORT,
        "Assessment completion date": "Blank while the assessment is not completed, or the child is being helped.",
        "Rows": f"{rows}",
        "Of them assessments": f"{rows - helped}",
        "Of them current help without an assessment": f"{helped}",
    }
    return pa.table({"About this list": list(told), "": list(told.values())})


def _remarks(con: duckdb.DuckDBPyConnection, drawn: Drawn, rows: pa.Table, helped: int) -> tuple[str, ...]:
    asked = [heading.name for heading in _PART.headings if heading.name not in MAY_BE_BLANK]
    blank = {name: rows[name].null_count for name in asked}
    told = (
        (helped, "row is of current help without an assessment", "rows are of current help without an assessment"),
        (_adults(con, drawn), "assessment is of an adult and left out", "assessments are of adults and left out"),
        *((count, f"row has no {name}", f"rows have no {name}") for name, count in blank.items()),
    )
    return sentences(told)


def _adults(con: duckdb.DuckDBPyConnection, drawn: Drawn) -> int:
    """How many assessments of the six months are of adults, whom the list does not hold."""
    day = sql.literal(drawn.last)
    found: Any = con.execute(
        "SELECT count(*) FROM eh_assessment JOIN person USING (person_key) WHERE person.is_child = FALSE "
        f"AND start_date <= {day} AND coalesce(completion_date, {day}) >= {day} - INTERVAL 6 MONTH"
    ).fetchall()
    return int(found[0][0])


def write(laid_out: LaidOut, target: Path) -> None:
    """Write the workbook in Ofsted's layout."""
    from earlyhelp.sources.writing.annex_a import write_lists  # here, as its library takes long to load

    refuse_too_long(laid_out.tables)
    write_lists(laid_out.tables, target)


RETURN = Return(
    name="annex-a-list-2",
    title="Ofsted Annex A, list 2: early help",
    holds="One row for each early help assessment of a child, and for each child being helped without one.",
    publisher=_ANNEX_A.publisher,
    source=(
        "Annex A of the framework for inspecting local authority children's services (ILACS): template of August 2019, "
        "sheets Guidance and List 2. Ofsted lets each council choose the cohort: the sheet Front_Sheet says ours."
    ),
    period="the six months before the day (--to; by default the day of the snapshot)",
    endings=(".xlsx",),
    columns=cells_of(_PART, {"Age of Child (Years)": "Age on the day in whole years; -1 for an unborn child."}),
    about_people=True,
    identity=True,
    lay_out=lay_out_list,
    write=write,
    own_period=True,
)
