"""Which services help, on its way out: groups and not ranks, and no figure that too few families stand behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from earlyhelp.evaluate.methods.providers import Standing
from earlyhelp.evaluate.services import GroupedService, GroupedServices
from earlyhelp.evaluate.studies.finding import Finding
from earlyhelp.release.findings import families_told, rounded
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status

Row = Mapping[str, Any]
ORDER = (Standing.BETTER, Standing.AS_EXPECTED, Standing.WORSE, Standing.TOO_FEW, Standing.CANNOT_TELL)
"""The groups in which services are told; within one they come by name."""


@dataclass(frozen=True)
class ReleasedServices:
    """What may be shown of the services together: a row each, the group of better ones first, by name within a group."""

    rows: tuple[Row, ...]
    note: str

    def of(self, group: Standing) -> list[Row]:
        """The services of one group."""
        return [row for row in self.rows if row["group"] == str(group)]


def publish_services(found: GroupedServices, findings: Sequence[Finding], policy: Policy) -> ReleasedServices:
    """The services as they may be shown under a policy."""
    by_id = {each.about.service_id: each for each in findings}
    rows = [_row(each, by_id[each.service], policy) for each in found.services]
    places = {str(group): place for place, group in enumerate(ORDER)}
    return ReleasedServices(tuple(sorted(rows, key=lambda row: (places[row["group"]], row["service"]))), found.note)


def _row(each: GroupedService, finding: Finding, policy: Policy) -> Row:
    """One service: shrunken and own estimate, families, cost for a step-up avoided, and what may be said."""
    shrunken, cost = each.shrunken, each.cost
    return {
        "service_id": each.service,
        "service": finding.about.name,
        "group": str(each.group),
        "estimate": rounded(shrunken.estimate) if shrunken else None,
        "lower": rounded(shrunken.lower) if shrunken else None,
        "upper": rounded(shrunken.upper) if shrunken else None,
        "own_estimate": rounded(each.estimate.estimate) if each.estimate else None,
        "n_treated": families_told(finding.main, finding.main.known_treated, policy),
        "q_value": rounded(each.q) if each.q is not None else None,
        "probability_worthwhile": rounded(each.probability_worthwhile, 2),
        "cost_per_step_up": rounded(cost.estimate, 0) if cost else None,
        "cost_lower": rounded(cost.lower, 0) if cost else None,
        "cost_upper": rounded(cost.upper, 0) if cost else None,
        "status": str(Status.OK if shrunken else Status.NO_DATA),
        "why": each.sentence,
        "cost_reason": each.cost_reason,
    }
