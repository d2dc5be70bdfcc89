"""Readiness for a national return, as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from earlyhelp.check.readiness import READY, score
from earlyhelp.release.counts import publish_counts
from earlyhelp.release.policy import Policy


def publish_readiness(told: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """One return: its score, how many of its columns are ready, and each column, the emptiest first.

    A share goes with its counts: where one of them is small, neither is shown.
    """
    columns = [{**each, "share": each["valid"] / each["records"]} for each in told["columns"]]
    shown = publish_counts(columns, policy, counts=("records", "valid"), resting_on={"share": "valid"})
    listed = [each if each["records"] is not None else {**each, "valid": None, "share": None} for each in shown]
    return {
        **told,
        "score": score(told["columns"]),
        "columns_ready": sum(1 for each in columns if each["share"] >= READY),
        "columns_asked": len(columns),
        "columns": sorted(listed, key=lambda each: (each["share"] is None, each["share"] or 0, each["column"])),
    }
