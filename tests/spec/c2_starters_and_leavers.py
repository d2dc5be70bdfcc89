"""C2, starters, leavers, net flow."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2024-01-10 | 2024-03-31 | North
    2          | Ben       | Archer    | 2024-02-01 | 2024-03-15 | South
    3          | Cat       | Carr      | 2024-03-31 |            | South
"""
_TEN_IN_THREE_OUT = "\n".join(
    [
        "episode_id | person_id | start_date | end_date",
        *(f"{n} | child {n} | 2024-01-{n + 10} | {'2024-01-31' if n <= 3 else ''}" for n in range(1, 11)),
    ]
)

EXAMPLES = [
    Example(
        "C2",
        "In a period, the episodes that started, those that ended, and the first less the second",
        {"eh_episode": _EPISODES},
        """
            period_start | flow    | flow_label         | numerator | value | status
            2024-01-01   | ended   | Ended              | 0         | 0     | ok
            2024-01-01   | net     | Started less ended | 1         | 1     | ok
            2024-01-01   | started | Started            | 1         | 1     | ok
            2024-02-01   | ended   | Ended              | 0         | 0     | ok
            2024-02-01   | net     | Started less ended | 1         | 1     | ok
            2024-02-01   | started | Started            | 1         | 1     | ok
            2024-03-01   | ended   | Ended              | 2         | 2     | ok
            2024-03-01   | net     | Started less ended | -1        | -1    | ok
            2024-03-01   | started | Started            | 1         | 1     | ok
        """,
        period="month",
        as_at="2024-03-31",
    ),
    Example(
        "C2",
        "In a month in which nobody came or went, all three are zero",
        {"eh_episode": _EPISODES},
        """
            flow    | numerator | status
            ended   | 0         | ok
            net     | 0         | ok
            started | 0         | ok
        """,
        first="2024-05-01",
        last="2024-05-31",
    ),
    Example(
        "C2",
        "Split by team, each team has all three; a team that nobody left has a zero",
        {"eh_episode": _EPISODES},
        """
            flow    | team  | numerator
            ended   | North | 0
            ended   | South | 1
            net     | North | 1
            net     | South | 0
            started | North | 1
            started | South | 1
        """,
        by="team",
        as_at="2024-03-30",
        first="2024-01-01",
        last="2024-03-30",
    ),
    Example(
        "C2",
        "Where one part is suppressed so is the net, which would give it away",
        {"eh_episode": _TEN_IN_THREE_OUT},
        """
            flow    | numerator | value | status
            ended   |           |       | suppressed
            net     |           |       | suppressed
            started | 10        | 10    | ok
        """,
        policy="dfe",
    ),
    Example(
        "C2",
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
            flow    | numerator
            ended   | 2
            net     | 0
            started | 2
        """,
    ),
]
