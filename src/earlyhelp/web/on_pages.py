"""What to do, as it is said on pages: advice that names a command names the page instead."""

from __future__ import annotations

import re

_INSTEAD = (
    (re.compile(r"Looked for: [^.]*\. "), ""),
    (
        re.compile(r", name the layout with --source, or map the file: earlyhelp map DIR FILE\."),
        ", or match its columns here.",
    ),
    (
        re.compile(r"Map the word to a code: earlyhelp map\."),
        "Bring the file in again, and match its words before you run.",
    ),
)
"""Advice of the command line, and what stands in its place."""


def advice(text: str) -> str:
    """The advice for somebody who reads a page."""
    for command, instead in _INSTEAD:
        text = command.sub(instead, text)
    return text
