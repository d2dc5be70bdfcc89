"""B7, assessment to plan."""

from spec.example import Example

_ASSESSMENTS = """
    assessment_id | person_id | start_date | completion_date | outcome_code      | episode_id | org_type
    1             | Ann       | 2024-04-01 | 2024-05-01      | early_help_plan   | 1          | school
    2             | Ben       | 2024-04-01 | 2024-05-01      | early_help_plan   | 2          | school
    3             | Cat       | 2024-05-01 | 2024-05-01      | early_help_plan   | 3          | school
    4             | Dan       | 2024-04-01 | 2024-05-01      | early_help_plan   | 4          | health
    5             | Eve       | 2024-04-01 | 2024-05-01      | no_further_action | 5          | health
    6             | Fay       | 2024-04-01 | 2024-05-01      | early_help_plan   |            | health
    7             | Gus       | 2024-04-01 | 2024-03-31      | early_help_plan   | 7          | health
"""
_EPISODES = """
    episode_id | person_id | start_date | plan_start_date | end_date
    1          | Ann       | 2024-03-20 | 2024-04-20      |
    2          | Ben       | 2024-03-20 | 2024-05-11      |
    3          | Cat       | 2024-03-20 | 2024-05-21      |
    4          | Dan       | 2024-03-20 |                 |
    5          | Eve       | 2024-03-20 | 2024-05-02      |
    6          | Fay       | 2024-03-20 | 2024-05-02      |
    7          | Gus       | 2024-03-20 | 2024-05-02      |
"""
_COUNCIL = {"eh_assessment": _ASSESSMENTS, "eh_episode": _EPISODES}

EXAMPLES = [
    Example(
        "B7",
        "Of four assessments that need a plan the second gets it after 10 days, the third after 20, and one has none yet",
        _COUNCIL,
        """
            period_start | numerator | denominator | value
            2024-05-01   | 3         | 4           | 15
        """,
        as_at="2024-06-30",
    ),
    Example(
        "B7",
        "A plan that was there before is no wait; where fewer than half have a plan the median is not mature",
        _COUNCIL,
        """
            org_type | numerator | denominator | value | status
            health   |           |             |       | not_mature
            school   | 3         | 3           | 10    | ok
        """,
        by="org_type",
        as_at="2024-06-30",
    ),
    Example(
        "B7",
        "A plan that begins after the day the data is as at has not begun",
        _COUNCIL,
        """
            numerator | denominator | status
                      |             | not_mature
        """,
        as_at="2024-05-10",
    ),
    Example(
        "B7",
        "One that begins on the day the data is as at has begun: a day later Ben has his, after 10 days",
        _COUNCIL,
        """
            numerator | denominator | value
            2         | 4           | 10
        """,
        as_at="2024-05-11",
    ),
    Example(
        "B7",
        "An episode that closes without a plan has waited until it closed: its 5 days do not make the others longer",
        {
            "eh_assessment": """
                assessment_id | person_id | start_date | completion_date | outcome_code    | episode_id
                1             | Ann       | 2024-04-01 | 2024-05-01      | early_help_plan | 1
                2             | Ben       | 2024-04-01 | 2024-05-01      | early_help_plan | 2
            """,
            "eh_episode": """
                episode_id | person_id | start_date | plan_start_date | end_date
                1          | Ann       | 2024-03-20 |                 | 2024-05-06
                2          | Ben       | 2024-03-20 | 2024-05-11      |
            """,
        },
        """
            numerator | denominator | value
            1         | 2           | 10
        """,
    ),
    Example(
        "B7",
        "One plan that was there 11 days before is no wait at all",
        {
            "eh_assessment": """
                assessment_id | person_id | start_date | completion_date | outcome_code    | episode_id
                1             | Ann       | 2024-04-01 | 2024-05-01      | early_help_plan | 1
            """,
            "eh_episode": "episode_id | person_id | start_date | plan_start_date\n 1 | Ann | 2024-03-20 | 2024-04-20",
        },
        """
            numerator | denominator | value
            1         | 1           | 0
        """,
    ),
    Example(
        "B7",
        "Where plans have no dates there is no data",
        {
            "eh_assessment": _ASSESSMENTS,
            "eh_episode": "episode_id | person_id | start_date\n 1 | Ann | 2024-03-20",
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
