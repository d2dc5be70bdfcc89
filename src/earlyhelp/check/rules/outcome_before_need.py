"""EH-214: a need met before it was identified."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_need, eh_outcome


@rule("EH-214", about=[eh_outcome.achieved_date, eh_need.identified_date], severity="error")
def outcome_before_need() -> str:
    """The need was met before it was identified. Correct whichever date is wrong."""
    return """
        SELECT outcome.row_id, NULL AS team FROM eh_outcome AS outcome JOIN eh_need AS need USING (need_id, source_system)
        WHERE outcome.achieved_date < need.identified_date
    """


outcome_before_need.passes(
    eh_outcome=[
        {"need_id": "1", "achieved_date": "2024-03-01"},
    ],
    eh_need=[
        {"need_id": "1", "episode_id": "1", "identified_date": "2024-03-01"},
    ],
)
outcome_before_need.fails(
    eh_outcome=[
        {"need_id": "1", "achieved_date": "2024-02-29"},
    ],
    eh_need=[
        {"need_id": "1", "episode_id": "1", "identified_date": "2024-03-01"},
    ],
)
