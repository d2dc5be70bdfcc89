"""What a screen shows of notes: the words that belong to the signs in a chart."""

from __future__ import annotations

from dataclasses import dataclass

from earlyhelp.web.blocks import OnScreen


@dataclass(frozen=True)
class Pinned:
    """A note or an event that has a sign in a chart. `label`: the sign; `by`: who wrote it, or what it is."""

    label: str
    day: str
    text: str
    by: str
    is_event: bool = False


@dataclass(frozen=True)
class PinnedWords(OnScreen):
    """What the signs in the chart above it say, in the order of their days."""

    title: str
    items: tuple[Pinned, ...]
