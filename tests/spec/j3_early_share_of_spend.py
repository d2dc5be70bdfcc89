"""J3, early share of children's spend."""

from spec.example import Example

_SPEND = """
    financial_year | budget_line     | stage | amount | kind
    2023-24        | Family support  | early | 1000   | actual
    2023-24        | Placements      | late  | 2500   | actual
    2023-24        | Grants received |       | 500    | actual
    2023-24        | Family support  | early | 2000   | planned
    2023-24        | Placements      | late  | 2000   | planned
"""

EXAMPLES = [
    Example(
        "J3",
        "Of each 100 pounds, those on lines marked early; a line without a mark is below the line alone",
        {"spend": _SPEND},
        """
            period_start | numerator | denominator | value
            2023-04-01   | 1000      | 4000        | 25.0
        """,
        as_at="2024-03-31",
    ),
    Example(
        "J3",
        "The same of what was planned",
        {"spend": _SPEND},
        """
            period_start | numerator | denominator | value
            2023-04-01   | 2000      | 4000        | 50.0
        """,
        definition="planned",
        as_at="2024-03-31",
    ),
]
