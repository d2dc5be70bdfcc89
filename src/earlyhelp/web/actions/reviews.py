"""Answers of reviewers: saved, and the last one withdrawn. What was answered stands in the reviewers' own log."""

from __future__ import annotations

from django.http import HttpRequest

from earlyhelp.link.review import Reviewer
from earlyhelp.link.review import decide as save
from earlyhelp.link.review import undo as withdraw
from earlyhelp.web.looking import record_act
from earlyhelp.web.workspace import moment, workspace


def reviewer_of(request: HttpRequest) -> Reviewer:
    """Whoever sends the request, as a reviewer: the address they sign in with."""
    return Reviewer(request.user.email, request.user.email)


def decide(*, request: HttpRequest, pair: str, answer: str) -> None:
    """Save an answer, durable before this returns. Raises what `link.review.decide` does."""
    record_act(request, "review answer", pair=pair)
    save(workspace(), pair, answer, reviewer_of(request), moment())


def undo(*, request: HttpRequest) -> str:
    """Withdraw the reviewer's last answer; the pair's id. Raises NothingToDo where there is none."""
    record_act(request, "review answer withdrawn")
    return withdraw(workspace(), reviewer_of(request), moment()).pair
