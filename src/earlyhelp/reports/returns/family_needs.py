"""The needs of families, worked out from records: one row for each need in each period of a family's help.

A need is often recorded of each sibling. The family's need is met when it is met of everyone of whom it was recorded:
otherwise the word that is furthest from it stands for the family.
"""

from __future__ import annotations

import duckdb

from earlyhelp.build.export import with_identity
from earlyhelp.build.tables import replace
from earlyhelp.reports.returns.declared import Drawn
from earlyhelp.standard import (
    NOT_RECORDED,
    UNMAPPED,
    CodeList,
    CodeValue,
    codelists,
    eh_need,
    eh_outcome,
    one_of,
    sql,
)

MONTHS = 6
"""How long an outcome is to last, from the later of the end of help and its own day, before it counts as sustained."""
NEEDS_OF_FAMILIES = "family_need"
NO_OUTCOME = "no_outcome"
outcomes = CodeList(
    "outcomes_of_families",
    "Outcome of a family's need",
    (*codelists.outcome_status.values, CodeValue(NO_OUTCOME, "No outcome recorded")),
    source="Whether a need was met, and a word for where nobody recorded it",
)
lasting = one_of(
    "lasting",
    sustained=f"Known to have lasted {MONTHS} months",
    regressed=f"The same need was identified again within {MONTHS} months",
    not_due=f"Help goes on, or {MONTHS} months have not passed",
    not_followed_up=f"Nobody recorded whether it lasted {MONTHS} months",
    no_achieved_outcome="There is no achieved outcome that could last",
)
"""What became of an outcome. Not followed up is not a success, and no failure either."""
WORST_FIRST = ("not_achieved", NO_OUTCOME, UNMAPPED, NOT_RECORDED, "not_due", "partly", "achieved")
"""Of several records of one need the word that comes first here stands for the family."""
_UNCLEAR = sql.listed((NO_OUTCOME, UNMAPPED, NOT_RECORDED))


def find_family_needs(con: duckdb.DuckDBPyConnection, drawn: Drawn) -> None:
    """Make `family_need` in `con`, which holds both sides of needs and outcomes: see `family_outcomes` for its columns."""
    for table in (eh_need, eh_outcome):
        replace(con, table.table_name, with_identity(con, table, '"{before}"'))
    con.execute(f"CREATE TEMP TABLE need_record AS {_RECORDS}")
    con.execute(f"CREATE TEMP TABLE grouped AS {_GROUPED} {_of_the_days(drawn)} GROUP BY ALL")
    con.execute(f"CREATE TEMP TABLE judged AS {_JUDGED}")
    con.execute(f"CREATE TEMP TABLE {NEEDS_OF_FAMILIES} AS SELECT *, {_lasting(drawn)} AS lasting FROM judged")


def _of_its_need(table: str, number: str) -> str:
    """SQL for the row of a table that each need names. A number holds in one system: the need's own system comes first."""
    return (
        "(SELECT need.row_id AS need_row, arg_max(other.row_id, (other.source_system = need.source_system, other.row_id)) "
        f"AS row_id FROM eh_need AS need JOIN {table} AS other USING ({number}) GROUP BY need.row_id)"
    )


_RECORDS = f"""
    SELECT need.row_id, need.need_id, need.episode_id, need.person_key IS NOT NULL AS of_a_person, need.person_id,
        need.need_code, CASE WHEN need.need_code = '{UNMAPPED}' THEN need.need_code_raw END AS word,
        need.framework, need.identified_date, need.evidence_type,
        coalesce(episode.family_id, need.family_id) AS family, help.start_date AS began, help.end_date AS ended,
        CASE WHEN outcome.need_id IS NULL THEN '{NO_OUTCOME}' ELSE coalesce(outcome.status, '{NOT_RECORDED}') END AS status,
        outcome.achieved_date, outcome.sustained_to, outcome.evidence_type AS outcome_evidence, outcome.validated_measure
    FROM eh_need AS need
    LEFT JOIN {_of_its_need("eh_episode", "episode_id")} AS its_episode ON its_episode.need_row = need.row_id
    LEFT JOIN eh_episode AS episode ON episode.row_id = its_episode.row_id
    LEFT JOIN {_of_its_need("eh_outcome", "need_id")} AS its_outcome ON its_outcome.need_row = need.row_id
    LEFT JOIN eh_outcome AS outcome ON outcome.row_id = its_outcome.row_id
    LEFT JOIN family_help AS help ON help.family_id = episode.family_id AND episode.start_date >= help.start_date
        AND episode.start_date <= coalesce(help.end_date, DATE '9999-12-31')
"""
"""Each need with its outcome, its family, and the period of the family's help that its episode lies in."""


def _of_the_days(drawn: Drawn) -> str:
    """Needs of help that touches the days drawn; a need of no known help by its own day."""
    last = sql.literal(drawn.last)
    begun = f"WHERE coalesce(began, identified_date, {last}) <= {last}"
    if not drawn.first:
        return begun
    ends = "CASE WHEN began IS NULL THEN identified_date ELSE ended END"
    return f"{begun} AND coalesce({ends}, {last}) >= {sql.literal(drawn.first)}"


def _distinct(column: str) -> str:
    return f"string_agg(DISTINCT {column}, '; ' ORDER BY {column})"


_RANK = " ".join(f"WHEN '{word}' THEN {place}" for place, word in enumerate(WORST_FIRST))
_GROUPED = f"""
    SELECT family, began, ended, need_code, word, CASE WHEN family IS NULL THEN row_id END AS alone,
        {_distinct("framework")} AS frameworks,
        count(DISTINCT person_id) FILTER (of_a_person) AS people,
        {_distinct("need_id")} AS need_ids, {_distinct("episode_id")} AS episode_ids,
        min(identified_date) AS identified, {_distinct("evidence_type")} AS evidence,
        arg_min(status, CASE status {_RANK} ELSE -1 END) AS outcome,
        count(*) AS records, count(*) FILTER (status = 'achieved') AS records_achieved,
        count(*) FILTER (status = 'not_achieved') AS records_not_achieved,
        count(*) FILTER (status IN ({_UNCLEAR})) AS records_without_outcome,
        CASE WHEN bool_and(status = 'achieved') THEN max(achieved_date) END AS achieved,
        {_distinct("outcome_evidence")} AS outcome_evidence,
        CASE WHEN bool_or(NOT validated_measure) THEN FALSE WHEN count(validated_measure) = count(*) THEN TRUE END
            AS validated,
        CASE WHEN count(sustained_to) = count(*) THEN min(sustained_to) END AS sustained_to
    FROM need_record
"""
_JUDGED = f"""
    WITH dated AS (
        SELECT *, CASE WHEN outcome = 'achieved' AND (began IS NULL OR ended IS NOT NULL) THEN
            CAST(greatest(coalesce(achieved, ended), coalesce(ended, achieved)) + INTERVAL {MONTHS} MONTH AS DATE) - 1
        END AS due FROM grouped
    )
    SELECT dated.*, (
        SELECT min(coalesce(later.identified_date, later.began)) FROM need_record AS later
        WHERE later.family = dated.family AND later.need_code = dated.need_code
        AND later.word IS NOT DISTINCT FROM dated.word AND later.began IS DISTINCT FROM dated.began
        AND coalesce(later.identified_date, later.began) > coalesce(achieved, ended)
        AND coalesce(later.identified_date, later.began) <= due
    ) AS again FROM dated
"""
"""Until when an achieved outcome is to last, its last day included, and the day on which the need was identified again."""


def _lasting(drawn: Drawn) -> str:
    return (
        "CASE WHEN outcome <> 'achieved' THEN 'no_achieved_outcome' WHEN again IS NOT NULL THEN 'regressed' "
        "WHEN sustained_to >= due THEN 'sustained' "
        f"WHEN due > {sql.literal(drawn.as_at)} OR (began IS NOT NULL AND ended IS NULL) THEN 'not_due' "
        "ELSE 'not_followed_up' END"
    )
