"""C6, long open."""

from spec.example import Example

# Ann's help began on 1 March 2024: 31 August is day 183, 30 November day 274 and 1 March 2025 day 365.
_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2024-03-01 | 2025-02-20 | North
    2          | Abe       | Archer    | 2025-02-20 |            | South
    3          | Ben       | Barr      | 2025-01-10 |            | South
"""

EXAMPLES = [
    Example(
        "C6",
        "Open for 365 days is not more than a year, one day later is; a sibling who joins carries the family's help on",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator | value
            2025-02-28 | 0         | 2           | 0.00
            2025-03-01 | 0         | 2           | 0.00
        """,
        first="2025-02-01",
        period="month",
        as_at="2025-03-01",
    ),
    Example(
        "C6",
        "The day after, the family is open for more than a year",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator | value
            2025-03-02 | 1         | 2           | 0.50
        """,
        as_at="2025-03-02",
    ),
    Example(
        "C6",
        "By team: a family counts where it is open now, with the time it has been open anywhere",
        {"eh_episode": _EPISODES},
        """
            team  | numerator | denominator
            South | 1         | 2
        """,
        by="team",
        as_at="2025-03-02",
    ),
    Example(
        "C6",
        "A family that closed and came back starts again",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2023-03-01 | 2024-02-29
                2          | Ann       | 2024-03-01 |
            """
        },
        """
            period_end | numerator | denominator
            2025-03-01 | 0         | 1
        """,
        as_at="2025-03-01",
    ),
    Example(
        "C6",
        "More than nine months: from the 275th day",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator
            2024-11-30 | 0         | 1
            2024-12-01 | 1         | 1
        """,
        definition="nine_months",
        first="2024-11-01",
        period="month",
        as_at="2024-12-01",
    ),
    Example(
        "C6",
        "More than six months: from the 184th day",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | denominator
            2024-08-31 | 0         | 1
            2024-09-01 | 1         | 1
        """,
        definition="six_months",
        first="2024-08-01",
        period="month",
        as_at="2024-09-01",
    ),
    Example(
        "C6",
        "On the day before the last family closes, it is open and not for long",
        {"eh_episode": "episode_id | person_id | start_date | end_date\n 1 | Ann | 2023-03-01 | 2024-02-29"},
        """
            period_end | numerator | denominator | status
            2024-02-28 | 0         | 1           | ok
        """,
        as_at="2024-02-28",
    ),
    Example(
        "C6",
        "On the day the last one closes there is no data, and not zero",
        {"eh_episode": "episode_id | person_id | start_date | end_date\n 1 | Ann | 2023-03-01 | 2024-02-29"},
        """
            period_end | numerator | denominator | status
            2024-02-29 |           |             | no_data
        """,
        as_at="2024-02-29",
    ),
]
