"""F2, distance travelled."""

from spec.example import Example

_HELP = """
    episode_id | person_id | family_id | start_date | end_date
    1          | Ann       | Archer    | 2024-01-01 | 2024-04-30
    2          | Ben       | Archer    | 2024-01-01 | 2024-03-31
    3          | Cat       | Carr      | 2024-01-01 | 2024-04-30
    4          | Dan       | Dunn      | 2024-01-01 |
"""
_SCORES = """
    score_id | episode_id | person_id | family_id | tool        | domain              | score | score_date
    1        | 1          | Ann       | Archer    | SDQ         | Total difficulties  | 20    | 2024-01-10
    2        | 1          | Ann       | Archer    | SDQ         | Total difficulties  | 25    | 2024-02-10
    3        | 1          | Ann       | Archer    | SDQ         | Total difficulties  | 14    | 2024-04-30
    4        | 2          | Ben       | Archer    | SDQ         | Total difficulties  | 10    | 2024-01-10
    5        | 3          | Cat       | Carr      | SDQ         | Total difficulties  | 10    | 2024-01-10
    6        | 3          | Cat       | Carr      | sdq         | Total difficulties  | 12    | 2024-04-10
    7        | 1          |           | Archer    | Family star | Family routine      | 3     | 2024-01-10
    8        | 1          |           | Archer    | Family star | Family routine      | 7     | 2024-04-30
    9        | 4          | Dan       | Dunn      | SDQ         | Total difficulties  | 20    | 2024-01-10
    10       | 4          | Dan       | Dunn      | SDQ         | Total difficulties  | 10    | 2024-04-10
    11       | 3          | Cat       | Carr      | SDQ         | Prosocial behaviour | 4     | 2024-01-10
    12       | 3          | Cat       | Carr      | SDQ         | Prosocial behaviour | 9     | 2024-04-10
    13       | 3          | Cat       | Carr      | Our form    | Overall             | 4     | 2024-01-10
    14       | 3          | Cat       | Carr      | Our form    | Overall             | 9     | 2024-04-10
"""

EXAMPLES = [
    Example(
        "F2",
        "Last less first, and better is lower or higher as the scale says: with one score there is no pair, and "
        "without a declared direction no data",
        {"eh_episode": _HELP, "eh_score": _SCORES},
        """
            tool        | domain              | numerator | denominator | value | status
            Family star | Family routine      | 4         | 1           | 4.0   | ok
            Our form    | Overall             |           |             |       | no_data
            SDQ         | Prosocial behaviour | 5         | 1           | 5.0   | ok
            SDQ         | Total difficulties  | 4         | 2           | 2.0   | ok
        """,
    ),
    Example(
        "F2",
        "How many of those scored once were scored again",
        {"eh_episode": _HELP, "eh_score": _SCORES},
        """
            tool | domain             | numerator | denominator | value
            SDQ  | Total difficulties | 2         | 3           | 0.67
        """,
        definition="both_scores",
        only="Total difficulties",
    ),
    Example(
        "F2",
        "By where on the scale the first score lay: 10 of 40 difficulties is the best third, 20 the middle one",
        {"eh_episode": _HELP, "eh_score": _SCORES},
        """
            start_band | start_band_label          | numerator | denominator
            best       | Best third of the scale   | -2        | 1
            middle     | Middle third of the scale | 6         | 1
        """,
        by="start_band",
        only="Total difficulties",
    ),
    Example(
        "F2",
        "On a star from 1 to 10, a first score of 7 is just in the best third, and one of 4 just in the middle",
        {
            "eh_episode": _HELP,
            "eh_score": """
                score_id | person_id | family_id | tool        | domain | score | score_date
                1        |           | Archer    | Family star | Health | 7     | 2024-01-10
                2        |           | Archer    | Family star | Health | 8     | 2024-04-10
                3        |           | Archer    | Family star | Money  | 4     | 2024-01-10
                4        |           | Archer    | Family star | Money  | 6     | 2024-04-10
                5        |           | Archer    | Family star | Home   | 3     | 2024-01-10
                6        |           | Archer    | Family star | Home   | 6     | 2024-04-10
            """,
        },
        """
            domain | start_band | numerator
            Health | best       | 1
            Home   | worst      | 3
            Money  | middle     | 2
        """,
        by="start_band",
    ),
    Example(
        "F2",
        "Without an episode's number, scores belong to the help in which their day lies; two on one day are no pair, "
        "and the later record of a day is the last",
        {
            "eh_episode": _HELP,
            "eh_score": """
                score_id | person_id | family_id | tool        | domain  | score | score_date
                1        |           | Archer    | Family star | Overall | 3     | 2024-01-01
                2        |           | Archer    | Family star | Overall | 5     | 2024-04-30
                6        |           | Archer    | Family star | Overall | 6     | 2024-04-30
                3        |           | Archer    | Family star | Overall | 9     | 2024-05-01
                4        |           | Carr      | Family star | Overall | 3     | 2024-02-01
                5        |           | Carr      | Family star | Overall | 5     | 2024-02-01
            """,
        },
        """
            tool        | domain  | numerator | denominator | value
            Family star | Overall | 3         | 1           | 3.0
        """,
    ),
    Example(
        "F2",
        "Without scores there is no data",
        {"eh_episode": _HELP},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
