"""A pack is read file by file and checked: what was read or refused and why, and what its data must be read with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from earlyhelp.errors import InputRefused
from earlyhelp.reference.check import Check, Outcome, run_check
from earlyhelp.reference.checks_of_areas import AREA_CHECKS
from earlyhelp.reference.checks_of_figures import FIGURE_CHECKS
from earlyhelp.reference.checks_of_sources import SOURCE_CHECKS
from earlyhelp.reference.loading import Loaded, connect, load, which
from earlyhelp.reference.pack import Pack, Resource
from earlyhelp.reference.publication import Publication

CHECKS: tuple[Check, ...] = (*FIGURE_CHECKS, *AREA_CHECKS, *SOURCE_CHECKS)


@dataclass(frozen=True)
class Refused:
    """A file of a pack that was not read, and why."""

    resource: Resource
    problem: InputRefused


@dataclass(frozen=True)
class CheckedPack:
    """What came of a pack: files read, files refused, and the outcome of every check."""

    pack: Pack
    loaded: tuple[Loaded, ...]
    refused: tuple[Refused, ...]
    outcomes: tuple[Outcome, ...]
    names: Mapping[str, str]
    """Names of authorities by code, where the pack has the list."""

    def as_dict(self) -> dict[str, Any]:
        """The shape that `--json` prints."""
        return {
            "pack": self.pack.name,
            "title": self.pack.title,
            "files": [_file(each) for each in self.loaded],
            "refused": [{"path": each.resource.path, **each.problem.as_dict()} for each in self.refused],
            "checks": [_outcome(each, self.names) for each in self.outcomes],
        }


def declared_checks() -> dict[str, tuple[str, ...]]:
    """The ids of the checks by the publication they are about."""
    found: dict[str, list[str]] = defaultdict(list)
    for check in CHECKS:
        for publication in check.about:
            found[publication].append(check.id)
    return {publication: tuple(ids) for publication, ids in found.items()}


def read_pack(
    con: duckdb.DuckDBPyConnection, pack: Pack, resources: Iterable[Resource]
) -> tuple[tuple[Loaded, ...], tuple[Refused, ...]]:
    """Load files of a pack: those that were read, and those that were refused with the reason."""
    known, loaded, refused = [], [], []
    for resource in resources:
        try:
            known.append((which(pack, resource), resource))
        except InputRefused as problem:
            refused.append(Refused(resource, problem))
    for publication, resource in sorted(known, key=_authorities_first):
        try:
            loaded.append(load(con, pack, resource, publication))
        except InputRefused as problem:
            refused.append(Refused(resource, problem))
    return tuple(loaded), tuple(refused)


def check_pack(pack: Pack) -> CheckedPack:
    """Read every file of a pack and run every check over what was read. Nothing is written and nothing is corrected."""
    con = connect()
    loaded, refused = read_pack(con, pack, pack.resources)
    there = {each.publication.id for each in loaded}
    outcomes = tuple(run_check(con, check, there) for check in CHECKS)
    listed = "SELECT new_la_code, la_name FROM authorities"
    names = dict(con.execute(listed).fetchall()) if "authorities" in there else {}
    return CheckedPack(pack, loaded, refused, outcomes, names)


def _authorities_first(known: tuple[Publication, Resource]) -> tuple[bool, str]:
    """The list of authorities tells which code a number stands for, so it is read before the files that hold numbers."""
    publication, resource = known
    return publication.id != "authorities", resource.path


def _file(loaded: Loaded) -> dict[str, Any]:
    resource, publication = loaded.resource, loaded.publication
    return {
        "path": resource.path,
        "publication": publication.id,
        "title": publication.title,
        "publisher": publication.publisher,
        "licence": resource.licence or publication.licence,
        "vintage": resource.vintage,
        "retrieved": resource.retrieved,
        "rows": loaded.rows,
        "rows_declared": resource.rows,
        "figures": loaded.figures,
        "statuses": loaded.statuses,
        "notes": resource.notes,
    }


def _outcome(outcome: Outcome, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "check": outcome.check.id,
        "title": outcome.check.title,
        "outcome": outcome.outcome,
        "reason": outcome.reason,
        "findings": [{**vars(each), "area_name": names.get(each.area_code, "")} for each in outcome.findings],
    }
