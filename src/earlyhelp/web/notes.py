"""What people wrote beside a measure: as signs in its chart with their words below it, and as a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from earlyhelp.measures.signals import Event
from earlyhelp.reports.blocks import Heading
from earlyhelp.reports.charts import Pin
from earlyhelp.reports.wording import in_words, listed
from earlyhelp.web.blocks import Link, Shown
from earlyhelp.web.blocks_of_notes import Pinned, PinnedWords
from earlyhelp.web.models import Note
from earlyhelp.web.tables import table_of

_NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Baby|Child|Mother|Father)\.? [A-Z][a-z]+\b"
    r"|\b\d{3} ?\d{3} ?\d{4}\b|\b[A-Z]\d{11}[A-Z\d]\b"
    r"|\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    r"|\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}\b"
)
"""What is plainly of one person: a title with a name, an NHS or pupil number, a National Insurance number, a postcode, a
date of birth. A name alone cannot be told from the name of a team."""


def names_somebody(text: str) -> bool:
    """Whether the text plainly names somebody. What it lets through may still do: the form asks not to."""
    return bool(_NAMED.search(text))


@dataclass(frozen=True)
class OnMonths:
    """The notes and events of the months of a chart: its pins, their words, and which notes they are of.

    A month has one pin with a number, whatever was written of it; an event has a letter. No word of a note is in the chart.
    """

    pins: tuple[Pin, ...] = ()
    words: tuple[Pinned, ...] = ()
    notes: frozenset[int] = frozenset()

    @property
    def said(self) -> tuple[str, ...]:
        """The pins in a sentence for the chart's alt text, which leads to their words; nothing without pins."""
        told = [f"{each.label} at {in_words(each.day) if each.is_event else f'{each.day:%B %Y}'}" for each in self.pins]
        return (f"Signs whose words stand under the chart: {listed(told)}.",) if told else ()

    @property
    def blocks(self) -> list[Shown]:
        """The words, to stand under the chart."""
        kinds = {each.is_event for each in self.words}
        what = listed([*(["notes"] if False in kinds else []), *(["events"] if True in kinds else [])])
        return [PinnedWords(f"{what.capitalize()} in the chart", self.words)] if self.words else []


def on_months(measure_id: str, months: Sequence[date], events: Sequence[Event]) -> OnMonths:
    """What was written of the measure on days of those months, each given by its first day, and the events in them."""
    there = frozenset(months)
    notes = [each for each in _of(measure_id).order_by("day", "id") if each.day.replace(day=1) in there]
    numbers = {month: str(at) for at, month in enumerate(sorted({each.day.replace(day=1) for each in notes}), 1)}
    lettered = [
        (_letter(at), each) for at, each in enumerate(each for each in events if each.day.replace(day=1) in there)
    ]
    pins = [Pin(month, label) for month, label in numbers.items()]
    pins += [Pin(each.day, letter, is_event=True) for letter, each in lettered]
    words = [
        (each.day, Pinned(letter, in_words(each.day), each.name, "event", is_event=True)) for letter, each in lettered
    ]
    words += [
        (each.day, Pinned(numbers[each.day.replace(day=1)], in_words(each.day), each.text, str(each.author)))
        for each in notes
    ]
    words.sort(key=lambda each: each[0])
    told = tuple(each for _, each in words)
    return OnMonths(tuple(sorted(pins)), told, frozenset(each.pk for each in notes))


def _letter(at: int) -> str:
    """A, B, C ..., and after Z: A2, B2."""
    again, letter = divmod(at, 26)
    return f"{chr(ord('A') + letter)}{again + 1 if again else ''}"


def beside(measure_id: str, *, may_write: bool, on_chart: Collection[int] = ()) -> list[Shown]:
    """The notes of a measure that are not in its chart, the latest day first, with the way to write one."""
    blocks: list[Shown] = []
    if _of(measure_id).exclude(pk__in=on_chart).exists():
        words = "Notes on other months" if on_chart else "Notes"
        blocks += [Heading(1, words), table_of_notes(measure_id, on_chart)]
    if may_write:
        blocks.append(Link("Write a note beside this measure", reverse("measure_notes", args=[measure_id])))
    return blocks


def table_of_notes(measure_id: str, but: Collection[int] = ()) -> Shown:
    """The notes of a measure as a table, but for some. There is at least one."""
    found = _of(measure_id).exclude(pk__in=but).order_by("-day", "-id")
    rows = [(in_words(each.day), each.text, str(each.author)) for each in found]
    return table_of("Notes, the latest day first", ("day", "note", "written by"), rows)


def _of(measure_id: str) -> QuerySet[Note]:
    return Note.objects.filter(measure=measure_id).select_related("author")
