"""The latest figure of a measure, as a number that stands out and in a table of several, each leading to its page."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from earlyhelp.measures import CATALOGUE, Question
from earlyhelp.release import ReleasedRow, Status
from earlyhelp.reports.blocks import TableBlock
from earlyhelp.reports.wording import IN_WORDS, in_words, interval_of, value_of
from earlyhelp.web.blocks import BigNumber, LinkedTable
from earlyhelp.web.reading import InSnapshot
from earlyhelp.web.screens.measure import asked, coarsest

BY_GROUP = "told by group"
"""What stands for the figure of a measure that has one for each of several groups and none for all."""


def latest(request: HttpRequest | InSnapshot, measure: str) -> BigNumber:
    """The latest yearly figure of a measure that is mature, with its interval, what it counts, and where it stands."""
    wanted, url = CATALOGUE[measure], reverse("measure", args=[measure])
    released = asked(request, measure, Question(grain=coarsest(wanted))).released
    rows = [row for row in released.rows if not row.dims and row.status is not Status.NOT_MATURE]
    if not rows:
        why = released.closed[0].words if released.closed else wanted.unit
        return BigNumber(wanted.name, _of_groups(released.rows), "", why, url)
    interval = interval_of(rows[-1], wanted)
    words = f"95% interval {interval}" if interval else ""
    return BigNumber(wanted.name, value_of(rows[-1], wanted), words, f"{wanted.unit}, {_to(rows[-1])}", url)


def _of_groups(rows: Sequence[ReleasedRow]) -> str:
    """What stands for figures of groups alone: that there are some, or why there are none."""
    there = {row.status for row in rows}
    if Status.OK in there:
        return BY_GROUP
    return next((words for status, words in IN_WORDS.items() if status in there), IN_WORDS[Status.NO_DATA])


def _to(row: ReleasedRow) -> str:
    return f"to {in_words(row.period_end)}" if row.period_end else "all days"


def latest_table(request: HttpRequest | InSnapshot, caption: str, measures: Sequence[str], *about: str) -> LinkedTable:
    """A row a measure: its name, leading to its page, the latest figure, its interval, what it counts and to what day.

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
