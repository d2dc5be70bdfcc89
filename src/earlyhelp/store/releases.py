"""The register of releases: what left, to whom, under which policy, what the audit said, and who let it out.

An append-only file in which each record is chained to the one before, and told to the audit log. A release's state is
never stored: it is worked out from its records by one table of moves, at writing and at every reading, so that a record
put in by hand is noticed.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from earlyhelp.errors import EarlyHelpError, GateClosed, InputRefused
from earlyhelp.store.audit import first_broken, record
from earlyhelp.store.files import private_file, private_folder
from earlyhelp.store.keys import Pseudonyms
from earlyhelp.store.workspace import Workspace


class State(StrEnum):
    """How far a release has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    RELEASED = "released"


class Action(StrEnum):
    """What can be done to a release."""

    PROPOSE = "propose"
    APPROVE = "approve"
    APPROVE_BY_RULE = "approve_by_rule"
    REFUSE = "refuse"
    RELEASE = "release"


MOVES: Mapping[tuple[State | None, Action], State] = {
    (None, Action.PROPOSE): State.PROPOSED,
    (State.PROPOSED, Action.APPROVE): State.APPROVED,
    (State.PROPOSED, Action.APPROVE_BY_RULE): State.APPROVED,
    (State.PROPOSED, Action.REFUSE): State.REFUSED,
    (State.APPROVED, Action.REFUSE): State.REFUSED,
    (State.APPROVED, Action.RELEASE): State.RELEASED,
}
"""Every move there is. What is not here cannot be done; refused and released are ends."""

_IN_AUDIT = "release"
"""The event by which the audit log knows a record of the register."""
RULE = "the rule for workspaces without users"
"""Who approves where there is nobody else: the audit alone, under a policy that is safe to publish under."""


@dataclass(frozen=True)
class Proposal:
    """What is to leave. `content`: the hash of it. `audit`: what was checked and found, in sentences; no cell is named.

    `kind`: what it is, such as a pack. `recipients`: to whom it goes. `second_person`: somebody else must approve it.
    """

    kind: str
    title: str
    recipients: str
    policy: str
    round_to: int
    snapshot: str
    content: str
    audit_passed: bool
    audit: tuple[str, ...]
    second_person: bool


@dataclass(frozen=True)
class Release:
    """A proposal and what became of it. Names are accounts, moments are ISO; what has not happened is empty."""

    id: str
    proposal: Proposal
    state: State
    author: str
    proposed: str
    approver: str = ""
    decided: str = ""
    reason: str = ""
    released: str = ""
    sha256: str = ""


class Releases:
    """The register of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._folder = workspace.store / "releases"
        self._file = self._folder / "register.jsonl"
        self._audit = workspace.log / "audit.jsonl"
        self._workspace = workspace

    def listed(self) -> list[Release]:
        """Every release, in the order of their proposals. Raises EarlyHelpError when a record does not follow."""
        return list(self._replayed(self._workspace.pseudonyms).values())

    def called(self, release: str) -> Release:
        """The release of that id. Raises InputRefused for one there is not."""
        found = {each.id: each for each in self.listed()}
        if release not in found:
            raise InputRefused(f"There is no release {release}.", where="ID", fix="earlyhelp release list DIR")
        return found[release]

    def propose(self, proposal: Proposal, account: str, when: str, kept: bytes = b"") -> Release:
        """A new proposal; one whose audit failed is refused at once, and stays on record as such.

        kept: what is to leave, where it is not worked out again when it does; `proposal.content` is its sha256.
        """
        if kept:
            self._keep(proposal.content, kept)
        with self._held() as (pseudonyms, held):
            release = f"R{len(held) + 1}"
            told = {**vars(proposal), "audit": list(proposal.audit)}
            found = self._append(pseudonyms, held, _event(release, Action.PROPOSE, account, when, proposal=told))
            if not proposal.audit_passed:
                why = _event(release, Action.REFUSE, "the audit", when, reason="The audit failed.")
                found = self._append(pseudonyms, held, why)
            return found

    def approve(self, release: str, account: str, when: str) -> Release:
        """Raises GateClosed for the author, where the audit failed, or for what is not proposed."""
        return self._do(release, Action.APPROVE, account, when)

    def approve_by_rule(self, release: str, when: str) -> Release:
        """Approval without a second person. Raises GateClosed where the proposal asks for one."""
        return self._do(release, Action.APPROVE_BY_RULE, RULE, when)

    def refuse(self, release: str, account: str, when: str, reason: str) -> Release:
        """Raises GateClosed for what has left or was refused before."""
        return self._do(release, Action.REFUSE, account, when, reason=reason)

    def release(
        self, release: str, account: str, when: str, *, content: str, sha256: str, kept: bytes = b""
    ) -> Release:
        """What was approved leaves; its bytes are kept. Raises GateClosed for another content than was approved.

        kept: nothing where it was kept when it was proposed.
        """
        if kept:
            self._keep(sha256, kept)
        return self._do(release, Action.RELEASE, account, when, content=content, sha256=sha256)

    def bytes_of(self, release: Release) -> bytes:
        """The bytes that left. Raises InputRefused where nothing has."""
        file = self._folder / f"{release.sha256}.json"
        if not release.sha256 or not file.is_file():
            raise InputRefused(f"Nothing is kept of release {release.id}.", where=release.id, fix="Restore the store.")
        return file.read_bytes()

    def content_of(self, release: Release) -> bytes:
        """What was kept of a proposal. Raises InputRefused where nothing is, EarlyHelpError where it was changed since."""
        file = self._folder / f"{release.proposal.content}.json"
        if not file.is_file():
            raise InputRefused(f"Nothing is kept of release {release.id}.", where=release.id, fix="Restore the store.")
        found = file.read_bytes()
        if sha256(found).hexdigest() != release.proposal.content:
            raise EarlyHelpError(
                f"What is kept of release {release.id} is not what was proposed: it was changed.",
                where=release.id,
                fix="Restore it from its backup. Nothing is released until then.",
            )
        return found

    def _keep(self, name: str, content: bytes) -> None:
        private_folder(self._folder)
        with private_file(self._folder / f"{name}.json") as partial:
            partial.write_bytes(content)

    def _do(self, release: str, action: Action, account: str, when: str, **more: object) -> Release:
        with self._held() as (pseudonyms, held):
            if release not in held:
                raise InputRefused(f"There is no release {release}.", where="ID", fix="earlyhelp release list DIR")
            return self._append(pseudonyms, held, _event(release, action, account, when, **more))

    @contextmanager
    def _held(self) -> Iterator[tuple[Pseudonyms, dict[str, Release]]]:
        """The register held against other writers, so that two people cannot decide at the same moment."""
        private_folder(self._folder)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            pseudonyms = self._workspace.pseudonyms
            yield pseudonyms, self._replayed(pseudonyms)

    def _append(self, pseudonyms: Pseudonyms, held: dict[str, Release], event: Mapping[str, Any]) -> Release:
        moved = after(held.get(event["release"]), event)
        record(self._file, pseudonyms, event)
        told = {name: event[name] for name in ("at", "account", "release", "action")}
        record(self._audit, pseudonyms, {**told, "event": _IN_AUDIT})
        held[moved.id] = moved
        return moved

    def _replayed(self, pseudonyms: Pseudonyms) -> dict[str, Release]:
        if broken := first_broken(self._file, pseudonyms):
            raise _changed_by_hand(self._file, broken)
        held: dict[str, Release] = {}
        events = _events(self._file)
        if len(events) < _told_to(self._audit):
            raise _changed_by_hand(self._file, len(events) + 1)
        for number, event in enumerate(events, start=1):
            try:
                moved = after(held.get(event["release"]), event)
            except (GateClosed, KeyError, TypeError, ValueError):
                raise _changed_by_hand(self._file, number) from None
            held[moved.id] = moved
        return held


def after(now: Release | None, event: Mapping[str, Any]) -> Release:
    """The release as it stands after an event. Raises GateClosed for an event that may not happen to it.

    now: the release before, None where there is none. event: `release`, `action`, `account`, `at`, and what goes with it.
    """
    action = Action(event["action"])
    reached = MOVES.get((now.state if now else None, action))
    if reached is None:
        state = f"is {now.state}" if now else "does not exist"
        raise _no(event, f"The release {state}, so it cannot be: {action.replace('_', ' ')}.")
    if now is None:
        if _same(event["account"], RULE):
            raise _no(event, "A rule is no person, and no person is the rule.")
        told = event["proposal"]
        proposal = Proposal(**{**told, "audit": tuple(told["audit"])})
        return Release(event["release"], proposal, reached, event["account"], event["at"])
    _refuse_what_may_not_be(now, action, event)
    if action is Action.RELEASE:
        return replace(now, state=reached, released=event["at"], sha256=event["sha256"])
    return replace(
        now, state=reached, approver=event["account"], decided=event["at"], reason=str(event.get("reason", ""))
    )


def _refuse_what_may_not_be(now: Release, action: Action, event: Mapping[str, Any]) -> None:
    approves = action in (Action.APPROVE, Action.APPROVE_BY_RULE)
    if approves and not now.proposal.audit_passed:
        raise _no(event, "The audit of this release failed, so nobody can approve it.")
    if action is Action.APPROVE and _same(event["account"], now.author):
        raise _no(event, "Whoever proposed a release cannot approve it.", "Ask a second person to approve it.")
    if approves and (action is Action.APPROVE_BY_RULE) != (event["account"] == RULE):
        raise _no(event, "A rule is no person, and no person is the rule.")
    if action is Action.APPROVE_BY_RULE and now.proposal.second_person:
        raise _no(event, "This release needs a second person.", f"earlyhelp release approve DIR {now.id}")
    if action is Action.RELEASE and event["content"] != now.proposal.content:
        raise _no(event, "What is to leave is not what was approved.", "Propose it again as it is now.")


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _event(release: str, action: Action, account: str, when: str, **more: object) -> dict[str, Any]:
    return {"release": release, "action": str(action), "account": account, "at": when, **more}


def _events(file: Path) -> Sequence[Mapping[str, Any]]:
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _told_to(audit: Path) -> int:
    """How many records of the register the audit log knows of: with fewer in the register, its last ones were cut off."""
    if not audit.exists():
        return 0
    lines = (line for line in audit.read_text(encoding="utf-8").splitlines() if f'"{_IN_AUDIT}"' in line)
    return sum(json.loads(line).get("event") == _IN_AUDIT for line in lines)


def _no(event: Mapping[str, Any], why: str, fix: str = "earlyhelp release list DIR") -> GateClosed:
    return GateClosed(why, where=str(event["release"]), fix=fix)


def _changed_by_hand(file: Path, number: int) -> EarlyHelpError:
    return EarlyHelpError(
        f"Record {number} of the register of releases does not follow from those before it: it was changed or taken out.",
        where=f"{file.parent.name}/{file.name}",
        fix="Restore it from its backup. Nothing is released until then.",
    )
