"""EH-314: one statutory event with two last days.

A child has one assessment or plan of a kind from one day on. Periods of care are left out: of one that is still going on
each placement has an end of its own, and the first begins on the day of the whole.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import social_care_event


@rule("EH-314", about=[social_care_event.end_date, social_care_event.start_date], severity="warning")
def event_with_two_ends() -> str:
    """Another record of the same event, by kind and first day, has another last day. Find out which is right, and keep that."""
    return """
        SELECT row_id, team FROM social_care_event SEMI JOIN (
            SELECT person_id, type, start_date FROM social_care_event
            WHERE end_date IS NOT NULL AND type IN ('assessment', 'cin_episode', 'cin_plan', 'cp_plan')
            GROUP BY ALL HAVING min(end_date) <> max(end_date)
        ) USING (person_id, type, start_date) WHERE end_date IS NOT NULL
    """


_ONE: dict[str, str | None] = {
    "event_id": "1",
    "person_id": "A",
    "type": "assessment",
    "start_date": "2025-01-06",
    "end_date": "2025-02-20",
}
event_with_two_ends.passes(
    social_care_event=[
        _ONE,
        {**_ONE, "event_id": "2", "end_date": None},
        {**_ONE, "event_id": "3", "start_date": "2025-01-07", "end_date": "2025-02-15"},
        {**_ONE, "event_id": "4", "person_id": "B", "end_date": "2025-02-15"},
        {**_ONE, "event_id": "5", "type": "cin_plan", "end_date": "2025-02-15"},
        {**_ONE, "event_id": "6", "type": "looked_after", "end_date": "2025-02-15"},
        {**_ONE, "event_id": "7", "type": "looked_after", "end_date": "2025-02-16"},
    ]
)
event_with_two_ends.fails(social_care_event=[_ONE, {**_ONE, "event_id": "2", "end_date": "2025-02-15"}])
