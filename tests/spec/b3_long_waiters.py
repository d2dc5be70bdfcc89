"""B3, long waiters."""

from spec.example import Example

# 1 April to 29 April 2024 is 28 days, to 30 April 29; 4 March to 30 April 57, 5 March to 30 April 56.
_LIST = """
    episode_id | person_id | start_date | allocated_date | end_date
    1          | Ann       | 2024-04-01 |                |
    2          | Ben       | 2024-04-02 |                |
    3          | Cat       | 2024-03-04 |                |
    4          | Dan       | 2024-03-05 |                |
    5          | Eve       | 2024-03-01 | 2024-04-30     |
    6          | Fay       | 2024-03-01 |                | 2024-04-30
"""

EXAMPLES = [
    Example(
        "B3",
        "More than 28 days on 30 April: Ann since 29, Cat and Dan; Ben has waited 28, Eve and Fay no longer wait",
        {"eh_episode": _LIST},
        """
            period_end | numerator | denominator | value | lower | upper
            2024-04-30 | 3         | 4           | 0.750 | 0.301 | 0.954
        """,
        last="2024-04-30",
    ),
    Example(
        "B3",
        "A day before, Ann had waited 28 days, and Eve and Fay waited still",
        {"eh_episode": _LIST},
        """
            period_end | numerator | denominator
            2024-04-29 | 4         | 6
        """,
        last="2024-04-29",
    ),
    Example(
        "B3",
        "More than 56 days: Cat since 57, not Dan since 56",
        {"eh_episode": _LIST},
        """
            period_end | numerator | denominator
            2024-04-30 | 1         | 4
        """,
        last="2024-04-30",
        definition="over_8_weeks",
    ),
    Example(
        "B3",
        "A family that waits twice counts once, and as long as its longer wait",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | allocated_date
                1          | Ann       | Archer    | 2024-03-01 |
                2          | Ben       | Archer    | 2024-04-20 |
                3          | Cat       | Carr      | 2024-04-20 | 2024-05-01
            """
        },
        """
            period_end | numerator | denominator
            2024-04-30 | 1         | 2
        """,
        last="2024-04-30",
    ),
    Example(
        "B3",
        "Once nobody waits there is nothing to have a share of",
        {"eh_episode": "episode_id | person_id | start_date | allocated_date\n 1 | Ann | 2024-04-01 | 2024-05-15"},
        """
            period_end | numerator | denominator | status
            2024-04-30 | 1         | 1           | ok
            2024-05-31 |           |             | no_data
        """,
        period="month",
        last="2024-05-31",
    ),
    Example(
        "B3",
        "Where nobody records when a worker was named, nobody can tell who waits",
        {"eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-04-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
