"""C7, closure reason mix."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | start_date | end_date   | end_reason_code | team
    1          | Ann       | 2024-01-10 | 2024-04-01 | outcomes_met    | North
    2          | Ben       | 2024-01-10 | 2024-04-30 | disengaged      | North
    3          | Cat       | 2024-01-10 | 2024-04-30 | outcomes_met    | South
    4          | Dan       | 2024-01-10 | 2024-04-30 |                 | South
    5          | Eve       | 2024-01-10 | 2024-05-01 | moved           | South
    6          | Fay       | 2024-01-10 |            |                 | South
"""

EXAMPLES = [
    Example(
        "C7",
        "Each reason's share of the episodes that ended; no reason recorded is part of the mix, still open is not",
        {"eh_episode": _EPISODES},
        """
            end_reason_code | end_reason_code_label | numerator | denominator | value
            disengaged      | Family disengaged     | 1         | 4           | 0.25
            not_recorded    | Not recorded          | 1         | 4           | 0.25
            outcomes_met    | Goals met             | 2         | 4           | 0.50
        """,
        as_at="2024-04-30",
    ),
    Example(
        "C7",
        "An episode counts in the period on whose first or last day it ended; one that ends the day after is in the next",
        {"eh_episode": _EPISODES},
        """
            period_start | end_reason_code | numerator | denominator
            2024-04-01   | moved           | 0         | 4
            2024-05-01   | moved           | 1         | 1
        """,
        period="month",
        only="moved",
        as_at="2024-05-31",
    ),
    Example(
        "C7",
        "Split by team, each team has a mix of its own",
        {"eh_episode": _EPISODES},
        """
            end_reason_code | team  | numerator | denominator
            disengaged      | North | 1         | 2
            not_recorded    | South | 1         | 2
            outcomes_met    | North | 1         | 2
            outcomes_met    | South | 1         | 2
        """,
        by="team",
        as_at="2024-04-30",
    ),
    Example(
        "C7",
        "Where no episode says why it ended there is no data",
        {"eh_episode": "episode_id | person_id | start_date | end_date\n 1 | Ann | 2024-01-02 | 2024-03-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
    Example(
        "C7",
        "An episode that ends before it starts is left out; one that ends on the day it starts is not",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date   | end_reason_code
                1          | Ann       | 2024-04-02 | 2024-04-01 | stepped_up
                2          | Ben       | 2024-04-02 | 2024-04-02 | disengaged
                3          | Cat       | 2024-04-02 | 2024-04-30 | outcomes_met
            """
        },
        """
            end_reason_code | numerator | denominator
            disengaged      | 1         | 2
            outcomes_met    | 1         | 2
        """,
    ),
]
