"""D3, silent schools."""

from spec.example import Example

# The first word from any school is of 1 April 2023: 365 days later it is 31 March 2024.
_SCHOOLS = """
    school_urn | name         | phase     | roll | fsm_share
    100001     | Hill School  | primary   | 200  | 0.50
    100002     | Mill School  | primary   | 200  | 0.05
    100003     | Lane School  | secondary | 900  | 0.30
    100004     | Field School | secondary |      |
"""
_COUNCIL = {
    "school": _SCHOOLS,
    "contact": """
        contact_id | person_id | contact_date | school_urn
        1          | Ann       | 2023-04-01   | 100001
        2          | Ben       | 2023-05-01   | 100001
        3          | Cat       | 2024-04-01   |
        4          | Dan       | 2023-06-01   | 999999
    """,
    "eh_assessment": """
        assessment_id | person_id | start_date | school_urn
        1             | Eve       | 2023-04-01 | 100002
        2             | Fay       | 2023-05-02 | 100002
    """,
}

EXAMPLES = [
    Example(
        "D3",
        "On 30 April 2024 Hill School asked 365 days ago and Mill School assessed 364 days ago; two were never heard from",
        _COUNCIL,
        """
            period_end | numerator | denominator | value | lower | upper
            2024-04-30 | 2         | 4           | 0.500 | 0.150 | 0.850
        """,
        last="2024-04-30",
    ),
    Example(
        "D3",
        "A day later Hill School has been silent for a year; before 31 March 2024 nobody can tell of a whole year",
        _COUNCIL,
        """
            period_start | period_end | numerator | denominator | status
            2024-02-01   | 2024-02-29 |           |             | no_data
            2024-03-01   | 2024-03-31 | 2         | 4           | ok
            2024-04-01   | 2024-04-30 | 2         | 4           | ok
            2024-05-01   | 2024-05-01 | 3         | 4           | ok
        """,
        first="2024-02-01",
        last="2024-05-01",
        period="month",
    ),
    Example(
        "D3",
        "By how many of the pupils have free school meals: 10, 25 and 40 % are the last of their bands",
        {
            "school": """
                school_urn | phase   | fsm_share
                100001     | primary | 0.10
                100002     | primary | 0.25
                100003     | primary | 0.40
                100004     | primary | 0.41
                100005     | primary |
                100006     | primary | 0.50
            """,
            "contact": _COUNCIL["contact"],
        },
        """
            free_meals   | numerator | denominator
            not_recorded | 1         | 1
            over_40      | 2         | 2
            to_10        | 0         | 1
            to_25        | 1         | 1
            to_40        | 1         | 1
        """,
        by="free_meals",
        last="2024-04-30",
    ),
    Example(
        "D3",
        "Of 380 pupils with free meals 270 are at Lane School: of 5 requests 3.5 were to be expected from it, and none came",
        {
            "school": _SCHOOLS,
            "contact": """
                contact_id | person_id | contact_date | school_urn
                1          | Ann       | 2023-04-01   | 100001
                2          | Ben       | 2023-05-01   | 100001
                3          | Cat       | 2023-06-01   | 100002
                4          | Dan       | 2023-07-01   | 100002
                5          | Eve       | 2024-04-05   | 100001
            """,
        },
        """
            period_end | numerator | denominator
            2024-04-05 | 1         | 1
        """,
        last="2024-04-05",
        as_at="2024-04-05",
        definition="expected_3",
    ),
    Example(
        "D3",
        "Of 4 requests 2.8 were, which is less than 3: those from schools that are not in the register are not spread",
        {
            "school": _SCHOOLS,
            "contact": """
                contact_id | person_id | contact_date | school_urn
                1          | Ann       | 2023-04-01   | 100001
                2          | Ben       | 2023-05-01   | 100001
                3          | Cat       | 2023-06-01   | 100002
                4          | Dan       | 2023-07-01   | 100002
                5          | Eve       | 2023-07-01   | 999999
                6          | Fay       | 2023-07-01   | 999999
            """,
        },
        """
            denominator | status
                        | no_data
        """,
        last="2024-04-05",
        as_at="2024-04-05",
        definition="expected_3",
    ),
    Example(
        "D3",
        "Where no request names a school there is no data",
        {"school": _SCHOOLS, "contact": "contact_id | person_id | contact_date\n 1 | Ann | 2023-04-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
