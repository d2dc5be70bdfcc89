"""F7, repeat domestic abuse."""

from spec.example import Example

_HELP = """
    episode_id | person_id | family_id | start_date | end_date   | need_code | team
    1          | Ann       | Archer    | 2023-10-01 | 2024-01-10 | SF8       | North
    2          | Cat       | Carr      | 2023-10-01 | 2024-01-10 | SF1       | North
    3          | Dan       | Dunn      | 2023-10-01 | 2024-01-10 | SF8       | South
    4          | Eve       | Ellis     | 2023-10-01 | 2024-01-10 | SF1       | South
"""
_NEEDS = "need_id | episode_id | need_code\n 1 | 2 | SF8\n 2 | 4 | SF9"
_INCIDENTS = """
    event_id | person_id | family_id | agency | type           | event_date
    1        | Una       | Archer    | police | domestic_abuse | 2025-01-09
    6        | Una       | Archer    | police | missing        | 2026-01-09
    2        | Vic       | Carr      | police | domestic_abuse | 2024-01-10
    3        | Vic       | Carr      | health | domestic_abuse | 2024-02-10
    4        | Wes       | Dunn      | police | domestic_abuse | 2025-01-10
    7        | Wes       | Dunn      | police | domestic_abuse | 2023-12-10
    5        | Xia       | Ellis     | police | domestic_abuse | 2024-02-10
"""

EXAMPLES = [
    Example(
        "F7",
        "Recorded by the police from the day after closing to the 365th, for families with that need among others",
        {"eh_episode": _HELP, "eh_need": _NEEDS, "partner_event": _INCIDENTS},
        """
            numerator | denominator | value
            1         | 3           | 0.33
        """,
    ),
    Example(
        "F7",
        "Within 6 months is from the day after closing to the 183rd; a family not covered for so long is left out",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date   | need_code
                1          | Ann       | Archer    | 2023-10-01 | 2024-01-10 | SF8
                2          | Cat       | Carr      | 2023-10-01 | 2024-01-10 | SF8
                3          | Dan       | Dunn      | 2023-10-01 | 2024-01-10 | SF8
                4          | Eve       | Ellis     | 2023-10-01 | 2024-01-11 | SF8
                5          | Fay       | Field     | 2023-10-01 | 2024-01-12 | SF8
            """,
            "partner_event": """
                event_id | person_id | family_id | agency | type           | event_date
                1        | Una       | Archer    | police | domestic_abuse | 2024-07-11
                2        | Vic       | Carr      | police | domestic_abuse | 2024-07-12
                3        | Wes       | Dunn      | police | domestic_abuse | 2024-01-11
                4        | Xia       | Ellis     | police | domestic_abuse | 2024-01-11
            """,
        },
        """
            numerator | denominator
            2         | 4
        """,
        definition="six_months",
    ),
    Example(
        "F7",
        "A family whose 365 days the police records do not cover is left out: nobody looked, so it is not safe",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date   | need_code
                1          | Ann       | Archer    | 2023-10-01 | 2024-01-10 | SF8
                2          | Fay       | Field     | 2023-10-01 | 2024-01-11 | SF8
                3          | Gil       | Green     | 2023-10-01 | 2024-01-10 | SF8
            """,
            "partner_event": _INCIDENTS + "    8 | Zoe | Green | police | domestic_abuse | 2024-01-11\n",
            "feed": "feed_id | source_system | extract_date | coverage_end\n feed | police | 2025-02-01 | 2025-01-09",
        },
        """
            numerator | denominator
            2         | 2
        """,
    ),
    Example(
        "F7",
        "Until 365 days have passed since its last day, a period is not mature",
        {"eh_episode": _HELP, "eh_need": _NEEDS, "partner_event": _INCIDENTS},
        """
            numerator | denominator | status
                      |             | not_mature
        """,
        first="2024-01-01",
        last="2024-01-31",
        as_at="2025-01-29",
    ),
    Example(
        "F7",
        "Without police records there is no data, and not a zero",
        {"eh_episode": _HELP},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
