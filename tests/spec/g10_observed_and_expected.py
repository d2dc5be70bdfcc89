"""G10, observed against expected step-up."""

from spec.example import Example

_RECORDS = {
    "eh_episode": "episode_id | person_id | start_date | end_date | team\n 1 | Ann | 2024-01-01 | 2024-04-30 | North",
    "social_care_event": "event_id | person_id | type | start_date\n 1 | Ann | cp_plan | 2024-06-01",
}

EXAMPLES = [
    Example(
        "G10",
        "Observed less expected, by team: more than nothing is more than the families would lead us to expect",
        {
            **_RECORDS,
            "expected_step_up": """
                team  | service_id | observed | expected
                North | s1         | 12       | 9.5
                North |            | 3        | 2.5
                South | s1         | 4        | 6.0
            """,
        },
        """
            team  | numerator | denominator | value
            North | 15        | 12.0        | 3.0
            South | 4         | 6.0         | -2.0
        """,
    ),
    Example(
        "G10",
        "Until a study has worked out what is expected there is no data",
        _RECORDS,
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
