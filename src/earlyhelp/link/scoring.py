"""Pairs of records that may be of one person, each with the probability that they are."""

from __future__ import annotations

from typing import Any

import duckdb

from earlyhelp.link.blocking import KEYS
from earlyhelp.link.comparisons import swapped
from earlyhelp.link.model import Parameters, linker_on

LEAST_PROBABILITY = 0.5
"""Pairs below are forgotten."""


def score_pairs(con: duckdb.DuckDBPyConnection, parameters: Parameters) -> None:
    """Make `link_pair` (unique_id_l, unique_id_r, weight, probability, clash) of the pairs of `link_record` worth knowing.

    `weight`: the logarithm to base two of the odds. `clash`: something says that they are two people, whatever else agrees.
    """
    api, linker = _linker(con, "link_record", parameters)
    scored = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY, warning_mode="never")
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_pair AS {judged_sql(scored.physical_name)}")
    api.delete_tables_created_by_splink_from_db()


def score_fresh_pairs(con: duckdb.DuckDBPyConnection, parameters: Parameters) -> None:
    """The same where only the pairs with a record of `link_fresh` (unique_id) are scored; `link_kept` holds all others.

    `link_kept` (person_key_l, person_key_r, weight, probability, clash): the pairs of an earlier run. Those with a record
    that is gone, or that is fresh, are left out.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE link_new AS FROM link_record SEMI JOIN link_fresh USING (unique_id)")
    con.execute("CREATE OR REPLACE TEMP VIEW link_old AS FROM link_record ANTI JOIN link_fresh USING (unique_id)")
    filled = con.execute(f"SELECT {', '.join(f'count({key})' for key in KEYS)} FROM link_new").fetchall()[0]
    used = [key for key, count in zip(KEYS, filled, strict=True) if count]
    near = " OR ".join(f"{key} IN (SELECT {key} FROM link_new WHERE {key} IS NOT NULL)" for key in used)
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_known AS FROM link_old WHERE {near or 'FALSE'}")
    api, linker = _linker(con, "link_record", parameters)
    new, known = api.register("link_new"), api.register("link_known")
    asked = {"threshold_match_probability": LEAST_PROBABILITY, "warning_mode": "never"}
    found = (linker.inference.predict_within(new, **asked), linker.inference.predict_between(known, new, **asked))
    scored = " UNION ALL ".join(judged_sql(each.physical_name) for each in found)
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_pair AS {_KEPT} UNION ALL {scored}")
    api.delete_tables_created_by_splink_from_db()


_KEPT = """
    SELECT least(l.unique_id, r.unique_id) AS unique_id_l, greatest(l.unique_id, r.unique_id) AS unique_id_r, weight,
        probability, clash
    FROM link_kept JOIN link_old AS l ON l.person_key = person_key_l JOIN link_old AS r ON r.person_key = person_key_r
"""


def _linker(con: duckdb.DuckDBPyConnection, records: str, parameters: Parameters) -> tuple[Any, Any]:
    from splink import DuckDBAPI

    api = DuckDBAPI(connection=con)
    return api, linker_on(api, api.register(records), parameters)


def judged_sql(scored: str) -> str:
    """SQL for `link_pair` of the relation `scored`: Splink's pairs, each with whether its records clash."""
    return (
        "SELECT least(unique_id_l, unique_id_r) AS unique_id_l, greatest(unique_id_l, unique_id_r) AS unique_id_r, "
        f"match_weight AS weight, match_probability AS probability, {CLASH} AS clash FROM {scored} AS pair "
        "JOIN link_record AS l ON l.unique_id = pair.unique_id_l JOIN link_record AS r ON r.unique_id = pair.unique_id_r"
    )


NO_PAIRS = (
    "CREATE OR REPLACE TEMP TABLE link_pair (unique_id_l BIGINT, unique_id_r BIGINT, weight DOUBLE, probability DOUBLE, "
    "clash BOOLEAN)"
)
_A_GENERATION, _A_SIBLING = 12 * 365, 300
"""Days between births from which two who share a name are parent and child, and two of like names are siblings."""
_SWAPPED = swapped(
    ("l.forename", "r.forename"),
    ("l.surname", "r.surname"),
    ("l.forename_sound", "l.surname_sound", "r.forename_sound", "r.surname_sound"),
)
_SAME_NAME = f"""(
    l.forename = r.forename OR l.forename_usual = r.forename_usual
    OR coalesce(l.forename_forms LIKE concat('%|', r.forename_usual, '|%'), FALSE)
    OR coalesce(r.forename_forms LIKE concat('%|', l.forename_usual, '|%'), FALSE)
    OR coalesce(l.forename = r.surname AND jaro_winkler_similarity(l.surname, r.forename) >= 0.88, FALSE)
    OR coalesce(l.surname = r.forename AND jaro_winkler_similarity(l.forename, r.surname) >= 0.88, FALSE)
    OR coalesce({_SWAPPED}, FALSE)
    OR coalesce(l.preferred_name = r.forename, FALSE) OR coalesce(l.forename = r.preferred_name, FALSE)
    OR coalesce(l.given LIKE concat('%|', r.forename_usual, '|%'), FALSE)
    OR coalesce(r.given LIKE concat('%|', l.forename_usual, '|%'), FALSE)
    OR (NOT coalesce(l.forename_known <> r.forename_known, FALSE) AND (
        l.forename_sound = r.forename_sound
        OR starts_with(l.forename, r.forename) OR starts_with(r.forename, l.forename)
        OR damerau_levenshtein(l.forename, r.forename) <= 1 OR jaro_winkler_similarity(l.forename, r.forename) >= 0.88
    ))
)"""
NAMES_CLASH = f"(l.forename IS NOT NULL AND r.forename IS NOT NULL AND NOT {_SAME_NAME})"
NUMBERS_CLASH = "(coalesce(l.upn <> r.upn, FALSE) OR coalesce(l.nhs_number <> r.nhs_number, FALSE))"
NUMBERS_AGREE = "(coalesce(l.upn = r.upn, FALSE) OR coalesce(l.nhs_number = r.nhs_number, FALSE))"
DEATHS_CLASH = "coalesce(l.death_date <> r.death_date, FALSE)"
BIRTHS_CLASH = f"""(
    abs(l.birth_number - r.birth_number) > CASE WHEN l.forename = r.forename THEN {_A_GENERATION} ELSE {_A_SIBLING} END
    AND damerau_levenshtein(l.birth_text, r.birth_text) > 2
)"""
_ARE_RELATIVES = f"((SELECT holds FROM link_relatives) AND ({NAMES_CLASH} OR coalesce({BIRTHS_CLASH}, FALSE)))"
CLASH = f"({DEATHS_CLASH} OR (NOT {NUMBERS_AGREE} AND ({NUMBERS_CLASH} OR {_ARE_RELATIVES})))"
"""SQL over records `l` and `r` that is true of two people, whatever else agrees.

Twins share all but the forename and the numbers, siblings all but the forename and the day of birth, and a child named after
a parent all but the day of birth.
"""
