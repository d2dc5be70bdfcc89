"""J4, break-even effect."""

from spec.example import Example

_SERVICES = "service_id | name\n s1 | Parenting course"

EXAMPLES = [
    Example(
        "J4",
        "How many months of care must be avoided for a service to pay for itself, as economics works it out",
        {
            "service": _SERVICES,
            "break_even": """
                service_id | event_type         | needed
                s1         | looked_after_month | 2.5
            """,
        },
        """
            event_type         | numerator | value
            looked_after_month | 2.5       | 2.5
        """,
    ),
    Example(
        "J4",
        "Until that has been worked out there is no data",
        {"service": _SERVICES},
        """
            numerator | status
                      | no_data
        """,
    ),
]
