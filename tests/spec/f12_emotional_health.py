"""F12, child emotional health."""

from spec.example import Example

_HELP = """
    episode_id | person_id | family_id | start_date | end_date
    1          | Ann       | Archer    | 2024-01-01 | 2024-04-30
    2          | Cat       | Carr      | 2024-01-01 | 2024-04-30
    3          | Dan       | Dunn      | 2024-01-01 | 2024-04-30
"""
_SCORES = """
    score_id | episode_id | person_id | family_id | tool        | domain             | score | score_date
    1        | 1          | Ann       | Archer    | SDQ         | Total difficulties | 20    | 2024-01-10
    2        | 1          | Ann       | Archer    | SDQ         | Total difficulties | 19    | 2024-04-30
    3        | 2          | Cat       | Carr      | SDQ         | Total difficulties | 10    | 2024-01-10
    4        | 2          | Cat       | Carr      | SDQ         | Total difficulties | 10    | 2024-04-10
    5        | 3          | Dan       | Dunn      | SDQ         | Total difficulties | 30    | 2024-01-10
    6        | 2          | Cat       | Carr      | SDQ         | Emotional problems | 6     | 2024-01-10
    7        | 2          | Cat       | Carr      | SDQ         | Emotional problems | 8     | 2024-04-10
    8        | 2          |           | Carr      | Family star | Overall            | 3     | 2024-01-10
    9        | 2          |           | Carr      | Family star | Overall            | 9     | 2024-04-10
    10       | 2          |           | Carr      | SDQ         | Total difficulties | 20    | 2024-01-10
    11       | 2          |           | Carr      | SDQ         | Total difficulties | 1     | 2024-04-10
    12       | 1          | Ann       | Archer    | SDQ         | Total difficulties | 30    | 2024-02-10
"""

EXAMPLES = [
    Example(
        "F12",
        "Fewer difficulties are better; a child without a second score is left out, and so is what is not of one child",
        {"eh_episode": _HELP, "eh_score": _SCORES},
        """
            numerator | denominator | value
            1         | 2           | 0.5
        """,
        as_at="2024-04-30",
    ),
    Example(
        "F12",
        "By emotional problems alone, more of them are worse",
        {"eh_episode": _HELP, "eh_score": _SCORES},
        """
            numerator | denominator | value
            -2        | 1           | -2.0
        """,
        definition="emotional_problems",
    ),
    Example(
        "F12",
        "As a share: the same score is no improvement",
        {"eh_episode": _HELP, "eh_score": _SCORES},
        """
            numerator | denominator | value
            1         | 2           | 0.50
        """,
        definition="improved",
    ),
    Example(
        "F12",
        "Where nobody was scored twice there is no data",
        {
            "eh_episode": _HELP,
            "eh_score": """
                score_id | episode_id | person_id | tool | domain             | score | score_date
                1        | 1          | Ann       | SDQ  | Total difficulties | 20    | 2024-01-10
            """,
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
