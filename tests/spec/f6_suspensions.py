"""F6, suspensions after start."""

from spec.example import Example

_HELP = """
    episode_id | person_id | start_date
    1          | Ann       | 2024-01-10
    2          | Ben       | 2024-01-10
    3          | Cat       | 2024-01-10
    4          | Dan       | 2024-01-10
    5          | Eve       | 2024-01-10
    6          | Fay       | 2024-01-09
    7          | Gil       | 2024-01-11
"""
_PEOPLE = """
    person_key | person_id | dob        | sen_status
    1          | Ann       | 2019-01-31 | support
    2          | Ben       | 2008-02-01 | ehcp
    3          | Cat       | 2012-01-01 | none
    4          | Dan       | 2019-02-01 | none
    5          | Eve       | 2008-01-31 | none
    6          | Fay       | 2012-01-01 | none
    7          | Gil       | 2012-01-01 | none
    8          | Ann       | 2019-01-31 | none
"""
_SUSPENSIONS = """
    exclusion_id | person_id | start_date | sessions | category
    1            | Ann       | 2023-01-10 | 4        | suspension
    2            | Ann       | 2024-01-10 | 9        | suspension
    3            | Ann       | 2025-01-09 | 1        | suspension
    4            | Ben       | 2024-06-10 | 2        | suspension
    5            | Ben       | 2024-07-10 | 9        | permanent
    6            | Dan       | 2023-06-10 | 8        | suspension
"""

EXAMPLES = [
    Example(
        "F6",
        "Ages 5 to 15; 365 days before and after, without the day help began; for each 100 children",
        {"eh_episode": _HELP, "person": _PEOPLE, "exclusion": _SUSPENSIONS},
        """
            sen_status | numerator | denominator | value
            ehcp       | 200       | 1           | 200.0
            none       | 0         | 1           | 0.0
            support    | -300      | 1           | -300.0
        """,
        by="sen_status",
    ),
    Example(
        "F6",
        "A child of whom a suspension has no sessions recorded is left out",
        {
            "eh_episode": _HELP,
            "person": _PEOPLE,
            "exclusion": """
                exclusion_id | person_id | start_date | sessions | category
                1            | Ann       | 2023-01-10 | 4        | suspension
                2            | Ann       | 2023-06-10 |          | suspension
                3            | Ben       | 2025-01-09 | 3        | suspension
            """,
        },
        """
            numerator | denominator | value
            300       | 2           | 150.0
        """,
    ),
    Example(
        "F6",
        "The day before and the day after help began count, the 366th day on either side does not",
        {
            "eh_episode": "episode_id | person_id | start_date\n 1 | Cat | 2024-01-10",
            "person": _PEOPLE,
            "exclusion": """
                exclusion_id | person_id | start_date | sessions | category
                1            | Cat       | 2023-01-09 | 50       | suspension
                2            | Cat       | 2024-01-09 | 2        | suspension
                3            | Cat       | 2024-01-11 | 5        | suspension
                4            | Cat       | 2025-01-10 | 90       | suspension
            """,
        },
        """
            numerator | denominator | value
            300       | 1           | 300.0
        """,
    ),
    Example(
        "F6",
        "Counted by suspensions, however long",
        {
            "eh_episode": _HELP,
            "person": _PEOPLE,
            "exclusion": """
                exclusion_id | person_id | start_date | sessions | category
                1            | Ann       | 2023-01-10 | 4        | suspension
                2            | Ann       | 2023-06-10 |          | suspension
                3            | Ben       | 2025-01-09 | 3        | suspension
            """,
        },
        """
            numerator | denominator | value
            -100      | 3           | -33.3
        """,
        definition="suspensions",
    ),
    Example(
        "F6",
        "A child whose year before is not covered is left out: here all but Gil, who started a day later than the others",
        {
            "eh_episode": _HELP,
            "person": _PEOPLE,
            "exclusion": """
                exclusion_id | person_id | start_date | sessions | category   | feed_id
                1            | Ann       | 2023-06-10 | 4        | suspension | first
                2            | Dan       | 2024-09-10 | 8        | suspension | second
            """,
            "feed": """
                feed_id | source_system | extract_date | coverage_start | coverage_end
                first   | mosaic        | 2025-02-01   | 2023-01-11     | 2024-07-31
                second  | mosaic        | 2025-02-01   | 2024-08-01     | 2025-01-31
            """,
        },
        """
            numerator | denominator | value
            0         | 1           | 0.0
        """,
    ),
    Example(
        "F6",
        "Without suspensions in any record there is no data, and not a zero",
        {"eh_episode": _HELP, "person": _PEOPLE},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
