"""The line on its way out: no count or difference of counts tells of a few, by an attack of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from earlyhelp.measures import CATALOGUE
from earlyhelp.measures.pathway import STAGES, Kind, Line
from earlyhelp.measures.periods import Period
from earlyhelp.release import Released, ReleasedRow, Status, policy
from earlyhelp.release.pathway import ReleasedLine, known_from, publish_lines

PLACES = [place.code for stage in STAGES for place in stage.places]
STEPS = [stage.code for stage in STAGES if stage.step]
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
DFE = policy("dfe")
Seen = tuple[np.ndarray, np.ndarray, list[float]]
"""Equations over places and steps, what each comes to, and the least that each place or step can be."""


def line_of(unrecorded: dict[str, int] | None = None, **at: int) -> Line:
    return Line(YEAR, dict.fromkeys(PLACES, 0) | at, dict.fromkeys(STEPS, 0) | (unrecorded or {}))


def released(line: Line, name: str = "dfe") -> ReleasedLine:
    [found] = publish_lines([line], policy(name))
    return found


LARGE = {code: 100 + at for at, code in enumerate(PLACES)}


def test_counts_beyond_the_hidden_range_are_shown_as_they_are():
    line = line_of(**LARGE)
    found = released(line)
    assert found.status is Status.OK
    assert {stage.code: stage.came for stage in found.stages} == line.came
    assert {place.code: place.requests for stage in found.stages for place in stage.places} == LARGE


def test_a_small_count_is_hidden_with_another_of_its_stage_and_zero_is_shown():
    found = released(line_of(**LARGE | {"advice": 3, "universal": 0}))
    decided = {place.code: place.requests for place in found.stage("decision").places}
    assert found.status is Status.SUPPRESSED
    assert decided["advice"] is None
    assert decided["universal"] == 0
    assert sum(count is None for count in decided.values()) >= 2


def test_the_only_place_of_a_stage_is_not_told_by_the_difference_of_two_stages():
    found = released(line_of(**LARGE | {"planned": 2}))
    assert found.stage("planned").places[0].requests is None
    assert None in (found.stage("planned").came, found.stage("reviewed").came)


def test_what_a_measure_tells_of_the_same_requests_is_shown_and_something_else_hidden_instead():
    line = line_of(
        **LARGE | {"stepped_up_waiting": 2, "declined_waiting": 0, "other_waiting": 0, "waiting": 0, "no_episode": 0}
    )
    known = {("came", "request"): line.came["request"], ("decided", "early_help"): line.came["accepted"]}
    known |= {("at", each.code): line.at[each.code] for each in STAGES[1].places}
    [found] = publish_lines([line], DFE, {YEAR.start: known})
    assert found.stage("request").came == line.came["request"]
    assert all(place.requests is not None for place in found.stage("decision").places)
    assert found.stage("helped").came is None


def test_what_the_measures_tell_is_found_by_year_and_decision():
    def row(decision: str, count: float | None, **dims: str) -> ReleasedRow:
        dims = {"decision_code": decision} if decision else {}
        return ReleasedRow("A3", *YEAR, dims, {}, count, None, None, None, None, Status.OK)

    decisions = [row("advice", 12), row("early_help", 30), row("unmapped", 6), row("not_recorded", 7), row("nfa", None)]
    known = known_from(Released(CATALOGUE["A1"], DFE, [row("", 60)]), Released(CATALOGUE["A3"], DFE, decisions))
    assert known == {YEAR.start: {
        ("came", "request"): 60, ("at", "advice"): 12, ("decided", "early_help"): 30, ("decided", "unread"): 13,
    }}  # fmt: skip


def test_few_without_a_record_are_not_told_nor_are_few_with_one():
    few_without = released(line_of({"assessed": 2}, **LARGE))
    few_with = released(line_of({"reviewed": sum([LARGE[code] for code in PLACES[-6:]]) - 3}, **LARGE))
    assert few_without.stage("assessed").unrecorded is None
    assert few_with.stage("reviewed").unrecorded is None or few_with.stage("reviewed").came is None


def test_under_rounding_every_count_is_rounded_and_few_are_hidden():
    found = released(line_of(**LARGE | {"advice": 7, "universal": 8}), "nhs")
    decided = {place.code: place.requests for place in found.stage("decision").places}
    assert (decided["advice"], decided["universal"]) == (None, 10)
    assert all(stage.came is not None and stage.came % 5 == 0 for stage in found.stages)


def test_a_year_of_which_all_is_few_tells_nothing():
    found = released(line_of(advice=1, nfa=1))
    assert found.stage("request").came is None
    assert {place.requests for place in found.stage("decision").places} == {None, 0}


def test_where_all_but_the_small_end_is_known_from_elsewhere_nothing_of_the_line_is_told():
    """Nothing that could still be hidden keeps it from being what came less what went on and the other ends."""
    line = line_of(**LARGE | {"advice": 3})
    known = {("came", code): number for code, number in line.came.items()}
    known |= {("at", code): number for code, number in line.at.items() if code != "advice"}
    [found] = publish_lines([line], DFE, {YEAR.start: known})
    assert found.status is Status.SUPPRESSED
    assert {stage.came for stage in found.stages} == {None}
    assert {place.requests for stage in found.stages for place in stage.places} == {None}


COUNTS = st.one_of(st.just(0), st.integers(1, 6), st.integers(5, 40))


@st.composite
def any_line(draw: st.DrawFn) -> Line:
    line = line_of(**{code: draw(COUNTS) for code in PLACES})
    most = line.came | {"decision": line.came["accepted"]}  # a decision that is told is recorded
    return Line(YEAR, line.at, {code: draw(st.integers(0, most[code])) for code in STEPS})


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_line(), st.data())
def test_whoever_sees_all_of_it_and_the_measures_cannot_prove_a_count_or_difference_small(
    line: Line, data: st.DataObject
):
    sums = told_elsewhere() | everything_to_be_known(line)
    large = [name for name in told_elsewhere() if not DFE.hides(sums[name] @ exact(line))]
    told = data.draw(st.sets(st.sampled_from(large))) if large else set()
    nothing = np.empty((0, len(PLACES) + len(STEPS))), np.empty(0), [0.0] * (len(PLACES) + len(STEPS))
    assume(not list(proved_small(line, sums, nothing, told)))  # else the measures alone prove it
    [found] = publish_lines([line], DFE, {YEAR.start: {name: sums[name] @ exact(line) for name in told}})
    assert list(proved_small(line, sums, what_is_seen(found), told)) == []


def proved_small(line: Line, sums: dict[object, np.ndarray], seen: Seen, told: set[object]) -> Iterator[object]:
    """The small counts that must be small in every table that fits what is seen here and told elsewhere."""
    equal, totals, lower = seen
    equal = np.vstack([equal, *(sums[name] for name in told)])
    totals = np.append(totals, [sums[name] @ exact(line) for name in told])
    no_more = np.array([-sums[f"with {code}"] for code in STEPS])
    for name, row in sums.items():
        if DFE.hides(row @ exact(line)):
            most = linprog(-row, no_more, np.zeros(len(no_more)), equal, totals, [(low, None) for low in lower])
            if most.status != 3 and -most.fun < DFE.highest + 1 - 1e-6:
                yield name


def exact(line: Line) -> np.ndarray:
    return np.array([*(line.at[code] for code in PLACES), *(line.unrecorded[code] for code in STEPS)], dtype=float)


def everything_to_be_known(line: Line) -> dict[object, np.ndarray]:
    """Each place, kind, stage, difference of stages, and those with and without a record, as sums of places and steps."""
    rows = {
        code: np.eye(len(PLACES) + len(STEPS))[at]
        for at, code in enumerate([*PLACES, *(f"no {each}" for each in STEPS)])
    }
    came = _came()
    rows |= {f"came {code}": row for code, row in came.items()}
    codes = list(came)
    rows |= {f"{a} less {b}": came[a] - came[b] for at, a in enumerate(codes) for b in codes[at + 1 :]}
    rows |= {f"with {code}": came[code] - rows[f"no {code}"] for code in STEPS}
    return rows


def _came() -> dict[str, np.ndarray]:
    size = len(PLACES) + len(STEPS)
    return {
        stage.code: np.array(
            [float(any(place == each.code for later in STAGES[at:] for each in later.places)) for place in PLACES]
            + [0.0] * (size - len(PLACES))
        )
        for at, stage in enumerate(STAGES)
    }


def what_is_seen(found: ReleasedLine) -> Seen:
    """What is shown as equations over places and steps; a hidden place or step is at least 1, as zeros are shown."""
    came, eye = _came(), np.eye(len(PLACES) + len(STEPS))
    rows, totals, lower = [], [], [0.0] * len(eye)
    for stage in found.stages:
        seen = [(came[stage.code], stage.came)]
        places = {place.code: eye[PLACES.index(place.code)] for place in stage.places}
        seen += [(places[place.code], place.requests) for place in stage.places]
        for kind, count in stage.by_kind.items():
            seen.append((np.sum([places[each.code] for each in stage.places if each.kind is kind], axis=0), count))
        if stage.step:
            seen.append((eye[len(PLACES) + STEPS.index(stage.code)], stage.unrecorded))
        for row, count in seen:
            if count is not None:
                rows.append(row)
                totals.append(count)
            elif row.sum() == 1:
                lower[int(np.argmax(row))] = 1.0
    if not any(place.requests is not None for stage in found.stages for place in stage.places):  # zeros are hidden too
        lower = [0.0] * len(eye)
    return np.array(rows).reshape(len(rows), len(eye)), np.array(totals), lower


def told_elsewhere() -> dict[object, np.ndarray]:
    """What the measures A1 and A3 may tell: all requests, each decision, those accepted by it, and those not to be read."""
    rows = np.eye(len(PLACES) + len(STEPS))
    undecided = rows[len(PLACES) + STEPS.index("decision")]
    decided: dict[object, np.ndarray] = {("at", each.code): rows[PLACES.index(each.code)] for each in STAGES[1].places}
    return decided | {
        ("came", "request"): _came()["request"],
        ("decided", "early_help"): _came()["accepted"] - undecided,
        ("decided", "unread"): rows[PLACES.index("no_decision")] + undecided,
    }


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.code)
def test_kinds_of_a_stage_are_the_sums_of_its_places(stage):
    found = released(line_of(**LARGE)).stage(stage.code)
    assert {
        kind: sum(each.requests or 0 for each in found.places if each.kind is kind) for kind in found.by_kind
    } == dict(found.by_kind)
    assert set(found.by_kind) <= set(Kind)
