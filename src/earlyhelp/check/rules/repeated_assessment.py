"""EH-232: one assessment under two numbers."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import eh_assessment


@rule("EH-232", about=[eh_assessment.start_date, eh_assessment.organisation], severity="warning")
def repeated_assessment() -> str:
    """Another assessment of the child has the same day and organisation. Take out the one that was entered twice."""
    return """
        SELECT row_id, NULL AS team FROM eh_assessment
        QUALIFY row_number() OVER (PARTITION BY source_system, person_id, start_date, organisation ORDER BY row_id) > 1
    """


repeated_assessment.passes(
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "start_date": "2024-01-01", "organisation": "Hill School"},
        {"assessment_id": "2", "person_id": "A", "start_date": "2024-01-01", "organisation": "Elm Surgery"},
    ],
)
repeated_assessment.fails(
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "start_date": "2024-01-01", "organisation": "Hill School"},
        {"assessment_id": "2", "person_id": "A", "start_date": "2024-01-01", "organisation": "Hill School"},
    ],
)
