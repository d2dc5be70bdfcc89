"""Made-up rows of `eh_outcome`: what became of one need; a need has one at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "need_id"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row, of a need that has none yet or of one that is not there."""
    told = maker.rows.setdefault("eh_outcome", [])
    taken = {(row["need_id"], row["source_system"]) for row in told}
    names = [(row["need_id"], row["source_system"]) for row in maker.rows.get("eh_need", ())]
    need, system = maker.one_of(*[name for name in names if name not in taken] or [(f"lost {len(told)}", "mosaic")])
    achieved = maker.one_of(None, maker.day(who))
    row = {
        "need_id": need,
        "source_system": system,
        "status": maker.one_of("achieved", "achieved", "partly", "not_achieved", "not_due", "not_recorded", "unmapped"),
        "achieved_date": achieved,
        "sustained_to": achieved and maker.later(who, achieved),
        "validated_measure": maker.one_of(True, False, None),
    }
    told.append(row)
    return row
