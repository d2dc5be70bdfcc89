"""Quality of the data: what is missing, what cannot be, whether totals agree. Read from the checks of the same run."""

from __future__ import annotations

from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, records_of_children
from earlyhelp.measures.measure import AsAt, Better, Entry, Flow, Measure, Statistic
from earlyhelp.standard import (
    TABLES,
    CodeList,
    CodeValue,
    eh_episode,
    feed,
    linked_columns,
    person,
)

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

_EVENTS = {name: day for name, table in TABLES.items() if linked_columns(table) and (day := table.day)}
"""Tables whose rows tell of something that happened to somebody on a day."""


def _entered(table: str, day: str, *, team: bool) -> str:
    return (
        f"SELECT '{table}' AS table_name, source_system, {'team' if team else 'CAST(NULL AS VARCHAR)'} AS team, row_id, "
        f"{day} AS happened, recorded_date FROM {table}"
    )


_ENTERED = "\n            UNION ALL ".join(
    _entered(name, day.column_name, team="team" in TABLES[name].columns) for name, day in _EVENTS.items()
)

recording_delay = Measure(
    id="K2",
    name="Recording delay",
    question="How long after an event is it entered?",
    why="The latest months look quiet until their events are entered; a manager who acts on them acts too late.",
    unit="records",
    numerator="Of these, records entered by the day that the data is as at.",
    denominator="Records that say when they were entered. The value is the median of the days from event to entry.",
    of=feed,
    rows=f"""
        SELECT table_name || ' ' || CAST(row_id AS VARCHAR) AS unit_id, table_name, source_system, team, happened AS day,
        greatest(date_diff('day', happened, recorded_date), 0) AS days, TRUE AS ended
        FROM (
            {_ENTERED}
        ) AS entered CROSS JOIN setting
        WHERE recorded_date <= as_at
    """,
    time=Flow("the event happened"),
    statistic=Statistic.MEDIAN,
    better=Better.LOWER,
    about_person=False,
    needs=(feed.feed_id,),
    also_by={"source_system": _SOURCE_SYSTEMS, "table_name": None, "team": None},
    only_by=("source_system", "table_name", "team"),
    traps=(
        "Only sources that give the day of entry are in it; without any there is no data.",
        "What was entered before it happened counts as entered on the day.",
        "Events that are still to be entered are not seen: the latest months look quicker than they are.",
    ),
    definitions={
        "ninety_percent": {
            "quantile": 0.9,
            "denominator": "Records that say when they were entered. The value is the day by which nine in ten were.",
        },
    },
    source="Primero case management: bands of reporting delay.",
)

LINKED_TO = CodeList(
    "linked_to",
    "Linked to",
    (
        CodeValue("upn", "Unique pupil number"),
        CodeValue("nhs_number", "NHS number"),
        CodeValue("social_care", "A record in social care"),
        CodeValue("another_system", "A record in another system"),
    ),
    source="Catalogue of measures, K3.",
)

linkage_rate = Measure(
    id="K3",
    name="Linkage rate",
    question="Of how many children do we know more than the case system tells?",
    why="Whether help came before harm can only be seen of children who are recognised elsewhere.",
    unit="children",
    numerator="Of these, children with that number, or with a record there.",
    denominator="Children whose early help began, each once in a period.",
    of=eh_episode,
    rows=f"""
        SELECT first.*, help.person_id AS unit_id, help.start_date AS day, linked_to, coalesce(CASE linked_to
            WHEN 'upn' THEN has_upn WHEN 'nhs_number' THEN has_nhs_number
            WHEN 'social_care' THEN social_care.person_id IS NOT NULL ELSE systems > 1
        END, FALSE) AS counted
        FROM {records_of_children("child_help")} AS help
        JOIN eh_episode AS first ON first.row_id = help.first_record
        CROSS JOIN (VALUES ('upn'), ('nhs_number'), ('social_care'), ('another_system')) AS asked(linked_to)
        LEFT JOIN (
            SELECT person_id, max(CASE WHEN type = 'upn' THEN 1 ELSE 0 END) = 1 AS has_upn,
            max(CASE WHEN type = 'nhs_number' THEN 1 ELSE 0 END) = 1 AS has_nhs_number
            FROM person_identifier GROUP BY person_id
        ) AS number ON number.person_id = help.person_id
        LEFT JOIN (SELECT DISTINCT person_id FROM social_care_event) AS social_care ON social_care.person_id = help.person_id
        LEFT JOIN (
            SELECT person_id, count(DISTINCT source_system) AS systems FROM person GROUP BY person_id
        ) AS known ON known.person_id = help.person_id
    """,
    time=Entry("early help began"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    needs=(eh_episode.start_date, person.person_key),
    always_by={"linked_to": LINKED_TO},
    traps=(
        "How many links are false, and how many are missed, is told by earlyhelp link.",
        "No record in social care may mean no contact with it: that is no fault of linkage.",
        "A number that is there may still be mistyped.",
        ADULTS_LEFT_OUT,
    ),
    source="Ministry of Justice, Splink: publish linkage rates beside what rests on them.",
)

duplicate_rate = Measure(
    id="K4",
    name="Duplicate rate",
    question="How many people are in a system twice?",
    why="Whoever opens the second record does not see what is in the first.",
    unit="records",
    numerator="Of these, records of a person who has an earlier one in the same system.",
    denominator="Records of people.",
    of=person,
    rows="""
        SELECT source_system, count(DISTINCT person_key) - count(DISTINCT person_id) AS numerator,
        count(DISTINCT person_key) AS denominator
        FROM person WHERE person_id IS NOT NULL GROUP BY source_system
    """,
    time=AsAt(),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    about_person=False,
    needs=(person.person_key,),
    also_by={"source_system": _SOURCE_SYSTEMS},
    traps=(
        "Duplicates are as linkage sees them: those it misses are not counted, and twins are never merged.",
        "A person whom several systems know is no duplicate.",
    ),
    source="NHS England data quality maturity index: duplicates as their own dimension.",
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

unmapped_values = Measure(
    id="K6",
    name="Unmapped values",
    question="How many values has nobody mapped to a code?",
    why="An unmapped word is in every total and in no part of it.",
    unit="values",
    numerator="Of these, values that are not mapped to a code of the standard.",
    denominator="Values of coded columns.",
    of=feed,
    rows="""
        SELECT field, source_system, table_name, unmapped AS numerator, valid + unmapped AS denominator FROM field_count
        WHERE valid + unmapped > 0 AND field IN ({coded})
    """.format(
        coded=", ".join(f"'{column}'" for table in TABLES.values() for column in table.columns.values() if column.coded)
    ),
    time=AsAt(),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    about_person=False,
    needs=(feed.feed_id,),
    always_by={"field": None},
    also_by={"source_system": _SOURCE_SYSTEMS, "table_name": None},
    traps=(
        "A blank is not recorded, and is not in this figure; K1 has it.",
        "earlyhelp map lists the words, the most frequent first.",
    ),
    source="Data to Insight, London: 1,717 local spellings of 21 contact sources.",
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
