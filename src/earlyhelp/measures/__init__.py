"""Measures: each declared as one object, counted by one short query, read with its interval."""

from earlyhelp.measures.calculate import calculate, gate_of, missing_columns
from earlyhelp.measures.catalogue import CATALOGUE
from earlyhelp.measures.figures import ClosedGate, Estimate, Figure, Figures, KindNotHeld, Question, Standards
from earlyhelp.measures.gates import closed_gates, completeness
from earlyhelp.measures.measure import Better, Disclosure, Measure, Results, Statistic
from earlyhelp.measures.periods import Grain, Period, is_whole
from earlyhelp.measures.splits import splits_of

__all__ = [
    "CATALOGUE",
    "Better",
    "ClosedGate",
    "Disclosure",
    "Estimate",
    "Figure",
    "Figures",
    "Grain",
    "KindNotHeld",
    "Measure",
    "Period",
    "Question",
    "Results",
    "Standards",
    "Statistic",
    "calculate",
    "closed_gates",
    "completeness",
    "gate_of",
    "is_whole",
    "missing_columns",
    "splits_of",
]
