"""EH-303: a review far from the day it was due, which would be near it if day and month changed places."""

from earlyhelp.check.rule import rule
from earlyhelp.check.swapped_days import swapped
from earlyhelp.standard import eh_review

_NEAR = 28


@rule("EH-303", about=[eh_review.held_date, eh_review.due_date], severity="warning")
def review_on_swapped_day() -> str:
    """The day of the review or the day it was due would fit the other with day and month the other way round. Look it up."""
    return f"""
        SELECT row_id, NULL AS team FROM (
            SELECT row_id, abs(date_diff('day', held_date, due_date)) AS apart,
            abs(date_diff('day', {swapped("held_date")}, due_date)) AS if_held,
            abs(date_diff('day', held_date, {swapped("due_date")})) AS if_due FROM eh_review
        ) WHERE apart > {_NEAR} AND (if_held <= {_NEAR} OR if_due <= {_NEAR})
    """


review_on_swapped_day.passes(
    eh_review=[
        {"review_id": "1", "episode_id": "1", "type": "review", "due_date": "2025-03-01", "held_date": "2025-03-29"},
        {"review_id": "2", "episode_id": "1", "type": "review", "due_date": "2025-03-01", "held_date": "2025-06-13"},
        {"review_id": "3", "episode_id": "1", "type": "review", "due_date": None, "held_date": "2025-06-03"},
    ]
)
review_on_swapped_day.fails(
    eh_review=[
        {"review_id": "1", "episode_id": "1", "type": "review", "due_date": "2025-03-01", "held_date": "2025-06-03"},
    ]
)
review_on_swapped_day.fails(
    eh_review=[
        {"review_id": "1", "episode_id": "1", "type": "review", "due_date": "2025-01-09", "held_date": "2025-09-11"},
    ]
)
