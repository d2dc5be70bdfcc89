"""Studies of a snapshot: declared and registered before an outcome is read, done, and released through the one door."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from earlyhelp.errors import GateClosed, InputRefused, UsageProblem
from earlyhelp.evaluate.across_councils import as_rows, from_rows, pool_councils
from earlyhelp.evaluate.claims import BEFORE_AFTER, COMPLETERS
from earlyhelp.evaluate.methods.effect import NotEstimable
from earlyhelp.evaluate.poverty import poverty, poverty_plan
from earlyhelp.evaluate.services import ServiceEffect, grouped
from earlyhelp.evaluate.studies.cohort import Cohort, read_cohort
from earlyhelp.evaluate.studies.finding import About, Finding, evaluate, facts, said
from earlyhelp.evaluate.studies.interruption import Interruption, interrupted
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, WINDOWS
from earlyhelp.evaluate.studies.protocol import MAIN_OUTCOME, MAIN_WINDOW, Study, service_study
from earlyhelp.evaluate.studies.providers import providers, providers_plan
from earlyhelp.evaluate.verdicts import THRESHOLDS, few_events
from earlyhelp.release import Policy, no_poverty_study, policy, publish_poverty
from earlyhelp.release.findings import ReleasedFinding, publish_finding, shareable
from earlyhelp.release.services import ReleasedServices, publish_services
from earlyhelp.release.studies import (
    ReleasedPool,
    ReleasedStudy,
    interruption_refused,
    no_study,
    publish_interrupted,
    publish_pool,
    publish_poverty_shock,
    publish_providers,
    refused_design,
)
from earlyhelp.store.files import read_json
from earlyhelp.store.plans import hash_of, register
from earlyhelp.store.settings import declared_events, declared_studies
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.workspace import Workspace

Progress = Callable[[str], None]
"""What is told the step that is being done."""
OF_A_SERVICE = "service:"
"""What the name of a study of one service begins with; its id follows."""
PROVIDERS, POVERTY_SHOCK = "providers", "poverty-shock"
_OTHERS = (PROVIDERS, POVERTY_SHOCK)
REFUSED_DESIGNS = {"before-after:": BEFORE_AFTER, "completers:": COMPLETERS}
"""Comparisons that people ask for and that show an effect where there is none; a service's id follows."""


@dataclass(frozen=True)
class Studied:
    """A snapshot with its offers, read once, in which any study can be done."""

    workspace: Workspace
    cohort: Cohort
    directory: Mapping[str, About]
    organisations: Mapping[str, str]

    @property
    def policy(self) -> Policy:
        """The council's policy of disclosure."""
        return policy_of(self.workspace)

    def do(self, study: Study, *, whole: bool = True) -> Finding:
        """The study done; not `whole`: its main comparison alone."""
        return evaluate(self.cohort, study, self.directory[study.service], whole=whole)


def policy_of(workspace: Workspace) -> Policy:
    """The council's policy of disclosure, as its settings say."""
    return policy(workspace.settings.policy, workspace.settings.round_to)


@contextmanager
def current_tables(workspace: Workspace) -> Iterator[tuple[duckdb.DuckDBPyConnection, date]]:
    """The tables of the current snapshot, open for reading, and the day that they are as at."""
    folder = workspace.snapshot_folder()
    with read_tables(folder, workspace.store / "spill") as con:
        yield con, date.fromisoformat(workspace.manifest(folder.name)["as_at"])


@contextmanager
def opened_for_study(workspace: Workspace, when: str, studies: list[Study] | None = None) -> Iterator[Studied]:
    """The current snapshot, its studies registered before any outcome is read: those given, or one a service.

    Raises GateClosed where the records hold no offers.
    """
    with current_tables(workspace) as (con, as_at):
        listed = directory(con)
        for study in studies or [service_study(each) for each in listed]:
            register(workspace, study.plan, study.declaration(), when)
        try:
            yield Studied(workspace, read_cohort(con, as_at), listed, _organisations(con))
        except NotEstimable as no:
            raise GateClosed(no.reason, where="evaluate", fix=no.needed) from None


def directory(con: duckdb.DuckDBPyConnection) -> dict[str, About]:
    """Every service of the directory by id; one that was delivered and is in no directory goes by its id.

    Whether criteria are named counts only where the directory names them for some: one that has no such columns tells
    nothing of any service.
    """
    rows = con.execute("""
        SELECT service_id, coalesce(any_value(name), service_id), bool_or(level IS NOT NULL OR minimum_age IS NOT NULL
               OR maximum_age IS NOT NULL), any_value(annual_cost), any_value(listed) FROM (
            SELECT service_id, name, level, minimum_age, maximum_age, annual_cost, TRUE AS listed FROM service
            UNION ALL SELECT DISTINCT service_id, NULL, NULL, NULL, NULL, NULL, NULL FROM service_delivered
        ) WHERE service_id IS NOT NULL GROUP BY service_id ORDER BY service_id
    """).fetchall()
    tells = any(criteria for _, _, criteria, _, _ in rows)
    return {
        each: About(each, name, criteria or not listed or not tells, cost)
        for each, name, criteria, cost, listed in rows
    }


def _organisations(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Who runs each service, where the directory says so."""
    rows = con.execute(
        "SELECT service_id, organisation FROM service WHERE organisation IS NOT NULL ORDER BY ALL"
    ).fetchall()
    return dict(rows)


def studies_there_are(workspace: Workspace) -> list[str]:
    """The names of the studies that the current snapshot can be asked for."""
    with current_tables(workspace) as (con, _):
        return [*(service_study(each).name for each in directory(con)), *_OTHERS, *_interruptions(workspace)]


def evaluate_study(
    workspace: Workspace, name: str, when: str, outcome: str = MAIN_OUTCOME, window: int = MAIN_WINDOW
) -> ReleasedFinding | ReleasedStudy:
    """One study, released. `when`: the moment, as which its plan is registered if it is new.

    Raises UsageProblem for a study, an outcome or a window there is not; GateClosed where nothing can be studied.
    """
    known = studies_there_are(workspace)
    for begins, refusal in REFUSED_DESIGNS.items():
        if f"{OF_A_SERVICE}{name.removeprefix(begins)}" in known and name.startswith(begins):
            return refused_design(name, refusal, name.removeprefix(begins))
    if name not in known:
        raise UsageProblem(f"There is no study {name}.", where="STUDY", fix=f"One of: {', '.join(known)}.")
    if name.startswith(OF_A_SERVICE):
        return _of_a_service(workspace, name.removeprefix(OF_A_SERVICE), when, outcome, window)
    if name == PROVIDERS:
        return _of_providers(workspace, when)
    if name == POVERTY_SHOCK:
        return _of_poverty_shocks(workspace, when)
    return _of_an_interruption(workspace, _interruptions(workspace)[name], when)


def _of_a_service(workspace: Workspace, service: str, when: str, outcome: str, window: int) -> ReleasedFinding:
    if outcome not in OUTCOMES:
        raise UsageProblem(f"There is no outcome {outcome}.", where="--outcome", fix=f"One of: {', '.join(OUTCOMES)}.")
    if window not in WINDOWS:
        raise UsageProblem(
            f"There is no window of {window} months.", where="--window", fix=f"One of: {', '.join(map(str, WINDOWS))}."
        )
    study = service_study(service, outcome, window)
    with opened_for_study(workspace, when, [study]) as reading:
        declared = register(workspace, study.plan, study.declaration(), when)
        return publish_finding(reading.do(study), reading.policy, declared=declared)


def share_study(workspace: Workspace, name: str, called: str, when: str) -> list[dict[str, Any]]:
    """What this council may share of the study of a service, under the name that the councils agreed on; no record is in it.

    Raises UsageProblem for a study that is not of a service here, GateClosed where it gave no figure that may be shared.
    """
    service = name.removeprefix(OF_A_SERVICE)
    if not name.startswith(OF_A_SERVICE) or name not in studies_there_are(workspace):
        raise UsageProblem(f"{name} is no study of a service here.", where="STUDY", fix="earlyhelp evaluate DIR")
    study, settings = service_study(service), workspace.settings
    with opened_for_study(workspace, when, [study]) as reading:
        told = shareable(reading.do(study), reading.policy, settings.name or settings.ons_code, called)
    if not told:
        raise GateClosed(
            "The study gave no figure that may be shared.", where=name, fix=f"earlyhelp evaluate DIR {name}"
        )
    return as_rows(told)


def pool_shared(files: Sequence[Path]) -> ReleasedPool:
    """One study of several councils, pooled from what each shared.

    Raises InputRefused for a file that is none, GateClosed where their plans differ or there is only one council.
    """
    told = [each for file in files for each in from_rows(_shared(file))]
    try:
        return publish_pool(pool_councils(told))
    except NotEstimable as no:
        raise GateClosed(no.reason, where="pool", fix=no.needed) from None


def _shared(file: Path) -> list[Mapping[str, Any]]:
    try:
        content = read_json(file)
    except (OSError, ValueError):
        content = None
    rows = content.get("estimates") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise InputRefused(
            "The file holds no shared estimates.",
            where=file.name,
            fix="Write one: earlyhelp evaluate DIR STUDY --share FILE",
        )
    return rows


def _of_providers(workspace: Workspace, when: str) -> ReleasedStudy:
    with opened_for_study(workspace, when) as reading:
        plan, declaration = providers_plan()
        declared = register(workspace, plan, declaration, when)
        try:
            found = providers(reading.cohort, reading.organisations)
        except NotEstimable as no:
            return no_study(PROVIDERS, plan, declared, "odds_ratio", str(declaration["estimand"]), no)
        return publish_providers(found, reading.policy, plan, declared)


def _of_poverty_shocks(workspace: Workspace, when: str) -> ReleasedStudy:
    declaration = poverty_plan()
    plan = hash_of(declaration)
    declared = register(workspace, plan, declaration, when)
    with current_tables(workspace) as (con, as_at):
        try:
            released = publish_poverty(poverty(con, as_at), policy_of(workspace))
        except NotEstimable as no:
            released = no_poverty_study(no)
    return publish_poverty_shock(released, plan, declared, str(declaration["estimand"]))


def _of_an_interruption(workspace: Workspace, study: Interruption, when: str) -> ReleasedStudy:
    declared = register(workspace, study.plan, study.declaration(), when)
    with current_tables(workspace) as (con, as_at):
        try:
            found = interrupted(con, study, as_at, declared_events(workspace.root / "council.toml"))
            return publish_interrupted(found, policy_of(workspace), declared)
        except NotEstimable as no:
            return interruption_refused(study, declared, no)


def _interruptions(workspace: Workspace) -> dict[str, Interruption]:
    declared = declared_studies(workspace.root / "council.toml")
    return {name: Interruption(name, **each) for name, each in declared.items()}


def services_compared(workspace: Workspace, when: str, progress: Progress = lambda step: None) -> ReleasedServices:
    """Every service's study under the standard plan, set side by side in groups, released. progress: is told each step."""
    with opened_for_study(workspace, when) as reading:
        findings = []
        for number, each in enumerate(reading.directory, start=1):
            progress(f"comparing services: {number} of {len(reading.directory)}")
            findings.append(reading.do(service_study(each), whole=False))
        effects = [effect_of(each, reading.cohort) for each in findings]
        return publish_services(grouped(effects), findings, reading.policy)


def effect_of(finding: Finding, cohort: Cohort) -> ServiceEffect:
    """What a finding tells when its service is set beside the others."""
    about, main = finding.about, finding.main
    return ServiceEffect(
        about.service_id,
        main.estimates[0] if finding.estimable else None,
        main.events_treated,
        main.events_compared,
        comparable=finding.estimable,
        refused=_why_not(finding),
        annual_cost=about.annual_cost,
        offered_a_year=_offered_in_the_last_year(cohort, about.service_id),
    )


def _why_not(finding: Finding) -> str:
    """Why the service cannot be set beside the others, as its own study says; nothing where it can."""
    if finding.estimable:
        claim = said(finding)
        few = few_events(facts(finding), THRESHOLDS)
        return claim.may_say[1] if claim.verdict == "cannot tell" and not few else ""
    if finding.design is not None and not finding.design.gate.passed:
        return finding.design.gate.reasons[0]
    return f"{finding.refused} {finding.needed}"


def _offered_in_the_last_year(cohort: Cohort, service: str) -> float | None:
    from_day = (cohort.as_at - date(1970, 1, 1)).days - 365
    offered = int(np.sum((cohort.service == service) & (cohort.day > from_day)))
    return float(offered) or None
