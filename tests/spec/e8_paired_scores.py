"""E8, outcome tool paired completion."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2024-01-10 | 2024-04-01 | North
    2          | Ben       | Barr      | 2024-01-10 | 2024-04-30 | North
    3          | Cat       | Carr      | 2024-01-10 | 2024-04-30 | South
    4          | Dan       | Dunn      | 2024-01-10 | 2024-04-30 | South
    5          | Eve       | Eads      | 2024-01-10 |            | South
"""
_SCORES = """
    score_id | person_id | family_id | tool        | domain             | score | score_date
    1        | Ann       | Archer    | SDQ         | Total difficulties | 18    | 2024-01-10
    2        | Ann       | Archer    | sdq         | Total difficulties | 12    | 2024-04-01
    11       | Ann       | Archer    | SDQ         | Prosocial          | 6     | 2024-01-10
    3        | Ben       | Barr      | SDQ         | Total difficulties | 15    | 2024-02-01
    4        | Ben       | Barr      | SDQ         | Total difficulties | 11    | 2024-05-01
    5        | Ben       | Barr      | Family star | Overall            | 4     | 2024-02-01
    6        | Cat       | Carr      | SDQ         | Total difficulties | 15    | 2024-02-01
    7        | Cat       | Carr      | SDQ         | Total difficulties | 14    | 2024-02-01
    8        | Cat       | Carr      | SDQ         | Prosocial          | 7     | 2024-03-01
    9        | Eve       | Eads      | SDQ         | Total difficulties | 15    | 2024-02-01
    10       | Eve       | Eads      | SDQ         | Total difficulties | 12    | 2024-03-01
"""

EXAMPLES = [
    Example(
        "E8",
        "Scored on two days on one scale by the closing day; after it, on one day or on two scales is no pair",
        {"eh_episode": _EPISODES, "eh_score": _SCORES},
        """
            numerator | denominator | value
            1         | 4           | 0.25
        """,
        as_at="2024-05-31",
    ),
    Example(
        "E8",
        "By tool, a family counts under each that was used, and under not recorded where none was",
        {"eh_episode": _EPISODES, "eh_score": _SCORES},
        """
            tool         | numerator | denominator
            FAMILY STAR  | 0         | 1
            SDQ          | 1         | 3
            not_recorded | 0         | 1
        """,
        by="tool",
        as_at="2024-05-31",
    ),
    Example(
        "E8",
        "Scores of two siblings are no pair; two of the whole family are",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | end_date
                1          | Ann       | Archer    | 2024-01-10 | 2024-04-01
                2          | Abe       | Archer    | 2024-01-10 | 2024-04-01
                3          | Ben       | Barr      | 2024-01-10 | 2024-04-01
            """,
            "eh_score": """
                score_id | person_id | family_id | tool        | domain  | score | score_date
                1        | Ann       | Archer    | SDQ         | Total   | 18    | 2024-01-10
                2        | Abe       | Archer    | SDQ         | Total   | 12    | 2024-04-01
                3        |           | Barr      | Family star | Overall | 4     | 2024-01-10
                4        |           | Barr      | Family star | Overall | 6     | 2024-04-01
            """,
        },
        """
            numerator | denominator
            1         | 2
        """,
    ),
    Example(
        "E8",
        "Where no score is recorded at all there is no data",
        {"eh_episode": _EPISODES},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
