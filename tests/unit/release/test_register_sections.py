"""What a document tells besides its measures is attacked with all that left: small lines, pages, roles, waits and studies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.register_tables import PLACES, YEAR, about, of_measure, table

from earlyhelp.measures.pathway import STAGES, Line
from earlyhelp.release import ReleasedWaiting, Status, policy
from earlyhelp.release.findings import ReleasedFinding
from earlyhelp.release.partners import AboutPartner, ReleasedGroup, ReleasedPartner, ReleasedTold
from earlyhelp.release.pathway import ReleasedLine, publish_lines
from earlyhelp.release.register_audit import Earlier, RegisterAudit, audited
from earlyhelp.release.register_cells import Numbered, laid_out
from earlyhelp.release.register_sections import (
    finding_tables,
    line_tables,
    partner_tables,
    roles_tables,
    waiting_tables,
)
from earlyhelp.release.register_table import ReleasedTable, table_from
from earlyhelp.release.roles import ReleasedRoles
from earlyhelp.reports.documents import Material

DFE, ROUNDED = policy("dfe"), policy("open-data")
AT = {place.code: 100 + at for at, place in enumerate(place for stage in STAGES for place in stage.places)}
STEPS = [stage.code for stage in STAGES if stage.step]
DAYS = (YEAR.start, YEAR.end)


def attacked(new: Sequence[ReleasedTable], *earlier: Sequence[ReleasedTable]) -> RegisterAudit:
    return audited(new, [Earlier(f"R{number}", tuple(each)) for number, each in enumerate(earlier, 1)], PLACES)


def line(unrecorded: int = 20, rule: str = "dfe", **at: int) -> ReleasedLine:
    [found] = publish_lines([Line(YEAR, AT | at, dict.fromkeys(STEPS, unrecorded))], policy(rule))
    return found


def lines(found: ReleasedLine, rule: str = "dfe", snapshot: str = "s1") -> list[ReleasedTable]:
    return line_tables([found], policy(rule), about(snapshot))


def with_place(found: ReleasedLine, code: str, requests: float | None) -> ReleasedLine:
    """The line as somebody would tell it who looked at one place alone."""
    stages = tuple(
        replace(
            stage,
            places=tuple(replace(place, requests=requests) if place.code == code else place for place in stage.places),
        )
        for stage in found.stages
    )
    return replace(found, stages=stages)


def test_a_line_is_told_by_its_stages_places_and_those_who_came_past_without_a_record():
    [made] = lines(line(20, advice=3))
    told = {tuple(row.dims.values()): row for row in made.rows}
    assert told["came decision", "undecided"].dims == {"place_on_line": "came decision", "decision_code": "undecided"}
    assert told["came decision", "undecided"].numerator == told["came helped", "none"].numerator == 20
    assert told["came helped", "none"].dims == {"place_on_line": "came helped", "record of helped": "none"}
    assert not {("came request", "none"), ("came accepted", "none"), ("came closed", "none")} & told.keys()
    assert (told["advice",].is_hidden, told["advice", "advice"].is_hidden, told["nfa",].status) == (True, True, "ok")


def test_a_line_that_passed_the_door_passes_the_register():
    found = attacked(lines(line(advice=3, planned=2, universal=0)))
    assert (found.passed, found.undone) == (True, "")
    assert found.counts > 40


def test_a_line_that_hides_one_small_place_and_nothing_else_is_stopped():
    assert attacked(lines(with_place(line(advice=30), "advice", None))).passed  # 30 may stand behind a symbol
    found = attacked(lines(with_place(line(advice=3), "universal", AT["universal"])))
    assert found.small > 0


@given(st.dictionaries(st.sampled_from(sorted(AT)), st.integers(0, 9), max_size=6), st.integers(0, 30))
@settings(max_examples=25, deadline=None)
def test_no_line_from_the_door_is_stopped(few, unrecorded):
    assert attacked(lines(line(unrecorded, **few))).passed


def decisions(helped_after_advice: int) -> ReleasedTable:
    """The requests of the line's year by decision, as their measure counts them; of 20 accepted ones none is recorded."""
    counts = {place.code: AT[place.code] for place in STAGES[1].places} | {"pending": AT["pending"]}
    counts["advice"] += helped_after_advice
    counts["not_recorded"] = AT["no_decision"] + 20
    counts["early_help"] = sum(AT.values()) - sum(counts.values())
    return table(("decision_code",), {(YEAR, (code,)): float(count) for code, count in counts.items()})


@pytest.mark.parametrize(("helped_after_advice", "stopped"), [(0, False), (3, True), (15, False)])
def test_a_line_and_a_table_of_the_decisions_are_laid_on_each_other(helped_after_advice, stopped):
    """Of those with the decision "advice" all but 3 stand there on the line: 3 came to early help after all."""
    found = attacked(lines(line()), [decisions(helped_after_advice)])
    assert (found.small > 0, found.undone, found.beside) == (stopped, "", ("R1",))


def test_a_measure_that_leaves_some_decisions_out_is_laid_on_a_line_that_names_them_in_sets():
    """A4 leaves out who is pending and who has no decision recorded. Of the line's 27 without a decision that can be read, 25
    have one that nobody can read: A4 counts them.
    """
    told = lines(line(0, no_decision=27, pending=11))
    counted = sum(AT.values()) - AT["no_decision"] - AT["pending"] + 25
    returned = of_measure("A4", (), {(YEAR, ()): (float(AT["returned"] + AT["nfa"]), float(counted))})
    found = attacked([*told, returned])
    assert (found.undone, found.together) == ("", ("A4", "the line"))


def test_all_decisions_there_are_include_those_that_stand_in_sets_alone_and_no_name_of_a_set():
    returned = of_measure("A4", (), {(YEAR, ()): (200.0, 900.0)})
    numbered = [Numbered("R1", at, each) for at, each in enumerate([*lines(line()), returned])]
    laid = chain.from_iterable(laid_out(numbered, PLACES).values())
    [domain] = {each.listing.domain["decision_code"] for each in laid if "decision_code" in each.listing.domain}
    assert domain >= {"unmapped", "not_recorded", "pending", "early_help", "advice"}
    assert not domain & {"undecided", "no_decision", "no_episode"}


def test_a_line_of_a_later_snapshot_that_moved_by_few_is_stopped_and_by_many_is_not():
    first = lines(line(), snapshot="s1")
    assert not attacked(lines(line(waiting=AT["waiting"] + 3), snapshot="s2"), first).passed
    assert attacked(lines(line(waiting=AT["waiting"] + 40), snapshot="s2"), first).passed


def test_a_rounded_line_may_leave_beside_a_rounded_one():
    first = lines(line(rule="open-data"), "open-data")
    assert attacked(lines(line(rule="open-data", waiting=AT["waiting"] + 3), "open-data", "s2"), first).passed


def page(organisation: str, own: float | None, everybody: float = 500) -> list[ReleasedTable]:
    partner = ReleasedPartner(organisation, organisation, "organisation", ("requestor_organisation",))
    groups = (ReleasedGroup("Advice", own, everybody, "advice"), ReleasedGroup("Accepted", 80, 200, "early_help"))
    told = AboutPartner(partner, ReleasedTold(Status.NO_DATA), ReleasedTold(Status.NO_DATA), groups, ())
    return partner_tables(told, DAYS, DFE, about())


@pytest.mark.parametrize(("hospital", "stopped"), [(17, True), (7, False)])
def test_pages_of_partners_are_laid_on_each_other_and_on_the_requests_by_who_asked(hospital, stopped):
    """Everybody was told "advice" 500 times: the police 480 times, the hospital 17 times, and 3 are left."""
    advice = {"Police": 480.0, "Hospital": float(hospital), "Others": 20.0 - hospital}
    helped = {"Police": 80.0, "Hospital": 80.0, "Others": 40.0}
    counts = {(YEAR, (who, "advice")): n for who, n in advice.items()}
    counts |= {(YEAR, (who, "early_help")): n for who, n in helped.items()}
    made = table(("requestor_organisation", "decision_code"), counts)
    nobody_else = replace(made, rows=tuple(replace(row, numerator=None, status="suppressed") for row in made.rows))
    found = attacked(page("Hospital", hospital), [nobody_else], page("Police", 480))
    assert (found.small > 0, found.undone, found.beside) == (stopped, "", ("R1", "R2"))


def test_a_partner_that_no_split_tells_apart_adds_what_everybody_was_told_alone():
    partner = ReleasedPartner("X", "X", "organisation", ())
    groups = (ReleasedGroup("Advice", 20, 500, "advice"),)
    told = AboutPartner(partner, ReleasedTold(Status.NO_DATA), ReleasedTold(Status.NO_DATA), groups, ())
    [decisions, _] = partner_tables(told, DAYS, DFE, about())
    assert [(row.dims, row.numerator) for row in decisions.rows] == [({"decision_code": "advice"}, 500)]


def roles(teachers: float, nurses: float, everyone: float) -> list[ReleasedTable]:
    told = ReleasedRoles(everyone, (("Teacher", teachers), ("Nurse", nurses)), 0, left_out=True)
    return roles_tables({"assess": told}, DAYS, DFE, about())


def test_roles_that_leave_few_over_are_stopped():
    assert attacked(roles(30, 20, 80)).passed
    assert attacked(roles(30, 20, 53)).small > 0


def study(treated: float | None, compared: float = 400, young: float | None = None, **more: Any) -> ReleasedFinding:
    rows = ({"group": "under_five", "n_treated": young, "n_compared": 100.0},) if young else ()
    blank = {each.name: None for each in fields(ReleasedFinding)}
    given = {"study": "service:S1", "plan": "abc", "windows": (), "groups": rows}
    return ReleasedFinding(**(blank | given | {"n_treated": treated, "n_compared": compared} | more))


def studies(found: ReleasedFinding, as_at: date, snapshot: str) -> list[ReleasedTable]:
    return finding_tables([found], as_at, DFE, about(snapshot))


@pytest.mark.parametrize(("later", "stopped"), [(123, True), (120, False), (140, False)])
def test_a_study_done_again_tells_of_the_families_that_came_in_between(later, stopped):
    before = studies(study(120), date(2026, 3, 31), "s1")
    assert attacked(studies(study(later), date(2026, 4, 30), "s2"), before).passed is not stopped


def test_a_study_is_of_all_families_up_to_the_day_of_the_data():
    [made] = studies(study(120), date(2026, 3, 31), "s1")
    assert {(row.start, row.end) for row in made.rows} == {("2000-01-01", "2026-03-31")}


def test_groups_of_a_study_may_overlap():
    """Families with a child under five and families in need of money are no parts of a whole."""
    rows = tuple({"group": name, "n_treated": 90.0, "n_compared": 300.0} for name in ("under_five", "poor"))
    assert attacked(studies(study(120, groups=rows), date(2026, 3, 31), "s1")).passed


def test_windows_of_a_study_are_told_apart():
    rows = tuple(
        {"outcome": "step_up", "months": months, "n_treated": 100.0 + months, "n_compared": 300.0} for months in (6, 12)
    )
    assert attacked(studies(study(120, windows=rows), date(2026, 3, 31), "s1")).passed


def waiting(now: float | None, north: float, as_at: date = YEAR.end) -> ReleasedWaiting:
    rows = ({"by": "team", "group": "North", "waits": north}, {"by": "team", "group": "South", "waits": 60.0})
    return ReleasedWaiting(Status.OK, (), (), now, groups=rows, since=YEAR.start, as_at=as_at)


def test_the_list_and_its_groups_are_laid_on_what_was_told_of_them_before():
    first = waiting_tables(waiting(40, 70), DFE, about("s1"))
    assert attacked(first).passed
    assert attacked(waiting_tables(waiting(43, 70, date(2026, 4, 30)), DFE, about("s2")), first).passed
    assert attacked(waiting_tables(waiting(43, 70), DFE, about("s2")), first).small > 0


def test_a_list_whose_groups_are_not_told_apart_is_one_count():
    [listed] = waiting_tables(replace(waiting(40, 70), groups=()), DFE, about())
    assert [(row.start, row.end, row.numerator) for row in listed.rows] == [("2026-03-31", "2026-03-31", 40)]


def test_where_nobody_can_tell_who_waits_there_is_no_table():
    assert waiting_tables(ReleasedWaiting(Status.NO_DATA, (), ()), DFE, about()) == []
    assert line_tables([], DFE, about()) == []


def test_the_register_keeps_what_a_set_of_places_stands_for():
    [made] = lines(line())
    assert table_from(made.as_dict()) == made
    assert made.holds["place_on_line"]["came year_after"] == ("statutory_after", "again", "neither", "not_known")


ATTACKED = {"parts", "own", "this_month", "waiting", "findings", "partner", "lines", "roles"}
WORKED_OUT = {"services", "choices"}
"""Of the families that `findings` tells of, and of pounds."""
NO_PEOPLE = {"offer", "spent", "trust", "manifest"}
LEFT_BEFORE = {"comparison"}
ABOUT_IT = {"council", "as_at", "snapshot", "events", "service", "ward"}


def test_all_that_a_document_is_made_of_is_attacked_or_said_not_to_be():
    """Whoever adds something to documents decides here whether the register lays it on what left before."""
    assert {each.name for each in fields(Material)} == ATTACKED | WORKED_OUT | NO_PEOPLE | LEFT_BEFORE | ABOUT_IT
