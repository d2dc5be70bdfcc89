"""Which episode a record names, in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from generative.things import Row, Thing
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


Stretch = tuple[Row, date, date]
"""An episode, the first day on which something is so of it, and the first on which it is so no more."""


def open_families(
    world: World,
    stretches: Sequence[Stretch],
    counted: Callable[[int], bool],
    since: Callable[[Row], date] | None = None,
) -> Iterator[Thing]:
    """Every open episode from each day on which something changes to the next: of how many stretches is its family part.

    `since`: the first day on which an episode is counted at all, where that is not its first.
    """
    telling = {episode["source_system"] for episode, _, _ in stretches}
    for row in world.rows("eh_episode"):
        until = row["end_date"] or date.max
        if row["source_system"] not in telling or until <= row["start_date"]:
            continue
        first = max(row["start_date"], since(row)) if since else row["start_date"]
        family = [each for each in stretches if each[0]["family_id"] == row["family_id"]]
        days = sorted({first, *(day for each in family for day in each[1:] if first < day < until)})
        for day, end in zip(days, [*days[1:], until], strict=True):
            n = sum(start <= day < stop for _, start, stop in family)
            yield Thing(row["family_id"], row, day, end, counted(n))
