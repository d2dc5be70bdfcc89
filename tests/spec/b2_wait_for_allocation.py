"""B2, wait from acceptance to allocation."""

from spec.example import Example

_WAITS = """
    episode_id | person_id | family_id | start_date | allocated_date | end_date   | end_reason_code | team
    1          | Ann       | Archer    | 2024-04-01 | 2024-04-11     |            |                 | North
    2          | Ben       | Archer    | 2024-04-01 | 2024-05-31     |            |                 | North
    3          | Cat       | Carr      | 2024-04-01 | 2024-05-01     |            |                 | North
    4          | Dan       | Dunn      | 2024-04-01 |                | 2024-04-21 | declined        | North
    5          | Eve       | Earl      | 2024-04-02 |                |            |                 | South
    6          | Fay       | Earl      | 2024-04-30 | 2024-04-30     |            |                 | South
"""

EXAMPLES = [
    Example(
        "B2",
        "Waits of 0, 10 and 30 days; Dunn left after 20, Earl still waits after 89: half are allocated by the 30th day",
        {"eh_episode": _WAITS},
        """
            period_start | numerator | denominator | value
            2024-04-01   | 3         | 5           | 30
        """,
        as_at="2024-06-30",
    ),
    Example(
        "B2",
        "Until so many are allocated, their median is not mature: an allocation after the day the data is as at is none",
        {"eh_episode": _WAITS},
        """
            team  | numerator | denominator | value | status
            North |           |             |       | not_mature
            South | 1         | 2           | 14    | ok
        """,
        by="team",
        as_at="2024-04-30",
    ),
    Example(
        "B2",
        "Nine in ten are never allocated while too many wait",
        {"eh_episode": _WAITS},
        """
            numerator | value | status
                      |       | not_mature
        """,
        as_at="2024-06-30",
        definition="ninth_decile",
    ),
    Example(
        "B2",
        "Of ten families the ninth is allocated after 9 days and the tenth after 50: nine in ten wait up to between them",
        {
            "eh_episode": "episode_id | person_id | start_date | allocated_date\n"
            + "\n".join(f"{day} | P{day} | 2024-04-01 | 2024-04-{day + 1:02}" for day in range(1, 10))
            + "\n10 | P10 | 2024-04-01 | 2024-05-21"
        },
        """
            numerator | denominator | value
            10        | 10          | 29.5
        """,
        definition="ninth_decile",
    ),
    Example(
        "B2",
        "A worker named before the day of acceptance, or a visit before it, is no wait: 0 days, where the end is possible",
        {
            "eh_episode": """
                episode_id | person_id | start_date | allocated_date | first_contact_date | end_date
                1          | Ann       | 2024-04-08 | 2024-04-01     |                    |
                2          | Ben       | 2024-04-08 |                | 2024-04-07         |
                3          | Cat       | 2024-04-08 | 2024-04-18     |                    |
                4          | Dan       | 2024-04-08 | 2024-04-01     |                    | 2024-04-02
            """
        },
        """
            numerator | denominator | value
            3         | 3           | 0
        """,
    ),
    Example(
        "B2",
        "A month in which nobody was accepted has no median",
        {"eh_episode": _WAITS},
        """
            period_start | denominator | status
            2024-04-01   | 5           | ok
            2024-05-01   |             | no_data
        """,
        period="month",
        last="2024-05-31",
        as_at="2024-06-30",
    ),
    Example(
        "B2",
        "Where nobody records when a worker was named there is no data",
        {"eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-04-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
