"""EH-285: evidence of an outcome in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import eh_outcome


@rule("EH-285", about=[eh_outcome.evidence_type], severity="warning")
def evidence_of_outcome_spelt_otherwise() -> str:
    """The evidence is written in other capitals than usual, so that it would be counted apart. Choose it from the list."""
    return in_other_capitals(eh_outcome.evidence_type)


evidence_of_outcome_spelt_otherwise.passes(
    eh_outcome=[
        {"need_id": "1", "evidence_type": "Assessment"},
        {"need_id": "2", "evidence_type": "Attendance"},
    ]
)
evidence_of_outcome_spelt_otherwise.fails(
    eh_outcome=[
        {"need_id": "1", "evidence_type": "Assessment"},
        {"need_id": "2", "evidence_type": "Assessment"},
        {"need_id": "3", "evidence_type": "ASSESSMENT"},
    ]
)
