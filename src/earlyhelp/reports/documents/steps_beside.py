"""The steps of several councils side by side, from their packs: the same measures, the same rules, no order of merit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from earlyhelp.compare import PACK_POLICY
from earlyhelp.compare.comparison import MISSING, Comparison, Line, MeasureCompared, NamedThere
from earlyhelp.measures import CATALOGUE, Statistic, splits_of
from earlyhelp.release import Status
from earlyhelp.release.named_groups import least_named
from earlyhelp.reports.blocks import Block, Bullets, Heading, Note, TableBlock, Text
from earlyhelp.reports.compared.figures import FEWEST_IN_A_FUNNEL
from earlyhelp.reports.compared.words import ABOVE, BELOW, HERE, figure_of, interval_in_words, names_of, place_of
from earlyhelp.reports.documents.blueprint_steps import STEPS, SYSTEM, Actors, StepOnTheWay, system_called
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
WHO_ACTS, RECORDED_IN = "who acts", "recorded in"
NOT_IN_THE_PACK, NOT_TOLD, NONE_NAMED = "not in the pack", "not told", "none named"
_UNSAID = {MISSING: NOT_IN_THE_PACK, str(Status.NO_DATA): NOT_TOLD, str(Status.OK): NONE_NAMED}
BY_TEAM_ALONE = "by team alone, which packs do not tell"
"""What is said of a step at which those who act are recorded by no code that councils share."""
HOW_NAMED = (
    f"Packs name a kind of organisation or a system where {least_named(PACK_POLICY)} cases of the step in the year or more stand "
    "behind it, without saying how many; one that is not named may act too. Of twelve months on it is the last year whose "
    "follow-up is over. Names stand in the order of their list. No team, worker or role is told, nor a source that a council "
    "named itself."
)
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
    rows = tuple(row for step in STEPS for row in _rows(step, found, (found.council, *group)))
    columns = ("step", "measure", *_columns(found, names, group))
    caption = f"The steps, {listed([names[code] for code in (found.council, *group)])} side by side"
    return TableBlock(caption, columns, rows)


def _rows(step: StepOnTheWay, found: Comparison, councils: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Who acts and in which system, then the figures of the step, a column a council."""
    yield step.name, WHO_ACTS, *(_who(step, found, code) for code in councils)
    yield step.name, RECORDED_IN, *(_systems(step, found, code) for code in councils)
    compared = _of_all(found)
    for each in (compared[measure] for measure in _measures(step) if measure in compared):
        yield step.name, each.name, *(_cell(each, line) for line in _lines(each, councils))


def _who(step: StepOnTheWay, found: Comparison, council: str) -> str:
    """Those who act as a council's pack names them: kinds of organisation, in the order of their list and no other."""
    said = [
        (each.whose, _kinds(line, each))
        for each in step.who
        if (line := _line_of(found, each.measure, each.by, council)) is not None
    ]
    if not said:
        return step.nobody or BY_TEAM_ALONE
    return ". ".join(words if words in _UNSAID.values() else f"{whose}: {words}" for whose, words in said)


def _systems(step: StepOnTheWay, found: Comparison, council: str) -> str:
    """The systems that a council's pack names for the records of a step, each once."""
    lines = [line for each in step.recorded if (line := _line_of(found, each, SYSTEM, council)) is not None]
    codes = [code for line in lines for code in line.codes]
    if codes:
        return "; ".join(dict.fromkeys(map(system_called, codes)))
    return _UNSAID[lines[0].status] if lines else NOT_TOLD


def _kinds(line: NamedThere, actors: Actors) -> str:
    """The kinds of organisation in words, in the order of their list; or why there are none."""
    codes = splits_of(CATALOGUE[actors.measure])[actors.by].codes
    labels = [codes.label(code) for code in codes.codes if code in line.codes] if codes is not None else []
    return "; ".join(dict.fromkeys(map(_kind, labels))) or _UNSAID[line.status]


def _kind(label: str) -> str:
    """The kind of organisation without what it is made up of: "Health services: school nurse" is health services."""
    return label.partition(":")[0].partition(", including")[0]


def _line_of(found: Comparison, measure: str, by: str, council: str) -> NamedThere | None:
    """What a council's pack names there; None where packs name nothing of it."""
    lines = (line for each in found.groups if (each.measure, each.by) == (measure, by) for line in each.lines)
    return next((line for line in lines if line.council == council), None)


def _lines(found: MeasureCompared, councils: Sequence[str]) -> list[Line]:
    """The lines of these councils, in their order."""
    by_code = {line.council: line for line in found.lines}
    return [by_code[code] for code in councils]


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
        "A rule looks at what the pack of each council has, so that it may look at fewer figures of one than of another."
        f"{said}"
    )
    yield Note(HOW_NAMED)
    if found.left_out:
        yield Text("Packs left out:")
        yield Bullets(tuple(f"{each.file}: {each.why}" for each in found.left_out))
