"""G4, step-down share."""

from spec.example import Example

_CASES = """
    event_id | person_id | type        | start_date | end_date   | outcome_code | nfa
    1        | Ann       | cin_episode | 2024-01-01 | 2024-02-10 | RC9          |
    2        | Ben       | cin_episode | 2024-01-01 | 2024-02-10 | RC7          |
    3        | Cat       | cin_episode | 2024-01-01 | 2024-02-10 | RC7          |
    4        | Dan       | cin_episode | 2024-01-01 | 2024-02-10 | RC7          |
    5        | Eve       | cin_episode | 2024-01-01 | 2024-02-10 | RC8          | true
    6        | Fay       | cin_episode | 2024-01-01 |            |              |
    7        | Ann       | cp_plan     | 2024-01-20 | 2024-02-10 |              |
"""
_HELP = """
    episode_id | person_id | start_date | step_down
    1          | Ben       | 2024-03-09 | true
    2          | Cat       | 2024-03-10 | true
    3          | Dan       | 2024-02-10 | false
"""

EXAMPLES = [
    Example(
        "G4",
        "Stepped down is RC9, or early help that says it is a step-down and starts within 28 days, before or after",
        {"social_care_event": _CASES, "eh_episode": _HELP},
        """
            numerator | denominator | value
            2         | 4           | 0.50
        """,
    ),
    Example(
        "G4",
        "Closures before April 2022 are left out, as nobody could record their step-downs",
        {
            "social_care_event": """
                event_id | person_id | type        | start_date | end_date   | outcome_code
                1        | Ann       | cin_episode | 2022-01-01 | 2022-03-31 | RC7
                2        | Ben       | cin_episode | 2022-01-01 | 2022-04-01 | RC9
            """
        },
        """
            period_start | numerator | denominator | status
            2022-03-01   |           |             | no_data
            2022-04-01   | 1         | 1           | ok
        """,
        first="2022-03-01",
        last="2022-04-30",
        period="month",
    ),
    Example(
        "G4",
        "Counted by whether early help followed, whatever the episode says of itself",
        {"social_care_event": _CASES, "eh_episode": _HELP},
        """
            numerator | denominator | value
            3         | 4           | 0.75
        """,
        definition="early_help_followed",
    ),
    Example(
        "G4",
        "The other way: referrals that early help made, as the census tells by source 5D",
        {
            "social_care_event": """
                event_id | person_id | type     | start_date | source_code
                1        | Ann       | referral | 2024-02-10 | 5D
                2        | Ben       | referral | 2024-02-10 | 6
                3        | Cat       | referral | 2022-03-31 | 6
            """
        },
        """
            numerator | denominator | value
            1         | 2           | 0.50
        """,
        definition="referrals_from_early_help",
    ),
    Example(
        "G4",
        "A case told by two source systems under one number is two rows here, and neither is lost nor doubled",
        {
            "social_care_event": """
                event_id | person_id | type        | start_date | end_date   | outcome_code | source_system
                1        | Ann       | cin_episode | 2024-01-01 | 2024-02-10 | RC9          | mosaic
                1        | Ben       | cin_episode | 2024-01-05 | 2024-02-10 | RC7          | eclipse
            """
        },
        """
            source_system | numerator | denominator
            eclipse       | 0         | 1
            mosaic        | 1         | 1
        """,
        by="source_system",
    ),
]
