"""EH-224: a request long before birth."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import long_before_birth
from earlyhelp.standard import contact, person


@rule("EH-224", about=[contact.contact_date, person.dob], severity="error")
def request_long_before_birth() -> str:
    """The request came more than nine months before the child was born. One of the dates is wrong."""
    return long_before_birth(contact.contact_date)


request_long_before_birth.passes(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2024-01-01"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2024-10-07"},
    ],
)
request_long_before_birth.fails(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2024-01-01"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2024-10-08"},
    ],
)
