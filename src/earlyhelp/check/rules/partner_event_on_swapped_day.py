"""EH-310: an event of a partner on a day that would fit the day of entry if day and month changed places."""

from earlyhelp.check.day_of_entry import says_when_entered
from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import entered_as_if_swapped
from earlyhelp.standard import partner_event


@rule(
    "EH-310",
    about=[partner_event.event_date],
    severity="warning",
    applies=says_when_entered(partner_event.event_date),
)
def partner_event_on_swapped_day() -> str:
    """The day of the event would fit the day on which it was entered with day and month the other way round. Look it up."""
    return entered_as_if_swapped(partner_event.event_date)


_ONE: dict[str, str | None] = {"event_id": "1", "person_id": "A", "type": "domestic_abuse", "event_date": "2022-03-11"}
partner_event_on_swapped_day.passes(
    partner_event=[
        {**_ONE, "recorded_date": "2022-03-14"},
        {**_ONE, "event_id": "2", "recorded_date": "2022-12-01"},
        {**_ONE, "event_id": "3", "recorded_date": None},
        {**_ONE, "event_id": "4", "event_date": "2022-03-13", "recorded_date": "2022-11-04"},
    ]
)
partner_event_on_swapped_day.fails(partner_event=[{**_ONE, "recorded_date": "2022-11-04"}])
partner_event_on_swapped_day.fails(partner_event=[{**_ONE, "event_date": "2022-11-03", "recorded_date": "2022-03-12"}])
