"""What each measure counts, once more in plain Python, one module a theme.

`COUNTED`: by measure and definition, the things it may count. `FOLLOWED`: the days for which they are followed, of
measures that wait for their cohorts to mature. `GROUPS`: measures that are tried on the same made-up councils, and the
tables that those have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from generative.things import Thing
from generative.worlds import World

COUNTED: dict[tuple[str, str], Callable[[World], Iterator[Thing]]] = {}
FOLLOWED: dict[tuple[str, str], int] = {}
GROUPS: dict[str, tuple[list[str], tuple[str, ...]]] = {}


def _gather(whole: dict[Any, Any], part: dict[Any, Any]) -> None:
    assert not whole.keys() & part.keys(), f"counted twice: {whole.keys() & part.keys()}"
    whole |= part


for each in iter_modules(__path__, f"{__name__}."):
    module = import_module(each.name)
    _gather(COUNTED, module.COUNTED)
    _gather(FOLLOWED, getattr(module, "FOLLOWED", {}))
    _gather(GROUPS, module.GROUPS)
