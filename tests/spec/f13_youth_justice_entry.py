"""F13, youth justice entry."""

from spec.example import Example

_HELP = """
    episode_id | person_id | start_date
    1          | Ann       | 2024-01-10
    2          | Ben       | 2024-01-10
    3          | Cat       | 2024-01-10
    4          | Dan       | 2024-01-10
    5          | Eve       | 2024-01-10
    6          | Fay       | 2024-01-10
    7          | Gil       | 2024-01-11
    8          | Hal       | 2024-01-10
"""
_PEOPLE = """
    person_key | person_id | dob
    1          | Ann       | 2014-01-31
    2          | Ben       | 2008-01-01
    3          | Cat       | 2014-02-01
    4          | Dan       | 2006-01-01
    5          | Eve       | 2008-01-01
    6          | Fay       |
    7          | Gil       | 2008-01-01
    8          | Hal       | 2006-02-28
"""
_ENTRIES = """
    event_id | person_id | agency        | type       | event_date | feed_id
    1        | Ann       | police        | caution    | 2025-01-09 | second
    2        | Ben       | youth_justice | caution    | 2025-01-10 | second
    3        | Eve       | youth_justice | conviction | 2024-01-10 | first
    4        | Eve       | youth_justice | conviction | 2024-06-10 | first
    5        | Ben       | youth_justice | offence    | 2024-06-10 | first
"""

EXAMPLES = [
    Example(
        "F13",
        "Aged 10 to 17 with none by the day help began; an entry counts to the 365th day, and an offence is none",
        {
            "eh_episode": _HELP,
            "person": _PEOPLE,
            "partner_event": _ENTRIES,
            "feed": """
                feed_id | source_system | extract_date | coverage_end
                first   | mosaic        | 2024-07-01   | 2024-06-30
                second  | mosaic        | 2025-01-10   | 2025-01-10
            """,
        },
        """
            numerator | denominator | value
            1         | 4           | 0.25
        """,
        as_at="2025-01-10",
    ),
    Example(
        "F13",
        "A young person whose 365 days the records do not cover is left out: here the last to start, by a day",
        {
            "eh_episode": _HELP,
            "person": _PEOPLE,
            "partner_event": """
                event_id | person_id | agency | type    | event_date
                1        | Ann       | police | caution | 2025-01-09
                2        | Ann       | police | caution | 2024-02-01
            """,
        },
        """
            numerator | denominator
            1         | 4
        """,
    ),
    Example(
        "F13",
        "Without youth justice records there is no data, and not a zero",
        {"eh_episode": _HELP, "person": _PEOPLE},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
