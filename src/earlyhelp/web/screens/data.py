"""The data desk: what came in, what is wrong with it, and the run that makes figures of it."""

from __future__ import annotations

from django.http import HttpRequest

from earlyhelp.reports.blocks import Text
from earlyhelp.web.access import READERS
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen


@page("data/", rule=READERS, menu="Data", place=80, needs_snapshot=False)
def data(request: HttpRequest) -> Screen:
    """What came in, what is wrong with it, and the run that makes figures of it."""
    return Screen("Data desk", (Text("Nothing yet."),))


@page("glossary/", rule=READERS, needs_snapshot=False)
def glossary(request: HttpRequest) -> Screen:
    """Words of early help and of this application."""
    return Screen("Glossary", (Text("Nothing yet."),))
