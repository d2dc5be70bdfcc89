"""G5, step-down held."""

from spec.example import Example

_STEPPED_DOWN = """
    episode_id | person_id | start_date | step_down | team  | allocated_date | first_contact_date
    1          | Ann       | 2024-01-10 | true      | North | 2024-01-12     | 2024-01-24
    2          | Ben       | 2024-01-10 | true      | North | 2024-01-12     | 2024-02-07
    3          | Cat       | 2024-01-10 | true      | South | 2024-02-08     |
    4          | Dan       | 2024-01-10 | true      | South |                |
    5          | Eve       | 2024-01-10 | false     | South |                |
    6          | Fay       | 2024-01-10 |           | South |                |
"""
_RETURNS = """
    event_id | person_id | type        | start_date | end_date   | nfa
    1        | Ann       | cin_episode | 2023-06-01 | 2024-01-20 |
    2        | Ann       | referral    | 2024-01-10 |            | false
    3        | Ben       | referral    | 2024-01-11 |            | false
    4        | Cat       | cp_plan     | 2025-01-09 |            |
    5        | Dan       | referral    | 2024-03-01 |            | true
    6        | Eve       | referral    | 2024-03-01 |            | false
"""

EXAMPLES = [
    Example(
        "G5",
        "A return counts from the day after the step-down to the 365th; a referral without action is none",
        {"eh_episode": _STEPPED_DOWN, "social_care_event": _RETURNS},
        """
            team  | numerator | denominator | value
            North | 1         | 2           | 0.50
            South | 1         | 2           | 0.50
        """,
        by="team",
    ),
    Example(
        "G5",
        "On the 366th day it has held",
        {
            "eh_episode": _STEPPED_DOWN,
            "social_care_event": "event_id | person_id | type | start_date\n 1 | Cat | cp_plan | 2025-01-10",
        },
        """
            numerator | denominator
            4         | 4
        """,
    ),
    Example(
        "G5",
        "Within 6 months is from the day after the step-down to the 183rd",
        {
            "eh_episode": _STEPPED_DOWN,
            "social_care_event": """
                event_id | person_id | type    | start_date
                1        | Ann       | cp_plan | 2024-07-11
                2        | Ben       | cp_plan | 2024-07-12
                3        | Cat       | cp_plan | 2024-01-10
                4        | Dan       | cp_plan | 2024-01-11
            """,
        },
        """
            numerator | denominator
            2         | 4
        """,
        definition="six_months",
    ),
    Example(
        "G5",
        "By how long the child waited for first contact or, failing that, for a worker: Ann 14 days, Gil 15, Ben 28",
        {
            "eh_episode": _STEPPED_DOWN + "    7 | Gil | 2024-01-10 | true | South | | 2024-01-25\n",
            "social_care_event": _RETURNS,
        },
        """
            wait_band    | wait_band_label | numerator | denominator
            0-14         | 14 days or less | 1         | 1
            15-28        | 15 to 28 days   | 1         | 2
            29+          | 29 days or more | 0         | 1
            not_recorded | Not recorded    | 1         | 1
        """,
        by="wait_band",
    ),
    Example(
        "G5",
        "Until 365 days have passed, a period is not mature",
        {"eh_episode": _STEPPED_DOWN, "social_care_event": _RETURNS},
        """
            period_end | numerator | denominator | status
            2024-01-31 |           |             | not_mature
        """,
        first="2024-01-01",
        last="2024-01-31",
        as_at="2025-01-29",
    ),
    Example(
        "G5",
        "Without social care records nothing is known of returns: no data, never all held",
        {"eh_episode": _STEPPED_DOWN},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
