"""The steps of several councils side by side, from their packs: the same measures, the same rules, no order of merit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from earlyhelp.compare.comparison import Comparison, Line, MeasureCompared
from earlyhelp.measures import CATALOGUE, Statistic
from earlyhelp.reports.blocks import Block, Bullets, Heading, Note, TableBlock, Text
from earlyhelp.reports.compared.figures import FEWEST_IN_A_FUNNEL
from earlyhelp.reports.compared.words import ABOVE, BELOW, HERE, figure_of, interval_in_words, names_of, place_of
from earlyhelp.reports.documents.blueprint_steps import STEPS, StepOnTheWay
from earlyhelp.reports.documents.declared import Material
from earlyhelp.reports.documents.pain_points import (
    AGAIN,
    LONGEST,
    NOT_COMPARED,
    SELDOM_IN_TIME,
    Candidate,
    pointed_at,
    step_of,
)
from earlyhelp.reports.wording import in_words, listed

Found = Mapping[str, MeasureCompared]
OTHERS_IN_A_TABLE = 3
"""So many other councils stand beside this one in a table; more have tables of their own, this council in each."""
RULES = (("The longest wait", LONGEST, True), ("Least often in time", SELDOM_IN_TIME, False),
         ("Where most come again", AGAIN, True))  # fmt: skip
"""The rules for pain points that rest on measures which packs may hold."""


def blocks(material: Material) -> list[Block]:
    """The steps and the pain points council by council, what is counted otherwise, what was left out; nothing without packs."""
    found = material.comparison
    if found is None:
        return []
    names = names_of(found)
    others = [code for code in names if code != found.council]
    groups = [others[at : at + OTHERS_IN_A_TABLE] for at in range(0, len(others), OTHERS_IN_A_TABLE)]
    first, last = (in_words(date.fromisoformat(each)) for each in found.year)
    return [
        Heading(1, "Beside other councils", new_page=True),
        Text(
            f"The same steps from the councils' own packs of released figures, {first} to {last}. Counts are rounded to 5, so "
            "this council's own may differ a little from those above. Councils stand by name, and nothing here is a ranking."
        ),
        *(_steps(found, names, group) for group in groups),
        *_pain_points(found, names, groups),
        *_notes(found, names),
    ]


def _of_all(found: Comparison) -> Found:
    """The total of each measure under its own definition, by id."""
    return {each.measure: each for each in found.measures if each.definition == "default" and not each.dims}


def _measures(step: StepOnTheWay) -> tuple[str, ...]:
    return (*step.volumes, *step.waits)


def _columns(found: Comparison, names: Mapping[str, str], group: Sequence[str]) -> tuple[str, ...]:
    return (f"{names[found.council]} ({HERE})", *(names[code] for code in group))


def _steps(found: Comparison, names: Mapping[str, str], group: Sequence[str]) -> TableBlock:
    compared = _of_all(found)
    rows = tuple(
        (
            step.name,
            compared[each].name,
            *(_cell(compared[each], line) for line in _lines(compared[each], found, group)),
        )
        for step in STEPS
        for each in _measures(step)
        if each in compared
    )
    columns = ("step", "measure", *_columns(found, names, group))
    caption = f"The steps, {listed([names[code] for code in (found.council, *group)])} side by side"
    return TableBlock(caption, columns, rows)


def _lines(found: MeasureCompared, whole: Comparison, group: Sequence[str]) -> list[Line]:
    """Own line first, then those of the group, in its order."""
    by_code = {line.council: line for line in found.lines}
    return [by_code[code] for code in (whole.council, *group)]


def _cell(found: MeasureCompared, line: Line) -> str:
    if line.value is None or found.statistic == Statistic.COUNT:
        return figure_of(found, line)
    told = sum(each.value is not None for each in found.lines)
    beyond = f"; {place}" if told >= FEWEST_IN_A_FUNNEL and (place := place_of(line)) in (ABOVE, BELOW) else ""
    return f"{figure_of(found, line)} ({interval_in_words(found, line)}){beyond}"


def _pain_points(found: Comparison, names: Mapping[str, str], groups: Sequence[Sequence[str]]) -> Iterator[Block]:
    for group in groups:
        rows = tuple(
            (name, *(_pointed_at(found, code, measures, highest=highest) for code in (found.council, *group)))
            for name, measures, highest in RULES
        )
        yield TableBlock("Pain points by the same rules", ("what is looked for", *_columns(found, names, group)), rows)


def _pointed_at(found: Comparison, council: str, measures: Sequence[str], *, highest: bool) -> str:
    chosen = pointed_at(list(_candidates(found, council, measures)), highest=highest)
    return f"{chosen.step}. {chosen.words}" if chosen else NOT_COMPARED


def _candidates(found: Comparison, council: str, measures: Sequence[str]) -> Iterator[Candidate]:
    compared = _of_all(found)
    for each in (compared[measure] for measure in measures if measure in compared):
        line = next(line for line in each.lines if line.council == council)
        if line.value is not None:
            yield Candidate(step_of(each.measure), line.value, f"{each.name}: {figure_of(each, line)}")


def _notes(found: Comparison, names: Mapping[str, str]) -> Iterator[Block]:
    compared = _of_all(found)
    otherwise = [
        f"{names[line.council]}: {each.name} ({'; '.join(line.differs_in)})"
        for step in STEPS
        for measure in _measures(step)
        if (each := compared.get(measure)) is not None
        for line in each.lines
        if line.differs_in
    ]
    if otherwise:
        yield Text("Counted by another rule there, and so not laid beside:")
        yield Bullets(tuple(otherwise))
    silent = [CATALOGUE[each].name for step in STEPS for each in _measures(step) if each not in compared]
    said = f" Packs do not hold: {listed(silent)}." if silent else ""
    yield Note(
        "A rule looks at what the pack of each council has, so that it may look at fewer figures of one than of another. Of who "
        "acts packs tell the shares that families ask for themselves and that partners lead, and no team, role or system."
        f"{said}"
    )
    if found.left_out:
        yield Text("Packs left out:")
        yield Bullets(tuple(f"{each.file}: {each.why}" for each in found.left_out))
