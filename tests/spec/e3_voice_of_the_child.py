"""E3, voice of the child recorded."""

from spec.example import Example

_ASSESSMENTS = """
    assessment_id | person_id | start_date | completion_date | child_voice
    1             | Ann       | 2024-03-20 | 2024-04-01      | true
    2             | Ben       | 2024-03-20 | 2024-04-30      | false
    3             | Cat       | 2024-03-20 | 2024-04-30      |
    4             | Dan       | 2024-03-20 |                 | true
"""
_EPISODES = """
    episode_id | person_id | start_date | team
    1          | Ann       | 2024-03-01 | North
    2          | Ben       | 2024-03-01 | South
"""
_REVIEWS = """
    review_id | episode_id | type               | held_date  | child_voice
    1         | 1          | review             | 2024-04-01 | true
    2         | 2          | team_around_family | 2024-04-30 | false
    3         | 2          | review             | 2024-04-30 |
    4         | 2          | review             |            | true
    5         | 2          | supervision        | 2024-04-30 | true
    6         | 2          | review             | 2024-05-01 | true
"""

EXAMPLES = [
    Example(
        "E3",
        "Of assessments completed, those with the child's views; one that does not say is left out",
        {"eh_assessment": _ASSESSMENTS},
        """
            numerator | denominator | value
            1         | 2           | 0.50
        """,
        as_at="2024-04-30",
    ),
    Example(
        "E3",
        "An assessment counts on the day it was completed",
        {"eh_assessment": _ASSESSMENTS},
        """
            period_end | numerator | denominator
            2024-04-29 | 1         | 1
        """,
        as_at="2024-04-29",
    ),
    Example(
        "E3",
        "By age on the day of completion: what is seen of a baby counts as its views",
        {
            "eh_assessment": _ASSESSMENTS,
            "person": """
                person_id | dob
                Ann       | 2024-02-01
                Ben       | 2014-04-01
            """,
        },
        """
            age_band | numerator | denominator
            10-15    | 0         | 1
            under 1  | 1         | 1
        """,
        by="age_band",
        as_at="2024-04-30",
    ),
    Example(
        "E3",
        "Of reviews: plan reviews and team meetings that were held, and never supervision, which the child is not at",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            numerator | denominator | value
            1         | 2           | 0.50
        """,
        definition="reviews",
        as_at="2024-04-30",
    ),
    Example(
        "E3",
        "Reviews by the team that holds the episode",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            team  | numerator | denominator
            North | 1         | 1
            South | 1         | 2
        """,
        by="team",
        definition="reviews",
        as_at="2024-05-01",
    ),
    Example(
        "E3",
        "A review of an episode that nobody knows is a review",
        {
            "eh_episode": _EPISODES,
            "eh_review": """
                review_id | episode_id | type   | held_date  | child_voice
                1         | 1          | review | 2024-04-01 | true
                2         | 9          | review | 2024-04-01 | true
            """,
        },
        """
            numerator | denominator
            2         | 2
        """,
        definition="reviews",
    ),
    Example(
        "E3",
        "Where nobody records whether the child's views are there, there is no data",
        {
            "eh_assessment": "assessment_id | person_id | start_date | completion_date\n 1 | Ann | 2024-01-02 | 2024-02-01"
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
