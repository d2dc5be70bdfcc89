"""J7, commissioned service unit cost."""

from spec.example import Example

_COUNCIL = {
    "spend": """
        financial_year | service_id | budget_line | amount | kind
        2023-24        | s1         | Contracts   | 6000   | actual
        2023-24        | s2         | Contracts   | 1000   | planned
        2023-24        |            | Overheads   | 9000   | actual
    """,
    "service": """
        service_id | name             | organisation
        s1         | Parenting course | Hill Charity
        s2         | Youth club       | Town Charity
    """,
    "service_delivered": """
        delivery_id | person_id | family_id | service_id | end_date   | status
        1           | Ann       | Archer    | s1         | 2023-06-01 | completed
        2           | Ben       | Archer    | s1         | 2023-07-01 | completed
        3           | Cat       | Carr      | s1         | 2024-03-31 | completed
        4           | Dan       | Dunn      | s1         | 2023-06-01 | dropped_out
        5           | Eve       | Earl      | s2         | 2023-06-01 | completed
        6           | Fay       | Ford      | s1         | 2023-04-01 | completed
        7           | Gil       | Green     | s1         | 2024-04-01 | completed
    """,
}

EXAMPLES = [
    Example(
        "J7",
        "Actual spending on a service over families that completed it in the year, 1 April and 31 March included, each once",
        _COUNCIL,
        """
            period_start | service_id | numerator | denominator | value
            2023-04-01   | s1         | 6000      | 3           | 2000
        """,
        by="service_id",
        last="2024-03-31",
        as_at="2024-04-30",
    ),
    Example(
        "J7",
        "By provider, as the directory of services names it",
        _COUNCIL,
        """
            organisation | numerator | denominator | value
            Hill Charity | 6000      | 3           | 2000
        """,
        by="organisation",
        as_at="2024-03-31",
    ),
]
