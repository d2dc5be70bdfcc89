"""The line drawn: every bar is the sum of its parts, hidden counts stay hidden, and the table tells what the chart does."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.measures.pathway import STAGES, Line
from earlyhelp.measures.periods import Period
from earlyhelp.release import policy
from earlyhelp.release.pathway import ReleasedLine, publish_lines
from earlyhelp.reports import flow

PLACES = [place.code for stage in STAGES for place in stage.places]
LARGE = {code: 100 + at for at, code in enumerate(PLACES)}


def line(at: dict[str, int], name: str = "dfe", *, joined_by_person: bool = False) -> ReleasedLine:
    recorded = {each.code: 0 for each in STAGES if each.step}
    counted = Line(Period(date(2024, 4, 1), date(2025, 3, 31)), at, recorded, joined_by_person)
    [found] = publish_lines([counted], policy(name))
    return found


def drawn(figure) -> dict[str, list[tuple[str, float, float]]]:
    """The parts of each bar of a chart, from its own data."""
    [bars] = [each for each in figure.spec["layer"] if each["mark"]["type"] == "bar"]
    found: dict[str, list[tuple[str, float, float]]] = {}
    for row in bars["data"]["values"]:
        found.setdefault(row["stage"], []).append((row["part"], row["start"], row["end"]))
    return found


@pytest.mark.parametrize("codes", [flow.TO_HELP, flow.FROM_HELP])
def test_the_parts_of_a_bar_lie_end_to_end_and_fill_it(codes):
    released = line(LARGE)
    for code, parts in drawn(flow.figure(released, codes, "The line")).items():
        ends = [0.0, *(end for _, _, end in parts)]
        assert [start for _, start, _ in parts] == ends[:-1]
        assert ends[-1] == released.stage(code).came


def test_both_charts_together_hold_every_stage():
    assert set(flow.TO_HELP) | set(flow.FROM_HELP) == {stage.code for stage in STAGES}


def test_hidden_places_are_one_part_that_is_not_told_apart():
    figure = flow.figure(line(LARGE | {"pending": 2}), flow.TO_HELP, "The line")
    assert [name for name, *_ in drawn(figure)["request"]] == ["went on", "not told apart"]
    assert "went on, 103 not told apart" in figure.alt
    assert figure.table.rows[0][3] == "too few to say"


def test_a_stage_that_is_hidden_has_no_bar_and_no_line_from_it():
    released = line(LARGE | {"planned": 2})
    figure = flow.figure(released, flow.FROM_HELP, "The line")
    hidden = [stage.code for stage in released.stages if stage.came is None]
    assert hidden
    assert not set(hidden) & drawn(figure).keys()
    [lines] = [each for each in figure.spec["layer"] if each["mark"]["type"] == "rule"]
    assert not {row["stage"] for row in lines["data"]["values"]} & set(hidden)
    assert [row[1] for row in figure.table.rows if row[1] == "too few to say"]


def test_nobody_is_told_as_0_and_is_no_row_of_what_became_of_them():
    released = line(LARGE | {"nfa": 0})
    words = [row[0] for row in flow.where_they_stand(released, "Where").rows]
    assert "No further action" not in words
    assert len(words) == len(PLACES) - 1


def test_what_is_rounded_may_add_up_to_a_little_more_or_less_and_is_never_less_than_nothing():
    found = flow.parts(line(LARGE | {"pending": 103}, "nhs").stage("request"), None)
    assert all(part.requests > 0 for part in found)


def test_every_part_has_a_colour_of_its_own_and_letters_are_ink():
    assert len(set(flow.FILLS.values())) == len(flow.FILLS)
    words = [
        each["mark"]
        for each in flow.figure(line(LARGE), flow.FROM_HELP, "x").spec["layer"]
        if each["mark"]["type"] == "text"
    ]
    assert {mark["color"] for mark in words} == {"#0b0c0c"}


def test_requests_joined_by_person_and_day_are_said_to_be_and_others_need_no_words():
    [note] = flow.how_joined(line(LARGE, joined_by_person=True))
    assert "to the first episode of the same person that began on its day or in the 60 days after it" in note.text
    assert flow.how_joined(line(LARGE)) == []
