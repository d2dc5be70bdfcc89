"""The steps of the blueprint: who acts and in which system, as shares of released cases, and what the records do not say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.reports import released
from tests.unit.reports.documents.own_figures import asked, row, table, written

from earlyhelp.measures import CATALOGUE, Question, splits_of
from earlyhelp.measures.roles import ASSESS
from earlyhelp.release import Status
from earlyhelp.release.roles import ReleasedRoles
from earlyhelp.reports.answers.prepared import Part, Wanted
from earlyhelp.reports.documents.blueprint_steps import STEPS, SYSTEM, shares, wanted
from earlyhelp.standard import Sensitivity

ASKED = asked("A1", 200)


def split(measure: str, by: str, counts: dict[str, float | None], labels: dict[str, str] | None = None):
    """A measure asked by a split: what it counts of each group; None is hidden."""
    rows = []
    for code, count in counts.items():
        told = row(measure, count, **{by: code})
        if CATALOGUE[measure].statistic != "count":
            told = replace(told, denominator=count)
        rows.append(replace(told, labels={f"{by}_label": (labels or {}).get(code, code)}))
    part = asked(measure, 1.0)[1]
    part = Part(replace(part.released, rows=tuple(rows)), [f"C{measure}{code}" for code in counts])
    return Wanted(measure, Question(by=(by,)), days=365), part


def said(*parts, by: str = "source_code", measure: str = "A1") -> str:
    return shares(released.material(parts=parts), measure, by)


def test_groups_are_told_as_shares_of_all_cases_the_largest_first():
    police = split("A1", "source_code", {"2A": 40, "6": 160}, {"2A": "Schools", "6": "Police"})
    assert said(ASKED, police) == "Police 80%, Schools 20%"


def test_what_is_hidden_is_others_and_what_is_not_recorded_comes_last():
    found = split("A1", "source_code", {"6": 150, "2A": None, "1A": None, "not_recorded": 20})
    assert said(ASKED, found) == "6 75%, others, not recorded 10%"


def test_where_all_is_hidden_there_are_too_few_and_where_nothing_is_recorded_the_records_do_not_say():
    assert said(ASKED, split("A1", "source_code", {"6": None, "2A": None})) == "too few to say"
    assert said(ASKED, split("A1", "source_code", {"not_recorded": 190, "unmapped": 10})) == "the records do not say"
    assert said(ASKED) == "the records do not say"
    few = split("A1", "source_code", {"6": None, "2A": None, "not_recorded": 190})
    assert said(ASKED, few) == "too few to say, not recorded 95%"


def test_only_all_is_told_as_all():
    assert said(ASKED, split("A1", "source_code", {"6": 199.5})) == "6 over 99%"
    assert said(ASKED, split("A1", "source_code", {"6": 200})) == "6 100%"


def test_names_in_other_letters_are_one_and_groups_of_less_than_one_in_a_hundred_are_left_out():
    teams = split("A1", "team", {"Front door": 150, "FRONT DOOR": 9, "Night": 40, "Elm": 1})
    assert said(ASKED, teams, by="team") == "Front door 80%, Night 20%, others"


def test_of_a_share_its_denominator_are_the_cases():
    whole = asked("F1", 0.5)[1]
    whole = replace(whole, released=replace(whole.released, rows=(replace(row("F1", 0.5), denominator=80),)))
    by_lead = split("F1", "org_type", {"school": 60, "health": 20})
    assert said((asked("F1", 0.5)[0], whole), by_lead, by="org_type", measure="F1") == "school 75%, health 25%"


def steps(*parts, **more) -> dict[str, tuple[str, ...]]:
    content = written("service-blueprint", parts=(ASKED, *parts), **more)
    return {each[0]: each[1:] for each in table(content, "Each step").rows}


def test_a_step_tells_who_acts_and_the_system_by_its_name():
    found = steps(
        split("A1", "source_code", {"6": 200}, {"6": "Police"}),
        split("A1", "team", {"Front door": 200}),
        split("A1", SYSTEM, {"mosaic": 150, "annex_a": 50}),
    )
    systems = "Mosaic 75%, Ofsted Annex A child-level data 25%"
    assert found["Somebody asks"][:2] == ("who asks: Police 100%", systems)
    assert found["The request is decided, and whoever asked is told"][:2] == ("team: Front door 100%", systems)
    assert found["Help ends"][:2] == ("the records do not say", "the records do not say")
    assert found["Twelve months on"][0].startswith("nobody")


def test_a_system_of_few_cases_is_named_without_a_share():
    found = steps(split("A1", SYSTEM, {"mosaic": 150, "annex_a": None, "ecaf": None}))
    assert found["Somebody asks"][1] == "Mosaic 75%, Ofsted Annex A child-level data and eCAF (too few to say)"
    hidden = steps(split("A1", SYSTEM, {"mosaic": None, "annex_a": None}))
    assert hidden["Somebody asks"][1] == "Mosaic and Ofsted Annex A child-level data (too few to say)"


def test_a_share_that_is_hidden_still_tells_its_cases_where_those_are_shown():
    whole = replace(row("C9", None), denominator=40)
    part = asked("C9", None)[1]
    hidden = (asked("C9", None)[0], replace(part, released=replace(part.released, rows=(whole,))))
    wanted_by, by_team = split("C9", "team", {"North": 40})
    rows = tuple(replace(each, numerator=None, value=None, status=Status.SUPPRESSED) for each in by_team.released.rows)
    by_team = replace(by_team, released=replace(by_team.released, rows=rows))
    assert steps(hidden, (wanted_by, by_team))["The family waits for a worker"][0] == "team: North 100%"


def test_roles_are_told_beside_the_kind_of_organisation():
    assess = ReleasedRoles(100, (("Health visitor", 60), ("Teacher", 30)), 10, left_out=True)
    found = steps(roles={ASSESS: assess})
    words = "role: Health visitor 60%, Teacher 30%, others, not recorded 10%"
    assert found["The family is assessed, and a plan made"][0] == words


def test_roles_of_few_in_all_are_too_few_to_say_and_without_any_the_records_do_not_say():
    step = "The family is assessed, and a plan made"
    assert steps(roles={ASSESS: ReleasedRoles(None, (), None, left_out=True)})[step][0] == "role: too few to say"
    assert steps(roles={ASSESS: ReleasedRoles(40, (), 40, left_out=False)})[step][0] == "the records do not say"


def test_a_teams_name_that_sounds_like_a_claim_is_a_name():
    named = {"Reducing Parental Conflict saves £2 million": 200}
    assert "Reducing" in steps(split("A1", "team", named))["The request is decided, and whoever asked is told"][0]


@pytest.mark.parametrize("asked_for", [each for each in wanted() if each.asked.by], ids=str)
def test_each_split_is_offered_by_its_measure_and_its_column_names_nobody(asked_for):
    measure, [by] = CATALOGUE[asked_for.measure], asked_for.asked.by
    assert by in splits_of(measure)
    column = measure.of.columns.get(by)
    assert by == SYSTEM or (column is not None and column.sensitivity is Sensitivity.NONE)


def test_each_figure_that_a_step_needs_is_asked_for_once():
    found = list(wanted())
    assert len(found) == len(set(map(str, found)))
    needed = {each for step in STEPS for each in (*step.volumes, *step.waits, *step.recorded)}
    assert needed | {each.measure for step in STEPS for each in step.who} == {each.measure for each in found}
