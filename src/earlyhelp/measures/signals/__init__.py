"""Signals, not noise: control charts over a measure's figures, the time of year allowed for, told in plain sentences."""

from earlyhelp.measures.signals.control_chart import ChartRules
from earlyhelp.measures.signals.reading import Direction, Event, Point, Reading, Series, Signal, read, series_of
from earlyhelp.measures.signals.sentences import sentences, three_sentences

__all__ = [
    "ChartRules",
    "Direction",
    "Event",
    "Point",
    "Reading",
    "Series",
    "Signal",
    "read",
    "sentences",
    "series_of",
    "three_sentences",
]
