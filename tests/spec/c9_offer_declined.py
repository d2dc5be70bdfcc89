"""C9, offer declined."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | end_reason_code
    1          | Ann       | Archer    | 2024-04-01 | 2024-04-10 | declined
    2          | Ben       | Barr      | 2024-04-02 | 2024-04-20 | declined
    3          | Cat       | Carr      | 2024-04-03 | 2024-04-10 | declined
    4          | Dee       | Carr      | 2024-04-03 |            |
    5          | Eve       | Eads      | 2024-04-30 |            |
    6          | Fay       | Fox       | 2024-04-04 | 2024-04-20 |
"""
_ASSESSMENTS = """
    assessment_id | person_id | family_id | start_date | completion_date
    1             | Ben       | Barr      | 2024-04-05 | 2024-04-20
"""

EXAMPLES = [
    Example(
        "C9",
        "Closed as declined; a family of which one child goes on has not, and one that closed for no known reason is left out",
        {"eh_episode": _EPISODES},
        """
            numerator | denominator | value
            2         | 4           | 0.50
        """,
        as_at="2024-05-31",
    ),
    Example(
        "C9",
        "A family whose assessment was completed by the day it closed declined after it, and is not counted",
        {"eh_episode": _EPISODES, "eh_assessment": _ASSESSMENTS},
        """
            numerator | denominator | value
            1         | 4           | 0.25
        """,
        as_at="2024-05-31",
    ),
    Example(
        "C9",
        "An assessment completed after the family closed, or never, was none",
        {
            "eh_episode": _EPISODES,
            "eh_assessment": """
                assessment_id | person_id | family_id | start_date | completion_date
                1             | Ben       | Barr      | 2024-04-05 | 2024-04-21
                2             | Ann       | Archer    | 2024-04-05 |
            """,
        },
        """
            numerator | denominator
            2         | 4
        """,
        as_at="2024-05-31",
    ),
    Example(
        "C9",
        "Families count in the period in which they were accepted, and a closure after the day of the data is not known",
        {"eh_episode": _EPISODES},
        """
            period_start | period_end | numerator | denominator
            2024-04-01   | 2024-04-19 | 1         | 4
        """,
        as_at="2024-04-19",
    ),
    Example(
        "C9",
        "A closure of the very day that the data is as at is known",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator
            2024-04-20 | 2         | 3
        """,
        as_at="2024-04-20",
    ),
    Example(
        "C9",
        "Of children who closed on one day, one that declined is enough where nothing is told of another, and no more",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date   | end_reason_code
                1          | Ann       | Archer    | 2024-04-01 | 2024-04-10 | declined
                2          | Ben       | Archer    | 2024-04-01 | 2024-04-10 |
                3          | Cat       | Barr      | 2024-04-01 | 2024-04-10 | outcomes_met
                4          | Dan       | Barr      | 2024-04-01 | 2024-04-10 | declined
                5          | Eve       | Carr      | 2024-04-01 | 2024-04-10 | declined
                6          | Fay       | Carr      | 2024-04-01 | 2024-04-10 | stepped_up
            """
        },
        """
            numerator | denominator
            1         | 3
        """,
        as_at="2024-05-31",
    ),
    Example(
        "C9",
        "Where no episode says why it ended there is no data",
        {"eh_episode": "episode_id | person_id | start_date | end_date\n 1 | Ann | 2024-01-02 | 2024-03-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
