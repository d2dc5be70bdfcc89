"""F4, successful family outcome."""

from spec.example import Example

_HELP = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2024-01-01 | 2024-04-30 | North
    2          | Cat       | Carr      | 2024-01-01 | 2024-04-30 | North
    3          | Dan       | Dunn      | 2024-01-01 | 2024-04-30 | South
    4          | Eve       | Ellis     | 2024-01-01 | 2024-04-30 | East
    5          | Fay       | Field     | 2024-01-01 | 2024-04-30 | West
"""
_NEEDS = """
    need_id | episode_id | need_code
    1       | 1          | SF1
    2       | 1          | SF8
    3       | 1          | SF9
    4       | 2          | SF1
    5       | 2          | SF1
    6       | 2          | SF8
    7       | 3          | SF1
    8       | 3          | SF8
    9       | 3          | SF9
    10      | 4          | SF1
    11      | 4          | SF8
    12      | 5          | SF1
    13      | 5          | SF8
    14      | 5          | SF9
"""
_OUTCOMES = """
    need_id | status   | achieved_date | sustained_to | validated_measure
    1       | achieved | 2024-03-01    | 2024-10-30   | true
    2       | achieved | 2024-03-01    | 2024-10-30   | true
    3       | achieved | 2024-03-01    | 2024-10-30   | true
    4       | achieved | 2024-03-01    | 2024-10-29   | true
    5       | achieved | 2024-03-01    | 2024-12-31   | true
    6       | achieved | 2024-03-01    | 2024-12-31   | false
    7       | achieved | 2024-03-01    | 2024-12-31   |
    8       | achieved | 2024-03-01    |              |
    9       | achieved | 2024-03-01    | 2024-12-31   |
    10      | achieved | 2024-03-01    | 2024-12-31   | true
    11      | achieved | 2024-03-01    | 2024-12-31   | true
    12      | achieved | 2024-04-30    | 2024-04-30   | true
    13      | achieved | 2024-03-01    | 2024-04-30   | true
    14      | achieved |               | 2024-04-30   | true
"""
_ALL = {"eh_episode": _HELP, "eh_need": _NEEDS, "eh_outcome": _OUTCOMES}

EXAMPLES = [
    Example(
        "F4",
        "Three needs or more, each met and known to have lasted to the closing day; where nobody tells, no data",
        _ALL,
        """
            team  | numerator | denominator | status
            North | 2         | 2           | ok
            South |           |             | no_data
            West  | 1         | 1           | ok
        """,
        by="team",
    ),
    Example(
        "F4",
        "A need that nobody followed up is no success beside families that were",
        _ALL,
        """
            numerator | denominator | value
            3         | 4           | 0.75
        """,
    ),
    Example(
        "F4",
        "A need that ended a day before the closing day, was met after it, or in part, did not last",
        {
            "eh_episode": _HELP,
            "eh_need": _NEEDS,
            "eh_outcome": """
                need_id | status   | achieved_date | sustained_to
                1       | achieved | 2024-03-01    | 2024-04-29
                2       | achieved | 2024-03-01    | 2024-12-31
                3       | achieved | 2024-03-01    | 2024-12-31
                4       | achieved | 2024-05-01    | 2024-12-31
                7       | partly   | 2024-03-01    | 2024-12-31
                8       | achieved | 2024-03-01    | 2024-12-31
                9       | achieved | 2024-03-01    | 2024-12-31
            """,
        },
        """
            numerator | denominator
            0         | 4
        """,
    ),
    Example(
        "F4",
        "Counted by headline outcomes, two needs in one of them are one",
        _ALL,
        """
            team  | numerator | denominator
            North | 1         | 1
            South |           |
            West  | 1         | 1
        """,
        by="team",
        definition="headline_outcomes",
    ),
    Example(
        "F4",
        "Six months after closure: the last of them is the 183rd day; later closures are not mature",
        _ALL,
        """
            team  | numerator | denominator
            North | 1         | 2
            South |           |
            West  | 0         | 1
        """,
        by="team",
        definition="six_months",
    ),
    Example(
        "F4",
        "By a validated measure for every need",
        _ALL,
        """
            team  | numerator | denominator
            North | 1         | 2
            South |           |
            West  | 1         | 1
        """,
        by="team",
        definition="validated",
    ),
    Example(
        "F4",
        "Where no source says how long an outcome lasted there is no data",
        {
            "eh_episode": _HELP,
            "eh_need": _NEEDS,
            "eh_outcome": "need_id | status\n 1 | achieved\n 2 | achieved\n 3 | achieved",
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
