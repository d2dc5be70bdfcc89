"""H5, under-5 and unborn reach."""

from spec.example import Example

_COUNCIL = {
    "eh_episode": """
        episode_id | person_id | start_date | end_date
        1          | Ann       | 2024-01-01 |
        2          | Ben       | 2024-01-01 |
        3          | Cat       | 2024-01-01 |
        4          | Dan       | 2024-01-01 |
        5          | Eve       | 2024-01-01 | 2024-03-01
    """,
    "person": """
        person_id | dob        | expected_dob
        Ann       | 2020-05-15 |
        Ben       | 2019-03-15 |
        Cat       |            | 2024-06-15
        Dan       |            |
        Eve       | 2022-01-01 |
    """,
    "population": """
        area_code | year | age_band | count | source
        E06000999 | 2023 | 0-4      | 500   | ONS
        E06000999 | 2023 | 0-17     | 2000  | ONS
    """,
}

EXAMPLES = [
    Example(
        "H5",
        "Children under 5 and open on the last day: not one whose fifth birthday fell in that month, nor the unborn",
        _COUNCIL,
        """
            numerator | denominator | value
            1         | 500         | 2.0
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H5",
        "The day before the month of the fifth birthday the child is under 5",
        _COUNCIL,
        """
            numerator | denominator
            3         | 500
        """,
        as_at="2024-02-29",
        last="2024-02-29",
        first="2024-02-29",
    ),
    Example(
        "H5",
        "An unborn child is one whose expected month of birth is still to come",
        _COUNCIL,
        """
            numerator | denominator | value
            1         | 500         | 2.0
        """,
        as_at="2024-03-31",
        definition="unborn",
    ),
    Example(
        "H5",
        "Ages that the publication does not hold as such are the sum of the bands within them",
        {
            **_COUNCIL,
            "population": """
                area_code | year | age_band | count | source
                E06000999 | 2023 | under 1  | 100   | ONS
                E06000999 | 2023 | 1-4      | 300   | ONS
            """,
        },
        """
            numerator | denominator | value
            1         | 400         | 2.5
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H5",
        "An unborn child is taken as born from its expected month on, where no birth is recorded",
        _COUNCIL,
        """
            period_end | numerator
            2024-05-31 | 1
            2024-06-30 | 2
        """,
        as_at="2024-06-30",
        first="2024-05-01",
        last="2024-06-30",
        period="month",
    ),
]
