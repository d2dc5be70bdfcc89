"""The latest figure of a measure, as a number that stands out and in a table of several, each leading to its page."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp.measures import CATALOGUE, Question
from earlyhelp.reports.blocks import TableBlock
from earlyhelp.reports.latest import latest_of
from earlyhelp.web.blocks import BigNumber, LinkedTable
from earlyhelp.web.reading import InSnapshot
from earlyhelp.web.screens.measure import asked, coarsest


def latest(request: HttpRequest | InSnapshot, measure: str) -> BigNumber:
    """The latest yearly figure of a measure that is mature, with its interval, what it counts, and where it stands."""
    wanted, url = CATALOGUE[measure], reverse("measure", args=[measure])
    released = asked(request, measure, Question(grain=coarsest(wanted))).released
    found = latest_of(released)
    words = f"95% interval {found.interval}" if found.interval else ""
    about = f"{wanted.unit}, {found.days}"
    if found.row is None and released.closed:
        about = released.closed[0].words
    return BigNumber(wanted.name, found.value, words, about, url)


def latest_table(request: HttpRequest | InSnapshot, caption: str, measures: Sequence[str], *about: str) -> LinkedTable:
    """A row a measure: its name, leading to its page, the latest figure, its interval, what it counts and of which days.

    about: further words of each row, one a measure, which then stand second, such as its stage.
    """
    found = [latest(request, each) for each in measures]
    second: list[tuple[str, ...]] = [(words,) for words in about] or [()] * len(found)
    rows = tuple(
        (each.words, *more, each.value, each.interval.removeprefix("95% interval ") or "none", each.about)
        for each, more in zip(found, second, strict=True)
    )
    columns = ("measure", *(("stage",) if about else ()), "latest figure", "95 per cent interval", "what it is of")
    at = 2 if about else 1
    return LinkedTable(TableBlock(caption, columns, rows, (at, at + 1)), tuple(each.url for each in found))


def of_theme(*themes: str) -> tuple[str, ...]:
    """The measures of the themes in the order of the catalogue."""
    return tuple(each.id for each in CATALOGUE.values() if each.theme in themes)
