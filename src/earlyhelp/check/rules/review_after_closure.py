"""EH-207: a review held after the episode closed."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import after_closure
from earlyhelp.standard import eh_episode, eh_review


@rule("EH-207", about=[eh_review.held_date, eh_review.type, eh_episode.end_date], severity="error")
def review_after_closure() -> str:
    """The review was held after its episode closed. Correct the date, or open the episode again."""
    return after_closure(eh_review.held_date, only="told.type IN ('review', 'team_around_family')")


review_after_closure.passes(
    eh_review=[
        {"review_id": "1", "episode_id": "1", "type": "review", "held_date": "2024-06-30"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
review_after_closure.fails(
    eh_review=[
        {"review_id": "1", "episode_id": "1", "type": "review", "held_date": "2024-07-01"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
