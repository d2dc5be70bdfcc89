"""Papers that take longer to make than a page may: what stands in their place until the process for long work has made them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from earlyhelp.reports.blocks import Content, Text
from earlyhelp.reports.blocks_kept import content_from
from earlyhelp.reports.documents import Document
from earlyhelp.web import reading
from earlyhelp.web.actions import papers as actions
from earlyhelp.web.blocks import Form, Link, Shown, Warned
from earlyhelp.web.blocks_of_runs import Progress
from earlyhelp.web.forms import PlainForm
from earlyhelp.web.jobs import files_folder
from earlyhelp.web.models import Run
from earlyhelp.web.on_pages import advice

ASKS_EVERY = 2
WRITES_WITHIN = timedelta(minutes=2)
"""For so long after a paper was made its files are waited for; later each is written when somebody takes it."""
_COUNTED = re.compile(r"(\d+) of (\d+)$")


def takes_long(document: Document) -> bool:
    """Whether it works out studies, the signals of the month or the checks of the data: seconds for a large council."""
    return document.about == "service" or document.of_services or document.of_this_month or document.of_the_data


def content_if_made(request: HttpRequest, document: Document, chosen: str) -> Content | None:
    """The paper, where it was made of the snapshot of this request; else None."""
    key = key_of(request, document, chosen)
    if reading.KEPT.has(key):
        return reading.prepared(request, key[1:], _forgotten)
    run = actions.latest(request=request, document=document.name, about=chosen)
    if run is None or run.state != Run.State.DONE or not run.result:
        return None
    kept = run.result["content"]
    return reading.KEPT.get(key, lambda: content_from(kept))


def key_of(
    request: HttpRequest | reading.InSnapshot, document: Document, chosen: str
) -> tuple[str | None, str, str, str]:
    """Under which a paper of a snapshot is kept."""
    return (reading.snapshot_of(request), "paper", document.name, chosen)


def _forgotten() -> Content:
    """For a paper that was let go of between two looks at what is kept."""
    raise reading.SnapshotMoved


def being_made(request: HttpRequest, document: Document, chosen: str) -> Run:
    """The making of a paper that is not there yet: asked for now where nobody has, or as it ended without a paper."""
    run = actions.latest(request=request, document=document.name, about=chosen)
    return run or actions.make(request=request, document=document.name, about=chosen)


def in_its_place(run: Run, address: str) -> Iterator[Shown]:
    """How far the making of a paper is; where it failed, why, and a way to try again."""
    if run.is_over:
        yield Warned(f"It could not be prepared. {run.message} {advice(run.fix)}".strip())
        yield Form(PlainForm(), "Prepare it again")
        return
    yield Text(
        "This paper is being prepared. For a large council that takes a minute or two. "
        "It is shown here as soon as it is ready, for you and for all who ask after you."
    )
    yield from how_far(run)
    yield Link("See whether it is ready", address)


def file_of(request: HttpRequest, document: Document, chosen: str, ending: str) -> bytes | Run | None:
    """A paper's file that was written ahead, or the making of the paper whose files are being written still; or None."""
    run = actions.latest(request=request, document=document.name, about=chosen)
    if run is None or run.state != Run.State.DONE:
        return None
    try:
        return (files_folder(run) / f"paper.{ending}").read_bytes()
    except FileNotFoundError:
        writes = settings.EARLYHELP_WARM and run.finished and timezone.now() - run.finished < WRITES_WITHIN
        return run if writes else None


def how_far(run: Run) -> Iterator[Shown]:
    """The step that a run aside is at."""
    step = run.steps.order_by("-id").first()
    if step is None:
        yield Text("It waits for the process that does long work.")
        return
    words = f"{step.words[:1].upper()}{step.words[1:]}"
    counted = _COUNTED.search(words)
    yield Progress(words, int(counted[1]) - 1, int(counted[2])) if counted else Text(f"{words}.")


def page_of(document: str, about: str) -> str:
    """Where a paper is read."""
    address = reverse("paper", args=[document])
    return f"{address}?{urlencode({'about': about})}" if about else address
