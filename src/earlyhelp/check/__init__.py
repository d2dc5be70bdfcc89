"""What is wrong with the data, and who can mend it."""

from earlyhelp.check.report import all_rules, apply_rules
from earlyhelp.check.rule import RULES, Outcome, Result, Rule

__all__ = ["RULES", "Outcome", "Result", "Rule", "all_rules", "apply_rules"]
