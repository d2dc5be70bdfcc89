"""What an outsider knows of one count by itself: of a shown one, of a rounded one, of a symbol in its place."""

from __future__ import annotations

import math

from earlyhelp.release.policy import Policy

UNBOUNDED = math.inf


def range_of_shown(shown: float, policy: Policy) -> tuple[float, float]:
    """The least and the greatest true count that the policy shows as this one; the same twice where it does not round.

    A count that would have been hidden is none of them: rounded to 5 with 1 to 7 hidden, 10 is 8 to 12, and 0 is 0.
    Raises ValueError for a count that the policy never shows.
    """
    base = policy.round_to
    if not base:
        return shown, shown
    candidates = [
        count
        for count in range(max(0, math.floor(shown - base)), math.ceil(shown + base) + 1)
        if policy.rounded(count) == shown and not policy.hides(count)
    ]
    if not candidates:
        raise ValueError(f"The policy {policy.name} never shows {shown:g}.")
    return float(candidates[0]), float(candidates[-1])


def range_of_symbol(policy: Policy, *, others_too: bool, zeros_too: bool = False) -> tuple[float, float]:
    """The least and the greatest count that may stand behind the symbol of a hidden cell.

    `others_too`: counts that are not small are hidden behind the same symbol, so that it tells of no upper bound.
    `zeros_too`: zeros may be hidden; where they are shown, whatever is hidden is at least 1.
    """
    least = 0.0 if zeros_too else float(max(policy.lowest, 1))
    if not others_too:
        return min(least, float(policy.lowest)), float(_greatest_hidden(policy))
    return least, UNBOUNDED


def _greatest_hidden(policy: Policy) -> int:
    """The greatest count hidden: the policy's own, or a greater one that would be rounded to zero."""
    to_zero = (policy.round_to - 1) // 2
    return max(policy.highest, to_zero, 0)
