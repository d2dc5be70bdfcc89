"""Who looked at what: every reading of records of people is in the audit log before it is shown; downloads too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from earlyhelp.store.audit import record
from earlyhelp.web.workspace import moment, workspace


def record_look(request: HttpRequest, what: str, *, reason: str = "", **about: Any) -> None:
    """Write a reading of records of people into the audit log. Raises OSError when that fails: then nothing is shown."""
    _record(request, "look", {"what": what, "reason": reason, **about})


def record_download(request: HttpRequest, what: str) -> None:
    """Write into the audit log that a released table or chart was taken as a file."""
    _record(request, "download", {"what": what, "address": request.path})


def record_refusal(request: HttpRequest) -> None:
    """Write into the audit log that somebody asked for a page that they may not open."""
    _record(request, "refused", {"address": request.path})


def record_act(request: HttpRequest, what: str, **about: Any) -> None:
    """Write into the audit log what somebody did."""
    _record(request, what, about)


def _record(request: HttpRequest, event: str, about: dict[str, Any]) -> None:
    account = request.user.email if request.user.is_authenticated else "nobody"
    served = workspace()
    told = {"event": event, "at": moment(), "account": account, **about}
    record(served.log / "audit.jsonl", served.pseudonyms, told)
