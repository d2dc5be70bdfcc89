"""B8, reviews on time."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | start_date | allocated_date | plan_start_date | end_date   | team
    1          | Ann       | 2024-01-01 | 2024-01-05     | 2024-01-10      |            | North
    2          | Ben       | 2024-01-01 | 2024-01-10     |                 |            | North
    3          | Cat       | 2024-01-01 | 2024-01-05     | 2024-01-10      | 2024-02-21 | South
    4          | Dan       | 2024-01-01 | 2024-01-05     | 2024-01-10      | 2024-02-22 | South
    5          | Eve       | 2024-01-01 | 2024-01-05     | 2024-01-10      | 2024-02-21 | South
"""
# 42 days from 10 January 2024 are 21 February, from 20 February 2 April, from 21 February 3 April.
_REVIEWS = """
    review_id | episode_id | type   | due_date   | held_date
    1         | 1          | review | 2024-02-20 | 2024-02-20
    2         | 1          | review |            | 2024-04-02
    3         | 2          | review | 2024-02-20 | 2024-02-21
    4         | 3          | review | 2024-02-21 |
    5         | 4          | review | 2024-02-21 |
    6         | 4          | visit  | 2024-02-21 | 2024-02-21
    7         | 5          | review | 2024-02-21 | 2024-02-21
"""
_COUNCIL = {"eh_review": _REVIEWS, "eh_episode": _EPISODES}

EXAMPLES = [
    Example(
        "B8",
        "Held by the day it was due; one never held counts, unless the episode had closed by that day, as Cat's",
        _COUNCIL,
        """
            team  | numerator | denominator | value | lower | upper
            North | 2         | 3           | 0.667 | 0.208 | 0.939
            South | 1         | 2           | 0.500 | 0.095 | 0.905
        """,
        by="team",
    ),
    Example(
        "B8",
        "Without a recorded due date, due is the council's so many days after the review before: 42 are 2 April",
        _COUNCIL,
        """
            period_start | numerator | denominator | status
            2024-02-01   | 2         | 4           | ok
            2024-03-01   |           |             | no_data
            2024-04-01   | 1         | 1           | ok
        """,
        first="2024-02-01",
        last="2024-04-30",
        period="month",
    ),
    Example(
        "B8",
        "With a council's own 41 days, that review was due on 1 April and a day late",
        _COUNCIL,
        """
            period_start | numerator | denominator
            2024-04-01   | 0         | 1
        """,
        first="2024-04-01",
        last="2024-04-30",
        standards={"review_days": 41},
    ),
    Example(
        "B8",
        "Every six weeks, whatever was planned: due 42 days after help began and after each review, until the episode closes",
        _COUNCIL,
        """
            team  | numerator | denominator
            North | 3         | 5
            South | 1         | 2
        """,
        by="team",
        definition="six_weeks",
    ),
    Example(
        "B8",
        "There a review about a sister counts too: Ann's on 20 February is Ben's as well, and none followed by 2 April",
        {
            "eh_review": "review_id | episode_id | type | held_date\n 1 | 1 | review | 2024-02-20",
            "eh_episode": """
                episode_id | person_id | family_id | start_date | plan_start_date
                1          | Ann       | Archer    | 2024-01-01 | 2024-01-10
                2          | Ben       | Archer    | 2024-01-01 | 2024-01-10
            """,
        },
        """
            numerator | denominator
            2         | 4
        """,
        definition="six_weeks",
    ),
    Example(
        "B8",
        "Every three months, 91 days: the last review of Ann and of Ben was followed by none",
        _COUNCIL,
        """
            team  | numerator | denominator
            North | 3         | 5
            South | 1         | 1
        """,
        by="team",
        definition="three_months",
    ),
    Example(
        "B8",
        "Where no review is recorded as held there is no data",
        {
            "eh_review": "review_id | episode_id | type | due_date\n 1 | 1 | review | 2024-02-20",
            "eh_episode": _EPISODES,
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
