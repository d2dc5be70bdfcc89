"""B6, assessment completed on time."""

from spec.example import Example

# Ten working days from Monday 25 March 2024, over Easter: 26 to 28 March, 2 to 5 April, 8 to 10 April.
_ASSESSMENTS = """
    assessment_id | person_id | start_date | due_date   | completion_date
    1             | Ann       | 2024-03-25 |            | 2024-04-10
    2             | Ben       | 2024-03-25 |            | 2024-04-11
    3             | Cat       | 2024-03-25 |            |
    4             | Dan       | 2024-03-25 | 2024-04-30 | 2024-04-30
"""

EXAMPLES = [
    Example(
        "B6",
        "Due is the recorded day, else the start plus the local standard in working days; never completed is late",
        {"eh_assessment": _ASSESSMENTS},
        """
            period_start | period_end | numerator | denominator | value | lower | upper
            2024-04-01   | 2024-04-30 | 2         | 4           | 0.500 | 0.150 | 0.850
        """,
        standards={"assessment_working_days": 10},
        first="2024-04-01",
        last="2024-04-30",
    ),
    Example(
        "B6",
        "An assessment counts in the period in which it is due, not in that of its start",
        {"eh_assessment": _ASSESSMENTS},
        """
            period_start | numerator | denominator | status
            2024-03-01   |           |             | no_data
            2024-04-01   | 2         | 4           | ok
        """,
        standards={"assessment_working_days": 10},
        first="2024-03-01",
        last="2024-04-30",
        period="month",
    ),
    Example(
        "B6",
        "What is not due yet on the day that the data is as at is not counted",
        {"eh_assessment": _ASSESSMENTS},
        """
            period_end | numerator | denominator
            2024-04-29 | 1         | 3
        """,
        standards={"assessment_working_days": 10},
        as_at="2024-04-29",
    ),
    Example(
        "B6",
        "Due is 45 working days after the start where a council sets nothing else: 2 January to 5 March 2024",
        {
            "eh_assessment": """
                assessment_id | person_id | start_date | completion_date
                1             | Ann       | 2024-01-02 | 2024-03-05
                2             | Ben       | 2024-01-02 | 2024-03-06
            """
        },
        """
            period_start | numerator | denominator
            2024-03-05   | 1         | 2
        """,
    ),
    *(
        Example(
            "B6",
            f"Within {days} working days of 2 January 2024, whatever was recorded as due",
            {
                "eh_assessment": f"""
                    assessment_id | person_id | start_date | due_date   | completion_date
                    1             | Ann       | 2024-01-02 | 2024-01-10 | {last}
                    2             | Ben       | 2024-01-02 | 2024-12-31 | {late}
                """
            },
            f"""
                period_start | numerator | denominator
                {last}   | 1         | 2
            """,
            definition=f"within_{days}",
        )
        for days, last, late in (
            (20, "2024-01-30", "2024-01-31"),
            (30, "2024-02-13", "2024-02-14"),
            (45, "2024-03-05", "2024-03-06"),
        )
    ),
    Example(
        "B6",
        "A completion before the start shows nothing, and does not make an assessment timely",
        {
            "eh_assessment": """
                assessment_id | person_id | start_date | due_date   | completion_date
                1             | Ann       | 2024-03-25 | 2024-04-30 | 2024-03-24
                2             | Ben       | 2024-03-25 | 2024-04-30 | 2024-03-25
            """
        },
        """
            numerator | denominator
            1         | 2
        """,
    ),
    Example(
        "B6",
        "Without any completion date, as where a source does not hold them, there is no data",
        {"eh_assessment": "assessment_id | person_id | start_date\n 1 | Ann | 2024-01-02"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
