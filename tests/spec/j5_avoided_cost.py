"""J5, avoided cost as a range."""

from spec.example import Example

_SERVICES = "service_id | name\n s1 | Parenting course"

EXAMPLES = [
    Example(
        "J5",
        "Always low, central and high: never one figure alone",
        {
            "service": _SERVICES,
            "avoided_cost": """
                event_type         | bound   | pounds
                looked_after_month | low     | 1000
                looked_after_month | central | 2000
                looked_after_month | high    | 4000
            """,
        },
        """
            bound   | value
            central | 2000
            high    | 4000
            low     | 1000
        """,
    ),
    Example(
        "J5",
        "Until economics has worked it out there is no data",
        {"service": _SERVICES},
        """
            value | status
                  | no_data
        """,
    ),
]
