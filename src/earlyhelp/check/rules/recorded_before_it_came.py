"""EH-243: a request recorded before it came."""

from earlyhelp.check.day_of_entry import entered_before, says_when_entered
from earlyhelp.check.rule import rule
from earlyhelp.standard import contact


@rule(
    "EH-243",
    about=[contact.contact_date],
    severity="error",
    applies=says_when_entered(contact.contact_date, "request"),
)
def recorded_before_it_came() -> str:
    """The request was entered before the day on which it is said to have come. Correct the day of the request."""
    return entered_before(contact.contact_date)


recorded_before_it_came.passes(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2024-01-02", "recorded_date": "2024-01-02"},
    ],
)
recorded_before_it_came.fails(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2024-01-02", "recorded_date": "2024-01-01"},
    ],
)
