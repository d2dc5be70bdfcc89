"""Made-up rows of `spend`: one budget line of one service in one year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "budget_line"


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row; about nobody."""
    return {
        "financial_year": maker.one_of("2022-23", "2023-24", "2024-25"),
        "service_id": maker.one_of("s1", "s2", None),
        "team": maker.one_of("North", "South", None),
        "stage": maker.one_of("early", "late", None),
        "kind": maker.one_of("actual", "actual", "planned"),
        "amount": float(maker.one_of(1000, 250, 4000)),
    }
