"""The waiting list as a clock of harm: how long families wait, what ends it, who waits longest, what more workers do."""

from earlyhelp.measures.waiting.clock import OnTheList, Waiting, waiting
from earlyhelp.measures.waiting.escalation import EndedBy, Endings, Served, endings
from earlyhelp.measures.waiting.flow import Flow, Priority, flow, weekly_workers
from earlyhelp.measures.waiting.forecast import Forecast, Range, Scenario, forecast
from earlyhelp.measures.waiting.groups import Comparison, GroupWait, comparisons
from earlyhelp.measures.waiting.queue import Played, play
from earlyhelp.measures.waiting.waits import GROUPINGS, Ending, Grouping, Waits, missing_columns, waits

__all__ = [
    "GROUPINGS",
    "Comparison",
    "EndedBy",
    "Ending",
    "Endings",
    "Flow",
    "Forecast",
    "GroupWait",
    "Grouping",
    "OnTheList",
    "Played",
    "Priority",
    "Range",
    "Scenario",
    "Served",
    "Waiting",
    "Waits",
    "comparisons",
    "endings",
    "flow",
    "forecast",
    "missing_columns",
    "play",
    "waiting",
    "waits",
    "weekly_workers",
]
