"""E7, supervision on time."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2024-03-01 |            | North
    2          | Abe       | Archer    | 2024-03-01 |            | North
    3          | Ben       | Barr      | 2024-03-01 |            | South
    4          | Cat       | Carr      | 2024-04-16 | 2024-05-20 | South
"""
_REVIEWS = """
    review_id | episode_id | type        | held_date
    1         | 1          | supervision | 2024-04-01
    2         | 3          | review      | 2024-04-20
    3         | 3          | supervision |
    4         | 3          | supervision | 2024-05-15
"""
_STANDARD = {"supervision_days": 30}

EXAMPLES = [
    Example(
        "E7",
        "Talked over in the last 30 days, that day included; about one child is about the family; another review is none",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            period_end | numerator | denominator | value
            2024-04-30 | 1         | 3           | 0.333
            2024-05-01 | 1         | 3           | 0.333
        """,
        standards=_STANDARD,
        first="2024-04-01",
        period="month",
        as_at="2024-05-01",
    ),
    Example(
        "E7",
        "On the 31st day after it the supervision is too long ago",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            period_end | numerator | denominator
            2024-05-02 | 0         | 3
        """,
        standards=_STANDARD,
        as_at="2024-05-02",
    ),
    Example(
        "E7",
        "Due: a family open for fewer days than the council's standard is left out",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            period_end | numerator | denominator | value
            2024-05-15 | 1         | 2           | 0.50
        """,
        definition="due",
        standards=_STANDARD,
        as_at="2024-05-15",
    ),
    Example(
        "E7",
        "Due: from the 30th day on it counts",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            period_end | numerator | denominator
            2024-05-16 | 1         | 3
        """,
        definition="due",
        standards=_STANDARD,
        as_at="2024-05-16",
    ),
    Example(
        "E7",
        "By team",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            team  | numerator | denominator
            North | 0         | 1
            South | 1         | 2
        """,
        by="team",
        standards=_STANDARD,
        as_at="2024-05-16",
    ),
    Example(
        "E7",
        "Where a council sets nothing else, 42 days: 13 May is the 42nd after 1 April",
        {"eh_episode": _EPISODES, "eh_review": _REVIEWS},
        """
            period_end | numerator | denominator
            2024-05-13 | 1         | 3
        """,
        as_at="2024-05-13",
    ),
    Example(
        "E7",
        "Where no supervision is recorded at all there is no data: perhaps it is kept elsewhere",
        {
            "eh_episode": _EPISODES,
            "eh_review": "review_id | episode_id | type | held_date\n 1 | 1 | review | 2024-04-01",
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
