"""Three measures with two splits by quarter, written by hand as an analyst would who knows DuckDB and this council.

They leave out what the catalogue sees to besides (nulls told apart, coverage, what is not mature, combinations of which a
quarter has none), and count the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from measuring.council import AS_AT, FIRST_DAY

HAND_WRITTEN: Mapping[str, tuple[tuple[str, str], str]] = {
    "A1": (
        ("source_code", "ward_code"),
        f"""
        SELECT date_trunc('quarter', contact_date) AS quarter, source_code, ward_code, count(*)
        FROM contact LEFT JOIN profile USING (person_id) LEFT JOIN place ON place.lsoa = profile.lsoa
        WHERE contact_date <= DATE '{AS_AT}' GROUP BY ALL ORDER BY ALL
        """,
    ),
    "C1": (
        ("team", "level"),
        f"""
        WITH quarter AS (
            SELECT CAST(unnest(generate_series(DATE '{FIRST_DAY}', DATE '{AS_AT}', INTERVAL 3 MONTH)) AS DATE) AS start
        )
        SELECT start, team, level, count(DISTINCT family_id)
        FROM quarter JOIN eh_episode ON start_date <= start + INTERVAL 3 MONTH - INTERVAL 1 DAY
        AND (end_date IS NULL OR end_date > start + INTERVAL 3 MONTH - INTERVAL 1 DAY)
        GROUP BY ALL ORDER BY ALL
        """,
    ),
    "G2": (
        ("type", "team"),
        f"""
        SELECT date_trunc('quarter', help.end_date) AS quarter, step.type, team, count(DISTINCT help.person_id) FILTER (
            EXISTS (
                SELECT 1 FROM statutory_start AS later WHERE later.person_id = help.person_id AND later.type = step.type
                AND later.start_date BETWEEN help.end_date AND help.end_date + 365
            )
        ), count(DISTINCT help.person_id)
        FROM child_help AS help JOIN eh_episode AS last ON last.row_id = help.last_record
        CROSS JOIN (VALUES ('referral'), ('cin_episode'), ('cp_plan'), ('looked_after')) AS step(type)
        WHERE help.end_date <= DATE '{AS_AT}' GROUP BY ALL ORDER BY ALL
        """,
    ),
}
"""By measure: the two splits, and the query; the counts are its last columns."""
