"""The steps of the blueprint, declared once: who acts at each, in which system it is recorded, how much there is, what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from earlyhelp.measures import Grain, Question, Statistic
from earlyhelp.measures.roles import ASSESS, TAKE_ON
from earlyhelp.release import ReleasedRow, Status
from earlyhelp.reports.answers.prepared import Part, Wanted
from earlyhelp.reports.blocks import Block, Heading, Note, TableBlock
from earlyhelp.reports.documents.beside import told
from earlyhelp.reports.documents.declared import Material
from earlyhelp.reports.documents.inspection_pack import figure
from earlyhelp.reports.wording import IN_WORDS, listed
from earlyhelp.sources import SOURCES
from earlyhelp.standard import NOT_RECORDED, UNMAPPED

DAYS = 365
UNSAID = "the records do not say"
TOO_FEW = IN_WORDS[Status.SUPPRESSED]
SYSTEM, OTHERS = "source_system", "others"
MOST_NAMED = 4
"""Groups named in a cell of the table, the largest first."""
LEAST_NAMED = 0.01
_FOLLOWED_UP = ("G3",)


class Actors(NamedTuple):
    """Those who act, as the cases of a measure are told apart. `whose`: what comes before their names."""

    measure: str
    by: str
    whose: str


class StepOnTheWay(NamedTuple):
    """One step from the request to twelve months after closure.

    `who`: those who act; `roles`: what is done in roles that the records name. `recorded`: the measures whose cases tell the
    systems. `stages`: those of the line, by code. `nobody`: what is said where nobody acts.
    """

    name: str
    volumes: tuple[str, ...]
    waits: tuple[str, ...]
    who: tuple[Actors, ...] = ()
    roles: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    nobody: str = ""


STEPS: tuple[StepOnTheWay, ...] = (
    StepOnTheWay("Somebody asks", ("A1", "A2", "A5"), (),
                 who=(Actors("A1", "source_code", "who asks"),), recorded=("A1",), stages=("request",)),
    StepOnTheWay("The request is decided, and whoever asked is told", ("A4",), ("A6", "A10"),
                 who=(Actors("A1", "team", "team"),), recorded=("A1",), stages=("decision",)),
    StepOnTheWay("The family waits for a worker", ("B1",), ("B2", "B3"),
                 who=(Actors("C9", "team", "team"),), recorded=("C9",), stages=("accepted",)),
    StepOnTheWay("Help begins", ("C9",), ("B5",),
                 who=(Actors("C9", "org_type", "who leads"),), roles=(TAKE_ON,), recorded=("C9",), stages=("helped",)),
    StepOnTheWay("The family is assessed, and a plan made", ("E1",), ("B6", "B7"),
                 who=(Actors("E1", "org_type", "who assesses"),), roles=(ASSESS,), recorded=("E1",),
                 stages=("assessed", "planned")),
    StepOnTheWay("Help goes on, and is reviewed", ("C1",), ("B8", "B9", "C5"),
                 who=(Actors("C1", "team", "team"), Actors("C1", "org_type", "who leads")), recorded=("C1", "B8"),
                 stages=("reviewed",)),
    StepOnTheWay("A partner or a service takes its part", ("D2",), ("B10",),
                 who=(Actors("D2", "org_type", "who leads"),), recorded=("D2", "B10")),
    StepOnTheWay("Help ends", ("F1", "G1"), (),
                 who=(Actors("F1", "org_type", "who leads"),), recorded=("F1",), stages=("closed",)),
    StepOnTheWay("Twelve months on", ("G3",), (), recorded=("G3",), stages=("year_after",),
                 nobody="nobody: later records of early help tell it"),
)  # fmt: skip
"""Splits are of columns that the standard declares to name nobody: never of workers, nor of free text."""
HOW_TOLD = (
    "Who acts is told by the team, the kind of organisation and the role that the records name, as shares of the cases of the "
    "step; never by worker. A role that one worker alone holds is not told. Of groups too small to say nothing is told; groups "
    "of less than 1 in 100 are left out. A system is the one whose extract the record came in."
)


def wanted() -> Iterator[Wanted]:
    """What the steps ask of measures, each once."""
    asked = [
        *((each, ()) for step in STEPS for each in (*step.volumes, *step.waits)),
        *((each.measure, (each.by,)) for step in STEPS for each in step.who),
        *((each, (SYSTEM,)) for step in STEPS for each in step.recorded),
    ]
    for measure, by in dict.fromkeys(asked):
        question = Question(by=by, grain=Grain.YEAR if measure in _FOLLOWED_UP else None)
        yield Wanted(measure, question, days=0 if measure in _FOLLOWED_UP else DAYS)


def whole(material: Material) -> dict[str, Part]:
    """What each measure says of everybody, by its id."""
    return {part.released.measure.id: part for wanted, part in material.parts if not wanted.asked.by}


def blocks(material: Material) -> list[Block]:
    """A row a step; nothing where no measure was asked."""
    parts = whole(material)
    if not parts:
        return []
    rows = tuple(
        (
            each.name,
            _who(material, each),
            _systems(material, each),
            _cell(parts, each.volumes),
            _cell(parts, each.waits),
        )
        for each in STEPS
    )
    columns = ("step", "who acts", "recorded in", "how much, and what comes of it", "what it waits for")
    return [
        Heading(1, "The steps, from request to twelve months after closure"),
        TableBlock("Each step in the last year, with what is recorded of it", columns, rows),
        Note(HOW_TOLD),
    ]


def _cell(parts: Mapping[str, Part], measures: Sequence[str]) -> str:
    said = [
        f"{parts[each].released.measure.name}: {figure_in_words(parts[each])}" for each in measures if each in parts
    ]
    return "; ".join(said) or "nothing"


def figure_in_words(part: Part) -> str:
    """The figure, or in few words why there is none."""
    if part.released.missing:
        return "not recorded"
    return told(part, figure(part)[0])


def _who(material: Material, step: StepOnTheWay) -> str:
    said = [(each.whose, shares(material, each.measure, each.by)) for each in step.who]
    said += [("role", _roles(material, each)) for each in step.roles]
    known = [f"{whose}: {words}" for whose, words in said if words != UNSAID]
    return "; ".join(known) or step.nobody or UNSAID


def _systems(material: Material, step: StepOnTheWay) -> str:
    said = dict.fromkeys(_systems_of(material, each) for each in step.recorded)
    return "; ".join(each for each in said if each != UNSAID) or UNSAID


def _systems_of(material: Material, measure: str) -> str:
    """The systems that a measure's cases come from with their shares; of few cases the system alone is named."""
    part, said = _split(material, measure, SYSTEM), shares(material, measure, SYSTEM)
    few = {_named(row, SYSTEM) for row in figure(part) if _is_hidden(part, row)} if part else set()
    if not few - {""}:
        return said
    named = f"{listed(sorted(few - {''}))} ({TOO_FEW})"
    return named if said == TOO_FEW else f"{said.removesuffix(f', {OTHERS}')}, {named}"


def _split(material: Material, measure: str, by: str) -> Part | None:
    return next((part for asked, part in material.parts if (asked.measure, asked.asked.by) == (measure, (by,))), None)


def shares(material: Material, measure: str, by: str) -> str:
    """The groups of a split with their shares of a measure's cases, the largest first; or that nothing is said of them."""
    part, entire = _split(material, measure, by), whole(material).get(measure)
    if part is None or entire is None:
        return UNSAID
    all_of_them = cases(entire, figure(entire)[0])
    rows = [row for row in figure(part) if by in row.dims]
    counts: dict[str, float] = {}
    for row in rows:
        if number := cases(part, row):
            name = _named(row, by)
            counts[name] = counts.get(name, 0.0) + number
    return _in_words(_one_spelling(counts), all_of_them, hidden=any(_is_hidden(part, row) for row in rows))


def cases(part: Part, row: ReleasedRow) -> float | None:
    """How many cases a row is of: what is counted, or of what it is a share or a median; None where that is hidden."""
    return row.numerator if part.released.measure.statistic is Statistic.COUNT else row.denominator


def _is_hidden(part: Part, row: ReleasedRow) -> bool:
    """Whether it may not be said how many cases a row is of."""
    return row.status is Status.SUPPRESSED and cases(part, row) is None


def _named(row: ReleasedRow, by: str) -> str:
    """The group as it is called; "" where the record does not say."""
    code = row.dims[by]
    if code in (NOT_RECORDED, UNMAPPED):
        return ""
    return system_called(code) if by == SYSTEM else row.labels.get(f"{by}_label", code)


def system_called(code: str) -> str:
    """A system as people call it, without what is told of it besides; one that nobody described by its code."""
    return SOURCES[code].title.partition(":")[0].partition(" (")[0] if code in SOURCES else code


def _one_spelling(counts: Mapping[str, float]) -> dict[str, float]:
    """The counts of names that differ in their letters' case alone added up, under the spelling of most of them."""
    found: dict[str, tuple[str, float]] = {}
    for name, number in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        first, before = found.get(name.casefold(), (name, 0.0))
        found[name.casefold()] = (first, before + number)
    return dict(found.values())


def _in_words(counts: Mapping[str, float], of_all: float | None, *, hidden: bool) -> str:
    """Groups with their shares, as in "Police 48%, Schools 11%, others"; what is not recorded comes last, and is no group."""
    least = LEAST_NAMED * (of_all or 0.0)
    said = sorted(((number, name) for name, number in counts.items() if name), key=lambda each: (-each[0], each[1]))
    if not of_all or not (said or hidden):
        return TOO_FEW if hidden else UNSAID
    named = [f"{name} {_share(number, of_all)}" for number, name in said if number >= least][:MOST_NAMED]
    more = [OTHERS if said else TOO_FEW] if hidden or len(named) < len(said) else []
    blank = [f"not recorded {_share(counts[''], of_all)}"] if counts.get("", 0.0) >= least and counts.get("") else []
    return ", ".join([*named, *more, *blank])


def _share(number: float, of_all: float) -> str:
    """A share in whole per cent; all only where it is all."""
    return "over 99%" if 0.995 <= number / of_all < 1 else f"{min(1.0, number / of_all):.0%}"


def _roles(material: Material, what: str) -> str:
    found = material.roles.get(what)
    if found is None or found.all is None:
        return TOO_FEW if found else UNSAID
    return _in_words(_one_spelling({**dict(found.told), "": found.unsaid or 0.0}), found.all, hidden=found.left_out)
