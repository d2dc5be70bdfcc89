"""I2, feedback response rate."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2024-01-10 | 2024-04-01 | North
    2          | Abe       | Archer    | 2024-01-10 | 2024-04-10 | North
    3          | Ben       | Barr      | 2024-01-10 | 2024-04-30 | South
    4          | Cat       | Carr      | 2024-01-10 | 2024-04-30 | South
    5          | Dan       | Dunn      | 2024-01-10 | 2024-05-01 | South
"""
_FEEDBACK = """
    feedback_id | episode_id | respondent   | asked_date | answered_date
    1           | 1          | parent       | 2024-04-01 |
    2           | 1          | child        | 2024-04-30 | 2024-05-10
    3           | 3          | parent       | 2024-04-30 |
    4           | 3          | professional | 2024-04-30 | 2024-04-30
    5           | 5          | parent       | 2024-05-01 | 2024-05-02
    6           | 9          | parent       | 2024-04-30 | 2024-05-02
"""

EXAMPLES = [
    Example(
        "I2",
        "Of families asked, those who answered, each once; a professional's answer is not the family's",
        {"eh_episode": _EPISODES, "feedback": _FEEDBACK},
        """
            period_start | numerator | denominator | value
            2024-04-01   | 1         | 2           | 0.50
            2024-05-01   | 1         | 1           | 1.00
        """,
        period="month",
        as_at="2024-05-31",
    ),
    Example(
        "I2",
        "An answer that comes after the day of the data is not known yet",
        {"eh_episode": _EPISODES, "feedback": _FEEDBACK},
        """
            period_end | numerator | denominator
            2024-05-09 | 1         | 3
        """,
        as_at="2024-05-09",
    ),
    Example(
        "I2",
        "On the day it comes it is",
        {"eh_episode": _EPISODES, "feedback": _FEEDBACK},
        """
            period_end | numerator | denominator
            2024-05-10 | 2         | 3
        """,
        as_at="2024-05-10",
    ),
    Example(
        "I2",
        "Of families that closed, asked or not: a family closes with its last child, and answers by any of them",
        {"eh_episode": _EPISODES, "feedback": _FEEDBACK},
        """
            period_start | numerator | denominator | value
            2024-04-01   | 1         | 3           | 0.333
            2024-05-01   | 1         | 1           | 1.000
        """,
        definition="closures",
        period="month",
        as_at="2024-05-31",
    ),
    Example(
        "I2",
        "An answer about help that has come again says nothing of the help before it",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2024-01-10 | 2024-02-01
                2          | Ann       | 2024-03-10 | 2024-04-01
            """,
            "feedback": """
                feedback_id | episode_id | respondent | asked_date | answered_date
                1           | 2          | parent     | 2024-04-01 | 2024-04-01
            """,
        },
        """
            period_start | numerator | denominator
            2024-01-01   | 0         | 1
            2024-04-01   | 1         | 1
        """,
        definition="closures",
        period="quarter",
        as_at="2024-04-30",
    ),
    Example(
        "I2",
        "Help of one day, on the last day of the family's, is of the same help; its answer is known on the day it comes",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date
                1          | Ann       | Archer    | 2024-01-10 | 2024-04-01
                2          | Abe       | Archer    | 2024-04-01 | 2024-04-01
            """,
            "feedback": """
                feedback_id | episode_id | respondent | asked_date | answered_date
                1           | 2          | parent     | 2024-04-01 | 2024-04-30
            """,
        },
        """
            numerator | denominator
            1         | 1
        """,
        definition="closures",
        as_at="2024-04-30",
    ),
    Example(
        "I2",
        "Where no answer is recorded at all there is no data: perhaps they are kept elsewhere",
        {
            "eh_episode": _EPISODES,
            "feedback": "feedback_id | episode_id | respondent | asked_date\n 1 | 1 | parent | 2024-03-20",
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
