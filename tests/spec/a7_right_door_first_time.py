"""A7, right door first time."""

from spec.example import Example

_REQUESTS = """
    contact_id | person_id | contact_date | decision_code | level_requested | level_decided | team
    1          | Ann       | 2024-04-01   | early_help    | targeted        | targeted      | North
    2          | Ben       | 2024-04-02   | statutory     | targeted        | statutory     | North
    3          | Cat       | 2024-04-03   | advice        | statutory       | universal     | South
    4          | Dan       | 2024-04-04   |               | universal       | universal     | South
    5          | Eve       | 2024-04-05   | early_help    |                 | targeted      | South
    6          | Fay       | 2024-04-30   | early_help    | targeted        | unmapped      | South
    7          | Gus       | 2024-05-01   | pending       | targeted        | targeted      | South
"""

EXAMPLES = [
    Example(
        "A7",
        "The level decided on is the one asked for: two of the four of which both levels are recorded",
        {"contact": _REQUESTS},
        """
            numerator | denominator | value | lower | upper
            2         | 4           | 0.500 | 0.150 | 0.850
        """,
    ),
    Example(
        "A7",
        "Split by team, and by any other column of the request",
        {"contact": _REQUESTS},
        """
            team  | numerator | denominator
            North | 1         | 2
            South | 1         | 2
        """,
        by="team",
    ),
    Example(
        "A7",
        "A month in which nothing was decided has no data: what is pending has no final level",
        {"contact": _REQUESTS},
        """
            period_start | denominator | status
            2024-04-01   | 4           | ok
            2024-05-01   |             | no_data
        """,
        period="month",
        last="2024-05-31",
    ),
    Example(
        "A7",
        "Where nobody records the level asked for there is no data",
        {
            "contact": """
                contact_id | person_id | contact_date | decision_code | level_decided
                1          | Ann       | 2024-04-01   | early_help    | targeted
            """
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
