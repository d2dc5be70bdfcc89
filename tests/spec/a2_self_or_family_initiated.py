"""A2, self or family-initiated share."""

from spec.example import Example

# 1A: family member, relative or carer; 1B: acquaintance; 1C: self; 2A: school; 9: anonymous; 10: unknown.
_REQUESTS = """
    contact_id | person_id | contact_date | source_code  | domestic_abuse
    1          | Ann       | 2024-04-01   | 1A           | true
    2          | Ben       | 2024-04-02   | 1C           | false
    3          | Cat       | 2024-04-03   | 1B           | false
    4          | Dan       | 2024-04-04   | 2A           | true
    5          | Eve       | 2024-04-30   | 9            | false
    6          | Fay       | 2024-04-30   | 10           | false
    7          | Gus       | 2024-04-30   | not_recorded | false
    8          | Hal       | 2024-05-01   | unmapped     | false
"""

EXAMPLES = [
    Example(
        "A2",
        "Child, parent, carer or relative asked: the first two of five; who is unknown or not mapped is in neither count",
        {"contact": _REQUESTS},
        """
            numerator | denominator | value | lower | upper
            2         | 5           | 0.400 | 0.118 | 0.769
        """,
    ),
    Example(
        "A2",
        "A month in which nobody knows who asked has no data, which is not a share of zero",
        {"contact": _REQUESTS},
        """
            period_start | numerator | denominator | status
            2024-04-01   | 2         | 5           | ok
            2024-05-01   |           |             | no_data
        """,
        period="month",
        last="2024-05-31",
    ),
    Example(
        "A2",
        "Split by any column of the request",
        {"contact": _REQUESTS},
        """
            domestic_abuse | numerator | denominator
            false          | 1         | 3
            true           | 1         | 2
        """,
        by="domestic_abuse",
    ),
    Example(
        "A2",
        "Where no request says who asked there is no data",
        {"contact": "contact_id | person_id | contact_date | source_code\n 1 | Ann | 2024-04-01 | not_recorded"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
