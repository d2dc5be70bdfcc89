"""Before the first figure: the first user, and what public statistics tell of the council."""

from __future__ import annotations

from django.http import HttpRequest

from earlyhelp.reports.blocks import Text
from earlyhelp.web.access import READERS
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen


@page("public-profile/", rule=READERS, needs_snapshot=False)
def public_profile(request: HttpRequest) -> Screen:
    """What public statistics tell of this council, before any record is loaded."""
    return Screen("This council from public figures", (Text("No public statistics have been added."),))
