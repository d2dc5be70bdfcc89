"""The line on its way out: how many requests came to each stage and where they left it, as it may be shown.

Everything told of one year is one table: each stage is those who stand there and those who went on; those who stand there
are its places, by kind. A count that is too few is hidden, and further ones so that none can be worked out or proved few
from what is shown, nor how many came past a stage with its record. The difference of two stages is a sum of places: where
each of those may be beyond what is few, so may the sum.

Whoever looks may know the measures of the same requests too: how many there were (A1), and how many had each decision, were
accepted by the decision, or have none that can be read (A3). What those tell is handed in: it is not hidden for the sake of
another count, and nothing small can be worked out with it.

What this does not see: measures of other units or days, such as the families that wait (B1) or the children who closed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from earlyhelp.measures.pathway import STAGES, Kind, Line, Stage
from earlyhelp.release.policy import Policy
from earlyhelp.release.protect.suppress import NotProtectable, Problem, problem, suppress
from earlyhelp.release.protect.tables import Relation, table
from earlyhelp.release.publish import Released, Status

Cells = dict[Hashable, float]
Known = Mapping[Hashable, float]
"""Counts of one line that other releases tell, by cell."""
_BY_DECISION, _UNREAD = ("decided", "early_help"), ("decided", "unread")
"""Requests that the decision accepted, and those whose decision cannot be read: not shown here, but a measure may tell them."""
_DECIDED = next(stage for stage in STAGES if stage.code == "decision")


@dataclass(frozen=True)
class ReleasedPlace:
    """Requests that stand at one place of a stage; None is hidden."""

    code: str
    words: str
    kind: Kind
    requests: float | None


@dataclass(frozen=True)
class ReleasedStage:
    """One stage: how many came to it, how many of them without its record, and where those stand that went no further.

    None is hidden. `step`: what the record would be, empty where there is none to miss; `by_kind`: the places summed.
    """

    code: str
    words: str
    step: str
    came: float | None
    unrecorded: float | None
    places: tuple[ReleasedPlace, ...]
    by_kind: Mapping[Kind, float | None]


@dataclass(frozen=True)
class ReleasedLine:
    """The line of the requests of one year. `status`: suppressed where something of it is hidden.

    `joined_by_person`: whether some requests were joined to early help by person and day, as no record joins them.
    """

    start: date
    end: date
    status: Status
    stages: tuple[ReleasedStage, ...]
    joined_by_person: bool = False

    @property
    def tells_help(self) -> bool:
        """Whether any early help is on record of those accepted: where none is, nobody can tell that they had none."""
        accepted, helped = self.stage("accepted"), self.stage("helped")
        return helped.came != 0 or accepted.came is None or accepted.by_kind[Kind.MISSING] != accepted.came

    def stage(self, code: str) -> ReleasedStage:
        """The stage of that code."""
        return next(each for each in self.stages if each.code == code)


def publish_lines(
    found: Sequence[Line], policy: Policy, known: Mapping[date, Known] | None = None
) -> tuple[ReleasedLine, ...]:
    """Each year's line as it may be shown, in the order given. known: by first day of the year, what `known_from` gives."""
    return tuple(_published(each, policy, (known or {}).get(each.period.start, {})) for each in found)


def known_from(requests: Released, decisions: Released) -> Mapping[date, Known]:
    """What measures A1 and A3, asked by year, tell of the lines, by the first day of the year."""
    found: dict[date, dict[Hashable, float]] = {}
    for row in (*requests.rows, *decisions.rows):
        if row.period_start and row.numerator is not None:
            year, cell = found.setdefault(row.period_start, {}), _cell_of(row.dims.get("decision_code", ""))
            year[cell] = year.get(cell, 0.0) + row.numerator
    return found


def _cell_of(decision: str) -> Hashable:
    """The cell that a row of A3 tells of; all requests where there is no decision."""
    if decision in (place.code for place in _DECIDED.places):
        return ("at", decision)
    return {"": ("came", STAGES[0].code), "early_help": _BY_DECISION}.get(decision, _UNREAD)


def _published(line: Line, policy: Policy, known: Known) -> ReleasedLine:
    cells = _cells(line)
    hidden = _hidden(cells, known, policy)

    def shown(key: Hashable) -> float | None:
        return None if key in hidden else policy.rounded(cells[key])

    stages = tuple(
        ReleasedStage(
            stage.code, stage.words, stage.step, shown(("came", stage.code)),
            shown(("without", stage.code)) if stage.step else None,
            tuple(
                ReleasedPlace(place.code, place.words, place.kind, shown(("at", place.code))) for place in stage.places
            ),
            {kind: shown(_kind_key(stage, kind)) for kind in _kinds(stage)},
        )
        for stage in STAGES
    )  # fmt: skip
    status = Status.SUPPRESSED if hidden else Status.OK
    return ReleasedLine(*line.period, status, stages, line.joined_by_person)


def _kinds(stage: Stage) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(place.kind for place in stage.places))


def _kind_key(stage: Stage, kind: Kind) -> Hashable:
    """The cell of the places of a kind: the place itself where it is the only one."""
    codes = [place.code for place in stage.places if place.kind is kind]
    return ("at", codes[0]) if len(codes) == 1 else ("kind", stage.code, kind)


def _stay_key(stage: Stage) -> Hashable:
    """The cell of all who went no further."""
    kinds = _kinds(stage)
    return _kind_key(stage, kinds[0]) if len(kinds) == 1 else ("stay", stage.code)


def _cells(line: Line) -> Cells:
    """Every count that is shown, those who went no further, and those who came past a stage with its record."""
    came = line.came
    cells: Cells = {("at", code): float(number) for code, number in line.at.items()}
    cells |= {("came", code): float(number) for code, number in came.items()}
    cells[_BY_DECISION] = float(came["accepted"] - line.unrecorded["decision"])
    cells[_UNREAD] = float(line.at["no_decision"] + line.unrecorded["decision"])
    for stage in STAGES:
        for kind in _kinds(stage):
            cells[_kind_key(stage, kind)] = float(sum(line.at[each.code] for each in stage.places if each.kind is kind))
        cells[_stay_key(stage)] = float(sum(line.at[each.code] for each in stage.places))
        if stage.step:
            cells[("without", stage.code)] = float(line.unrecorded[stage.code])
            cells[("with", stage.code)] = float(came[stage.code] - line.unrecorded[stage.code])
    return cells


def _relations() -> Iterator[Relation]:
    """How the cells add up."""
    yield Relation(("came", "accepted"), (_BY_DECISION, ("without", "decision")))
    yield Relation(_UNREAD, (("at", "no_decision"), ("without", "decision")))
    for stage, following in zip(STAGES, [*STAGES[1:], None], strict=True):
        onward = (("came", following.code),) if following else ()
        yield Relation(("came", stage.code), (_stay_key(stage), *onward))
        kinds = tuple(_kind_key(stage, kind) for kind in _kinds(stage))
        if len(kinds) > 1:
            yield Relation(_stay_key(stage), kinds)
        for kind in _kinds(stage):
            places = tuple(("at", place.code) for place in stage.places if place.kind is kind)
            if len(places) > 1:
                yield Relation(_kind_key(stage, kind), places)
        if stage.step:
            yield Relation(("came", stage.code), (("with", stage.code), ("without", stage.code)))


def _hidden(cells: Cells, known: Known, policy: Policy) -> set[Hashable]:
    """The cells to hide: all of them where no choice protects."""
    if not policy.hides_others_too:
        return {key for key, count in cells.items() if policy.hides(count)}
    try:
        given = _problem(cells, known, policy)
        return {
            key for key, is_hidden in zip(cells, suppress(given).hidden, strict=True) if is_hidden and _is_told(key)
        }
    except NotProtectable:
        return set(cells)


def _is_told(key: Hashable) -> bool:
    """Whether the count is shown at all; others can be worked out of those."""
    return isinstance(key, tuple) and key[0] not in ("with", "stay", "decided")


def _problem(cells: Cells, known: Known, policy: Policy) -> Problem:
    """The table to be protected: what is not shown is hidden already, and what measures tell is known."""
    given = problem(table(cells, _relations()), policy)
    fixed = np.array([known.get(key) == count for key, count in cells.items()], dtype=bool)
    untold = np.array([not _is_told(key) for key in cells], dtype=bool) & ~fixed
    return replace(
        given,
        open_to_hiding=given.open_to_hiding & ~untold & ~fixed,
        least=np.where(untold, 0.0, given.least),
        also=untold & ~given.primary,
    )
