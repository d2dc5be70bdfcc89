"""E4, valid consent recorded."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | start_date | end_date   | team
    1          | Ann       | 2024-03-01 | 2024-05-10 | North
    2          | Ben       | 2024-03-01 |            | North
    3          | Cat       | 2024-03-01 |            | South
    4          | Dan       | 2024-04-30 |            | South
"""
_ASSESSMENTS = """
    assessment_id | episode_id | person_id | start_date | consent          | consent_date
    1             | 1          | Ann       | 2024-03-05 | assess_and_share | 2024-03-31
    2             | 2          | Ben       | 2024-03-05 | assess_only      | 2024-03-05
    3             | 3          | Cat       | 2024-03-05 | assess_and_share |
"""

EXAMPLES = [
    Example(
        "E4",
        "Of episodes open, those with dated consent to assess and to share: neither undated nor to assess only",
        {"eh_episode": _EPISODES, "eh_assessment": _ASSESSMENTS},
        """
            period_end | numerator | denominator | value
            2024-04-30 | 1         | 4           | 0.25
        """,
        as_at="2024-04-30",
    ),
    Example(
        "E4",
        "Consent counts from its date on, until the episode ends; before its first, an episode has none",
        {"eh_episode": _EPISODES, "eh_assessment": _ASSESSMENTS},
        """
            period_end | numerator | denominator
            2024-03-30 | 0         | 3
        """,
        as_at="2024-03-30",
    ),
    Example(
        "E4",
        "Month by month: consent of the last day counts, and an episode that ended is no longer open",
        {"eh_episode": _EPISODES, "eh_assessment": _ASSESSMENTS},
        """
            period_end | numerator | denominator
            2024-03-31 | 1         | 3
            2024-04-30 | 1         | 4
            2024-05-10 | 0         | 3
        """,
        period="month",
        as_at="2024-05-10",
    ),
    Example(
        "E4",
        "A later refusal ends consent on its day; of two answers of one day that which agrees counts",
        {
            "eh_episode": _EPISODES,
            "eh_assessment": """
                assessment_id | episode_id | person_id | start_date | consent          | consent_date
                1             | 1          | Ann       | 2024-03-05 | assess_and_share | 2024-03-05
                2             | 1          | Ann       | 2024-04-30 | refused          | 2024-04-30
                3             | 2          | Ben       | 2024-03-05 | assess_and_share | 2024-03-05
                4             | 2          | Ben       | 2024-03-05 | refused          | 2024-03-05
            """,
        },
        """
            period_end | numerator | denominator
            2024-03-31 | 2         | 3
            2024-04-30 | 1         | 4
        """,
        period="month",
        as_at="2024-04-30",
    ),
    Example(
        "E4",
        "Consent to assess, to share as well or not",
        {"eh_episode": _EPISODES, "eh_assessment": _ASSESSMENTS},
        """
            numerator | denominator | value
            2         | 4           | 0.50
        """,
        definition="to_assess",
        as_at="2024-04-30",
    ),
    Example(
        "E4",
        "Episodes of a source system that records no consent are left out: nobody can tell",
        {
            "eh_episode": """
                episode_id | source_system | person_id | start_date
                1          | mosaic        | Ann       | 2024-03-01
                2          | mosaic        | Ben       | 2024-03-01
                3          | eclipse       | Cat       | 2024-03-01
            """,
            "eh_assessment": """
                assessment_id | source_system | episode_id | person_id | start_date | consent          | consent_date
                1             | mosaic        | 1          | Ann       | 2024-03-05 | assess_and_share | 2024-03-05
            """,
        },
        """
            numerator | denominator
            1         | 2
        """,
    ),
    Example(
        "E4",
        "Where no consent is recorded anywhere there is no data",
        {"eh_episode": _EPISODES},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
