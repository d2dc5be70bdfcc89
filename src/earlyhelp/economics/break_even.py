"""Break-even first: what a service would have to avoid to pay for itself, which claims nothing; then what is known of it.

Three steps, each labelled: arithmetic without any claim; what an association found elsewhere would mean here; what
was found here, as far as its design goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from earlyhelp.evaluate.verdicts import MATCHED_CHANGE

NO_CLAIM = "arithmetic: no causal claim"
ASSOCIATION = "association found elsewhere"
LOCAL_ASSOCIATION = "local association: no proof of cause"
LOCAL_CAUSAL = "local causal evidence"


class LogRatio(NamedTuple):
    """The log of a risk ratio and its standard deviation; below 0 is fewer with the service."""

    mean: float
    spread: float

    @property
    def ratio(self) -> float:
        """The risk ratio."""
        return exp(self.mean)

    def bound(self, deviations: float) -> float:
        """The risk ratio so many standard deviations away."""
        return exp(self.mean + deviations * self.spread)


@dataclass(frozen=True)
class Avoidable:
    """One outcome that a service may avoid. `pounds`: of a unit ("month" looked after, "episode"); above 0.

    `units`: that one event lasts. `risk`: share of families without the service who have it within twelve months, None
    where it is not known or hidden.
    """

    outcome: str
    words: str
    unit: str
    pounds: float
    units: float
    risk: float | None = None


@dataclass(frozen=True)
class Step:
    """One step for one outcome. `basis`: its label. `needed`: units a year; `avoided`, `lower`, `upper`: None in the first."""

    outcome: str
    basis: str
    needed: float
    avoided: float | None
    lower: float | None
    upper: float | None
    sentence: str


def units_needed(annual_cost: float, pounds: float) -> float:
    """Units to be avoided in a year so that the cost is met by this outcome alone: cost / pounds of a unit.

    Raises ValueError for a cost below 0 or a unit that costs nothing.
    """
    if annual_cost < 0 or pounds <= 0:
        raise ValueError("a cost is not below 0, and a unit costs something")
    return annual_cost / pounds


def first_step(annual_cost: float, families: float, each: Avoidable) -> Step:
    """What must be avoided: units a year, of how many families, with no word on whether it is."""
    needed = units_needed(annual_cost, each.pounds)
    events = needed / each.units
    out_of = f" out of {families:,.0f} who have the service" if families else ""
    beyond = ": more than there are" if 0 < families < events else ""
    among = f", or {events:,.1f} families a year{out_of}{beyond}"
    return Step(
        each.outcome,
        NO_CLAIM,
        needed,
        None,
        None,
        None,
        f"To pay for itself by this alone it would have to avoid {needed:,.1f} {each.unit}s a year of {each.words}{among}.",
    )


def further_step(
    annual_cost: float, families: float, each: Avoidable, effect: LogRatio, design_grade: int | None
) -> Step:
    """What an effect would avoid, with its 90 per cent range, against what is needed.

    effect: of families with the service against like ones without. design_grade: of the local study on the Maryland
    scale; None for what was found elsewhere. Raises ValueError where the risk is not known.
    """
    if each.risk is None:
        raise ValueError("the risk without the service is not known")
    needed = units_needed(annual_cost, each.pounds)
    without = families * each.risk * each.units
    avoided, lower, upper = (
        without * (1 - ratio) for ratio in (effect.ratio, effect.bound(1.645), effect.bound(-1.645))
    )
    basis = ASSOCIATION if design_grade is None else _local(design_grade)
    less = "fewer" if avoided >= 0 else "more"
    told = (
        f"If what was found {'elsewhere' if design_grade is None else 'here'} holds, {abs(avoided):,.1f} {less} "
        f"{each.unit}s a year of {each.words} (90 per cent range {lower:,.1f} to {upper:,.1f} fewer; below 0 is more). "
        f"Needed are {needed:,.1f} fewer."
    )
    return Step(each.outcome, basis, needed, avoided, lower, upper, f"{_begins(basis)} {told}")


def _local(grade: int) -> str:
    return LOCAL_CAUSAL if grade >= MATCHED_CHANGE else LOCAL_ASSOCIATION


def _begins(basis: str) -> str:
    return f"{basis[0].upper()}{basis[1:]}."


def ladder(
    annual_cost: float,
    families: float,
    outcomes: Sequence[Avoidable],
    elsewhere: dict[str, LogRatio],
    local: dict[str, tuple[LogRatio, int]],
) -> list[Step]:
    """All steps in order: arithmetic for every outcome, then elsewhere, then local with its design grade, where known."""
    steps = [first_step(annual_cost, families, each) for each in outcomes]
    told = [each for each in outcomes if each.risk is not None]
    steps += [
        further_step(annual_cost, families, each, elsewhere[each.outcome], None)
        for each in told
        if each.outcome in elsewhere
    ]
    steps += [further_step(annual_cost, families, each, *local[each.outcome]) for each in told if each.outcome in local]
    return steps


def break_even_ratio(saved: float, displaced_if_all_avoided: float) -> float | None:
    """The risk ratio at which what a cut displaces equals what it saves; None where even a perfect service would not do it.

    displaced_if_all_avoided: present pounds that would be displaced had the service avoided every event (ratio 0). What
    is displaced goes down in a straight line to 0 at a ratio of 1.
    """
    if displaced_if_all_avoided <= 0 or saved > displaced_if_all_avoided:
        return None
    return 1 - saved / displaced_if_all_avoided
