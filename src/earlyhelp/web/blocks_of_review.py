"""Two records side by side, each field with a word for how alike they are."""

from __future__ import annotations

from dataclasses import dataclass

from earlyhelp.web.blocks import OnScreen

SAME, SIMILAR, DIFFERENT, MISSING, NOT_COMPARED = "Same", "Similar", "Different", "Missing", "Not compared"


@dataclass(frozen=True)
class Field:
    """One field of the two records; `alike`: one of the words above."""

    words: str
    one: str
    other: str
    alike: str

    @property
    def is_different(self) -> bool:
        """Whether the two contradict each other here."""
        return self.alike == DIFFERENT


@dataclass(frozen=True)
class Pair(OnScreen):
    """Two records, field by field. `caption`: what the table is of."""

    caption: str
    fields: tuple[Field, ...]
