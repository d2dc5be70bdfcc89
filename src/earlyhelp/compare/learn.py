"""What else differs where another council does better beyond usual variation: things to ask about, and never why.

By rule and from packs alone. A council does better on a measure that declares a direction when it lies outside the 99.8 per
cent limits on that side and this council does not. Beside it are looked at: the measures declared for its theme (waits,
partners, decisions, length and closing of help, practice), how full the columns are, and what is counted otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from earlyhelp.compare.comparison import OTHER_DEFINITION, Comparison, Line, MeasureCompared
from earlyhelp.measures import CATALOGUE, Better

VOLUME = (("A1", "rate"), ("C1", "rate"))
DECISIONS = (("A3", "default"), ("A4", "default"))
WAITS = (("B2", "default"), ("B3", "default"), ("B5", "default"), ("B6", "default"))
PARTNERS = (("D2", "default"),)
PRACTICE = (("B8", "default"), ("E2", "default"), ("E3", "default"))
CLOSING = (("C5", "default"), ("C6", "default"), ("C7", "default"), ("C8", "default"), ("C9", "default"))
BESIDE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "A": (*VOLUME, *DECISIONS, *WAITS, *PARTNERS),
    "B": (*VOLUME, *DECISIONS, *WAITS, *PARTNERS, *CLOSING),
    "C": (*VOLUME, *DECISIONS, *WAITS, *PARTNERS, ("C5", "default")),
    "D": (*VOLUME, *DECISIONS),
    "E": (*VOLUME, *WAITS, *PARTNERS),
    "F": (*VOLUME, *WAITS, *PARTNERS, *PRACTICE, *CLOSING),
    "G": (*VOLUME, *DECISIONS, *WAITS, *PARTNERS, *PRACTICE, *CLOSING),
    "H": (*VOLUME, *DECISIONS, *PARTNERS),
    "K": (),
}
"""For each theme of the catalogue, the measures that are looked at beside one of it, by id and definition."""
FULLER = 0.1
"""By how much more the emptiest column has to be filled in one council than in another to be worth asking about."""
_SIDES = {Better.HIGHER: "above 99.8", Better.LOWER: "below 99.8"}


@dataclass(frozen=True)
class Difference:
    """A measure that stands otherwise there than here: the 95 per cent intervals do not meet. `there`: by name."""

    of: MeasureCompared
    here: Line
    there: tuple[Line, ...]


@dataclass(frozen=True)
class CountedOtherwise:
    """A measure that cannot be laid beside, as councils that do better count it otherwise."""

    of: MeasureCompared
    there: tuple[Line, ...]


@dataclass(frozen=True)
class Learning:
    """A measure on which councils do better beyond usual variation, and what else is otherwise in their packs.

    `there`: those councils by name. `recorded`: those of them whose emptiest column of this measure is filled otherwise.
    """

    of: MeasureCompared
    here: Line
    there: tuple[Line, ...]
    recorded: tuple[Line, ...]
    differences: tuple[Difference, ...]
    counted_otherwise: tuple[CountedOtherwise, ...]


def to_learn(found: Comparison) -> tuple[Learning, ...]:
    """For each figure on which another council does better beyond usual variation, what else differs; in the order told.

    Measures without a direction (context, a band) and without limits of chance (counts, medians) give nothing, nor does a
    figure that this council has not, or on which it lies on the better side itself.
    """
    return tuple(_learning(found, each, there) for each in found.measures if (there := doing_better(each)))


def doing_better(found: MeasureCompared) -> tuple[Line, ...]:
    """The councils beyond usual variation on the better side, by name; none where this council is, or has no figure."""
    side, here = _SIDES.get(Better(found.better)), found.lines[0]
    if side is None or here.value is None or here.place == side:
        return ()
    return _by_name(each for each in found.lines[1:] if each.place == side)


def _by_name(lines: Iterator[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda each: (each.name.casefold(), each.council)))


def _learning(found: Comparison, of: MeasureCompared, there: Sequence[Line]) -> Learning:
    councils, key = {each.council for each in there}, (of.measure, of.definition)
    wanted = BESIDE.get(CATALOGUE[of.measure].id[0], ())
    beside = [
        each for name in wanted if name != key for each in found.measures if (each.measure, each.definition) == name
    ]
    here = of.lines[0]
    return Learning(
        of,
        here,
        tuple(there),
        tuple(each for each in there if _recorded_otherwise(here, each)),
        tuple(_differences(beside, councils)),
        tuple(_counted_otherwise(beside, councils)),
    )


def _recorded_otherwise(here: Line, there: Line) -> bool:
    if here.completeness is None or there.completeness is None:
        return False
    return round(abs(here.completeness - there.completeness), 4) >= FULLER


def _differences(beside: Sequence[MeasureCompared], councils: set[str]) -> Iterator[Difference]:
    for each in beside:
        here = each.lines[0]
        there = _by_name(line for line in each.lines[1:] if line.council in councils and _apart(here, line))
        if there:
            yield Difference(each, here, there)


def _apart(here: Line, there: Line) -> bool:
    """Whether two 95 per cent intervals have nothing in common; an end that is open is never passed.

    That asks for more than a difference at the 5 per cent level: of two figures with like errors it is one at 0.6 per cent
    (Schenker and Gentleman 2001, The American Statistician 55:182-186), which suits as many things as are looked at.
    """
    if here.value is None or there.value is None or here.lower is None or there.lower is None:
        return False
    ends = [inf if each.upper is None else each.upper for each in (here, there)]
    return here.lower > ends[1] or there.lower > ends[0]


def _counted_otherwise(beside: Sequence[MeasureCompared], councils: set[str]) -> Iterator[CountedOtherwise]:
    """Each measure once, whichever of its groups was told."""
    seen: set[tuple[str, str]] = set()
    for each in beside:
        there = _by_name(
            line for line in each.lines[1:] if line.council in councils and line.status == OTHER_DEFINITION
        )
        if there and (each.measure, each.definition) not in seen:
            seen.add((each.measure, each.definition))
            yield CountedOtherwise(each, there)
