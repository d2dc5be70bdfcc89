"""EH-209: an assessment begun after its episode closed."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import after_closure
from earlyhelp.standard import eh_assessment, eh_episode


@rule("EH-209", about=[eh_assessment.start_date, eh_assessment.episode_id, eh_episode.end_date], severity="warning")
def assessment_after_closure() -> str:
    """The assessment began after the episode that it belongs to had closed. Correct the date or name the right episode."""
    return after_closure(eh_assessment.start_date)


assessment_after_closure.passes(
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "episode_id": "1", "start_date": "2024-06-30"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
assessment_after_closure.fails(
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "episode_id": "1", "start_date": "2024-07-01"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
)
