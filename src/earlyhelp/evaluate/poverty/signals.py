"""What counts as a sign of poverty in the records: every kind declared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PovertySignal:
    """One kind of event that partners tell of.

    `type`: its code in `partner_event.type`. `words`: the event in a sentence ("after ..."). `builds_up`: true where the
    event is recorded late in something that has been going on for months. `needs`: headline outcomes that a service must
    be for to be named beside it.
    """

    type: str
    words: str
    builds_up: bool
    needs: tuple[str, ...]


SIGNALS: Mapping[str, PovertySignal] = {
    each.type: each
    for each in (
        PovertySignal("free_school_meals", "free school meals starting", False, ("SF10",)),
        PovertySignal("rent_arrears", "rent arrears", True, ("SF9", "SF10")),
        PovertySignal("council_tax_arrears", "council tax arrears", True, ("SF10",)),
        PovertySignal("benefit_cap", "a benefit cap", False, ("SF9", "SF10")),
        PovertySignal("out_of_work_benefit", "an out-of-work benefit starting", False, ("SF10",)),
        PovertySignal("homelessness", "homelessness or the threat of it", True, ("SF9", "SF10")),
    )
}
"""Every kind, by its code. Source of the list: fields that councils agreed to share in Family Context, and the benefit
and housing lists that councils hold themselves."""
