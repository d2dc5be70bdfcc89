"""F9, housing secured."""

from spec.example import Example

_HELP = """
    episode_id | person_id | family_id | start_date | end_date   | need_code
    1          | Ann       | Archer    | 2024-01-10 | 2024-02-09 | SF9
    2          | Cat       | Carr      | 2024-01-10 | 2024-02-09 | SF9
    3          | Dan       | Dunn      | 2024-01-10 | 2024-02-09 | SF9
    4          | Eve       | Ellis     | 2024-01-10 | 2024-02-09 | SF9
    5          | Fay       | Field     | 2024-01-10 |            | SF9
    6          | Gil       | Green     | 2024-01-10 | 2024-02-09 | SF1
"""
_MOVES = """
    event_id | person_id | family_id | agency  | type                  | event_date | end_date
    1        | Una       | Archer    | housing | settled_accommodation | 2024-07-11 |
    2        | Vic       | Carr      | housing | settled_accommodation | 2024-07-12 |
    3        | Wes       | Dunn      | housing | settled_accommodation | 2024-02-10 |
    4        | Wes       | Dunn      | housing | homelessness          | 2024-06-10 |
    5        | Xia       | Ellis     | housing | settled_accommodation | 2024-02-10 | 2024-07-11
    6        | Yan       | Field     | housing | homelessness          | 2024-02-10 |
    7        | Yan       | Field     | housing | settled_accommodation | 2024-02-10 | 2024-07-12
    8        | Zoe       | Green     | housing | settled_accommodation | 2024-02-10 |
"""

EXAMPLES = [
    Example(
        "F9",
        "In a settled home on the 183rd day: moved in by then, not out, and not homeless again on a later day",
        {"eh_episode": _HELP, "partner_event": _MOVES},
        """
            numerator | denominator | value
            2         | 5           | 0.40
        """,
    ),
    Example(
        "F9",
        "Six months after the family closed",
        {"eh_episode": _HELP, "partner_event": _MOVES},
        """
            numerator | denominator
            2         | 4
        """,
        definition="after_closure",
    ),
    Example(
        "F9",
        "Without any record of a settled home there is no data, and not a zero",
        {
            "eh_episode": _HELP,
            "partner_event": """
                event_id | person_id | family_id | agency  | type         | event_date
                1        | Una       | Archer    | housing | homelessness | 2024-02-10
            """,
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
