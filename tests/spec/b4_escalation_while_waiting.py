"""B4, escalation while waiting."""

from spec.example import Example

# Ann stepped up. Ben left for another reason, with a plan begun while he waited. Cat left, and her plan began a day later.
# Dan was allocated after a plan began, Eve without any. Fay waits still. Gus came from social care on the day of acceptance.
# Hal was allocated on the day he closed, Jon a day after. Ivy left on the day of acceptance.
_LIST = """
    episode_id | person_id | start_date | allocated_date | end_date   | end_reason_code
    1          | Ann       | 2024-04-01 |                | 2024-04-29 | stepped_up
    2          | Ben       | 2024-04-01 |                | 2024-04-30 | other
    3          | Cat       | 2024-04-01 |                | 2024-05-28 | declined
    4          | Dan       | 2024-04-01 | 2024-05-27     |            |
    5          | Eve       | 2024-04-01 | 2024-04-10     | 2024-09-01 | stepped_up
    6          | Fay       | 2024-04-01 |                |            |
    7          | Gus       | 2024-04-01 |                | 2024-05-01 | moved
    8         | Hal       | 2024-04-01 | 2024-04-20     | 2024-04-20 | stepped_up
    9         | Ivy       | 2024-04-01 |                | 2024-04-01 | other
    10        | Jon       | 2024-04-01 | 2024-05-02     | 2024-05-01 | stepped_up
"""
_STATUTORY = """
    event_id | person_id | type        | start_date
    1        | Ben       | cin_episode | 2024-04-30
    2        | Cat       | cp_plan     | 2024-05-29
    3        | Dan       | cp_plan     | 2024-05-01
    4        | Fay       | cp_plan     | 2024-05-01
    5        | Gus       | cin_episode | 2024-04-01
    6        | Ben       | cp_plan     | 2024-06-01
"""
_COUNCIL = {"eh_episode": _LIST, "social_care_event": _STATUTORY}

EXAMPLES = [
    Example(
        "B4",
        "Of the nine that left the list, three escalated: stepped up, or with statutory help begun by the day they left",
        _COUNCIL,
        """
            numerator | denominator | value | lower | upper
            3         | 9           | 0.333 | 0.121 | 0.646
        """,
    ),
    Example(
        "B4",
        "By how long they had waited: 28 days are still 4 weeks and 56 still 8, 57 are more",
        _COUNCIL,
        """
            wait_band    | wait_band_label               | numerator | denominator
            over_8_weeks | More than 8 weeks             | 0         | 1
            to_4_weeks   | Up to 4 weeks                 | 1         | 4
            to_8_weeks   | More than 4 and up to 8 weeks | 2         | 4
        """,
        by="wait_band",
    ),
    Example(
        "B4",
        "Of those alone that were never allocated",
        _COUNCIL,
        """
            numerator | denominator
            3         | 6
        """,
        definition="unserved",
    ),
    Example(
        "B4",
        "Without records of statutory services only the reason for closing tells",
        {"eh_episode": _LIST},
        """
            numerator | denominator
            2         | 9
        """,
    ),
    Example(
        "B4",
        "A family has left when the last of its children has; one who steps up, or comes to statutory help, is enough",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | allocated_date | end_date   | end_reason_code
                1          | Ann       | Archer    | 2024-04-01 |                | 2024-04-10 | stepped_up
                2          | Ben       | Archer    | 2024-04-01 |                | 2024-05-10 | other
                3          | Cat       | Carr      | 2024-04-01 | 2024-04-20     |            |
                4          | Dan       | Dunn      | 2024-04-01 |                | 2024-05-10 | other
                5          | Dot       | Dunn      | 2024-04-01 |                | 2024-05-10 | other
            """,
            "social_care_event": """
                event_id | person_id | type        | start_date
                1        | Dan       | cin_episode | 2024-05-01
                2        | Dot       | cin_episode | 2024-06-01
            """,
        },
        """
            period_start | numerator | denominator
            2024-04-01   | 0         | 1
            2024-05-01   | 2         | 2
        """,
        first="2024-04-01",
        last="2024-05-31",
        period="month",
    ),
    Example(
        "B4",
        "A family that one child left by stepping up, and another by being allocated, was allocated: it did not escalate",
        {
            "eh_episode": """
                episode_id | person_id | family_id | start_date | allocated_date | end_date   | end_reason_code
                1          | Ann       | Archer    | 2024-04-01 | 2024-04-03     | 2024-04-28 | stepped_up
                2          | Ben       | Archer    | 2024-04-01 |                |            |
            """
        },
        """
            numerator | denominator
            0         | 1
        """,
    ),
    Example(
        "B4",
        "A family whose worker was named before the day of acceptance left the list on that day, and did not escalate",
        {
            "eh_episode": """
                episode_id | person_id | start_date | allocated_date | end_date   | end_reason_code
                1          | Ann       | 2024-04-08 | 2024-04-01     | 2024-06-01 | stepped_up
                2          | Ben       | 2024-04-08 |                | 2024-04-28 | stepped_up
            """
        },
        """
            wait_band  | numerator | denominator
            to_4_weeks | 1         | 2
        """,
        by="wait_band",
    ),
    Example(
        "B4",
        "Where no reason for closing is ever recorded there is no data",
        {
            "eh_episode": "episode_id | person_id | start_date | allocated_date | end_date\n 1|Ann|2024-04-01||2024-04-02"
        },
        """
            numerator | denominator | status
                      |             | no_data
        """,
    ),
]
