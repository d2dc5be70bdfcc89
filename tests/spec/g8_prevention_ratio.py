"""G8, prevention ratio."""

from spec.example import Example

_HELP = """
    episode_id | person_id | start_date | end_date   | level
    1          | Ann       | 2023-01-01 | 2023-04-01 | targeted
    2          | Ann       | 2024-01-01 |            | targeted
    3          | Ben       | 2023-01-01 | 2023-03-31 |
    4          | Cat       | 2024-01-01 |            | community
    5          | Dan       | 2024-03-31 |            | family_help
"""
_STATUTORY = """
    event_id | person_id | type         | start_date | end_date   | outcome_code | legal_status
    1        | Ann       | cin_episode  | 2023-06-01 | 2023-08-01 | RC7          |
    2        | Ann       | cp_plan      | 2023-07-01 | 2023-08-01 |              |
    3        | Eve       | cin_episode  | 2023-06-01 | 2023-08-01 | RC8          |
    4        | Fay       | looked_after | 2023-06-01 |            |              | V4
    5        | Gil       | referral     | 2023-06-01 |            |              |
"""

EXAMPLES = [
    Example(
        "G8",
        "Children with targeted help in the year, each once, for each child in need; no level is taken as targeted",
        {"eh_episode": _HELP, "social_care_event": _STATUTORY},
        """
            numerator | denominator | value
            2         | 1           | 2.00
        """,
        first="2024-03-31",
        last="2024-03-31",
    ),
    Example(
        "G8",
        "The year to a day is that day and the 364 before it: help that ended on the first of them is in it",
        {"eh_episode": _HELP, "social_care_event": _STATUTORY},
        """
            numerator | denominator | value
            2         | 1           | 2.00
        """,
        first="2024-03-29",
        last="2024-03-29",
    ),
    Example(
        "G8",
        "A day later it is not",
        {"eh_episode": _HELP, "social_care_event": _STATUTORY},
        """
            numerator | denominator | value
            1         | 1           | 1.00
        """,
        first="2024-03-30",
        last="2024-03-30",
    ),
    Example(
        "G8",
        "In need is counted in the same way: on any of the 365 days, and short breaks are not care",
        {
            "eh_episode": "episode_id | person_id | start_date | end_date\n 1 | Ann | 2024-01-01 | 2024-01-01",
            "social_care_event": """
                event_id | person_id | type         | start_date | end_date   | outcome_code | nfa  | legal_status
                1        | Ben       | looked_after | 2024-01-01 |            |              |      | V2
                2        | Cat       | looked_after | 2024-01-01 |            |              |      | V4
                3        | Dan       | cin_episode  | 2023-01-01 | 2023-04-02 | RC7          |      |
                4        | Eve       | cin_episode  | 2023-01-01 | 2023-04-01 | RC7          |      |
                5        | Fay       | cin_episode  | 2024-01-01 |            |              | true |
                6        | Gil       | cp_plan      | 2024-01-01 | 2024-01-01 |              |      |
            """,
        },
        """
            numerator | denominator
            1         | 3
        """,
        first="2024-03-31",
        last="2024-03-31",
    ),
    Example(
        "G8",
        "Where nobody was in need there is no ratio",
        {"eh_episode": _HELP, "social_care_event": _STATUTORY},
        """
            numerator | denominator | status
                      |             | no_data
        """,
        first="2023-03-31",
        last="2023-03-31",
    ),
    Example(
        "G8",
        "Without social care records there is no data",
        {"eh_episode": _HELP},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
    Example(
        "G8",
        "Adults are on neither side; who came of age while helped was a child with help up to then",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2024-01-10 |
                2          | Cat       | 2024-01-10 |
                3          | Una       | 2024-01-10 |
                4          | Val       | 2024-01-10 |
            """,
            "social_care_event": """
                event_id | person_id | type    | start_date
                1        | Dan       | cp_plan | 2024-01-10
                2        | Una       | cp_plan | 2024-01-10
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
            period_end | numerator | denominator | value
            2025-03-31 | 2         | 1           | 2.0
            2026-03-31 | 1         | 1           | 1.0
        """,
        period="year",
        first="2024-04-01",
        last="2026-03-31",
    ),
]
