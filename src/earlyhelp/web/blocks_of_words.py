"""What a screen shows of words: terms with what they mean, and a text to copy as it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from earlyhelp.web.blocks import OnScreen


@dataclass(frozen=True)
class Term:
    """A word and what it means."""

    word: str
    meaning: str

    @property
    def anchor(self) -> str:
        """Its id on the page, so that other pages can lead to it."""
        return re.sub(r"[^a-z0-9]+", "-", self.word.casefold()).strip("-")


@dataclass(frozen=True)
class Terms(OnScreen):
    """Terms in order."""

    items: tuple[Term, ...]


@dataclass(frozen=True)
class TextToCopy(OnScreen):
    """A text of several lines, with a button that copies it. `name`: its id."""

    name: str
    label: str
    text: str
