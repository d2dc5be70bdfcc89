"""D4, TAF meetings held."""

from spec.example import Example

# On 30 April 2024 the last 56 days began with 5 March, the last 42 with 19 March.
_EPISODES = """
    episode_id | person_id | family_id | start_date | plan_start_date | end_date   | team
    1          | Ann       | Archer    | 2024-01-01 | 2024-01-10      |            | North
    2          | Ben       | Archer    | 2024-01-01 | 2024-01-10      |            | North
    3          | Cat       | Carr      | 2024-01-01 | 2024-01-10      |            | North
    4          | Dan       | Dunn      | 2024-01-01 | 2024-04-20      |            | South
    5          | Eve       | Earl      | 2024-01-01 |                 |            | South
    6          | Fay       | Ford      | 2024-01-01 | 2024-01-10      | 2024-04-30 | South
    7          | Gus       | Archer    | 2024-01-01 |                 |            | North
"""
_REVIEWS = """
    review_id | episode_id | type               | held_date
    1         | 1          | team_around_family | 2024-03-05
    2         | 3          | team_around_family | 2024-03-04
    3         | 3          | review             | 2024-04-20
    4         | 4          | team_around_family | 2024-04-10
    5         | 6          | team_around_family | 2024-04-10
    6         | 3          | team_around_family |
"""
_COUNCIL = {"eh_review": _REVIEWS, "eh_episode": _EPISODES}

EXAMPLES = [
    Example(
        "D4",
        "On 30 April a meeting 56 days ago still counts, for both of the Archers; one 57 days ago does not",
        _COUNCIL,
        """
            team  | numerator | denominator | value
            North | 2         | 3           | 0.667
            South | 1         | 1           | 1.000
        """,
        by="team",
        last="2024-04-30",
    ),
    Example(
        "D4",
        "At each month's end as it was then; a plan counts once it has begun, with a meeting shortly before it",
        _COUNCIL,
        """
            period_end | numerator | denominator
            2024-02-29 | 0         | 4
            2024-03-31 | 3         | 4
            2024-04-30 | 3         | 4
        """,
        first="2024-02-01",
        last="2024-04-30",
        period="month",
    ),
    Example(
        "D4",
        "Within six weeks, whatever the council's own standard",
        _COUNCIL,
        """
            period_end | numerator | denominator
            2024-04-30 | 1         | 4
        """,
        last="2024-04-30",
        definition="six_weeks",
    ),
    Example(
        "D4",
        "Plans of a system that records no such meetings are left out",
        {
            "eh_review": """
                review_id | episode_id | type               | held_date  | source_system
                1         | 1          | team_around_family | 2024-04-20 | mosaic
            """,
            "eh_episode": """
                episode_id | person_id | start_date | plan_start_date | source_system
                1          | Ann       | 2024-01-01 | 2024-01-01      | mosaic
                2          | Ben       | 2024-01-01 | 2024-01-01      | mosaic
                1          | Cat       | 2024-01-01 | 2024-01-01      | spreadsheet
            """,
        },
        """
            numerator | denominator
            1         | 2
        """,
        last="2024-04-30",
    ),
    Example(
        "D4",
        "Where plans have no dates there is no data",
        {"eh_review": _REVIEWS, "eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-01-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
