"""What changed since the last load of the same source: columns gone or new, words never seen before, volumes out of line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

VOLUME_FACTOR = 2.0
SMALLEST_VOLUME = 20


def drift_against(report: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Differences from the latest earlier feed of the same source that holds the same parts; empty when there is none.

    Each names the part, the kind (`column_gone`, `column_new`, `value_new`, `volume`) and says it in words.
    """
    before = next((each for each in reversed(earlier) if _same_kind(each, report)), None)
    if before is None:
        return []
    found: list[dict[str, Any]] = []
    old_parts = {part["part"]: part for part in before["parts"]}
    for part in report["parts"]:
        if old := old_parts.get(part["part"]) or _only(before["parts"], part):
            found += _column_drift(part, old) + _volume_drift(part, old)
    return found + _value_drift(report, before)


def _same_kind(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    tables = {part["table"] for part in other["parts"]}
    return bool(one["source"] == other["source"] and tables & {part["table"] for part in one["parts"]})


def _only(parts: Sequence[Mapping[str, Any]], wanted: Mapping[str, Any]) -> Mapping[str, Any] | None:
    same = [part for part in parts if part["table"] == wanted["table"]]
    return same[0] if len(same) == 1 else None


def _column_drift(part: Mapping[str, Any], old: Mapping[str, Any]) -> list[dict[str, Any]]:
    gone = sorted(set(old["columns"]) - set(part["columns"]))
    new = sorted(set(part["columns"]) - set(old["columns"]))
    return [
        *({"part": part["part"], "kind": "column_gone", "column": c, "words": f"Column {c} is no longer there."} for c in gone),
        *({"part": part["part"], "kind": "column_new", "column": c, "words": f"Column {c} is new."} for c in new),
    ]


def _volume_drift(part: Mapping[str, Any], old: Mapping[str, Any]) -> list[dict[str, Any]]:
    now, then = part["rows_read"], old["rows_read"]
    if max(now, then) < SMALLEST_VOLUME or (then and now and 1 / VOLUME_FACTOR < now / then < VOLUME_FACTOR):
        return []
    words = f"{now:,} rows, where the last load held {then:,}."
    return [{"part": part["part"], "kind": "volume", "column": None, "words": words}]


def _value_drift(report: Mapping[str, Any], before: Mapping[str, Any]) -> list[dict[str, Any]]:
    known = {(each["table"], each["column"], each["value"]) for each in before["unmapped_values"]}
    return [
        {"part": each["table"], "kind": "value_new", "column": each["column"], "words": f"New unmapped word: {each['value']}."}
        for each in report["unmapped_values"]
        if (each["table"], each["column"], each["value"]) not in known
    ]
