"""D2, partner-led share."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | start_date | plan_start_date | end_date   | org_type           | team
    1          | Ann       | 2024-04-01 | 2024-04-10      |            | school             | North
    2          | Ben       | 2024-04-01 | 2024-04-10      | 2024-04-30 | health             | North
    3          | Cat       | 2024-04-01 | 2024-04-30      |            | council_early_help | North
    4          | Dan       | 2024-04-01 | 2024-05-01      |            | voluntary          | South
    5          | Eve       | 2024-04-01 |                 |            | school             | South
    6          | Fay       | 2024-04-01 | 2024-04-10      |            |                    | South
    7          | Gus       | 2024-04-01 | 2024-04-10      |            | unmapped           | South
"""

EXAMPLES = [
    Example(
        "D2",
        "Open on 30 April with a plan and a known lead: a school's and the council's; the one that ended that day is not",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator | value | lower | upper
            2024-04-30 | 1         | 2           | 0.500 | 0.095 | 0.905
        """,
        last="2024-04-30",
    ),
    Example(
        "D2",
        "A plan counts from the day it began: on 1 May there is one more",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator
            2024-05-01 | 2         | 3
        """,
        last="2024-05-01",
    ),
    Example(
        "D2",
        "Counted as episodes, from acceptance, whether or not there is a plan",
        {"eh_episode": _EPISODES},
        """
            team  | numerator | denominator
            North | 1         | 2
            South | 2         | 2
        """,
        by="team",
        last="2024-04-30",
        definition="episodes",
    ),
    Example(
        "D2",
        "Where plans have no dates there is no data",
        {"eh_episode": "episode_id | person_id | start_date | org_type\n 1 | Ann | 2024-04-01 | school"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
