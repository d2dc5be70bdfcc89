"""The statistical neighbours on a measure's own page: a number beside its own, a band in its chart, or why there is neither."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp import comparing, receiving
from earlyhelp.comparing import NeighbourPacks
from earlyhelp.errors import EarlyHelpError
from earlyhelp.measures import Measure, Statistic
from earlyhelp.reference import PUBLICATIONS
from earlyhelp.reports.blocks import Note
from earlyhelp.reports.charts import Level
from earlyhelp.reports.wording import in_words, listed, written
from earlyhelp.web.blocks import BigNumber
from earlyhelp.web.reading import InSnapshot, prepared
from earlyhelp.web.workspace import workspace

ALIKE_BY_MONTH = (Statistic.SHARE, Statistic.MEDIAN)
"""Of these a year stands at the same height as its months, so that a year of others can lie in a chart of months."""


@dataclass(frozen=True)
class Near:
    """What a measure's page says of the neighbours. `why_not`: why nothing is said; `said`: for alt text."""

    url: str
    why_not: str = ""
    numbers: tuple[BigNumber, ...] = ()
    source: tuple[Note, ...] = ()
    level: Level | None = None
    said: tuple[str, ...] = ()


def neighbours(request: HttpRequest | InSnapshot, wanted: Measure) -> Near:
    """Where the statistical neighbours lie with the measure, by the packs that they sent."""
    url = f"{reverse('packs')}?measure={wanted.id}"
    found = received(request)
    why_not = found if isinstance(found, str) else found.why_not(wanted)
    if why_not or isinstance(found, str):
        return Near(url, why_not)
    return _told(url, found, wanted)


def received(request: HttpRequest | InSnapshot) -> NeighbourPacks | str:
    """The neighbours' packs, kept for the snapshot until another is received; or what is wrong with what is kept of them."""
    served = workspace()

    def read() -> NeighbourPacks | str:
        try:
            return comparing.neighbour_packs(served, receiving.received_packs(served))
        except EarlyHelpError as problem:
            return problem.error

    return prepared(request, ("neighbours", receiving.changes_of_packs(served)), read)


def _told(url: str, found: NeighbourPacks, wanted: Measure) -> Near:
    among = found.of(wanted)
    assert among.lowest is not None
    assert among.median is not None
    assert among.highest is not None
    lowest, middle, highest = (written(each, wanted) for each in (among.lowest, among.median, among.highest))
    year = f"year to {in_words(found.year.end)}"
    number = BigNumber(
        f"Statistical neighbours, {year}",
        middle,
        f"range {lowest} to {highest}",
        f"median of {len(among.names)} of {found.known} neighbours",
        url,
    )
    listing = PUBLICATIONS["neighbours"]
    source = (
        f"Neighbours: packs of released figures that {listed(among.names)} sent, counted by the same rule, {year}. Who is a "
        f"neighbour: {listing.title} ({listing.publisher})."
    )
    if wanted.statistic not in ALIKE_BY_MONTH:
        return Near(url, "", (number,), (Note(source),))
    level = Level(f"neighbours' median, year to {found.year.end:%B %Y}", among.lowest, among.median, among.highest)
    said = f"The band is of the statistical neighbours, {year}: median {middle}, from {lowest} to {highest}."
    return Near(url, "", (number,), (Note(source),), level, (said,))
