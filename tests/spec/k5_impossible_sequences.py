"""K5, impossible sequences."""

from spec.example import Example

EXAMPLES = [
    Example(
        "K5",
        "Each rule that applies has a row: the records that break it, of all records of its table",
        {
            "eh_episode": """
                episode_id | person_id | request_date | start_date | end_date
                1          | Ann       | 2024-01-05   | 2024-01-10 | 2024-01-09
                2          | Ben       | 2024-01-05   | 2024-01-05 | 2024-02-01
                3          | Cat       |              | 2024-01-10 |
            """,
            "feed": "feed_id | source_system | extract_date\n f1 | mosaic | 2024-06-01",
        },
        """
            rule                                    | numerator | denominator | value
            eh_episode.end_date:before_other_date   | 1         | 3           | 0.333
            eh_episode.start_date:before_other_date | 0         | 3           | 0.000
        """,
        only="eh_episode.",
    ),
]
