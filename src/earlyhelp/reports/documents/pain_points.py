"""Where the steps hurt, by declared rules from released figures alone: each with its rule, and nothing beyond the figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from earlyhelp.measures.pathway import Kind
from earlyhelp.release.pathway import ReleasedLine, ReleasedStage
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Block, Heading, Note, TableBlock, Text
from earlyhelp.reports.documents.beside import told
from earlyhelp.reports.documents.blueprint_steps import STEPS, whole
from earlyhelp.reports.documents.declared import Material
from earlyhelp.reports.documents.inspection_pack import figure
from earlyhelp.reports.flow import period_of
from earlyhelp.reports.wording import listed, number

LONGEST, SELDOM_IN_TIME, AGAIN = ("B2", "B7", "B10"), ("A6", "A10", "B5", "B6", "B8"), ("A5", "G3")
"""Waits told as a median of days; what is to be done within a time; and where people come again."""
_AFTER_ACCEPTANCE = ("accepted", "helped", "assessed", "planned")
NOT_COMPARED = "no figure to compare"


@dataclass(frozen=True)
class Candidate:
    """A figure that a rule looks at. `step`: where it stands; `lower`, `upper`: its 95 per cent interval, where it has one."""

    step: str
    value: float
    words: str
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Rule:
    """One way to look for a pain point. `words`: the rule as it is printed; `highest`: whether the highest value is meant."""

    name: str
    words: str
    candidates: Callable[[Material], Iterable[Candidate]]
    highest: bool = True

    def find(self, material: Material) -> Candidate | None:
        """The candidate that the rule points at, the first of several with the same value; None where there is none."""
        found = list(self.candidates(material))
        return pointed_at(found, highest=self.highest)

    def alike(self, material: Material) -> list[Candidate]:
        """The other candidates whose interval meets that of the one pointed at: they cannot be told apart from it."""
        found = list(self.candidates(material))
        return not_told_apart(found, pointed_at(found, highest=self.highest))


def pointed_at(found: Sequence[Candidate], *, highest: bool) -> Candidate | None:
    """The highest or the lowest value, the first of several."""
    if not found:
        return None
    return max(found, key=lambda each: each.value if highest else -each.value)


def not_told_apart(found: Sequence[Candidate], chosen: Candidate | None) -> list[Candidate]:
    """The candidates, but the chosen one, whose interval meets its own; an end that is open meets whatever lies beyond."""
    if chosen is None or chosen.lower is None:
        return []
    return [each for each in found if each is not chosen and _meet(each, chosen)]


def _meet(one: Candidate, other: Candidate) -> bool:
    if one.lower is None or other.lower is None:
        return False
    return (one.upper is None or one.upper >= other.lower) and (other.upper is None or other.upper >= one.lower)


def step_of(measure: str) -> str:
    """The step that a measure stands at."""
    return next(each.name for each in STEPS if measure in (*each.volumes, *each.waits))


def step_of_stage(code: str) -> str:
    """The step that a stage of the line belongs to."""
    return next(each.name for each in STEPS if code in each.stages)


def _of_measures(measures: Sequence[str]) -> Callable[[Material], Iterable[Candidate]]:
    def found(material: Material) -> Iterable[Candidate]:
        parts = whole(material)
        return [each for measure in measures if measure in parts for each in _candidates(parts[measure])]

    return found


def _candidates(part: Part) -> Iterable[Candidate]:
    row, measure = figure(part)[0], part.released.measure
    if row.value is not None:
        words = f"{measure.name}: {told(part, row)}"
        yield Candidate(step_of(measure.id), row.value, words, row.lower, row.upper)


def line_told(material: Material) -> ReleasedLine | None:
    """The line of the latest whole year; of the latest year where none is whole."""
    whole_years = [each for each in material.lines if (each.end - each.start).days >= 364]
    return next(iter([*whole_years, *material.lines]), None)


def _stages(material: Material) -> Sequence[ReleasedStage]:
    found = line_told(material)
    return found.stages if found else ()


def _leaving(material: Material) -> Iterable[Candidate]:
    return [found for stage in _stages(material) for found in _share_of(stage, stage.by_kind.get(Kind.LEFT), "left")]


def _not_gone_on(material: Material) -> Iterable[Candidate]:
    """From acceptance to the first review: of those who came to a stage, who have not come to the next.

    Nothing where no early help is on record of those accepted: that is no loss, but nobody can tell.
    """
    line = line_told(material)
    if line is None or not line.tells_help:
        return []
    return [
        found
        for stage, following in pairwise(line.stages)
        if stage.code in _AFTER_ACCEPTANCE and stage.came is not None and following.came is not None
        for found in _share_of(stage, stage.came - following.came, f"have not come to: {following.words.lower()}")
    ]


def _unrecorded(material: Material) -> Iterable[Candidate]:
    return [
        found
        for stage in _stages(material)
        if stage.step
        for found in _share_of(stage, stage.unrecorded, f"went past without {stage.step} on record")
    ]


def _share_of(stage: ReleasedStage, count: float | None, what: str) -> Iterable[Candidate]:
    """How many of those who came to a stage, where both are told; nothing where either is hidden, or nobody came."""
    if count is not None and stage.came:
        words = f"{stage.words}: of {number(stage.came)} requests, {number(count)} {what} ({count / stage.came:.0%})"
        yield Candidate(step_of_stage(stage.code), count / stage.came, words)


RULES: tuple[Rule, ...] = (
    Rule(
        "The longest wait",
        "Of the waits told as a median of days (to a worker, from assessment to plan, to a partner or provider): the most days.",
        _of_measures(LONGEST),
    ),
    Rule(
        "Least often in time",
        "Of what is to be done within a time (decision, feedback, first contact, assessment, reviews): the lowest share.",
        _of_measures(SELDOM_IN_TIME),
        highest=False,
    ),
    Rule(
        "Where most requests leave",
        "Along the line of one year's requests: the stage that the largest share of those who came to it left.",
        _leaving,
    ),
    Rule(
        "The largest loss after acceptance",
        "Along the line from acceptance to the first review: the stage from which the largest share has not come to the next: "
        "they left, are there still, or no more is recorded.",
        _not_gone_on,
    ),
    Rule(
        "The worst recorded step",
        "Along the line: the stage that the largest share of those who came past went without its record.",
        _unrecorded,
    ),
    Rule(
        "Where most come again",
        "Of repeat requests within 12 months and early help again within 12 months of closure: the higher share.",
        _of_measures(AGAIN),
    ),
)


def blocks(material: Material) -> list[Block]:
    """A row a rule: the step it points at, the figure, and what cannot be told apart from it; nothing without any figure."""
    if not whole(material):
        return []
    rows = tuple(_row(rule, material) for rule in RULES)
    columns = ("what is looked for", "step", "figure", "cannot be told apart", "rule")
    line = line_told(material)
    days = f" The line is that of the requests of {period_of(line)}." if line else ""
    return [
        Heading(1, "Pain points, by rule"),
        Text(
            "Each rule points at one figure and says nothing of why. What is hidden or not recorded is not looked at."
        ),
        TableBlock("Pain points of the last year, each by its rule", columns, rows),
        Note(f"Cannot be told apart: other steps whose 95 per cent interval meets that of the figure.{days}"),
    ]


def in_short(material: Material) -> str:
    """The longest wait and what is least often done in time, as a sentence each; empty where neither is known."""
    found = [(rule.name, rule.find(material)) for rule in RULES[:2]]
    return " ".join(f"{name}: {chosen.words}." for name, chosen in found if chosen)


def _row(rule: Rule, material: Material) -> tuple[str, ...]:
    chosen = rule.find(material)
    if chosen is None or (rule.highest and not chosen.value):
        return (rule.name, "none", "every figure is 0" if chosen else NOT_COMPARED, "none", rule.words)
    alike = listed(list(dict.fromkeys(each.step for each in rule.alike(material) if each.step != chosen.step)))
    return (rule.name, chosen.step, chosen.words, alike or "none", rule.words)
