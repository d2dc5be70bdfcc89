"""EH-208: a plan, and no assessment before it."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_assessment, eh_episode


@rule("EH-208", about=[eh_episode.plan_start_date, eh_assessment.start_date], severity="warning")
def plan_without_assessment() -> str:
    """The plan began although no early help assessment of the child began on or before that day. Record the assessment."""
    return """
        SELECT episode.row_id, episode.team FROM eh_episode AS episode
        LEFT JOIN (SELECT person_id, min(start_date) AS first_day FROM eh_assessment GROUP BY person_id) AS assessed
        USING (person_id)
        WHERE episode.plan_start_date IS NOT NULL AND coalesce(assessed.first_day > episode.plan_start_date, TRUE)
    """


plan_without_assessment.passes(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "plan_start_date": "2024-02-01",
        },
    ],
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "start_date": "2024-02-01"},
    ],
)
plan_without_assessment.fails(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "plan_start_date": "2024-02-01",
        },
    ],
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "start_date": "2024-02-02"},
    ],
)
plan_without_assessment.fails(
    eh_episode=[
        {
            "episode_id": "1",
            "person_id": "A",
            "start_date": "2024-01-10",
            "end_date": "2024-06-30",
            "plan_start_date": "2024-02-01",
        },
    ],
    eh_assessment=[
        {"assessment_id": "1", "person_id": "B", "start_date": "2024-01-02"},
    ],
)
