"""EH-312: a score on a day that would fit the day of entry if day and month changed places."""

from earlyhelp.check.day_of_entry import says_when_entered
from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import entered_as_if_swapped
from earlyhelp.standard import eh_score


@rule(
    "EH-312",
    about=[eh_score.score_date],
    severity="warning",
    applies=says_when_entered(eh_score.score_date),
)
def score_entered_on_swapped_day() -> str:
    """The day of the score would fit the day on which it was entered with day and month the other way round. Look it up."""
    return entered_as_if_swapped(eh_score.score_date)


_ONE: dict[str, str | None] = {"score_id": "1", "person_id": "A", "tool": "SDQ", "score_date": "2022-03-11"}
score_entered_on_swapped_day.passes(
    eh_score=[
        {**_ONE, "recorded_date": "2022-03-14"},
        {**_ONE, "score_id": "2", "recorded_date": "2022-12-01"},
        {**_ONE, "score_id": "3", "recorded_date": None},
        {**_ONE, "score_id": "4", "score_date": "2022-03-13", "recorded_date": "2022-11-04"},
    ]
)
score_entered_on_swapped_day.fails(eh_score=[{**_ONE, "recorded_date": "2022-11-04"}])
score_entered_on_swapped_day.fails(eh_score=[{**_ONE, "score_date": "2022-11-03", "recorded_date": "2022-03-12"}])
