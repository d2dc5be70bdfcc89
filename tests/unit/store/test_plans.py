"""Plans of studies: kept once, with the first moment, so that anybody can see that the plan came before the answer."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from earlyhelp.store.plans import register, registered
from earlyhelp.store.workspace import Workspace, create_workspace

FIRST, LATER = "2026-04-01T09:00:00+00:00", "2026-05-01T09:00:00+00:00"
PLAN = {"study": "service:S01", "outcome": "step_up", "window": 12}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "council", "E09000032")


def test_a_plan_is_kept_with_the_moment_at_which_it_was_declared(workspace: Workspace):
    assert register(workspace, "a1", PLAN, FIRST) == FIRST
    assert registered(workspace) == [{"plan": "a1", "declared": FIRST, "snapshot": None, "declaration": PLAN}]


def test_a_plan_declared_again_keeps_its_first_moment_and_its_first_words(workspace: Workspace):
    register(workspace, "a1", PLAN, FIRST)
    assert register(workspace, "a1", {"study": "another"}, LATER) == FIRST
    assert [(each["declared"], each["declaration"]) for each in registered(workspace)] == [(FIRST, PLAN)]


def test_plans_are_listed_in_the_order_in_which_they_were_declared(workspace: Workspace):
    for plan, when in (("b", LATER), ("c", FIRST), ("a", LATER)):
        register(workspace, plan, PLAN, when)
    assert [each["plan"] for each in registered(workspace)] == ["c", "a", "b"]


def test_a_plan_names_the_snapshot_that_was_current_when_it_was_declared(workspace: Workspace):
    workspace.point_to("s-1")
    register(workspace, "a1", PLAN, FIRST)
    workspace.point_to("s-2")
    register(workspace, "a1", PLAN, LATER)
    assert [each["snapshot"] for each in registered(workspace)] == ["s-1"]


def test_a_workspace_without_studies_has_no_plans(workspace: Workspace):
    assert registered(workspace) == []


def test_plans_lie_where_their_owner_alone_can_look(workspace: Workspace):
    register(workspace, "a1", PLAN, FIRST)
    assert stat.S_IMODE((workspace.store / "plans").stat().st_mode) == 0o700
