"""From the tables of people to clusters of records, each of one person: gather, learn, score, put together."""

from __future__ import annotations

import math

import duckdb

from earlyhelp.link.clusters import make_clusters
from earlyhelp.link.model import Parameters, still_fit
from earlyhelp.link.records import gather_records
from earlyhelp.link.relatives import tell_relatives
from earlyhelp.link.scoring import CLASH, NAMES_CLASH, NO_PAIRS, score_fresh_pairs, score_pairs
from earlyhelp.link.spark import score_pairs_on_spark
from earlyhelp.link.training import train
from earlyhelp.store.spark import Spark

LINKED = 0.9
"""The probability from which two records are taken to be of one person."""
SAID_WEIGHT = 100.0
"""The weight of a pair that the council's own number says are one: more than any likeness gives."""
_FRESH_SHARE = 0.3
"""With more that is new, everything is compared again: what is rare has changed, too."""
REVIEWED_WEIGHT = 200.0
"""The weight of a pair that a reviewer said are one."""


def match_records(
    con: duckdb.DuckDBPyConnection, parameters: Parameters | None = None, spark: Spark | None = None
) -> Parameters | None:
    """The parameters used; makes `link_record`, `link_pair`, `link_edge`, `link_apart` and `link_cluster` in `con`.

    `con` holds `person` and `person_identifier` as the standard has them. None comes back where no record says anything by
    which it could be compared.

    Where `con` holds what an earlier run left, `link_seen` and `link_kept` (see `LEFT`), and its parameters are given and still
    fit, only records that are new or changed are compared. Else all is learned and compared anew, on `spark` where that is
    given.

    `link_cluster` (unique_id, cluster): one row for each row of `link_record`. `link_edge` (unique_id_l, unique_id_r, weight,
    method): the pairs from which clusters are made. `link_apart`: pairs that a reviewer said are two people.
    """
    comparable = gather_records(con)
    known = parameters if parameters and still_fit(parameters, comparable) and _little_is_fresh(con) else None
    tell_relatives(con, NAMES_CLASH, known.relatives if known else None)
    used = known or (train(con, comparable) if comparable > 1 else None)
    if used is None:
        con.execute(NO_PAIRS)
    elif known:
        score_fresh_pairs(con, used)
    elif spark:
        score_pairs_on_spark(con, used, spark)
    else:
        score_pairs(con, used)
    put_together(con)
    return used


def put_together(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_apart`, `link_together`, `link_edge` and `link_cluster` of the scored pairs, whoever scored them."""
    _decisions(con)
    _edges(con)
    make_clusters(con, weight_of(LINKED))


def _little_is_fresh(con: duckdb.DuckDBPyConnection) -> bool:
    """Make `link_old` (unique_id, number), the records that an earlier run saw as they are, and `link_fresh`, the others.

    False where none left its marks, or so much is fresh that all is to be compared again.
    """
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'link_seen'").fetchone():
        return False
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_told_before AS "
        "SELECT unique_id, number FROM link_row LEFT JOIN link_seen USING (person_key, mark)"
    )
    for table, seen in (("link_fresh", "IS NULL"), ("link_old", "IS NOT NULL")):
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM link_told_before WHERE number {seen}")
    fresh, records = con.execute(
        "SELECT (SELECT count(*) FROM link_fresh), (SELECT count(*) FROM link_told_before)"
    ).fetchall()[0]
    return bool(fresh <= _FRESH_SHARE * records)


def weight_of(probability: float) -> float:
    """The weight of a probability: the logarithm to base two of its odds."""
    return math.log2(probability / (1 - probability))


def _decisions(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_apart` and `link_together` from `link_decision` (person_key_l, person_key_r, decision), where it is there."""
    there = con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'link_decision'").fetchone()
    for table, decision in (("link_apart", "different"), ("link_together", "same")):
        decided = f"SELECT * FROM link_decision WHERE decision = '{decision}'" if there else _NO_DECISIONS
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT DISTINCT least(l.unique_id, r.unique_id) AS unique_id_l, "
            f"greatest(l.unique_id, r.unique_id) AS unique_id_r FROM ({decided}) AS told "
            "JOIN link_row AS l ON l.person_key = told.person_key_l "
            "JOIN link_row AS r ON r.person_key = told.person_key_r"
        )


_NO_DECISIONS = "SELECT NULL AS person_key_l, NULL AS person_key_r WHERE FALSE"


def _edges(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_edge`: what likeness, the council's own numbers and reviewers join; none that a reviewer parted.

    What numbers or reviewers say weighs more than any likeness.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_said AS SELECT unique_id_l, unique_id_r, max(weight) AS weight, "
        f"arg_max(method, weight) AS method FROM ({_SAID_SAME} "
        f"UNION ALL SELECT unique_id_l, unique_id_r, {REVIEWED_WEIGHT}, 'reviewed' FROM link_together"
        ") ANTI JOIN link_apart USING (unique_id_l, unique_id_r) GROUP BY unique_id_l, unique_id_r"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_edge AS FROM link_said "
        "UNION ALL SELECT unique_id_l, unique_id_r, weight, 'model' FROM link_pair "
        "ANTI JOIN (SELECT unique_id_l, unique_id_r FROM link_said UNION ALL FROM link_apart) AS said "
        "USING (unique_id_l, unique_id_r) WHERE NOT clash"
    )


_SAID_SAME = f"""
    SELECT l.unique_id AS unique_id_l, r.unique_id AS unique_id_r, {SAID_WEIGHT} AS weight, 'identifier' AS method
    FROM (SELECT unique_id AS later, lag(unique_id) OVER (PARTITION BY case_id ORDER BY unique_id) AS before FROM link_row
        WHERE case_id IS NOT NULL QUALIFY before IS NOT NULL)
    JOIN link_record AS l ON l.unique_id = before JOIN link_record AS r ON r.unique_id = later
    WHERE NOT (coalesce({NAMES_CLASH}, FALSE) AND l.birth_text IS DISTINCT FROM r.birth_text) AND NOT ({CLASH} AND
        l.birth_text <> r.birth_text)
    UNION ALL
    SELECT least(l.unique_id, r.unique_id), greatest(l.unique_id, r.unique_id), {SAID_WEIGHT}, 'identifier'
    FROM (FROM link_row WHERE is_duplicate_of IS NOT NULL) AS l JOIN link_row AS r ON r.person_key = l.is_duplicate_of
    WHERE l.unique_id <> r.unique_id
"""
"""Records under one id of the case system, each with the one before, unless name and birth both speak against it: ids are
reused and mistyped, too. And records that the source itself marked as duplicates."""
