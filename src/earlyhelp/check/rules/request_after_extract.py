"""EH-241: a request dated after the extract that tells of it."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import after_extract
from earlyhelp.standard import contact, feed


@rule("EH-241", about=[contact.contact_date, feed.extract_date], severity="error")
def request_after_extract() -> str:
    """The request came after the day on which the extract was drawn. Nobody can know that yet: correct the date."""
    return after_extract(contact.contact_date)


request_after_extract.passes(
    contact=[
        {"contact_id": "1", "person_id": "A", "feed_id": "f", "contact_date": "2024-03-31"},
    ],
    feed=[
        {"feed_id": "f", "extract_date": "2024-03-31"},
    ],
)
request_after_extract.fails(
    contact=[
        {"contact_id": "1", "person_id": "A", "feed_id": "f", "contact_date": "2024-04-01"},
    ],
    feed=[
        {"feed_id": "f", "extract_date": "2024-03-31"},
    ],
)
