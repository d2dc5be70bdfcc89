"""How the rows of each table of a made-up council are drawn, one module a table, named after it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

MADE: dict[str, tuple[str, Callable[..., dict[str, Any]]]] = {
    each.name: (import_module(f"{__name__}.{each.name}").KEY, import_module(f"{__name__}.{each.name}").make)
    for each in iter_modules(__path__)
}
"""By table: its key, and what draws one row about a person."""
