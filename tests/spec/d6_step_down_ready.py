"""D6, step-down with plan and lead before closure."""

from spec.example import Example

_CASES = """
    event_id | person_id | type        | start_date | end_date   | outcome_code | nfa   | team
    1        | Ann       | cin_episode | 2023-01-01 | 2024-04-10 | RC9          | false | Duty
    2        | Ben       | cin_episode | 2023-01-01 | 2024-04-10 | RC9          | false | Duty
    3        | Cat       | cin_episode | 2023-01-01 | 2024-04-10 | RC7          | false | Plans
    4        | Dan       | cin_episode | 2023-01-01 | 2024-04-10 | RC7          | false | Plans
    5        | Eve       | cin_episode | 2023-01-01 | 2024-04-10 | RC9          | false | Plans
    6        | Fay       | cin_plan    | 2023-01-01 | 2024-04-10 | RC9          | false | Plans
    7        | Gus       | cin_episode | 2023-01-01 | 2024-04-10 | RC9          | true  | Plans
"""
# Ann: worker named on the closing day. Ben: one day late. Cat: stepped down 28 days after. Dan: 29 days after, so not seen
# as a step-down. Eve: no early help is recorded. That Ann and Cat were helped once before changes nothing.
_EPISODES = """
    episode_id | person_id | start_date | allocated_date | plan_start_date | end_date   | step_down
    1          | Ann       | 2024-04-01 | 2024-04-10     | 2024-04-11      |            | true
    2          | Ben       | 2024-04-01 | 2024-04-11     | 2024-04-11      |            | true
    3          | Cat       | 2024-05-08 | 2024-05-08     | 2024-05-08      |            | true
    4          | Dan       | 2024-05-09 | 2024-05-09     | 2024-05-09      |            | true
    5          | Ann       | 2022-01-10 | 2022-01-10     | 2022-01-10      | 2022-06-01 | false
    6          | Cat       | 2022-01-10 | 2022-01-10     | 2022-01-10      | 2022-06-01 | false
"""
_COUNCIL = {"social_care_event": _CASES, "eh_episode": _EPISODES}

EXAMPLES = [
    Example(
        "D6",
        "Of four step-downs one has a worker by the closing day; one day late, or no early help at all, is not ready",
        _COUNCIL,
        """
            numerator | denominator | value | lower | upper
            1         | 4           | 0.250 | 0.046 | 0.699
        """,
    ),
    Example(
        "D6",
        "With the plan as well, none of them was ready: Ann's began a day late",
        _COUNCIL,
        """
            team  | numerator | denominator
            Duty  | 0         | 2
            Plans | 0         | 2
        """,
        by="team",
        definition="plan_and_lead",
    ),
    Example(
        "D6",
        "Early help that ends on the closing day is nobody to step down to; one that runs on for long is",
        {
            "social_care_event": _CASES,
            "eh_episode": """
                episode_id | person_id | start_date | allocated_date | end_date   | step_down
                1          | Ann       | 2023-02-01 | 2023-02-01     | 2024-04-10 | false
                2          | Ben       | 2023-02-01 | 2023-02-01     | 2024-04-11 | false
            """,
        },
        """
            numerator | denominator
            1         | 3
        """,
    ),
    Example(
        "D6",
        "A month without step-downs has no data",
        _COUNCIL,
        """
            period_start | denominator | status
            2024-04-01   | 4           | ok
            2024-05-01   |             | no_data
        """,
        period="month",
        last="2024-05-31",
    ),
    Example(
        "D6",
        "Where nobody records when a worker was named there is no data",
        {"social_care_event": _CASES, "eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-04-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
