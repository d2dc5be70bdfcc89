"""A mistake put into the text of a map, and how reading it is refused."""

from __future__ import annotations

import pytest

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.mapping import SavedList, SavedMap
from earlyhelp.ingest.mapping.map_files import map_in, text_of


def refused_with(saved: SavedList, heading: str, said: str) -> tuple[InputRefused, int]:
    """The refusal of a map in which `said` stands for a heading, and the number of that line."""
    lines = text_of(SavedMap("north", (saved,))).splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith(f'"{heading}" ='))
    lines[number] = f'"{heading}" = {said}'
    with pytest.raises(InputRefused) as refused:
        map_in("\n".join(lines), "north.toml")
    return refused.value, number + 1
