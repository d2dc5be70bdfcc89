"""Studies on their way out: each estimate, count and sentence only where enough families stand behind it.

A difference of risks does not tell a count, so that it may be shown beside a hidden one, to a tenth of a point; a risk
times its families does, so that risks go with their counts. Both risks go when either count is small: from the
difference and one of them the other could be had. With them goes what a risk could be worked out from: the E-value, the
ratio of hazards, Rosenbaum's gamma, and the decimals of the smallest difference that would have shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, exp, isnan
from typing import Any

from earlyhelp.evaluate.across_councils import CouncilEstimate
from earlyhelp.evaluate.claims import Claim
from earlyhelp.evaluate.claims import claim as claim_of
from earlyhelp.evaluate.methods.balance import BalanceRow, love_plot
from earlyhelp.evaluate.methods.effect import Effect
from earlyhelp.evaluate.methods.hazards import WindowIncidence
from earlyhelp.evaluate.studies.comparison import Comparison
from earlyhelp.evaluate.studies.covariates import WORDS
from earlyhelp.evaluate.studies.finding import Finding, facts
from earlyhelp.evaluate.studies.groups import GROUPS
from earlyhelp.evaluate.studies.outcomes import OUTCOMES
from earlyhelp.evaluate.studies.protocol import DESIGN, ESTIMAND
from earlyhelp.evaluate.verdicts import MATCHED_CHANGE, MATCHED_ONLY, THRESHOLDS
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status
from earlyhelp.standard import VERSION as STANDARD_VERSION

Row = Mapping[str, Any]
_GROUP_WORDS = {each.name: each.words for each in GROUPS}
SCALE = "risk_difference"
DECIMALS = 3
"""Of a difference of shares: a tenth of a point."""


@dataclass(frozen=True)
class ReleasedFinding:
    """What may be shown of a study; the only form in which one reaches a screen, a report or a file.

    `estimates`: by method, the primary one first; `estimate` is None where the gate failed. `windows`: a row an outcome
    and window; `groups`: a row a group of families. `declared`: when its plan was first registered, under `plan`.
    """

    study: str
    service: str
    plan: str
    declared: str
    outcome: str
    window: int
    estimand: str
    design: str
    estimates: tuple[Row, ...]
    n_treated: float | None
    n_compared: float | None
    balance: tuple[Row, ...]
    gate: Mapping[str, Any]
    overlap: Mapping[str, Any]
    design_grade: int
    e_value: float | None
    e_value_limit: float | None
    gamma: float | None
    mde: float | None
    verdict: str
    may_say: tuple[str, ...]
    may_not_say: tuple[str, ...]
    windows: tuple[Row, ...] = ()
    groups: tuple[Row, ...] = ()
    absence: Row | None = None
    while_open: tuple[Row, ...] = ()
    hazard: Row | None = None
    not_followed: Row | None = None
    checks: tuple[Row, ...] = ()
    rests_on: tuple[Row, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """The names under which other programs may rely on it."""
        told = {name: value for name, value in vars(self).items() if name not in ("service", "gate")}
        told["ess_share"] = self.gate["ess_share"]
        return {"study": self.study, "scale": SCALE, "service_name": self.service, **told, "gate": dict(self.gate)}


def publish_finding(
    finding: Finding, policy: Policy, *, declared: str, studies: int = 1, q_value: float | None = None
) -> ReleasedFinding:
    """The study as it may be shown under a policy; `studies` were tested together with it, which gave its q value."""
    claim, main, study = _said(finding, policy, studies, q_value), finding.main, finding.study
    whole = finding.estimable and not _few(main, policy)
    return ReleasedFinding(
        study=study.name,
        service=finding.about.name,
        plan=study.plan,
        declared=declared,
        outcome=study.outcome,
        window=study.window,
        estimand=ESTIMAND,
        design=DESIGN,
        estimates=_estimates(main.estimates if finding.estimable else ()),
        n_treated=families_told(main, main.known_treated, policy),
        n_compared=families_told(main, main.known_compared, policy),
        balance=tuple(_balance(row) for row in love_plot(finding.design.balance)) if finding.design else (),
        gate=_gate(finding),
        overlap=_overlap(finding, policy),
        design_grade=MATCHED_ONLY,
        e_value=rounded(main.e_value.estimate if whole and main.e_value else None, 2),
        e_value_limit=rounded(main.e_value.limit if whole and main.e_value else None, 2),
        gamma=rounded(main.gamma if whole else None, 2),
        mde=rounded(_detectable(main, policy) if finding.estimable else None),
        verdict=claim.verdict,
        may_say=claim.may_say,
        may_not_say=claim.may_not_say,
        windows=tuple(_window(each, policy) for each in finding.windows),
        groups=tuple(_group(name, each, policy) for name, each in finding.groups.items()),
        absence=_absence(finding, policy),
        while_open=tuple(_incidence(each, policy) for each in finding.while_open),
        hazard=_hazard(finding) if whole else None,
        not_followed=_not_followed(main, policy),
        checks=tuple(_check(each.name, each.effect, each.shows_an_effect) for each in finding.placebos),
        rests_on=tuple(
            {"without": each.covariate, "estimate": rounded(each.estimate), "moves": rounded(each.move, 2)}
            for each in sorted(finding.left_out, key=lambda one: (isnan(one.move), -abs(one.move)))
        ),
    )


def _said(finding: Finding, policy: Policy, studies: int, q_value: float | None) -> Claim:
    """What may and may not be said, its counts and what could be worked out from it as near as the policy allows."""
    known = facts(finding, studies, q_value)
    return claim_of(
        replace(
            known,
            n_treated=int(policy.rounded(known.n_treated)),
            n_compared=int(policy.rounded(known.n_compared)),
            minimum_detectable=_detectable(finding.main, policy),
        )
    )


def _few(found: Comparison, policy: Policy) -> bool:
    """Whether so few had the outcome in one of the groups that their number may not be told."""
    return any(policy.hides(each) for each in (found.events_treated, found.events_compared))


def _detectable(main: Comparison, policy: Policy) -> float | None:
    """The smallest difference that would probably have shown; up to a whole one in 100 where a risk could be had from it."""
    found = main.minimum_detectable
    return ceil(100 * found) / 100 if found is not None and _few(main, policy) else found


def shareable(finding: Finding, policy: Policy, council: str, name: str) -> list[CouncilEstimate]:
    """What a council may share of a study with others: its estimate and, where they carry one, those of groups.

    name: what the councils call the study between them. Nothing where the gate failed, and no group with a hidden count.
    """
    if not finding.estimable:
        return []
    told = [("all families", finding.main), *((_GROUP_WORDS[group], each) for group, each in finding.groups.items())]
    return [
        CouncilEstimate(
            study=name,
            plan=finding.study.method,
            council=council,
            cohort=cohort,
            scale=SCALE,
            method=each.estimates[0].method,
            estimate=round(each.estimates[0].estimate, 4),
            standard_error=round(each.estimates[0].standard_error, 4),
            families_offered=_whole(each.known_treated, policy),
            families_compared=_whole(each.known_compared, policy),
            standard_version=STANDARD_VERSION,
        )
        for cohort, each in told
        if each.estimates and (each is finding.main or not _too_few(each)) and not _few(each, policy)
    ]


def _whole(families: int, policy: Policy) -> int | None:
    shown = policy.shown(families)
    return None if shown is None else int(shown)


def _estimates(found: Sequence[Effect]) -> tuple[Row, ...]:
    """The estimates by method; where there is none, one row that says so."""
    if not found:
        return ({"method": "entropy_balancing", "estimate": None, "lower": None, "upper": None},)
    return tuple({"method": each.method, **_effect(each)} for each in found)


def _effect(found: Effect) -> dict[str, float | None]:
    return {name: rounded(getattr(found, name)) for name in ("estimate", "lower", "upper")}


def rounded(value: float | None, decimals: int = DECIMALS) -> float | None:
    """A figure as it is shown; None for one that is missing or has no end."""
    if value is None or not abs(value) < float("inf"):
        return None
    return round(value, decimals) + 0.0


def families_told(found: Comparison, families: int, policy: Policy) -> float | None:
    """So many families of a comparison as may be told; None too where nobody was counted, for that is not zero."""
    return policy.shown(families) if _counted(found) else None


def _counted(found: Comparison) -> bool:
    return any((found.known_treated, found.known_compared, found.unknown_treated, found.unknown_compared))


def _balance(row: BalanceRow) -> Row:
    return {
        "covariate": row.name,
        "words": WORDS.get(row.name, row.name),
        "before": rounded(row.before),
        "after": rounded(row.after),
        "variance_ratio": rounded(row.ratio_after, 2),
    }


def _gate(finding: Finding) -> dict[str, Any]:
    if finding.design is None:
        return {"passed": False, "reasons": [finding.refused, finding.needed], "worst": None, "ess_share": None}
    shut = finding.design.gate
    reasons = list(shut.reasons) or [each for each in (finding.refused, finding.needed) if each]
    return {
        "passed": finding.estimable,
        "reasons": reasons,
        "worst": rounded(shut.worst),
        "ess_share": rounded(shut.effective.share),
    }


def _overlap(finding: Finding, policy: Policy) -> dict[str, Any]:
    """How many families were kept and left out. Those kept are hidden where, less those known, they tell of a few not known."""
    if finding.design is None:
        return {}
    kept = finding.design.overlap._asdict()
    unknown = {"treated_kept": finding.main.unknown_treated, "compared_kept": finding.main.unknown_compared}
    return {
        name: None if policy.hides(unknown.get(name, 0)) else policy.shown(value)
        for name, value in kept.items()
        if name != "kept"
    }


def _window(found: Comparison, policy: Policy) -> Row:
    about = {"outcome": found.outcome, "outcome_words": OUTCOMES[found.outcome].words, "months": found.months}
    return about | _compared(found, policy)


def _group(name: str, found: Comparison, policy: Policy) -> Row:
    return {"group": name, "group_words": _GROUP_WORDS[name]} | _compared(found, policy)


def _compared(found: Comparison, policy: Policy) -> dict[str, Any]:
    """One comparison: estimate with interval, families, risks, status. Risks go where a count behind them is small."""
    counts = {"n_treated": found.known_treated, "n_compared": found.known_compared}
    counts["not_followed"] = found.unknown_treated + found.unknown_compared
    families = {name: families_told(found, count, policy) for name, count in counts.items()}
    nothing = {"estimate": None, "lower": None, "upper": None, "risk_treated": None, "risk_compared": None}
    if not (found.estimates or (_counted(found) and _too_few(found))):
        return families | nothing | {"status": str(Status.NO_DATA), "why": f"{found.refused} {found.needed}".strip()}
    if _too_few(found):  # said instead of why the method failed, which could tell how few
        why = f"Fewer than {THRESHOLDS.events} families had the outcome in one of the two groups: too few to tell."
        return families | nothing | {"status": str(Status.NO_DATA), "why": why}
    few = _few(found, policy)
    risks = nothing if few else {"risk_treated": found.risk_treated, "risk_compared": found.risk_compared}
    shown = {name: rounded(value) for name, value in risks.items() if name.startswith("risk")}
    status = Status.SUPPRESSED if few else Status.OK
    return families | nothing | _effect(found.estimates[0]) | shown | {"status": str(status), "why": ""}


def _too_few(found: Comparison) -> bool:
    """Whether too few had the outcome for its difference to be told beside the main one, which has its own verdict."""
    return min(found.events_treated, found.events_compared) < THRESHOLDS.events


def _absence(finding: Finding, policy: Policy) -> Row | None:
    change = finding.absence
    if change is None or policy.hides(change.families) or policy.hides(change.compared):
        return None
    return {
        "outcome": "share of school sessions missed, year after less year before",
        "method": change.effect.method,
        **{name: rounded(getattr(change.effect, name), 4) for name in ("estimate", "lower", "upper")},
        "before": rounded(change.before),
        "after": rounded(change.after),
        "n_treated": policy.rounded(change.families),
        "n_compared": policy.rounded(change.compared),
        "design_grade": MATCHED_CHANGE,
        "moved_alike": change.moved_alike,
    }


def _incidence(each: WindowIncidence, policy: Policy) -> Row:
    """Step-ups while help was open: shares go where a count behind them would be small."""
    counts = (each.treated * each.followed_treated, each.compared * each.followed_compared)
    few = any(policy.hides(round(count)) for count in counts if count == count)
    nothing = dict.fromkeys(("estimate", "lower", "upper"))
    status = Status.SUPPRESSED if few else Status.OK if each.treated == each.treated else Status.NOT_MATURE
    return {"months": each.months, "method": "aalen_johansen", "status": str(status)} | (
        nothing if status is not Status.OK else _effect(each.difference)
    )


def _hazard(finding: Finding) -> Row | None:
    """The ratio of hazards of the outcome while help was open, as a ratio and not its log."""
    found = finding.hazard
    if found is None:
        return None
    ratio = {name: rounded(exp(getattr(found, name)), 2) for name in ("estimate", "lower", "upper")}
    return {"method": "cause_specific_hazard_ratio", **ratio}


def _not_followed(main: Comparison, policy: Policy) -> Row | None:
    """How far those who were not followed could move the main difference, at worst; None where all were, or few were not."""
    if main.bounds is None or any(policy.hides(each) for each in (main.unknown_treated, main.unknown_compared)):
        return None
    return {
        "known": rounded(main.bounds.known),
        "lower": rounded(main.bounds.lower),
        "upper": rounded(main.bounds.upper),
    }


def _check(name: str, effect: Effect, shows: bool) -> Row:
    return {"check": name, **_effect(effect), "shows_a_difference": shows}
