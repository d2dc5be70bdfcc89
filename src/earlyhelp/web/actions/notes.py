"""Notes beside measures, the calendar of events, and pages frozen as they were reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from earlyhelp.web.looking import record_act
from earlyhelp.web.models import Event, Frozen, Note, User


@transaction.atomic
def write_note(request: HttpRequest, *, measure: str, day: date, text: str, author: User) -> Note:
    """A note beside a measure."""
    made = Note.objects.create(measure=measure, day=day, text=text, author=author)
    record_act(request, "note written", measure=measure, note=made.pk)
    return made


@transaction.atomic
def remove_note(request: HttpRequest, *, note: Note) -> None:
    """Take a note away."""
    record_act(request, "note removed", measure=note.measure, note=note.pk)
    note.delete()


@transaction.atomic
def add_event(request: HttpRequest, *, day: date, name: str, author: User) -> Event:
    """An event in the calendar: figures after it may not be compared with those before."""
    made = Event.objects.create(day=day, name=name, author=author)
    record_act(request, "event added", day=day.isoformat(), name=name)
    return made


@transaction.atomic
def remove_event(request: HttpRequest, *, event: Event) -> None:
    """Take an event out of the calendar."""
    record_act(request, "event removed", day=event.day.isoformat(), name=event.name)
    event.delete()


@transaction.atomic
def freeze(
    request: HttpRequest,
    *,
    address: str,
    title: str,
    reported_to: str,
    day: date,
    snapshot: str,
    shown: dict[str, Any],
    author: User,
) -> Frozen:
    """A page kept as it was reported."""
    made = Frozen.objects.create(
        address=address, title=title, reported_to=reported_to, day=day, snapshot=snapshot, shown=shown, author=author
    )
    record_act(request, "page frozen", address=address, reported_to=reported_to, frozen=made.pk)
    return made
