"""Scenarios of a snapshot: what a service costs, whom it reaches and what is known of it, then what a change would bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import numpy as np

from earlyhelp.economics.break_even import Avoidable
from earlyhelp.economics.elasticities import CrossCheck, cross_checks
from earlyhelp.economics.envelope import mix_within
from earlyhelp.economics.local_prices import (
    OUTCOMES_PRICED,
    episodes,
    follows_a_referral,
    not_recorded,
    price_year,
    prices,
)
from earlyhelp.economics.parameters import DECLARED, ParameterSet
from earlyhelp.economics.scenario import project
from earlyhelp.economics.scenario_file import ScenarioFile, read_scenario
from earlyhelp.economics.service_facts import Price, Risk, ServiceFacts
from earlyhelp.economics.side_by_side import side_by_side
from earlyhelp.economics.simulation import SEED
from earlyhelp.economics.spend import YearOfSpend, ledger
from earlyhelp.economics.studied_cut import CutStudied, Displaced, change_used, displaced
from earlyhelp.economics.unit_costs import costs_of_council
from earlyhelp.errors import GateClosed, InputRefused, UsageProblem
from earlyhelp.evaluate.claims import Claim
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.studies.comparison import Comparison, compare
from earlyhelp.evaluate.studies.finding import Finding, said
from earlyhelp.evaluate.studies.finding import facts as facts_of
from earlyhelp.evaluate.studies.interruption import Event, Interruption, interrupted
from earlyhelp.evaluate.studies.outcomes import WINDOWS
from earlyhelp.evaluate.studies.protocol import MAIN_OUTCOME, MAIN_WINDOW, service_study
from earlyhelp.evaluate.verdicts import MATCHED_ONLY, THRESHOLDS, spoilt
from earlyhelp.release import Policy
from earlyhelp.release.findings import publish_finding
from earlyhelp.release.portfolio import ReleasedPortfolio, publish_portfolio
from earlyhelp.release.scenarios import (
    TOO_FEW,
    ReleasedBreakEven,
    ReleasedScenario,
    cost_told,
    effect_shown,
    families_shown,
    publish_break_even,
    publish_scenario,
    publish_studied,
    risk_shown,
)
from earlyhelp.store.plans import register
from earlyhelp.store.settings import declared_events, declared_studies
from earlyhelp.store.workspace import Workspace
from earlyhelp.studying import Studied, current_tables, opened_for_study, policy_of, services_compared

_NOT_RECORDED = "Nothing of it is recorded here, which is not the same as none."
_DAYS = WINDOWS[MAIN_WINDOW]


@dataclass(frozen=True)
class _Money:
    """What the snapshot tells of money: the ledger by year, prices, names of services, and families offered each."""

    ledger: Sequence[YearOfSpend]
    prices: Sequence[Price]
    episodes: Sequence[Avoidable]
    names: Mapping[str, str]
    offered: Mapping[str, int]
    year: str
    in_need_a_year: int
    not_recorded: frozenset[str]
    capacity: Mapping[str, float]


def scenario(workspace: Workspace, text: str, name: str, when: str) -> ReleasedScenario:
    """What a change would bring, released. text: of the scenario file called `name`; when: the moment, as ISO.

    Raises InputRefused, naming file, key and rule, for a file that asks what cannot be answered, and where the ledger
    holds no cost of the service; GateClosed where the records hold no offers.
    """
    declared = declared_studies(workspace.root / "council.toml")
    with current_tables(workspace) as (con, as_at):
        asked = read_scenario(text, name, tuple(_names(con)), OUTCOMES_PRICED, tuple(declared))
        money = _money(con, workspace, as_at, asked.costs, asked.parameters)
        if asked.study:
            study = Interruption(asked.study, **declared[asked.study])
            register(workspace, study.plan, study.declaration(), when)
            events = declared_events(workspace.root / "council.toml")
            return publish_studied(_studied(con, study, events, asked, money, as_at, policy_of(workspace)), asked)
    wanted = [asked.service, *filter(None, [asked.to])]
    _refuse_without_ledger(asked, money, name)
    with opened_for_study(workspace, when, [service_study(each) for each in wanted]) as reading:
        facts = [_facts(reading, reading.do(service_study(each), whole=False), money) for each in wanted]
    own = [(asked.annual_cost, asked.families_a_year), (asked.annual_cost_to, asked.families_a_year_to)]
    told = [_with_own(each, *figures) for each, figures in zip(facts, own, strict=False)]
    found = project(asked, told, money.prices, name, money.episodes)
    return publish_scenario(found, _checks(asked, money, policy_of(workspace)))


def portfolio(workspace: Workspace, when: str, envelope: float | None = None) -> ReleasedPortfolio:
    """Every service: its cost, families, break-even and what was found of it, released. when: the moment, as ISO.

    envelope: pounds a year, for which the best mix is told where one may be. Raises GateClosed where the records hold no
    offers, UsageProblem for an envelope below 0.
    """
    with current_tables(workspace) as (con, as_at):
        money = _money(con, workspace, as_at, {}, DECLARED)
    q_values = {row["service_id"]: row["q_value"] for row in services_compared(workspace, when).rows}
    tested = max(1, sum(each is not None for each in q_values.values()))
    with opened_for_study(workspace, when) as reading:
        findings = [reading.do(service_study(each)) for each in reading.directory]
        facts = [_facts(reading, each, money) for each in findings]
        claims = {}
        for each in findings:
            study, q_value = each.study, q_values[each.about.service_id]
            declared = register(workspace, study.plan, study.declaration(), when)
            together = tested if q_value is not None else 1
            claims[study.service] = publish_finding(
                each, reading.policy, declared=declared, studies=together, q_value=q_value
            )
    beside = side_by_side(facts, money.prices, money.episodes)
    mix = None if envelope is None else mix_within(beside, envelope, money.capacity, SEED)
    return publish_portfolio(beside, claims, money.year, DECLARED, mix)


def break_even(workspace: Workspace, service: str, annual_cost: float | None = None) -> ReleasedBreakEven:
    """What a service would have to avoid in a year to pay for itself, by each outcome alone; nothing is claimed.

    annual_cost: pounds, in place of the ledger's. Raises UsageProblem for a service there is not.
    """
    with current_tables(workspace) as (con, as_at):
        money = _money(con, workspace, as_at, {}, DECLARED)
    if service not in money.names:
        raise UsageProblem(f"There is no service {service}.", where="SERVICE", fix=f"One of: {', '.join(money.names)}.")
    cost = _spent(money, service) if annual_cost is None else annual_cost
    source = f"ledger, actual, {money.year}" if annual_cost is None else "your own figure"
    priced = [each for each in money.prices if each.pounds > 0 and each.units > 0]
    avoidable = [Avoidable(each.outcome, each.words, each.unit, each.pounds, each.units) for each in priced]
    return publish_break_even(
        service,
        money.names[service],
        cost,
        source,
        money.offered.get(service, 0),
        [*avoidable, *money.episodes],
        policy_of(workspace),
    )


def _studied(
    con: duckdb.DuckDBPyConnection,
    study: Interruption,
    events: Sequence[Event],
    asked: ScenarioFile,
    money: _Money,
    as_at: date,
    shown: Policy,
) -> Displaced:
    """What a cut displaced, by the council's own study of it. Raises GateClosed where the study gives no figure to show."""
    if study.kind != "referral":
        raise GateClosed(
            "What follows is known of referrals alone.",
            where=f"study {study.name}",
            fix='Declare it with kind = "referral".',
        )
    try:
        found = interrupted(con, study, as_at, events)
    except NotEstimable as no:
        raise GateClosed(no.reason, where=f"study {study.name}", fix=no.needed) from None
    counted = follows_a_referral(con, as_at).items()
    follows = {
        outcome: risk
        for outcome, (had, all_of_them) in counted
        if outcome not in money.not_recorded and (risk := risk_shown(had / all_of_them, all_of_them, "referred", shown))
    }
    if shown.hides(found.starts_after) or not follows:
        raise GateClosed("Too few children were referred for a figure to be shown.", where=f"study {study.name}")
    where = ", ".join(study.localities) or "the council"
    months = found.months_after - study.phase_in
    referred = max(shown.rounded(found.starts_after), 1.0) * months / found.months_after
    local, used = change_used(
        referred, found.excess, found.placebos, found.false_alarms, found.fitted.design_grade, asked.parameters
    )
    cut = CutStudied(
        study.name, where, f"{study.day:%-d %B %Y}", months, referred, local, used,
        found.fitted.design_grade, follows, asked.annual_cost or 0.0,
    )  # fmt: skip
    return displaced(cut, money.prices, asked.draws, asked.seed, asked.parameters)


def _names(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = con.execute("""
        SELECT service_id, coalesce(any_value(name), service_id) FROM (
            SELECT service_id, name FROM service UNION ALL SELECT service_id, NULL FROM service_delivered
        ) WHERE service_id IS NOT NULL GROUP BY service_id ORDER BY service_id
    """).fetchall()
    return dict(rows)


def _money(
    con: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    as_at: date,
    own: Mapping[str, float],
    parameters: ParameterSet,
) -> _Money:
    spent, costs = ledger(con), costs_of_council(workspace.root)
    in_need = con.execute(
        "SELECT count(*) FROM statutory_start WHERE type = 'cin_episode' AND start_date > ? - INTERVAL 1 YEAR "
        "AND start_date <= ?",
        [as_at, as_at],
    ).fetchone()
    return _Money(
        spent,
        prices(con, spent, costs, as_at, own, parameters),
        episodes(costs, as_at),
        _names(con),
        _offered(con, as_at),
        price_year(as_at),
        in_need[0] if in_need else 0,
        not_recorded(con),
        dict(
            con.execute(
                "SELECT service_id, max(capacity) FROM service WHERE capacity > 0 GROUP BY service_id"
            ).fetchall()
        ),
    )


def _offered(con: duckdb.DuckDBPyConnection, as_at: date) -> dict[str, int]:
    """Families (or people where no family is known) offered each service in the last year."""
    rows = con.execute(
        """
        SELECT service_id, count(DISTINCT coalesce(family_id, person_id)) FROM service_delivered
        WHERE coalesce(offered_date, start_date) > ? - INTERVAL 1 YEAR AND coalesce(offered_date, start_date) <= ?
        GROUP BY service_id
        """,
        [as_at, as_at],
    ).fetchall()
    return dict(rows)


def _spent(money: _Money, service: str) -> float | None:
    """Pounds spent on a service in the last whole year, as they are told; None where the ledger holds no line of it."""
    year = next((each for each in money.ledger if (each.financial_year, each.kind) == (money.year, "actual")), None)
    spent = year.services.get(service) if year else None
    return None if spent is None else cost_told(spent)


def _refuse_without_ledger(asked: ScenarioFile, money: _Money, name: str) -> None:
    for service, own in ((asked.service, asked.annual_cost), (asked.to, asked.annual_cost_to)):
        if service and own is None and _spent(money, service) is None:
            key = "annual_cost" if service == asked.service else "annual_cost_to"
            raise InputRefused(
                f"The ledger holds no actual spending of {money.names[service]} ({service}) in {money.year}.",
                where=f"{name}, scenario.{key} (rule cost-from-the-ledger)",
                fix=f"Load the ledger with the service's own number, or set {key} in the scenario.",
            )


def _with_own(facts: ServiceFacts, annual_cost: float | None, families: float | None) -> ServiceFacts:
    """The facts with what the user set in their place."""
    if annual_cost is not None:
        facts = replace(facts, annual_cost=annual_cost, cost_source="the scenario's own figure")
    return facts if families is None else replace(facts, families_a_year=families)


def _facts(reading: Studied, finding: Finding, money: _Money) -> ServiceFacts:
    """What is known of a service, every count hidden or rounded as the policy has it. finding: its study."""
    shown, service = reading.policy, finding.about.service_id
    claim = said(finding)
    compared = _compared(reading, finding) if finding.estimable else {}
    risks, left_out = {}, {}
    for outcome in OUTCOMES_PRICED:
        if outcome in money.not_recorded:
            left_out[outcome] = _NOT_RECORDED
            continue
        risk = _risk(reading, finding, compared.get(outcome), outcome, shown)
        if risk:
            risks[outcome] = risk
        else:
            left_out[outcome] = TOO_FEW
    usable = compared if claim.verdict != "cannot tell" or _only_weak(finding) else {}
    effects = {
        outcome: local
        for outcome, found in usable.items()
        if outcome in OUTCOMES_PRICED and (local := effect_shown(found, MATCHED_ONLY, shown))
    }
    return ServiceFacts(
        service,
        money.names[service],
        _spent(money, service),
        f"ledger, actual, {money.year}",
        families_shown(money.offered.get(service, 0), shown),
        risks,
        effects,
        effect_shown(usable[MAIN_OUTCOME], MATCHED_ONLY, shown) if MAIN_OUTCOME in usable else None,
        left_out,
        "" if usable else _why_not(finding, claim),
        _risk(reading, finding, usable.get(MAIN_OUTCOME), MAIN_OUTCOME, shown) if usable else None,
    )


def _compared(reading: Studied, finding: Finding) -> dict[str, Comparison]:
    """Each outcome of the study's own families, those that cost something and any first step-up, within twelve months."""
    design, seed = finding.design, finding.study.seed
    assert design is not None
    found = {outcome: compare(reading.cohort, design, outcome, MAIN_WINDOW, _DAYS, seed) for outcome in OUTCOMES_PRICED}
    return {**found, MAIN_OUTCOME: finding.main}


def _only_weak(finding: Finding) -> bool:
    """Whether it cannot tell only since an unrecorded reason could explain it, which the doubt of its design allows for."""
    return not spoilt(facts_of(finding), THRESHOLDS)


def _why_not(finding: Finding, claim: Claim) -> str:
    if not finding.estimable:
        return next(iter(finding.design.gate.reasons), finding.refused) if finding.design else finding.refused
    return claim.may_say[1] if len(claim.may_say) > 1 else claim.may_say[0]


def _risk(reading: Studied, finding: Finding, found: Comparison | None, outcome: str, shown: Policy) -> Risk | None:
    """The risk of families without the service: of those compared as weighted, else of all with early help here."""
    if found and found.risk_compared is not None and finding.design is not None:
        number = min(finding.design.gate.effective.number, found.known_compared)
        own = risk_shown(found.risk_compared, number, "families like them without the service, as weighted", shown)
        if own:
            return own
    known = reading.cohort.outcomes[outcome].within(_DAYS)
    known = known[~np.isnan(known)]
    if not len(known):
        return None
    return risk_shown(float(known.mean()), len(known), "all families with early help here", shown)


def _checks(asked: ScenarioFile, money: _Money, shown: Policy) -> list[CrossCheck]:
    """What studies of councils' spending would lead one to expect of a cut; nothing for what is no cut."""
    year = next((each for each in money.ledger if (each.financial_year, each.kind) == (money.year, "actual")), None)
    cost = asked.annual_cost if asked.annual_cost is not None else _spent(money, asked.service)
    if asked.kind not in ("cut", "stop") or year is None or not year.early or not cost:
        return []
    return cross_checks(min(1.0, asked.share * cost / year.early), families_shown(money.in_need_a_year, shown))
