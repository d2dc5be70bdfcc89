"""Which episode a record names, in plain Python."""

from __future__ import annotations

from generative.things import Row
from generative.worlds import World

OF_THE_EPISODE = ("person_id", "family_id", "team", "need_code", "org_type")
"""What the records of an episode are split by besides their own columns."""


def episode_of(world: World, record: Row) -> Row | None:
    """The episode of that number in the record's own system; for one beside the systems, that of the only one."""
    alike = [row for row in world.rows("eh_episode") if row["episode_id"] == record["episode_id"]]
    own = [row for row in alike if row["source_system"] == record["source_system"]]
    if own:
        return own[0]
    return alike[0] if record["source_system"] == "standard" and len(alike) == 1 else None


def with_episode(world: World, record: Row) -> Row:
    """The record with what its episode is split by; nothing where nobody knows the episode."""
    episode = episode_of(world, record) or {}
    return {**record, **{name: episode.get(name) for name in OF_THE_EPISODE}}
