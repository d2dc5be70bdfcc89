"""Disclosure policies as data: which counts are hidden, to what base the rest is rounded, and how a hidden one is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Policy:
    """A count from `lowest` to `highest`, both included, is hidden; the rest is rounded to `round_to` (0: exact).

    `symbol`: what stands for a hidden count. `secondary`: where counts are exact, further ones are hidden so that no
    small one can be worked out; rounded counts need none. `mark`: what must stand beside every figure that is not for
    all eyes; a policy with a mark is for use inside the council alone. `fewest_averaged`: of fewer no mean and no median is
    shown, since either may be the amount or the days of one of them.
    """

    name: str
    lowest: int
    highest: int
    round_to: int = 0
    source: str = ""
    symbol: str = "c"
    secondary: bool = False
    mark: str = ""
    fewest_averaged: int = 0

    @property
    def hides_others_too(self) -> bool:
        """Whether counts that are not small are hidden beside small ones, behind the same symbol."""
        return self.secondary and not self.round_to

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

    def shown(self, count: float) -> float | None:
        """The count as it may be shown: to the policy's base, None where it is hidden."""
        return None if self.hides(count) else self.rounded(count)


_TEN = 10
"""Office for National Statistics, advice on the Longitudinal Study: what rests on fewer than 10 may tell of somebody."""
_INTERNAL = "Exact figures: not to be passed on."
_LIST = (
    Policy(
        "dfe",
        lowest=1,
        highest=5,
        source="DfE, Children in need in England, methodology: counts of 1 to 5 are suppressed, with secondary "
        "suppression where needed; 0 is shown.",
        secondary=True,
        fewest_averaged=_TEN,
    ),
    Policy(
        "nhs",
        lowest=1,
        highest=7,
        round_to=5,
        source="NHS England, Hospital Episode Statistics: sub-national counts of 1 to 7 are suppressed, all others are "
        "rounded to 5, totals by themselves.",
        symbol="*",
        fewest_averaged=_TEN,
    ),
    Policy(
        "opensafely",
        lowest=1,
        highest=7,
        round_to=5,
        source="OpenSAFELY, statistical disclosure control: counts of 7 or fewer are redacted, then all are rounded to 5; "
        "counts of 0 can be kept.",
        symbol="[REDACTED]",
        fewest_averaged=_TEN,
    ),
    Policy(
        "open-data",
        lowest=1,
        highest=7,
        round_to=5,
        source="Ours, for open data: as NHS England, since rounded totals stay safe when tables are combined.",
        fewest_averaged=_TEN,
    ),
    Policy(
        "pack",
        lowest=1,
        highest=7,
        round_to=5,
        source="Ours, for what councils send each other: as open data, since the receiver may hold other tables.",
        fewest_averaged=_TEN,
    ),
    Policy(
        "internal",
        lowest=0,
        highest=-1,
        source="For roles that may see every row: exact and marked; nothing made under it may be passed on.",
        mark=_INTERNAL,
    ),
    Policy(
        "none",
        lowest=0,
        highest=-1,
        source="For people who may see every row; nothing made under it may be passed on.",
        mark=_INTERNAL,
    ),
)
POLICIES: Mapping[str, Policy] = {each.name: each for each in _LIST}


def policy(name: str, round_to: int = 0) -> Policy:
    """The policy of that name, rounding to `round_to` where that is coarser than its own.

    Raises KeyError for a name there is not.
    """
    found = POLICIES[name]
    return replace(found, round_to=max(round_to, found.round_to))
