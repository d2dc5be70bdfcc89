"""K3, linkage rate."""

from spec.example import Example

EXAMPLES = [
    Example(
        "K3",
        "Children whose help began, with a number of that kind, a record in social care, or one in another system",
        {
            "eh_episode": """
                episode_id | person_id | start_date
                1          | Ann       | 2024-01-01
                2          | Ann       | 2024-02-01
                3          | Ben       | 2024-01-01
            """,
            "person": """
                person_key | person_id | source_system
                1          | Ann       | mosaic
                2          | Ann       | school_census
                3          | Ben       | mosaic
            """,
            "person_identifier": """
                person_id | type       | value
                Ann       | upn        | A123456789012
                Ann       | housing    | 8
                Ben       | nhs_number | 9434765919
                Ben       | housing    | 7
            """,
            "social_care_event": """
                event_id | person_id | type     | start_date
                1        | Ben       | referral | 2020-01-01
            """,
        },
        """
            linked_to      | numerator | denominator | value
            another_system | 1         | 2           | 0.50
            nhs_number     | 1         | 2           | 0.50
            social_care    | 1         | 2           | 0.50
            upn            | 1         | 2           | 0.50
        """,
    ),
]
