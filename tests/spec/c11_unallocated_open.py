"""C11, unallocated open."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | allocated_date | end_date   | team
    1          | Ann       | Archer    | 2024-03-01 | 2024-03-31     |            | North
    2          | Abe       | Archer    | 2024-03-01 |                |            | North
    3          | Ben       | Barr      | 2024-03-01 |                |            | South
    4          | Cat       | Carr      | 2024-03-01 |                | 2024-04-30 | South
"""
_ALLOCATIONS = """
    episode_id | worker_id | from_date  | to_date
    1          | w1        | 2024-03-31 | 2024-04-29
    3          | w1        | 2024-02-01 | 2024-03-30
    3          | w2        | 2024-04-30 |
"""

EXAMPLES = [
    Example(
        "C11",
        "Families open without a worker: a worker for one child is the family's, from the day of allocation on",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator | value
            2024-03-31 | 2         | 3           | 0.667
            2024-04-30 | 1         | 2           | 0.500
        """,
        period="month",
        as_at="2024-04-30",
    ),
    Example(
        "C11",
        "The day before the allocation the family has none",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator
            2024-03-30 | 3         | 3
        """,
        as_at="2024-03-30",
    ),
    Example(
        "C11",
        "By team",
        {"eh_episode": _EPISODES},
        """
            team  | numerator | denominator
            North | 0         | 1
            South | 2         | 2
        """,
        by="team",
        as_at="2024-03-31",
    ),
    Example(
        "C11",
        "Held: when a worker's last day with a family is over and nobody follows, the family is unallocated again",
        {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS},
        """
            period_end | numerator | denominator
            2024-03-30 | 2         | 3
        """,
        definition="held",
        as_at="2024-03-30",
    ),
    Example(
        "C11",
        "Held: the last day held is a day held, the day after is not",
        {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS},
        """
            period_end | numerator | denominator
            2024-04-29 | 2         | 3
        """,
        definition="held",
        as_at="2024-04-29",
    ),
    Example(
        "C11",
        "Held: on the day after, the one family has lost its worker and the other has found one",
        {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS},
        """
            period_end | numerator | denominator
            2024-04-30 | 1         | 2
        """,
        definition="held",
        as_at="2024-04-30",
    ),
    Example(
        "C11",
        "Episodes of a system that records no allocation are left out: nobody can tell",
        {
            "eh_episode": """
                episode_id | source_system | person_id | start_date | allocated_date
                1          | mosaic        | Ann       | 2024-03-01 | 2024-03-02
                2          | mosaic        | Ben       | 2024-03-01 |
                3          | eclipse       | Cat       | 2024-03-01 |
            """
        },
        """
            numerator | denominator
            1         | 2
        """,
    ),
    Example(
        "C11",
        "Where no day of allocation is recorded anywhere there is no data",
        {"eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-01-02"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
