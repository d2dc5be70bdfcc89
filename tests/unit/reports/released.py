"""Released things made up by hand, small enough to check by eye, for the tests of documents."""

from __future__ import annotations

from datetime import date

from earlyhelp.measures import CATALOGUE, Grain, Question
from earlyhelp.measures.periods import periods
from earlyhelp.release import Released, ReleasedRow, Status, policy
from earlyhelp.release.findings import ReleasedFinding
from earlyhelp.release.scenarios import ReleasedScenario
from earlyhelp.release.services import ReleasedServices
from earlyhelp.release.waiting import ReleasedWaiting
from earlyhelp.reports.answers.prepared import Part, Wanted
from earlyhelp.reports.documents import Choice, Material

AS_AT = date(2026, 3, 31)
WHY = "Fewer than 10 families had the outcome in one of the two groups: too few to tell."
NOTHING = {"estimate": None, "lower": None, "upper": None, "risk_treated": None, "risk_compared": None}
MAIN = {"estimate": -0.15, "lower": -0.22, "upper": -0.08, "risk_treated": 0.2, "risk_compared": 0.35}
CAUSED = "That Family Steps caused, prevented, raised or lowered anything."


def finding(service: str = "S01", name: str = "Family Steps", *, passed: bool = True) -> ReleasedFinding:
    """A study that found fewer; or one whose gate is shut."""
    counts = {"outcome": "step_up", "outcome_words": "a first step up", "n_treated": 120, "n_compared": 800}
    windows = (
        {**counts, "months": 6, **NOTHING, "status": "no_data", "why": WHY},
        {**counts, "months": 12, **MAIN, "status": "ok", "why": ""},
        {**counts, "months": 18, **NOTHING, "status": "suppressed", "why": "", "n_treated": None},
    )
    group = {"group": "under_5", "group_words": "youngest child under 5", "n_treated": 60, "n_compared": 300}
    methods = ("entropy_balancing", "aipw", "matching")
    own = {each: MAIN[each] if passed else None for each in ("estimate", "lower", "upper")}
    unlike = {"covariate": "needs", "words": "number of needs", "before": 0.53, "after": 0.01, "variance_ratio": 1.0}
    reasons = [] if passed else ["There are fewer than 40 families."]
    return ReleasedFinding(
        study=f"service:{service}",
        service=name,
        plan="09cc8567d80707b0",
        declared="2026-11-22T10:00:00+00:00",
        outcome="step_up",
        window=12,
        estimand="difference in risk among the families offered it",
        design="like with like",
        estimates=tuple({"method": each, **own} for each in methods),
        n_treated=120,
        n_compared=800,
        balance=(unlike,) if passed else (),
        gate={"passed": passed, "reasons": reasons, "worst": None, "ess_share": 0.5},
        overlap={},
        design_grade=2,
        e_value=None,
        e_value_limit=None,
        gamma=None,
        mde=None,
        verdict="fewer" if passed else "not comparable",
        may_say=(f"Being offered {name} was associated with fewer families having a first step up.",),
        may_not_say=(CAUSED,),
        windows=windows if passed else (),
        groups=({**group, **MAIN, "status": "ok", "why": ""},) if passed else (),
    )  # fmt: skip


def services(*told: tuple[str, str, str]) -> ReleasedServices:
    """Services by id, name and group; those as expected or better carry a figure."""
    figures = {"estimate": -0.15, "lower": -0.22, "upper": -0.08}
    rows = tuple(
        {
            "service_id": each, "service": name, "group": group, "n_treated": 120, "q_value": 0.01, "why": f"Told of {name}.",
            **(figures if group.endswith("expected") else dict.fromkeys(figures)), "cost_per_step_up": None,
        }
        for each, name, group in told
    )  # fmt: skip
    return ReleasedServices(rows, "They were looked at together.")


def part(measure: str = "B1", values: tuple[float | None, ...] = (4, 5, None, 30)) -> Part:
    """Months of a measure up to March 2026; None is hidden. Certificates are C0, C1 and so on."""
    months = periods(date(2026, 1, 1), date(2026, len(values) + 1, 1), Grain.MONTH)[: len(values)]
    rows = [
        ReleasedRow(measure, first, last, {}, {}, value, None, value, value and value - 1, value and value + 1,
                    Status.OK if value is not None else Status.SUPPRESSED)
        for (first, last), value in zip(months, values, strict=True)
    ]  # fmt: skip
    released = Released(CATALOGUE[measure], policy("dfe", 0), tuple(rows))
    return Part(released, [f"C{number}" for number in range(len(values))])


def asked(grain: Grain, measure: str = "B1") -> tuple[Wanted, Part]:
    """A measure asked in periods of that length."""
    return Wanted(measure, Question(grain=grain)), part(measure)


def scenario(says: str = "The budget falls by £60,600.") -> ReleasedScenario:
    """Stopping a service: what it frees, what it displaces, what it would have to avoid."""
    three = {"displaced_5": -200.0, "displaced_50": 6800.0, "displaced_95": 20700.0}
    net = {"net_5": -5000.0, "net_50": 57300.0, "net_95": 62900.0}
    step = {"outcome": "care", "needed": 28.9}
    content = {
        "scenario": {"kind": "stop", "service": "S01", "price_year": "2025-26"},
        "purses": [{"purse": "council", "out_of_the_budget": 60600.0, **three, **net,
                    "probability_that_it_saves": 1.0, "break_even_risk_ratio": None}],
        "by_agency_and_year": [
            {"agency_words": "National Health Service", "year": "2026-04 to 2027-03", "out_of_the_budget": 0.0, **three},
            {"agency_words": "Police", "year": "2026-04 to 2027-03", "out_of_the_budget": 0.0,
             "displaced_5": 0.0, "displaced_50": 0.0, "displaced_95": 0.0},
        ],
        "break_even": [
            {**step, "basis": "arithmetic: no causal claim", "avoided": None, "lower": None, "upper": None,
             "sentence": "To pay for itself it would have to avoid 28.9 months of care a year."},
            {**step, "basis": "association found elsewhere", "avoided": 3.5, "lower": -0.3, "upper": 6.0,
             "sentence": "If what was found elsewhere holds, 3.5 months fewer a year."},
        ],
        "prices": [{"words": "a child looked after", "unit": "month", "by_agency": {"council_social_care": 7224},
                    "basis": "average", "cashable": None, "source": "ledger"}],
        "tornado": [{"input": "what the service does", "council": 0.85, "public_purse": -0.0}],
        "cross_checks": [{"sentence": "No association was found with less spending."}],
        "seed": 20260101,
        "draws": 20_000,
        "parameters": "0123456789abcdef",
    }  # fmt: skip
    return ReleasedScenario(content, (says,), ("Half of it was never observed.",))


def waiting() -> ReleasedWaiting:
    """A list with one ending hidden and one group hidden."""
    ending = {"ending": "allocated", "day": 28, "share": 0.78, "lower": 0.74, "upper": 0.82, "status": "ok"}
    hidden = {"ending": "escalated", "day": 28, "share": None, "lower": None, "upper": None, "status": "suppressed"}
    group = {"by": "locality", "group": "N", "group_label": "North", "waits": 40, "within_days": 182, "mean_days": 12.0,
             "lower": 9.0, "upper": 15.0, "status": "ok"}  # fmt: skip
    few = {**group, "group_label": "South", "waits": None, "mean_days": None, "lower": None, "upper": None}
    ahead = {"extra": 0, "unit": "worker", "in_words": "As now, the list would be clear in 9 weeks."}
    return ReleasedWaiting(
        Status.OK, ("Half wait 7 days.",), ("It is not why.",), 16, (ending, hidden), (group, few), (ahead,)
    )


def material(**more: object) -> Material:
    """A council with whatever a test gives it."""
    return Material(council="Thornbridge", as_at=AS_AT, snapshot="s-1", **more)  # type: ignore[arg-type]


def choices() -> tuple[Choice, ...]:
    """One that was worked out, one that could not be."""
    return Choice("Stop it", scenario()), Choice("Cut it by a fifth", why="The ledger holds no spending of it.")
