"""People: every person key that any table holds gets the id of the person it is about, and how sure that is.

A person's id comes from the key of the record of theirs that was loaded first. So it stays the same from run to run while data
arrive, without any memory: two people found to be one keep the older id, and of one found to be two the part with the oldest
record keeps it.
"""

from __future__ import annotations

import duckdb

from earlyhelp.link.matching import match_records
from earlyhelp.link.model import Parameters
from earlyhelp.link.pseudonyms import id_sql
from earlyhelp.standard import TABLES, person, person_link, stored_columns
from earlyhelp.store.spark import Spark

GRADES = (("certain", 0.9999), ("high", 0.99), ("medium", 0.95), ("low", 0.0))
"""The grade of a link by the probability that it is right, from the surest on. `reviewed` is what somebody looked at."""


def give_people(
    con: duckdb.DuckDBPyConnection, salt: str, parameters: Parameters | None = None, spark: Spark | None = None
) -> Parameters | None:
    """Make `person_label` (person_key, person_id, records, score, method) for every key that any table holds.

    `records`: how many records the person has. `score`: probability that the record is of that person; 1 for one alone.
    `salt` is the key of the ids. A key without a record of a person is one alone. Returns the parameters of the model, None
    where no two records could be compared.
    """
    used = match_records(con, parameters, spark)
    con.execute(f"CREATE OR REPLACE TEMP TABLE person_of_key AS {_RECORDED}")
    con.execute(
        "INSERT INTO person_of_key BY NAME "
        "SELECT person_key, person_key AS label, 1 AS records, 1.0 AS score, 'single' AS method "
        f"FROM ({_all_keys()}) ANTI JOIN person_of_key USING (person_key)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP VIEW person_label AS "
        f"SELECT person_key, 'P' || {id_sql(salt, 'label')} AS person_id, "
        "records, score, method FROM person_of_key"
    )
    return used


_RECORDED = """
    WITH joined AS (
        SELECT unique_id, max(weight) AS weight, arg_max(method, weight) AS method FROM (
            SELECT unique_id_l AS unique_id, unique_id_r AS other, weight, method FROM link_edge
            UNION ALL SELECT unique_id_r, unique_id_l, weight, method FROM link_edge
        ) AS edge JOIN link_cluster AS own USING (unique_id) JOIN link_cluster AS its ON its.unique_id = other
        WHERE own.cluster = its.cluster GROUP BY unique_id
    )
    SELECT person_key, first(person_key) OVER (PARTITION BY cluster ORDER BY row_id) AS label,
        count(*) OVER (PARTITION BY cluster) AS records,
        coalesce(1 / (1 + power(2, -weight)), 1.0) AS score, coalesce(method, 'single') AS method
    FROM link_cluster JOIN link_row USING (unique_id) LEFT JOIN joined USING (unique_id)
"""


def tell_links(con: duckdb.DuckDBPyConnection) -> None:
    """Make the view `person_link`, which shows `person_of` as the standard has it."""
    grades = " ".join(f"WHEN score >= {least} THEN '{grade}'" for grade, least in GRADES)
    told = {
        "row_id": "person_of.rowid",
        "person_id": "person_id",
        "person_key": "person_key",
        "family_id": "family_id",
        "score": "CAST(score AS DOUBLE)",
        "grade": f"CASE WHEN method = 'reviewed' THEN 'reviewed' {grades} END",
        "method": "method",
        "feed_id": "'linkage'",
        "source_system": "'other'",
        "reviewed_by": "CASE WHEN method = 'reviewed' THEN reviewed_by END",
        "reviewed_at": "CASE WHEN method = 'reviewed' THEN reviewed_at END",
    }
    columns = stored_columns(person_link)
    told |= {name: f"CAST(NULL AS {column.type.duckdb})" for name, column in columns.items() if name not in told}
    con.execute(
        "CREATE TEMP TABLE IF NOT EXISTS link_reviewer (person_key VARCHAR, reviewed_by VARCHAR, reviewed_at TIMESTAMP)"
    )
    shown = ", ".join(f"{value} AS {name}" for name, value in told.items())
    con.execute(f"CREATE VIEW person_link AS SELECT {shown} FROM person_of LEFT JOIN link_reviewer USING (person_key)")


def _all_keys() -> str:
    tables = [t.table_name for t in TABLES.values() if "person_key" in t.columns and t not in (person, person_link)]
    return " UNION ".join(f'SELECT person_key FROM "{t}" WHERE person_key IS NOT NULL' for t in tables)
