"""Checks of the figures themselves: blanks, signs, sums that are called rates, totals, zeros unlike all others."""

from __future__ import annotations

from earlyhelp.reference.areas import AUTHORITY, COUNTRY, REGION, REGIONS
from earlyhelp.reference.check import PUBLICATION, Check, thousands
from earlyhelp.reference.symbols import MISSING, MISSING_OR_SUPPRESSED, OK

_ADDED = ", ".join(f"'{region.code}'" for region in REGIONS if region.part_of_sum)
_NOT_NAMED = "NULL AS area_code, NULL AS period"

BLANKS = Check(
    "blank-is-not-zero",
    "Figures that are blank are missing; they are never counted as zero",
    (),
    f"""
    SELECT {PUBLICATION} AS publication, {_NOT_NAMED}, NULL AS measure,
           {thousands("count(*)")} || ' figures are blank (measures: ' || count(DISTINCT measure) || ', areas: '
           || {thousands("count(DISTINCT area_code)")} || '): missing, not zero. The first measure is '
           || min(measure) || '.' AS found
    FROM figures WHERE status = '{MISSING}' GROUP BY 1
    """,
)
ONE_SIGN = Check(
    "one-sign-for-two",
    "One sign stands for missing and for suppressed: which of them it is cannot be told",
    (),
    f"""
    SELECT {PUBLICATION} AS publication, {_NOT_NAMED}, NULL AS measure,
           {thousands("count(*)")} || ' figures are printed as ' || any_value(symbol)
           || ', which stands for missing and for suppressed.' AS found
    FROM figures WHERE status = '{MISSING_OR_SUPPRESSED}' GROUP BY 1
    """,
)
NAMED_TWICE = Check(
    "figure-twice",
    "A file has more than one figure for one area, period and measure",
    (),
    f"""
    SELECT {PUBLICATION} AS publication, area_code, period, measure,
           count(*) || ' figures for one place, in ' || source || '.' AS found
    FROM figures GROUP BY source, area_code, period, measure HAVING count(*) > 1
    """,
)
IMPOSSIBLE_SHARE = Check(
    "impossible-share",
    "A percentage below 0 or above 100",
    (),
    f"""
    SELECT {PUBLICATION} AS publication, area_code, period, measure, 'The percentage is ' || value || '.' AS found
    FROM figures WHERE regexp_matches(measure, '(_percent|/pct|/pt_[a-z0-9_]+)$') AND (value < 0 OR value > 100)
    """,
)
SUM_CALLED_RATE = Check(
    "sum-called-rate",
    "A figure labelled as a rate, share, average or unit cost is the sum of the regions'",
    ("lait", "lait_dictionary"),
    f"""
    WITH labelled AS (SELECT 'lait/' || Measure_short AS measure, any_value(y_axis_name) AS label FROM lait_dictionary
                      WHERE regexp_matches(y_axis_name, '^(%|Rate|Average|Unit)') GROUP BY 1),
         regions AS (SELECT measure, period, sum(value) AS total, max(value) AS most, count(value) AS n FROM figures
                     WHERE area_type = '{REGION}' AND area_code IN ({_ADDED}) GROUP BY ALL),
         sums AS (SELECT measure, period, figures.value, total, most, label FROM figures
                  JOIN regions USING (measure, period) JOIN labelled USING (measure)
                  WHERE area_type = '{COUNTRY}' AND n >= 5
                  AND figures.value > most AND abs(figures.value - total) <= 0.01 * total)
    SELECT 'lait' AS publication, 'E92000001' AS area_code, max(period) AS period, measure,
           'England''s ' || {thousands("max_by(value, period)")} || ' is labelled "' || any_value(label)
           || '" and is the sum of the regions (' || {thousands("max_by(total, period)")} || '; the highest of them has '
           || {thousands("max_by(most, period)")} || '): not to be read as that. Periods with such a figure: '
           || count(*) || '.' AS found
    FROM sums GROUP BY measure
    """,
)
TOPIC_LEFT_BLANK = Check(
    "topic-left-blank",
    "An authority has no latest figure for most measures of a topic, where nearly all others have one",
    ("lait", "lait_dictionary"),
    f"""
    WITH topics AS (SELECT DISTINCT 'lait/' || Measure_short AS measure, Topic AS topic FROM lait_dictionary),
         latest AS (SELECT measure, max(period) AS period FROM figures
                    WHERE starts_with(measure, 'lait/') AND status = '{OK}' AND area_type = '{AUTHORITY}' GROUP BY measure),
         told AS (SELECT topic, area_code, measure, period, status = '{OK}' AS has,
                         avg(CAST(status = '{OK}' AS INTEGER)) OVER (PARTITION BY topic, measure) AS others
                  FROM figures JOIN latest USING (measure, period) JOIN topics USING (measure)
                  WHERE area_type = '{AUTHORITY}'),
         counted AS (SELECT topic, area_code, max(period) AS period, count(*) FILTER (NOT has AND others >= 0.8) AS blank,
                            count(*) AS n FROM told GROUP BY topic, area_code)
    SELECT 'lait' AS publication, area_code, period, NULL AS measure,
           'No figure for ' || blank || ' of ' || n || ' measures of "' || topic
           || '" in their latest period, where four in five authorities or more have one: missing, not zero.' AS found
    FROM counted WHERE n >= 5 AND blank > n / 2
    """,
)
NOT_SUBMITTED = Check(
    "return-not-submitted",
    "An authority's finance return is blank, in whole or in part",
    ("spend",),
    f"""
    SELECT 'spend' AS publication, area_code, period, NULL AS measure,
           count(*) FILTER (status = '{MISSING}') || ' of ' || count(*) || ' figures are blank: missing, not zero. '
           || 'National sums leave them out.' AS found
    FROM figures WHERE starts_with(measure, 'spend/') GROUP BY area_code, period
    HAVING count(*) FILTER (status = '{MISSING}') > 0
    """,
)
NOT_CERTIFIED = Check(
    "return-not-certified",
    "An authority's finance return was not certified by its finance officer, though it has figures",
    ("spend",),
    """
    SELECT 'spend' AS publication, area_code, period, NULL AS measure,
           'The return is printed as not certified: its figures may still change.' AS found
    FROM remarks WHERE publication = 'spend' AND remark = 'N'
    """,
)
NESTED_LINES = Check(
    "lines-that-nest",
    "Some lines are part of others: adding all of them counts money twice",
    ("spend",),
    f"""
    WITH lines AS (SELECT split_part(measure, '/', 2) AS line, sum(value) AS spent, period FROM figures
                   WHERE starts_with(measure, 'spend/') AND ends_with(measure, '/Total Expenditure') GROUP BY line, period)
    SELECT 'spend' AS publication, NULL AS area_code, period, NULL AS measure,
           'All lines add to ' || {thousands("sum(spent) FILTER (line NOT LIKE 'TOTAL%')")}
           || ' thousand pounds and the total is ' || {thousands("any_value(spent) FILTER (line LIKE 'TOTAL%')")}
           || ': ' || count(*) FILTER (line LIKE '% of which %')
           || ' lines ("of which") are part of another.' AS found
    FROM lines GROUP BY period HAVING count(*) FILTER (line LIKE '% of which %') > 0
    """,
)

_COUNTED = (
    "regexp_matches(measure, '^(children_in_need/|children/|factors_at_assessment/|sources_of_referral/|"
    "referrals/.*_count$|looked_after/.*/children_count$|protection_plans/.*(start|end|anypoint|At31)$)')"
)
NATIONAL_TOTAL = Check(
    "total-that-does-not-add",
    "England's figure is not what the authorities' add to",
    (),
    f"""
    WITH parts AS (SELECT measure, period, sum(value) AS added, count(value) AS known, count(*) - count(value) AS lacking
                   FROM figures WHERE area_type = '{AUTHORITY}' AND {_COUNTED} GROUP BY ALL),
         off AS (SELECT measure, period, value, added, known, lacking FROM figures JOIN parts USING (measure, period)
                 WHERE area_type = '{COUNTRY}' AND abs(value - added) > greatest(0.005 * value, 10 * known))
    SELECT {PUBLICATION} AS publication, 'E92000001' AS area_code, period, max_by(measure, abs(value - added)) AS measure,
           'England is printed as ' || {thousands("max_by(value, abs(value - added))")} || '; the '
           || max_by(known, abs(value - added)) || ' authorities with a figure add to '
           || {thousands("max_by(added, abs(value - added))")} || ' and ' || max_by(lacking, abs(value - added))
           || ' have none. Measures of that year that do not add: ' || count(*) || '.' AS found
    FROM off GROUP BY 1, period
    """,
)

_PARTS = {
    "sources_of_referral": "Referrals",
    "reasons_for_closure": "Ended_episodes",
}


def _parts_sql(publication: str, total: str) -> str:
    is_count = f"starts_with(measure, '{publication}/') AND NOT ends_with(measure, '_percent')"
    is_part = f"{is_count} AND measure <> '{publication}/{total}'"
    return f"""
    WITH parts AS (SELECT area_code, period, sum(value) AS added, count(*) AS n FROM figures WHERE {is_part}
                   GROUP BY ALL HAVING count(*) = count(value)),
         off AS (SELECT area_code, period, value, added FROM figures JOIN parts USING (area_code, period)
                 WHERE measure = '{publication}/{total}' AND abs(value - added) > 5 * n)
    SELECT '{publication}' AS publication, area_code, period, '{publication}/{total}' AS measure,
           'The total is ' || {thousands("value")} || ' and its parts add to ' || {thousands("added")} || '.' AS found FROM off
    """


PARTS = tuple(
    Check(
        f"parts-of-{publication.replace('_', '-')}",
        f"The parts do not add to {total}, where all are printed",
        (publication,),
        _parts_sql(publication, total),
    )
    for publication, total in _PARTS.items()
)
ZERO_UNLIKE_OTHERS = Check(
    "zero-unlike-others",
    "An authority counts none where, at England's share, it would have ten or more: it may not be recorded there",
    ("factors_at_assessment",),
    f"""
    WITH all_of AS (SELECT area_code, period, value AS episodes FROM figures
                    WHERE measure = 'factors_at_assessment/Episodes_with_assessment_factor'),
         england AS (SELECT measure, period, figures.value / episodes AS share FROM figures JOIN all_of USING (area_code, period)
                     WHERE area_type = '{COUNTRY}' AND starts_with(measure, 'factors_at_assessment/')),
         last AS (SELECT max(period) AS period FROM all_of)
    SELECT 'factors_at_assessment' AS publication, area_code, period, measure,
           'None of ' || {thousands("episodes")} || ' assessments; at England''s share it would be about '
           || {thousands("episodes * share")} || '. It may not be recorded there.' AS found
    FROM figures JOIN last USING (period) JOIN all_of USING (area_code, period) JOIN england USING (measure, period)
    WHERE area_type = '{AUTHORITY}' AND value = 0 AND episodes * share >= 10
    """,
)
CATEGORY_ENDED = Check(
    "category-began-or-ended",
    "A category was split, began or ended: its years are no one series",
    ("factors_at_assessment",),
    f"""
    WITH england AS (SELECT measure, period, coalesce(value, 0) > 0 AS counted,
                            lag(coalesce(value, 0) > 0) OVER (PARTITION BY measure ORDER BY period) AS before
                     FROM figures WHERE area_type = '{COUNTRY}' AND starts_with(measure, 'factors_at_assessment/'))
    SELECT 'factors_at_assessment' AS publication, 'E92000001' AS area_code, period, measure,
           CASE WHEN counted THEN 'Counted from this year on.' ELSE 'No longer counted from this year on.' END AS found
    FROM england WHERE counted <> before
    """,
)
PERIOD_WITHOUT_YEAR = Check(
    "period-without-year",
    "A period that names no year",
    (),
    f"""
    SELECT {PUBLICATION} AS publication, NULL AS area_code, period, measure,
           {thousands("count(*)")} || ' figures have the period ' || period || '.' AS found
    FROM figures WHERE NOT regexp_matches(period, '(19|20)[0-9]{{2}}') GROUP BY period, measure
    """,
)
MONTHS_LEFT_OUT = Check(
    "months-left-out",
    "Months without an offence are left out: a month that is not there is a zero in this file, and only there",
    ("police_offences",),
    f"""
    WITH wanted AS (SELECT count(DISTINCT area_code) * count(DISTINCT period) * count(DISTINCT measure) AS n, count(*) AS there
                    FROM figures WHERE starts_with(measure, 'police_offences/'))
    SELECT 'police_offences' AS publication, {_NOT_NAMED}, NULL AS measure,
           {thousands("n - there")} || ' of ' || {thousands("n")}
           || ' combinations of ward, month and offence have no row.' AS found
    FROM wanted WHERE there < n
    """,
)

FIGURE_CHECKS = (
    BLANKS,
    ONE_SIGN,
    NAMED_TWICE,
    IMPOSSIBLE_SHARE,
    SUM_CALLED_RATE,
    TOPIC_LEFT_BLANK,
    NOT_SUBMITTED,
    NOT_CERTIFIED,
    NESTED_LINES,
    NATIONAL_TOTAL,
    *PARTS,
    ZERO_UNLIKE_OTHERS,
    CATEGORY_ENDED,
    PERIOD_WITHOUT_YEAR,
    MONTHS_LEFT_OUT,
)
