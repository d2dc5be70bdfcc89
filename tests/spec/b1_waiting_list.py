"""B1, waiting list size."""

from spec.example import Example

_LIST = """
    episode_id | person_id | family_id | start_date | allocated_date | end_date   | end_reason_code | team
    1          | Ann       | Archer    | 2024-04-01 |                |            |                 | North
    2          | Ben       | Archer    | 2024-04-01 |                |            |                 | South
    3          | Cat       | Carr      | 2024-04-01 | 2024-04-30     |            |                 | North
    4          | Dan       | Dunn      | 2024-04-01 |                | 2024-05-01 | declined        | North
    5          | Eve       | Earl      | 2024-04-30 | 2024-04-30     |            |                 | North
    6          | Fay       | Ford      | 2024-05-01 | 2024-05-20     |            |                 | North
"""

EXAMPLES = [
    Example(
        "B1",
        "Waiting at the end of 30 April: Archer and Dunn; Carr and Earl were allocated that day, Ford is not accepted yet",
        {"eh_episode": _LIST},
        """
            period_end | numerator | value | lower | upper
            2024-04-30 | 2         | 2     | 0.2   | 7.2
        """,
        last="2024-04-30",
    ),
    Example(
        "B1",
        "A day later Ford waits, and Dunn, closed that day, no longer does; the last month has nobody new",
        {"eh_episode": _LIST},
        """
            period_end | numerator | status
            2024-04-30 | 2         | ok
            2024-05-01 | 2         | ok
        """,
        period="month",
        last="2024-05-01",
    ),
    Example(
        "B1",
        "A family whose children are with two teams counts once in the total and once in each",
        {"eh_episode": _LIST},
        """
            team  | numerator
            North | 2
            South | 1
        """,
        by="team",
        last="2024-04-30",
    ),
    Example(
        "B1",
        "A family waits until the first child accepted that day has a worker, or was visited; a later sibling, Dan, waits anew",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | allocated_date | first_contact_date
                1          | Ann       | Archer    | 2024-04-01 | 2024-04-10     |
                2          | Ben       | Archer    | 2024-04-01 |                |
                3          | Cat       | Carr      | 2024-04-01 | 2024-04-10     |
                4          | Dan       | Carr      | 2024-04-20 |                |
                5          | Eve       | Earl      | 2024-04-01 |                | 2024-04-20
            """
        },
        """
            period_end | numerator
            2024-04-30 | 1
        """,
        last="2024-04-30",
    ),
    Example(
        "B1",
        "Left out: closed with goals met though nobody was named, impossible dates, systems that never name a worker",
        {
            "eh_episode": """
                episode_id | person_id | start_date | allocated_date | end_date   | end_reason_code | source_system
                1          | Ann       | 2024-04-01 |                |            |                 | mosaic
                2          | Ben       | 2024-04-01 | 2024-06-01     |            |                 | mosaic
                3          | Cat       | 2024-04-01 |                | 2024-05-20 | outcomes_met    | mosaic
                4          | Dan       | 2024-04-01 | 2024-03-31     |            |                 | mosaic
                5          | Eve       | 2024-04-01 |                | 2024-03-31 |                 | mosaic
                6          | Fay       | 2024-04-01 |                |            |                 | spreadsheet
            """
        },
        """
            period_end | numerator
            2024-04-30 | 2
        """,
        last="2024-04-30",
    ),
    Example(
        "B1",
        "Goals met for one child by the day that the data is as at: Barr was not waiting; of Carr that is not known yet",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | allocated_date | end_date   | end_reason_code
                1          | Ann       | Archer    | 2024-04-01 |                |            |
                2          | Ben       | Barr      | 2024-04-01 |                | 2024-05-20 | outcomes_met
                3          | Bea       | Barr      | 2024-04-01 |                |            |
                4          | Cat       | Carr      | 2024-04-01 |                | 2024-05-21 | partly_met
                5          | Dan       | Dunn      | 2024-04-01 | 2024-04-10     |            |
            """
        },
        """
            period_end | numerator
            2024-04-30 | 2
        """,
        last="2024-04-30",
        as_at="2024-05-20",
    ),
    Example(
        "B1",
        "Where nobody records when a worker was named, nobody can tell who waits",
        {"eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-04-01"},
        """
            numerator | status
                      | no_data
        """,
    ),
]
