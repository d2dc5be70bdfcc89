"""C3, caseload per worker."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date
    1          | Ann       | Archer    | 2024-01-01 |
    2          | Abe       | Archer    | 2024-01-01 |
    3          | Ben       | Barr      | 2024-01-01 |
    4          | Cat       | Carr      | 2024-01-01 | 2024-04-30
    5          | Dan       | Dunn      | 2024-01-01 |
    6          | Eve       | Eads      | 2024-01-01 |
"""
_ALLOCATIONS = """
    episode_id | worker_id | from_date  | to_date
    1          | w1        | 2024-04-01 |
    2          | w1        | 2024-04-01 |
    3          | w1        | 2024-04-01 | 2024-05-31
    4          | w1        | 2024-04-01 | 2024-04-30
    5          | w2        | 2024-04-01 |
    6          | w9        | 2024-04-01 |
"""
_WORKERS = """
    worker_id | team  | role                  | fte | valid_from | valid_to
    w1        | North | Family support worker | 1.0 | 2023-01-01 |
    w2        | South | Family support worker | 0.5 | 2023-01-01 | 2024-06-29
    w3        | South | Team manager          | 1.0 | 2023-01-01 |
"""
_ALL = {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS, "worker": _WORKERS}
# Workers of a tenth of full time with one, two, three and four families: 10, 20, 30 and 40 for a whole one.
_TENTHS = {
    "eh_episode": """
        episode_id | person_id | start_date
        1          | Ann       | 2024-01-01
        2          | Ben       | 2024-01-01
        3          | Cat       | 2024-01-01
        4          | Dan       | 2024-01-01
    """,
    "allocation": """
        episode_id | worker_id | from_date
        1          | w1        | 2024-01-01
        1          | w2        | 2024-01-01
        2          | w2        | 2024-01-01
        1          | w3        | 2024-01-01
        2          | w3        | 2024-01-01
        3          | w3        | 2024-01-01
        1          | w4        | 2024-01-01
        2          | w4        | 2024-01-01
        3          | w4        | 2024-01-01
        4          | w4        | 2024-01-01
    """,
    "worker": """
        worker_id | team  | fte
        w1        | North | 0.1
        w2        | North | 0.1
        w3        | North | 0.1
        w4        | North | 0.1
    """,
}

EXAMPLES = [
    Example(
        "C3",
        "Families held for each full-time worker who holds any: siblings are one family, a manager without families is out",
        _ALL,
        """
            period_end | numerator | denominator | value
            2024-04-29 | 4         | 1.5         | 2.67
        """,
        as_at="2024-04-29",
    ),
    Example(
        "C3",
        "A family is held on the last day of a worker, and no longer once it has closed or the worker has left",
        _ALL,
        """
            period_end | numerator | denominator | value
            2024-04-30 | 3         | 1.5         | 2.00
            2024-05-31 | 3         | 1.5         | 2.00
            2024-06-30 | 1         | 1.0         | 1.00
        """,
        period="month",
        as_at="2024-06-30",
    ),
    Example(
        "C3",
        "By team and role of the worker; a worker who is not on the staff list is in neither count",
        _ALL,
        """
            team  | role                  | numerator | denominator | value
            North | Family support worker | 2         | 1.0         | 2.0
            South | Family support worker | 1         | 0.5         | 2.0
        """,
        by="team,role",
        as_at="2024-04-30",
    ),
    Example(
        "C3",
        "A worker in two teams is in both with the hours of each",
        {
            "eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-01-01",
            "allocation": "episode_id | worker_id | from_date\n 1 | w1 | 2024-01-01",
            "worker": """
                worker_id | team  | fte
                w1        | North | 0.4
                w1        | South | 0.4
            """,
        },
        """
            numerator | denominator | value
            1         | 0.8         | 1.25
        """,
    ),
    Example(
        "C3",
        "A small team's families are hidden, its hours are not",
        _ALL,
        """
            team  | numerator | denominator | value | status
            North |           | 1.0         |       | suppressed
            South |           | 0.5         |       | suppressed
        """,
        by="team",
        policy="dfe",
        as_at="2024-04-30",
    ),
    Example(
        "C3",
        "In bands, by families for each full-time worker: 10, 20 and 30 are the last of theirs",
        _TENTHS,
        """
            band    | band_label             | numerator | denominator | value
            over_30 | More than 30           | 1         | 4           | 0.25
            to_10   | 10 or fewer            | 1         | 4           | 0.25
            to_20   | More than 10, up to 20 | 1         | 4           | 0.25
            to_30   | More than 20, up to 30 | 1         | 4           | 0.25
        """,
        definition="bands",
    ),
    Example(
        "C3",
        "A little more is in the next band: one family for 0.095, 0.049 and 0.033 of a worker is 10.5, 20.4 and 30.3 for one",
        {
            "eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-01-01",
            "allocation": """
                episode_id | worker_id | from_date
                1          | w1        | 2024-01-01
                1          | w2        | 2024-01-01
                1          | w3        | 2024-01-01
            """,
            "worker": """
                worker_id | team  | fte
                w1        | North | 0.095
                w2        | North | 0.049
                w3        | North | 0.033
            """,
        },
        """
            band    | numerator | denominator
            over_30 | 1         | 3
            to_20   | 1         | 3
            to_30   | 1         | 3
        """,
        definition="bands",
    ),
    Example(
        "C3",
        "A family that leaves is one less, and one that is given to a worker on the day it closes is held on no day",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2024-01-01 |
                2          | Ben       | 2024-01-01 | 2024-02-10
                3          | Cat       | 2024-01-01 | 2024-02-10
            """,
            "allocation": """
                episode_id | worker_id | from_date
                1          | w1        | 2024-01-01
                2          | w1        | 2024-01-01
                3          | w1        | 2024-02-10
            """,
            "worker": "worker_id | team | fte\n w1 | North | 0.1",
        },
        """
            period_end | band  | numerator
            2024-01-31 | to_10 | 0
            2024-01-31 | to_20 | 1
            2024-02-29 | to_10 | 1
            2024-02-29 | to_20 | 0
        """,
        period="month",
        as_at="2024-02-29",
        definition="bands",
    ),
    Example(
        "C3",
        "High is more than the council's standard for each full-time worker, 20 where it sets none",
        _TENTHS,
        """
            numerator | denominator | value
            2         | 4           | 0.50
        """,
        definition="high",
    ),
    Example(
        "C3",
        "With a standard of 30, only the worker above it; a worker without families is none of them",
        _TENTHS,
        """
            numerator | denominator | value
            1         | 4           | 0.25
        """,
        definition="high",
        standards={"families_per_worker": 30},
    ),
    Example(
        "C3",
        "On the day after a worker's last day with a family, the family is in nobody's caseload",
        _ALL,
        """
            period_end | numerator | denominator
            2024-06-01 | 2         | 1.5
        """,
        as_at="2024-06-01",
    ),
    Example(
        "C3",
        "A worker listed without any hours is in neither count, nor are the families; another system's list is not read",
        {
            "eh_episode": """
                episode_id | source_system | person_id | start_date
                1          | mosaic        | Ann       | 2024-01-01
                2          | mosaic        | Ben       | 2024-01-01
                3          | mosaic        | Cat       | 2024-01-01
            """,
            "allocation": """
                episode_id | source_system | worker_id | from_date
                1          | mosaic        | w1        | 2024-01-01
                2          | mosaic        | w2        | 2024-01-01
                3          | mosaic        | w3        | 2024-01-01
            """,
            "worker": """
                worker_id | source_system | team  | fte
                w1        | standard      | North | 1.0
                w2        | standard      | North | 0.0
                w3        | eclipse       | North | 1.0
            """,
        },
        """
            numerator | denominator
            1         | 1.0
        """,
    ),
    Example(
        "C3",
        "Where no hours are recorded there is no data",
        {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS, "worker": "worker_id | team\n w1 | North"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
