"""Writing a pack: released figures put into its form, groups that tell too much withheld, and the file signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from earlyhelp.compare.joint import AuditResult, Place, audited
from earlyhelp.compare.pack import (
    FEWEST_BEHIND_A_MEDIAN,
    FORMAT,
    PACK_POLICY,
    YEARS,
    Pack,
    Shared,
    canonical,
    decimals_of,
    meaning_of,
    settings_of,
)
from earlyhelp.compare.read import read_body
from earlyhelp.compare.sign import public_of, signature
from earlyhelp.measures import Statistic
from earlyhelp.measures.periods import Grain, Period, periods
from earlyhelp.release import Released, ReleasedRow, Status
from earlyhelp.release.named_groups import groups_named

Body = dict[str, Any]
_MOST_ROUNDS = 20


@dataclass(frozen=True)
class About:
    """Whose pack it is and what its figures rest on. `local`: the council's own standards by name."""

    council: str
    name: str
    as_at: date
    year_starts: int
    snapshot: str
    version: str
    standard_version: int
    family_definition: str
    local: Mapping[str, int]


@dataclass(frozen=True)
class Asked:
    """One measure of a pack, released under the pack policy, with how far its data can be trusted."""

    shared: Shared
    released: Released
    completeness: Mapping[str, float | None]


@dataclass(frozen=True)
class Draft:
    """A pack before it is signed: its body, as a reader would see it, the audit of it, and how many groups were withheld."""

    body: Body
    pack: Pack
    audit: AuditResult
    withheld: int


def years_told(as_at: date, year_starts: int) -> list[Period]:
    """The reporting years of a pack: the last one that is over on that day, and those before it. The last one comes last."""
    found = periods(date(as_at.year - YEARS - 1, 1, 1), as_at, Grain.YEAR, year_starts)
    return [each for each in found if _is_whole(each)][-YEARS:]


def _is_whole(year: Period) -> bool:
    return (year.end - year.start).days >= 364


def draft(
    about: About,
    asked: Iterable[Asked],
    links: Sequence[Mapping[str, Any]],
    earlier: Sequence[Pack],
    groups: Iterable[Asked] = (),
) -> Draft:
    """The pack that may be sent: whatever tells too much, alone or beside an earlier pack, is withheld group by group.

    links: records by grade of their link, as released. earlier: every pack of this council that left before. groups: what
    is named without a count (`NAMED`), as released by its split; no figure is withheld for it.
    The last audit is of the pack as it would leave; `audit.passed` says whether it may.
    """
    made, withheld = _figures(about, asked, links, earlier)
    gone = {(place.measure, place.by) for place in withheld}
    years = years_told(about.as_at, about.year_starts)
    named = [_group(each, years) for each in groups if (each.shared.measure, (each.shared.by,)) not in gone]
    return _naming(made, [told for told in named if told], earlier)


def _figures(
    about: About, asked: Iterable[Asked], links: Sequence[Mapping[str, Any]], earlier: Sequence[Pack]
) -> tuple[Draft, set[Place]]:
    """The pack without groups that are named, and what was withheld of it."""
    body = _body(about, asked, links)
    withheld: set[Place] = set()
    for _ in range(_MOST_ROUNDS):
        pack = read_body(body, "pack")
        found = audited(pack, earlier)
        fresh = set(found.leaks) - withheld
        if not fresh:
            break
        withheld |= fresh
        body = _without(body, withheld)
    return Draft(body, pack, found, len(withheld)), withheld


def _naming(made: Draft, groups: Sequence[Body], earlier: Sequence[Pack]) -> Draft:
    """The pack with the groups that may be named beside its figures: those that tell too much are left out by measure."""
    left = list(groups)
    while left:
        body = {**made.body, "groups": left}
        pack = read_body(body, "pack")
        found = audited(pack, earlier)
        more = {place.measure for place in set(found.leaks) - set(made.audit.leaks)}
        if not more:
            return Draft(body, pack, found, made.withheld)
        kept = [each for each in left if each["measure"] not in more]
        left = kept if len(kept) < len(left) else []
    return made


def without_groups(made: Draft, earlier: Sequence[Pack]) -> Draft:
    """The pack without groups that are named, as where they would tell too much beside what left by another way."""
    body = {**made.body, "groups": []}
    pack = read_body(body, "pack")
    return Draft(body, pack, audited(pack, earlier), made.withheld)


def finished(body: Mapping[str, Any], serial: int, made: str) -> Body:
    """The body with its number among this council's packs and the moment it was made."""
    return {**body, "serial": serial, "made": made}


def signed(body: Mapping[str, Any], private: bytes) -> bytes:
    """The file: the body and its signature, in the one way in which it is written."""
    content = canonical(body)
    key = public_of(private, body["council"]["code"]).key
    told = {"algorithm": "Ed25519", "key": key, "value": signature(private, content)}
    return canonical({"pack": body, "signature": told})


def _body(about: About, asked: Iterable[Asked], links: Sequence[Mapping[str, Any]]) -> Body:
    years = years_told(about.as_at, about.year_starts)
    measures: dict[tuple[str, str], Body] = {}
    for each in asked:
        told = measures.setdefault(each.shared.key, _measure(about, each))
        told["rows"] += _rows(each, years)
    last = years[-1]
    return {
        "format": FORMAT,
        "council": {"code": about.council, "name": plain_name(about.name)},
        "serial": 0,
        "made": "",
        "reference_year": {"start": last.start.isoformat(), "end": last.end.isoformat()},
        "context": {
            "as_at": about.as_at.isoformat(),
            "snapshot": about.snapshot,
            "software_version": about.version,
            "standard_version": about.standard_version,
            "year_starts": about.year_starts,
            "family_definition": about.family_definition,
        },
        "policy": {
            "name": PACK_POLICY.name,
            "lowest": PACK_POLICY.lowest,
            "highest": PACK_POLICY.highest,
            "round_to": PACK_POLICY.round_to,
        },
        "links": {each["grade"]: None if each["records"] is None else int(each["records"]) for each in links},
        "measures": list(measures.values()),
        "groups": [],
    }


def _group(each: Asked, years: Sequence[Period]) -> Body | None:
    """The groups of a measure that are named, in their form; None where nothing is known of them."""
    found = groups_named(each.released, each.shared.by, years)
    if found is None:
        return None
    year, codes = found
    days = {"start": year.start.isoformat(), "end": year.end.isoformat()}
    return {"measure": each.shared.measure, "by": each.shared.by, **days, "codes": list(codes)}


def plain_name(name: str) -> str:
    """A council's name without anything that a terminal or a page would take for a command."""
    return "".join(re.findall(r"[\w .,:+()/&'-]", name))[:80]


def _measure(about: About, each: Asked) -> Body:
    measure = each.released.measure
    settings = settings_of(measure, about.local)
    filled = {name: None if share is None else round(share, 2) for name, share in each.completeness.items()}
    return {
        "measure": measure.id,
        "definition": each.shared.definition,
        "statistic": str(measure.statistic),
        "unit": measure.unit,
        "meaning": meaning_of(measure, settings, about.family_definition),
        "settings": settings,
        "completeness": filled,
        "rows": [],
    }


def _rows(each: Asked, years: Sequence[Period]) -> list[Body]:
    """The rows of the reporting years; a measure of which nothing is known has one row a year that says so."""
    wanted = {(year.start, year.end) for year in years}
    found = [row for row in each.released.rows if (row.period_start, row.period_end) in wanted]
    if found or each.shared.by:
        return [_row(row, str(each.released.measure.statistic)) for row in found]
    return [_empty(year) for year in years]


def _row(row: ReleasedRow, statistic: str) -> Body:
    assert row.period_start is not None
    assert row.period_end is not None
    few = statistic == Statistic.MEDIAN and (row.denominator or 0) < FEWEST_BEHIND_A_MEDIAN
    shown = row.status is Status.OK and not few
    status = Status.SUPPRESSED if row.status is Status.OK and not shown else row.status
    digits = decimals_of(statistic)
    values = (row.value, row.lower, row.upper) if shown else (None, None, None)
    return {
        "start": row.period_start.isoformat(),
        "end": row.period_end.isoformat(),
        "dims": dict(row.dims),
        "numerator": _whole(row.numerator) if shown else None,
        "denominator": _whole(row.denominator) if row.status in (Status.OK, Status.SUPPRESSED) else None,
        **{name: _told(each, digits) for name, each in zip(("value", "lower", "upper"), values, strict=True)},
        "status": str(status),
    }


def _empty(year: Period) -> Body:
    numbers = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"))
    days = {"start": year.start.isoformat(), "end": year.end.isoformat()}
    return {**days, "dims": {}, **numbers, "status": str(Status.NO_DATA)}


def _whole(count: float | None) -> int | None:
    return None if count is None else round(count)


def _told(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits) + 0.0


def _without(body: Body, withheld: set[Place]) -> Body:
    """The body with every figure of the withheld groups hidden, whatever it was."""
    measures = []
    for measure in body["measures"]:
        rows = [_hidden(row) if _place(measure, row) in withheld else row for row in measure["rows"]]
        measures.append({**measure, "rows": rows})
    return {**body, "measures": measures}


def _place(measure: Body, row: Body) -> Place:
    return Place(measure["measure"], measure["definition"], row["end"], tuple(sorted(row["dims"])))


def _hidden(row: Body) -> Body:
    if row["status"] not in (Status.OK, Status.SUPPRESSED):
        return row
    numbers = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"))
    return {**row, **numbers, "status": str(Status.SUPPRESSED)}
