"""H6, characteristic completeness."""

from spec.example import Example

_EPISODES = """
    episode_id | person_id | start_date | end_date
    1          | Ann       | 2024-01-01 |
    2          | Ben       | 2024-01-01 |
    3          | Cat       | 2024-01-01 | 2024-03-31
"""

EXAMPLES = [
    Example(
        "H6",
        "Of the children open, those of whom each is recorded; refused is not known, and no record of a person neither",
        {
            "eh_episode": _EPISODES,
            "person": """
                person_id | ethnicity | disability | first_language
                Ann       | REFU      | NONE       | English
                Cat       | WBRI      | NONE       | English
            """,
        },
        """
            characteristic | numerator | denominator | value
            disability     | 1         | 2           | 0.50
            ethnicity      | 0         | 2           | 0.00
            first_language | 1         | 2           | 0.50
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H6",
        "What any linked record of the child tells is known",
        {
            "eh_episode": _EPISODES,
            "person": """
                person_key | person_id | ethnicity | disability | first_language
                1          | Ann       |           | NONE       | English
                2          | Ann       | WBRI      | unmapped   |
                3          | Ben       | unmapped  | unmapped   |
            """,
        },
        """
            characteristic | numerator | denominator
            disability     | 1         | 2
            ethnicity      | 1         | 2
            first_language | 1         | 2
        """,
        as_at="2024-03-31",
    ),
    Example(
        "H6",
        "A parent with an episode is not asked about: adults are left out",
        {
            "eh_episode": """
                episode_id | person_id | start_date
                1          | Ann       | 2024-01-10
                2          | Una       | 2024-01-10
            """,
            "person": """
                person_id | dob        | ethnicity
                Ann       | 2012-06-15 | WBRI
                Una       | 1985-05-01 | WBRI
            """,
        },
        """
            characteristic | numerator | denominator
            disability     | 0         | 1
            ethnicity      | 1         | 1
            first_language | 0         | 1
        """,
        as_at="2024-03-31",
    ),
]
