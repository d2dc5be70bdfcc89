"""Measures: each declared as one object, counted by one short query, read with its interval."""

from earlyhelp.measures.calculate import calculate
from earlyhelp.measures.catalogue import CATALOGUE
from earlyhelp.measures.figures import Estimate, Figure, Figures, Question, Standards
from earlyhelp.measures.measure import Better, Measure, Statistic
from earlyhelp.measures.periods import Grain, Period
from earlyhelp.measures.splits import splits_of

__all__ = [
    "CATALOGUE",
    "Better",
    "Estimate",
    "Figure",
    "Figures",
    "Grain",
    "Measure",
    "Period",
    "Question",
    "Standards",
    "Statistic",
    "calculate",
    "splits_of",
]
