"""What one partner is shown of itself, on its way out: its own figures beside everybody's, and nothing of one other.

Rules:

- An organisation of which too few requests and too few episodes tell is not listed: its page would say nothing, and its
  name alone would tell that somebody few was asked about.
- What became of requests, and who leads, is protected over the pages of all partners of a kind together: a count is hidden
  where it is too few, where what is left of everybody's is, and where it must stand in for another that could else be
  proved small from the partner's own total, or from everybody's less all that is shown on others' pages.
- Months stand beside their total only where the hidden ones cannot be proved small from it.

What this does not see: schools and organisations are protected apart, so that a page of "School" and those of all schools
may together tell more than each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from earlyhelp.measures.partners import SCHOOL, Crossed, Partner, Told
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import ReleasedRow, Status

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class ReleasedPartner:
    """A partner that may be named. `code` and `kind` ("school" or "organisation") find it; `splits`: how it is told apart."""

    code: str
    name: str
    kind: str
    splits: tuple[str, ...]
    also_spelt: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReleasedTold:
    """How soon those who asked were told. `days`: the median, None where hidden, not recorded or not reached yet.

    `status`: ok, suppressed, or no_data where no system records it. `reached`: whether half have been told.
    """

    status: Status
    requests: float | None = None
    days: float | None = None
    lower: float | None = None
    upper: float | None = None
    reached: bool = False


@dataclass(frozen=True)
class ReleasedGroup:
    """Requests of one kind, own and everybody's; None is hidden."""

    label: str
    own: float | None
    everybody: float | None


@dataclass(frozen=True)
class AboutPartner:
    """What is told of one partner beside its measures."""

    partner: ReleasedPartner
    told: ReleasedTold
    told_everybody: ReleasedTold
    decisions: tuple[ReleasedGroup, ...]
    leads: tuple[ReleasedGroup, ...]


def publish_partners(found: Sequence[Partner], policy: Policy) -> tuple[ReleasedPartner, ...]:
    """The partners that may be named, in the order given: every school, and organisations with enough records."""
    return tuple(
        ReleasedPartner(each.code, each.name, each.kind, each.splits, each.also_spelt)
        for each in found
        if each.kind == SCHOOL or _is_told(each, policy)
    )


def _is_told(partner: Partner, policy: Policy) -> bool:
    return any(count and not policy.hides(count) for count in (partner.requests, partner.led))


def publish_partner(
    partner: ReleasedPartner,
    told: Told | None,
    everybody: Told | None,
    crossed: tuple[Crossed, Crossed],
    listed: Collection[str],
    policy: Policy,
) -> AboutPartner:
    """What may be told of one partner. crossed: decisions and leads of its kind; listed: codes of all partners with a page."""
    decisions, leads = (_groups(each, partner.code, listed, policy) for each in crossed)
    return AboutPartner(partner, _told(told, everybody, policy), _told(everybody, None, policy), decisions, leads)


def _told(found: Told | None, among: Told | None, policy: Policy) -> ReleasedTold:
    """Hidden where the requests or those told are few, or where the others among all of them are."""
    if found is None:
        return ReleasedTold(Status.NO_DATA)
    counts = [found.requests, found.told] + ([among.requests - found.requests] if among else [])
    if any(policy.hides(each) for each in counts):
        return ReleasedTold(Status.SUPPRESSED)
    return ReleasedTold(Status.OK, policy.rounded(found.requests), *found.days, reached=found.days.estimate is not None)


def _groups(found: Crossed, code: str, listed: Collection[str], policy: Policy) -> tuple[ReleasedGroup, ...]:
    row, hidden_of_all = found.of(code), _hidden_of_all(found.everybody, policy)
    pages = np.array([each in listed for each in found.names], dtype=bool)
    hidden = hidden_on_pages(found.counts, found.everybody, pages, policy)
    own = np.zeros(len(found.groups)) if row is None else found.counts[row]
    own_hidden = np.zeros(len(found.groups), dtype=bool) if row is None else hidden[row]
    return tuple(
        ReleasedGroup(
            found.codes.label(group),
            None if own_hidden[at] else policy.rounded(own[at]),
            None if hidden_of_all[at] else policy.rounded(found.everybody[at]),
        )
        for at, group in enumerate(found.groups)
    )


def _hidden_of_all(everybody: Floats, policy: Policy) -> Flags:
    hidden = _small(everybody, policy)
    while policy.hides_others_too and _is_tight(everybody, hidden, np.ones(len(everybody), dtype=bool), policy):
        if not _hide_next(everybody, hidden):
            break
    return hidden


def hidden_on_pages(counts: Floats, everybody: Floats, pages: Flags, policy: Policy) -> Flags:
    """Which counts to hide, (partners, groups), so that no page, nor all pages together, tell of a small one.

    counts: (partners, groups); everybody: (groups,), of them and of all others. pages: which partners have a page: of the
    rest nothing is shown. Known to whoever looks: each partner's total, and everybody's by group where it is shown.
    """
    hidden = _small(counts, policy) | ((counts > 0) & _small(everybody - counts, policy))
    hidden |= (counts > 0) & _hidden_of_all(everybody, policy)
    if not policy.hides_others_too:
        return hidden
    more = True
    while more:  # each round hides more, so that it ends
        rows = [_row_protected(counts[at], everybody, hidden[at], policy) for at in range(len(counts)) if pages[at]]
        groups = [_column_protected(counts, everybody, hidden, pages, at, policy) for at in range(len(everybody))]
        more = any(rows) or any(groups)
    return hidden


def _row_protected(own: Floats, everybody: Floats, hidden: Flags, policy: Policy) -> bool:
    """Hide one more of a partner's counts where a total would prove one small, or what is left of everybody's."""
    known = np.ones(len(own), dtype=bool)
    tight = any(_is_tight(each, hidden, known, policy) for each in (own, everybody - own))
    return tight and _hide_next(own, hidden)


def _column_protected(counts: Floats, everybody: Floats, hidden: Flags, pages: Flags, at: int, policy: Policy) -> bool:
    """Hide one more partner's count of a group where everybody's less what is shown would prove one small."""
    others = everybody[at] - counts[pages, at].sum()
    column = np.append(counts[pages, at], others)
    closed = np.append(hidden[pages, at], others > 0)
    if not _is_tight(column, closed, np.append(np.ones(pages.sum(), dtype=bool), False), policy):
        return False
    open_rows = np.flatnonzero(pages & ~hidden[:, at] & (counts[:, at] > 0))
    if not len(open_rows):
        return False
    hidden[open_rows[np.argmin(counts[open_rows, at])], at] = True
    return True


def _small(counts: Floats, policy: Policy) -> Flags:
    return np.array([policy.hides(each) for each in counts.ravel().tolist()], dtype=bool).reshape(counts.shape)


def _is_tight(counts: Floats, hidden: Flags, known_above_0: Flags, policy: Policy) -> bool:
    """Whether a small hidden count could be proved small from the sum of all that is hidden with it.

    At most it is that sum less one for each other hidden count that is known not to be 0.
    """
    if not (_small(counts, policy) & hidden & known_above_0).any():
        return False
    room = counts[hidden].sum() - ((hidden & known_above_0).sum() - 1)
    return bool(room <= policy.highest)


def _hide_next(counts: Floats, hidden: Flags) -> bool:
    """Hide the smallest count that is shown and not 0, in place; whether there was one."""
    left = np.flatnonzero(~hidden & (counts > 0))
    if not len(left):
        return False
    hidden[left[np.argmin(counts[left])]] = True
    return True


def may_stand_beside(total: float | None, parts: Sequence[ReleasedRow], policy: Policy) -> bool:
    """Whether parts of which some are hidden may be shown beside their total: the hidden ones could each be beyond hiding.

    The hidden ones add up to the total less what is shown; one of them is at most that less one for each other. Where the
    policy rounds, nothing can be worked out exactly, and where the total is hidden there is nothing to take it from.
    """
    hidden = [row for row in parts if row.status is Status.SUPPRESSED]
    if not hidden or total is None or not policy.hides_others_too:
        return True
    left = total - sum(row.numerator or 0 for row in parts if row.status is Status.OK)
    return len(hidden) > 1 and left - (len(hidden) - 1) > policy.highest
