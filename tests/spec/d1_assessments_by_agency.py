"""D1, assessments by initiating agency."""

from spec.example import Example

_ASSESSMENTS = """
    assessment_id | person_id | start_date | org_type | organisation
    1             | Ann       | 2024-04-02 | school   | Hill School
    2             | Ben       | 2024-04-03 | school   | Mill School
    3             | Cat       | 2024-04-04 | health   | Health visiting
    4             | Dan       | 2024-04-05 |          |
"""

EXAMPLES = [
    Example(
        "D1",
        "Each kind of agency's share of the assessments that began; an unknown agency is part of the mix",
        {"eh_assessment": _ASSESSMENTS},
        """
            org_type     | org_type_label    | numerator | denominator | value
            health       | Health service    | 1         | 4           | 0.25
            not_recorded | Not recorded      | 1         | 4           | 0.25
            school       | School or college | 2         | 4           | 0.50
        """,
    ),
    Example(
        "D1",
        "Split by organisation, each has a mix of its own",
        {"eh_assessment": _ASSESSMENTS},
        """
            org_type     | organisation    | numerator | denominator
            health       | Health visiting | 1         | 1
            not_recorded | not_recorded    | 1         | 1
            school       | Hill School     | 1         | 1
            school       | Mill School     | 1         | 1
        """,
        by="organisation",
    ),
    Example(
        "D1",
        "Where no assessment names a kind of agency there is no data",
        {"eh_assessment": "assessment_id | person_id | start_date\n 1 | Ann | 2024-04-02"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
