"""F3, need resolved at closure."""

from spec.example import Example

_HELP = """
    episode_id | person_id | family_id | start_date | end_date
    1          | Ann       | Archer    | 2024-01-01 | 2024-04-30
    2          | Ben       | Archer    | 2024-01-01 | 2024-03-31
    3          | Cat       | Carr      | 2024-01-01 | 2024-04-30
    4          | Dan       | Dunn      | 2024-01-01 |
"""
_NEEDS = """
    need_id | episode_id | need_code
    1       | 1          | SF1
    2       | 2          | SF1
    3       | 1          | SF8
    4       | 3          | SF1
    5       | 3          | SF8
    6       | 4          | SF1
    7       | 3          | SF9
"""
_OUTCOMES = """
    need_id | status       | achieved_date
    1       | achieved     | 2024-04-30
    2       | partly       |
    3       | achieved     |
    4       | achieved     | 2024-03-01
    5       | achieved     | 2024-05-01
    6       | achieved     | 2024-03-01
"""

EXAMPLES = [
    Example(
        "F3",
        "A family closes with its last episode; every need of one kind must be met by then; with no outcome, no data",
        {"eh_episode": _HELP, "eh_need": _NEEDS, "eh_outcome": _OUTCOMES},
        """
            need_code | need_code_label          | numerator | denominator | status
            SF1       | Getting a good education | 1         | 2           | ok
            SF8       | Safe from domestic abuse | 1         | 2           | ok
            SF9       | Secure housing           |           |             | no_data
        """,
    ),
    Example(
        "F3",
        "A need without an outcome is no success beside one that has one",
        {
            "eh_episode": _HELP,
            "eh_need": _NEEDS,
            "eh_outcome": "need_id | status\n 1 | achieved\n 2 | achieved",
        },
        """
            need_code | numerator | denominator | status
            SF1       | 1         | 2           | ok
            SF8       |           |             | no_data
            SF9       |           |             | no_data
        """,
    ),
    Example(
        "F3",
        "The outcomes of one source system are of its own needs; needs kept in the standard's layout name any episode",
        {
            "eh_episode": """
                episode_id | person_id | start_date | end_date   | source_system
                1          | Ann       | 2024-01-01 | 2024-04-30 | mosaic
            """,
            "eh_need": """
                need_id | episode_id | need_code | source_system
                1       | 1          | SF1       | standard
                2       | 1          | SF8       | mosaic
            """,
            "eh_outcome": """
                need_id | status   | source_system
                1       | achieved | standard
                2       | achieved | standard
            """,
        },
        """
            need_code | numerator | denominator | status
            SF1       | 1         | 1           | ok
            SF8       |           |             | no_data
        """,
    ),
    Example(
        "F3",
        "Without any outcome there is no data",
        {"eh_episode": _HELP, "eh_need": _NEEDS},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
