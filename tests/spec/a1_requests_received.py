"""A1, requests for support received."""

from spec.example import Example

_CONTACTS = """
    contact_id | person_id | family_id | contact_date | source_code | decision_code
    1          | Ann       | Archer    | 2024-04-01   | 2A          | early_help
    2          | Ben       | Archer    | 2024-04-30   | 2A          | advice
    3          | Ann       | Archer    | 2024-06-15   | 6           | early_help
"""

EXAMPLES = [
    Example(
        "A1",
        "A period holds the requests of all its days, the first and the last included, and a month without any is zero",
        {"contact": _CONTACTS},
        """
            period_start | period_end | numerator | denominator | value | status
            2024-04-01   | 2024-04-30 | 2         |             | 2     | ok
            2024-05-01   | 2024-05-31 | 0         |             | 0     | ok
            2024-06-01   | 2024-06-30 | 1         |             | 1     | ok
        """,
        first="2024-04-01",
        last="2024-06-30",
        period="month",
    ),
    Example(
        "A1",
        "A count comes with Byar's interval, which up to nine is the exact one",
        {"contact": _CONTACTS},
        """
            period_start | period_end | value | lower | upper
            2024-04-01   | 2024-06-30 | 3     | 0.62  | 8.77
        """,
        first="2024-04-01",
        last="2024-06-30",
    ),
    Example(
        "A1",
        "Split by source and decision, each pair that was met has a row, in the order of the codes",
        {"contact": _CONTACTS},
        """
            source_code | source_code_label | decision_code | decision_code_label         | numerator
            2A          | Schools           | advice        | Advice and information only | 1
            2A          | Schools           | early_help    | Accepted for early help     | 1
            6           | Police            | early_help    | Accepted for early help     | 1
        """,
        by="source_code, decision_code",
    ),
    Example(
        "A1",
        "What is missing is not recorded, and a word that nobody mapped is unmapped; neither is lost",
        {
            "contact": """
                contact_id | person_id | contact_date | source_code | reason_code
                1          | Ann       | 2024-04-01   | unmapped    |
                2          | Ben       | 2024-04-01   | 2A          |
            """
        },
        """
            source_code | reason_code  | reason_code_label | numerator
            2A          | not_recorded | Not recorded      | 1
            unmapped    | not_recorded | Not recorded      | 1
        """,
        by="source_code, reason_code",
    ),
    Example(
        "A1",
        "A person of whom nothing is known is not recorded in what is known of people; an age is that of the day",
        {
            "contact": """
                contact_id | person_id | contact_date
                1          | Ann       | 2024-04-01
                2          | Ann       | 2025-04-01
                3          | Ben       | 2024-04-01
                4          | unborn    | 2024-04-01
            """,
            "person": """
                person_key | person_id | dob        | expected_dob | sex
                1          | Ann       | 2014-04-20 |              | F
                2          | unborn    |            | 2024-08-01   |
            """,
        },
        """
            age_band     | age_band_label | sex          | numerator
            10-15        | 10 to 15       | F            | 2
            not_recorded | Not recorded   | not_recorded | 1
            unborn       | Unborn         | not_recorded | 1
        """,
        by="age_band, sex",
    ),
    Example(
        "A1",
        "Domestic abuse, which is told by yes or no, is a split like a code",
        {
            "contact": """
                contact_id | person_id | contact_date | domestic_abuse
                1          | Ann       | 2024-04-01   | true
                2          | Ben       | 2024-04-01   | false
                3          | Cat       | 2024-04-01   |
            """
        },
        """
            domestic_abuse | domestic_abuse_label | numerator
            false          | No                   | 1
            not_recorded   | Not recorded         | 1
            true           | Yes                  | 1
        """,
        by="domestic_abuse",
    ),
    Example(
        "A1",
        "A child with two disabilities is counted under each",
        {
            "contact": "contact_id | person_id | contact_date\n 1 | Ann | 2024-04-01\n 2 | Ben | 2024-04-01",
            "person": "person_key | person_id | disability\n 1 | Ann | MOB;HEAR\n 2 | Ben | HEAR",
        },
        """
            disability | disability_label | numerator
            HEAR       | Hearing          | 2
            MOB        | Mobility         | 1
        """,
        by="disability",
    ),
    Example(
        "A1",
        "Counted as children, a child asked for twice is one",
        {"contact": _CONTACTS},
        """
            numerator
            2
        """,
        definition="children",
    ),
    Example(
        "A1",
        "Counted as families, siblings are one",
        {"contact": _CONTACTS},
        """
            source_code | numerator
            2A          | 1
            6           | 1
        """,
        by="source_code",
        definition="families",
    ),
    Example(
        "A1",
        "As a rate, for each 10,000 children of the area in the latest year that is known",
        {
            "contact": _CONTACTS,
            "population": """
                area_code | year | age_band | sex | count | source
                E06000999 | 2023 | 0-17     | all | 6000  | ONS
                E06000999 | 2024 | 0-17     | all | 5000  | ONS
                E06000999 | 2024 | 0-17     | M   | 2500  | ONS
                E06000999 | 2024 | 0-4      | all | 1400  | ONS
                E06000998 | 2024 | 0-17     | all | 9000  | ONS
            """,
        },
        """
            period_end | numerator | denominator | value | lower | upper
            2024-06-30 | 3         | 5000        | 6.0   | 1.24  | 17.53
        """,
        first="2024-04-01",
        last="2024-06-30",
        definition="rate",
    ),
    Example(
        "A1",
        "A rate split by place is one of the children who live there; where nobody tells how many, there is no data",
        {
            "contact": """
                contact_id | person_id | contact_date
                1          | Ann       | 2024-04-01
                2          | Ben       | 2024-04-01
                3          | Cat       | 2024-04-01
            """,
            "person": """
                person_key | person_id | lsoa
                1          | Ann       | E01999001
                2          | Ben       | E01999001
            """,
            "place": """
                lsoa      | ward_code | la_code   | children_0_17
                E01999001 | E05999001 | E06000999 | 400
                E01999002 | E05999001 | E06000999 | 600
            """,
        },
        """
            ward_code    | numerator | denominator | value | status
            E05999001    | 2         | 1000        | 20.0  | ok
            not_recorded |           |             |       | no_data
        """,
        by="ward_code",
        definition="rate",
    ),
    Example(
        "A1",
        "A rate needs children to be a rate of",
        {"contact": _CONTACTS},
        """
            numerator | denominator | value | status
                      |             |       | no_data
        """,
        definition="rate",
    ),
    Example(
        "A1",
        "Before the first day that the extracts cover there is no data, and that is not zero",
        {
            "contact": """
                contact_id | person_id | contact_date | feed_id
                1          | Ann       | 2024-06-15   | f1
            """,
            "feed": """
                feed_id | extract_date | coverage_start
                f1      | 2024-07-31   | 2024-05-20
            """,
        },
        """
            period_start | period_end | numerator | status
            2024-04-01   | 2024-04-30 |           | no_data
            2024-05-01   | 2024-05-31 | 0         | ok
            2024-06-01   | 2024-06-30 | 1         | ok
        """,
        first="2024-04-01",
        last="2024-06-30",
        period="month",
    ),
    Example(
        "A1",
        "Nothing after the day that the data is as at is counted, and the last period ends on that day",
        {"contact": _CONTACTS},
        """
            period_start | period_end | numerator
            2024-04-01   | 2024-04-15 | 1
        """,
        period="quarter",
        as_at="2024-04-15",
    ),
    Example(
        "A1",
        "From one to five is suppressed under the default policy, with the interval; zero is shown",
        {"contact": _CONTACTS},
        """
            period_start | numerator | value | lower | upper | status
            2024-05-01   | 0         | 0     | 0     | 3.7   | ok
            2024-06-01   |           |       |       |       | suppressed
        """,
        first="2024-05-01",
        last="2024-06-30",
        period="month",
        policy="dfe",
    ),
    Example(
        "A1",
        "As children, parents about whom a request came are not counted, nor is who came of age by that day",
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
        },
        """
            period_start | numerator
            2024-05-01   | 3
            2024-06-01   | 0
        """,
        period="month",
        definition="children",
        as_at="2024-06-30",
    ),
    Example(
        "A1",
        "For each 10,000 children, requests about adults are left out; one that names nobody may be about a child",
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
            4         | 1000        | 40.0
        """,
        definition="rate",
        as_at="2024-06-30",
    ),
]
