"""What a screen shows beside the blocks of documents: figures that stand out, links, and tables whose rows lead on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from earlyhelp.reports import blocks as paper
from earlyhelp.reports.blocks import TableBlock


class OnScreen:
    """A kind of block that screens have and paper has not; its template is named after its class."""


@dataclass(frozen=True)
class Link(OnScreen):
    """Words that lead to another page, with a sentence on what is there."""

    words: str
    url: str
    about: str = ""


@dataclass(frozen=True)
class Links(OnScreen):
    """A list of links."""

    items: tuple[Link, ...]


@dataclass(frozen=True)
class BigNumber:
    """One figure that stands out: what it is of, the value in words, its interval and what it rests on."""

    words: str
    value: str
    interval: str = ""
    about: str = ""
    url: str = ""


@dataclass(frozen=True)
class Numbers(OnScreen):
    """Figures side by side."""

    items: tuple[BigNumber, ...]


@dataclass(frozen=True)
class Sentence(OnScreen):
    """A sentence made by rule, which can be copied; `url`: where its figure stands."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class LinkedTable(OnScreen):
    """A table whose rows lead on: `urls` holds for each row where its first cell leads, empty for nowhere."""

    table: TableBlock
    urls: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.urls) != len(self.table.rows):
            raise ValueError(f"the table {self.table.caption} has a link or none for each row")

    @property
    def rows(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each row with where it leads."""
        return list(zip(self.urls, self.table.rows, strict=True))


@dataclass(frozen=True)
class Empty(OnScreen):
    """What is not there yet, and the next step to have it."""

    words: str
    steps: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Warned(OnScreen):
    """Something that must be read first."""

    words: str


@dataclass(frozen=True)
class Folded(OnScreen):
    """Blocks behind a line of words, opened when wanted."""

    summary: str
    blocks: tuple[Any, ...]


@dataclass(frozen=True)
class Form(OnScreen):
    """A form of a screen: a Django form, where it is sent, and the words on its button."""

    form: Any
    button: str
    action: str = ""
    name: str = ""
    secondary: bool = False
    warning: bool = False
    takes_files: bool = False


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    words: str


@dataclass(frozen=True)
class Filter:
    """A choice that is part of the page's address: `chosen` is one of the values."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str = ""


Shown = paper.Block | OnScreen
"""Anything that a screen may hold."""
