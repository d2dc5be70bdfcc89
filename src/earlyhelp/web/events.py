"""Changes after which figures may not be compared: those of `council.toml`, and those that people entered on the pages."""

from __future__ import annotations

from earlyhelp.measures.signals import Event
from earlyhelp.store.settings import declared_events
from earlyhelp.web import models
from earlyhelp.web.workspace import workspace


def declared() -> tuple[Event, ...]:
    """All of them in the order of their days."""
    own = [(each.day, each.name) for each in models.Event.objects.all()]
    return tuple(Event(*each) for each in sorted({*declared_events(workspace().root / "council.toml"), *own}))
