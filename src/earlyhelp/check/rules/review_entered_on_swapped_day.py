"""EH-311: a review on a day that would fit the day of entry if day and month changed places."""

from earlyhelp.check.day_of_entry import says_when_entered
from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import entered_as_if_swapped
from earlyhelp.standard import eh_review


@rule(
    "EH-311",
    about=[eh_review.held_date],
    severity="warning",
    applies=says_when_entered(eh_review.held_date),
)
def review_entered_on_swapped_day() -> str:
    """The day of the review would fit the day on which it was entered with day and month the other way round. Look it up."""
    return entered_as_if_swapped(eh_review.held_date)


_ONE: dict[str, str | None] = {"review_id": "1", "episode_id": "1", "type": "review", "held_date": "2022-03-11"}
review_entered_on_swapped_day.passes(
    eh_review=[
        {**_ONE, "recorded_date": "2022-03-14"},
        {**_ONE, "review_id": "2", "recorded_date": "2022-12-01"},
        {**_ONE, "review_id": "3", "recorded_date": None},
        {**_ONE, "review_id": "4", "held_date": "2022-03-13", "recorded_date": "2022-11-04"},
    ]
)
review_entered_on_swapped_day.fails(eh_review=[{**_ONE, "recorded_date": "2022-11-04"}])
review_entered_on_swapped_day.fails(eh_review=[{**_ONE, "held_date": "2022-11-03", "recorded_date": "2022-03-12"}])
