"""G9, help before harm."""

from spec.example import Example

EXAMPLES = [
    Example(
        "G9",
        "Help came before when it began on an earlier day and was open in the 365 days before the start, or still is",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2023-01-01 | 2023-05-01
                2          | Ben       | 2023-01-01 | 2023-04-30
                3          | Cat       | 2024-04-29 |
                4          | Dan       | 2024-04-30 |
            """,
            "social_care_event": """
                event_id | person_id | type    | start_date
                1        | Ann       | cp_plan | 2024-04-30
                2        | Ben       | cp_plan | 2024-04-30
                3        | Cat       | cp_plan | 2024-04-30
                4        | Dan       | cp_plan | 2024-04-30
            """,
        },
        """
            type    | numerator | denominator | value
            cp_plan | 2         | 4           | 0.50
        """,
    ),
    Example(
        "G9",
        "A start is told of from 365 days after the first closing on: of help that had ended earlier there is no record",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2019-01-01 | 2023-05-02
                2          | Ben       | 2023-06-01 | 2023-09-01
            """,
            "social_care_event": """
                event_id | person_id | type    | start_date
                1        | Cat       | cp_plan | 2024-04-30
                2        | Ben       | cp_plan | 2024-05-01
                3        | Dan       | cp_plan | 2024-05-02
            """,
        },
        """
            period_start | numerator | denominator | status
            2024-04-01   |           |             | no_data
            2024-05-01   | 1         | 2           | ok
        """,
        first="2024-04-01",
        last="2024-05-31",
        period="month",
    ),
    Example(
        "G9",
        "Each start of a stretch of statutory help counts, by kind; plans that meet are one, a referral is none",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2023-01-01 | 2023-12-01
                2          | Ben       | 2022-10-01 | 2023-01-01
            """,
            "social_care_event": """
                event_id | person_id | type         | start_date | end_date
                1        | Ann       | referral     | 2024-01-01 |
                2        | Ann       | cin_episode  | 2024-01-01 | 2024-03-01
                3        | Ann       | cin_plan     | 2024-02-01 | 2024-03-01
                4        | Ann       | cin_episode  | 2025-06-01 |
                5        | Ann       | looked_after | 2024-01-01 |
            """,
        },
        """
            type         | numerator | denominator
            cin_episode  | 1         | 2
            looked_after | 1         | 1
        """,
    ),
]
