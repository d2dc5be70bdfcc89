"""What one partner is shown of itself, on its way out: its own figures beside everybody's, and nothing of one other.

Rules:

- An organisation of which too few requests and too few episodes tell is not listed: its page would say nothing, and its
  name alone would tell that somebody few was asked about.
- What became of requests, and who leads, is protected over the pages of all schools and organisations together: a count is
  hidden where it is too few, where what is left of everybody's is, and where it must stand in for another that could else
  be proved small from any of the pages, or from what two of them differ by (`partner_pages`). How many requests a partner
  made is one of those counts: where it is hidden, so is every figure of its requests.
- Months stand beside their total only where the hidden ones cannot be proved small from it, and not on the page of an
  organisation under whose name schools ask, since theirs would tell of the rest.

What this does not see: who was told when, and the shares of measures, whose own counts two pages may differ by.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from earlyhelp.measures.partners import SCHOOL, Crossed, Partner, Told
from earlyhelp.release.partner_pages import Key, Page, hidden_on_pages, own
from earlyhelp.release.partner_pages import everybody as all_of_it
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Released, ReleasedRow, Status


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
    """Requests of one kind, own and everybody's; None is hidden. `code`: what the kind is called in the records."""

    label: str
    own: float | None
    everybody: float | None
    code: str = ""


@dataclass(frozen=True)
class AboutPartner:
    """What is told of one partner beside its measures. `requests`, `months`: whether how many it made may be, and by month."""

    partner: ReleasedPartner
    told: ReleasedTold
    told_everybody: ReleasedTold
    decisions: tuple[ReleasedGroup, ...]
    leads: tuple[ReleasedGroup, ...]
    requests: bool = True
    months: bool = True


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
    listed: Collection[ReleasedPartner],
    policy: Policy,
) -> AboutPartner:
    """What may be told of one partner. crossed: decisions, and leads, of all requests; listed: all partners with a page."""
    pages, page = [(each.kind, each.code) for each in listed], (partner.kind, partner.code)
    hidden = hidden_on_pages(crossed[0], pages, policy)
    among_leads = hidden_on_pages(crossed[1], pages, policy, totals_told=False)
    requests = own(page) not in hidden
    return AboutPartner(
        partner,
        _told(told, everybody, policy) if requests or told is None else ReleasedTold(Status.SUPPRESSED),
        _told(everybody, None, policy),
        _groups(crossed[0], page, hidden, policy),
        _groups(crossed[1], page, among_leads, policy),
        requests=requests,
        months=requests and not _shares_requests(crossed[0], page),
    )


def _shares_requests(found: Crossed, page: Page) -> bool:
    """Whether schools ask under the name of an organisation: its months beside theirs would tell of few."""
    return page[0] != SCHOOL and any(school and organisation == page[1] for school, organisation, _ in found.counts)


def own_figures(found: Released, about: AboutPartner, *, monthly: bool) -> Released:
    """A measure of requests, of one partner alone, as its page may show it beside all other pages."""
    if about.months if monthly else about.requests:
        return found
    return replace(found, rows=tuple(_hidden(row) for row in found.rows))


def _hidden(row: ReleasedRow) -> ReleasedRow:
    if row.status not in (Status.OK, Status.SUPPRESSED):
        return row
    return replace(row, numerator=None, denominator=None, value=None, lower=None, upper=None, status=Status.SUPPRESSED)


def _told(found: Told | None, among: Told | None, policy: Policy) -> ReleasedTold:
    """Hidden where the requests or those told are few, or where the others among all of them are."""
    if found is None:
        return ReleasedTold(Status.NO_DATA)
    counts = [found.requests, found.told] + ([among.requests - found.requests] if among else [])
    if any(policy.hides(each) for each in counts):
        return ReleasedTold(Status.SUPPRESSED)
    return ReleasedTold(Status.OK, policy.rounded(found.requests), *found.days, reached=found.days.estimate is not None)


def _groups(found: Crossed, page: Page, hidden: Collection[Key], policy: Policy) -> tuple[ReleasedGroup, ...]:
    """Own requests by group beside everybody's; a group that the partner has none of is told as none."""
    mine, whole = found.of(*page), found.everybody
    return tuple(
        ReleasedGroup(
            found.codes.label(group),
            None if own(page, group) in hidden else policy.rounded(mine[group]),
            None if all_of_it(group) in hidden else policy.rounded(whole[group]),
            group,
        )
        for group in found.groups
    )


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
