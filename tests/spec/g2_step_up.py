"""G2, step-up within 12 months of closure."""

from spec.example import Example

_FOUR_CLOSED = """
    episode_id | person_id | start_date | end_date   | team
    1          | Ann       | 2023-10-01 | 2024-04-30 | North
    2          | Ben       | 2023-10-01 | 2024-04-30 | North
    3          | Cat       | 2023-10-01 | 2024-04-30 | South
    4          | Dan       | 2023-10-01 | 2024-04-30 | South
"""

EXAMPLES = [
    Example(
        "G2",
        "A step-up counts from the closing day to the 365th day after it, not on the 366th; four rates, never a sum",
        {
            "eh_episode": _FOUR_CLOSED,
            "social_care_event": """
                event_id | person_id | type         | start_date | nfa
                1        | Ann       | referral     | 2024-04-30 | false
                2        | Ben       | referral     | 2025-04-30 |
                3        | Cat       | referral     | 2025-05-01 |
                4        | Dan       | referral     | 2024-05-01 | true
                5        | Eve       | cin_plan     | 2024-01-01 |
                6        | Eve       | cp_plan      | 2024-01-01 |
                7        | Eve       | looked_after | 2024-01-01 |
            """,
        },
        """
            type         | type_label                          | numerator | denominator | value
            cin_episode  | Period as a child in need           | 0         | 4           | 0.00
            cp_plan      | Child protection plan               | 0         | 4           | 0.00
            looked_after | Looked after                        | 0         | 4           | 0.00
            referral     | Referral to children's social care  | 2         | 4           | 0.50
        """,
        last="2024-12-31",
    ),
    Example(
        "G2",
        "Days are counted, not dates: over a 29 February, 365 days after a closure fall a day short of its anniversary",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2023-01-01 | 2023-04-30
                2          | Ben       | 2023-01-01 | 2023-04-30
            """,
            "social_care_event": """
                event_id | person_id | type     | start_date
                1        | Ann       | referral | 2024-04-29
                2        | Ben       | referral | 2024-04-30
            """,
        },
        """
            type     | numerator | denominator
            referral | 1         | 2
        """,
        only="referral",
    ),
    Example(
        "G2",
        "A period is mature when 365 days have passed since its last day; before that it shows nothing",
        {
            "eh_episode": _FOUR_CLOSED,
            "social_care_event": "event_id | person_id | type | start_date\n 1 | Ann | referral | 2024-05-01",
        },
        """
            period_end | type     | numerator | denominator | status
            2024-03-31 | referral |           |             | no_data
            2024-04-30 | referral | 1         | 4           | ok
            2024-05-31 | referral |           |             | not_mature
        """,
        first="2024-03-01",
        last="2024-05-31",
        period="month",
        as_at="2025-04-30",
        only="referral",
    ),
    Example(
        "G2",
        "Without periods, closures of the days that are mature are counted, and no later ones",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2024-01-01 | 2024-04-30
                2          | Ben       | 2024-01-01 | 2024-05-01
            """,
            "social_care_event": "event_id | person_id | type | start_date\n 1 | Ann | referral | 2024-05-01",
        },
        """
            period_start | period_end | type     | numerator | denominator
            2024-04-30   | 2024-04-30 | referral | 1         | 1
        """,
        as_at="2025-04-30",
        only="referral",
    ),
    Example(
        "G2",
        "A child that closes twice in a period is one child, and has stepped up if it did so after either",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2023-01-01 | 2023-02-01
                2          | Ann       | 2024-06-01 | 2024-07-01
            """,
            "social_care_event": "event_id | person_id | type | start_date\n 1 | Ann | referral | 2023-03-01",
        },
        """
            type     | numerator | denominator
            referral | 1         | 1
        """,
        only="referral",
    ),
    Example(
        "G2",
        "A child closes when the last of its episodes that meet ends, and belongs to the team that held that one",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date   | team
                1          | Ann       | 2024-01-01 | 2024-03-01 | North
                2          | Ann       | 2024-02-01 | 2024-04-30 | South
            """,
            "social_care_event": "event_id | person_id | type | start_date\n 1 | Ann | referral | 2025-04-30",
        },
        """
            type     | team  | numerator | denominator
            referral | South | 1         | 1
        """,
        by="team",
        only="referral",
    ),
    Example(
        "G2",
        "In need is a case that was taken up and not closed RC8 or RC9, or a plan; care leaves short breaks out",
        {
            "eh_episode": _FOUR_CLOSED,
            "social_care_event": """
                event_id | person_id | type         | start_date | end_date   | outcome_code | legal_status
                1        | Ann       | cin_episode  | 2024-05-01 | 2024-06-01 | RC8          |
                2        | Ben       | cin_episode  | 2024-05-01 | 2024-06-01 | RC7          |
                3        | Cat       | cin_plan     | 2024-05-01 |            |              |
                4        | Ann       | looked_after | 2024-05-01 | 2024-05-03 |              | V4
                5        | Dan       | looked_after | 2024-05-01 |            |              | V2
            """,
        },
        """
            type         | numerator | denominator | status
            cin_episode  | 2         | 4           | ok
            cp_plan      |           |             | no_data
            looked_after | 1         | 4           | ok
            referral     |           |             | no_data
        """,
        last="2024-12-31",
    ),
    Example(
        "G2",
        "A change of placement is no entry to care: one that is first seen in the middle began before",
        {
            "eh_episode": _FOUR_CLOSED,
            "social_care_event": """
                event_id | person_id | type         | start_date | end_date   | start_reason
                1        | Ann       | looked_after | 2024-05-01 | 2024-06-01 | S
                2        | Ann       | looked_after | 2024-06-01 |            | P
                3        | Ben       | looked_after | 2024-05-01 |            | P
            """,
        },
        """
            type         | numerator | denominator
            looked_after | 1         | 4
        """,
        last="2024-12-31",
        only="looked_after",
    ),
    Example(
        "G2",
        "A kind of which no record is held, of anybody, has no data; one recorded of other children alone is a zero",
        {
            "eh_episode": _FOUR_CLOSED,
            "social_care_event": """
                event_id | person_id | type        | start_date | nfa
                1        | Ann       | cin_episode | 2024-05-01 |
                2        | Eve       | cp_plan     | 2021-05-01 |
                3        | Ben       | s47         | 2024-05-01 |
            """,
        },
        """
            type         | numerator | denominator | status
            cin_episode  | 1         | 4           | ok
            cp_plan      | 0         | 4           | ok
            looked_after |           |             | no_data
            referral     |           |             | no_data
        """,
        last="2024-12-31",
    ),
    Example(
        "G2",
        "A referral without further action is no step-up, but it shows that referrals are recorded: nobody else had one",
        {
            "eh_episode": _FOUR_CLOSED,
            "social_care_event": """
                event_id | person_id | type     | start_date | nfa
                1        | Eve       | referral | 2021-05-01 | true
            """,
        },
        """
            type     | numerator | denominator | status
            referral | 0         | 4           | ok
        """,
        last="2024-12-31",
        only="referral",
    ),
    Example(
        "G2",
        "A plan of a child in need shows that children in need are recorded, as a case does",
        {
            "eh_episode": _FOUR_CLOSED,
            "social_care_event": """
                event_id | person_id | type     | start_date
                1        | Eve       | cin_plan | 2021-05-01
            """,
        },
        """
            type        | numerator | denominator | status
            cin_episode | 0         | 4           | ok
        """,
        last="2024-12-31",
        only="cin_episode",
    ),
    Example(
        "G2",
        "Without social care records, as without episodes, there is no data",
        {"eh_episode": _FOUR_CLOSED},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
    Example(
        "G2",
        "Help that began in childhood is a child's when it closes; help of parents is not counted",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2024-01-10 | 2024-07-01
                2          | Cat       | 2024-01-10 | 2024-07-01
                3          | Una       | 2024-01-10 | 2024-07-01
                4          | Val       | 2024-01-10 | 2024-07-01
            """,
            "social_care_event": """
                event_id | person_id | type     | start_date
                1        | Ann       | referral | 2024-08-01
            """,
            "person": """
                person_id | dob        | is_child
                Ann       | 2012-06-15 |
                Cat       | 2006-06-15 |
                Dan       |            |
                Una       | 1985-05-01 |
                Val       |            | false
            """,
        },
        """
            type     | numerator | denominator
            referral | 1         | 2
        """,
        only="referral",
        last="2024-12-31",
    ),
]
