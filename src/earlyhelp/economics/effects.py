"""What a service does to a risk, as a scenario uses it: what was found here, what is known from elsewhere, and both together."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, log
from typing import NamedTuple

from earlyhelp.economics.break_even import LogRatio
from earlyhelp.economics.parameters import DECLARED, ParameterSet

CONFLICT = 1.96
"""Standard deviations apart from which what was found here contradicts what is known from elsewhere."""
NORMAL_95 = 1.959963984540054


class Local(NamedTuple):
    """A local study's risk ratio as a log, with the standard error of its sampling alone, and its Maryland grade."""

    found: LogRatio
    design_grade: int


@dataclass(frozen=True)
class UsedEffect:
    """The effect of one service on one outcome. `local`: with the doubt of its design added; None where there is none.

    `prior`: from elsewhere; None where none is used. `used`: what enters the draws. `basis`: in words.
    """

    outcome: str
    local: LogRatio | None
    prior: LogRatio | None
    used: LogRatio
    design_grade: int | None
    basis: str


def log_ratio_of_difference(risk_compared: float, difference: float, lower: float, upper: float) -> LogRatio | None:
    """The log of the risk ratio from a difference of risks with its 95 per cent interval; None where a risk is 0 or less.

    The standard error of the difference is divided by the smaller of the two risks: never too small, since the variance of
    the log is each risk's variance over its own square (Katz and others 1978, Biometrics 34:469-474).
    """
    with_service = risk_compared + difference
    if risk_compared <= 0 or with_service <= 0:
        return None
    error = (upper - lower) / (2 * NORMAL_95)
    return LogRatio(log(with_service / risk_compared), error / min(risk_compared, with_service))


def combined(first: LogRatio, second: LogRatio) -> LogRatio:
    """Two normal logs as one, each weighed by the inverse of its variance (Gelman and others, Bayesian Data Analysis, 2.5).

    Known answer: a ratio of 0.50 (standard error 0.45) with 0.68 (0.25) gives 0.63, 95 per cent interval 0.41 to 0.97.
    """
    if first.spread == 0 or second.spread == 0:
        raise ValueError("what is certain cannot be weighed")
    weights = first.spread**-2, second.spread**-2
    mean = (weights[0] * first.mean + weights[1] * second.mean) / sum(weights)
    return LogRatio(mean, sum(weights) ** -0.5)


def with_doubt(local: Local, parameters: ParameterSet = DECLARED) -> LogRatio:
    """A local finding with the doubt that its design leaves added to its variance."""
    added = parameters[f"design_spread_{local.design_grade}"]
    return LogRatio(local.found.mean, hypot(local.found.spread, added))


def prior_for(outcome: str, prior: str, parameters: ParameterSet = DECLARED) -> LogRatio | None:
    """What is known from elsewhere. prior: "national" (for care; no difference for others), "sceptical" or "none"."""
    if prior == "none":
        return None
    if prior == "national" and outcome == "care":
        return LogRatio(log(parameters["prior_care_ratio"]), parameters["prior_care_spread"])
    return LogRatio(0.0, parameters["sceptical_spread"])


def contradicts(local: LogRatio, prior: LogRatio) -> bool:
    """Whether the two lie further apart than chance and doubt together explain."""
    return abs(local.mean - prior.mean) > CONFLICT * hypot(local.spread, prior.spread)


def effect_used(
    outcome: str, local: Local | None, any_step: Local | None, prior: str, parameters: ParameterSet = DECLARED
) -> UsedEffect | None:
    """The effect that enters the draws; None where there is neither a local one nor one from elsewhere.

    any_step: the service's local effect on any first step-up, where the outcome is one that follows a step-up. Being in need
    and care are rare: without a local effect of their own they take that one, with more doubt added. Where what was
    found here contradicts the national evaluation, the sceptical prior is used in its place.
    """
    found = local or any_step
    own = _own(local, any_step, parameters)
    before = prior_for(outcome, prior, parameters)
    clash = bool(own and before and contradicts(own, before))
    if clash:
        before = prior_for(outcome, "sceptical", parameters)
    basis = _basis(found, local is None, "sceptical" if prior == "national" and outcome != "care" else prior, clash)
    if own is None or found is None:
        return UsedEffect(outcome, None, before, before, None, basis) if before else None
    used = combined(own, before) if before else own
    return UsedEffect(outcome, own, before, used, found.design_grade, basis)


def _own(local: Local | None, any_step: Local | None, parameters: ParameterSet) -> LogRatio | None:
    if local:
        return with_doubt(local, parameters)
    if any_step is None:
        return None
    step = with_doubt(any_step, parameters)
    return LogRatio(step.mean, hypot(step.spread, parameters["step_spread"]))


def _basis(found: Local | None, of_any_step: bool, prior: str, clash: bool) -> str:
    what = " on any first step-up" if of_any_step else ""
    here = f"found here{what} (grade {found.design_grade} on the Maryland scale)" if found else "nothing found here"
    elsewhere = {
        "national": "drawn towards the national evaluation",
        "sceptical": "drawn towards no difference",
        "none": "nothing from elsewhere",
    }[prior]
    if clash:
        elsewhere = "drawn towards no difference, since what was found here contradicts the national evaluation"
    return f"{here}; {elsewhere}"
