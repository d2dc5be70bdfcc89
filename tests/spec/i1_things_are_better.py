"""I1, families who say things are better."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | start_date | team  | need_code
    1          | Ann       | 2024-03-01 | North | SF1
    2          | Ben       | 2024-03-01 | South | SF8
"""
_FEEDBACK = """
    feedback_id | episode_id | respondent   | asked_date | answered_date | better
    1           | 1          | parent       | 2024-03-20 | 2024-04-01    | much_better
    2           | 1          | child        | 2024-03-20 | 2024-04-30    | better
    3           | 2          | parent       | 2024-03-20 | 2024-04-30    | same
    4           | 2          | professional | 2024-03-20 | 2024-04-30    | better
    5           | 2          | child        | 2024-03-20 | 2024-04-30    |
    6           | 2          | parent       | 2024-03-20 |               |
    7           | 2          | parent       | 2024-04-20 | 2024-05-01    | worse
"""

EXAMPLES = [
    Example(
        "I1",
        "Of answers of parents and children, better or much better; no answer and an answer that does not say are left out",
        {"eh_episode": _EPISODES, "feedback": _FEEDBACK},
        """
            period_end | numerator | denominator | value
            2024-04-30 | 2         | 3           | 0.667
        """,
        as_at="2024-04-30",
    ),
    Example(
        "I1",
        "An answer counts on the day it came, whenever it was asked",
        {"eh_episode": _EPISODES, "feedback": _FEEDBACK},
        """
            period_start | numerator | denominator
            2024-04-01   | 2         | 3
            2024-05-01   | 0         | 1
        """,
        period="month",
        as_at="2024-05-31",
    ),
    Example(
        "I1",
        "By team and by who answered",
        {"eh_episode": _EPISODES, "feedback": _FEEDBACK},
        """
            team  | respondent | numerator | denominator
            North | child      | 1         | 1
            North | parent     | 1         | 1
            South | parent     | 0         | 2
        """,
        by="team,respondent",
        as_at="2024-05-31",
    ),
    Example(
        "I1",
        "An answer about an episode that nobody knows is an answer",
        {
            "eh_episode": _EPISODES,
            "feedback": """
                feedback_id | episode_id | respondent | asked_date | answered_date | better
                1           | 1          | parent     | 2024-03-20 | 2024-04-01    | better
                2           | 9          | parent     | 2024-03-20 | 2024-04-01    | worse
            """,
        },
        """
            team         | numerator | denominator
            North        | 1         | 1
            not_recorded | 0         | 1
        """,
        by="team",
    ),
    Example(
        "I1",
        "Where nobody has answered there is no data, which is not that nobody is better",
        {
            "eh_episode": _EPISODES,
            "feedback": "feedback_id | episode_id | respondent | asked_date\n 1 | 1 | parent | 2024-03-20",
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
