"""What the served snapshot answers, made once and kept: every page of a request reads the same snapshot.

When a run publishes, pages go on from the snapshot before until the new one's main pages are made, so that nobody waits.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest

from earlyhelp.receiving import changes_of_packs
from earlyhelp.release import policy
from earlyhelp.web.workspace import workspace

T = TypeVar("T")
MOST_KEPT = 1_500


class SnapshotMoved(Exception):
    """What is asked for was not made of the snapshot that this request began with, and another is current now."""


class Kept:
    """Things made of snapshots, the least used forgotten first; two who ask for the same thing wait for one maker."""

    def __init__(self) -> None:
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._makers: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self.served: str | None = None

    def has(self, key: Hashable) -> bool:
        """Whether the thing is kept."""
        with self._lock:
            return key in self._things

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The thing kept under the key, made at the first call."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
            maker = self._makers.setdefault(key, threading.Lock())
        with maker:
            with self._lock:
                if key in self._things:
                    return self._things[key]
            made = make()
            with self._lock:
                self._things[key] = made
                self._makers.pop(key, None)
                while len(self._things) > MOST_KEPT:
                    self._things.popitem(last=False)
            return made


KEPT = Kept()


def served() -> str | None:
    """The snapshot that new requests read: the current one, once its main pages are made."""
    current = workspace().current
    if KEPT.served is None or current is None or not getattr(settings, "EARLYHELP_WARM", True):
        KEPT.served = current
    return KEPT.served


def snapshot_of(request: HttpRequest | InSnapshot) -> str | None:
    """The snapshot of this request."""
    if not hasattr(request, "snapshot"):
        request.snapshot = served()
    return request.snapshot


def as_at_of(request: HttpRequest | InSnapshot) -> date | None:
    """The day that the figures of this request are as at."""
    snapshot = snapshot_of(request)
    if snapshot is None:
        return None
    text = KEPT.get((snapshot, "as_at"), lambda: workspace().manifest(snapshot)["as_at"])
    return date.fromisoformat(text)


class InSnapshot:
    """What stands for a request when pages are made ready before anybody asks."""

    method = "GET"

    def __init__(self, snapshot: str) -> None:
        self.snapshot = snapshot


def prepared(request: HttpRequest | InSnapshot, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """What `make` gives for the snapshot of this request, made once. `make` reads the current snapshot.

    Raises SnapshotMoved where another snapshot has become current and the thing was not made before.
    """
    snapshot = snapshot_of(request)
    whole = (snapshot, *key)
    if not KEPT.has(whole) and workspace().current != snapshot:
        raise SnapshotMoved
    return KEPT.get(whole, make)


def of_one_snapshot(request: HttpRequest, show: Callable[[], T]) -> T:
    """What `show` gives, all of it from one snapshot; where that moved in between, from the new one."""
    try:
        return show()
    except SnapshotMoved:
        request.snapshot = workspace().current
        return show()


def mark_of_policy() -> str:
    """What must stand on every page of figures where the council's own policy hides nothing; else nothing."""
    return policy(workspace().settings.policy).mark


def changes_beside() -> Hashable:
    """What changes when somebody writes a note or an event or receives a pack, so that pages which show them are made again."""
    from earlyhelp.web.models import Event, Note  # here: models exist once Django is set up

    written = tuple(tuple(each.objects.aggregate(Max("id"), Count("id")).values()) for each in (Note, Event))
    return written, changes_of_packs(workspace())
