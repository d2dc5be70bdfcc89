"""Made-up rows of `eh_outcome`: what became of one need, near the day its episode closed; a need has one at most."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "need_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row, of a need that has none yet or of one that is not there."""
    told = maker.rows.setdefault("eh_outcome", [])
    taken = {(row["need_id"], row["source_system"]) for row in told}
    needs = maker.rows.get("eh_need", ())
    free = [row for row in needs if (row["need_id"], row["source_system"]) not in taken]
    need = maker.one_of(*free or ({"need_id": f"lost {len(told)}", "source_system": "mosaic", "episode_id": None},))
    closed = _closed(maker, need) or maker.day(who)
    row = {
        "need_id": need["need_id"],
        "source_system": need["source_system"],
        "status": maker.one_of(*["achieved"] * 5, "partly", "not_achieved", "not_due", "not_recorded", "unmapped"),
        "achieved_date": maker.one_of(closed, None, closed - timedelta(days=1), closed + timedelta(days=1)),
        "sustained_to": _lasted(maker, closed),
        "validated_measure": maker.one_of(True, False, None),
    }
    told.append(row)
    return row


def _lasted(maker: Maker, closed: date) -> date | None:
    days = maker.one_of(183, 0, 182, 365, -1, None)
    return None if days is None else closed + timedelta(days=days)


def _closed(maker: Maker, need: dict[str, Any]) -> date | None:
    named = (need["episode_id"], need["source_system"])
    episodes = maker.rows.get("eh_episode", ())
    return next((row["end_date"] for row in episodes if (row["episode_id"], row["source_system"]) == named), None)
