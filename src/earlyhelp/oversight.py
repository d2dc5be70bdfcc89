"""Who read records about people, took figures away or did something, when and why: the audit log for those who watch over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from earlyhelp.store.audit import first_broken, records
from earlyhelp.store.workspace import Workspace

_SAID = {
    "look": "looked at {what}",
    "download": "took away {what}",
    "refused": "was refused the page {address}",
    "review": "was shown a pair of records to judge",
    "forget": "erased a person",
    "release": "{done} release {release}",
    "worklist": "wrote a worklist to a file: {question}",
    "fix-list": "wrote the fix-list to a file",
    "export": "wrote a table of records to a file",
    "reconcile": "wrote the rows behind a reconciliation to a file",
    "changes": "wrote the records that changed to a file",
    "report": "wrote a return of records to a file",
    "extracts brought in": "brought in extracts",
    "extracts taken out": "took extracts out of the inbox",
    "run asked for": "asked for a run",
    "run stopped": "stopped a run",
    "map saved": "saved the map {map}",
    "review answer": "judged a pair of records",
    "review answer withdrawn": "took back a judgement of a pair",
    "break-glass": "asked to see names for half an hour",
    "break-glass ended": "needed to see names no longer",
    "break-glass seen": "looked at the exception of {user}",
    "pack received": "added pack {serial} of {council}",
    "key trusted": "trusted the key of {council}",
    "message": "sent the weekly message",
    "page frozen": "kept a page as reported to {reported_to}",
    "note written": "wrote a note beside {measure}",
    "note removed": "took away a note beside {measure}",
    "event added": "entered an event: {name}",
    "event removed": "took out an event: {name}",
    "user came from the provider": "came for the first time, known to the council's identity provider",
    "sign-in locked": "was kept out after wrong passwords for {user}",
    "user added": "added the user {user}",
    "user changed": "changed the user {user}",
    "user switched off": "switched off the user {user}",
    "user switched on": "switched on the user {user}",
    "password set": "set a password of {user}",
    "sessions ended": "signed out {user}",
    "second factor taken away": "took away the second factor of {user}",
}
"""What each event is in words. An event that is not here is told by its own name."""
_TOLD_APART = {"at", "account", "event", "reason"}
_DONE = {
    "propose": "proposed",
    "approve": "approved",
    "approve_by_rule": "approved by rule",
    "refuse": "refused",
    "release": "let out",
}
"""What was done to a release, by its action in the register."""


@dataclass(frozen=True)
class Entry:
    """One record of the log. `number`: its place, from 1; `at`: an ISO moment; `what`: in words; `reason`: empty for none.

    `about`: what else the record holds, as it was written: all that `what` and `reason` do not say.
    """

    number: int
    at: str
    account: str
    event: str
    what: str
    reason: str
    about: Mapping[str, Any]

    @property
    def month(self) -> str:
        """The month it happened in, as 2026-05."""
        return self.at[:7]


@dataclass(frozen=True)
class AccessLog:
    """The records asked for, the newest first; all accounts and months there are; and whether the chain is whole.

    `broken`: the number of the first record that does not follow from the one before it, None where the log is whole.
    """

    entries: tuple[Entry, ...]
    accounts: tuple[str, ...]
    months: tuple[str, ...]
    broken: int | None
    in_all: int


def access_log(workspace: Workspace, account: str = "", month: str = "", event: str = "") -> AccessLog:
    """The audit log of the workspace: of one account, month (as 2026-05) or kind of event, or all of it.

    A log that was damaged is told as far as it can be read; `broken` says from where on it cannot be trusted.
    """
    file = workspace.log / "audit.jsonl"
    broken = first_broken(file, workspace.pseudonyms)
    every = [_entry(number, told) for number, told in enumerate(records(file), start=1)]
    asked = {"account": account, "month": month, "event": event}
    found = (
        each for each in reversed(every) if all(not want or getattr(each, name) == want for name, want in asked.items())
    )
    return AccessLog(
        tuple(found),
        tuple(sorted({each.account for each in every})),
        tuple(sorted({each.month for each in every}, reverse=True)),
        broken,
        len(every),
    )


def _entry(number: int, told: Mapping[str, Any]) -> Entry:
    event, account = str(told.get("event", "")), str(told.get("account", ""))
    about = {name: value for name, value in told.items() if name not in _TOLD_APART}
    words = _SAID.get(event, event.replace("-", " ").replace("_", " "))
    filled = _Told({**about, "done": _DONE.get(str(about.get("action")), "did something to")})
    return Entry(
        number,
        str(told.get("at", "")),
        account,
        event,
        words.format_map(filled),
        str(told.get("reason", "")),
        _rest(words, about),
    )


def _rest(words: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """What the record holds besides what its words say already."""
    said = {name for name in about if f"{{{name}}}" in words} | ({"action"} if "{done}" in words else set())
    return {name: value for name, value in about.items() if name not in said and value not in ("", None, [])}


class _Told(dict[str, Any]):
    """What a record holds; what it should hold and does not is said to be not told."""

    def __missing__(self, name: str) -> str:
        return "something that is not told"
