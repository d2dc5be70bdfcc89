"""F1, closed with goals met."""

from spec.example import Example

_CLOSED = """
    episode_id | person_id | start_date | plan_start_date | end_date   | end_reason_code | team
    1          | Ann       | 2024-01-01 | 2024-02-01      | 2024-04-30 | outcomes_met    | North
    2          | Ben       | 2024-01-01 | 2024-02-01      | 2024-04-30 | partly_met      | North
    3          | Cat       | 2024-01-01 | 2024-02-01      | 2024-04-30 |                 | North
    4          | Dan       | 2024-01-01 | 2024-04-30      | 2024-04-30 | disengaged      | North
    5          | Eve       | 2024-01-01 |                 | 2024-04-30 | outcomes_met    | North
    6          | Fay       | 2024-01-01 | 2024-02-01      |            |                 | North
    7          | Gil       | 2024-01-01 | 2024-02-01      | 2024-04-30 | unmapped        | South
"""
_ACTIONS = """
    action_id | episode_id | created_date | done_date
    1         | 1          | 2024-02-01   | 2024-04-30
    2         | 1          | 2024-02-01   | 2024-03-01
    3         | 1          | 2024-05-01   |
    4         | 2          | 2024-02-01   | 2024-03-01
    5         | 2          | 2024-02-01   | 2024-03-01
    6         | 2          | 2024-02-01   |
    7         | 3          | 2024-02-01   | 2024-03-01
    8         | 3          | 2024-04-30   | 2024-05-01
    9         | 6          | 2024-02-01   | 2024-03-01
"""

EXAMPLES = [
    Example(
        "F1",
        "Of those with a plan; no reason is no success, and where no reason is known at all there is no data",
        {"eh_episode": _CLOSED},
        """
            team  | numerator | denominator | value | status
            North | 1         | 4           | 0.25  | ok
            South |           |             |       | no_data
        """,
        by="team",
    ),
    Example(
        "F1",
        "Met in part is a success under its own definition",
        {"eh_episode": _CLOSED},
        """
            team  | numerator | denominator
            North | 2         | 4
            South |           |
        """,
        by="team",
        definition="met_or_partly",
    ),
    Example(
        "F1",
        "By actions: every action agreed by the closing day is done by then",
        {"eh_episode": _CLOSED, "eh_plan_action": _ACTIONS},
        """
            numerator | denominator
            1         | 3
        """,
        definition="all_actions",
    ),
    Example(
        "F1",
        "Most actions are more than half of them",
        {"eh_episode": _CLOSED, "eh_plan_action": _ACTIONS},
        """
            numerator | denominator
            2         | 3
        """,
        definition="most_actions",
    ),
    Example(
        "F1",
        "Without the day a plan began in any record there is no data",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date   | end_reason_code
                1          | Ann       | 2024-01-01 | 2024-04-30 | outcomes_met
            """
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
