"""The register of releases: nothing leaves on one person's word, and no record can be put in, changed or taken out unseen."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from earlyhelp.errors import EarlyHelpError, GateClosed, InputRefused
from earlyhelp.store.audit import record
from earlyhelp.store.releases import MOVES, RULE, Action, Proposal, Release, Releases, State, after
from earlyhelp.store.workspace import Workspace, create_workspace

WHEN = "2026-07-01T09:00:00+00:00"
PROPOSAL = Proposal("pack", "Pack", "anybody", "pack", 5, "s1", "abc", True, ("All was attacked.",), True)
ALONE = replace(PROPOSAL, second_person=False)
FAILED = replace(PROPOSAL, audit_passed=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "council", "E09000032")


@pytest.fixture
def register(workspace: Workspace) -> Releases:
    return Releases(workspace)


def file_of(workspace: Workspace) -> Path:
    return workspace.store / "releases" / "register.jsonl"


def leave(register: Releases, release: str, content: str = "abc") -> Release:
    return register.release(release, "ann", WHEN, content=content, sha256="f" * 64, kept=b"bytes")


def test_a_release_is_proposed_approved_by_another_and_leaves(register: Releases):
    proposed = register.propose(PROPOSAL, "ann", WHEN)
    assert (proposed.id, proposed.state, proposed.author) == ("R1", State.PROPOSED, "ann")
    assert register.approve("R1", "bob", WHEN).approver == "bob"
    gone = leave(register, "R1")
    assert gone.state is State.RELEASED
    assert register.bytes_of(gone) == b"bytes"
    assert register.listed() == [gone]
    assert register.listed()[0].proposal == PROPOSAL


@pytest.mark.parametrize("name", ["ann", "Ann", " ANN "])
def test_the_author_is_never_the_approver(register: Releases, name: str):
    register.propose(PROPOSAL, "ann", WHEN)
    with pytest.raises(GateClosed, match="cannot approve"):
        register.approve("R1", name, WHEN)
    assert register.called("R1").state is State.PROPOSED


def test_a_failed_audit_refuses_the_release_and_nobody_can_approve_it(register: Releases):
    refused = register.propose(FAILED, "ann", WHEN)
    assert (refused.state, refused.reason) == (State.REFUSED, "The audit failed.")
    for try_it in (lambda: register.approve("R1", "bob", WHEN), lambda: register.approve_by_rule("R1", WHEN)):
        with pytest.raises(GateClosed):
            try_it()
    with pytest.raises(GateClosed):
        leave(register, "R1")


def test_a_proposal_whose_audit_failed_could_not_be_approved_even_before_it_is_refused():
    proposed = after(None, event("propose", proposal={**vars(FAILED), "second_person": False}))
    for action in ("approve", "approve_by_rule"):
        with pytest.raises(GateClosed, match="audit of this release failed"):
            after(proposed, event(action, account="bob" if action == "approve" else RULE))


@pytest.mark.parametrize(
    ("action", "account"), [("approve", RULE), ("approve_by_rule", "bob"), ("approve_by_rule", "ann")]
)
def test_nobody_can_pass_for_the_rule_nor_the_rule_for_somebody(action: str, account: str):
    with pytest.raises(GateClosed, match="no person is the rule"):
        after(None, event("propose", proposal=vars(ALONE), account=RULE))
    proposed = after(None, event("propose", proposal=vars(ALONE)))
    with pytest.raises(GateClosed, match="no person is the rule"):
        after(proposed, event(action, account=account))


def test_nothing_leaves_unapproved(register: Releases):
    register.propose(PROPOSAL, "ann", WHEN)
    with pytest.raises(GateClosed, match="is proposed, so it cannot be"):
        leave(register, "R1")
    assert register.called("R1").sha256 == ""


def test_the_rule_approves_only_where_nobody_else_is_asked_for(register: Releases):
    register.propose(PROPOSAL, "ann", WHEN)
    with pytest.raises(GateClosed, match="needs a second person"):
        register.approve_by_rule("R1", WHEN)
    register.propose(ALONE, "ann", WHEN)
    assert register.approve_by_rule("R2", WHEN).approver == RULE
    assert leave(register, "R2").state is State.RELEASED


def test_what_leaves_is_what_was_approved(register: Releases):
    register.propose(PROPOSAL, "ann", WHEN)
    register.approve("R1", "bob", WHEN)
    with pytest.raises(GateClosed, match="not what was approved"):
        leave(register, "R1", content="other")


def test_an_approval_can_be_taken_back_until_it_has_left(register: Releases):
    register.propose(PROPOSAL, "ann", WHEN)
    register.approve("R1", "bob", WHEN)
    assert register.refuse("R1", "cat", WHEN, "A mistake in March.").state is State.REFUSED
    with pytest.raises(GateClosed):
        leave(register, "R1")
    register.propose(ALONE, "ann", WHEN)
    register.approve_by_rule("R2", WHEN)
    leave(register, "R2")
    with pytest.raises(GateClosed):
        register.refuse("R2", "cat", WHEN, "Too late.")


def test_a_release_there_is_not_is_refused(register: Releases):
    with pytest.raises(InputRefused, match="no release R9"):
        register.approve("R9", "bob", WHEN)
    with pytest.raises(InputRefused, match="no release R9"):
        register.called("R9")
    assert register.listed() == []


def event(action: str, **more: object) -> dict[str, object]:
    return {"release": "R1", "action": action, "account": "ann", "at": WHEN, **more}


def test_no_walk_of_ten_thousand_steps_leaves_the_table_or_lets_one_person_release():
    """A model beside it: what may follow what, written out a second time as sets."""
    chance = random.Random(7)
    may = {
        None: {"propose"},
        State.PROPOSED: {"approve", "approve_by_rule", "refuse"},
        State.APPROVED: {"refuse", "release"},
        State.REFUSED: set(),
        State.RELEASED: set(),
    }
    now: Release | None = None
    left = 0
    for _ in range(10_000):
        action, account = chance.choice(list(Action)), chance.choice(["ann", "bob", "Ann", RULE])
        told = {**vars(PROPOSAL), "second_person": chance.random() < 0.5, "audit_passed": chance.random() < 0.8}
        step = event(action, account=account, proposal=told, content=chance.choice(["abc", "other"]), sha256="f")
        try:
            moved = after(now, step)
        except GateClosed:
            continue
        assert action in may[now.state if now else None]
        if moved.state is State.RELEASED:
            left += 1
            assert moved.proposal.audit_passed
            assert moved.approver.casefold() != moved.author.casefold()
            assert moved.approver != RULE or not moved.proposal.second_person
        now = None if moved.state in (State.REFUSED, State.RELEASED) else moved
    assert left > 50


def test_the_ends_are_ends():
    assert not any(state in (State.REFUSED, State.RELEASED) for state, _ in MOVES)


@pytest.mark.parametrize("what", ["changed", "taken out", "exchanged", "cut", "put in", "cut off", "all gone"])
def test_a_record_changed_by_hand_stops_everything(workspace: Workspace, register: Releases, what: str):
    register.propose(ALONE, "ann", WHEN)
    register.approve_by_rule("R1", WHEN)
    register.propose(ALONE, "ann", WHEN)
    file = file_of(workspace)
    lines = file.read_text().splitlines()
    changed = {
        "changed": [lines[0].replace('"ann"', '"bob"'), *lines[1:]],
        "taken out": [lines[0], lines[2]],
        "exchanged": [lines[1], lines[0], lines[2]],
        "cut": [*lines[:2], lines[2][:40]],
        "cut off": lines[:2],
        "all gone": [],
        "put in": [*lines, json.dumps({**event("approve", account="bob"), "seal": "0" * 32})],
    }[what]
    file.write_text("".join(f"{line}\n" for line in changed))
    with pytest.raises(EarlyHelpError, match="changed or taken out"):
        register.listed()
    with pytest.raises(EarlyHelpError, match="changed or taken out"):
        register.approve("R1", "bob", WHEN)


def test_a_record_with_a_good_seal_that_may_not_be_is_noticed_too(workspace: Workspace, register: Releases):
    register.propose(PROPOSAL, "ann", WHEN)
    record(file_of(workspace), workspace.pseudonyms, event("approve", account="ann"))
    with pytest.raises(EarlyHelpError, match="Record 2"):
        register.listed()


def test_two_people_who_decide_at_the_same_moment_cannot_both_have_their_way(workspace: Workspace, register: Releases):
    register.propose(PROPOSAL, "ann", WHEN)
    ended: list[str] = []

    def decide(act) -> None:
        try:
            ended.append(str(act().state))
        except GateClosed:
            ended.append("no")

    register.approve("R1", "bob", WHEN)
    both = [
        Thread(target=decide, args=(lambda: Releases(workspace).refuse("R1", "cat", WHEN, "No."),)),
        Thread(target=decide, args=(lambda: leave(Releases(workspace), "R1"),)),
    ]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(ended) in (["no", "refused"], ["no", "released"])
    assert str(register.called("R1").state) in ended


def test_what_is_kept_of_a_release_is_its_owners_alone_and_missing_bytes_are_said(
    workspace: Workspace, register: Releases
):
    register.propose(ALONE, "ann", WHEN)
    register.approve_by_rule("R1", WHEN)
    gone = leave(register, "R1")
    kept = workspace.store / "releases" / f"{'f' * 64}.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.unlink()
    with pytest.raises(InputRefused, match="Nothing is kept"):
        register.bytes_of(gone)
