"""A3, decision mix."""

from spec.example import Example

_CONTACTS = """
    contact_id | person_id | contact_date | source_code | decision_code
    1          | Ann       | 2024-04-02   | 2A          | early_help
    2          | Ben       | 2024-04-03   | 2A          | early_help
    3          | Cat       | 2024-04-04   | 6           | advice
    4          | Dan       | 2024-04-05   | 6           | unmapped
    5          | Eve       | 2024-04-06   | 6           | pending
    6          | Fay       | 2024-04-07   | 6           | not_recorded
    7          | Guy       | 2024-04-08   | 6           |
"""

EXAMPLES = [
    Example(
        "A3",
        "Each decision is a share of the requests with a decision; what is pending or not recorded is in neither",
        {"contact": _CONTACTS},
        """
            decision_code | decision_code_label             | numerator | denominator | value | lower | upper
            advice        | Advice and information only     | 1         | 4           | 0.25  | 0.05  | 0.70
            early_help    | Accepted for early help         | 2         | 4           | 0.50  | 0.15  | 0.85
            unmapped      | Not mapped to a standard code   | 1         | 4           | 0.25  | 0.05  | 0.70
        """,
    ),
    Example(
        "A3",
        "Split by who asked, each source has a mix of its own that adds up to all its decisions",
        {"contact": _CONTACTS},
        """
            decision_code | source_code | numerator | denominator | value
            advice        | 6           | 1         | 2           | 0.50
            early_help    | 2A          | 2         | 2           | 1.00
            unmapped      | 6           | 1         | 2           | 0.50
        """,
        by="source_code",
    ),
    Example(
        "A3",
        "A month without a decision has no mix",
        {"contact": _CONTACTS},
        """
            period_start | decision_code | numerator | denominator | status
            2024-04-01   | advice        | 1         | 4           | ok
            2024-04-01   | early_help    | 2         | 4           | ok
            2024-04-01   | unmapped      | 1         | 4           | ok
            2024-05-01   | advice        |           |             | no_data
            2024-05-01   | early_help    |           |             | no_data
            2024-05-01   | unmapped      |           |             | no_data
        """,
        first="2024-04-01",
        last="2024-05-31",
        period="month",
    ),
    Example(
        "A3",
        "Contacts that say nothing of decisions, such as those of Annex A list 1, are no data",
        {"contact": "contact_id | person_id | contact_date | decision_code\n 1 | Ann | 2024-04-02 | not_recorded"},
        """
            numerator | denominator | value | status
                      |             |       | no_data
        """,
    ),
]
