"""K7, reconciliation."""

from spec.example import Example

_FEEDS = """
    feed_id | source_system | extract_date | rows
    f1      | mosaic        | 2024-06-01   | 100
    f2      | annex_a       | 2024-06-01   | 60
    f3      | eclipse       | 2024-06-01   | 40
"""

EXAMPLES = [
    Example(
        "K7",
        "Accepted and quarantined less what the sender says the file holds; without that, less the rows counted in it",
        {
            "feed": _FEEDS,
            "feed_total": """
                feed_id | source_system | table_name | rows_read | rows_accepted | rows_quarantined | control_total
                f1      | mosaic        | eh_episode | 100       | 97            | 3                | 102
                f3      | eclipse       | eh_episode | 40        | 40            | 0                |
            """,
        },
        """
            source_system | table_name | numerator | denominator | value
            eclipse       | eh_episode | 40        | 40          | 0
            mosaic        | eh_episode | 100       | 102         | -2
        """,
    ),
    Example(
        "K7",
        "A file that fills several tables is held against its total as a whole",
        {
            "feed": _FEEDS,
            "feed_total": """
                feed_id | source_system | table_name    | rows_read | rows_accepted | rows_quarantined | control_total
                f2      | annex_a       | contact       | 40        | 40            | 0                | 61
                f2      | annex_a       | eh_assessment | 20        | 18            | 2                | 61
            """,
        },
        """
            source_system | table_name     | numerator | denominator | value
            annex_a       | several tables | 60        | 61          | -1
        """,
    ),
]
