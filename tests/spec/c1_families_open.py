"""C1, families and children open."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | family_id | start_date | end_date   | team
    1          | Ann       | Archer    | 2024-01-10 | 2024-03-31 | North
    2          | Ben       | Archer    | 2024-02-01 | 2024-04-15 | South
    3          | Cat       | Carr      | 2024-03-31 |            | South
"""

_WARDS = {
    "eh_episode": _EPISODES,
    "person": """
        person_id | lsoa
        Ben       | E01999001
    """,
    "place": """
        lsoa      | ward_code | la_code   | children_0_17
        E01999001 | E05999001 | E06000999 | 1000
        E01999002 | E05999002 | E06000999 | 983
        E01999003 | E05999003 | E06000998 | 900
        E01999004 | E05999004 | E06000999 |
    """,
}

EXAMPLES = [
    Example(
        "C1",
        "Open is what began on or before the last day of the period and did not end on or before it",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator | value
            2024-01-31 | 1         | 1
            2024-02-29 | 1         | 1
            2024-03-31 | 2         | 2
            2024-04-30 | 1         | 1
        """,
        period="month",
        as_at="2024-04-30",
    ),
    Example(
        "C1",
        "Without periods, open at the end of the day that the data is as at; a later closure is not known yet",
        {"eh_episode": _EPISODES},
        """
            period_end | numerator
            2024-04-14 | 2
        """,
        as_at="2024-04-14",
    ),
    Example(
        "C1",
        "A family with two teams is one family, and one of each team",
        {"eh_episode": _EPISODES},
        """
            period_end | team  | numerator
            2024-02-29 | North | 1
            2024-02-29 | South | 1
        """,
        by="team",
        as_at="2024-02-29",
    ),
    Example(
        "C1",
        "A family that waits is open from acceptance; an episode that ends before it starts is open on no day",
        {
            "eh_episode": """
                episode_id | person_id | start_date | allocated_date | end_date
                1          | Ann       | 2024-01-10 |                |
                2          | Ben       | 2024-01-10 | 2024-01-12     | 2024-01-01
            """
        },
        """
            period_end | numerator
            2024-01-10 | 1
        """,
        as_at="2024-01-10",
    ),
    Example(
        "C1",
        "Counted as children, siblings count each, and a child with two episodes once",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date
                1          | Ann       | Archer    | 2024-01-10
                2          | Ann       | Archer    | 2024-01-20
                3          | Ben       | Archer    | 2024-01-20
            """
        },
        """
            numerator
            2
        """,
        definition="children",
    ),
    Example(
        "C1",
        "As a rate, children open for each 10,000 children; without a population, of the sum of the small areas",
        {
            "eh_episode": _EPISODES,
            "place": """
                lsoa      | ward_code | la_code   | children_0_17
                E01999001 | E05999001 | E06000999 | 400
                E01999002 | E05999001 | E06000999 | 600
                E01999003 | E05999002 | E06000998 | 900
            """,
        },
        """
            period_end | numerator | denominator | value
            2024-03-31 | 2         | 1000        | 20.0
        """,
        definition="rate",
        as_at="2024-03-31",
    ),
    Example(
        "C1",
        "A parent with an episode of their own is no child, nor is anybody from the month in which they turn 18",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date
                1          | Ann       | Archer    | 2024-01-10
                2          | Cat       | Archer    | 2024-01-10
                3          | Dan       | Archer    | 2024-01-10
                4          | Una       | Archer    | 2024-01-10
                5          | Val       | Archer    | 2024-01-10
            """,
            "person": """
                person_id | dob        | is_child
                Ann       | 2012-06-15 |
                Cat       | 2006-06-15 |
                Dan       |            |
                Una       | 1985-05-01 |
                Val       |            | false
            """,
        },
        """
            period_end | numerator
            2024-05-31 | 3
            2024-06-30 | 2
        """,
        definition="children",
        first="2024-05-01",
        last="2024-06-30",
        period="month",
    ),
    Example(
        "C1",
        "Whoever is called a child counts after the eighteenth birthday too; where sources differ, the birth decides",
        {
            "eh_episode": """
                episode_id | person_id | start_date
                1          | Eve       | 2024-01-10
                2          | Fay       | 2024-01-10
            """,
            "person": """
                person_key | person_id | dob        | is_child
                1          | Eve       | 2004-05-01 | true
                2          | Fay       | 2004-05-01 | true
                3          | Fay       | 2004-05-01 | false
            """,
        },
        """
            numerator
            1
        """,
        definition="children",
        as_at="2024-03-31",
    ),
    Example(
        "C1",
        "A ward with children and nobody helped is 0 of them; a place whose children nobody tells of is no data, and another "
        "council's ward has no row",
        _WARDS,
        """
            ward_code    | numerator | denominator | value | upper | status
            E05999001    | 1         | 1000        | 10.0  | 55.7  | ok
            E05999002    | 0         | 983         | 0.0   | 37.5  | ok
            not_recorded |           |             |       |       | no_data
        """,
        by="ward_code",
        definition="rate",
        as_at="2024-03-31",
    ),
    Example(
        "C1",
        "Beside a further split each place stands with what was met of it anywhere",
        _WARDS,
        """
            ward_code    | team  | numerator | denominator | status
            E05999001    | North | 0         | 1000        | ok
            E05999001    | South | 1         | 1000        | ok
            E05999002    | North | 0         | 983         | ok
            E05999002    | South | 0         | 983         | ok
            not_recorded | North |           |             | no_data
        """,
        by="ward_code,team",
        definition="rate",
        first="2024-02-01",
        last="2024-02-29",
        as_at="2024-03-31",
    ),
]
