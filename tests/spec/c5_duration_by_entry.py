"""C5, duration by entry cohort."""

from spec.example import Example

_FIVE_FAMILIES = """
    episode_id | person_id | start_date | end_date   | team
    1          | Ann       | 2024-01-01 | 2024-01-11 | North
    2          | Ben       | 2024-01-01 | 2024-01-21 | North
    3          | Cat       | 2024-01-01 | 2024-01-31 | North
    4          | Dan       | 2024-01-01 |            | South
    5          | Eve       | 2024-01-01 | 2026-01-01 | South
"""

EXAMPLES = [
    Example(
        "C5",
        "The median of the days, those still open included: of five families, the third to leave does so after 30 days",
        {"eh_episode": _FIVE_FAMILIES},
        """
            period_start | numerator | denominator | value | status
            2024-01-01   | 3         | 5           | 30    | ok
        """,
        period="quarter",
        as_at="2024-03-31",
    ),
    Example(
        "C5",
        "Where fewer than half of a cohort have left, its median is not mature",
        {"eh_episode": _FIVE_FAMILIES},
        """
            team  | numerator | denominator | value | status
            North | 3         | 3           | 20    | ok
            South |           |             |       | not_mature
        """,
        by="team",
        as_at="2024-03-31",
    ),
    Example(
        "C5",
        "Episodes of siblings that meet are one stretch of help, also where one starts the day the other ends",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date
                1          | Ann       | Archer    | 2024-01-01 | 2024-01-11
                2          | Ben       | Archer    | 2024-01-11 | 2024-01-31
            """
        },
        """
            numerator | denominator | value
            1         | 1           | 30
        """,
    ),
    Example(
        "C5",
        "An episode that starts the day after the last one ended is a new stretch",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date
                1          | Ann       | Archer    | 2024-01-01 | 2024-01-11
                2          | Ben       | Archer    | 2024-01-12 | 2024-01-31
            """
        },
        """
            numerator | denominator | value
            2         | 2           | 14.5
        """,
    ),
    Example(
        "C5",
        "Counted as children, each child has stretches of its own",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date
                1          | Ann       | Archer    | 2024-01-01 | 2024-01-11
                2          | Ben       | Archer    | 2024-01-11 | 2024-01-31
                3          | Cat       | Carr      | 2024-01-01 | 2024-01-16
            """
        },
        """
            numerator | denominator | value
            3         | 3           | 15
        """,
        definition="children",
    ),
    Example(
        "C5",
        "A quarter in which no help began has no median",
        {"eh_episode": _FIVE_FAMILIES},
        """
            period_start | denominator | status
            2024-01-01   | 5           | ok
            2024-04-01   |             | no_data
        """,
        period="quarter",
        as_at="2024-06-30",
    ),
]
