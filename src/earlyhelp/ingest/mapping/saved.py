"""What a saved map says: which heading of which list fills which column, and what a council's words mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from earlyhelp.ingest.codes import spelling
from earlyhelp.ingest.values import HowWritten
from earlyhelp.standard import Column, Table, eh_review

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
AS_WRITTEN = "as-written"
"""What stands in a map in place of the code of a need where the words under the heading name it."""
LEFT_OPEN = ""
"""What stands in a map for a word that nobody has given a code yet."""


Words = Mapping[Column, Mapping[str, str]]
"""For each coded column, the council's own words with their codes."""


@dataclass(frozen=True)
class SavedScore:
    """What the numbers under a heading are scores of: a tool and a domain; `date`: the heading under which their day stands."""

    tool: str
    domain: str
    date: str


@dataclass(frozen=True)
class SavedOutcome:
    """What stands under a heading is the outcome of a need: the heading of the need, and the heading of the day, or ""."""

    need: str
    date: str = ""


@dataclass(frozen=True)
class SavedReview:
    """The dates under a heading are those of reviews: of what kind, and whether they were held or are due."""

    kind: str
    due: bool = False

    @property
    def day(self) -> Column:
        """The column that the days fill."""
        return eh_review.due_date if self.due else eh_review.held_date

    @property
    def in_words(self) -> str:
        """What the days are, after the name of the kind."""
        return "is due" if self.due else "was held"


@dataclass(frozen=True)
class SavedPerson:
    """One of several people of whom each row tells side by side: the role in the family, and what the headings of theirs fill."""

    role: str
    columns: Mapping[str, tuple[Column, ...]]


@dataclass(frozen=True)
class SavedList:
    """One list of a map: the table its rows belong to, what each heading fills, and values that are the same on every row.

    `dates`: by heading what somebody has said of how its dates are written, where the dates themselves do not tell it.
    What stands side by side becomes rows of its own. `scores`: by heading the scores of outcome tools. `needs`: by heading of
    yes and no the need that a yes tells, or `AS_WRITTEN`. `outcomes`: by heading of what became of such a need. `reviews`: by
    heading of days on which the episode was looked at. `people`: the people of a row, which is about each of the children.
    All these headings are in `columns`, too, where they fill nothing.
    """

    title: str
    table: Table
    columns: Mapping[str, tuple[Column, ...]]
    fixed: Mapping[Column, str] = field(default_factory=dict)
    dates: Mapping[str, tuple[HowWritten, ...]] = field(default_factory=dict)
    scores: Mapping[str, SavedScore] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    people: tuple[SavedPerson, ...] = ()
    outcomes: Mapping[str, SavedOutcome] = field(default_factory=dict)
    reviews: Mapping[str, SavedReview] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether any heading of the list is read."""
        return bool(self.scores or self.needs or self.reviews or self.people) or any(self.columns.values())

    @property
    def side_by_side(self) -> list[str]:
        """The headings of what becomes rows of its own."""
        return [
            *self.scores,
            *self.needs,
            *self.outcomes,
            *self.reviews,
            *(heading for each in self.people for heading in each.columns),
        ]

    def with_dates(self, said: Mapping[str, tuple[HowWritten, ...]]) -> SavedList:
        """The list with what was said of its headings now beside, or in place of, what was said of them before."""
        kept = {heading: each for heading, each in {**self.dates, **said}.items() if heading in self.columns and each}
        return replace(self, dates=kept)


@dataclass(frozen=True)
class SavedMap:
    """A map: its name (the source its rows are told by), how often it has been saved, its lists and its words."""

    name: str
    lists: tuple[SavedList, ...] = ()
    words: Words = field(default_factory=dict)
    version: int = 1

    def with_list(self, new: SavedList) -> SavedMap:
        """The map with this list in place of the one of its title, or added."""
        others = [each for each in self.lists if each.title != new.title]
        return replace(self, lists=tuple(sorted([*others, new], key=lambda each: each.title)))

    def with_dates(self, said: Mapping[tuple[str, str], tuple[HowWritten, ...]]) -> SavedMap:
        """The map with what was said, by list and heading, of how dates are written."""
        lists = tuple(
            each.with_dates({heading: how for (title, heading), how in said.items() if title == each.title})
            for each in self.lists
        )
        return replace(self, lists=lists)

    def with_words(self, new: Words) -> SavedMap:
        """The map with these words added to its own; where both have a word, the new code stands, unless it is empty."""
        merged = {column: dict(words) for column, words in self.words.items()}
        for column, words in new.items():
            known = merged.setdefault(column, {})
            spelt = {spelling(word): word for word in known}
            for word, code in words.items():
                if code or spelling(word) not in spelt:
                    known[spelt.get(spelling(word), word)] = code
        return replace(self, words=merged)
