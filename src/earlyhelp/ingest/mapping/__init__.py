"""The mapping of files in a layout nobody published: proposed, looked at by a person, saved, and used at every load."""

from __future__ import annotations

from earlyhelp.ingest.mapping.as_source import known_sources
from earlyhelp.ingest.mapping.desk import Mapped, codes_for, look_at
from earlyhelp.ingest.mapping.map_files import SavedMaps, read_map, read_maps, write_map
from earlyhelp.ingest.mapping.saved import SavedList, SavedMap, SavedOutcome, SavedPerson, SavedReview, SavedScore

__all__ = [
    "Mapped",
    "SavedList",
    "SavedMap",
    "SavedMaps",
    "SavedOutcome",
    "SavedPerson",
    "SavedReview",
    "SavedScore",
    "codes_for",
    "known_sources",
    "look_at",
    "read_map",
    "read_maps",
    "write_map",
]
