"""EH-221: accepted for early help, and no help follows."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import DAYS_TO_BEGIN, contact, eh_episode


@rule("EH-221", about=[contact.decision_code, contact.contact_date, eh_episode.start_date], severity="warning")
def accepted_without_episode() -> str:
    """The request was accepted for early help 60 days ago or longer, and no episode was open then or began since. Open it."""
    return f"""
        SELECT request.row_id, request.team FROM contact AS request, as_at
        WHERE request.decision_code = 'early_help' AND date_diff('day', request.contact_date, as_at.day) >= {DAYS_TO_BEGIN}
        AND NOT EXISTS (
            SELECT 1 FROM eh_episode AS help WHERE help.person_id = request.person_id
            AND (help.end_date IS NULL OR help.end_date >= request.contact_date)
            AND date_diff('day', request.contact_date, help.start_date) <= {DAYS_TO_BEGIN}
        )
    """


accepted_without_episode.passes(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2024-01-01", "decision_code": "early_help"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-03-01", "end_date": None},
    ],
    as_at=[
        {"day": "2024-12-31"},
    ],
)
accepted_without_episode.passes(
    contact=[
        {"contact_id": "1", "person_id": "B", "contact_date": "2024-12-01", "decision_code": "early_help"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-01-10", "end_date": "2024-06-30"},
    ],
    as_at=[
        {"day": "2024-12-31"},
    ],
)
accepted_without_episode.fails(
    contact=[
        {"contact_id": "1", "person_id": "A", "contact_date": "2024-01-01", "decision_code": "early_help"},
    ],
    eh_episode=[
        {"episode_id": "1", "person_id": "A", "start_date": "2024-03-02", "end_date": None},
    ],
    as_at=[
        {"day": "2024-12-31"},
    ],
)
