"""E1, whole-family assessment."""

from spec.example import Example

_ASSESSMENTS = """
    assessment_id | person_id | start_date | completion_date | whole_family | org_type
    1             | Ann       | 2024-03-20 | 2024-04-01      | true         | school
    2             | Ben       | 2024-03-20 | 2024-04-30      | false        | school
    3             | Cat       | 2024-03-20 | 2024-04-30      | true         | health
    4             | Dan       | 2024-03-20 | 2024-04-30      |              | health
    5             | Eve       | 2024-04-20 | 2024-05-01      | true         | health
    6             | Fay       | 2024-04-20 |                 | true         | health
"""

EXAMPLES = [
    Example(
        "E1",
        "Of assessments completed in the period, those that record everyone; one that does not say is left out",
        {"eh_assessment": _ASSESSMENTS},
        """
            period_start | numerator | denominator | value
            2024-04-01   | 2         | 3           | 0.667
        """,
        first="2024-04-01",
        last="2024-04-30",
    ),
    Example(
        "E1",
        "An assessment counts on the day it was completed, the first and the last of a period included",
        {"eh_assessment": _ASSESSMENTS},
        """
            period_start | numerator | denominator
            2024-04-01   | 2         | 3
            2024-05-01   | 1         | 1
        """,
        period="month",
        as_at="2024-05-31",
    ),
    Example(
        "E1",
        "By agency",
        {"eh_assessment": _ASSESSMENTS},
        """
            org_type | numerator | denominator
            health   | 1         | 1
            school   | 1         | 2
        """,
        by="org_type",
        as_at="2024-04-30",
    ),
    Example(
        "E1",
        "Where no assessment says who is in it there is no data",
        {
            "eh_assessment": "assessment_id | person_id | start_date | completion_date\n 1 | Ann | 2024-01-02 | 2024-02-01"
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
