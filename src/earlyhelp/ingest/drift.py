"""What changed since the last load of the same list: columns gone or new, words never seen before, volumes out of line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

VOLUME_FACTOR = 2.0
SMALLEST_VOLUME = 20


def drift_against(report: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Differences from the earlier feeds of the same source; empty when there are none of its lists.

    Each list is held against the latest feed that held the same list, whatever its file or sheet was called; a word is new
    when no earlier feed had it. Each difference names the part, the kind (`column_gone`, `column_new`, `value_new`,
    `volume`) and says it in words.
    """
    same_source = [feed for feed in earlier if feed["source"] == report["source"]]
    found: list[dict[str, Any]] = []
    for part in report["parts"]:
        if before := _latest(part, same_source):
            found += _column_drift(part, before) + _volume_drift(part, before)
    tables = {part["table"] for feed in same_source for part in feed["parts"]}
    return found + _value_drift(report, same_source, tables)


def _latest(part: Mapping[str, Any], feeds: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The same list in the latest feed that held it."""
    held = (each for feed in reversed(feeds) for each in feed["parts"] if each["list"] == part["list"])
    return next(held, None)


def _column_drift(part: Mapping[str, Any], before: Mapping[str, Any]) -> list[dict[str, Any]]:
    then, now = (set(each["columns"]) | set(each["columns_not_read"]) for each in (before, part))
    return [
        *(_difference(part, "column_gone", f"Column {name} is no longer there.", name) for name in sorted(then - now)),
        *(_difference(part, "column_new", f"Column {name} is new.", name) for name in sorted(now - then)),
    ]


def _volume_drift(part: Mapping[str, Any], before: Mapping[str, Any]) -> list[dict[str, Any]]:
    now, then = part["rows_read"], before["rows_read"]
    if max(now, then) < SMALLEST_VOLUME or (then and now and 1 / VOLUME_FACTOR < now / then < VOLUME_FACTOR):
        return []
    return [_difference(part, "volume", f"{now:,} rows, where the last load held {then:,}.")]


def _difference(part: Mapping[str, Any], kind: str, words: str, column: str | None = None) -> dict[str, Any]:
    return {"part": part["part"], "kind": kind, "column": column, "words": words}


def _value_drift(
    report: Mapping[str, Any], feeds: Sequence[Mapping[str, Any]], tables: set[str]
) -> list[dict[str, Any]]:
    known = {(each["table"], each["column"], each["value"]) for feed in feeds for each in feed["unmapped_values"]}
    return [
        {
            "part": each["table"],
            "kind": "value_new",
            "column": each["column"],
            "words": f"New unmapped word: {each['value']}.",
        }
        for each in report["unmapped_values"]
        if each["table"] in tables and (each["table"], each["column"], each["value"]) not in known
    ]
