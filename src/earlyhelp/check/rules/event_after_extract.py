"""EH-242: a statutory event dated after the extract that tells of it."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import after_extract
from earlyhelp.standard import feed, social_care_event


@rule("EH-242", about=[social_care_event.start_date, feed.extract_date], severity="error")
def event_after_extract() -> str:
    """The event begins after the day on which the extract was drawn. Nobody can know that yet: correct the date."""
    return after_extract(social_care_event.start_date)


event_after_extract.passes(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "feed_id": "f", "type": "s47", "start_date": "2024-03-31"},
    ],
    feed=[
        {"feed_id": "f", "extract_date": "2024-03-31"},
    ],
)
event_after_extract.fails(
    social_care_event=[
        {"event_id": "1", "person_id": "A", "feed_id": "f", "type": "s47", "start_date": "2024-04-01"},
    ],
    feed=[
        {"feed_id": "f", "extract_date": "2024-03-31"},
    ],
)
