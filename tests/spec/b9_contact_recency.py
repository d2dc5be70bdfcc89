"""B9, contact recency."""

from spec.example import Example

# On 30 April 2024 the last 28 days began with 2 April.
_EPISODES = """
    episode_id | person_id | family_id | start_date | first_contact_date | end_date   | team
    1          | Ann       | Archer    | 2024-01-01 | 2024-01-10         |            | North
    2          | Ben       | Archer    | 2024-01-01 |                    |            | North
    3          | Cat       | Carr      | 2024-01-01 |                    |            | North
    4          | Dan       | Dunn      | 2024-04-20 | 2024-04-20         |            | South
    5          | Eve       | Earl      | 2024-04-20 |                    |            | South
    6          | Fay       | Ford      | 2024-01-01 |                    | 2024-04-30 | South
"""
_REVIEWS = """
    review_id | episode_id | type               | held_date
    1         | 2          | visit              | 2024-04-02
    2         | 3          | team_around_family | 2024-04-01
    3         | 3          | supervision        | 2024-04-20
    4         | 5          | visit              |
    5         | 6          | review             | 2024-04-20
    6         | 3          | visit              | 2024-05-02
"""
_COUNCIL = {"eh_review": _REVIEWS, "eh_episode": _EPISODES}

EXAMPLES = [
    Example(
        "B9",
        "On 30 April a visit 28 days ago is recent and a meeting 29 days ago is not; supervision is no contact",
        _COUNCIL,
        """
            team  | numerator | denominator | value
            North | 1         | 2           | 0.5
            South | 1         | 2           | 0.5
        """,
        by="team",
        last="2024-04-30",
    ),
    Example(
        "B9",
        "At each month's end as it was then: a later contact does not make up for it, and the first contact counts",
        _COUNCIL,
        """
            period_end | numerator | denominator
            2024-01-31 | 1         | 3
            2024-02-29 | 0         | 3
            2024-03-31 | 0         | 3
            2024-04-30 | 2         | 4
            2024-05-31 | 0         | 4
        """,
        period="month",
        last="2024-05-31",
    ),
    Example(
        "B9",
        "A council's own standard of 29 days",
        _COUNCIL,
        """
            period_end | numerator | denominator
            2024-05-31 | 1         | 4
        """,
        last="2024-05-31",
        standards={"contact_days": 29},
    ),
    Example(
        "B9",
        "Families of a system that records no contacts are left out; help that began and ended on one day is never open",
        {
            "eh_review": "review_id | episode_id | type | held_date | source_system\n 1 | 1 | visit | 2024-04-20 | mosaic",
            "eh_episode": """
                episode_id | person_id | start_date | end_date   | source_system
                1          | Ann       | 2024-01-01 |            | mosaic
                2          | Ben       | 2024-01-01 |            | mosaic
                1          | Cat       | 2024-01-01 |            | spreadsheet
                3          | Dan       | 2023-12-01 | 2023-12-01 | mosaic
            """,
        },
        """
            period_start | numerator | denominator
            2024-01-01   | 1         | 2
        """,
        last="2024-04-30",
    ),
    Example(
        "B9",
        "Where no visit or meeting is recorded as held there is no data",
        {"eh_episode": _EPISODES},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
