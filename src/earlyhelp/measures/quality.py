"""Quality of the data: what is missing, what cannot be, and whether totals agree. Read from the checks of the same run."""

from __future__ import annotations

from earlyhelp.measures.measure import AsAt, Better, Measure, Statistic
from earlyhelp.standard import feed


field_completeness = Measure(
    id="K1",
    name="Field completeness",
    question="How full are the fields on which figures rest?",
    why="A figure can be no better than the field beneath it.",
    unit="records",
    of=feed,
    rows="SELECT field, source_system, valid AS numerator, records AS denominator FROM field_count",
    time=AsAt(),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    about_person=False,
    needs=(feed.feed_id,),
    always_by={"field": None},
    traps=("A code that is unmapped or not recorded is not complete.",),
    source="DHIS2 completeness; the catalogue's gate for measures.",
)

impossible_sequences = Measure(
    id="K5",
    name="Impossible sequences",
    question="How many records break a rule?",
    why="Each one is wrong somewhere in the case system, and can be mended there.",
    unit="records",
    of=feed,
    rows="""
        SELECT rule, coalesce(broken, 0) AS numerator, records AS denominator FROM rule_record
        LEFT JOIN (SELECT rule, count(DISTINCT row_id) AS broken FROM rule_break GROUP BY rule) USING (rule)
        WHERE outcome IN ('passed', 'failed')
    """,
    time=AsAt(),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    about_person=False,
    needs=(feed.feed_id,),
    always_by={"rule": None},
    traps=("The fix-list with the records themselves is in earlyhelp check.",),
    source="DHIS2 validation rules.",
)

reconciliation = Measure(
    id="K7",
    name="Reconciliation",
    question="Does what we count equal what the source holds?",
    why="The first thing an analyst asks.",
    unit="rows",
    of=feed,
    rows="""
        SELECT source_system, table_name, rows_accepted + rows_quarantined AS numerator,
        coalesce(control_total, rows_read) AS denominator FROM feed_total
    """,
    time=AsAt(),
    statistic=Statistic.DIFFERENCE,
    better=Better.ZERO,
    about_person=False,
    needs=(feed.rows,),
    always_by={"source_system": feed.source_system.code_list, "table_name": None},
    traps=("Without a total from the sender, the rows counted in the file itself stand for it.",),
    source="Control totals as councils give them; Family Context feeds say what they cover.",
)
