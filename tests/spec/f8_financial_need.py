"""F8, financial need improved."""

from spec.example import Example

_HELP = """
    episode_id | person_id | family_id | start_date | end_date   | need_code
    1          | Ann       | Archer    | 2024-01-10 | 2024-04-30 | SF10
    2          | Cat       | Carr      | 2024-01-10 | 2024-04-30 | SF10
    3          | Dan       | Dunn      | 2024-01-10 | 2024-04-30 | SF10
    4          | Eve       | Ellis     | 2024-01-10 | 2024-04-30 | SF10
    5          | Fay       | Field     | 2024-01-10 | 2024-04-30 | SF10
    6          | Gil       | Green     | 2024-01-10 | 2024-04-30 | SF9
    7          | Hal       | Hill      | 2024-01-10 |            | SF10
"""
_EVENTS = """
    event_id | person_id | family_id | agency   | type         | event_date | outcome
    1        | Una       | Archer    | benefits | benefit_gain | 2024-04-30 |
    2        | Vic       | Carr      | housing  | arrears_plan | 2024-02-10 | stopped
    3        | Wes       | Dunn      | other    | debt_advice  | 2024-02-10 | ongoing
    4        | Xia       | Ellis     | housing  | arrears_plan | 2024-01-10 | ongoing
    5        | Yan       | Field     | benefits | benefit_gain | 2024-05-01 |
    6        | Zoe       | Green     | benefits | benefit_gain | 2024-02-10 |
    7        | Abe       | Hill      | benefits | benefit_gain | 2024-02-10 |
    8        | Wes       | Dunn      | housing  | arrears_plan | 2024-02-10 | stopped
"""

EXAMPLES = [
    Example(
        "F8",
        "A gain, a plan not stopped or advice completed, from the first day of help to the last; nothing later",
        {"eh_episode": _HELP, "partner_event": _EVENTS},
        """
            numerator | denominator | value
            2         | 5           | 0.40
        """,
    ),
    Example(
        "F8",
        "Debt advice counts when it is completed",
        {
            "eh_episode": _HELP,
            "partner_event": """
                event_id | person_id | family_id | agency | type        | event_date | outcome
                1        | Una       | Archer    | other  | debt_advice | 2024-02-10 | completed
                2        | Vic       | Carr      | other  | debt_advice | 2024-02-10 |
            """,
        },
        """
            numerator | denominator
            1         | 5
        """,
    ),
    Example(
        "F8",
        "One such event is enough to tell: families without one did not gain, and none of five is a zero",
        {
            "eh_episode": _HELP,
            "partner_event": """
                event_id | person_id | family_id | agency | type        | event_date | outcome
                1        | Vic       | Carr      | other  | debt_advice | 2024-02-10 | ongoing
            """,
        },
        """
            numerator | denominator | status
            0         | 5           | ok
        """,
    ),
    Example(
        "F8",
        "Where partners tell of other events alone, nobody can tell who gained: no data, and not a zero",
        {
            "eh_episode": _HELP,
            "partner_event": """
                event_id | person_id | family_id | agency | type    | event_date
                1        | Una       | Archer    | police | missing | 2024-02-10
            """,
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
