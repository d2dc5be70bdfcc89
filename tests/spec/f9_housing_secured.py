"""F9, housing secured."""

from spec.example import Example

_HELP = """
    episode_id | person_id | family_id | start_date | end_date   | need_code | team
    1          | Ann       | Archer    | 2024-01-10 | 2024-02-09 | SF9       | In time
    2          | Cat       | Carr      | 2024-01-10 | 2024-02-09 | SF9       | In time
    3          | Dan       | Dunn      | 2024-01-10 | 2024-02-09 | SF9       | Lost
    4          | Eve       | Ellis     | 2024-01-10 | 2024-02-09 | SF9       | Lost
    5          | Fay       | Field     | 2024-01-10 |            | SF9       | Kept
    6          | Gil       | Green     | 2024-01-10 | 2024-02-09 | SF1       | Kept
    7          | Hal       | Hill      | 2024-01-10 | 2024-02-09 | SF9       | Late
    8          | Ida       | Innes     | 2024-01-10 | 2024-02-09 | SF9       | Late
    9          | Jim       | Jones     | 2024-01-10 | 2024-02-09 | SF9       | Twice
    10         | Kit       | King      | 2024-01-10 | 2024-02-09 | SF9       | Twice
"""
_MOVES = """
    event_id | person_id | family_id | agency  | type                  | event_date | end_date
    1        | Una       | Archer    | housing | settled_accommodation | 2024-07-11 |
    2        | Vic       | Carr      | housing | settled_accommodation | 2024-07-12 |
    3        | Wes       | Dunn      | housing | settled_accommodation | 2024-02-10 |
    4        | Wes       | Dunn      | housing | homelessness          | 2024-06-10 |
    5        | Xia       | Ellis     | housing | settled_accommodation | 2024-02-10 | 2024-07-11
    6        | Yan       | Field     | housing | homelessness          | 2024-01-10 |
    7        | Yan       | Field     | housing | settled_accommodation | 2024-01-10 | 2024-07-12
    8        | Zoe       | Green     | housing | settled_accommodation | 2024-02-10 |
    9        | Hal       | Hill      | housing | settled_accommodation | 2024-08-10 |
    10       | Ida       | Innes     | housing | settled_accommodation | 2024-08-11 |
    11       | Jim       | Jones     | housing | settled_accommodation | 2024-02-01 |
    12       | Jim       | Jones     | housing | homelessness          | 2024-03-01 |
    13       | Jim       | Jones     | housing | settled_accommodation | 2024-04-01 |
    14       | Kit       | King      | housing | homelessness          | 2024-02-01 |
    15       | Kit       | King      | housing | settled_accommodation | 2024-03-01 |
    16       | Kit       | King      | housing | homelessness          | 2024-05-01 |
"""

EXAMPLES = [
    Example(
        "F9",
        "In a settled home on the 183rd day: moved in since the day help began, not out, and not homeless again on a later day",
        {"eh_episode": _HELP, "partner_event": _MOVES},
        """
            team    | numerator | denominator
            In time | 1         | 2
            Kept    | 1         | 1
            Late    | 0         | 2
            Lost    | 0         | 2
            Twice   | 1         | 2
        """,
        by="team",
    ),
    Example(
        "F9",
        "Six months after the family closed",
        {"eh_episode": _HELP, "partner_event": _MOVES},
        """
            team    | numerator | denominator
            In time | 2         | 2
            Late    | 1         | 2
            Lost    | 0         | 2
            Twice   | 1         | 2
        """,
        by="team",
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
