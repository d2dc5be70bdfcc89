"""The main pages made before anybody asks: at the start, and when another snapshot becomes current."""

from __future__ import annotations

import logging
import threading
import time
from importlib import import_module
from pkgutil import iter_modules

from earlyhelp.errors import EarlyHelpError
from earlyhelp.web import reading, screens
from earlyhelp.web.workspace import workspace

LOOKS_EVERY = 1.0


def keep_warm() -> threading.Thread:
    """Start looking for new snapshots, in a thread that ends with the process."""
    thread = threading.Thread(target=_look, daemon=True, name="warming")
    thread.start()
    return thread


def _look() -> None:
    warmed = None
    while True:
        current = workspace().current
        if current is not None and current != warmed:
            warm(current)
            warmed, reading.KEPT.served = current, current
        time.sleep(LOOKS_EVERY)


def warm(snapshot: str) -> None:
    """Make what the main pages show of a snapshot. What cannot be made is left for whoever asks, who is told why."""
    for module in iter_modules(screens.__path__):
        ready = getattr(import_module(f"{screens.__name__}.{module.name}"), "make_ready", None)
        if ready is None:
            continue
        try:
            ready(reading.InSnapshot(snapshot))
        except (EarlyHelpError, reading.SnapshotMoved):
            continue
        except Exception:  # were this thread to end, no later run would ever be shown
            logging.getLogger(__name__).exception("%s cannot be made ready", module.name)
