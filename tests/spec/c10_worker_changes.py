"""C10, worker changes."""

from spec.example import Example

# 1 April 2024 is the 91st day after 1 January.
_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2024-01-01 |            | North
    2          | Abe       | Archer    | 2024-01-01 |            | North
    3          | Ben       | Barr      | 2024-01-01 | 2024-05-31 | South
    4          | Cat       | Carr      | 2024-02-01 |            | South
    5          | Dan       | Dunn      | 2024-01-01 |            | South
"""
_ALLOCATIONS = """
    episode_id | worker_id | from_date  | to_date
    1          | w1        | 2024-01-05 | 2024-02-09
    2          | w1        | 2024-01-05 | 2024-02-09
    1          | w2        | 2024-02-10 | 2024-04-30
    2          | w2        | 2024-02-10 | 2024-04-30
    1          | w1        | 2024-05-01 |
    3          | w2        | 2024-01-05 | 2024-03-01
    3          | w2        | 2024-03-02 |
    4          | w2        | 2024-02-01 | 2024-02-20
    4          | w3        | 2024-02-21 |
"""

EXAMPLES = [
    Example(
        "C10",
        "Of families open for 91 days: siblings who change on one day are one change, the same worker again is none",
        {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS},
        """
            period_end | numerator | denominator | value
            2024-04-01 | 1         | 2           | 0.50
        """,
        as_at="2024-04-01",
    ),
    Example(
        "C10",
        "A worker who comes back after another is a change too; what changes later counts from its day on",
        {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS},
        """
            period_end | numerator | denominator | value
            2024-04-30 | 1         | 2           | 0.50
            2024-05-30 | 3         | 3           | 1.00
        """,
        first="2024-04-01",
        period="month",
        as_at="2024-05-30",
    ),
    Example(
        "C10",
        "A day before, nobody with a worker is open for 91 days, and a family without any is not in the mean",
        {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS},
        """
            period_end | numerator | denominator | status
            2024-03-31 |           |             | no_data
        """,
        first="2024-03-01",
        as_at="2024-03-31",
    ),
    Example(
        "C10",
        "By the team with which help began; a family that has closed is no longer in it",
        {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS},
        """
            team  | numerator | denominator | value
            North | 2         | 1           | 2.00
            South | 1         | 1           | 1.00
        """,
        by="team",
        as_at="2024-05-31",
    ),
    Example(
        "C10",
        "Two workers from the first day on are no change; a hold that begins on the closing day counts, also after one day",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date
                1          | Ann       | Archer    | 2024-01-01 |
                2          | Ben       | Barr      | 2024-01-01 | 2024-01-20
                3          | Bob       | Barr      | 2024-01-01 |
                4          | Cat       | Carr      | 2024-01-01 | 2024-01-01
                5          | Cid       | Carr      | 2024-01-01 |
            """,
            "allocation": """
                episode_id | worker_id | from_date
                1          | w1        | 2024-01-05
                1          | w2        | 2024-01-05
                2          | w1        | 2024-01-05
                2          | w2        | 2024-01-20
                2          | w3        | 2024-01-21
                3          | w2        | 2024-01-20
                4          | w1        | 2024-01-01
            """,
        },
        """
            numerator | denominator | value
            1         | 3           | 0.33
        """,
    ),
    Example(
        "C10",
        "Where no worker is recorded at all there is no data, and not zero changes",
        {"eh_episode": _EPISODES},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
