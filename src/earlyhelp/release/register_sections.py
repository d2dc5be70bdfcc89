"""What a document tells besides its measures, as tables of counts, so that the register attacks these too.

The line, what became of a partner's requests, who acts in which role, the waits and the families of a study are counts of
people or of what was done for them. Those of requests are laid on the measures of requests (A1 and all that count the same
records); the others on what earlier documents told of the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import chain

from earlyhelp.measures import CATALOGUE, Statistic
from earlyhelp.measures.pathway import STAGES, Stage
from earlyhelp.release.findings import ReleasedFinding
from earlyhelp.release.partners import AboutPartner, ReleasedGroup
from earlyhelp.release.pathway import ReleasedLine
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status
from earlyhelp.release.register_populations import Population
from earlyhelp.release.register_table import (
    ABOVE,
    DAYS,
    ONE_DAY,
    ReleasedTable,
    TableAbout,
    TableRow,
    kept_of,
    populations_by_side,
)
from earlyhelp.release.roles import ReleasedRoles
from earlyhelp.release.waiting import ReleasedWaiting
from earlyhelp.standard import NOT_RECORDED, UNMAPPED

Days = tuple[date, date]
"""The first and the last day, both included."""
Codes = Mapping[str, tuple[str, ...]]
Told = tuple[Days, Mapping[str, str], float | None]
"""Of which days, under which codes, how many; None is hidden."""

REQUESTS = "A1"
"""The measure of all requests: the records that the line and partners' pages count too."""
DECISION, PLACE_ON_LINE = "decision_code", "place_on_line"
_UNDECIDED = "undecided"
_DECIDED_AS: Codes = {
    _UNDECIDED: ("pending", NOT_RECORDED, UNMAPPED),
    "no_decision": (NOT_RECORDED, UNMAPPED),
    "pending": ("pending",),
    "no_episode": ("early_help",),
}
"""The decisions of those who stand at some places of the line, and of those who came past a decision without one."""


def line_tables(lines: Sequence[ReleasedLine], policy: Policy, about: TableAbout) -> list[ReleasedTable]:
    """The lines of all years as one table: each stage is a set of places, and each place of decision has its decision."""
    if not lines:
        return []
    told = chain.from_iterable(_of_line(each) for each in lines)
    holds = {PLACE_ON_LINE: _sets_of_places(), DECISION: _DECIDED_AS}
    return [_table("the line", policy, about, told, population=_requests(), holds=holds)]


def _of_line(line: ReleasedLine) -> Iterator[Told]:
    days = (line.start, line.end)
    for told, stage in zip(line.stages, STAGES, strict=True):
        yield days, {PLACE_ON_LINE: f"came {stage.code}"}, told.came
        for kind, count in told.by_kind.items():
            yield days, {PLACE_ON_LINE: f"{kind} {stage.code}"}, count
        for place in told.places:
            yield days, {PLACE_ON_LINE: place.code}, place.requests
            if stage.code == "decision" or place.code in _DECIDED_AS:
                yield days, {PLACE_ON_LINE: place.code, DECISION: place.code}, place.requests
        if told.step:
            yield days, _without(stage), told.unrecorded


def _without(stage: Stage) -> dict[str, str]:
    """Under which codes those stand who came to a stage without its record."""
    step = (DECISION, _UNDECIDED) if stage.code == "decision" else (f"record of {stage.code}", "none")
    return {PLACE_ON_LINE: f"came {stage.code}", step[0]: step[1]}


def _sets_of_places() -> Codes:
    found: dict[str, tuple[str, ...]] = {}
    for at, stage in enumerate(STAGES):
        found[f"came {stage.code}"] = tuple(place.code for each in STAGES[at:] for place in each.places)
        for place in stage.places:
            kind = f"{place.kind} {stage.code}"
            found[kind] = (*found.get(kind, ()), place.code)
    return found


def partner_tables(told: AboutPartner, days: Days, policy: Policy, about: TableAbout) -> list[ReleasedTable]:
    """What became of a partner's requests and of everybody's, and who leads what grew out of them."""
    asked_by = {told.partner.splits[0]: told.partner.code} if told.partner.splits else {}
    decisions = _table(
        "requests of a partner",
        policy,
        about,
        _of_groups(told.decisions, days, asked_by, DECISION),
        population=_requests(),
    )
    leads = _table("led for a partner", policy, about, _of_groups(told.leads, days, asked_by, "lead"))
    return [decisions, leads]


def _of_groups(groups: Iterable[ReleasedGroup], days: Days, asked_by: Mapping[str, str], split: str) -> Iterator[Told]:
    for each in groups:
        yield days, {split: each.code}, each.everybody
        if asked_by:
            yield days, {**asked_by, split: each.code}, each.own


def roles_tables(
    roles: Mapping[str, ReleasedRoles], days: Days, policy: Policy, about: TableAbout
) -> list[ReleasedTable]:
    """In which roles each thing was done, as a table each; a role that is left out is not listed."""
    return [_table(f"roles: {what}", policy, about, _of_roles(each, days)) for what, each in roles.items()]


def _of_roles(told: ReleasedRoles, days: Days) -> Iterator[Told]:
    yield days, {}, told.all
    yield days, {"role": "no role on record"}, told.unsaid
    for role, count in told.told:
        yield days, {"role": role}, count


def waiting_tables(told: ReleasedWaiting, policy: Policy, about: TableAbout) -> list[ReleasedTable]:
    """The families on the list on the day, and the waits of each group since the clock began to look."""
    if told.status != Status.OK or told.since is None or told.as_at is None:
        return []
    now: list[Told] = [((told.as_at, told.as_at), {}, told.waiting_now)]
    days = (told.since, told.as_at)
    waits: list[Told] = [(days, {str(row["by"]): str(row["group"])}, row["waits"]) for row in told.groups]
    listed = _table("on the waiting list", policy, about, now, time=ONE_DAY)
    return [listed, *([_table("waits", policy, about, waits)] if waits else [])]


def finding_tables(
    findings: Sequence[ReleasedFinding], as_at: date, policy: Policy, about: TableAbout
) -> list[ReleasedTable]:
    """The families of each study: those offered the service and those compared, by outcome, window and group."""
    return [
        _table(f"study {each.study} {each.plan}", policy, about, _of_finding(each, as_at), apart=("asked",))
        for each in findings
    ]


FIRST_DAY = date(2000, 1, 1)
"""A study looks at all families since records begin: what a later one has more began after the earlier one's last day."""


def _of_finding(told: ReleasedFinding, as_at: date) -> Iterator[Told]:
    day = (FIRST_DAY, as_at)
    yield from _arms(day, {"asked": "main"}, told.n_treated, told.n_compared)
    for row in told.windows:
        yield from _arms(day, {"asked": f"{row['outcome']} {row['months']}"}, row["n_treated"], row["n_compared"])
    for row in told.groups:
        in_group = {"asked": "main", f"in group {row['group']}": "yes"}  # groups overlap: each has a side of its own
        yield from _arms(day, in_group, row["n_treated"], row["n_compared"])


def _arms(day: Days, dims: Mapping[str, str], treated: float | None, compared: float | None) -> Iterator[Told]:
    yield day, {**dims, "arm": "offered"}, treated
    yield day, {**dims, "arm": "compared"}, compared


def _requests() -> Population | None:
    return populations_by_side(CATALOGUE[REQUESTS]).get(ABOVE)


def _table(
    section: str,
    policy: Policy,
    about: TableAbout,
    told: Iterable[Told],
    *,
    population: Population | None = None,
    holds: Mapping[str, Codes] | None = None,
    time: str = DAYS,
    apart: Sequence[str] = (),
) -> ReleasedTable:
    """A table of counts. `apart`: splits whose codes have no total, so that each is told of by itself."""
    rows = tuple(_row(*each, policy) for each in told)
    splits = dict.fromkeys(split for row in rows for split in row.dims)
    return ReleasedTable(
        about=replace(about, meaning=sha256(json.dumps(["section", section]).encode()).hexdigest()),
        measure=section,
        definition="default",
        name=section,
        unit="",
        statistic=str(Statistic.COUNT),
        numerator=section,
        denominator="",
        time=time,
        axes={split: "" if split in apart else split for split in splits},
        fixed=(),
        counts=(ABOVE,),
        once=False,
        zeros_hidden=True,
        rows=rows,
        complete=False,
        populations={ABOVE: population} if population else {},
        holds=holds or {},
        **kept_of(policy),
    )


def _row(days: Days, dims: Mapping[str, str], count: float | None, policy: Policy) -> TableRow:
    start, end = (each.isoformat() for each in days)
    status = Status.SUPPRESSED if count is None else Status.OK
    return TableRow(start, end, dims, {}, count, None, count, None, None, str(status))
