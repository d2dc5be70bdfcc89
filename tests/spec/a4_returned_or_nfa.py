"""A4, returned or no-further-action rate."""

from spec.example import Example

_REQUESTS = """
    contact_id | person_id | contact_date | decision_code | school_urn
    1          | Ann       | 2024-04-01   | returned      | 100001
    2          | Ben       | 2024-04-02   | nfa           | 100001
    3          | Cat       | 2024-04-03   | advice        | 100001
    4          | Dan       | 2024-04-04   | early_help    | 100002
    5          | Eve       | 2024-04-30   | pending       | 100002
    6          | Fay       | 2024-04-30   |               | 100002
    7          | Gus       | 2024-05-01   | unmapped      | 100002
"""

EXAMPLES = [
    Example(
        "A4",
        "Returned or no further action: two of four; what is pending, not recorded or not mapped is in neither count",
        {"contact": _REQUESTS},
        """
            numerator | denominator | value | lower | upper
            2         | 4           | 0.500 | 0.150 | 0.850
        """,
    ),
    Example(
        "A4",
        "School by school",
        {"contact": _REQUESTS},
        """
            school_urn | numerator | denominator | value
            100001     | 2         | 3           | 0.667
            100002     | 0         | 1           | 0.000
        """,
        by="school_urn",
    ),
    Example(
        "A4",
        "A month in which nothing with a code was decided has no data, which is not zero",
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
        "A4",
        "Where no decision is recorded at all there is no data",
        {"contact": "contact_id | person_id | contact_date\n 1 | Ann | 2024-04-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
