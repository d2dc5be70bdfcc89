"""The pages about the application itself: accessibility, privacy, the glossary, every page there is, the brand's colour."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from earlyhelp.reports.blocks import Bullets, Heading, Text
from earlyhelp.web import pages
from earlyhelp.web.access import ANYONE, SIGNED_IN
from earlyhelp.web.blocks import Link, Links
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@page("accessibility/", rule=ANYONE, needs_snapshot=False)
def accessibility(request: HttpRequest) -> Screen:
    """How accessible the application is, what is known not to be, and how to ask for help."""
    return Screen(
        "Accessibility statement",
        (
            Text(
                "This application is meant to be used by everybody. You should be able to zoom in up to 400 per cent, use it "
                "with a keyboard alone, with a screen reader, and without JavaScript."
            ),
            Heading(1, "How it was tested"),
            Bullets(
                (
                    "Every page is checked by machine against WCAG 2.2, levels A and AA, whenever the software changes: no "
                    "page may have a known fault.",
                    "Every chart has a sentence that says what it shows, and its figures as a table.",
                    "Colour is never the only sign of anything.",
                )
            ),
            Heading(1, "What is not known"),
            Text(
                "Machines find a part of all barriers only. It has not been tested with a person who uses a screen reader. "
                "PDF files are tagged, and their conformity with PDF/UA has not been proven; each can be had as Word or HTML."
            ),
            Heading(1, "If something hinders you"),
            Text("Tell whoever looks after this application in your council, and say which page it was."),
        ),
    )


@page("privacy/", rule=ANYONE, needs_snapshot=False)
def privacy(request: HttpRequest) -> Screen:
    """What is kept about those who use the application, and which cookies there are."""
    return Screen(
        "Privacy and cookies",
        (
            Heading(1, "Cookies"),
            Text("There is one cookie. It keeps you signed in, and is gone when you sign out or close the browser."),
            Heading(1, "What is kept about you"),
            Bullets(
                (
                    "Your e-mail address, your name if you gave it, and your roles.",
                    "When you looked at records of families, which ones, and the reason you gave. This cannot be changed or "
                    "deleted, and those responsible for data protection can read it.",
                    "What you did: files you brought in, decisions, notes, releases.",
                )
            ),
            Heading(1, "Records of families"),
            Text(
                "The council is responsible for the records that it brings in. Names are kept apart from what is analysed. "
                "Nothing is sent to any other machine: no page asks anything of another server."
            ),
        ),
    )


@page("pages/", rule=SIGNED_IN, needs_snapshot=False)
def site_map(request: HttpRequest) -> Screen:
    """Every page that you may open."""
    powers = request.user.powers
    open_to = [
        Link(each.menu or each.name.replace("_", " ").capitalize(), reverse(each.name), each.doc.splitlines()[0])
        for each in sorted(pages.PAGES.values(), key=lambda each: (each.place, each.name))
        if "<" not in each.route and each.rule.allows(powers, signed_in=True) and each.name != "brand"
    ]
    return Screen("All pages", (Links(tuple(open_to)),))


@page("brand.css", rule=ANYONE, needs_snapshot=False)
def brand(request: HttpRequest) -> HttpResponse:
    """The council's colour. Raises Http404 where none is set."""
    if not _COLOUR.fullmatch(settings.BRAND):
        raise Http404
    return HttpResponse(f":root{{--govuk-brand-colour:{settings.BRAND}}}", content_type="text/css")
