"""EH-302: a number told of twice, day and month the other way round."""

from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import from_several_files, told_on_swapped_day
from earlyhelp.standard import person_identifier


@rule(
    "EH-302",
    about=[person_identifier.valid_from],
    severity="warning",
    applies=from_several_files(person_identifier.valid_from),
)
def number_from_swapped_day() -> str:
    """Another file says that this number held from a day with day and month the other way round. Find out which is right."""
    return told_on_swapped_day(person_identifier.valid_from, person_identifier.type, person_identifier.value)


_ONE: dict[str, str | None] = {
    "person_key": "1",
    "person_id": "A",
    "type": "upn",
    "value": "V1",
    "valid_from": "2025-03-04",
    "feed_id": "f",
}
number_from_swapped_day.passes(
    person_identifier=[
        _ONE,
        {**_ONE, "person_key": "2", "valid_from": "2025-04-03"},
        {**_ONE, "person_key": "3", "valid_from": "2025-04-03", "feed_id": "g", "person_id": "B"},
        {**_ONE, "person_key": "4", "valid_from": "2025-04-13", "feed_id": "g"},
    ]
)
number_from_swapped_day.fails(
    person_identifier=[
        _ONE,
        {**_ONE, "person_key": "2", "valid_from": "2025-04-03", "feed_id": "g"},
    ]
)
