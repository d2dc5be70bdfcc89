"""A6, decision timeliness."""

from spec.example import Example

# Thursday 28 March 2024 is the last working day before Easter: the next are Tuesday 2, Wednesday 3 and Thursday 4 April.
_REQUESTS = """
    contact_id | person_id | contact_date | decision_code | decision_date
    1          | Ann       | 2024-03-28   | advice        | 2024-03-28
    2          | Ben       | 2024-03-28   | early_help    | 2024-04-02
    3          | Cat       | 2024-03-28   | early_help    | 2024-04-03
    4          | Dan       | 2024-03-28   | early_help    | 2024-04-04
    5          | Eve       | 2024-03-28   | pending       |
"""

EXAMPLES = [
    Example(
        "A6",
        "Due is one working day after the request where a council sets nothing else; never decided is late",
        {"contact": _REQUESTS},
        """
            period_start | numerator | denominator | value | lower | upper
            2024-04-02   | 2         | 5           | 0.400 | 0.118 | 0.769
        """,
    ),
    Example(
        "A6",
        "A council's own standard of three working days",
        {"contact": _REQUESTS},
        """
            period_start | numerator | denominator
            2024-04-04   | 4         | 5
        """,
        standards={"decision_working_days": 3},
    ),
    Example(
        "A6",
        "Within one working day, whatever the council's own standard",
        {"contact": _REQUESTS},
        """
            numerator | denominator
            2         | 5
        """,
        definition="within_1",
        standards={"decision_working_days": 3},
    ),
    Example(
        "A6",
        "Within two working days",
        {"contact": _REQUESTS},
        """
            numerator | denominator
            3         | 5
        """,
        definition="within_2",
    ),
    Example(
        "A6",
        "Within three working days",
        {"contact": _REQUESTS},
        """
            numerator | denominator
            4         | 5
        """,
        definition="within_3",
    ),
    Example(
        "A6",
        "A request counts in the month in which its decision was due, and not before it is due",
        {"contact": _REQUESTS},
        """
            period_start | numerator | denominator | status
            2024-03-01   |           |             | no_data
            2024-04-01   | 2         | 5           | ok
        """,
        first="2024-03-01",
        last="2024-04-30",
        period="month",
    ),
    Example(
        "A6",
        "A request decided on a day that nobody recorded, or before it came, is in neither count",
        {
            "contact": """
                contact_id | person_id | contact_date | decision_code | decision_date
                1          | Ann       | 2024-04-08   | advice        |
                2          | Ben       | 2024-04-08   | advice        | 2024-04-07
                3          | Cat       | 2024-04-08   |               | 2024-04-09
                4          | Dan       | 2024-04-08   | not_recorded  |
            """
        },
        """
            numerator | denominator
            1         | 2
        """,
    ),
    Example(
        "A6",
        "Without any day of decision there is no data",
        {"contact": "contact_id | person_id | contact_date | decision_code\n 1 | Ann | 2024-04-08 | advice"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
