"""The verdict of a finished study: one of five declared words, from its facts, by one rule."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Literal, get_args

from earlyhelp.evaluate.methods.sensitivity import PlaceboVerdict

Verdict = Literal["fewer", "more", "no difference shown", "cannot tell", "not comparable"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

MATCHED_ONLY, MATCHED_CHANGE = 2, 3
"""Maryland scale: families matched at one time; matched, and change since before compared with that of the others."""


@dataclass(frozen=True)
class Thresholds:
    """From where a study counts as unable to tell.

    `e_value`: the least E-value of the bound nearest to no difference; below it, something unrecorded of a strength that
    cannot be ruled out would do. It is declared, not estimated: set it by what the recorded covariates do, left out.
    `disagreement`: the most that the methods may differ, in standard errors. `events`: the fewest
    outcomes in each group. `q_value`: the most that the q value may be where studies are tested together.
    """

    e_value: float = 1.25
    disagreement: float = 1.0
    events: int = 10
    q_value: float = 0.05


THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Facts:
    """What a finished study found about one outcome in one window. Shares and differences of shares, not per cent.

    service, outcome, compared_with: words for sentences, such as "Family Steps", "a first step-up to statutory
    services" and "families offered something else or nothing at the same threshold".
    design_grade: on the Maryland scale, 1 to 5: matched only is 2, matched change over time is 3.
    gate_passed, gate_reasons: whether the groups are alike enough, and full sentences why not.
    estimate, lower, upper: share of the treated less share of the compared, with the 95 per cent interval; None when
    there is none. n_treated, n_compared: families kept. events_treated, events_compared: how many had the outcome.
    minimum_detectable: the smallest difference that would probably have shown; None when none would.
    e_value, e_value_limit: for the estimate and for the bound nearest to none; None when not worked out.
    placebo: what the checks that must show nothing said. overlap_kept: share of the treated who had families like them.
    not_held: what could matter and is not recorded, in words. disagreement: the largest difference between methods in
    standard errors of the first, None when there is one method. studies_together: how many were tested in one go, and
    q_value of this one (None where it is alone or not worked out). criteria_named: whether the directory says for whom
    the service is (a level of need, ages); where it does not, who comes may hang on what nobody records.
    Raises ValueError for shares, counts or grades that cannot be.
    """

    service: str
    outcome: str
    compared_with: str
    window_months: int
    design_grade: int
    gate_passed: bool
    gate_reasons: tuple[str, ...]
    estimate: float | None
    lower: float | None
    upper: float | None
    n_treated: int
    n_compared: int
    events_treated: int
    events_compared: int
    minimum_detectable: float | None
    e_value: float | None
    e_value_limit: float | None
    placebo: PlaceboVerdict
    overlap_kept: float
    not_held: tuple[str, ...] = ()
    disagreement: float | None = None
    studies_together: int = 1
    q_value: float | None = None
    criteria_named: bool = True

    def __post_init__(self) -> None:
        known = [figure is not None for figure in (self.estimate, self.lower, self.upper)]
        if any(known) and not all(known):
            raise ValueError("an estimate comes with both bounds of its interval")
        if all(known) and not _number(self.lower) <= _number(self.estimate) <= _number(self.upper):
            raise ValueError("the interval must hold the estimate")
        if any(
            map(isnan, filter(None, (self.disagreement, self.e_value, self.e_value_limit, self.minimum_detectable)))
        ):
            raise ValueError("a figure that is not known is given as None, not as NaN")
        if self.design_grade not in range(1, 6):
            raise ValueError("the design grade is 1 to 5, on the Maryland scale")
        if not 0 <= self.overlap_kept <= 1:
            raise ValueError("`overlap_kept` is a share between 0 and 1")


def verdict_of(facts: Facts, thresholds: Thresholds = THRESHOLDS) -> Verdict:
    """The first of these that holds.

    "not comparable": the gate failed, there is no estimate, or the design is below grade 2. "cannot tell": no
    criteria are named for the service, too few events in a group, a placebo that shows an effect, or methods that
    disagree. "no difference shown": the interval holds no difference, or the q value is too large (or NaN). "cannot
    tell": something unrecorded of plausible strength could explain the difference (the E-value of the nearer bound is
    below the threshold, or not known). Else "fewer" or "more".
    """
    if not comparable(facts):
        return "not comparable"
    if spoilt(facts, thresholds):
        return "cannot tell"
    if not interval_shows(facts) or could_be_chance(facts, thresholds):
        return "no difference shown"
    if facts.e_value_limit is None or facts.e_value_limit < thresholds.e_value:
        return "cannot tell"
    return "fewer" if _number(facts.estimate) < 0 else "more"


def comparable(facts: Facts) -> bool:
    """Whether there is a figure to speak of: the gate passed, an estimate, and a design of grade 2 or more."""
    return facts.gate_passed and facts.estimate is not None and facts.design_grade >= MATCHED_ONLY


def spoilt(facts: Facts, thresholds: Thresholds) -> bool:
    """Whether the study cannot tell whatever its interval: see the first "cannot tell" of `verdict_of`."""
    checks_fail = facts.placebo == "failed" or methods_disagree(facts, thresholds)
    return not facts.criteria_named or few_events(facts, thresholds) or checks_fail


def few_events(facts: Facts, thresholds: Thresholds) -> bool:
    """Whether fewer than the threshold had the outcome in either group."""
    return min(facts.events_treated, facts.events_compared) < thresholds.events


def methods_disagree(facts: Facts, thresholds: Thresholds) -> bool:
    """Whether two methods lie further apart than the threshold."""
    return facts.disagreement is not None and facts.disagreement > thresholds.disagreement


def interval_shows(facts: Facts) -> bool:
    """Whether the interval leaves out no difference."""
    return _number(facts.lower) > 0 or _number(facts.upper) < 0


def could_be_chance(facts: Facts, thresholds: Thresholds) -> bool:
    """Whether the q value, with all the studies tested together, is too large."""
    return facts.q_value is not None and not facts.q_value <= thresholds.q_value


def _number(figure: float | None) -> float:
    if figure is None:
        raise ValueError("a figure that the rule needs is not there")
    return figure
