"""Words of early help, and the few of this application, explained."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest

from earlyhelp.reports.blocks import Heading
from earlyhelp.web.access import SIGNED_IN
from earlyhelp.web.blocks import Choice, Filter, Shown
from earlyhelp.web.blocks_of_words import Terms
from earlyhelp.web.glossary import terms
from earlyhelp.web.pages import page
from earlyhelp.web.screen import Screen


@page("glossary/", rule=SIGNED_IN, needs_snapshot=False)
def glossary(request: HttpRequest) -> Screen:
    """Words of early help and of this application."""
    by_letter = {letter: tuple(found) for letter, found in groupby(terms(), key=lambda each: each.word[0].upper())}
    chosen = request.GET.get("letter", "")
    chosen = chosen if chosen in by_letter else ""
    blocks: list[Shown] = []
    for letter, found in by_letter.items():
        if chosen in ("", letter):
            blocks += [Heading(1, letter), Terms(found)]
    choices = (Choice("", "all"), *(Choice(each, each) for each in by_letter))
    return Screen(
        "Glossary",
        tuple(blocks),
        lead=f"{len(terms())} words, as this application uses them.",
        filters=(Filter("letter", "Words that begin with", choices, chosen),),
    )
