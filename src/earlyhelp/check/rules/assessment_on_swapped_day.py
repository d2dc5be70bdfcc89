"""EH-300: an assessment told of twice, day and month the other way round."""

from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import from_several_files, told_on_swapped_day
from earlyhelp.standard import eh_assessment


@rule(
    "EH-300", about=[eh_assessment.start_date], severity="warning", applies=from_several_files(eh_assessment.start_date)
)
def assessment_on_swapped_day() -> str:
    """Another file tells of an assessment that began with day and month the other way round. Find out which is right."""
    return told_on_swapped_day(eh_assessment.start_date)


_ONE: dict[str, str | None] = {"assessment_id": "1", "person_id": "A", "start_date": "2025-03-04", "feed_id": "f"}
assessment_on_swapped_day.passes(
    eh_assessment=[
        _ONE,
        {**_ONE, "assessment_id": "2", "start_date": "2025-04-03"},
        {**_ONE, "assessment_id": "3", "start_date": "2025-04-03", "feed_id": "g", "person_id": "B"},
        {**_ONE, "assessment_id": "4", "start_date": "2025-04-13", "feed_id": "g"},
    ]
)
assessment_on_swapped_day.fails(
    eh_assessment=[
        _ONE,
        {**_ONE, "assessment_id": "2", "start_date": "2025-04-03", "feed_id": "g"},
    ]
)
