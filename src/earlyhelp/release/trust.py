"""How far the data can be trusted, on its way out to a reader: rules, rows kept out, gates, delays and readiness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from earlyhelp.release.counts import publish_counts
from earlyhelp.release.policy import Policy


def publish_trust(told: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """What the data desk tells, as it may be shown to somebody who mends nothing.

    `outcomes`: how many rules passed, failed, did not apply or broke. `failed`: those that records break, the most broken
    first; small counts are hidden, and come last. `quarantined`: None where few. Gates, delays and readiness as they are
    told: of them the last two were released before.
    """
    failed = [each for each in told["rules"] if each["outcome"] == "failed"]
    shown = publish_counts(failed, policy, counts=("rows", "records"), resting_on={})
    return {
        "outcomes": dict(Counter(str(each["outcome"]) for each in told["rules"])),
        "failed": sorted(shown, key=lambda each: (each["rows"] is None, -(each["rows"] or 0), each["rule"])),
        "quarantined": policy.shown(told["quarantined"]),
        "gates": told["gates"],
        "recording_delay": told["recording_delay"],
        "readiness": told["readiness"],
    }
