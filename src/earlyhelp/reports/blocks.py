"""Content blocks: what a document is made of, once, before it becomes Word, HTML, PDF or a workbook.

A block that would leave a reader out cannot be made: a chart without words for it and its table, a table with an empty
cell, a heading that skips a level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

LEVELS = (1, 2, 3)


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3. `new_page`: it begins a page on paper."""

    level: int
    text: str
    new_page: bool = False

    def __post_init__(self) -> None:
        if self.level not in LEVELS or not self.text.strip():
            raise ValueError("a heading has words and a level of 1, 2 or 3")


@dataclass(frozen=True)
class Text:
    """One paragraph. `strong`: it is what a reader in a hurry reads."""

    text: str
    strong: bool = False

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a paragraph has words")


@dataclass(frozen=True)
class Bullets:
    """A list of sentences, one or more."""

    items: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.items or not all(each.strip() for each in self.items):
            raise ValueError("a list has at least one item, and each item has words")


@dataclass(frozen=True)
class MayNotSay(Bullets):
    """What may not be said of a study. It brings its own words that say so: its items never stand alone."""

    lead: str = "What may not be said:"


@dataclass(frozen=True)
class Note:
    """Small print under what it explains: how something was counted, what it rests on."""

    text: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a note has words")


@dataclass(frozen=True)
class TableBlock:
    """A table: what it is of, the headings of its columns, and rows of cells in words; the first column names the row.

    `figures`: the places of columns that hold figures, set to the right. No cell is empty: what is hidden, missing or
    zero says so in words, since four different things would look alike.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.caption.strip() or not self.columns or not self.rows:
            raise ValueError("a table has a caption, columns and rows")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"every row of the table {self.caption} has a cell for each column")
        if not all(cell.strip() for row in (self.columns, *self.rows) for cell in row):
            raise ValueError(f"no cell of the table {self.caption} is empty: say why there is nothing")


@dataclass(frozen=True)
class Figure:
    """A chart as a Vega-Lite specification with its data in it, the words that stand for it, and the table it draws.

    `title`: what the chart shows, in words. `alt`: one or two sentences from the same numbers, for those who do not see
    it. `in_annex`: on paper its table stands at the end, since it is long.
    """

    title: str
    spec: Mapping[str, Any]
    alt: str
    table: TableBlock
    in_annex: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.alt.strip():
            raise ValueError("a chart has a title and words for those who do not see it")
        if not isinstance(self.table, TableBlock):
            raise ValueError("a chart comes with its table")
        if not self.spec:
            raise ValueError("a chart has a specification")


Block = Heading | Text | Bullets | MayNotSay | Note | TableBlock | Figure


@dataclass(frozen=True)
class Content:
    """A whole document: its title, whose it is and as at when, and its blocks, which begin with a heading of level 1."""

    title: str
    subtitle: str
    author: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.author.strip() or not self.blocks:
            raise ValueError("a document has a title, somebody whose it is, and blocks")
        levels = [0, *(each.level for each in self.blocks if isinstance(each, Heading))]
        if levels[1:2] != [1] or any(below - above > 1 for above, below in pairwise(levels)):
            raise ValueError("headings begin at level 1 and skip no level")

    @property
    def figures(self) -> list[Figure]:
        """Its charts in order."""
        return [each for each in self.blocks if isinstance(each, Figure)]

    @property
    def headings(self) -> list[Heading]:
        """Its headings in order."""
        return [each for each in self.blocks if isinstance(each, Heading)]


def texts(content: Content) -> Iterator[str]:
    """Every text that the document claims: all but what it says may not be said."""
    yield from (content.title, content.subtitle)
    for block in content.blocks:
        if not isinstance(block, MayNotSay):
            yield from _texts(block)


def _texts(block: Block) -> Sequence[str]:
    if isinstance(block, Heading | Text | Note):
        return [block.text]
    if isinstance(block, Bullets):
        return block.items
    if isinstance(block, Figure):
        return [block.title, block.alt, *_texts(block.table)]
    return [block.caption, *block.columns, *(cell for row in block.rows for cell in row)]


def printed(content: Content) -> Content:
    """The document as it goes on paper: the long tables behind its charts moved to an annex at its end."""
    long = [each for each in content.figures if each.in_annex]
    if not long:
        return content
    annex: list[Block] = [Heading(1, "Annex: the figures behind the charts", new_page=True)]
    annex += [each.table for each in long]
    return Content(content.title, content.subtitle, content.author, (*content.blocks, *annex))
