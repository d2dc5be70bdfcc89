"""E2, second parent or father included."""

from spec.example import Example

_ASSESSMENTS = """
    assessment_id | person_id | start_date | completion_date | second_parent
    1             | Ann       | 2024-03-20 | 2024-04-01      | included
    2             | Ben       | 2024-03-20 | 2024-04-30      | reason_recorded
    3             | Cat       | 2024-03-20 | 2024-04-30      | not_included
    4             | Dan       | 2024-03-20 | 2024-04-30      | none
    5             | Eve       | 2024-03-20 | 2024-04-30      |
    6             | Fay       | 2024-03-20 | 2024-05-01      | included
"""

EXAMPLES = [
    Example(
        "E2",
        "Included, or a reason recorded; where there is no second parent, or nobody says, the assessment is left out",
        {"eh_assessment": _ASSESSMENTS},
        """
            numerator | denominator | value
            2         | 3           | 0.667
        """,
        as_at="2024-04-30",
    ),
    Example(
        "E2",
        "By the definition included, a reason is not enough",
        {"eh_assessment": _ASSESSMENTS},
        """
            numerator | denominator | value
            1         | 3           | 0.333
        """,
        definition="included",
        as_at="2024-04-30",
    ),
    Example(
        "E2",
        "An assessment completed the day after the period is in the next",
        {"eh_assessment": _ASSESSMENTS},
        """
            period_start | numerator | denominator
            2024-04-01   | 2         | 3
            2024-05-01   | 1         | 1
        """,
        period="month",
        as_at="2024-05-01",
    ),
    Example(
        "E2",
        "A period in which every family has one parent has nothing to be a share of",
        {
            "eh_assessment": """
                assessment_id | person_id | start_date | completion_date | second_parent
                1             | Ann       | 2024-03-20 | 2024-04-01      | none
            """
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
