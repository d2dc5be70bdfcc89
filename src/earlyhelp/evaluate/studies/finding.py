"""A whole study of one service: design, every outcome in every window, checks, groups, and what may be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from earlyhelp.evaluate.claims import Claim, claim
from earlyhelp.evaluate.methods.balancing import balanced_effect
from earlyhelp.evaluate.methods.did import difference_in_differences, pre_trend
from earlyhelp.evaluate.methods.effect import Effect, Floats, Ints, NotEstimable
from earlyhelp.evaluate.methods.hazards import WindowIncidence, cumulative_incidence, hazard_ratio
from earlyhelp.evaluate.methods.sensitivity import LeftOut, Placebo, leave_one_covariate_out, placebo_verdict
from earlyhelp.evaluate.studies.cohort import Cohort
from earlyhelp.evaluate.studies.comparison import Comparison, compare, seen
from earlyhelp.evaluate.studies.covariates import EARLIER, NOT_HELD
from earlyhelp.evaluate.studies.design import Design, like_with_like
from earlyhelp.evaluate.studies.groups import by_group
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, WINDOWS
from earlyhelp.evaluate.studies.protocol import Study
from earlyhelp.evaluate.verdicts import MATCHED_ONLY, THRESHOLDS, Facts

COMPARED_WITH = "families offered something else or nothing at the same threshold"


@dataclass(frozen=True)
class About:
    """What the directory says of a service. `criteria`: whether it names for whom it is (a level or ages)."""

    service_id: str
    name: str
    criteria: bool = True
    annual_cost: float | None = None


@dataclass(frozen=True)
class Change:
    """Sessions missed at school: the change of the families' share of sessions against that of families like them."""

    effect: Effect
    families: int
    compared: int
    before: float
    after: float
    moved_alike: str


@dataclass(frozen=True)
class Finding:
    """What a study found. `main` is the comparison it was declared for; `windows` every outcome in every window.

    `while_open`: step-ups while help was open, with its closing and a move as rivals that end the chance of one. `hazard`:
    log ratio of cause-specific hazards of the outcome, the compared as weighted. `design` is None where families could not
    even be compared; then `refused` says why, and `needed` what is missing.
    """

    study: Study
    about: About
    design: Design | None
    main: Comparison
    windows: tuple[Comparison, ...] = ()
    absence: Change | None = None
    while_open: tuple[WindowIncidence, ...] = ()
    hazard: Effect | None = None
    placebos: tuple[Placebo, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    groups: Mapping[str, Comparison] = field(default_factory=dict)
    refused: str = ""
    needed: str = ""

    @property
    def estimable(self) -> bool:
        """Whether a figure may be given: the gate passed and the main method found one."""
        return self.design is not None and self.design.gate.passed and bool(self.main.estimates)


def evaluate(cohort: Cohort, study: Study, about: About, *, whole: bool = True) -> Finding:
    """The study done: design first, then outcomes. Never raises for data that cannot carry it: it says so.

    whole: every outcome, window, group and check; else the main comparison and its placebo, for many services at once.
    """
    days = WINDOWS[study.window]
    try:
        design = like_with_like(cohort, study.service, days)
    except NotEstimable as no:
        empty = Comparison(study.outcome, study.window, refused=no.reason, needed=no.needed)
        return Finding(study, about, None, empty, refused=no.reason, needed=no.needed)
    main = compare(cohort, design, study.outcome, study.window, days, study.seed)
    if not design.gate.passed or not main.estimates:
        return Finding(study, about, design, main, refused=main.refused, needed=main.needed)
    if not whole:
        return Finding(study, about, design, main, placebos=_placebos(cohort, design))
    return Finding(
        study,
        about,
        design,
        main,
        windows=tuple(_windows(cohort, study, main)),
        absence=_absence(cohort, design),
        while_open=_while_open(cohort, design, study),
        hazard=_hazard(cohort, design, study),
        placebos=_placebos(cohort, design),
        left_out=_left_out(cohort, design, study, days),
        groups=by_group(cohort, study.service, study.outcome, study.window, days, study.seed),
    )


def _windows(cohort: Cohort, study: Study, main: Comparison) -> list[Comparison]:
    """Every outcome in every window, each window with a design of its own: fewer families can be followed for longer.

    `main` stands in its place: it is what would be found there again.
    """
    told = []
    for months, days in WINDOWS.items():
        try:
            design = like_with_like(cohort, study.service, days)
            shut = "" if design.gate.passed else " ".join(design.gate.reasons)
        except NotEstimable as no:
            design, shut = None, no.reason
        for outcome in OUTCOMES:
            if (outcome, months) == (main.outcome, main.months):
                told.append(main)
            elif design is None or shut:
                told.append(Comparison(outcome, months, refused=shut, needed="More families, or more alike."))
            else:
                told.append(compare(cohort, design, outcome, months, days, study.seed))
    return told


def _placebos(cohort: Cohort, design: Design) -> tuple[Placebo, ...]:
    """What partners told of the family in the year before: no offer can have changed it."""
    earlier = cohort.earlier[design.rows]
    try:
        effect = balanced_effect(design.balanced, design.treated, earlier, cohort.family[design.rows])
    except NotEstimable:
        return ()
    return (Placebo("time zero", EARLIER.words, effect),)


def _left_out(cohort: Cohort, design: Design, study: Study, days: int) -> tuple[LeftOut, ...]:
    """How far the finding moves without each fact by which families were made alike."""
    found = seen(cohort, design, study.outcome, days)

    def estimator(covariates: Floats) -> Effect:
        return balanced_effect(covariates, found.treated, found.outcome, found.family)

    return leave_one_covariate_out(estimator, found.covariates, design.names).left_out


def _absence(cohort: Cohort, design: Design) -> Change | None:
    """Sessions missed, change against change; None where too few families have sessions on record."""
    school = cohort.absence.of(design.rows)
    known = ~np.isnan(school.before) & ~np.isnan(school.after)
    treated, family = design.treated[known], cohort.family[design.rows][known]
    before, after, weights = school.before[known], school.after[known], design.weights[known]
    try:
        effect = difference_in_differences(before, after, treated, weights=weights, cluster=family)
        earlier = np.column_stack([school.earlier[known], before])
        trend = pre_trend(earlier, treated, weights=weights, cluster=family).sentence
    except NotEstimable:
        return None
    return Change(
        effect,
        int(treated.sum()),
        int((~treated).sum()),
        float(before[treated].mean()),
        float(after[treated].mean()),
        trend,
    )


def _while_open(cohort: Cohort, design: Design, study: Study) -> tuple[WindowIncidence, ...]:
    """Weighted Aalen-Johansen shares of families who stepped up before help closed or the family moved."""
    days, cause = _endings(cohort, design, study)
    if not len(days):
        return ()
    try:
        return cumulative_incidence(days, cause, design.treated, design.weights)
    except NotEstimable:
        return ()


def _hazard(cohort: Cohort, design: Design, study: Study) -> Effect | None:
    """The log ratio of the hazards of a step-up while help was open; None where too few stepped up by then."""
    days, cause = _endings(cohort, design, study)
    had = [int(((cause == 1) & side).sum()) for side in (design.treated, ~design.treated)] if len(days) else [0]
    if min(had) < THRESHOLDS.events:
        return None
    weights = np.where(design.treated, 1.0, design.weights * design.treated.sum())
    try:
        return hazard_ratio(days, cause, design.treated, weights, cohort.family[design.rows])
    except NotEstimable:
        return None


def _endings(cohort: Cohort, design: Design, study: Study) -> tuple[Ints, Ints]:
    """Days from time zero to what ended it, and what: 1 the outcome, 2 closing, 3 a move, 0 nothing yet. (n,) each.

    Empty for an outcome that is counted from a closure, and for one of which nothing is recorded.
    """
    followed = cohort.outcomes[study.outcome]
    if OUTCOMES[study.outcome].from_day != "time_zero" or not followed.held:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    ends = np.stack([each[design.rows] for each in (followed.event, cohort.closed, followed.known, followed.ripe)])
    moved = ends[2] < ends[3]
    ends = np.where(np.isnan(ends), np.inf, ends)
    ends[2] = np.where(moved, ends[2], np.inf)
    return np.maximum(ends.min(axis=0), 1).astype(np.int64), ((ends.argmin(axis=0) + 1) % 4).astype(np.int64)


def facts(finding: Finding, studies: int = 1, q_value: float | None = None) -> Facts:
    """The facts of a finding from which its verdict and sentences follow; `studies` were tested together with it."""
    main, design = finding.main, finding.design
    first = main.estimates[0] if finding.estimable else None
    kept = design.overlap if design else None
    offered = (kept.treated_kept + kept.treated_left_out) if kept else 0
    return Facts(
        service=finding.about.name,
        outcome=OUTCOMES[main.outcome].words,
        compared_with=COMPARED_WITH,
        window_months=main.months,
        design_grade=MATCHED_ONLY,
        gate_passed=bool(design and design.gate.passed),
        gate_reasons=_reasons(finding),
        estimate=first.estimate if first else None,
        lower=first.lower if first else None,
        upper=first.upper if first else None,
        n_treated=main.known_treated,
        n_compared=main.known_compared,
        events_treated=main.events_treated,
        events_compared=main.events_compared,
        minimum_detectable=main.minimum_detectable,
        e_value=main.e_value.estimate if main.e_value else None,
        e_value_limit=main.e_value.limit if main.e_value else None,
        placebo=placebo_verdict(finding.placebos),
        overlap_kept=kept.treated_kept / offered if kept and offered else 0.0,
        not_held=NOT_HELD,
        disagreement=main.disagreement,
        studies_together=studies,
        q_value=q_value,
        criteria_named=finding.about.criteria,
    )


def _reasons(finding: Finding) -> tuple[str, ...]:
    if finding.design is not None and not finding.design.gate.passed:
        return finding.design.gate.reasons
    return tuple(each for each in (finding.refused, finding.needed) if each)


def said(finding: Finding, studies: int = 1, q_value: float | None = None) -> Claim:
    """The verdict and the sentences of a finding, of which `studies` were tested together."""
    return claim(facts(finding, studies, q_value))
