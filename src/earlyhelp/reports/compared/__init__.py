"""Councils side by side as a document: a chart and a table a measure, and what to ask those that do better."""

from earlyhelp.reports.compared.content import Beside, comparison_content
from earlyhelp.reports.compared.questions import ToAsk, to_ask

__all__ = ["Beside", "ToAsk", "comparison_content", "to_ask"]
