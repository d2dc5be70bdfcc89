"""B5, acceptance to first contact."""

from spec.example import Example

# Five working days from Thursday 28 March 2024, over Easter: 2, 3, 4, 5 and 8 April.
_ACCEPTED = """
    episode_id | person_id | family_id | start_date | first_contact_date | end_date   | team
    1          | Ann       | Archer    | 2024-03-28 | 2024-04-09         |            | North
    2          | Ben       | Archer    | 2024-03-28 | 2024-04-08         |            | North
    3          | Cat       | Carr      | 2024-03-28 | 2024-04-09         |            | North
    4          | Dan       | Dunn      | 2024-03-28 |                    | 2024-04-02 | South
    5          | Eve       | Earl      | 2024-03-28 | 2024-03-27         |            | South
"""

EXAMPLES = [
    Example(
        "B5",
        "Of four families due on 8 April one was contacted by then, and one before acceptance, which is in time",
        {"eh_episode": _ACCEPTED},
        """
            period_start | numerator | denominator | value | lower | upper
            2024-04-08   | 2         | 4           | 0.500 | 0.150 | 0.850
        """,
        standards={"first_contact_working_days": 5},
    ),
    Example(
        "B5",
        "With six working days all who were contacted are in time",
        {"eh_episode": _ACCEPTED},
        """
            team  | numerator | denominator
            North | 2         | 2
            South | 1         | 2
        """,
        by="team",
        standards={"first_contact_working_days": 6},
    ),
    Example(
        "B5",
        "A family counts in the month in which the contact was due, and not before it is due",
        {"eh_episode": _ACCEPTED},
        """
            period_start | numerator | denominator | status
            2024-03-01   |           |             | no_data
            2024-04-01   | 2         | 4           | ok
        """,
        standards={"first_contact_working_days": 5},
        first="2024-03-01",
        last="2024-04-30",
        period="month",
    ),
    Example(
        "B5",
        "Systems that never say when a family was contacted are left out",
        {
            "eh_episode": """
                episode_id | person_id | start_date | first_contact_date | source_system
                1          | Ann       | 2024-03-28 | 2024-04-02         | mosaic
                2          | Ben       | 2024-03-28 |                    | mosaic
                3          | Cat       | 2024-03-28 |                    | spreadsheet
            """
        },
        """
            numerator | denominator
            1         | 2
        """,
    ),
    Example(
        "B5",
        "Where no first contact is ever recorded there is no data",
        {"eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-04-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
