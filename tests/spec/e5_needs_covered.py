"""E5, needs covered by the plan."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | team
    1          | Ann       | Archer    | 2024-03-01 | North
    2          | Ben       | Barr      | 2024-03-01 | South
"""
_NEEDS = """
    need_id | episode_id | person_id | family_id | framework | need_code | identified_date
    1       | 1          | Ann       | Archer    | SF2022    | SF1       | 2024-04-01
    2       | 1          |           | Archer    | SF2022    | SF8       | 2024-04-30
    3       | 2          | Ben       | Barr      | SF2022    | SF1       | 2024-04-30
    4       | 2          | Ben       | Barr      | SF2022    | SF9       |
    5       | 2          | Ben       | Barr      | SF2022    | SF9       | 2024-05-01
"""
_ACTIONS = """
    action_id | episode_id | need_id | created_date
    1         | 1          | 1       | 2024-04-10
    2         | 1          | 1       | 2024-05-01
    3         | 2          |         | 2024-04-20
    4         | 2          | 3       | 2024-05-02
"""

EXAMPLES = [
    Example(
        "E5",
        "Needs with an action, once however many; an action that names no need covers none, an undated need is left out",
        {"eh_episode": _EPISODES, "eh_need": _NEEDS, "eh_plan_action": _ACTIONS},
        """
            period_end | numerator | denominator | value
            2024-04-30 | 2         | 3           | 0.667
        """,
        as_at="2024-07-29",
    ),
    Example(
        "E5",
        "An action agreed later counts as soon as the data knows it, in the period in which the need was identified",
        {
            "eh_episode": _EPISODES,
            "eh_need": _NEEDS,
            "eh_plan_action": f"{_ACTIONS.strip()}\n5 | 2 | 5 | 2024-08-31\n6 | 1 | 2 | 2024-09-01",
        },
        """
            period_start | numerator | denominator
            2024-04-01   | 2         | 3
            2024-05-01   | 1         | 1
        """,
        period="month",
        last="2024-05-31",
        as_at="2024-08-31",
    ),
    Example(
        "E5",
        "A period is mature 90 days after its last day; before that many of its needs have had no time to come into a plan",
        {"eh_episode": _EPISODES, "eh_need": _NEEDS, "eh_plan_action": _ACTIONS},
        """
            period_start | numerator | denominator | status
            2024-04-01   | 2         | 3           | ok
            2024-05-01   |           |             | not_mature
        """,
        period="month",
        last="2024-05-31",
        as_at="2024-07-29",
    ),
    Example(
        "E5",
        "Without periods, needs of the days that are mature are counted, and no later ones",
        {"eh_episode": _EPISODES, "eh_need": _NEEDS, "eh_plan_action": _ACTIONS},
        """
            period_end | numerator | denominator | status
            2024-04-29 | 1         | 1           | ok
        """,
        as_at="2024-07-28",
    ),
    Example(
        "E5",
        "By kind of need, of people and of families alike",
        {"eh_episode": _EPISODES, "eh_need": _NEEDS, "eh_plan_action": _ACTIONS},
        """
            need_code | numerator | denominator
            SF1       | 2         | 2
            SF8       | 0         | 1
        """,
        by="need_code",
        as_at="2024-07-29",
    ),
    Example(
        "E5",
        "By the team that holds the episode in which the need was identified",
        {"eh_episode": _EPISODES, "eh_need": _NEEDS, "eh_plan_action": _ACTIONS},
        """
            team  | numerator | denominator
            North | 1         | 2
            South | 1         | 1
        """,
        by="team",
        as_at="2024-07-29",
    ),
    Example(
        "E5",
        "Needs of a system whose actions never say which need they answer are left out: nobody can tell",
        {
            "eh_episode": _EPISODES,
            "eh_need": """
                need_id | source_system | episode_id | framework | need_code | identified_date
                1       | mosaic        | 1          | SF2022    | SF1       | 2024-04-01
                2       | mosaic        | 1          | SF2022    | SF8       | 2024-04-01
                1       | eclipse       | 2          | SF2022    | SF1       | 2024-04-01
            """,
            "eh_plan_action": """
                action_id | source_system | episode_id | need_id | created_date
                1         | mosaic        | 1          | 1       | 2024-04-10
                2         | eclipse       | 2          |         | 2024-04-10
            """,
        },
        """
            numerator | denominator
            1         | 2
        """,
    ),
    Example(
        "E5",
        "Where no action says which need it answers there is no data, and not zero",
        {
            "eh_episode": _EPISODES,
            "eh_need": _NEEDS,
            "eh_plan_action": "action_id | episode_id | created_date\n 1 | 1 | 2024-04-10",
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
