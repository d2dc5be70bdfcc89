"""Quality of the data: what is missing, what cannot be, whether totals agree. Read from the checks of the same run."""

from __future__ import annotations

from earlyhelp.measures.measure import AsAt, Better, Measure, Statistic
from earlyhelp.standard import feed

_SOURCE_SYSTEMS = feed.source_system.code_list

field_completeness = Measure(
    id="K1",
    name="Field completeness",
    question="How full are the fields on which figures rest?",
    why="A figure can be no better than the field beneath it.",
    unit="records",
    numerator="Of these, records with a valid value in the field.",
    denominator="Records.",
    of=feed,
    rows="""
        SELECT field, source_system, table_name, valid AS numerator, records AS denominator FROM field_count
    """,
    time=AsAt(),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    about_person=False,
    needs=(feed.feed_id,),
    always_by={"field": None},
    also_by={"source_system": _SOURCE_SYSTEMS, "table_name": None},
    traps=("A code that is unmapped or not recorded is not complete.",),
    source="DHIS2 completeness; the catalogue's gate for measures.",
)

impossible_sequences = Measure(
    id="K5",
    name="Impossible sequences",
    question="How many records break a rule?",
    why="Each one is wrong somewhere in the case system, and can be mended there.",
    unit="records",
    numerator="Of these, records that break the rule.",
    denominator="Records of the table that the rule is about.",
    of=feed,
    rows="""
        SELECT rule, table_name, coalesce(broken, 0) AS numerator, records AS denominator FROM rule_record
        LEFT JOIN (SELECT rule, count(DISTINCT row_id) AS broken FROM rule_break GROUP BY rule) AS found USING (rule)
        WHERE outcome IN ('passed', 'failed')
    """,
    time=AsAt(),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    about_person=False,
    needs=(feed.feed_id,),
    always_by={"rule": None},
    also_by={"table_name": None},
    traps=(
        "The fix-list with the records themselves is in earlyhelp check.",
        "A rule that does not apply, or that could not be run, has no row here; earlyhelp check says which and why.",
    ),
    source="DHIS2 validation rules.",
)

reconciliation = Measure(
    id="K7",
    name="Reconciliation",
    question="Does what we count equal what the source holds?",
    why="The first thing an analyst asks.",
    unit="rows",
    numerator="Rows accepted and rows in quarantine.",
    denominator="Rows the sender says there are; without that, rows counted in the file. The value is the difference.",
    of=feed,
    rows="""
        SELECT source_system, feed_id, rows_accepted + rows_quarantined AS numerator,
        CASE WHEN control_total IS NULL OR tables = 1 THEN table_name ELSE 'several tables' END AS table_name,
        CASE WHEN control_total IS NULL THEN rows_read WHEN nth = 1 THEN control_total ELSE 0 END AS denominator
        FROM (
            SELECT *, count(*) OVER (PARTITION BY feed_id) AS tables,
            row_number() OVER (PARTITION BY feed_id ORDER BY table_name) AS nth FROM feed_total
        )
    """,
    time=AsAt(),
    statistic=Statistic.DIFFERENCE,
    better=Better.ZERO,
    about_person=False,
    needs=(feed.rows,),
    always_by={"source_system": _SOURCE_SYSTEMS, "table_name": None},
    also_by={"feed_id": None},
    traps=(
        "Without a total from the sender, the rows counted in the file itself stand for it.",
        "A sender's total is of a whole file: one that fills several tables then has one row, not one a table.",
    ),
    source="Control totals as councils give them; Family Context feeds say what they cover.",
)
