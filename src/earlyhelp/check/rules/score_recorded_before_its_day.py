"""EH-305: a score recorded before the day it tells of."""

from earlyhelp.check.day_of_entry import entered_before, says_when_entered
from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_score


@rule(
    "EH-305",
    about=[eh_score.score_date],
    severity="error",
    applies=says_when_entered(eh_score.score_date),
)
def score_recorded_before_its_day() -> str:
    """The score was entered before the day on which it is said to have been taken. Correct the day of the score."""
    return entered_before(eh_score.score_date)


score_recorded_before_its_day.passes(
    eh_score=[
        {"score_id": "1", "score_date": "2024-01-02", "recorded_date": "2024-01-02"},
    ],
)
score_recorded_before_its_day.fails(
    eh_score=[
        {"score_id": "1", "score_date": "2024-01-02", "recorded_date": "2024-01-01"},
    ],
)
