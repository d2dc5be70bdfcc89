"""EH-289: a source of money in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import spend


@rule("EH-289", about=[spend.funding_source], severity="warning")
def funding_spelt_otherwise() -> str:
    """The grant or budget is written in other capitals than usual, so that it would be counted apart. Write it as usual."""
    return in_other_capitals(spend.funding_source)


funding_spelt_otherwise.passes(
    spend=[
        {"budget_line": "1", "funding_source": "Family hubs grant"},
        {"budget_line": "2", "funding_source": "Base budget"},
    ]
)
funding_spelt_otherwise.fails(
    spend=[
        {"budget_line": "1", "funding_source": "Family hubs grant"},
        {"budget_line": "2", "funding_source": "Family hubs grant"},
        {"budget_line": "3", "funding_source": "family hubs grant"},
    ]
)
