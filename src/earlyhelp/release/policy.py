"""Disclosure policies as data: which counts are hidden, and to what base the rest is rounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Policy:
    """A count from `lowest` to `highest`, both included, is hidden; the rest is rounded to `round_to` (0: exact)."""

    name: str
    lowest: int
    highest: int
    round_to: int = 0
    source: str = ""

    def hides(self, count: float) -> bool:
        """True when a count of that size may not be shown, whichever its sign.

        Zero may be shown: it tells of nobody. A count that is not zero and would be rounded to zero is hidden too: it
        would read as nobody. Parts of people, as in estimates of populations, are hidden like whole ones.
        """
        small = self.lowest - 1 < abs(count) < self.highest + 1
        return small or (count != 0 and self.rounded(count) == 0)

    def rounded(self, count: float) -> float:
        """The count to the policy's base, halves away from zero; exact where there is no base."""
        if not self.round_to:
            return count
        steps = int((abs(count) + self.round_to / 2) // self.round_to)
        return float(self.round_to * steps * (1 if count >= 0 else -1))


POLICIES: Mapping[str, Policy] = {
    "dfe": Policy(
        "dfe",
        lowest=1,
        highest=5,
        source="DfE, Children in need in England, methodology: counts of 1 to 5 are suppressed, 0 is shown.",
    ),
    "none": Policy(
        "none",
        lowest=0,
        highest=-1,
        source="For people who may see every row; nothing made under it may be passed on.",
    ),
}


def policy(name: str, round_to: int = 0) -> Policy:
    """The policy of that name, rounding to `round_to`. Raises KeyError for a name there is not."""
    return replace(POLICIES[name], round_to=round_to)
