"""J2, cost per good closure."""

from spec.example import Example

_SPEND = """
    financial_year | budget_line    | stage | amount | kind
    2023-24        | Family support | early | 9000   | actual
"""
_CLOSED = """
    episode_id | person_id | family_id | start_date | end_date   | end_reason_code
    1          | Ann       | Archer    | 2023-01-10 | 2023-04-01 | outcomes_met
    2          | Abe       | Archer    | 2023-01-10 | 2023-04-01 | outcomes_met
    3          | Cat       | Carr      | 2023-01-10 | 2024-03-31 | outcomes_met
    4          | Dan       | Dunn      | 2023-01-10 | 2023-09-01 | disengaged
    5          | Eve       | Earl      | 2023-01-10 | 2024-04-01 | outcomes_met
"""

EXAMPLES = [
    Example(
        "J2",
        "Spending of the year over families that closed with outcomes met in it, 1 April and 31 March included",
        {"spend": _SPEND, "eh_episode": _CLOSED},
        """
            period_start | numerator | denominator | value
            2023-04-01   | 9000      | 2           | 4500
        """,
        as_at="2024-03-31",
    ),
    Example(
        "J2",
        "A month later too, the year ends with 31 March: Earl closed in the next",
        {"spend": _SPEND, "eh_episode": _CLOSED},
        """
            numerator | denominator
            9000      | 2
        """,
        last="2024-03-31",
        as_at="2024-04-30",
    ),
    Example(
        "J2",
        "A year without a good closure has no cost of one",
        {
            "spend": _SPEND,
            "eh_episode": """
                episode_id | person_id | start_date | end_date   | end_reason_code
                1          | Ann       | 2023-01-10 | 2023-04-01 | disengaged
            """,
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
        as_at="2024-03-31",
    ),
]
