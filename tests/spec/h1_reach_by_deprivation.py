"""H1, reach by deprivation."""

from spec.example import Example

_COUNCIL = {
    "eh_episode": """
        episode_id | person_id | start_date | end_date
        1          | Ann       | 2024-01-01 |
        2          | Ben       | 2024-01-01 |
        3          | Cat       | 2024-01-01 |
        4          | Dan       | 2024-01-01 | 2024-03-31
    """,
    "person": """
        person_id | lsoa
        Ann       | E01999001
        Ben       | E01999001
        Cat       | E01999005
        Dan       | E01999001
    """,
    "place": """
        lsoa      | la_code   | imd_decile | children_0_17
        E01999001 | E06000999 | 1          | 1000
        E01999005 | E06000999 | 5          | 1000
        E01999009 | E06000999 | 9          | 1000
    """,
}

EXAMPLES = [
    Example(
        "H1",
        "Children open on the last day in each decile, for each 10,000 who live there; who closed that day is not open; a "
        "decile in which nobody is helped is 0 of its children",
        _COUNCIL,
        """
            imd_decile | numerator | denominator | value | lower | upper | status
            1          | 2         | 1000        | 20.0  | 2.4   | 72.2  | ok
            5          | 1         | 1000        | 10.0  | 0.3   | 55.7  | ok
            9          | 0         | 1000        | 0.0   | 0.0   | 36.9  | ok
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H1",
        "The slope index is the rate at the least deprived end less that at the most deprived, a decile without help too",
        _COUNCIL,
        """
            numerator | denominator | value
            3         | 3000        | -30.0
        """,
        as_at="2024-03-31",
        definition="slope",
    ),
    Example(
        "H1",
        "Without small areas of children nothing can be said",
        {"eh_episode": _COUNCIL["eh_episode"], "place": _COUNCIL["place"]},
        """
            numerator | status
                      | no_data
        """,
    ),
]
