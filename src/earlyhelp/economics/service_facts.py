"""What a scenario is fed with: what a unit of an outcome costs, and what is known of a service, all of it fit to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from earlyhelp.economics.effects import Local
from earlyhelp.economics.simulation import months_by_year

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Price:
    """What a unit of one outcome costs, in pounds by agency; all of it fiscal.

    `unit`: "month" (then `still_open` is the share of events still open in each month after the start) or "incident".
    `basis`: average or marginal. `variation`: coefficient of variation. `warnings`: to be read with it.
    """

    outcome: str
    words: str
    unit: str
    by_agency: Mapping[str, float]
    variation: float
    source: str
    price_year: str
    basis: str = "average"
    still_open: tuple[float, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def pounds(self) -> float:
        """Of a unit, all agencies."""
        return sum(self.by_agency.values())

    @property
    def units(self) -> float:
        """Units that one event lasts."""
        return float(sum(self.still_open)) if self.unit == "month" else 1.0

    def units_by_year(self, years: int, drop_off: float) -> Floats:
        """Units of one event by year, (years,)."""
        if self.unit == "month":
            return months_by_year(np.array(self.still_open), years, drop_off)
        return np.concatenate([[1.0], np.zeros(years - 1)])


@dataclass(frozen=True)
class Risk:
    """Of `seen` families without the service, so many had the outcome within twelve months; `whose`: families they are."""

    events: float
    seen: float
    whose: str


@dataclass(frozen=True)
class ServiceFacts:
    """What is known of one service, every count of families as it may be shown. None: not known, or hidden.

    `risks`, `effects`: by outcome; an outcome without a risk is not priced. `any_step`: the effect on any first step-up.
    `left_out`: by outcome, why it has no risk. `no_effect`: why there is no local effect, "" where there is one.
    `step_risk`: of any first step-up.
    """

    service: str
    name: str
    annual_cost: float | None
    cost_source: str
    families_a_year: float | None
    risks: Mapping[str, Risk]
    effects: Mapping[str, Local]
    any_step: Local | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)
    no_effect: str = ""
    step_risk: Risk | None = None
