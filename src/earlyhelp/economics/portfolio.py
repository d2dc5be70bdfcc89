"""Which mix of services does most expected good for a sum of money, and how fragile that choice is.

A linear programme, or a mixed integer one where a service runs whole or not at all, solved by HiGHS (Huangfu and Hall 2018,
Mathematical Programming Computation 10:119-142) through scipy. The same programme is solved again on draws of what each
service does: a service that is chosen on few of them is a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from earlyhelp.errors import UsageProblem

Floats = NDArray[np.float64]
DRAWS_SOLVED = 200
"""Draws for which the programme is solved again: a share of them is told to within seven in a hundred (95 per cent)."""


@dataclass(frozen=True)
class Candidate:
    """One service that may be paid for. `pounds`: of one family's place; `most`: places there can be in a year.

    `least`: places that a statute or a contract keeps. `good`: (D,) draws of what one place does, in one declared unit
    (step-ups avoided, say; below 0 where it harms). `areas`: share of its families that live in each area. `whole`:
    whether it runs in full (`most`) or not at all.
    """

    service: str
    pounds: float
    most: float
    good: Floats
    least: float = 0.0
    areas: Mapping[str, float] = field(default_factory=dict)
    whole: bool = False

    def __post_init__(self) -> None:
        if self.pounds <= 0 or not 0 <= self.least <= self.most:
            raise UsageProblem(
                "A place costs something, and the least is not above the most.",
                where=f"{self.service} (rule places-and-costs)",
                fix="Correct the cost, the least or the most.",
            )


@dataclass(frozen=True)
class Chosen:
    """One service in the mix. `places`, `spent`: in the best mix. `share_of_draws`: on how many it has any place."""

    service: str
    places: float
    spent: float
    share_of_draws: float


@dataclass(frozen=True)
class Portfolio:
    """The best mix by mean good, in the order given, and how far to trust it.

    `good`: 5th, 50th and 95th per cent of the mix's good; `present`: the same of the mix that was given to compare, if
    one was. `better_than_present`: share of draws on which the mix does more than that one. `regret`: mean good lost for
    not knowing which draw is true. `same_mix`: share of draws on which the same services are chosen.
    """

    services: tuple[Chosen, ...]
    spent: float
    good: tuple[float, float, float]
    regret: float
    same_mix: float
    present: tuple[float, float, float] | None = None
    better_than_present: float | None = None

    @property
    def fragile(self) -> bool:
        """Whether fewer than half the draws choose the same services."""
        return self.same_mix < 0.5


def best_mix(
    candidates: Sequence[Candidate],
    envelope: float,
    area_floors: Mapping[str, float] | None = None,
    present: Sequence[float] | None = None,
    solve_draws: int = DRAWS_SOLVED,
) -> Portfolio:
    """The mix with the most expected good within the envelope.

    envelope: pounds a year. area_floors: the least share of all places that must go to families of an area. present:
    (n,) places now, to compare with. Raises UsageProblem where no mix keeps every rule.
    """
    draws = np.stack([each.good for each in candidates])
    rules = _Rules.of(candidates, envelope, area_floors or {})
    places = _solved(draws.mean(axis=1), candidates, rules)
    if places is None:
        raise UsageProblem(
            "No mix keeps every rule: the statutory least, the floors of the areas and the envelope together.",
            where="portfolio (rule envelope-holds-the-least)",
            fix="Raise the envelope, or lower a least or a floor.",
        )
    good = places @ draws
    picked = np.linspace(0, draws.shape[1] - 1, min(solve_draws, draws.shape[1])).astype(int)
    again = np.stack([_again(draws[:, each], candidates, rules) for each in picked])
    chosen, drawn = places > 1e-6, again > 1e-6
    now = None if present is None else np.asarray(present, dtype=np.float64) @ draws
    return Portfolio(
        tuple(
            Chosen(each.service, float(n), float(n * each.pounds), float(share))
            for each, n, share in zip(candidates, places, drawn.mean(axis=0), strict=True)
        ),
        float(places @ rules.pounds),
        _span(good),
        float(np.mean((again * draws[:, picked].T).sum(axis=1) - good[picked])),
        float((drawn == chosen).all(axis=1).mean()),
        None if now is None else _span(now),
        None if now is None else float((good > now).mean()),
    )


def _span(drawn: Floats) -> tuple[float, float, float]:
    lower, middle, upper = np.percentile(drawn, (5, 50, 95))
    return float(lower), float(middle), float(upper)


@dataclass(frozen=True)
class _Rules:
    """The constraints as rows of a matrix, each row @ places between `lower` and `upper`."""

    pounds: Floats
    matrix: Floats
    lower: Floats
    upper: Floats

    @staticmethod
    def of(candidates: Sequence[Candidate], envelope: float, floors: Mapping[str, float]) -> _Rules:
        if envelope < 0 or any(not 0 <= each <= 1 for each in floors.values()):
            raise UsageProblem(
                "The envelope is below 0, or the floor of an area is no share.",
                where="portfolio (rule envelope-and-floors)",
                fix="Give pounds of 0 or more, and floors from 0 to 1.",
            )
        pounds = np.array([each.pounds for each in candidates])
        rows = [pounds] + [
            np.array([each.areas.get(area, 0.0) - floor for each in candidates]) for area, floor in floors.items()
        ]
        lower = np.array([-np.inf] + [0.0] * len(floors))
        return _Rules(pounds, np.stack(rows), lower, np.array([envelope] + [np.inf] * len(floors)))


def _again(good: Floats, candidates: Sequence[Candidate], rules: _Rules) -> Floats:
    found = _solved(good, candidates, rules)
    return np.zeros(len(candidates)) if found is None else found


def _solved(good: Floats, candidates: Sequence[Candidate], rules: _Rules) -> Floats | None:
    """Places with the most good, (n,); None where no mix keeps every rule. A whole service is 0 or 1 times its most."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    whole = np.array([each.whole for each in candidates])
    most = np.array([each.most for each in candidates])
    size = np.where(whole, most, 1.0)
    least = np.array([each.least for each in candidates])
    found = milp(
        -good * size,
        integrality=whole.astype(int),
        bounds=Bounds(np.where(whole, (least > 0).astype(float), least), np.where(whole, 1.0, most)),
        constraints=LinearConstraint(rules.matrix * size, rules.lower, rules.upper),
    )
    return np.asarray(found.x * size) if found.success else None
