"""K2, recording delay."""

from spec.example import Example

_CONTACTS = """
    contact_id | person_id | contact_date | recorded_date | team
    1          | Ann       | 2024-01-01   | 2024-01-01    | North
    2          | Ben       | 2024-01-01   | 2024-01-04    | North
    3          | Cat       | 2024-01-01   | 2024-01-31    | South
    4          | Dan       | 2024-01-02   |               | South
    5          | Eve       | 2024-01-05   | 2024-01-04    | North
"""
_FEED = "feed_id | source_system\n f1 | standard"
_COUNCIL = {"contact": _CONTACTS, "feed": _FEED}

EXAMPLES = [
    Example(
        "K2",
        "The median of days from event to entry, over records that say it; entered beforehand is on the day",
        _COUNCIL,
        """
            numerator | denominator | value
            4         | 4           | 1.5
        """,
    ),
    Example(
        "K2",
        "The day by which nine in ten were entered",
        _COUNCIL,
        """
            value
            30
        """,
        definition="ninety_percent",
    ),
    Example(
        "K2",
        "Events of all tables are in it, by team where the table has one",
        {
            **_COUNCIL,
            "partner_event": """
                event_id | person_id | agency | type            | event_date | recorded_date
                1        | Ann       | police | domestic_abuse  | 2024-01-01 | 2024-01-08
            """,
        },
        """
            team         | denominator | value
            North        | 3           | 0
            South        | 1           | 30
            not_recorded | 1           | 7
        """,
        by="team",
    ),
    Example(
        "K2",
        "Where no source tells the day of entry there is no data",
        {"contact": "contact_id | person_id | contact_date\n 1 | Ann | 2024-01-01", "feed": _FEED},
        """
            value | status
                  | no_data
        """,
    ),
]
