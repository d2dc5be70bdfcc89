"""Figures of several councils in words: names that tell councils apart, values, groups, and where a figure lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from earlyhelp.compare.comparison import MISSING, OTHER_DEFINITION, Comparison, Line, MeasureCompared
from earlyhelp.measures import CATALOGUE, Measure, Statistic, splits_of
from earlyhelp.release import Status
from earlyhelp.reports.wording import IN_WORDS, number, written

HERE = "this council"
BEYOND = "beyond usual variation"
WITHIN, ABOVE, BELOW, NOT_PLACED = (
    "within usual variation",
    f"{BEYOND}, above",
    f"{BEYOND}, below",
    "no limits",
)
_PLACES = {"above 99.8": ABOVE, "below 99.8": BELOW, "": NOT_PLACED}
_NO_FIGURE = {
    MISSING: "not in its pack",
    OTHER_DEFINITION: "counted otherwise, not compared",
    str(Status.OK): "not reached yet",
    **{str(status): words for status, words in IN_WORDS.items()},
}


def names_of(found: Comparison) -> Mapping[str, str]:
    """What each council is called, by code: as its pack names it, with its code where two bear one name."""
    often = Counter(name.casefold() for name in found.councils.values())
    return {
        code: name if often[name.casefold()] == 1 else f"{name} ({code})"
        for code, name in sorted(found.councils.items(), key=lambda each: (each[1].casefold(), each[0]))
    }


def declared(found: MeasureCompared) -> Measure:
    """The measure as the catalogue declares it under that definition."""
    return CATALOGUE[found.measure].defined_as(found.definition)


def title_of(found: MeasureCompared) -> str:
    """The measure, and the definition where it is a rival one: "A1 Requests for support received (rate)"."""
    definition = "" if found.definition == "default" else f" ({found.definition})"
    return f"{found.measure} {found.name}{definition}"


def group_of(found: MeasureCompared) -> str:
    """The group of a figure in the words of its code lists; empty for the total."""
    splits = splits_of(declared(found))
    words = []
    for name, value in found.dims.items():
        codes = splits[name].codes if name in splits else None
        words.append(codes.label(value) if codes is not None else value.replace("_", " "))
    return ", ".join(words)


def figure_of(found: MeasureCompared, line: Line) -> str:
    """A council's figure as it is read, or in words why there is none: five different reasons, and none of them zero."""
    return _NO_FIGURE.get(line.status, line.status) if line.value is None else value_in_words(found, line.value)


def value_in_words(found: MeasureCompared, value: float) -> str:
    """A value of the measure as it is read."""
    return written(value, declared(found))


def interval_in_words(found: MeasureCompared, line: Line) -> str:
    """The 95 per cent interval as it is read; an open end stays open."""
    if line.lower is None:
        return "not told"
    upper = "or more" if line.upper is None else f"to {value_in_words(found, line.upper)}"
    return f"{value_in_words(found, line.lower)} {upper}"


def counted(found: MeasureCompared, line: Line) -> str:
    """What the figure rests on: so many of so many, as rounded."""
    if line.value is None and line.denominator is None:
        return "not told"
    if found.statistic == Statistic.COUNT:
        return number(line.numerator)
    if found.statistic == Statistic.MEDIAN:
        return f"of {number(line.denominator)}"
    return f"{number(line.numerator)} of {number(line.denominator)}"


def place_of(line: Line) -> str:
    """Where a figure lies by the funnel: within usual variation or beyond it (99.8 per cent limits), nothing finer."""
    if line.differs_in:
        return f"not compared: {'; '.join(line.differs_in)}"
    return NOT_PLACED if line.value is None else _PLACES.get(line.place, WITHIN)
