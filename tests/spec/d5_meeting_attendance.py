"""D5, TAF attendance."""

from spec.example import Example

_MEETINGS = """
    review_id | episode_id | type               | held_date  | agencies_invited | agencies_attended
    1         | 1          | team_around_family | 2024-04-01 | 4                | 3
    2         | 1          | team_around_family | 2024-04-30 | 2                | 0
    3         | 2          | team_around_family | 2024-05-01 | 5                |
    4         | 2          | team_around_family | 2024-05-02 |                  | 3
    5         | 2          | team_around_family | 2024-05-03 | 2                | 3
    6         | 2          | review             | 2024-04-03 | 3                | 3
    7         | 2          | team_around_family |            | 3                | 3
    8         | 2          | team_around_family | 2024-04-03 | 101              | 3
"""
_EPISODES = """
    episode_id | person_id | start_date | team
    1          | Ann       | 2024-03-01 | North
    2          | Ben       | 2024-03-01 | South
"""

EXAMPLES = [
    Example(
        "D5",
        "Of six agencies invited three came; half-recorded, impossible, other or unheld meetings are in neither count",
        {"eh_review": _MEETINGS},
        """
            numerator | denominator | value | lower | upper
            3         | 6           | 0.500 | 0.188 | 0.812
        """,
    ),
    Example(
        "D5",
        "A month with no meeting of which both numbers are known has no data; one to which nobody came is zero",
        {"eh_review": _MEETINGS + "    9         | 1          | team_around_family | 2024-06-03 | 2  | 0\n"},
        """
            period_start | numerator | denominator | status
            2024-04-01   | 3         | 6           | ok
            2024-05-01   |           |             | no_data
            2024-06-01   | 0         | 2           | ok
        """,
        period="month",
        last="2024-06-30",
    ),
    Example(
        "D5",
        "To a meeting 100 agencies may have been invited; 101 are a slip of the pen",
        {
            "eh_review": """
                review_id | episode_id | type               | held_date  | agencies_invited | agencies_attended
                1         | 1          | team_around_family | 2024-04-01 | 100              | 60
                2         | 1          | team_around_family | 2024-04-02 | 101              | 60
            """
        },
        """
            numerator | denominator
            60        | 100
        """,
    ),
    Example(
        "D5",
        "Split by the team that holds the episode",
        {"eh_review": _MEETINGS, "eh_episode": _EPISODES},
        """
            team  | numerator | denominator
            North | 3         | 6
        """,
        by="team",
    ),
    Example(
        "D5",
        "Where nobody counts who came there is no data",
        {
            "eh_review": """
                review_id | episode_id | type               | held_date  | agencies_invited
                1         | 1          | team_around_family | 2024-04-01 | 4
            """
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
