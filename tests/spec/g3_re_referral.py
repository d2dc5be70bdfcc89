"""G3, early help again within 12 months of closure."""

from spec.example import Example

EXAMPLES = [
    Example(
        "G3",
        "A family is back when help begins 1 to 365 days after the last of its episodes ended; on the 366th it is not",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date
                1          | Ann       | Archer    | 2024-01-01 | 2024-04-01
                2          | Ben       | Archer    | 2024-01-01 | 2024-04-30
                3          | Ann       | Archer    | 2025-04-30 |
                4          | Cat       | Carr      | 2024-01-01 | 2024-04-30
                5          | Cat       | Carr      | 2025-05-01 |
                6          | Dan       | Dunn      | 2024-01-01 | 2024-04-30
                7          | Eve       | Dunn      | 2024-05-01 |
            """
        },
        """
            period_start | numerator | denominator | value
            2024-04-01   | 2         | 3           | 0.667
        """,
        period="month",
        first="2024-04-01",
        last="2024-04-30",
    ),
    Example(
        "G3",
        "An episode that starts on the closing day carries the help on; the family closed later, or has not yet",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date
                1          | Ann       | Archer    | 2024-01-01 | 2024-04-30
                2          | Ben       | Archer    | 2024-04-30 |
                3          | Cat       | Carr      | 2024-01-01 | 2024-04-30
            """
        },
        """
            numerator | denominator
            0         | 1
        """,
    ),
    Example(
        "G3",
        "Help of a single day is not its own return",
        {"eh_episode": "episode_id | person_id | start_date | end_date\n 1 | Ann | 2024-04-30 | 2024-04-30"},
        """
            numerator | denominator
            0         | 1
        """,
    ),
    Example(
        "G3",
        "A period is mature when 365 days have passed since its last day",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2024-01-01 | 2024-04-30
                2          | Ben       | 2024-01-01 | 2024-05-01
            """
        },
        """
            period_end | numerator | denominator | status
            2024-04-30 | 0         | 1           | ok
            2024-05-31 |           |             | not_mature
        """,
        first="2024-04-01",
        last="2024-05-31",
        period="month",
        as_at="2025-04-30",
    ),
    Example(
        "G3",
        "Where all closures are younger than a year, nothing is mature",
        {"eh_episode": "episode_id | person_id | start_date | end_date\n 1 | Ann | 2024-01-01 | 2024-04-30"},
        """
            period_start | period_end | denominator | status
            2024-04-30   | 2024-12-31 |             | not_mature
        """,
        as_at="2024-12-31",
    ),
    Example(
        "G3",
        "A family that closes twice in a period is one family, and is back if it came back after either",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date   | end_reason_code
                1          | Ann       | 2023-04-01 | 2023-06-01 | disengaged
                2          | Ann       | 2023-07-01 | 2023-09-01 | outcomes_met
            """
        },
        """
            end_reason_code | numerator | denominator
            disengaged      | 1         | 1
            outcomes_met    | 0         | 1
        """,
        by="end_reason_code",
    ),
    Example(
        "G3",
        "Six months are 183 days: the day after is too late",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date
                1          | Ann       | Archer    | 2023-01-01 | 2023-06-01
                2          | Ann       | Archer    | 2023-12-01 | 2024-01-01
                3          | Ben       | Barr      | 2023-01-01 | 2023-06-01
                4          | Ben       | Barr      | 2023-12-02 | 2024-01-01
            """
        },
        """
            numerator | denominator | value
            1         | 2           | 0.5
        """,
        definition="six_months",
        first="2023-06-01",
        last="2023-06-30",
    ),
    Example(
        "G3",
        "By calendar, closures that nobody could follow for a year are counted as not come back",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2025-01-01 | 2026-03-01
                2          | Ben       | 2025-01-01 | 2025-06-01
                3          | Ben       | 2025-07-01 |
            """
        },
        """
            numerator | denominator | value
            1         | 2           | 0.5
        """,
        definition="calendar",
    ),
]
