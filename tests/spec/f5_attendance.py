"""F5, attendance improvement."""

from spec.example import Example

_HELP = """
    episode_id | person_id | start_date | end_date | need_code
    1          | Ann       | 2024-03-31 |          | SF1
    2          | Ben       | 2024-04-01 |          | SF1
    3          | Cat       | 2024-03-31 |          | SF8
    4          | Dan       | 2024-03-31 |          | SF1
"""
_ATTENDANCE = """
    person_id | academic_year | term   | possible | authorised | unauthorised
    Ann       | 2022-23       | summer | 100      | 20         | 20
    Ann       | 2023-24       | autumn | 100      | 10         | 10
    Ann       | 2023-24       | spring | 100      | 100        | 0
    Ann       | 2023-24       | summer | 100      | 5          | 5
    Ann       | 2024-25       | autumn | 100      | 0          | 10
    Ann       | 2024-25       | spring | 100      | 100        | 0
    Ben       | 2022-23       | summer | 100      | 100        | 0
    Ben       | 2023-24       | autumn | 100      | 60         | 0
    Ben       | 2023-24       | spring | 100      | 42         | 0
    Ben       | 2023-24       | summer | 100      | 100        | 0
    Ben       | 2024-25       | autumn | 100      | 40         | 0
    Ben       | 2024-25       | spring | 100      | 40         | 0
    Cat       | 2022-23       | summer | 100      | 0          | 0
    Cat       | 2023-24       | autumn | 100      | 0          | 0
    Cat       | 2023-24       | summer | 100      | 0          | 0
    Cat       | 2024-25       | autumn | 100      | 0          | 0
    Dan       | 2022-23       | summer | 100      | 0          | 0
    Dan       | 2023-24       | autumn | 100      | 0          | 0
    Dan       | 2023-24       | summer | 0        | 0          | 0
    Dan       | 2024-25       | autumn | 100      | 0          | 0
"""
_EASTER = "Easter Sunday of 2024, the 31st of March, ends the spring term"

EXAMPLES = [
    Example(
        "F5",
        f"{_EASTER}: Ann's windows are summer and autumn, before and after; a term without sessions is no record",
        {"eh_episode": _HELP, "attendance_period": _ATTENDANCE},
        """
            numerator | denominator | value
            20        | 1           | 20.0
        """,
        first="2024-03-31",
        last="2024-03-31",
    ),
    Example(
        "F5",
        "Ben started a day later, in the summer term: his are autumn and spring",
        {"eh_episode": _HELP, "attendance_period": _ATTENDANCE},
        """
            numerator | denominator | value
            11        | 1           | 11.0
        """,
        first="2024-04-01",
        last="2024-04-01",
    ),
    Example(
        "F5",
        "Less the change of all pupils of the council in the same terms, from 35 % of sessions missed to 22.5 %",
        {
            "eh_episode": _HELP,
            "attendance_period": """
                person_id | academic_year | term   | possible | authorised | unauthorised
                Ann       | 2022-23       | summer | 100      | 40         | 0
                Ann       | 2023-24       | autumn | 100      | 20         | 0
                Ann       | 2023-24       | summer | 100      | 10         | 0
                Ann       | 2024-25       | autumn | 100      | 0          | 10
                Eve       | 2022-23       | summer | 100      | 40         | 0
                Eve       | 2023-24       | autumn | 100      | 40         | 0
                Eve       | 2023-24       | summer | 100      | 40         | 0
                Eve       | 2024-25       | autumn | 100      | 30         | 0
            """,
        },
        """
            numerator | denominator | value
            7.5       | 1           | 7.5
        """,
        definition="adjusted",
    ),
    Example(
        "F5",
        "Out of persistent absence: less than 90 % before, and 90 % or more after",
        {"eh_episode": _HELP, "attendance_period": _ATTENDANCE},
        """
            numerator | denominator | value
            1         | 2           | 0.50
        """,
        definition="persistent_absence",
    ),
    Example(
        "F5",
        "Out of severe absence: less than 50 % before, and 50 % or more after",
        {"eh_episode": _HELP, "attendance_period": _ATTENDANCE},
        """
            numerator | denominator
            1         | 1
        """,
        definition="severe_absence",
    ),
    Example(
        "F5",
        "Exactly 90 % attended is not less than 90 %, before as after: 100 sessions of 1,000 missed, and 101",
        {
            "eh_episode": """
                episode_id | person_id | start_date | need_code
                1          | Ann       | 2024-03-31 | SF1
                2          | Ben       | 2024-03-31 | SF1
                3          | Cat       | 2024-03-31 | SF1
            """,
            "attendance_period": """
                person_id | academic_year | term   | possible | authorised | unauthorised
                Ann       | 2022-23       | summer | 500      | 100        | 0
                Ann       | 2023-24       | autumn | 500      | 0          | 0
                Ann       | 2023-24       | summer | 500      | 0          | 0
                Ann       | 2024-25       | autumn | 500      | 0          | 0
                Ben       | 2022-23       | summer | 500      | 101        | 0
                Ben       | 2023-24       | autumn | 500      | 0          | 0
                Ben       | 2023-24       | summer | 500      | 100        | 0
                Ben       | 2024-25       | autumn | 500      | 0          | 0
                Cat       | 2022-23       | summer | 500      | 101        | 0
                Cat       | 2023-24       | autumn | 500      | 0          | 0
                Cat       | 2023-24       | summer | 500      | 101        | 0
                Cat       | 2024-25       | autumn | 500      | 0          | 0
            """,
        },
        """
            numerator | denominator
            1         | 2
        """,
        definition="persistent_absence",
    ),
    Example(
        "F5",
        "Exactly 50 % attended is not less than 50 %, before as after: 500 sessions of 1,000 missed, and 505",
        {
            "eh_episode": """
                episode_id | person_id | start_date | need_code
                1          | Ann       | 2024-03-31 | SF1
                2          | Ben       | 2024-03-31 | SF1
                3          | Cat       | 2024-03-31 | SF1
            """,
            "attendance_period": """
                person_id | academic_year | term   | possible | authorised | unauthorised
                Ann       | 2022-23       | summer | 500      | 495        | 0
                Ann       | 2023-24       | autumn | 500      | 5          | 0
                Ann       | 2023-24       | summer | 500      | 0          | 0
                Ann       | 2024-25       | autumn | 500      | 0          | 0
                Ben       | 2022-23       | summer | 500      | 500        | 0
                Ben       | 2023-24       | autumn | 500      | 5          | 0
                Ben       | 2023-24       | summer | 500      | 495        | 0
                Ben       | 2024-25       | autumn | 500      | 5          | 0
                Cat       | 2022-23       | summer | 500      | 500        | 0
                Cat       | 2023-24       | autumn | 500      | 5          | 0
                Cat       | 2023-24       | summer | 500      | 500        | 0
                Cat       | 2024-25       | autumn | 500      | 5          | 0
            """,
        },
        """
            numerator | denominator
            1         | 2
        """,
        definition="severe_absence",
    ),
    Example(
        "F5",
        "A start in August belongs to the autumn term; a need found beside the main one counts, for the child it names",
        {
            "eh_episode": "episode_id | person_id | start_date | need_code\n 1 | Ann | 2024-08-01 | SF8",
            "eh_need": "need_id | episode_id | person_id | need_code\n 1 | 1 | Ann | SF1",
            "attendance_period": """
                person_id | academic_year | term   | possible | authorised | unauthorised | school_urn
                Ann       | 2023-24       | spring | 100      | 30         | 0            | 100002
                Ann       | 2023-24       | summer | 100      | 30         | 0            | 100001
                Ann       | 2024-25       | autumn | 100      | 90         | 0            | 100002
                Ann       | 2024-25       | spring | 100      | 20         | 0            | 100002
                Ann       | 2024-25       | summer | 100      | 30         | 0            | 100002
            """,
            "school": "school_urn | phase\n 100001 | primary\n 100002 | secondary",
        },
        """
            phase   | numerator | denominator | value
            primary | 5         | 1           | 5.0
        """,
        by="phase",
    ),
    Example(
        "F5",
        "Until 400 days have passed, a period is not mature",
        {"eh_episode": _HELP, "attendance_period": _ATTENDANCE},
        """
            numerator | denominator | status
                      |             | not_mature
        """,
        first="2024-03-31",
        last="2024-03-31",
        as_at="2025-05-04",
    ),
    Example(
        "F5",
        "Without attendance there is no data",
        {"eh_episode": _HELP},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
