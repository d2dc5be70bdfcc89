"""Prepared questions: what is asked every month, answered by rule from released figures."""

from earlyhelp.reports.answers.prepared import Part, PreparedQuestion, Reply, Setting, Wanted
from earlyhelp.reports.answers.questions import PREPARED, reply

__all__ = ["PREPARED", "Part", "PreparedQuestion", "Reply", "Setting", "Wanted", "reply"]
