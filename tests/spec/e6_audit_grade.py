"""E6, audit grade good or better."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | start_date | team
    1          | Ann       | 2024-03-01 | North
    2          | Ben       | 2024-03-01 | South
"""
_REVIEWS = """
    review_id | episode_id | type   | held_date  | grade                | theme
    1         | 1          | audit  | 2024-04-01 | outstanding          | Voice of the child
    2         | 1          | audit  | 2024-04-30 | good                 | Voice of the child
    3         | 2          | audit  | 2024-04-30 | requires_improvement | Voice of the child
    4         | 2          | audit  | 2024-04-30 |                      | Thresholds
    5         | 2          | audit  |            | good                 | Thresholds
    6         | 2          | review | 2024-04-30 | inadequate           |
    7         | 9          | audit  | 2024-05-01 | inadequate           | Thresholds
"""

EXAMPLES = [
    Example(
        "E6",
        "Of audits held and graded, good or outstanding; with so few cases the interval is wide",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            period_end | numerator | denominator | value | lower | upper
            2024-04-30 | 2         | 3           | 0.667 | 0.208 | 0.939
        """,
        as_at="2024-04-30",
    ),
    Example(
        "E6",
        "An audit held the day after the period is in the next, also where nobody knows the episode",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            period_start | numerator | denominator
            2024-04-01   | 2         | 3
            2024-05-01   | 0         | 1
        """,
        period="month",
        as_at="2024-05-31",
    ),
    Example(
        "E6",
        "By the team that holds the episode, and by theme",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            team         | theme              | numerator | denominator
            North        | Voice of the child | 2         | 2
            South        | Voice of the child | 0         | 1
            not_recorded | Thresholds         | 0         | 1
        """,
        by="team,theme",
        as_at="2024-05-31",
    ),
    Example(
        "E6",
        "An audit beside the case system names its episode by number, where one system alone has that number",
        {
            "eh_episode": """
                episode_id | source_system | person_id | start_date | team
                1          | mosaic        | Ann       | 2024-03-01 | North
                2          | mosaic        | Ben       | 2024-03-01 | North
                2          | eclipse       | Cat       | 2024-03-01 | South
            """,
            "eh_review": """
                review_id | source_system | episode_id | type  | held_date  | grade
                1         | standard      | 1          | audit | 2024-04-01 | good
                2         | standard      | 2          | audit | 2024-04-01 | good
                3         | eclipse       | 2          | audit | 2024-04-01 | inadequate
            """,
        },
        """
            team         | numerator | denominator
            North        | 1         | 1
            South        | 0         | 1
            not_recorded | 1         | 1
        """,
        by="team",
    ),
    Example(
        "E6",
        "Where no audit has a grade there is no data",
        {
            "eh_episode": _EPISODES,
            "eh_review": "review_id | episode_id | type | held_date\n 1 | 1 | audit | 2024-04-01",
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
