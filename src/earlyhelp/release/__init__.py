"""Disclosure control: the one door through which figures leave."""

from earlyhelp.release.counts import publish_counts
from earlyhelp.release.moved import moved_figures
from earlyhelp.release.offer import publish_offer, side_by_side
from earlyhelp.release.places import ReleasedPlaces, publish_places
from earlyhelp.release.policy import POLICIES, Policy, policy
from earlyhelp.release.poverty import ReleasedPoverty, no_poverty_study, publish_poverty
from earlyhelp.release.publish import Released, ReleasedRow, Status, publish
from earlyhelp.release.readiness import publish_readiness
from earlyhelp.release.rivals import Spread, spreads
from earlyhelp.release.waiting import ReleasedWaiting, publish_waiting

__all__ = [
    "POLICIES",
    "Policy",
    "Released",
    "ReleasedPlaces",
    "ReleasedPoverty",
    "ReleasedRow",
    "ReleasedWaiting",
    "Spread",
    "Status",
    "moved_figures",
    "no_poverty_study",
    "policy",
    "publish",
    "publish_counts",
    "publish_offer",
    "publish_places",
    "publish_poverty",
    "publish_readiness",
    "publish_waiting",
    "side_by_side",
    "spreads",
]
