"""The roles of those who act, on their way out: how often each, with no small count and none that can be worked out.

The number of all is taken as known. Names of workers never come here. Each thing that is done is protected by itself: what
was done in two roles by one worker is not seen from here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np

from earlyhelp.measures.roles import Roles
from earlyhelp.release.policy import Policy
from earlyhelp.release.protect.suppress import NotProtectable, problem, suppress
from earlyhelp.release.protect.tables import TOTAL, Relation, table

OTHERS, UNSAID = ("others",), ("unsaid",)
"""Cells of no role of their own: roles of one worker alone, and no role on record."""


@dataclass(frozen=True)
class ReleasedRoles:
    """How often something was done, and in which roles, the most often first; hidden roles are left out.

    `all`, `unsaid` (no role on record): None where hidden. `left_out`: whether further roles are not told.
    """

    all: float | None
    told: tuple[tuple[str, float], ...]
    unsaid: float | None
    left_out: bool


def publish_roles(found: Mapping[str, Roles], policy: Policy) -> dict[str, ReleasedRoles]:
    """The roles as they may be told, by what is done."""
    return {what: _published(each, policy) for what, each in found.items()}


def _published(found: Roles, policy: Policy) -> ReleasedRoles:
    cells: dict[Hashable, float] = {
        **{role: float(count) for role, count in found.counts.items()},
        OTHERS: float(found.others),
        UNSAID: float(found.unsaid),
    }
    hidden = _hidden(cells, policy)
    told = [(role, policy.rounded(cells[role])) for role in found.counts if role not in hidden]
    whole = sum(cells.values())
    return ReleasedRoles(
        None if policy.hides(whole) else policy.rounded(whole),
        tuple(sorted(told, key=lambda each: (-each[1], each[0]))),
        None if UNSAID in hidden else policy.rounded(cells[UNSAID]),
        bool(found.others) or len(told) < len(found.counts),
    )


def _hidden(cells: Mapping[Hashable, float], policy: Policy) -> set[Hashable]:
    """The cells to hide: all of them where no choice protects."""
    if not policy.hides_others_too:
        return {key for key, count in cells.items() if policy.hides(count)}
    whole: dict[Hashable, float] = {**cells, (TOTAL,): sum(cells.values())}
    try:
        given = table(whole, [Relation((TOTAL,), tuple(cells))])
        asked = problem(given, policy, may_hide=np.arange(len(whole)) < len(cells))
        return {key for key, gone in zip(whole, suppress(asked).hidden, strict=True) if gone}
    except NotProtectable:
        return set(cells)
