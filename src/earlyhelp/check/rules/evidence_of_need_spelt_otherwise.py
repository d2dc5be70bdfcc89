"""EH-284: evidence of a need in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import eh_need


@rule("EH-284", about=[eh_need.evidence_type], severity="warning")
def evidence_of_need_spelt_otherwise() -> str:
    """The evidence is written in other capitals than usual, so that it would be counted apart. Choose it from the list."""
    return in_other_capitals(eh_need.evidence_type)


evidence_of_need_spelt_otherwise.passes(
    eh_need=[
        {"need_id": "1", "episode_id": "1", "evidence_type": "Assessment"},
        {"need_id": "2", "episode_id": "1", "evidence_type": "Police report"},
    ]
)
evidence_of_need_spelt_otherwise.fails(
    eh_need=[
        {"need_id": "1", "episode_id": "1", "evidence_type": "Assessment"},
        {"need_id": "2", "episode_id": "1", "evidence_type": "Assessment"},
        {"need_id": "3", "episode_id": "1", "evidence_type": "assessment"},
    ]
)
