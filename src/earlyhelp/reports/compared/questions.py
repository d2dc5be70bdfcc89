"""What to ask councils that do better: plain sentences made by rule, each a question and none of them an explanation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from earlyhelp.compare.comparison import Line
from earlyhelp.compare.learn import CountedOtherwise, Difference, Learning
from earlyhelp.measures import CATALOGUE, Statistic
from earlyhelp.reports.blocks import Block, Bullets, Heading, Note, Text
from earlyhelp.reports.compared.words import figure_of, group_of, title_of
from earlyhelp.reports.wording import listed

ASKS: Mapping[str, str] = {
    "A1": "Is that how many ask there, or what is counted as a request?",
    "A3": "Is that where they draw the line, what they are asked for, or how a decision is recorded?",
    "A4": "Is that where they draw the line, what they are asked for, or how a decision is recorded?",
    "B2": "Is that how cases are shared out, how many wait, or which day is recorded?",
    "B3": "Is that how cases are shared out, how many wait, or which day is recorded?",
    "B5": "Is that how families are reached, who rings first, or which contact is recorded?",
    "B6": "Is that how assessments are planned, how many there are, or which day is recorded?",
    "B8": "Is that how reviews are planned, or how they are recorded?",
    "C1": "Is that whom they take on, how long help lasts, or what counts as open?",
    "C5": "Is that when they plan to end, whom they help, or what counts as an end?",
    "C6": "Is that when they plan to end, whom they help, or how promptly an end is recorded?",
    "C7": "Is that how help ends there, or which reason is recorded?",
    "C8": "Is that how families are kept in touch with, whom they help, or which reason is recorded?",
    "C9": "Is that how help is offered, to whom, or what is recorded as declined?",
    "D2": "Which partners hold plans there, what support have they, and how is a lead recorded?",
    "E2": "Is that how assessments are done, or what the form asks for?",
    "E3": "Is that how assessments are done, or what the form asks for?",
}
"""What is asked of a measure that stands otherwise: more than one possibility each, how it is recorded among them."""
NOT_WHY = "These are things to ask about. That two councils differ in something does not show that it matters."
NOTHING_ELSE = "Nothing else in the packs sets them apart from here. Ask how they work."
NOBODY = "On no measure with a direction does another council lie beyond usual variation on the better side, and this one not."


@dataclass(frozen=True)
class ToAsk:
    """What can be asked about one figure. `says`: who does better. `questions`: what else differs, each a question."""

    measure: str
    definition: str
    title: str
    dims: Mapping[str, str]
    councils: tuple[str, ...]
    says: str
    questions: tuple[str, ...]


def to_ask(learned: Sequence[Learning], names: Mapping[str, str]) -> tuple[ToAsk, ...]:
    """The questions of each thing that may be learned, in the order told. names: of councils, by code."""
    return tuple(_to_ask(each, names) for each in learned)


def _to_ask(each: Learning, names: Mapping[str, str]) -> ToAsk:
    group = group_of(each.of)
    title = f"{title_of(each.of)}: {group}" if group else title_of(each.of)
    return ToAsk(
        each.of.measure,
        each.of.definition,
        title,
        each.of.dims,
        tuple(line.council for line in each.there),
        _says(each, names),
        tuple(_questions(each, names)) or (NOTHING_ELSE,),
    )


def _says(each: Learning, names: Mapping[str, str]) -> str:
    verb = "lies" if len(each.there) == 1 else "lie"
    there = listed([f"{names[line.council]} ({figure_of(each.of, line)})" for line in each.there])
    return (
        f"{there} {verb} beyond usual variation, on the side that is meant ({each.of.better} is better). "
        f"Here it is {figure_of(each.of, each.here)}."
    )


def _questions(each: Learning, names: Mapping[str, str]) -> Iterator[str]:
    if each.recorded:
        yield _about_recording(each, names)
    for difference in each.differences:
        yield _about(difference, names)
    for counted in each.counted_otherwise:
        yield _about_counting(counted, names)


def _about_recording(each: Learning, names: Mapping[str, str]) -> str:
    there = listed([f"{_share(line)} in {names[line.council]}" for line in each.recorded])
    return (
        f"The emptiest column that this figure rests on is filled to {there}, and to {_share(each.here)} here. "
        "Is the figure otherwise, or what is written down?"
    )


def _share(line: Line) -> str:
    return f"{line.completeness or 0:.0%}"


def _about(difference: Difference, names: Mapping[str, str]) -> str:
    of = difference.of
    there = listed([f"{figure_of(of, line)} in {names[line.council]}" for line in difference.there])
    group = group_of(of)
    subject = f'{of.name}, "{group}"' if group else of.name
    return f"{subject}: {there}, {figure_of(of, difference.here)} here{_per(of.measure, of.definition)}. {ASKS[of.measure]}"


def _per(measure: str, definition: str) -> str:
    """What a rate is told for, and where the middle is meant."""
    told = CATALOGUE[measure].defined_as(definition)
    if told.statistic is Statistic.RATE:
        return f" ({told.unit} for each {told.per:,} children)"
    return f" (for half of {told.unit} no more than that)" if told.statistic is Statistic.MEDIAN else ""


def _about_counting(counted: CountedOtherwise, names: Mapping[str, str]) -> str:
    there = listed([f"{names[line.council]} ({'; '.join(line.differs_in)})" for line in counted.there])
    verb = "counts" if len(counted.there) == 1 else "count"
    return f"{there} {verb} {counted.of.name} by another rule, so it is not laid beside. What do they count, and since when?"


def question_blocks(questions: Sequence[ToAsk]) -> list[Block]:
    """Who does better beyond usual variation, measure by measure, and what to ask them."""
    blocks: list[Block] = [Heading(1, "What to ask"), Text(NOT_WHY, strong=True)]
    if not questions:
        return [*blocks, Text(NOBODY)]
    for each in questions:
        blocks += [Heading(2, each.title), Text(each.says), Bullets(each.questions)]
    return [
        *blocks,
        Note(
            "Only figures whose 95 per cent intervals do not meet, and columns filled by a tenth more or less, are named."
        ),
    ]
