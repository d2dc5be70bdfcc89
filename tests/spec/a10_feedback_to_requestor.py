"""A10, feedback to requestor."""

from spec.example import Example

# Decided on Thursday 28 March 2024, before Easter: two working days later is Wednesday 3 April.
_REQUESTS = """
    contact_id | person_id | contact_date | decision_code | decision_date | feedback_date
    1          | Ann       | 2024-03-27   | advice        | 2024-03-28    | 2024-03-28
    2          | Ben       | 2024-03-27   | advice        | 2024-03-28    | 2024-04-03
    3          | Cat       | 2024-03-27   | advice        | 2024-03-28    | 2024-04-04
    4          | Dan       | 2024-03-27   | advice        | 2024-03-28    |
    5          | Eve       | 2024-03-27   | advice        | 2024-03-28    | 2024-03-27
    6          | Fay       | 2024-03-27   | pending       | 2024-03-28    | 2024-03-28
    7          | Gus       | 2024-03-27   | advice        |               | 2024-03-28
    8          | Hal       | 2024-03-27   | advice        | 2024-03-26    | 2024-03-28
"""

EXAMPLES = [
    Example(
        "A10",
        "Told by the second working day after the decision: two of five; never told, or told before it, counts against",
        {"contact": _REQUESTS},
        """
            period_start | numerator | denominator | value | lower | upper
            2024-04-03   | 2         | 5           | 0.400 | 0.118 | 0.769
        """,
        standards={"feedback_working_days": 2},
    ),
    Example(
        "A10",
        "A request counts in the month in which feedback was due",
        {"contact": _REQUESTS},
        """
            period_start | numerator | denominator | status
            2024-03-01   |           |             | no_data
            2024-04-01   | 2         | 5           | ok
        """,
        standards={"feedback_working_days": 2},
        first="2024-03-01",
        last="2024-04-30",
        period="month",
    ),
    Example(
        "A10",
        "What is not due yet on the day that the data is as at is not counted",
        {"contact": _REQUESTS},
        """
            numerator | denominator | status
                      |             | no_data
        """,
        standards={"feedback_working_days": 2},
        as_at="2024-04-02",
    ),
    Example(
        "A10",
        "Where feedback is never recorded there is no data",
        {
            "contact": """
                contact_id | person_id | contact_date | decision_code | decision_date
                1          | Ann       | 2024-03-27   | advice        | 2024-03-28
            """
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
