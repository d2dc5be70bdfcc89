"""C4, weighted caseload."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date
    1          | Ann       | Archer    | 2024-01-01 |
    2          | Abe       | Archer    | 2024-01-01 |
    3          | Ben       | Barr      | 2024-01-01 |
    4          | Cat       | Carr      | 2024-01-01 |
"""
_ALLOCATIONS = """
    episode_id | worker_id | from_date
    1          | w1        | 2024-01-10
    2          | w1        | 2024-01-10
    3          | w1        | 2024-01-10
"""
_WORKERS = """
    worker_id | team  | fte
    w1        | North | 0.5
    w2        | North | 1.0
"""
_NEEDS = """
    need_id | episode_id | person_id | family_id | framework | need_code | identified_date
    1       | 1          | Ann       | Archer    | SF2022    | SF1       | 2024-01-05
    2       | 2          | Abe       | Archer    | SF2022    | SF1       | 2024-03-01
    3       | 2          |           | Archer    | SF2022    | SF8       | 2024-02-01
    4       | 1          | Ann       | Archer    | SF2022    | SF9       | 2024-03-01
    5       | 1          | Ann       | Archer    | SF2022    | unmapped  | 2024-01-05
    6       | 4          | Cat       | Carr      | SF2022    | SF1       | 2024-01-05
"""
_EVENTS = """
    event_id | person_id | type    | start_date | end_date
    1        | Ann       | cp_plan | 2022-01-10 | 2022-06-01
"""
_ALL = {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS, "worker": _WORKERS, "eh_need": _NEEDS}

EXAMPLES = [
    Example(
        "C4",
        "Each family weighs 1, and 0.25 more for each further kind of need, from the day on which it was identified",
        _ALL,
        """
            period_end | numerator | denominator | value
            2024-01-31 | 2.00      | 0.5         | 4.0
            2024-02-29 | 2.25      | 0.5         | 4.5
            2024-03-01 | 2.50      | 0.5         | 5.0
        """,
        period="month",
        as_at="2024-03-01",
    ),
    Example(
        "C4",
        "A family of which a child has come to a statutory service weighs 0.5 more",
        {**_ALL, "social_care_event": _EVENTS},
        """
            numerator | denominator | value
            2.50      | 0.5         | 5.0
        """,
        as_at="2024-01-31",
    ),
    Example(
        "C4",
        "History that is made while help goes on counts from its first day on, and once however often",
        {
            **_ALL,
            "social_care_event": """
                event_id | person_id | type        | start_date | end_date
                1        | Ben       | cin_episode | 2024-02-10 | 2024-02-20
                2        | Ben       | cp_plan     | 2024-03-01 |
            """,
        },
        """
            period_end | numerator
            2024-01-31 | 2.00
            2024-02-29 | 2.75
            2024-03-01 | 3.00
        """,
        period="month",
        as_at="2024-03-01",
    ),
    Example(
        "C4",
        "The weights are the council's own: with none, families are simply counted",
        {**_ALL, "social_care_event": _EVENTS},
        """
            numerator | denominator | value
            2.00      | 0.5         | 4.0
        """,
        standards={"further_need_weight": 0, "statutory_history_weight": 0},
        as_at="2024-03-01",
    ),
    Example(
        "C4",
        "With other weights: 1 for each further need makes 1 and 2 more for the first family",
        _ALL,
        """
            numerator | denominator | value
            4.00      | 0.5         | 8.0
        """,
        standards={"further_need_weight": 100},
        as_at="2024-03-01",
    ),
    Example(
        "C4",
        "Few families are hidden, whatever they weigh",
        _ALL,
        """
            numerator | denominator | value | status
                      | 0.5         |       | suppressed
        """,
        policy="dfe",
        as_at="2024-03-01",
    ),
    Example(
        "C4",
        "Where no needs are recorded there is no data: all would weigh the same",
        {"eh_episode": _EPISODES, "allocation": _ALLOCATIONS, "worker": _WORKERS},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
