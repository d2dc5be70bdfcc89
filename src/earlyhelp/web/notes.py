"""What people wrote beside a measure, as blocks for its page."""

from __future__ import annotations

import re

from django.urls import reverse

from earlyhelp.reports.blocks import Heading
from earlyhelp.reports.wording import in_words
from earlyhelp.web.blocks import Link, Shown
from earlyhelp.web.models import Note
from earlyhelp.web.tables import table_of

_NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Baby|Child|Mother|Father)\.? [A-Z][a-z]+\b"
    r"|\b\d{3} ?\d{3} ?\d{4}\b|\b[A-Z]\d{11}[A-Z\d]\b"
    r"|\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    r"|\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}\b"
)
"""What is plainly of one person: a title with a name, an NHS or pupil number, a National Insurance number, a postcode, a
date of birth. A name alone cannot be told from the name of a team."""


def names_somebody(text: str) -> bool:
    """Whether the text plainly names somebody. What it lets through may still do: the form asks not to."""
    return bool(_NAMED.search(text))


def beside(measure_id: str, *, may_write: bool) -> list[Shown]:
    """The notes of a measure for its page, the latest day first, with the way to write one."""
    blocks: list[Shown] = []
    if Note.objects.filter(measure=measure_id).exists():
        blocks += [Heading(1, "Notes"), table_of_notes(measure_id)]
    if may_write:
        blocks.append(Link("Write a note beside this measure", reverse("measure_notes", args=[measure_id])))
    return blocks


def table_of_notes(measure_id: str) -> Shown:
    """The notes of a measure as a table. There is at least one."""
    found = Note.objects.filter(measure=measure_id).select_related("author").order_by("-day", "-id")
    rows = [(in_words(each.day), each.text, str(each.author)) for each in found]
    return table_of("Notes, the latest day first", ("day", "note", "written by"), rows)
