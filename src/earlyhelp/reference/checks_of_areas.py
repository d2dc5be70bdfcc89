"""Checks of areas: codes that changed, wards of another year, counties known only by their districts, names, boundaries."""

from __future__ import annotations

from earlyhelp.reference.areas import AUTHORITY, AUTHORITY_NUMBER, REPLACED
from earlyhelp.reference.check import PUBLICATION, Check, thousands

_REPLACED = ", ".join(f"('{new}', '{old}')" for new, old in REPLACED.items())
_NO_FIGURE = "NULL AS period, NULL AS measure"

FORMER_AUTHORITIES = Check(
    "former-authority",
    "Figures of an authority that is not in the list of authorities: it was abolished, or its code changed",
    ("authorities",),
    f"""
    SELECT {PUBLICATION} AS publication, area_code, min(period) || ' to ' || max(period) AS period, NULL AS measure,
           {thousands("count(*)")} || ' figures have a code that is not in the list of authorities. They are kept under it and '
           || 'joined to no later authority.' AS found
    FROM figures WHERE area_type IN ('{AUTHORITY}', '{AUTHORITY_NUMBER}')
    AND area_code NOT IN (SELECT new_la_code FROM authorities) GROUP BY 1, area_code
    """,
)
REPLACED_CODES = Check(
    "replaced-code",
    "The list of authorities has a code that has since been replaced",
    ("authorities",),
    f"""
    SELECT 'authorities' AS publication, old AS area_code, {_NO_FIGURE},
           la_name || ' is listed as ' || old || '; newer releases call it ' || new || '.' AS found
    FROM authorities JOIN (VALUES {_REPLACED}) AS changed(new, old) ON new_la_code = old
    """,
)
TWO_CODES = Check(
    "name-with-two-codes",
    "One name stands for two authorities, an abolished one and its successor",
    ("authority_names",),
    f"""
    SELECT 'authority_names' AS publication, NULL AS area_code, {_NO_FIGURE},
           '"' || "la-name" || '" stands for '
           || string_agg(DISTINCT "local-authority-code", ' and ' ORDER BY "local-authority-code") || '.' AS found
    FROM authority_names GROUP BY "la-name" HAVING count(DISTINCT "local-authority-code") > 1
    """,
)
SPLIT_AREAS = Check(
    "areas-split-and-merged",
    "Small areas of 2011 were split and merged: a join through this list repeats or shares out people",
    ("small_area_changes",),
    f"""
    WITH olds AS (SELECT lsoa11_code FROM small_area_changes GROUP BY 1 HAVING count(*) > 1),
         news AS (SELECT lsoa21_code FROM small_area_changes GROUP BY 1 HAVING count(*) > 1)
    SELECT 'small_area_changes' AS publication, NULL AS area_code, {_NO_FIGURE},
           {thousands("(SELECT count(*) FROM olds)")} || ' areas of 2011 are in more than one of 2021, and '
           || {thousands("(SELECT count(*) FROM news)")} || ' of 2021 hold more than one of 2011.' AS found
    WHERE EXISTS (FROM olds) OR EXISTS (FROM news)
    """,
)
OTHER_WARDS = Check(
    "wards-of-another-year",
    "Wards with figures and wards of the list are not the same",
    ("low_income_of_wards", "small_areas"),
    """
    WITH counted AS (SELECT DISTINCT area_code FROM figures WHERE starts_with(measure, 'low_income_of_wards/')),
         listed AS (SELECT DISTINCT ward24_code AS area_code FROM small_areas),
         off AS (SELECT area_code, 'It has figures and is not in the list of wards.' AS found
                 FROM counted ANTI JOIN listed USING (area_code)
                 UNION ALL
                 SELECT area_code, 'It is in the list of wards and has no figure.'
                 FROM listed ANTI JOIN counted USING (area_code))
    SELECT 'low_income_of_wards' AS publication, area_code, NULL AS period, NULL AS measure, found FROM off
    """,
)


def _by_district(publication: str) -> Check:
    return Check(
        f"counties-by-district-{publication.replace('_', '-')}",
        "Counties have no figure of their own here, only their districts have; an average of districts is no county's figure",
        (publication, "districts"),
        f"""
        WITH counted AS (SELECT DISTINCT area_code FROM figures WHERE starts_with(measure, '{publication}/')),
             counties AS (SELECT utla23_code AS area_code, any_value(utla23_name) AS name, count(*) AS n FROM districts
                          WHERE utla23_code <> ltla23_code GROUP BY 1)
        SELECT '{publication}' AS publication, area_code, {_NO_FIGURE}, name || ' is there as ' || n || ' districts.' AS found
        FROM counties ANTI JOIN counted USING (area_code)
        """,
    )


BY_DISTRICT = tuple(map(_by_district, ("low_income", "deprivation_of_districts")))
TWO_TOPICS = Check(
    "measure-in-two-topics",
    "A measure is listed under two topics: joining to the list repeats its figures",
    ("lait_dictionary",),
    """
    SELECT 'lait_dictionary' AS publication, NULL AS area_code, NULL AS period, 'lait/' || Measure_short AS measure,
           'It is listed under ' || string_agg(DISTINCT Topic, ' and ' ORDER BY Topic) || '.' AS found
    FROM lait_dictionary GROUP BY Measure_short HAVING count(*) > 1
    """,
)
TEN_NEIGHBOURS = Check(
    "ten-neighbours",
    "An authority has other than ten neighbours, or one that is not in the list",
    ("neighbours", "authorities"),
    f"""
    SELECT 'neighbours' AS publication, new_la_code AS area_code, {_NO_FIGURE},
           count(*) || ' neighbours, of which ' || count(*) FILTER (sn_new_la_code IN (SELECT new_la_code FROM authorities))
           || ' are in the list of authorities.' AS found
    FROM neighbours GROUP BY new_la_code
    HAVING count(*) <> 10 OR count(*) FILTER (sn_new_la_code IN (SELECT new_la_code FROM authorities)) <> 10
    """,
)


def _drawn(id: str, boundaries: str, listed: str, code: str, title: str) -> Check:
    """Boundaries hold exactly the areas of the list; `listed` gives the codes that should be drawn."""
    return Check(
        id,
        title,
        (boundaries, "authorities" if boundaries == "authority_boundaries" else "small_areas"),
        f"""
        WITH drawn AS (SELECT DISTINCT {code} AS area_code FROM {boundaries}), listed AS ({listed}),
             off AS (SELECT area_code, 'It has a boundary and is not in the list.' AS found
                     FROM drawn ANTI JOIN listed USING (area_code)
                     UNION ALL
                     SELECT area_code, 'It is in the list and has no boundary.' FROM listed ANTI JOIN drawn USING (area_code))
        SELECT '{boundaries}' AS publication, area_code, {_NO_FIGURE}, found FROM off
        """,
    )


BOUNDARY_CHECKS = (
    _drawn(
        "authorities-drawn",
        "authority_boundaries",
        "SELECT new_la_code AS area_code FROM authorities",
        "CTYUA23CD",
        "Boundaries of authorities and their list are not the same",
    ),
    _drawn(
        "small-areas-drawn",
        "small_area_boundaries",
        "SELECT lsoa21_code AS area_code FROM small_areas "
        "WHERE utla_code IN (SELECT utla_code FROM small_area_boundaries)",
        "LSOA21CD",
        "Small areas of a council and their boundaries are not the same",
    ),
    _drawn(
        "wards-drawn",
        "ward_boundaries",
        "SELECT DISTINCT ward24_code AS area_code FROM small_areas WHERE utla_code IN (SELECT utla_code FROM ward_boundaries)",
        "WD25CD",
        "Wards of a council and their boundaries are not the same",
    ),
)

AREA_CHECKS = (
    FORMER_AUTHORITIES,
    REPLACED_CODES,
    TWO_CODES,
    SPLIT_AREAS,
    OTHER_WARDS,
    *BY_DISTRICT,
    TWO_TOPICS,
    TEN_NEIGHBOURS,
    *BOUNDARY_CHECKS,
)
