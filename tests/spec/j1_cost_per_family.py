"""J1, cost per family supported."""

from spec.example import Example

_SPEND = """
    financial_year | team  | budget_line    | stage | amount | kind
    2023-24        | North | Family support | early | 9000   | actual
    2023-24        | South | Family support | early | 3000   | actual
    2023-24        | North | Family support | early | 8000   | planned
    2023-24        | North | Placements     | late  | 50000  | actual
    2024-25        | North | Family support | early | 5000   | actual
"""
_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2023-01-10 | 2023-04-02 | North
    2          | Ben       | Archer    | 2023-05-01 | 2023-06-01 | North
    3          | Cat       | Carr      | 2024-03-31 | 2024-05-01 | South
    4          | Dan       | Dunn      | 2023-01-10 | 2023-04-01 | North
    5          | Eve       | Earl      | 2025-03-31 |            | South
"""
_COUNCIL = {"spend": _SPEND, "eh_episode": _EPISODES}

EXAMPLES = [
    Example(
        "J1",
        "Actual early spending of the year over families open on any day of it; who closed on 1 April was open on that day",
        _COUNCIL,
        """
            period_start | period_end | numerator | denominator | value
            2023-04-01   | 2024-03-31 | 12000     | 3           | 4000
            2024-04-01   | 2025-03-31 | 5000      | 2           | 2500
        """,
        as_at="2025-03-31",
    ),
    Example(
        "J1",
        "A team that spent nothing on record has no cost, which is not a cost of nothing",
        _COUNCIL,
        """
            period_start | team  | numerator | denominator | value | status
            2023-04-01   | North | 9000      | 2           | 4500  | ok
            2023-04-01   | South | 3000      | 1           | 3000  | ok
            2024-04-01   | North |           |             |       | no_data
            2024-04-01   | South |           |             |       | no_data
        """,
        by="team",
        as_at="2025-03-31",
    ),
    Example(
        "J1",
        "Money is shown however little it is; families are hidden where they are few",
        _COUNCIL,
        """
            period_start | numerator | denominator | status
            2023-04-01   |           |             | suppressed
            2024-04-01   |           |             | suppressed
        """,
        policy="dfe",
        as_at="2025-03-31",
    ),
    Example(
        "J1",
        "Family-months are days of help in the year over 30.4375: 1 day and 31 days of Archer, 1 day of Carr",
        _COUNCIL,
        """
            period_start | numerator | denominator | value
            2023-04-01   | 12000     | 1.084       | 11068
            2024-04-01   | 5000      | 0.986       | 5073
        """,
        definition="family_month",
        as_at="2025-03-31",
    ),
    Example(
        "J1",
        "What was planned is the definition planned",
        _COUNCIL,
        """
            period_start | numerator | denominator | value
            2023-04-01   | 8000      | 3           | 2667
            2024-04-01   |           |             |
        """,
        definition="planned",
        as_at="2025-03-31",
    ),
]
