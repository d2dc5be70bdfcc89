"""Runs: started, stopped, done again."""

from __future__ import annotations

from django.http import HttpRequest

from earlyhelp.web import jobs
from earlyhelp.web.looking import record_act
from earlyhelp.web.models import Run


def start(*, request: HttpRequest, kind: str = "run") -> Run:
    """A run asked for by whoever sends the request. Raises NothingToDo where one is under way."""
    run = jobs.ask_for(kind, request.user)
    record_act(request, "run asked for", run=run.pk, kind=kind)
    return run


def stop(*, request: HttpRequest, run: Run) -> None:
    """Ask a run to stop; nothing where it is over."""
    if not run.is_over:
        record_act(request, "run stopped", run=run.pk)
        jobs.ask_to_stop(run)
