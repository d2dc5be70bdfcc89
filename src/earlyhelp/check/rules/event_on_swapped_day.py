"""EH-301: an event of social care told of twice, day and month the other way round."""

from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import from_several_files, told_on_swapped_day
from earlyhelp.standard import social_care_event


@rule(
    "EH-301",
    about=[social_care_event.start_date],
    severity="warning",
    applies=from_several_files(social_care_event.start_date),
)
def event_on_swapped_day() -> str:
    """Another file tells of the same kind of event with day and month the other way round. Find out which is right."""
    return told_on_swapped_day(social_care_event.start_date, social_care_event.type)


_ONE: dict[str, str | None] = {
    "event_id": "1",
    "person_id": "A",
    "type": "referral",
    "start_date": "2025-03-04",
    "feed_id": "f",
}
event_on_swapped_day.passes(
    social_care_event=[
        _ONE,
        {**_ONE, "event_id": "2", "start_date": "2025-04-03"},
        {**_ONE, "event_id": "3", "start_date": "2025-04-03", "feed_id": "g", "person_id": "B"},
        {**_ONE, "event_id": "4", "start_date": "2025-04-13", "feed_id": "g"},
    ]
)
event_on_swapped_day.fails(
    social_care_event=[
        _ONE,
        {**_ONE, "event_id": "2", "start_date": "2025-04-03", "feed_id": "g"},
    ]
)
