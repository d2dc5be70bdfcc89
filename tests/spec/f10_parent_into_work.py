"""F10, parent into work or training."""

from spec.example import Example

_HELP = """
    episode_id | person_id | family_id | start_date
    1          | Ann       | Archer    | 2024-01-10
    2          | Cat       | Carr      | 2024-01-10
    3          | Dan       | Dunn      | 2024-01-10
    4          | Eve       | Ellis     | 2024-01-10
"""
_PEOPLE = """
    person_key | person_id | family_id | dob
    1          | Una       | Archer    | 1990-05-01
    2          | Vic       | Carr      |
    3          | Wes       | Dunn      | 1990-05-01
    4          | Eve       | Ellis     | 2006-02-01
    5          | Abe       | Ellis     | 2006-01-31
"""
_WORK = """
    event_id | person_id | family_id | agency   | type                     | event_date | end_date
    1        | Una       | Archer    | benefits | out_of_work_benefit      | 2023-06-01 |
    2        | Una       | Archer    | benefits | out_of_work_benefit      | 2023-01-01 | 2024-01-10
    3        | Una       | Archer    | other    | work_or_training_started | 2025-01-09 |
    4        | Vic       | Carr      | benefits | out_of_work_benefit      | 2023-01-10 | 2024-01-10
    5        | Vic       | Carr      | other    | work_or_training_started | 2025-01-10 |
    6        | Wes       | Dunn      | benefits | out_of_work_benefit      | 2023-06-01 | 2024-01-09
    7        | Wes       | Dunn      | other    | work_or_training_started | 2024-06-01 |
    8        | Eve       | Ellis     | benefits | out_of_work_benefit      | 2023-06-01 |
    9        | Abe       | Ellis     | benefits | out_of_work_benefit      | 2024-01-10 |
    10       | Abe       | Ellis     | other    | work_or_training_started | 2024-01-10 |
    11       | Xia       | Carr      | benefits | out_of_work_benefit      | 2024-01-11 |
    12       | Yan       | Carr      | benefits | out_of_work_benefit      | 2023-06-01 |
    13       | Yan       | Carr      | other    | work_or_training_started | 2024-01-11 |
"""

EXAMPLES = [
    Example(
        "F10",
        "Adults on a benefit on the day help began, each once, and work from the next day to the 365th; an unknown age "
        "is an adult's",
        {"eh_episode": _HELP, "person": _PEOPLE, "partner_event": _WORK},
        """
            numerator | denominator | value
            2         | 4           | 0.50
        """,
    ),
    Example(
        "F10",
        "One who started is enough to tell: here before help began, so that none of one is a zero",
        {
            "eh_episode": _HELP,
            "partner_event": """
                event_id | person_id | family_id | agency   | type                     | event_date
                1        | Una       | Archer    | benefits | out_of_work_benefit      | 2023-06-01
                2        | Una       | Archer    | other    | work_or_training_started | 2023-01-01
            """,
        },
        """
            numerator | denominator | status
            0         | 1           | ok
        """,
    ),
    Example(
        "F10",
        "Where nobody tells of work that started there is no data, and not a zero",
        {
            "eh_episode": _HELP,
            "partner_event": """
                event_id | person_id | family_id | agency   | type                | event_date
                1        | Una       | Archer    | benefits | out_of_work_benefit | 2023-06-01
            """,
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
    Example(
        "F10",
        "Until 365 days have passed, a period is not mature",
        {"eh_episode": _HELP, "person": _PEOPLE, "partner_event": _WORK},
        """
            numerator | denominator | status
                      |             | not_mature
        """,
        first="2024-01-01",
        last="2024-01-31",
        as_at="2025-01-29",
    ),
]
