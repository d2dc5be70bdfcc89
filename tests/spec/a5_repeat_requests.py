"""A5, repeat requests within 12 months."""

from spec.example import Example

# 2024 has a 29 February: 1 April 2023 to 31 March 2024 is 365 days, to 1 April 2024 366.
_REQUESTS = """
    contact_id | person_id | family_id | contact_date | decision_code | team
    1          | Ann       | Archer    | 2023-04-01   | advice        | North
    2          | Ann       | Archer    | 2024-03-31   | early_help    | North
    3          | Ben       | Barr      | 2023-04-01   | returned      | South
    4          | Ben       | Barr      | 2024-04-01   | early_help    | South
    5          | Cat       | Archer    | 2024-04-02   | early_help    | North
    6          | Dan       | Dunn      | 2024-04-03   | early_help    | South
    7          | Dan       | Dunn      | 2024-04-03   | early_help    | South
"""

EXAMPLES = [
    Example(
        "A5",
        "The 365th day after an earlier request is a repeat, the 366th is not, nor is a second request on one day",
        {"contact": _REQUESTS},
        """
            team  | numerator | denominator | value
            North | 1         | 2           | 0.500
            South | 0         | 3           | 0.000
        """,
        by="team",
    ),
    Example(
        "A5",
        "Counted as families, a request about a sibling is a repeat too: Cat's, two days after Ann's",
        {"contact": _REQUESTS},
        """
            team  | numerator | denominator | value
            North | 2         | 2           | 1.000
            South | 0         | 3           | 0.000
        """,
        by="team",
        definition="family",
    ),
    Example(
        "A5",
        "A repeat in a period counts although the request before it lies outside the period",
        {"contact": _REQUESTS},
        """
            period_start | numerator | denominator | value | lower | upper
            2024-03-01   | 1         | 5           | 0.200 | 0.036 | 0.624
        """,
        first="2024-03-01",
        last="2024-04-30",
    ),
    Example(
        "A5",
        "Split by what was decided the time before",
        {"contact": _REQUESTS},
        """
            previous_decision | previous_decision_label           | numerator | denominator
            advice            | Advice and information only       | 1         | 1
            no_request        | No request in the 365 days before | 0         | 4
        """,
        by="previous_decision",
    ),
    Example(
        "A5",
        "Where the requests of the day before were decided differently, that is said",
        {
            "contact": """
                contact_id | person_id | contact_date | decision_code
                0          | Eve       | 2023-04-02   | advice
                1          | Ann       | 2024-04-01   | advice
                2          | Ann       | 2024-04-01   | returned
                3          | Ann       | 2024-05-01   | early_help
                4          | Ann       | 2024-06-01   | early_help
                5          | Ben       | 2024-04-01   |
                6          | Ben       | 2024-05-01   | early_help
            """
        },
        """
            previous_decision | numerator | denominator
            early_help        | 1         | 1
            no_request        | 0         | 3
            not_recorded      | 1         | 1
            several           | 1         | 1
        """,
        by="previous_decision",
    ),
    Example(
        "A5",
        "Of the first 365 days that the records cover nothing is told, nor of requests in them: what came before is not seen",
        {"contact": _REQUESTS},
        """
            period_start | numerator | denominator | status
            2024-01-01   |           |             | no_data
            2024-02-01   |           |             | no_data
            2024-03-01   | 1         | 1           | ok
            2024-04-01   | 0         | 4           | ok
        """,
        first="2024-01-01",
        last="2024-04-30",
        period="month",
    ),
    Example(
        "A5",
        "Where the council says that its records cover less than they show, the year begins there",
        {"contact": _REQUESTS, "feed": "feed_id | source_system | coverage_start\n feed | mosaic | 2023-04-03"},
        """
            period_start | numerator | denominator
            2024-04-02   | 0         | 3
        """,
    ),
    Example(
        "A5",
        "A request about somebody whom no record knows is in neither count",
        {
            "contact": """
                contact_id | person_id | contact_date
                0          | Eve       | 2023-04-01
                1          |           | 2024-04-01
                2          |           | 2024-05-01
                3          | Ann       | 2024-05-01
            """
        },
        """
            period_start | numerator | denominator
            2024-05-01   | 0         | 1
        """,
    ),
]
