"""Which families are destabilised by poverty: dated shocks, what is recorded around them, demand after them, a worklist."""

from earlyhelp.evaluate.poverty.demand import ANY, WITHIN, Demand
from earlyhelp.evaluate.poverty.destabilised import POOLED, Difference, Group, Poverty, poverty, poverty_plan, tells
from earlyhelp.evaluate.poverty.follow_up import MAIN, OUTCOMES
from earlyhelp.evaluate.poverty.signals import SIGNALS
from earlyhelp.evaluate.poverty.study import AROUND, Followed
from earlyhelp.evaluate.poverty.worklist import DAYS, HEADINGS, RULE, RuleChecked, RuleForGroup, worklist

__all__ = [
    "ANY",
    "AROUND",
    "DAYS",
    "HEADINGS",
    "MAIN",
    "OUTCOMES",
    "POOLED",
    "RULE",
    "SIGNALS",
    "WITHIN",
    "Demand",
    "Difference",
    "Followed",
    "Group",
    "Poverty",
    "RuleChecked",
    "RuleForGroup",
    "poverty",
    "poverty_plan",
    "tells",
    "worklist",
]
