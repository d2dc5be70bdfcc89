"""Links that give a paper as a file, one a kind of file."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from earlyhelp.web.blocks import Link

KINDS = (("docx", "Word"), ("pdf", "PDF"), ("html", "HTML"))


def file_links(paper: str, words: str, about: str = "") -> tuple[Link, ...]:
    """The paper as Word, PDF and HTML. words: what it is called; about: the one thing that it is about, where it is."""
    address = reverse("paper_file", args=[paper])
    named = {"about": about} if about else {}
    return tuple(
        Link(f"{words} as {kind}", f"{address}?{urlencode({'as': ending, **named})}") for ending, kind in KINDS
    )
