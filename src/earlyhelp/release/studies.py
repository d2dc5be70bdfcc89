"""Studies that are not of one service, on their way out: a change on one day, and organisations side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Any

from earlyhelp.evaluate.across_councils import AcrossCouncils
from earlyhelp.evaluate.claims import Refusal, claim_of_refusal
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.methods.providers import Standing
from earlyhelp.evaluate.studies.interruption import Interrupted, Interruption
from earlyhelp.evaluate.studies.protocol import MAIN_WINDOW
from earlyhelp.evaluate.studies.providers import Providers
from earlyhelp.evaluate.verdicts import MATCHED_CHANGE
from earlyhelp.release.findings import rounded
from earlyhelp.release.policy import Policy
from earlyhelp.release.poverty import ReleasedPoverty
from earlyhelp.release.publish import Status

Row = Mapping[str, Any]
_NO_ESTIMATE: Row = {"method": "", "estimate": None, "lower": None, "upper": None}
_CAUSE = "That {what} caused the change: other things may have changed on the same day."
_NO_FAMILY = "Anything about a single family or person."
_FALSE_ALARMS = 0.1
"""The largest share of other dates at which the method may find a change, before it is not believed at the declared one."""


@dataclass(frozen=True)
class ReleasedStudy:
    """What may be shown of a study that is not of one service, under the names that `evaluate` promises.

    `scale`: "rate_ratio" or "odds_ratio". `table`: a row an organisation, by name, where there are any.
    """

    study: str
    plan: str
    declared: str
    estimand: str
    scale: str
    estimates: tuple[Row, ...]
    n_treated: float | None
    n_compared: float | None
    design_grade: int
    verdict: str
    may_say: tuple[str, ...]
    may_not_say: tuple[str, ...]
    table: tuple[Row, ...] = ()
    balance: tuple[Row, ...] = ()
    ess_share: float | None = None
    e_value: float | None = None
    mde: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The names under which other programs may rely on it."""
        return dict(vars(self))


def no_study(name: str, plan: str, declared: str, scale: str, estimand: str, no: NotEstimable) -> ReleasedStudy:
    """A study that the data cannot carry: why, and what is missing."""
    said = (f"No effect is shown. {no.reason}", f"What would be needed: {no.needed}")
    return ReleasedStudy(
        name, plan, declared, estimand, scale, (_NO_ESTIMATE,), None, None, 1, "not comparable", said, (_NO_FAMILY,)
    )


def publish_interrupted(found: Interrupted, policy: Policy, declared: str) -> ReleasedStudy:
    """A change on one day as it may be shown under a policy."""
    study, ratio = found.study, found.fitted.rate_ratio
    estimates = (
        {"method": found.fitted.level.method, **{name: rounded(getattr(ratio, each)) for name, each in _BOUNDS}},
        {"method": "excess_events", **{name: rounded(getattr(found.excess, name), 0) for name in _NAMES}},
    )
    verdict = _change(found)
    hidden = policy.hides(found.starts_after)
    return ReleasedStudy(
        study.name,
        study.plan,
        declared,
        study.declaration()["estimand"],
        "rate_ratio",
        (_NO_ESTIMATE,) if hidden else estimates,
        None if hidden else policy.rounded(found.starts_after),
        None,
        found.fitted.design_grade,
        "cannot tell" if hidden else verdict,
        ("Too few children are in it to be told.",) if hidden else tuple(_said_of_change(found, verdict)),
        (
            _CAUSE.format(what="what happened on the day"),
            *(
                ()
                if found.fitted.design_grade > 2
                else ("That the others would not have changed alike: there are no others.",)
            ),
            _NO_FAMILY,
        ),
    )


_NAMES = ("estimate", "lower", "upper")
_BOUNDS = (("estimate", "value"), ("lower", "lower"), ("upper", "upper"))


def _change(found: Interrupted) -> str:
    ratio = found.fitted.rate_ratio
    if found.placebos and found.false_alarms / found.placebos > _FALSE_ALARMS:
        return "cannot tell"
    if ratio.lower > 1:
        return "more"
    return "fewer" if ratio.upper < 1 else "no difference shown"


def _said_of_change(found: Interrupted, verdict: str) -> list[str]:
    study, ratio = found.study, found.fitted.rate_ratio
    where = f"in {', '.join(study.localities)}, beside the other localities," if study.localities else "in the council"
    what = study.kind.replace("_", " ")
    percent = [100 * (each - 1) for each in (ratio.value, ratio.lower, ratio.upper)]
    told = (
        f"After {study.day:%-d %B %Y} starts of {what} {where} were {percent[0]:+.0f} % against what the months before "
        f"would let one expect (95 per cent interval {percent[1]:+.0f} % to {percent[2]:+.0f} %)."
    )
    verdicts = {
        "no difference shown": "No change is shown: none fits the data too.",
        "cannot tell": "We cannot tell: the method finds changes at other dates too, when nothing was declared.",
        "more": "That is more than chance brings.",
        "fewer": "That is less than chance brings.",
    }
    checked = f"At {found.placebos} other dates before, {found.false_alarms} looked like a change."
    grade = f"The design is level {found.fitted.design_grade} on the Maryland scale."
    months = f"It rests on {found.months_before} months before and {found.months_after} after."
    also = ", ".join(f"{name} ({day:%-d %B %Y})" for day, name in found.also)
    other = f"Declared to have changed in these months too: {also}. Figures before and after are no one series."
    checks = [*([checked] if found.placebos else []), *([other] if also else [])]
    return [told, verdicts[verdict], found.power, *checks, months, grade]


def publish_providers(found: Providers, policy: Policy, plan: str, declared: str) -> ReleasedStudy:
    """Organisations as they may be shown: by name, none ranked, each only where enough families stand behind it."""
    rows = tuple(_provider(found, place, policy) for place in range(len(found.names)))
    apart = [row["organisation"] for row in rows if row["standing"] in ("better than expected", "worse than expected")]
    said = (
        "Each organisation's first steps up within 12 months of its offers, against what families like those it was given "
        "have on average.",
        f"Different from what was to be expected: {', '.join(apart)}."
        if apart
        else "None differs from what was to be expected.",
        f"Ranks tell little: an organisation's rank lies between {_widest(found)}.",
        f"What was recorded before tells families with a step-up from others with a discrimination of "
        f"{found.compared.discrimination:.2f} (0.5 is by lot, 1 is fully).",
        *(_OTHER_WARDS.format(who=row["organisation"]) for row in rows if row["standing"] == Standing.CANNOT_TELL),
    )
    return ReleasedStudy(
        "providers",
        plan,
        declared,
        f"odds of a first step up within {MAIN_WINDOW} months against the average organisation, families being alike",
        "odds_ratio",
        tuple({"method": "random_intercept", **{name: row[name] for name in _NAMES}} for row in rows)
        or (_NO_ESTIMATE,),
        None,
        None,
        2,
        "no difference shown" if not apart else "different",
        said,
        ("Which organisation is best: there is no ranking.", "That an organisation caused the difference.", _NO_FAMILY),
        table=rows,
    )


_OTHER_WARDS = (
    "Most families whom {who} is given live in other wards than those of the others, so that what is different about a "
    "place cannot be told from what the organisation does."
)


def _provider(found: Providers, place: int, policy: Policy) -> Row:
    compared = found.compared
    observed, families = compared.observed[place], compared.cases[place]
    hidden = policy.hides(observed) or policy.hides(families)
    untold = hidden or compared.standings[place] is Standing.CANNOT_TELL
    effect, low, high = (
        float(each[place]) for each in (compared.effects, compared.effect_lower, compared.effect_upper)
    )
    return {
        "organisation": found.names[place],
        "standing": str(compared.standings[place]),
        "estimate": None if untold else rounded(exp(effect), 2),
        "lower": None if untold else rounded(exp(low), 2),
        "upper": None if untold else rounded(exp(high), 2),
        "families": policy.shown(float(families)),
        "observed": None if hidden else policy.rounded(float(observed)),
        "expected": None if hidden else rounded(float(compared.expected[place]), 1),
        "observed_over_expected": None if untold else rounded(float(compared.funnel.ratio[place]), 2),
        "funnel_95": None if untold else _limits(compared.funnel.lower_95[place], compared.funnel.upper_95[place]),
        "funnel_998": None if untold else _limits(compared.funnel.lower_998[place], compared.funnel.upper_998[place]),
        "status": str(Status.SUPPRESSED if hidden else Status.OK),
    }


def _limits(lower: float, upper: float) -> list[float | None]:
    return [rounded(float(lower), 2), rounded(float(upper), 2)]


def _widest(found: Providers) -> str:
    widest = max(found.ranks, key=lambda each: each.upper - each.lower)
    return f"{widest.lower} and {widest.upper} of {len(found.names)} for {widest.name}"


def publish_poverty_shock(found: ReleasedPoverty, plan: str, declared: str, estimand: str) -> ReleasedStudy:
    """What follows signs of poverty, as a study: change by kind of event, after those signs before which families were alike."""
    if found.status is not Status.OK or not found.pooled:
        why = found.why_no_data or "Before no kind of sign had families been like those without one."
        no = NotEstimable(why, "More families with dated signs of poverty, and families like them without one.")
        return no_study("poverty-shock", plan, declared, "risk_difference", estimand, no)
    rows = tuple(
        {"outcome": each["outcome"], "words": each["outcome_label"], **_change_of(each)} for each in found.pooled
    )
    verdicts = {row["outcome"]: row["verdict"] for row in rows}
    told = [f"{row['words'].capitalize()}: {_in_words(row)}." for row in rows]
    return ReleasedStudy(
        "poverty-shock",
        plan,
        declared,
        estimand,
        "risk_difference",
        tuple({"method": "stacked_event_study", **row} for row in rows),
        found.pooled[0]["shocks"],
        None,
        MATCHED_CHANGE,
        verdicts.get("request", rows[0]["verdict"]),
        (f"After {', '.join(found.steady)}, taken together, within 12 months:", *told),
        ("That poverty caused what was recorded: a need may be older than its sign.", _NO_FAMILY),
    )


def _change_of(row: Row) -> dict[str, Any]:
    shown = row["status"] == str(Status.OK)
    figures = {name: rounded(row[of]) if shown else None for name, of in zip(_NAMES, _CHANGE, strict=True)}
    return {**figures, "verdict": row["verdict"]}


_CHANGE = ("change", "lower", "upper")


def _in_words(row: Row) -> str:
    if row["estimate"] is None:
        return "too few to tell"
    low, high = (f"{100 * row[name]:+.1f}" for name in ("lower", "upper"))
    found = f"{100 * row['estimate']:+.1f} in 100 families against like families ({low} to {high}), {row['verdict']}"
    leaves_none_out = row["lower"] > 0 or row["upper"] < 0
    return found + (_OF_MANY if leaves_none_out and row["verdict"] == "no difference shown" else "")


_OF_MANY = ": so many comparisons were made that one such interval could well be chance"


def refused_design(name: str, refusal: Refusal, service: str) -> ReleasedStudy:
    """A design that is recognised and refused: no effect is shown, and why."""
    said = claim_of_refusal(refusal, service)
    return ReleasedStudy(
        name, "", "", "none: the design cannot show one", "risk_difference", (_NO_ESTIMATE,), None, None, 1, said.verdict,
        said.may_say, said.may_not_say,
    )  # fmt: skip


def interruption_refused(study: Interruption, declared: str, no: NotEstimable) -> ReleasedStudy:
    """A change on one day that the data cannot carry."""
    return no_study(study.name, study.plan, declared, "rate_ratio", study.declaration()["estimand"], no)


@dataclass(frozen=True)
class ReleasedPool:
    """One study of several councils: a row a cohort with the pooled estimate, a row a council in it, and sentences."""

    study: str
    plan: str
    scale: str
    cohorts: tuple[Row, ...]
    councils: tuple[Row, ...]
    may_say: tuple[str, ...]
    may_not_say: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The names under which other programs may rely on it."""
        return dict(vars(self))


def publish_pool(found: AcrossCouncils) -> ReleasedPool:
    """What councils' shared estimates say together; each was released by its own council before it was shared."""
    cohorts, councils = [], []
    for each in found.cohorts:
        pooled = each.pooled
        cohorts.append({
            "cohort": each.cohort, "councils": len(each.councils), "estimate": rounded(pooled.mean),
            "lower": rounded(pooled.lower), "upper": rounded(pooled.upper),
        })  # fmt: skip
        councils += [
            {
                "cohort": each.cohort, "council": one.council, "estimate": rounded(one.estimate.estimate),
                "lower": rounded(one.estimate.lower), "upper": rounded(one.estimate.upper),
                "shrunken": rounded(one.shrunken.estimate), "differs": one.differs,
            }
            for one in each.councils
        ]  # fmt: skip
    said = tuple(sentence for each in found.cohorts for sentence in each.explains)
    return ReleasedPool(
        found.study, found.plan, found.scale, tuple(cohorts), tuple(councils), said, found.cannot_explain
    )
