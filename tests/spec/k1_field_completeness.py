"""K1, field completeness."""

from spec.example import Example

_OUTCOMES = """
    need_id | status       | achieved_date | source_system
    1       | achieved     | 2024-05-01    | mosaic
    2       | unmapped     |               | mosaic
    3       | not_recorded |               | eclipse
"""
_FEED = "feed_id | source_system | extract_date\n f1 | mosaic | 2024-06-01"

EXAMPLES = [
    Example(
        "K1",
        "A value is complete when it is there and, in a coded field, placed on the list",
        {"eh_outcome": _OUTCOMES, "feed": _FEED},
        """
            field                        | numerator | denominator | value
            eh_outcome.achieved_date     | 1         | 3           | 0.333
            eh_outcome.evidence_type     | 0         | 3           | 0.000
            eh_outcome.need_id           | 3         | 3           | 1.000
            eh_outcome.status            | 1         | 3           | 0.333
            eh_outcome.sustained_to      | 0         | 3           | 0.000
            eh_outcome.validated_measure | 0         | 3           | 0.000
        """,
        only="eh_outcome.",
    ),
    Example(
        "K1",
        "Split by source system, it shows who leaves a field empty",
        {"eh_outcome": _OUTCOMES, "feed": _FEED},
        """
            field                    | source_system | numerator | denominator
            eh_outcome.achieved_date | eclipse       | 0         | 1
            eh_outcome.achieved_date | mosaic        | 1         | 2
        """,
        by="source_system",
        only="eh_outcome.achieved_date",
    ),
]
