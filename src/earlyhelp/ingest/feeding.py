"""What is fixed while one file is read: which feed it is, on which day, and how its dates and words are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from earlyhelp.ingest.cells import Dates
from earlyhelp.ingest.values import YEARS_AHEAD, DateOrder, HowWritten, Written
from earlyhelp.standard import Column, person

LIFE = (person.dob, person.expected_dob, person.death_date)
"""Days of births and deaths: none lies far ahead."""


@dataclass(frozen=True)
class Feeding:
    """What is fixed while one file is read: which feed it is, on which day, and how ids are turned into pseudonyms.

    `number`: its place among the workspace's feeds. `order`: how this source writes dates, and whether the council has said
    so (`order_said`); `dates`: what the saved map says of that, by list and heading. `words`: by column
    ("contact.source_code") the council's own words with their codes, as the map has them.
    """

    feed_id: str
    number: int
    source: str
    received_on: date
    pseudonym: Callable[[str], str]
    order: DateOrder = DateOrder.DAY_FIRST
    order_said: bool = False
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: Mapping[tuple[str, str], Sequence[HowWritten]] = field(default_factory=dict)

    def written(self, title: str, heading: str) -> Written:
        """How the dates under a heading of a list are written."""
        return Written(self.order).as_said(self.dates.get((title, heading), ()))

    def is_order_said(self, title: str, heading: str) -> bool:
        """True where the council has said in which order day and month stand under a heading, in its settings or a map."""
        said = self.dates.get((title, heading), ())
        return self.order_said or any(isinstance(each, DateOrder) for each in said)

    @property
    def latest(self) -> date:
        """The latest date that is taken for one."""
        return date(self.received_on.year + YEARS_AHEAD, 12, 31)

    @property
    def usual_dates(self) -> Dates:
        """How dates are read of which nothing more is known."""
        return Dates(self.latest, Written(self.order))

    def dates_of(self, column: Column, title: str, heading: str) -> Dates:
        """How the dates under a heading of a list are read that fills this column."""
        lived = column in LIFE
        ahead = date(self.received_on.year + 1, 12, 31) if lived else self.latest
        return Dates(self.latest, self.written(title, heading), ahead, of_birth=lived)
