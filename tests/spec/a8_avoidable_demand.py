"""A8, avoidable demand."""

from spec.example import Example

_REQUESTS = """
    contact_id | person_id | contact_date | avoidable | requestor_organisation
    1          | Ann       | 2024-04-01   | true      | Hill School
    2          | Ben       | 2024-04-02   | true      | Hill School
    3          | Cat       | 2024-04-03   | false     | Hill School
    4          | Dan       | 2024-04-04   | false     | Mill School
    5          | Eve       | 2024-04-30   |           | Mill School
    6          | Fay       | 2024-05-01   |           | Mill School
"""

EXAMPLES = [
    Example(
        "A8",
        "Avoidable: two of four; a request that triage said nothing about is in neither count",
        {"contact": _REQUESTS},
        """
            numerator | denominator | value | lower | upper
            2         | 4           | 0.500 | 0.150 | 0.850
        """,
    ),
    Example(
        "A8",
        "Split by the organisation that asked",
        {"contact": _REQUESTS},
        """
            requestor_organisation | numerator | denominator
            Hill School            | 2         | 3
            Mill School            | 0         | 1
        """,
        by="requestor_organisation",
    ),
    Example(
        "A8",
        "A month in which triage said nothing has no data, which is not zero",
        {"contact": _REQUESTS},
        """
            period_start | numerator | status
            2024-04-01   | 2         | ok
            2024-05-01   |           | no_data
        """,
        period="month",
        last="2024-05-31",
    ),
    Example(
        "A8",
        "Where triage never records it there is no data",
        {"contact": "contact_id | person_id | contact_date\n 1 | Ann | 2024-04-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
