"""What is open, from each day on which it may change whether something was done lately to the next, in plain Python."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from generative.things import Row, Thing


def each_stretch(
    unit: object,
    row: Row,
    open_from: tuple[date, date | None],
    events: Collection[date],
    days: int,
    *,
    silent: bool = False,
) -> Iterator[Thing]:
    """A thing for each stretch; counted when an event was on its first day or at most `days` before (or none, `silent`).

    `open_from`: the first day of what is open, and the day from which it is open no more.
    """
    start, end = open_from[0], open_from[1] or date.max
    turns = {day.toordinal() for day in events} | {day.toordinal() + days + 1 for day in events}
    points = sorted({start, *(date.fromordinal(turn) for turn in turns)})
    for day, following in zip(points, [*points[1:], date.max], strict=True):
        if start <= day < end:
            lately = any(0 <= (day - event).days <= days for event in events)
            yield Thing(unit, row, day, min(following, end), counted=lately != silent)
