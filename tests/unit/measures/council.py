"""One small council in which every measure, under each of its definitions, has an answer."""

from __future__ import annotations

TABLES = {
    "contact": """
        contact_id | person_id | family_id | contact_date | source_code | decision_code | team  | domestic_abuse
        1          | Ann       | Archer    | 2023-04-03   | 2A          | early_help    | North | true
        2          | Ben       | Archer    | 2023-04-03   | 2A          | early_help    | North | false
        3          | Cat       | Carr      | 2023-05-10   | 6           | advice        | South |
        4          | Dan       | Dunn      | 2023-07-01   | unmapped    | pending       |       | true
        5          | Ann       | Archer    | 2024-05-02   | 5D          | statutory     | North | false
    """,
    "eh_assessment": """
        assessment_id | person_id | family_id | start_date | due_date   | completion_date | org_type | organisation
        1             | Ann       | Archer    | 2023-04-10 |            | 2023-05-10      | school   | Hill School
        2             | Cat       | Carr      | 2023-05-15 | 2023-06-15 | 2023-06-16      | health   | Health visiting
        3             | Dan       | Dunn      | 2023-05-15 |            |                 |          |
    """,
    "eh_episode": """
        episode_id | person_id | family_id | start_date | end_date   | team  | end_reason_code | step_down
        1          | Ann       | Archer    | 2023-04-05 | 2023-09-01 | North | outcomes_met    | false
        2          | Ben       | Archer    | 2023-04-05 | 2023-10-01 | North | outcomes_met    | false
        3          | Cat       | Carr      | 2023-06-01 | 2023-12-01 | South | stepped_up      | true
        4          | Ann       | Archer    | 2024-06-01 |            | North |                 |
        90         | Eve       | Earl      | 2023-04-05 | 2023-11-01 | South | partly_met      | false
        91         | Eve       | Earl      | 2025-01-05 |            | South |                 | false
        92         | Fay       | Earl      | 2026-01-05 |            | South |                 | false
        93         | Gus       | Gray      | 2023-04-05 | 2023-12-10 | North | outcomes_met    | false
    """,
    "social_care_event": """
        event_id | person_id | type         | start_date | end_date   | outcome_code | source_code | nfa
        1        | Cat       | referral     | 2023-12-01 |            |              | 5D          | false
        2        | Cat       | cin_episode  | 2023-12-01 | 2024-02-01 | RC9          |             | false
        3        | Ann       | cp_plan      | 2024-01-10 | 2024-04-01 |              |             |
        4        | Dan       | looked_after | 2024-01-10 |            |              |             |
        5        | Ann       | referral     | 2024-01-05 |            |              | 6           | true
    """,
    "person": """
        person_key | person_id | family_id | dob        | sex | ethnicity | disability | lsoa      | expected_dob | sen_status | first_language
        1          | Ann       | Archer    | 2012-03-01 | F   | WBRI      | MOB;HEAR   | E01999001 |              |            |
        2          | Ben       | Archer    | 2020-07-01 | M   | WBRI      | NONE       | E01999001 |              |            |
        3          | Cat       | Carr      | 2008-01-01 | F   |           |            | E01999002 |              |            |
        4          | Eve       | Earl      | 2021-05-01 | F   | ABAN      | NONE       | E01999003 |              | support    | Bengali
        5          | Fay       | Earl      |            | U   | ABAN      |            | E01999003 | 2026-06-01   |            |
        6          | Gus       | Gray      | 2010-01-01 | M   | WBRI      | NONE       | E01999002 |              | none       | English
    """,
    "place": """
        lsoa      | ward_code | la_code   | locality | children_0_17 | imd_decile
        E01999001 | E05999001 | E06000999 | North    | 400           | 2
        E01999002 | E05999002 | E06000999 | South    | 600           | 10
        E01999003 | E05999002 | E06000999 | South    | 500           | 5
    """,
    "population": """
        area_code | year | age_band | sex | count | source | ethnicity
        E06000999 | 2023 | 0-17     | all | 1000  | ONS    |
        E06000999 | 2023 | 0-17     | F   | 480   | ONS    |
        E06000999 | 2023 | 0-17     | all | 700   | ONS    | WBRI
        E06000999 | 2023 | 0-17     | all | 200   | ONS    | ABAN
        E06000999 | 2023 | 0-4      | all | 250   | ONS    |
        E01999001 | 2023 | 0-4      | all | 100   | ONS    |
        E06000999 | 2023 | 0-4      | F   | 120   | ONS    |
        E06000999 | 2023 | 0-4      | all | 150   | ONS    | WBRI
    """,
    "feed": """
        feed_id | source_system | extract_date | rows
        f1      | mosaic        | 2026-03-31   | 17
    """,
    "feed_total": """
        feed_id | source_system | table_name | rows_read | rows_accepted | rows_quarantined
        f1      | mosaic        | eh_episode | 17        | 16            | 1
    """,
    "person_identifier": """
        person_key | person_id | type | value
        1          | Ann       | upn  | A123456789012
    """,
    "spend": """
        financial_year | service_id | team  | level     | budget_line    | line_code      | stage | amount | kind
        2023-24        | s1         | North | targeted  | Family support | family_support | early | 12000  | actual
        2023-24        |            | North | statutory | Looked after   | looked_after   | late  | 48000  | actual
        2023-24        | s1         | North | targeted  | Family support | family_support | early | 11000  | planned
    """,
    "service": """
        service_id | name             | organisation
        s1         | Parenting course | Hill Charity
    """,
    "service_delivered": """
        delivery_id | person_id | family_id | service_id | start_date | end_date   | status
        90          | Ann       | Archer    | s1         | 2023-06-01 | 2023-08-01 | completed
    """,
    "break_even": """
        service_id | event_type         | needed
        s1         | looked_after_month | 3
    """,
    "avoided_cost": """
        event_type         | bound   | pounds
        looked_after_month | low     | 10000
        looked_after_month | central | 20000
    """,
    "spend_elasticity": """
        scenario | study     | change
        cut      | Webb 2021 | 1.2
    """,
    "expected_need": """
        lsoa      | expected
        E01999001 | 40
        E01999002 | 30
        E01999003 | 30
    """,
}


MORE = {
    "contact": """
        contact_id | decision_date | feedback_date | level_requested | level_decided | avoidable | school_urn | recorded_date
        1          | 2023-04-04    | 2023-04-06    | targeted        | targeted      | false     | 100001     | 2023-06-01
        2          | 2023-04-06    |               | targeted        | community     | false     | 100001     | 2023-06-01
        3          | 2023-05-11    | 2023-06-01    | statutory       | universal     | true      |            | 2023-06-01
        4          |               |               |                 |               |           |            |
        5          |               |               |                 |               |           |            |
    """,
}
"""Further columns of some tables, by key; a row that is not listed has them empty."""


def _with_more(rows: str, more: str) -> str:
    """A table with further columns behind its own, which a second one tells by the same key."""
    headings, *further = ([cell.strip() for cell in line.split("|")] for line in more.strip().splitlines())
    told = {key: cells for key, *cells in [headings, *further]}
    nothing = [""] * (len(headings) - 1)
    lines = rows.strip().splitlines()
    return "\n".join(" | ".join([line, *told.get(line.split("|")[0].strip(), nothing)]) for line in lines)


TABLES |= {name: _with_more(TABLES[name], more) for name, more in MORE.items()}
