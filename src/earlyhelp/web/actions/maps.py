"""Maps: saved under `maps/` once somebody has looked at what they make of a file."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from earlyhelp.ingest.mapping import SavedMap, read_maps, write_map
from earlyhelp.web.looking import record_act
from earlyhelp.web.workspace import workspace


def save(*, request: HttpRequest, draft: SavedMap, name: str) -> SavedMap:
    """The map as it was saved, one version on where one of its name is there and says something else."""
    folder = workspace().maps
    record_act(request, "map saved", map=name)
    write_map(replace(draft, name=name), folder)
    return read_maps(folder).by_name[name]
