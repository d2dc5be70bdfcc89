"""The one workspace that the application serves, and the clock: what every page is given."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from earlyhelp.store.workspace import Workspace, open_workspace


@lru_cache(maxsize=4)
def _opened(root: Path) -> Workspace:
    return open_workspace(root)


def workspace() -> Workspace:
    """The workspace of the settings. Raises InputRefused where the folder is none."""
    return _opened(settings.WORKSPACE)


def moment() -> str:
    """Now, as ISO, for records and registers."""
    return timezone.now().isoformat(timespec="seconds")


def today() -> date:
    """The day in England."""
    return timezone.localdate()
