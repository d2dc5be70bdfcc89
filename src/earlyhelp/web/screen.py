"""What a page shows: one documented object, from which HTML, JSON and files are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp.reports.blocks import Figure, TableBlock
from earlyhelp.web.access import Power
from earlyhelp.web.blocks import Empty, Filter, Folded, Link, LinkedTable, Shown


@dataclass(frozen=True)
class Screen:
    """A page as it is shown.

    `title`: its only heading of the first rank. `lead`: one sentence under it. `blocks`: what follows, in order.
    `filters`: the choices that are part of its address. `way`: the pages above it. `mark`: what stands beside exact
    figures, which cannot be downloaded. `status`: the HTTP status. `poll`: seconds after which the page asks again.
    """

    title: str
    blocks: tuple[Shown, ...]
    lead: str = ""
    filters: tuple[Filter, ...] = ()
    way: tuple[Link, ...] = ()
    mark: str = ""
    status: int = 200
    poll: int = 0
    has_errors: bool = False

    @property
    def has_charts(self) -> bool:
        """Whether the script that draws charts is needed."""
        return any(isinstance(each, Figure) for each in flat(self.blocks))

    @property
    def names(self) -> dict[int, str]:
        """The name in addresses of each table and chart, by its identity: t1, t2, ... and f1, f2, ..."""
        named, counts = {}, {"t": 0, "f": 0}
        for each in flat(self.blocks):
            kind = "f" if isinstance(each, Figure) else "t" if isinstance(each, TableBlock | LinkedTable) else ""
            if kind:
                counts[kind] += 1
                named[id(each)] = f"{kind}{counts[kind]}"
        return named

    def table_called(self, name: str) -> TableBlock | None:
        """The table of that name; a chart's table by the chart's name."""
        for each in flat(self.blocks):
            if self.names.get(id(each)) == name:
                if isinstance(each, Figure | LinkedTable):
                    return each.table
                return each if isinstance(each, TableBlock) else None
        return None

    def figure_called(self, name: str) -> Figure | None:
        """The chart of that name."""
        found = (each for each in flat(self.blocks) if self.names.get(id(each)) == name)
        return next((each for each in found if isinstance(each, Figure)), None)


def flat(blocks: tuple[Any, ...]) -> Iterator[Any]:
    """The blocks in order, those behind a line of words in its place."""
    for each in blocks:
        if isinstance(each, Folded):
            yield from flat(each.blocks)
        else:
            yield each


def nothing_yet(request: HttpRequest) -> Screen:
    """What stands where figures will be, and the next step for whoever looks."""
    powers = request.user.powers if request.user.is_authenticated else frozenset()
    steps = [
        Link("This council from public figures", reverse("public_profile"), "what is known before any record is loaded")
    ]
    if Power.LOAD in powers:
        steps.insert(0, Link("Bring in your first extract", reverse("data"), "an Annex A workbook is enough to begin"))
    return Screen(
        "No figures yet",
        (Empty("Figures appear here as soon as an extract has been read and the run has finished.", tuple(steps)),),
    )
