"""EH-283: a domain of a tool in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import eh_score


@rule("EH-283", about=[eh_score.domain], severity="warning")
def domain_spelt_otherwise() -> str:
    """The domain is written in other capitals than usual, so that its scores would be counted apart. Choose it from the list."""
    return in_other_capitals(eh_score.domain)


domain_spelt_otherwise.passes(
    eh_score=[
        {"score_id": "1", "person_id": "A", "tool": "SDQ", "domain": "Overall"},
        {"score_id": "2", "person_id": "A", "tool": "SDQ", "domain": "Conduct"},
    ]
)
domain_spelt_otherwise.fails(
    eh_score=[
        {"score_id": "1", "person_id": "A", "tool": "SDQ", "domain": "Overall"},
        {"score_id": "2", "person_id": "A", "tool": "SDQ", "domain": "Overall"},
        {"score_id": "3", "person_id": "A", "tool": "SDQ", "domain": "OVERALL"},
    ]
)
