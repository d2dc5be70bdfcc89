"""EH-287: the reason of a suspension in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import exclusion


@rule("EH-287", about=[exclusion.reason], severity="warning")
def suspension_reason_spelt_otherwise() -> str:
    """The reason is written in other capitals than usual, so that it would be counted apart. Choose it from the list."""
    return in_other_capitals(exclusion.reason)


suspension_reason_spelt_otherwise.passes(
    exclusion=[
        {"exclusion_id": "1", "person_id": "A", "reason": "Bullying"},
        {"exclusion_id": "2", "person_id": "A", "reason": "Theft"},
    ]
)
suspension_reason_spelt_otherwise.fails(
    exclusion=[
        {"exclusion_id": "1", "person_id": "A", "reason": "Bullying"},
        {"exclusion_id": "2", "person_id": "A", "reason": "Bullying"},
        {"exclusion_id": "3", "person_id": "A", "reason": "BULLYING"},
    ]
)
