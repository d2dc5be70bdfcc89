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
        person_key | person_id | family_id | dob        | sex | ethnicity | disability | lsoa
        1          | Ann       | Archer    | 2012-03-01 | F   | WBRI      | MOB;HEAR   | E01999001
        2          | Ben       | Archer    | 2020-07-01 | M   | WBRI      | NONE       | E01999001
        3          | Cat       | Carr      | 2008-01-01 | F   |           |            | E01999002
    """,
    "place": """
        lsoa      | ward_code | la_code   | locality | children_0_17 | imd_decile
        E01999001 | E05999001 | E06000999 | North    | 400           | 2
        E01999002 | E05999002 | E06000999 | South    | 600           | 10
    """,
    "population": """
        area_code | year | age_band | sex | count | source
        E06000999 | 2023 | 0-17     | all | 1000  | ONS
    """,
    "feed": """
        feed_id | source_system | extract_date | rows
        f1      | mosaic        | 2026-03-31   | 17
    """,
    "feed_total": """
        feed_id | source_system | table_name | rows_read | rows_accepted | rows_quarantined
        f1      | mosaic        | eh_episode | 17        | 16            | 1
    """,
}
