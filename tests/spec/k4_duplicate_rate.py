"""K4, duplicate rate."""

from spec.example import Example

EXAMPLES = [
    Example(
        "K4",
        "Records of a person who has an earlier one in the same system; two systems that know one person have no duplicate",
        {
            "person": """
                person_key | person_id | source_system
                1          | Ann       | mosaic
                2          | Ann       | mosaic
                3          | Ann       | school_census
                4          | Ben       | mosaic
            """
        },
        """
            source_system | numerator | denominator | value
            mosaic        | 1         | 3           | 0.33
            school_census | 0         | 1           | 0.00
        """,
        by="source_system",
    ),
    Example(
        "K4",
        "Without a split, over all systems",
        {
            "person": """
                person_key | person_id | source_system
                1          | Ann       | mosaic
                2          | Ann       | mosaic
                3          | Ben       | mosaic
                4          | Cat       | mosaic
            """
        },
        """
            numerator | denominator | value
            1         | 4           | 0.25
        """,
    ),
]
