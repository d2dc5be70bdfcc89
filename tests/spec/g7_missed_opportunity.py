"""G7, missed opportunity."""

from spec.example import Example

_EVENTS = """
    event_id | person_id | type        | start_date | end_date   | outcome_code | nfa
    1        | Ann       | cin_episode | 2023-12-01 | 2024-01-10 | RC8          |
    2        | Ben       | cin_episode | 2023-12-01 | 2024-01-10 | RC8          |
    3        | Cat       | cin_episode | 2023-12-01 | 2024-01-10 | RC8          |
    4        | Dan       | cin_episode | 2023-12-01 | 2024-01-10 | RC8          |
    5        | Eve       | cin_episode | 2023-12-01 | 2024-01-10 | RC7          |
    6        | Ann       | referral    | 2025-01-09 |            |              | true
    7        | Ben       | referral    | 2025-01-10 |            |              | false
    8        | Cat       | referral    | 2024-06-01 |            |              | false
    9        | Dan       | referral    | 2024-06-01 |            |              | false
    10       | Eve       | referral    | 2024-06-01 |            |              | false
    11       | Dan       | assessment  | 2023-12-01 | 2024-01-10 |              | true
    12       | Eve       | assessment  | 2023-12-01 | 2024-01-10 |              | true
    13       | Ann       | assessment  | 2023-12-01 | 2024-01-10 |              |
"""
_HELP = """
    episode_id | person_id | start_date | end_date
    1          | Cat       | 2024-06-01 |
    2          | Dan       | 2023-12-20 | 2024-01-09
"""

EXAMPLES = [
    Example(
        "G7",
        "Referred again within 365 days without early help by then; help that ended before the closing day is none",
        {"social_care_event": _EVENTS, "eh_episode": _HELP},
        """
            numerator | denominator | value
            2         | 4           | 0.50
        """,
    ),
    Example(
        "G7",
        "Early help open on the closing day, or later than the new referral: the first was an offer, the second was not",
        {
            "social_care_event": _EVENTS,
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Cat       | 2024-06-02 |
                2          | Dan       | 2023-12-20 | 2024-01-10
            """,
        },
        """
            numerator | denominator
            2         | 4
        """,
    ),
    Example(
        "G7",
        "The first new referral from the day after closing decides, and the first help: later ones do not matter",
        {
            "social_care_event": """
                event_id | person_id | type        | start_date | end_date   | outcome_code
                1        | Fay       | cin_episode | 2023-12-01 | 2024-01-10 | RC8
                2        | Fay       | referral    | 2024-01-10 |            |
                3        | Gil       | cin_episode | 2023-12-01 | 2024-01-10 | RC8
                4        | Gil       | referral    | 2024-01-11 |            |
                5        | Hal       | cin_episode | 2023-12-01 | 2024-01-10 | RC8
                6        | Hal       | referral    | 2024-02-01 |            |
                7        | Hal       | referral    | 2024-06-01 |            |
                8        | Ivy       | cin_episode | 2023-12-01 | 2024-01-10 | RC8
                9        | Ivy       | referral    | 2024-04-01 |            |
                10       | Jim       | cin_episode | 2023-12-01 | 2024-01-10 | RC8
                11       | Jim       | referral    | 2024-04-01 |            |
            """,
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Hal       | 2024-03-01 |
                2          | Ivy       | 2024-02-01 | 2024-03-01
                3          | Ivy       | 2024-06-01 |
                4          | Jim       | 2023-12-01 |
            """,
        },
        """
            numerator | denominator
            2         | 5
        """,
    ),
    Example(
        "G7",
        "Counted by assessments that are marked as without further action",
        {"social_care_event": _EVENTS, "eh_episode": _HELP},
        """
            numerator | denominator
            2         | 2
        """,
        definition="marked_on_assessment",
    ),
    Example(
        "G7",
        "Until 365 days have passed since its last day, a period is not mature",
        {"social_care_event": _EVENTS, "eh_episode": _HELP},
        """
            numerator | denominator | status
                      |             | not_mature
        """,
        first="2024-01-01",
        last="2024-01-31",
        as_at="2025-01-29",
    ),
    Example(
        "G7",
        "Without early help records nobody can tell who had none: there is no data",
        {"social_care_event": _EVENTS},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
