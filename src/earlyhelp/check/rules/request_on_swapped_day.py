"""EH-298: a request told of twice, day and month the other way round."""

from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import from_several_files, told_on_swapped_day
from earlyhelp.standard import contact


@rule("EH-298", about=[contact.contact_date], severity="warning", applies=from_several_files(contact.contact_date))
def request_on_swapped_day() -> str:
    """Another file tells of a request with day and month the other way round. Find out which is right."""
    return told_on_swapped_day(contact.contact_date)


_ONE: dict[str, str | None] = {"contact_id": "1", "person_id": "A", "contact_date": "2025-03-04", "feed_id": "f"}
request_on_swapped_day.passes(
    contact=[
        _ONE,
        {**_ONE, "contact_id": "2", "contact_date": "2025-04-03"},
        {**_ONE, "contact_id": "3", "contact_date": "2025-04-03", "feed_id": "g", "person_id": "B"},
        {**_ONE, "contact_id": "4", "contact_date": "2025-04-13", "feed_id": "g"},
    ]
)
request_on_swapped_day.fails(
    contact=[
        _ONE,
        {**_ONE, "contact_id": "2", "contact_date": "2025-04-03", "feed_id": "g"},
    ]
)
