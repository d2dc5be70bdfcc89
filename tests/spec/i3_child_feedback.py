"""I3, child feedback captured."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2024-01-10 | 2024-04-01 | North
    2          | Abe       | Archer    | 2024-01-10 | 2024-04-30 | North
    3          | Ben       | Barr      | 2024-01-10 | 2024-04-30 | South
    4          | Cat       | Carr      | 2024-01-10 | 2024-04-30 | South
    5          | Dan       | Dunn      | 2024-01-10 | 2024-05-01 | South
    6          | Eve       | Eads      | 2024-01-10 | 2024-04-30 | South
"""
_PEOPLE = """
    person_id | family_id | dob
    Ann       | Archer    | 2012-06-01
    Abe       | Archer    | 2014-06-01
    Ben       | Barr      | 2019-05-01
    Cat       | Carr      | 2019-04-30
    Dan       | Dunn      | 2012-06-01
    Eve       | Eads      | 2006-04-01
"""
_FEEDBACK = """
    feedback_id | episode_id | respondent | asked_date | answered_date
    1           | 1          | child      | 2024-04-01 | 2024-04-20
    2           | 2          | parent     | 2024-04-01 | 2024-04-20
    3           | 4          | child      | 2024-04-30 | 2024-05-02
"""

EXAMPLES = [
    Example(
        "I3",
        "Children aged 5 to 17 by month of birth who answered themselves; a parent's or a sibling's answer is not theirs",
        {"eh_episode": _EPISODES, "person": _PEOPLE, "feedback": _FEEDBACK},
        """
            period_start | numerator | denominator | value
            2024-04-01   | 2         | 3           | 0.667
            2024-05-01   | 0         | 1           | 0.000
        """,
        period="month",
        as_at="2024-05-31",
    ),
    Example(
        "I3",
        "What is answered after the day of the data is not known yet",
        {"eh_episode": _EPISODES, "person": _PEOPLE, "feedback": _FEEDBACK},
        """
            period_end | numerator | denominator
            2024-05-01 | 1         | 4
        """,
        as_at="2024-05-01",
    ),
    Example(
        "I3",
        "On the day of the answer it is",
        {"eh_episode": _EPISODES, "person": _PEOPLE, "feedback": _FEEDBACK},
        """
            period_end | numerator | denominator
            2024-05-02 | 2         | 4
        """,
        as_at="2024-05-02",
    ),
    Example(
        "I3",
        "A month before 18 is 17; help of one day, on the last day of help, is of the same help",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date
                1          | Ann       | 2024-01-10 | 2024-04-30
                2          | Ann       | 2024-04-30 | 2024-04-30
            """,
            "person": "person_id | dob\n Ann | 2006-05-31",
            "feedback": """
                feedback_id | episode_id | respondent | asked_date | answered_date
                1           | 2          | child      | 2024-04-30 | 2024-04-30
            """,
        },
        """
            numerator | denominator
            1         | 1
        """,
    ),
    Example(
        "I3",
        "A child whose birth is not known is left out, since nobody can tell whether it is 5",
        {"eh_episode": _EPISODES, "person": "person_id | dob\n Ann | 2012-06-01\n Abe |", "feedback": _FEEDBACK},
        """
            period_end | numerator | denominator
            2024-04-30 | 1         | 1
        """,
        as_at="2024-04-30",
    ),
    Example(
        "I3",
        "Where no answer is recorded at all there is no data",
        {"eh_episode": _EPISODES, "person": _PEOPLE},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
