"""The pages for what is not there, may not be seen, or failed. They tell nothing of what was asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "earlyhelp/not_there.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "earlyhelp/refused.html", status=403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token, or sent from another site; why exactly is for the log alone."""
    return render(request, "earlyhelp/form_refused.html", status=403)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; made without the session, for what is wrong may be found before there is one, as a name we do not go by."""
    return HttpResponse(render_to_string("earlyhelp/not_understood.html"), status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """500; made without the database or the workspace, either of which may be what failed."""
    return HttpResponse(render_to_string("earlyhelp/failed.html"), status=500)
