"""H3, need-to-reach ratio."""

from spec.example import Example

_COUNCIL = {
    "eh_episode": """
        episode_id | person_id | start_date
        1          | Ann       | 2024-01-01
        2          | Ben       | 2024-01-01
        3          | Cat       | 2024-01-01
    """,
    "person": """
        person_id | lsoa
        Ann       | E01999001
        Ben       | E01999001
        Cat       | E01999002
    """,
    "place": """
        lsoa      | ward_code | la_code
        E01999001 | E05999001 | E06000999
        E01999002 | E05999002 | E06000999
    """,
}

EXAMPLES = [
    Example(
        "H3",
        "A ward with two of three families and half of the need is reached more than its share: 2/3 over 1/2",
        {
            **_COUNCIL,
            "expected_need": """
                lsoa      | expected
                E01999001 | 50
                E01999002 | 50
            """,
        },
        """
            ward_code | numerator | denominator | value
            E05999001 | 2         | 50          | 1.33
            E05999002 | 1         | 50          | 0.67
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H3",
        "Until expected need has been worked out there is no data",
        _COUNCIL,
        """
            numerator | status
                      | no_data
        """,
    ),
]
