"""Extracts: brought into the inbox, and taken out of it again before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from earlyhelp.web import uploads
from earlyhelp.web.inbox import Lying, lying
from earlyhelp.web.looking import record_act
from earlyhelp.web.workspace import workspace


def bring_in(*, request: HttpRequest, files: Sequence[UploadedFile], drawn: date | None = None) -> list[uploads.Kept]:
    """Every file, once each was looked at, in the inbox; `drawn`: in a folder of that day, by which intake knows it.

    Recorded before it lies there.
    """
    for each in files:
        uploads.refuse(each)
    names = [uploads.kept_name(each.name or "") for each in files]
    record_act(request, "extracts brought in", files=names, bytes=[each.size for each in files])
    folder = workspace().inbox / drawn.isoformat() if drawn else workspace().inbox
    return [uploads.keep(each, folder) for each in files]


def take_out(*, request: HttpRequest, keys: Sequence[str]) -> list[Lying]:
    """The files that were deleted from the inbox, by their keys; those that are gone already are passed over."""
    found = [each for each in lying(workspace().inbox) if each.key in keys]
    record_act(request, "extracts taken out", files=[each.name for each in found])
    for each in found:
        each.path.unlink(missing_ok=True)
    return found
