"""EH-288: a team of the ledger in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import spend


@rule("EH-288", about=[spend.team], severity="warning")
def spending_team_spelt_otherwise() -> str:
    """The team is written in other capitals than usual, so that its money would be counted apart. Write it as usual."""
    return in_other_capitals(spend.team)


spending_team_spelt_otherwise.passes(
    spend=[
        {"budget_line": "1", "team": "North"},
        {"budget_line": "2", "team": "South"},
    ]
)
spending_team_spelt_otherwise.fails(
    spend=[
        {"budget_line": "1", "team": "North"},
        {"budget_line": "2", "team": "North"},
        {"budget_line": "3", "team": "NORTH"},
    ]
)
