"""What a council is drawn to resemble: the published rates of the eleven councils of the discovery."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """The published rates a synthetic council is drawn from. The council itself, its people and places are invented.

    Rates are a year and for 10,000 children aged 0 to 17; `in_need`, `protected` and `looked_after` are at 31 March.
    `children`: children aged 0 to 17. `deprivation_spread`: standard deviation of the log of need between small areas.
    """

    name: str
    resembles: str
    children: int
    referrals: float
    rereferred_share: float
    in_need: float
    protected: float
    looked_after: float
    low_income_share: float
    deprivation_spread: float
