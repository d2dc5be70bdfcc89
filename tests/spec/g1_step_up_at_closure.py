"""G1, step-up at closure."""

from spec.example import Example

_CLOSED = """
    episode_id | person_id | family_id | start_date | end_date   | end_reason_code | team
    1          | Ann       | Archer    | 2024-01-01 | 2024-04-30 | stepped_up      | North
    2          | Ben       | Archer    | 2024-01-01 | 2024-03-31 | outcomes_met    | North
    3          | Cat       | Carr      | 2024-01-01 | 2024-04-30 | outcomes_met    | South
    4          | Dan       | Dunn      | 2024-01-01 | 2024-04-30 |                 | South
    5          | Eve       | Ellis     | 2024-01-01 | 2024-04-30 | unmapped        | South
    6          | Fay       | Field     | 2024-01-01 |            |                 | South
"""

# Archer and Barr step up with one child, Carr with one before a blank, Dunn has one reason and one that is not mapped.
_ONE_DAY = """
    episode_id | person_id | family_id | start_date | end_date   | end_reason_code
    1          | Ann       | Archer    | 2024-01-01 | 2024-04-30 | stepped_up
    2          | Ben       | Archer    | 2024-01-01 | 2024-04-30 | outcomes_met
    3          | Cat       | Barr      | 2024-01-01 | 2024-04-30 | disengaged
    4          | Dan       | Barr      | 2024-01-01 | 2024-04-30 | stepped_up
    5          | Eve       | Carr      | 2024-01-01 | 2024-04-30 | stepped_up
    6          | Fay       | Carr      | 2024-01-01 | 2024-04-30 |
    7          | Gus       | Dunn      | 2024-01-01 | 2024-04-30 | outcomes_met
    8          | Hal       | Dunn      | 2024-01-01 | 2024-04-30 | unmapped
"""

EXAMPLES = [
    Example(
        "G1",
        "A closure without a reason, or with one that is not mapped, is left out; so is what has not closed",
        {"eh_episode": _CLOSED},
        """
            team  | numerator | denominator | value
            North | 1         | 2           | 0.50
            South | 0         | 1           | 0.00
        """,
        by="team",
    ),
    Example(
        "G1",
        "A closure belongs to the period of its last day, the first and the last day of it included",
        {"eh_episode": _CLOSED},
        """
            period_start | numerator | denominator
            2024-03-01   | 0         | 1
            2024-04-01   | 1         | 2
        """,
        period="month",
        last="2024-04-30",
    ),
    Example(
        "G1",
        "A family closes when the last of its episodes ends, for the reason that this one gives",
        {"eh_episode": _CLOSED},
        """
            numerator | denominator | value
            1         | 2           | 0.50
        """,
        definition="families",
    ),
    Example(
        "G1",
        "Of the episodes that closed on a family's last day one that stepped up is enough, whichever comes first in the list",
        {"eh_episode": _ONE_DAY},
        """
            numerator | denominator | value
            3         | 4           | 0.75
        """,
        definition="families",
    ),
    Example(
        "G1",
        "Without any reason there is no data",
        {"eh_episode": "episode_id | person_id | start_date | end_date\n 1 | Ann | 2024-01-01 | 2024-02-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
    Example(
        "G1",
        "An episode that ends before it starts is left out; one that ends on the day it starts is not",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date   | end_reason_code
                1          | Ann       | 2024-04-02 | 2024-04-01 | stepped_up
                2          | Ben       | 2024-04-02 | 2024-04-02 | disengaged
                3          | Cat       | 2024-04-02 | 2024-04-30 | outcomes_met
            """
        },
        """
            numerator | denominator
            0         | 2
        """,
    ),
]
