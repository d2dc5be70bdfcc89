"""EH-304: a review recorded before it was held."""

from earlyhelp.check.day_of_entry import entered_before, says_when_entered
from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_review


@rule(
    "EH-304",
    about=[eh_review.held_date],
    severity="error",
    applies=says_when_entered(eh_review.held_date),
)
def review_recorded_before_it_was_held() -> str:
    """The review was entered before the day on which it is said to have been held. Correct the day of the review."""
    return entered_before(eh_review.held_date)


review_recorded_before_it_was_held.passes(
    eh_review=[
        {"review_id": "1", "held_date": "2024-01-02", "recorded_date": "2024-01-02"},
    ],
)
review_recorded_before_it_was_held.fails(
    eh_review=[
        {"review_id": "1", "held_date": "2024-01-02", "recorded_date": "2024-01-01"},
    ],
)
