"""G6, bouncing."""

from spec.example import Example

_HELP = """
    episode_id | person_id | start_date | end_date   | team
    1          | Ann       | 2023-01-01 | 2023-03-01 | North
    2          | Ann       | 2023-09-01 | 2023-12-01 | South
    3          | Ben       | 2023-01-01 | 2023-03-01 | North
    4          | Cat       | 2023-05-01 | 2023-06-01 | North
"""
_STATUTORY = """
    event_id | person_id | type        | start_date | end_date
    1        | Ann       | cin_episode | 2023-03-01 | 2023-08-01
    2        | Ann       | cin_episode | 2024-01-01 | 2024-06-01
    3        | Ben       | cin_episode | 2023-03-01 | 2023-08-01
    4        | Ben       | cp_plan     | 2023-05-01 | 2023-08-01
    5        | Ben       | referral    | 2023-10-01 |
    6        | Dan       | cp_plan     | 2023-05-01 | 2023-06-01
    7        | Cat       | cin_episode | 2023-05-01 | 2023-06-01
"""

EXAMPLES = [
    Example(
        "G6",
        "From early help to need, back to help and to need again is three crossings; from need to a plan is none",
        {"eh_episode": _HELP, "social_care_event": _STATUTORY},
        """
            numerator | denominator | value
            1         | 4           | 0.25
        """,
        first="2024-01-01",
        last="2024-01-01",
    ),
    Example(
        "G6",
        "A day on which both begin tells no direction: from help to need, both at once, and need again is one crossing",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Gus       | 2023-01-01 | 2023-02-01
                2          | Gus       | 2023-06-01 | 2023-07-01
            """,
            "social_care_event": """
                event_id | person_id | type        | start_date | end_date
                1        | Gus       | cin_episode | 2023-03-01 | 2023-04-01
                2        | Gus       | cin_episode | 2023-06-01 | 2023-07-01
                3        | Gus       | cin_episode | 2023-09-01 | 2023-10-01
            """,
        },
        """
            numerator | denominator
            0         | 1
        """,
        first="2024-01-01",
        last="2024-01-01",
    ),
    Example(
        "G6",
        "The last of 730 days in which all three crossings lie is the 729th day after the first",
        {"eh_episode": _HELP, "social_care_event": _STATUTORY},
        """
            team         | numerator | denominator
            North        | 0         | 2
            South        | 1         | 1
            not_recorded | 0         | 1
        """,
        by="team",
        first="2025-02-27",
        last="2025-02-27",
    ),
    Example(
        "G6",
        "A day later they do not, and the child is only one of those with help in that time",
        {"eh_episode": _HELP, "social_care_event": _STATUTORY},
        """
            numerator | denominator
            0         | 4
        """,
        first="2025-02-28",
        last="2025-02-28",
    ),
    Example(
        "G6",
        "Three crossings within 730 days are at most 729 days apart",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Eve       | 2021-12-01 | 2022-01-01
                2          | Eve       | 2022-06-01 | 2022-07-01
                3          | Fay       | 2021-12-01 | 2022-01-01
                4          | Fay       | 2022-06-01 | 2022-07-01
            """,
            "social_care_event": """
                event_id | person_id | type    | start_date | end_date
                1        | Eve       | cp_plan | 2022-01-02 | 2022-03-01
                2        | Eve       | cp_plan | 2024-01-01 |
                3        | Fay       | cp_plan | 2022-01-01 | 2022-03-01
                4        | Fay       | cp_plan | 2024-01-01 |
            """,
        },
        """
            numerator | denominator
            1         | 2
        """,
        first="2024-01-01",
        last="2024-01-01",
    ),
    Example(
        "G6",
        "Among all: children with early help, in need, on a plan or in care; not short breaks, cases that were not taken "
        "up, or records that end before they start",
        {
            "eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-01-01",
            "social_care_event": """
                event_id | person_id | type         | start_date | end_date   | outcome_code | nfa  | legal_status
                1        | Ben       | looked_after | 2024-01-01 |            |              |      | V2
                2        | Cat       | looked_after | 2024-01-01 |            |              |      | V4
                3        | Dan       | cin_episode  | 2024-01-01 | 2024-02-01 | RC8          |      |
                4        | Eve       | cin_episode  | 2024-01-01 |            |              | true |
                5        | Fay       | cin_plan     | 2024-01-01 | 2024-01-01 |              |      |
                6        | Gil       | cp_plan      | 2024-01-01 | 2023-12-31 |              |      |
                7        | Hal       | cin_episode  | 2024-01-01 |            | RC7          |      |
                8        | Ida       | cin_episode  | 2024-01-01 | 2024-02-01 | RC7          |      |
                9        | Jim       | looked_after | 2024-01-01 |            |              |      | C2
            """,
        },
        """
            numerator | denominator
            0         | 6
        """,
        first="2024-03-31",
        last="2024-03-31",
    ),
    Example(
        "G6",
        "Without social care records there is no data",
        {"eh_episode": _HELP},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
