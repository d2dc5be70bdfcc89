"""B10, hand-off wait to partner or commissioned provider."""

from spec.example import Example

_DELIVERIES = """
    delivery_id | person_id | service_id | offered_date | start_date | end_date   | status
    1           | Ann       | parenting  | 2024-04-01   | 2024-04-11 |            | started
    2           | Ben       | parenting  | 2024-04-01   | 2024-04-21 | 2024-06-01 | completed
    3           | Cat       | parenting  | 2024-04-01   |            |            | waiting
    4           | Dan       | mentoring  | 2024-04-01   |            | 2024-04-15 | never_started
    5           | Eve       | mentoring  | 2024-04-01   |            |            | declined
    6           | Fay       | mentoring  | 2024-04-01   |            |            | started
"""

EXAMPLES = [
    Example(
        "B10",
        "Two of four began, after 10 and 20 days; one gave up after 14, one still waits; days nobody recorded are left out",
        {"service_delivered": _DELIVERIES},
        """
            period_start | numerator | denominator | value
            2024-04-01   | 2         | 4           | 20
        """,
        as_at="2024-06-30",
    ),
    Example(
        "B10",
        "The days until nine in ten have begun are not known while one in three still waits",
        {"service_delivered": _DELIVERIES},
        """
            service_id | value | status
            mentoring  |       | not_mature
            parenting  |       | not_mature
        """,
        by="service_id",
        as_at="2024-06-30",
        definition="ninth_decile",
    ),
    Example(
        "B10",
        "Where all began, nine in ten of three have begun when the last one has",
        {
            "service_delivered": """
                delivery_id | person_id | service_id | offered_date | start_date
                1           | Ann       | parenting  | 2024-04-01   | 2024-04-11
                2           | Ben       | parenting  | 2024-04-01   | 2024-04-21
                3           | Cat       | parenting  | 2024-04-01   | 2024-06-30
            """
        },
        """
            numerator | denominator | value
            3         | 3           | 90
        """,
        definition="ninth_decile",
    ),
    Example(
        "B10",
        "Never started: given up, declined or ended before it began; who still waits is in neither count",
        {"service_delivered": _DELIVERIES},
        """
            service_id | numerator | denominator | value
            mentoring  | 2         | 3           | 0.667
            parenting  | 0         | 2           | 0.000
        """,
        by="service_id",
        as_at="2024-06-30",
        definition="never_started",
    ),
    Example(
        "B10",
        "A service that begins on the day it is offered has started; one that ended by the day the data is as at has not",
        {
            "service_delivered": """
                delivery_id | person_id | service_id | offered_date | start_date | end_date   | status
                1           | Ann       | parenting  | 2024-04-01   | 2024-04-01 |            |
                2           | Ben       | parenting  | 2024-04-01   |            | 2024-04-05 | waiting
            """
        },
        """
            numerator | denominator | value
            1         | 2           | 0.500
        """,
        as_at="2024-04-05",
        definition="never_started",
    ),
    Example(
        "B10",
        "A service that begins on the day the data is as at has begun; one that began before the offer waited 0 days",
        {
            "service_delivered": """
                delivery_id | person_id | service_id | offered_date | start_date | end_date
                1           | Ann       | parenting  | 2024-04-02   | 2024-04-01 |
                2           | Ben       | parenting  | 2024-04-02   | 2024-04-02 |
                3           | Cat       | parenting  | 2024-04-02   | 2024-03-01 | 2024-04-01
            """
        },
        """
            numerator | denominator | value
            2         | 2           | 0
        """,
        as_at="2024-04-02",
    ),
    Example(
        "B10",
        "Where nobody records when a service was offered there is no data",
        {"service_delivered": "delivery_id | person_id | service_id | start_date\n 1 | Ann | parenting | 2024-04-01"},
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
