"""Unit costs: what one event, week or year of something costs, for whom, at which prices, and who says so."""

from __future__ import annotations

from earlyhelp.economics.unit_costs.cost import AGENCIES, COUNCIL, UnitCost
from earlyhelp.economics.unit_costs.deflators import DEFLATORS
from earlyhelp.economics.unit_costs.ledger import costs_of_council
from earlyhelp.economics.unit_costs.table import UNIT_COSTS, by_agency, may_be_summed, overlaps, unit_cost
from earlyhelp.economics.unit_costs.uprating import Uprated, at_prices_of, uprated

__all__ = [
    "AGENCIES",
    "COUNCIL",
    "DEFLATORS",
    "UNIT_COSTS",
    "UnitCost",
    "Uprated",
    "at_prices_of",
    "by_agency",
    "costs_of_council",
    "may_be_summed",
    "overlaps",
    "unit_cost",
    "uprated",
]
