"""J6, spend elasticity scenario."""

from spec.example import Example

_SPEND = """
    financial_year | budget_line    | stage | amount | kind
    2023-24        | Family support | early | 1000   | actual
"""

EXAMPLES = [
    Example(
        "J6",
        "Both published readings side by side, one of them no change",
        {
            "spend": _SPEND,
            "spend_elasticity": """
                scenario | study                | change
                cut      | Webb, to 2014-15     | 0.7
                cut      | Webb, after 2014-15  | 0
            """,
        },
        """
            study               | value
            Webb, after 2014-15 | 0.0
            Webb, to 2014-15    | 0.7
        """,
    ),
    Example(
        "J6",
        "Until a scenario has been worked out there is no data",
        {"spend": _SPEND},
        """
            value | status
                  | no_data
        """,
    ),
]
