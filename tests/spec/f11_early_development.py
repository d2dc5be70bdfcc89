"""F11, early development."""

from spec.example import Example

_HELP = """
    episode_id | person_id | start_date | end_date
    1          | Ann       | 2024-01-01 | 2024-02-01
    2          | Ben       | 2024-01-01 |
    3          | Cat       | 2024-06-01 |
    5          | Ann       | 2024-09-01 |
    4          | Dan       | 2024-06-02 |
"""
_REVIEWS = """
    score_id | person_id | tool  | domain        | score | at_expected | score_date
    1        | Ann       | ASQ-3 | Communication | 50    | true        | 2024-06-01
    2        | Ann       | ASQ-3 | Gross motor   | 50    | true        | 2024-06-01
    3        | Ben       | ASQ-3 | Communication | 50    | true        | 2024-06-01
    4        | Ben       | ASQ-3 | Gross motor   | 20    | false       | 2024-06-01
    5        | Cat       | GLD   | Overall       | 1     | true        | 2024-06-01
    6        | Dan       | GLD   | Overall       | 1     | true        | 2024-06-01
    7        | Eve       | GLD   | Overall       | 1     | true        | 2024-06-01
    8        | Cat       | SDQ   | Total         | 9     | true        | 2024-06-01
"""

EXAMPLES = [
    Example(
        "F11",
        "At the expected level in every area; children whose help began after the review, or never, are left out",
        {"eh_episode": _HELP, "eh_score": _REVIEWS},
        """
            numerator | denominator | value
            2         | 3           | 0.67
        """,
    ),
    Example(
        "F11",
        "An area that nobody graded is no success, and alone it is no data",
        {
            "eh_episode": _HELP + "    6 | Cat | 2024-05-01 |\n",
            "eh_score": """
                score_id | person_id | tool  | domain        | score | at_expected | score_date
                1        | Ann       | ASQ-3 | Communication | 50    | true        | 2024-05-31
                2        | Ann       | ASQ-3 | Gross motor   | 50    |             | 2024-05-31
                3        | Ben       | ASQ-3 | Communication | 50    | true        | 2024-06-30
                4        | Cat       | ASQ-3 | Communication | 50    |             | 2024-06-30
            """,
        },
        """
            period_start | numerator | denominator | status
            2024-05-01   |           |             | no_data
            2024-06-01   | 1         | 2           | ok
        """,
        period="month",
        last="2024-06-30",
    ),
    Example(
        "F11",
        "At the 2-year review alone",
        {"eh_episode": _HELP, "eh_score": _REVIEWS},
        """
            numerator | denominator
            1         | 2
        """,
        definition="two_year_review",
    ),
    Example(
        "F11",
        "By the good level of development alone: help that begins on the day of the assessment is in time",
        {
            "eh_episode": "episode_id | person_id | start_date\n 1 | Dan | 2024-06-01",
            "eh_score": _REVIEWS,
        },
        """
            numerator | denominator
            1         | 1
        """,
        definition="good_level",
    ),
    Example(
        "F11",
        "Where no source says whether the level is reached there is no data",
        {
            "eh_episode": _HELP,
            "eh_score": """
                score_id | person_id | tool | domain  | score | score_date
                1        | Ann       | GLD  | Overall | 1     | 2024-06-01
            """,
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
