"""What stands behind a released figure: enough to work it out again, and nothing that the figure does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from earlyhelp.measures import Grain, Question
from earlyhelp.release.publish import Released, ReleasedRow


def behind(
    row: ReleasedRow, released: Released, asked: Question, manifest: Mapping[str, Any], settings: Mapping[str, Any]
) -> dict[str, Any]:
    """The facts behind one figure: measure, definition, question, policy, settings, snapshot and versions."""
    return {
        "measure": row.measure,
        "definition": released.measure.definition,
        "name": released.measure.name,
        "period_start": _iso(row.period_start),
        "period_end": _iso(row.period_end),
        "dims": dict(row.dims),
        "by": list(asked.by),
        "first": _iso(asked.first),
        "last": _iso(asked.last),
        "grain": str(asked.grain) if asked.grain else None,
        "policy": released.policy.name,
        "round_to": released.policy.round_to,
        "settings": dict(settings),
        "status": str(row.status),
        "value": row.value,
        "snapshot": manifest["snapshot"],
        "as_at": manifest["as_at"],
        "version": manifest["version"],
        "duckdb": manifest["duckdb"],
    }


def question(about: Mapping[str, Any]) -> Question:
    """The question a certified figure answered."""
    first, last = (date.fromisoformat(about[each]) if about[each] else None for each in ("first", "last"))
    return Question(tuple(about["by"]), first, last, Grain(about["grain"]) if about["grain"] else None)


def explained(about: Mapping[str, Any], again: Released) -> dict[str, Any]:
    """What stands behind a figure, with its rule and the same figure worked out again (`same` when they agree)."""
    row = next((each for each in again.rows if _is_of(each, about)), None)
    return {
        **about,
        "rule": " ".join(again.measure.rows.split()),
        "counts": again.measure.unit,
        "time": again.measure.time.words,
        "traps": list(again.measure.traps),
        "recomputed": {"value": row.value, "status": str(row.status)} if row else None,
        "same": row is not None and (row.value, str(row.status)) == (about["value"], about["status"]),
    }


def _is_of(row: ReleasedRow, about: Mapping[str, Any]) -> bool:
    ends = (_iso(row.period_start), _iso(row.period_end))
    return dict(row.dims) == about["dims"] and ends == (about["period_start"], about["period_end"])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
