"""EH-281: an organisation that assesses in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import eh_assessment


@rule("EH-281", about=[eh_assessment.organisation], severity="warning")
def assessor_spelt_otherwise() -> str:
    """The organisation is written in other capitals than usual, so that it would be counted as another one. Write it as usual."""
    return in_other_capitals(eh_assessment.organisation)


assessor_spelt_otherwise.passes(
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "start_date": "2025-01-01", "organisation": "Elm School"},
        {"assessment_id": "2", "person_id": "A", "start_date": "2025-01-01", "organisation": "Ash School"},
    ]
)
assessor_spelt_otherwise.fails(
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "start_date": "2025-01-01", "organisation": "Elm School"},
        {"assessment_id": "2", "person_id": "A", "start_date": "2025-01-01", "organisation": "Elm School"},
        {"assessment_id": "3", "person_id": "A", "start_date": "2025-01-01", "organisation": "elm school"},
    ]
)
