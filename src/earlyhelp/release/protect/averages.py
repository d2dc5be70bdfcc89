"""Means and medians: of how many one is told, and what the difference of two means tells.

A median is the days of one of those counted, and a mean of few is nearly an amount of one of them: both need people around
them. A mean times its number is a sum, and the sums of two groups of which one holds the other leave that of the rest: so a
mean leaves without its sum, to one decimal, and the rest of two must be as many as a mean needs.
"""

from __future__ import annotations

from earlyhelp.measures import Statistic
from earlyhelp.release.policy import Policy

AVERAGES = (Statistic.MEAN, Statistic.MEDIAN)
"""Statistics whose value is made of amounts of single records, and not of the counts beside it."""


def of_too_few(statistic: str, people: float | None, policy: Policy) -> bool:
    """True for a mean or a median of fewer than the policy asks for, counted as the policy shows them.

    The shown number decides: where it is rounded, a mean hidden beside a shown 10 would tell of 8 or 9.
    """
    return statistic in AVERAGES and 0 < policy.rounded(people or 0) < policy.fewest_averaged


def most_apart(policy: Policy) -> int:
    """The greatest number of people that stops a release where two means tell the mean of those by whom they differ."""
    return max(policy.highest, policy.fewest_averaged - 1)
