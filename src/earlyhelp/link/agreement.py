"""How far two reviewers agree who did not know of each other: the share agreed, and Cohen's kappa, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from earlyhelp.link.estimates import wilson
from earlyhelp.store.decisions import DIFFERENT, SAME, Decision

ENOUGH = 30
"""Pairs seen by two from which a share is shown: below, its interval is wider than anything that could be learned from it."""
_Z = 1.959963984540054
"""The normal quantile of an interval of 95 per cent."""


@dataclass(frozen=True)
class Agreement:
    """What two reviewers said of the same pairs, by group: `by` is "all", "grade" or "sources", `group` which one.

    `pairs`: both said same or different; `agreed`: the same of it; `unsure`: at least one was unsure, left out of the rest.
    `share` (0 to 1) and `kappa` (-1 to 1), each with its 95 per cent interval, are None where there are too few pairs, and
    kappa also where both said one and the same of all: then there is nothing to tell from chance. `status`: ok or too_few.
    """

    by: str
    group: str
    pairs: int
    agreed: int
    unsure: int
    share: float | None
    share_lower: float | None
    share_upper: float | None
    kappa: float | None
    kappa_lower: float | None
    kappa_upper: float | None
    status: str


def agreement(reviewed: Sequence[tuple[Decision, Decision]]) -> list[Agreement]:
    """Agreement over all pairs of (first, second) answers, then by the grade of the pair and by its two systems."""
    found = [_agreed("all", "", reviewed)]
    for by in ("grade", "sources"):
        groups: dict[str, list[tuple[Decision, Decision]]] = {}
        for first, second in reviewed:
            groups.setdefault(getattr(first, by), []).append((first, second))
        found += [_agreed(by, group, groups[group]) for group in sorted(groups)]
    return found


def _agreed(by: str, group: str, reviewed: Iterable[tuple[Decision, Decision]]) -> Agreement:
    said = [(first.decision, second.decision) for first, second in reviewed]
    counts = {(one, other): said.count((one, other)) for one in (SAME, DIFFERENT) for other in (SAME, DIFFERENT)}
    pairs, agreed = sum(counts.values()), counts[SAME, SAME] + counts[DIFFERENT, DIFFERENT]
    unsure = len(said) - pairs
    if pairs < ENOUGH:
        return Agreement(by, group, pairs, agreed, unsure, None, None, None, None, None, None, "too_few")
    table = [[counts[one, other] for other in (SAME, DIFFERENT)] for one in (SAME, DIFFERENT)]
    share, lower, upper = (float(each) for each in wilson(agreed, pairs))
    kappa, least, most = cohens_kappa(table) or (None, None, None)
    return Agreement(by, group, pairs, agreed, unsure, share, lower, upper, kappa, least, most, "ok")


def cohens_kappa(table: Sequence[Sequence[int]]) -> tuple[float, float, float] | None:
    """Cohen's kappa with the bounds of its 95 per cent interval; None where chance alone would agree on everything.

    `table`: a square of counts, rows for what the first said and columns for the second. kappa = (po - pe) / (1 - pe), with
    po the share agreed and pe the share on which two would agree who answered by chance, each as often as they did. The
    interval is kappa -+ 1.96 standard errors, the large-sample one where kappa is not taken to be 0.

    Sources: Cohen (1960), Educational and Psychological Measurement 20:37-46; Fleiss, Cohen and Everitt (1969),
    Psychological Bulletin 72:323-327, equation 13.
    """
    total, sizes = sum(map(sum, table)), range(len(table))
    share = [[cell / total for cell in row] for row in table]
    first, second = [sum(row) for row in share], [sum(column) for column in zip(*share, strict=True)]
    chance = sum(one * other for one, other in zip(first, second, strict=True))
    if chance >= 1:
        return None
    agreed = sum(share[i][i] for i in sizes)
    kappa = (agreed - chance) / (1 - chance)
    along = sum(share[i][i] * (1 - (first[i] + second[i]) * (1 - kappa)) ** 2 for i in sizes)
    beside = sum(share[i][j] * (second[i] + first[j]) ** 2 for i in sizes for j in sizes if i != j) * (1 - kappa) ** 2
    variance = (along + beside - (kappa - chance * (1 - kappa)) ** 2) / (total * (1 - chance) ** 2)
    spread = _Z * math.sqrt(max(variance, 0.0))
    return kappa, max(kappa - spread, -1.0), min(kappa + spread, 1.0)
