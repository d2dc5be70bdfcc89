"""I4, complaints and compliments."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date
    1          | Ann       | Archer    | 2024-01-10 | 2024-04-01
    2          | Abe       | Archer    | 2024-01-10 | 2024-04-01
    3          | Ben       | Barr      | 2024-03-20 |
    4          | Cat       | Carr      | 2024-04-30 | 2024-05-10
    5          | Dan       | Dunn      | 2024-01-10 | 2024-03-31
"""
_COMPLAINTS = """
    complaint_id | episode_id | received_date | kind
    1            | 1          | 2024-04-01    | complaint
    2            | 1          | 2024-04-30    | complaint
    3            | 3          | 2024-04-30    | compliment
    4            |            | 2024-05-01    | complaint
"""

EXAMPLES = [
    Example(
        "I4",
        "For each 100 families whose help began in the period or went on on the first of a month, siblings being one",
        {"eh_episode": _EPISODES, "complaint": _COMPLAINTS},
        """
            period_start | kind       | numerator | denominator | value
            2024-04-01   | complaint  | 2         | 3           | 66.7
            2024-04-01   | compliment | 1         | 3           | 33.3
            2024-05-01   | complaint  | 1         | 2           | 50.0
            2024-05-01   | compliment | 0         | 2           | 0.0
        """,
        first="2024-04-01",
        period="month",
        as_at="2024-05-31",
    ),
    Example(
        "I4",
        "On the first of a month, families whose help goes on are worked with: Barr and Carr",
        {"eh_episode": _EPISODES, "complaint": _COMPLAINTS},
        """
            kind       | numerator | denominator
            complaint  | 1         | 2
            compliment | 0         | 2
        """,
        first="2024-05-01",
        as_at="2024-05-01",
    ),
    Example(
        "I4",
        "Over several months a family counts once, however long it is helped",
        {"eh_episode": _EPISODES, "complaint": _COMPLAINTS},
        """
            period_start | kind       | numerator | denominator
            2024-01-01   | complaint  | 0         | 3
            2024-01-01   | compliment | 0         | 3
            2024-04-01   | complaint  | 3         | 3
            2024-04-01   | compliment | 1         | 3
        """,
        period="quarter",
        as_at="2024-06-30",
    ),
    Example(
        "I4",
        "In a period in which nobody is worked with, a complaint is for no families, and there is no data",
        {
            "eh_episode": "episode_id | person_id | start_date | end_date\n 1 | Ann | 2023-01-10 | 2023-03-10",
            "complaint": "complaint_id | episode_id | received_date | kind\n 1 | 1 | 2024-04-05 | complaint",
        },
        """
            kind       | numerator | denominator | status
            complaint  |           |             | no_data
        """,
        first="2024-04-01",
        last="2024-04-30",
    ),
    Example(
        "I4",
        "Where no complaint is recorded at all there is no data: perhaps they are kept elsewhere",
        {"eh_episode": _EPISODES},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
