"""K6, unmapped values."""

from spec.example import Example

EXAMPLES = [
    Example(
        "K6",
        "Values without a code over all values of the column; a blank is neither",
        {
            "feed": "feed_id | source_system\n f1 | mosaic",
            "contact": """
                contact_id | person_id | contact_date | source_code  | decision_code | source_system
                1          | Ann       | 2024-01-01   | 2A           |               | mosaic
                2          | Ben       | 2024-01-01   | unmapped     | unmapped      | mosaic
                3          | Cat       | 2024-01-01   | not_recorded |               | mosaic
            """,
        },
        """
            field                 | numerator | denominator | value
            contact.decision_code | 1         | 1           | 1.00
            contact.source_code   | 1         | 2           | 0.50
        """,
        only="contact.",
    ),
]
