"""C8, disengagement."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | start_date | end_date   | end_reason_code   | team
    1          | Ann       | 2024-01-10 | 2024-04-01 | disengaged        | North
    2          | Ben       | 2024-01-10 | 2024-04-30 | consent_withdrawn | North
    3          | Cat       | 2024-01-10 | 2024-04-30 | declined          | South
    4          | Dan       | 2024-01-10 | 2024-04-30 | outcomes_met      | South
    5          | Eve       | 2024-01-10 | 2024-04-30 |                   | South
    6          | Fay       | 2024-01-10 | 2024-04-30 | unmapped          | South
    7          | Guy       | 2024-01-10 |            |                   | South
"""

EXAMPLES = [
    Example(
        "C8",
        "Disengaged or consent withdrawn; a declined offer is neither, and an episode without a known reason is left out",
        {"eh_episode": _EPISODES},
        """
            numerator | denominator | value
            2         | 4           | 0.50
        """,
        as_at="2024-04-30",
    ),
    Example(
        "C8",
        "An episode counts on the day it ended, the last day of the period included",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator
            2024-04-29 | 1         | 1
        """,
        as_at="2024-04-29",
    ),
    Example(
        "C8",
        "By team, where nobody disengaged the share is zero, which is an answer",
        {"eh_episode": _EPISODES},
        """
            team  | numerator | denominator | value | status
            North | 2         | 2           | 1.00  | ok
            South | 0         | 2           | 0.00  | ok
        """,
        by="team",
        as_at="2024-04-30",
    ),
    Example(
        "C8",
        "Where all that ended did so for unknown reasons there is no data",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date   | end_reason_code
                1          | Ann       | 2024-01-10 | 2024-04-01 | unmapped
            """
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
    Example(
        "C8",
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
            numerator | denominator
            1         | 2
        """,
    ),
]
