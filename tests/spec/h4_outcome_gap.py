"""H4, outcome gap."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | start_date | end_date   | end_reason_code
    1          | Ann       | 2024-01-01 | 2024-03-01 | outcomes_met
    2          | Ben       | 2024-01-01 | 2024-03-01 | outcomes_met
    3          | Cat       | 2024-01-01 | 2024-03-01 | outcomes_met
    4          | Dan       | 2024-01-01 | 2024-03-01 | disengaged
    5          | Eve       | 2024-01-01 | 2024-03-01 |
    6          | Fay       | 2024-01-01 | 2024-03-01 | outcomes_met
"""
_PEOPLE = """
    person_id | ethnicity | disability | sen_status | lsoa
    Ann       | WBRI      | NONE       | none       | E01999009
    Ben       | WBRI      | NONE       | none       | E01999009
    Cat       | ABAN      | MOB        | support    | E01999001
    Dan       | ABAN      | HEAR       | ehcp       | E01999001
    Eve       | ABAN      | HEAR       | ehcp       | E01999001
    Fay       |           |            |            |
    Dan       |           |            | none       |
"""
_PLACES = """
    lsoa      | la_code   | imd_decile
    E01999001 | E06000999 | 3
    E01999009 | E06000999 | 4
"""
_COUNCIL = {"eh_episode": _EPISODES, "person": _PEOPLE, "place": _PLACES}

EXAMPLES = [
    Example(
        "H4",
        "The share with outcomes met in a group less that in all others; closures without a reason and children "
        "whose group is not known are left out",
        _COUNCIL,
        """
            ethnicity | numerator | denominator | value
            ABAN      | 1         | 2           | -0.50
            WBRI      | 2         | 2           | 0.50
        """,
        as_at="2024-03-01",
    ),
    Example(
        "H4",
        "Any disability that is recorded counts, and none only where none is recorded",
        _COUNCIL,
        """
            has_disability | numerator | denominator | value
            false          | 2         | 2           | 0.50
            true           | 1         | 2           | -0.50
        """,
        definition="disability",
    ),
    Example(
        "H4",
        "Special educational needs are support and plans alike, known where any record tells of them",
        _COUNCIL,
        """
            has_sen | numerator | denominator | value
            false   | 2         | 2           | 0.50
            true    | 1         | 2           | -0.50
        """,
        definition="special_educational_needs",
    ),
    Example(
        "H4",
        "The most deprived are those in deciles 1 to 3",
        _COUNCIL,
        """
            most_deprived | numerator | denominator | value
            false         | 2         | 2           | 0.50
            true          | 1         | 2           | -0.50
        """,
        definition="deprivation",
    ),
    Example(
        "H4",
        "A group with nobody to compare it with has no gap",
        {"eh_episode": _EPISODES, "person": "person_id | ethnicity\n Ann | WBRI"},
        """
            ethnicity | numerator | value | status
            WBRI      |           |       | no_data
        """,
    ),
]
