"""Papers that take longer than a page may: made, or proposed, by the process for long work, once for all who ask."""

from __future__ import annotations

import shutil
from hashlib import sha256

from django.http import HttpRequest

from earlyhelp import __version__, sharing
from earlyhelp.web import jobs, reading
from earlyhelp.web.looking import record_act
from earlyhelp.web.models import Run
from earlyhelp.web.workspace import workspace


def latest(*, request: HttpRequest, document: str, about: str) -> Run | None:
    """The latest making of a paper for the snapshot of this request, or None."""
    jobs.stop_stale()
    return Run.objects.filter(kind=jobs.PAPER, arguments=_asked(request, document, about)).order_by("-id").first()


def make(*, request: HttpRequest, document: str, about: str) -> Run:
    """The making of a paper, asked for now, or by somebody else before. Those of snapshots that are gone are forgotten.

    Raises SnapshotMoved where another snapshot is current than the one of this request.
    """
    snapshot = reading.snapshot_of(request)
    if workspace().current != snapshot:
        raise reading.SnapshotMoved
    over = Run.objects.filter(kind=jobs.PAPER, finished__isnull=False)
    for gone in over.exclude(arguments__snapshot__in=[snapshot, reading.KEPT.served]):
        shutil.rmtree(jobs.files_folder(gone), ignore_errors=True)
        gone.delete()
    return jobs.ask_aside(jobs.PAPER, request.user, _asked(request, document, about))


def propose(*, request: HttpRequest, document: str, about: str, recipients: str) -> Run:
    """A paper about to be proposed for somebody outside; somebody else must approve it once it stands in the register.

    Raises SnapshotMoved as `make` does.
    """
    if workspace().current != reading.snapshot_of(request):
        raise reading.SnapshotMoved
    sharing.mark_users(workspace())
    arguments = {**_asked(request, document, about), "recipients": recipients}
    run = jobs.ask_aside(jobs.PROPOSAL, request.user, arguments)
    record_act(request, "proposal asked for", run=run.pk, document=document)
    return run


def _asked(request: HttpRequest, document: str, about: str) -> dict[str, str]:
    """What a paper is of: what it is about, the snapshot, and all that was set here when it was asked for."""
    settings = (workspace().root / "council.toml").read_bytes() + __version__.encode()
    return {
        "document": document,
        "about": about,
        "snapshot": reading.snapshot_of(request) or "",
        "settings": sha256(settings).hexdigest()[:16],
    }
