"""Disclosure control: the one door through which figures leave."""

from earlyhelp.release.policy import POLICIES, Policy, policy
from earlyhelp.release.publish import Released, ReleasedRow, Status, publish

__all__ = ["POLICIES", "Policy", "Released", "ReleasedRow", "Status", "policy", "publish"]
