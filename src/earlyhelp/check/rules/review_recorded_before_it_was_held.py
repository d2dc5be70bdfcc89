"""EH-304: a review recorded before it was held."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_review


@rule(
    "EH-304",
    about=[eh_review.held_date],
    severity="error",
    applies=("SELECT 1 FROM eh_review WHERE recorded_date IS NOT NULL LIMIT 1", "no record says when it was entered"),
)
def review_recorded_before_it_was_held() -> str:
    """The review was entered before the day on which it is said to have been held. Correct the day of the review."""
    return """
        SELECT row_id, NULL AS team FROM eh_review WHERE recorded_date < held_date
    """


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
