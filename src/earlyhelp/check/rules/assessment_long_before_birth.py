"""EH-225: an assessment long before birth."""

from earlyhelp.check.rule import rule
from earlyhelp.check.timing import long_before_birth
from earlyhelp.standard import eh_assessment, person


@rule("EH-225", about=[eh_assessment.start_date, person.dob], severity="error")
def assessment_long_before_birth() -> str:
    """The assessment began more than nine months before the child was born. One of the dates is wrong."""
    return long_before_birth(eh_assessment.start_date, team="NULL")


assessment_long_before_birth.passes(
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "start_date": "2024-01-01"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2024-10-07"},
    ],
)
assessment_long_before_birth.fails(
    eh_assessment=[
        {"assessment_id": "1", "person_id": "A", "start_date": "2024-01-01"},
    ],
    person=[
        {"person_key": "k", "person_id": "A", "dob": "2024-10-08"},
    ],
)
