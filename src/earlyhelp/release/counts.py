"""Counts of records on their way out that are no measure: of rules, of changes, of delays. The same door, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status


def publish_counts(
    rows: Sequence[Mapping[str, Any]], policy: Policy, *, counts: Sequence[str], resting_on: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The rows as they may be shown: a small count is None, and with it whatever rests on it; others are rounded.

    `resting_on`: for each further column, the count without which it may not be shown. `status` says `suppressed`
    where anything was hidden. Like `publish`, this looks at one row at a time.
    """
    return [_shown(row, policy, counts, resting_on) for row in rows]


def _shown(
    row: Mapping[str, Any], policy: Policy, counts: Sequence[str], resting_on: Mapping[str, str]
) -> dict[str, Any]:
    hidden = {name for name in counts if row[name] is not None and policy.hides(row[name])}
    hidden |= {name for name, count in resting_on.items() if count in hidden}
    shown = {name: None if name in hidden else value for name, value in row.items()}
    shown |= {name: int(policy.rounded(float(value))) for name in counts if (value := shown[name]) is not None}
    return shown | {"status": str(Status.SUPPRESSED if hidden else Status.OK)}
