"""EH-282: a tool in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import eh_score


@rule("EH-282", about=[eh_score.tool], severity="warning")
def tool_spelt_otherwise() -> str:
    """The tool is written in other capitals than usual, so that its scores would be counted apart. Choose it from the list."""
    return in_other_capitals(eh_score.tool)


tool_spelt_otherwise.passes(
    eh_score=[
        {"score_id": "1", "person_id": "A", "tool": "Family star"},
        {"score_id": "2", "person_id": "A", "tool": "SDQ"},
    ]
)
tool_spelt_otherwise.fails(
    eh_score=[
        {"score_id": "1", "person_id": "A", "tool": "Family star"},
        {"score_id": "2", "person_id": "A", "tool": "Family star"},
        {"score_id": "3", "person_id": "A", "tool": "FAMILY STAR"},
    ]
)
