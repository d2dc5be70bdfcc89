"""H2, relative rate by ethnicity."""

from spec.example import Example

_COUNCIL = {
    "eh_episode": """
        episode_id | person_id | start_date | end_date
        1          | Ann       | 2024-01-01 |
        2          | Ben       | 2024-01-01 |
        3          | Cat       | 2024-01-01 |
        4          | Cat       | 2024-02-01 |
        5          | Dan       | 2024-01-01 |
    """,
    "person": """
        person_id | ethnicity
        Ann       | WBRI
        Ben       | WBRI
        Cat       | ABAN
        Dan       |
    """,
    "population": """
        area_code | year | age_band | ethnicity | count | source
        E06000999 | 2023 | 0-17     | WBRI      | 4000  | ONS
        E06000999 | 2023 | 0-17     | ABAN      | 1000  | ONS
        E06000999 | 2023 | 0-17     |           | 5000  | ONS
    """,
}

EXAMPLES = [
    Example(
        "H2",
        "The rate of a group over that of White British: 1 in 1,000 is twice 2 in 4,000, a child with two episodes once",
        _COUNCIL,
        """
            ethnicity | numerator | denominator | value | status
            ABAN      | 1         | 1000        | 2.00  | ok
            WBRI      | 2         | 4000        | 1.00  | ok
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H2",
        "The number of other ages, or of girls alone, is not the number of the group",
        {
            **_COUNCIL,
            "population": """
                area_code | year | age_band | sex | ethnicity | count | source
                E06000999 | 2023 | 0-17     | all | WBRI      | 4000  | ONS
                E06000999 | 2023 | 0-17     | F   | WBRI      | 2000  | Census
                E06000999 | 2023 | 0-4      | all | WBRI      | 900   | Census
                E06000999 | 2023 | 0-17     | all | ABAN      | 1000  | ONS
            """,
        },
        """
            ethnicity | numerator | denominator | value
            ABAN      | 1         | 1000        | 2.00
            WBRI      | 2         | 4000        | 1.00
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H2",
        "A group is compared with its number in the latest year published by then",
        {
            **_COUNCIL,
            "population": """
                area_code | year | age_band | ethnicity | count | source
                E06000999 | 2020 | 0-17     | WBRI      | 4000  | ONS
                E06000999 | 2020 | 0-17     | ABAN      | 1000  | ONS
                E06000999 | 2024 | 0-17     | ABAN      | 2000  | ONS
            """,
        },
        """
            ethnicity | numerator | denominator | value
            ABAN      | 1         | 2000        | 1.00
            WBRI      | 2         | 4000        | 1.00
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H2",
        "Without children of a group in the publication there is no rate to compare",
        {
            **_COUNCIL,
            "population": """
                area_code | year | age_band | ethnicity | count | source
                E06000999 | 2023 | 0-17     | WBRI      | 4000  | ONS
            """,
        },
        """
            ethnicity | numerator | value | status
            ABAN      |           |       | no_data
            WBRI      | 2         | 1.00  | ok
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H2",
        "Groups of which too few are helped are hidden",
        _COUNCIL,
        """
            ethnicity | numerator | denominator | status
            ABAN      |           | 1000        | suppressed
            WBRI      |           | 4000        | suppressed
        """,
        as_at="2024-03-31",
        policy="dfe",
    ),
    Example(
        "H2",
        "A parent with an episode is of no group of children",
        {
            **_COUNCIL,
            "person": """
                person_id | dob        | ethnicity
                Ann       | 2012-06-15 | WBRI
                Ben       | 1985-05-01 | WBRI
            """,
        },
        """
            ethnicity | numerator | denominator
            ABAN      | 0         | 1000
            WBRI      | 1         | 4000
        """,
        as_at="2024-03-31",
    ),
]
