"""A9, domestic-abuse requests."""

from spec.example import Example

_COUNCIL = {
    "contact": """
        contact_id | person_id | contact_date | domestic_abuse
        1          | Ann       | 2024-04-01   | true
        2          | Ann       | 2024-04-15   | true
        3          | Ben       | 2024-04-02   | true
        4          | Cat       | 2024-04-03   | false
        5          | Dan       | 2024-04-04   |
        6          | Eve       | 2024-05-01   |
    """,
    "person": """
        person_key | person_id | lsoa
        1          | Ann       | E01999001
        2          | Ben       | E01999002
        3          | Cat       | E01999002
    """,
    "place": """
        lsoa      | ward_code | la_code   | children_0_17
        E01999001 | E05999001 | E06000999 | 400
        E01999002 | E05999002 | E06000999 | 100
    """,
}

EXAMPLES = [
    Example(
        "A9",
        "Domestic abuse is mentioned in three of four; where nobody recorded it, a request is in neither count",
        _COUNCIL,
        """
            numerator | denominator | value | lower | upper
            3         | 4           | 0.750 | 0.301 | 0.954
        """,
    ),
    Example(
        "A9",
        "A month of which nobody recorded it has no data, which is not zero",
        _COUNCIL,
        """
            period_start | numerator | status
            2024-04-01   | 3         | ok
            2024-05-01   |           | no_data
        """,
        period="month",
        last="2024-05-31",
    ),
    Example(
        "A9",
        "Per 1,000 children, ward by ward: requests are counted, so two about one child are two",
        _COUNCIL,
        """
            ward_code | numerator | denominator | value
            E05999001 | 2         | 400         | 5.0
            E05999002 | 1         | 100         | 10.0
        """,
        by="ward_code",
        definition="rate",
    ),
    Example(
        "A9",
        "The rate counts those mentioned, and zero in a month without any",
        _COUNCIL,
        """
            period_start | numerator | denominator | value | lower | upper
            2024-04-01   | 3         | 500         | 6.0   | 1.2   | 17.5
            2024-05-01   | 0         | 500         | 0.0   | 0.0   | 7.4
        """,
        period="month",
        last="2024-05-31",
        definition="rate",
    ),
    Example(
        "A9",
        "Where domestic abuse is never recorded there is no data",
        {"contact": "contact_id | person_id | contact_date\n 1 | Ann | 2024-04-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
    Example(
        "A9",
        "The rate leaves out requests about adults; one that names nobody may be about a child",
        {
            "contact": """
                contact_id | person_id | contact_date | domestic_abuse
                1          | Ann       | 2024-05-31   | true
                2          | Cat       | 2024-05-31   | true
                3          | Cat       | 2024-06-01   | true
                4          | Dan       | 2024-05-31   | true
                5          | Una       | 2024-05-31   | true
                6          | Val       | 2024-05-31   | true
                7          |           | 2024-05-31   | true
            """,
            "person": """
                person_id | dob        | is_child
                Ann       | 2012-06-15 |
                Cat       | 2006-06-15 |
                Dan       |            |
                Una       | 1985-05-01 |
                Val       |            | false
            """,
            "place": """
                lsoa      | la_code   | children_0_17
                E01999001 | E06000999 | 1000
            """,
        },
        """
            numerator | denominator | value
            4         | 1000        | 4.0
        """,
        definition="rate",
        as_at="2024-06-30",
    ),
]
