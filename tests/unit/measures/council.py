"""One small council in which every measure, under each of its definitions, has an answer."""

# ruff: noqa: E501 - tables are read by their columns
from __future__ import annotations

TABLES = {
    "contact": """
        contact_id | person_id | family_id | contact_date | source_code | decision_code | team  | domestic_abuse
        1          | Ann       | Archer    | 2023-04-03   | 2A          | early_help    | North | true
        2          | Ben       | Archer    | 2023-04-03   | 2A          | early_help    | North | false
        3          | Cat       | Carr      | 2023-05-10   | 6           | advice        | South |
        4          | Dan       | Dunn      | 2023-07-01   | unmapped    | pending       |       | true
        5          | Ann       | Archer    | 2024-05-02   | 5D          | statutory     | North | false
        110        | Hal       | Hart      | 2025-03-10   | 2A          | advice        | South | false
        111        | Hal       | Hart      | 2025-03-10   | 2A          | advice        | South | false
        112        | Jon       | Jay       | 2025-03-10   | 2A          | advice        | South | false
        113        | Jon       | Jay       | 2025-03-10   | 2A          | advice        | South | false
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
        200        | Ivy       | Iver      | 2023-09-05 | 2024-03-01 | North | outcomes_met    | true
        110        | Hal       | Hart      | 2023-08-01 | 2023-09-15 | South | stepped_up      | false
        111        | Jon       | Jay       | 2023-04-05 |            | South |                 | false
    """,
    "social_care_event": """
        event_id | person_id | type         | start_date | end_date   | outcome_code | source_code | nfa
        1        | Cat       | referral     | 2023-12-01 |            |              | 5D          | false
        2        | Cat       | cin_episode  | 2023-12-01 | 2024-02-01 | RC9          |             | false
        3        | Ann       | cp_plan      | 2024-01-10 | 2024-04-01 |              |             |
        4        | Dan       | looked_after | 2024-01-10 |            |              |             |
        5        | Ann       | referral     | 2024-01-05 |            |              | 6           | true
        200      | Ivy       | cin_episode  | 2022-12-01 | 2023-01-10 | RC8          |             |
        201      | Ivy       | assessment   | 2022-12-01 | 2023-01-10 |              |             | true
        202      | Ivy       | referral     | 2023-06-01 |            |              | 1A          | false
        203      | Ann       | cin_episode  | 2025-06-01 |            |              |             | false
        204      | Hal       | cp_plan      | 2025-07-01 |            |              |             |
    """,
    "person": """
        person_key | person_id | family_id | dob        | sex | ethnicity | disability | lsoa      | expected_dob | sen_status | first_language
        1          | Ann       | Archer    | 2012-03-01 | F   | WBRI      | MOB;HEAR   | E01999001 |              |            |
        2          | Ben       | Archer    | 2020-07-01 | M   | WBRI      | NONE       | E01999001 |              |            |
        3          | Cat       | Carr      | 2008-01-01 | F   |           |            | E01999002 |              |            |
        4          | Eve       | Earl      | 2021-05-01 | F   | ABAN      | NONE       | E01999003 |              | support    | Bengali
        5          | Fay       | Earl      |            | U   | ABAN      |            | E01999003 | 2026-06-01   |            |
        6          | Gus       | Gray      | 2010-01-01 | M   | WBRI      | NONE       | E01999002 |              | none       | English
        200        | Ivy       | Iver      | 2010-05-01 | F   | WBRI      | NONE       | E01999001 |              |            |
        201        | Una       | Iver      | 1985-05-01 | F   | WBRI      | NONE       | E01999001 |              |            |
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
        110         | Ben       | Archer    | s1         |            |            | never_started
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
    "eh_plan_action": """
        action_id | episode_id | need_id | created_date | due_date   | done_date
        1         | 1          | 1       | 2023-05-01   | 2023-06-01 | 2023-06-01
        2         | 3          | 2       | 2023-07-01   | 2023-08-01 |
        200       | 200        | 200     | 2023-10-01   |            | 2024-02-01
    """,
    "feedback": """
        feedback_id | episode_id | respondent | asked_date | answered_date | better
        1           | 1          | parent     | 2023-09-01 | 2023-09-10    | better
        2           | 1          | child      | 2023-09-01 | 2023-09-10    | same
        3           | 3          | parent     | 2023-12-01 |               |
    """,
    "complaint": """
        complaint_id | episode_id | received_date | kind
        1            | 1          | 2023-06-05    | complaint
        2            | 3          | 2023-07-05    | compliment
        3            |            | 2023-08-05    | complaint
    """,
    "eh_need": """
        need_id | episode_id | person_id | family_id | framework | need_code | identified_date
        1       | 1          | Ann       | Archer    | SF2022    | SF1       | 2023-04-20
        2       | 3          | Cat       | Carr      | SF2022    | SF8       | 2023-06-20
        3       | 4          | Ann       | Archer    | SF2022    | SF9       | 2024-06-20
        200     | 200        | Ivy       | Iver      | SF2022    | SF1       |
        201     | 200        |           | Iver      | SF2022    | SF8       |
        202     | 200        |           | Iver      | SF2022    | SF9       |
        203     | 200        |           | Iver      | SF2022    | SF10      |
    """,
    "eh_score": """
        score_id | episode_id | person_id | family_id | tool | domain             | score | at_expected | score_date
        1        | 1          | Ann       | Archer    | SDQ  | Total difficulties | 18    | false       | 2023-04-20
        2        | 1          | Ann       | Archer    | SDQ  | Total difficulties | 12    | true        | 2023-08-20
        3        | 3          | Cat       | Carr      | SDQ  | Total difficulties | 16    | false       | 2023-06-20
        200      | 200        | Ivy       | Iver      | SDQ  | Total difficulties | 20    |             | 2023-09-10
        201      | 200        | Ivy       | Iver      | SDQ  | Total difficulties | 14    |             | 2024-02-20
        202      | 200        | Ivy       | Iver      | SDQ  | Emotional problems | 7     |             | 2023-09-10
        203      | 200        | Ivy       | Iver      | SDQ  | Emotional problems | 4     |             | 2024-02-20
        204      | 200        | Ivy       | Iver      | GLD  | Overall            | 1     | true        | 2023-09-10
        205      | 200        | Ivy       | Iver      | ASQ-3 | Communication      | 50    | false       | 2023-09-10
    """,
    "eh_review": """
        review_id | episode_id | type        | theme      | due_date   | held_date  | child_voice | grade
        1         | 1          | review      |            | 2023-05-20 | 2023-05-18 | true        |
        2         | 3          | review      |            | 2023-07-20 | 2023-07-30 | false       |
        3         | 3          | audit       | Thresholds | 2023-07-20 | 2023-08-01 |             | good
        4         | 1          | audit       | Thresholds | 2023-07-20 | 2023-08-01 |             | inadequate
        5         | 1          | supervision |            | 2023-06-01 | 2023-06-01 |             |
        6         | 4          | supervision |            | 2024-07-01 | 2024-07-01 |             |
        7         | 91         | supervision |            | 2026-03-20 | 2026-03-20 |             |
        110       | 1          | team_around_family | | 2023-07-01 | 2023-07-01 | true |
        111       | 1          | visit |            |            | 2023-07-20 |             |
    """,
    "allocation": """
        episode_id | worker_id | from_date  | to_date
        1          | w1        | 2023-04-10 | 2023-07-31
        1          | w2        | 2023-08-01 | 2023-09-01
        3          | w2        | 2023-06-10 | 2023-12-01
        4          | w1        | 2024-06-10 |
        91         | w2        | 2025-01-10 |
    """,
    "worker": """
        worker_id | team  | locality | role                  | fte | valid_from | valid_to
        w1        | North | North    | Family support worker | 1.0 | 2022-01-01 |
        w2        | South | South    | Family support worker | 0.5 | 2022-01-01 |
    """,
    "eh_outcome": """
        need_id | status   | achieved_date | sustained_to | validated_measure
        200     | achieved | 2024-02-01    | 2024-12-31   | true
        201     | achieved | 2024-02-01    | 2024-12-31   | true
        202     | achieved | 2024-02-01    | 2024-12-31   | true
        203     | achieved | 2024-02-01    | 2024-12-31   | true
    """,
    "school": """
        school_urn | name        | phase     | roll | fsm_share
        100001     | Hill School | primary   | 210  | 0.4
        100002     | Mill School | secondary | 900  | 0.5
    """,
    "partner_event": """
        event_id | person_id | family_id | agency        | type                     | event_date | outcome
        200      | Una       | Iver      | police        | domestic_abuse           | 2024-05-01 |
        201      | Una       | Iver      | police        | domestic_abuse           | 2026-03-20 |
        202      | Una       | Iver      | benefits      | benefit_gain             | 2023-12-01 |
        203      | Una       | Iver      | housing       | settled_accommodation    | 2023-10-01 |
        204      | Una       | Iver      | benefits      | out_of_work_benefit      | 2023-01-01 |
        205      | Una       | Iver      | other         | work_or_training_started | 2024-01-15 |
        206      | Ivy       | Iver      | youth_justice | caution                  | 2024-02-01 |
        207      | Gus       | Gray      | youth_justice | conviction               | 2026-03-20 |
    """,
    "attendance_period": """
        person_id | family_id | academic_year | term   | possible | authorised | unauthorised | school_urn
        Ivy       | Iver      | 2022-23       | spring | 100      | 60         | 0            | 100001
        Ivy       | Iver      | 2022-23       | summer | 100      | 60         | 0            | 100001
        Ivy       | Iver      | 2023-24       | spring | 100      | 5          | 0            | 100001
        Ivy       | Iver      | 2023-24       | summer | 100      | 5          | 0            | 100001
    """,
    "exclusion": """
        exclusion_id | person_id | family_id | start_date | sessions | category
        200          | Ivy       | Iver      | 2022-09-01 | 4        | suspension
        201          | Ivy       | Iver      | 2023-12-01 | 2        | suspension
        202          | Ivy       | Iver      | 2026-03-01 | 2        | suspension
    """,
    "expected_step_up": """
        team  | service_id | observed | expected
        North | s1         | 2        | 1.5
        South | s1         | 1        | 1.25
    """,
}


MORE = {
    "eh_assessment": """
        assessment_id | episode_id | consent          | consent_date | whole_family | second_parent | child_voice | outcome_code
        1             | 1          | assess_and_share | 2023-04-10   | true | included      | true        | early_help_plan
        2             | 3          | assess_only      | 2023-05-15   | false | not_included  | false       | early_help_plan
        3             |            |                  |              |              |               |             |
    """,
    "eh_episode": """
        episode_id | allocated_date | need_code | plan_start_date | first_contact_date | org_type
        1          | 2023-04-10     | SF1       | 2023-05-12      | 2023-04-11         | school
        2          | 2023-04-10     | SF1       |                 |                    | council_early_help
        3          | 2023-06-10     | SF8       | 2023-06-20      | 2023-06-12         | voluntary
        4          | 2024-06-10     | SF1       | 2024-06-20      |                    | council_early_help
        200        | 2023-09-15     | SF1       | 2023-10-01      |                    | council_early_help
        90         |                |           |                 |                    | council_early_help
        91         |                |           |                 |                    | council_early_help
        92         |                |           |                 |                    | council_early_help
        93         |                |           |                 |                    | council_early_help
        110        |                |           |                 |                    | council_early_help
        111        | 2026-03-30     |           |                 |                    | health
    """,
    "contact": """
        contact_id | decision_date | feedback_date | level_requested | level_decided | avoidable | school_urn | recorded_date
        1          | 2023-04-04    | 2023-04-06    | targeted        | targeted      | false     |            | 2023-06-01
        2          | 2023-04-06    |               | targeted        | community     | false     |            | 2023-06-01
        3          | 2023-05-11    | 2023-06-01    | statutory       | universal     | true      |            | 2023-06-01
        4          |               |               |                 |               |           |            |
        5          |               |               |                 |               |           |            |
        110        | 2025-03-10    |               |                 |               | false     | 100002     |
        111        | 2025-03-10    |               |                 |               | false     | 100002     |
        112        | 2025-03-10    |               |                 |               | false     | 100002     |
        113        | 2025-03-10    |               |                 |               | false     | 100002     |
    """,
    "service_delivered": """
        delivery_id | offered_date
        90          | 2023-05-10
        110         | 2023-05-10
    """,
    "eh_review": """
        review_id | agencies_invited | agencies_attended
        110       | 4                | 3
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
