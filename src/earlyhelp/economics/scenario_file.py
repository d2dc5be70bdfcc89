"""A scenario as a user writes it: a TOML file, every key of it checked, each fault naming file, key and rule."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from earlyhelp.economics.parameters import ParameterSet
from earlyhelp.economics.simulation import DRAWS, LEAST_DRAWS, SEED
from earlyhelp.errors import InputRefused

KINDS = ("cut", "invest", "move", "stop")
PRIORS = ("national", "sceptical", "none")
MOST_YEARS, MOST_DRAWS = 10, 200_000
EXAMPLE = """[scenario]
kind = "cut"          # cut, invest, move or stop
service = "S01"
share = 0.2           # of its money; stop is all of it
from = "2026-04"
years = 3             # for which it holds
"""
_KEYS = {
    "scenario": ("kind", "service", "to", "share", "from", "years", "further_years", "one_off_cost", "released_share",
                 "study", "annual_cost", "annual_cost_to", "families_a_year", "families_a_year_to", "prior"),
    "costs": (),
    "simulation": ("draws", "seed"),
    "parameters": (),
}  # fmt: skip
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class ScenarioFile:
    """What is asked. `kind`: cut, invest, move (from `service` to `to`) or stop. `share`: of the service's money, 0 to 1.

    `begins`: first month, as 2026-04. `years`: for which it holds; `further_years`: looked at after. `one_off_cost`:
    pounds at the start (redundancy, say). `released_share`: the part of the money that the council can really stop
    paying. `annual_cost`, `families_a_year`: of the service, in place of the ledger and the records; `*_to`: of the one it
    moves to. `study`: of a cut that was made, in place of all of these but `annual_cost`. `costs`: pounds a unit by
    outcome, in place of every other source. `prior`: national, sceptical or none.
    """

    kind: str
    service: str
    share: float
    begins: str
    years: int
    to: str = ""
    study: str = ""
    further_years: int = 2
    one_off_cost: float = 0.0
    released_share: float = 1.0
    annual_cost: float | None = None
    annual_cost_to: float | None = None
    families_a_year: float | None = None
    families_a_year_to: float | None = None
    prior: str = "national"
    costs: Mapping[str, float] = field(default_factory=dict)
    draws: int = DRAWS
    seed: int = SEED
    parameters: ParameterSet = field(default_factory=ParameterSet)

    @property
    def horizon(self) -> int:
        """All the years that are looked at, at most ten."""
        return min(self.years + self.further_years, MOST_YEARS)


def read_scenario(
    text: str, name: str, services: tuple[str, ...], outcomes: tuple[str, ...], studies: tuple[str, ...] = ()
) -> ScenarioFile:
    """The scenario in the text of a file called `name`, for a council with these services; `outcomes` may be priced.

    studies: names of the studies of a change that the council declared.

    Raises InputRefused that names file, key and rule.
    """
    return _Reading(name, services, outcomes, studies).whole(text)


@dataclass(frozen=True)
class _Reading:
    """One file being read: its name and what it may name."""

    name: str
    services: tuple[str, ...]
    outcomes: tuple[str, ...]
    studies: tuple[str, ...] = ()

    def whole(self, text: str) -> ScenarioFile:
        sections = self._sections(text)
        asked, simulation = sections["scenario"], sections["simulation"]
        if "study" in asked:
            return self._studied(sections)
        kind = self._choice(asked, "kind", KINDS, None)
        share = 1.0 if kind == "stop" and "share" not in asked else self._share(asked, kind)
        return ScenarioFile(
            kind=kind,
            service=self._service(asked, "service"),
            share=share,
            begins=self._month(asked),
            years=self._whole(asked, "years", 3, 1, MOST_YEARS),
            to=self._to(asked, kind),
            further_years=self._whole(asked, "further_years", 2, 0, MOST_YEARS),
            one_off_cost=self._number(asked, "one_off_cost", 0.0) or 0.0,
            released_share=self._released(asked),
            annual_cost=self._number(asked, "annual_cost"),
            annual_cost_to=self._number(asked, "annual_cost_to"),
            families_a_year=self._number(asked, "families_a_year"),
            families_a_year_to=self._number(asked, "families_a_year_to"),
            prior=self._choice(asked, "prior", PRIORS, "national"),
            costs=self._costs(sections["costs"]),
            draws=self._whole(simulation, "draws", DRAWS, LEAST_DRAWS, MOST_DRAWS, "simulation"),
            seed=self._whole(simulation, "seed", SEED, 0, 2**63 - 1, "simulation"),
            parameters=self._parameters(sections["parameters"]),
        )

    def _studied(self, sections: Mapping[str, Mapping[str, Any]]) -> ScenarioFile:
        """A cut that was made and is studied: its name, and what it took out of the budget in a year."""
        asked, simulation = sections["scenario"], sections["simulation"]
        for key in asked:
            if key not in ("kind", "study", "annual_cost"):
                fix = "A cut that is studied has kind, study and annual_cost alone."
                raise self._no(f"scenario.{key}", "study-alone", "It says nothing of a cut that was made.", fix)
        self._choice(asked, "kind", ("cut",), None)
        if asked["study"] not in self.studies:
            fix = f"One of: {', '.join(self.studies) or 'none: declare one in council.toml'}."
            raise self._no("scenario.study", "known-study", "There is no such study in council.toml.", fix)
        cost = self._number(asked, "annual_cost")
        if cost is None:
            fix = "Pounds a year that the cut took out of the budget."
            raise self._no("scenario.annual_cost", "cost-is-told", "It is missing.", fix)
        return ScenarioFile(
            kind="cut", service="", share=1.0, begins="", years=1, study=str(asked["study"]), annual_cost=cost,
            costs=self._costs(sections["costs"]),
            draws=self._whole(simulation, "draws", DRAWS, LEAST_DRAWS, MOST_DRAWS, "simulation"),
            seed=self._whole(simulation, "seed", SEED, 0, 2**63 - 1, "simulation"),
            parameters=self._parameters(sections["parameters"]),
        )  # fmt: skip

    def _sections(self, text: str) -> dict[str, Mapping[str, Any]]:
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            raise InputRefused(f"It is no TOML: {problem}.", where=self.name, fix="Mend that line.") from None
        for section, keys in content.items():
            if section not in _KEYS or not isinstance(keys, dict):
                raise self._no(section, "known-keys", "There is no such section.", f"One of: {', '.join(_KEYS)}.")
            known = _KEYS[section]
            unknown = [key for key in keys if known and key not in known]
            if unknown:
                where = f"{section}.{unknown[0]}"
                raise self._no(where, "known-keys", "There is no such key.", f"One of: {', '.join(known)}.")
        if "scenario" not in content:
            raise self._no("scenario", "scenario-is-there", "There is no section [scenario].", f"Such as:\n{EXAMPLE}")
        return {section: content.get(section, {}) for section in _KEYS}

    def _choice(self, asked: Mapping[str, Any], key: str, known: tuple[str, ...], default: str | None) -> str:
        value = asked.get(key, default)
        if value not in known:
            raise self._no(f"scenario.{key}", "one-of-a-list", "It is missing or none.", f"One of: {', '.join(known)}.")
        return str(value)

    def _service(self, asked: Mapping[str, Any], key: str) -> str:
        value = asked.get(key)
        if value not in self.services:
            fix = f"One of: {', '.join(self.services) or 'none: the records name no service'}."
            raise self._no(f"scenario.{key}", "known-service", "There is no such service in the records.", fix)
        return str(value)

    def _to(self, asked: Mapping[str, Any], kind: str) -> str:
        if kind != "move":
            for key in ("to", "annual_cost_to", "families_a_year_to"):
                if key in asked:
                    raise self._no(
                        f"scenario.{key}", "to-with-move", f"A {kind} moves nothing.", "Leave it out, or move."
                    )
            return ""
        to = self._service(asked, "to")
        if to == asked.get("service"):
            raise self._no("scenario.to", "two-services", "The money would stay where it is.", "Name another service.")
        return to

    def _share(self, asked: Mapping[str, Any], kind: str) -> float:
        value = self._number(asked, "share")
        if value is None or value == 0:
            raise self._no("scenario.share", "share-above-0", "It is missing or 0.", "Such as share = 0.2, a fifth.")
        if value > 1 and kind != "invest":
            raise self._no(
                "scenario.share", "cut-at-most-100-per-cent", "More than all of the money cannot go.", "Give 0 to 1."
            )
        if kind == "stop" and value != 1:
            raise self._no("scenario.share", "stop-is-all", "To stop is to cut all.", "Leave the share out, or cut.")
        return value

    def _released(self, asked: Mapping[str, Any]) -> float:
        value = self._number(asked, "released_share", 1.0) or 0.0
        if value > 1:
            raise self._no("scenario.released_share", "share-at-most-1", "It is above 1.", "Give 0 to 1.")
        return value

    def _month(self, asked: Mapping[str, Any]) -> str:
        value = asked.get("from")
        if not isinstance(value, str) or not _MONTH.fullmatch(value):
            raise self._no("scenario.from", "month", "It is missing or no month.", 'Such as from = "2026-04".')
        return value

    def _whole(
        self, asked: Mapping[str, Any], key: str, default: int, lowest: int, highest: int, section: str = "scenario"
    ) -> int:
        value = asked.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            fix = f"A whole number from {lowest:,} to {highest:,}."
            raise self._no(f"{section}.{key}", "whole-number", "It is no such number.", fix)
        return value

    def _number(
        self, asked: Mapping[str, Any], key: str, default: float | None = None, section: str = "scenario"
    ) -> float | None:
        value = asked.get(key, default)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < float("inf"):
            raise self._no(f"{section}.{key}", "number", "It is no number.", "Give a number without signs of pounds.")
        if value < 0:
            raise self._no(f"{section}.{key}", "not-negative", "It is below 0.", "Give 0 or more.")
        return float(value)

    def _costs(self, costs: Mapping[str, Any]) -> dict[str, float]:
        for outcome in costs:
            if outcome not in self.outcomes:
                fix = f"One of: {', '.join(self.outcomes)}."
                raise self._no(f"costs.{outcome}", "known-outcome", "There is no such outcome to price.", fix)
        return {outcome: self._number(costs, outcome, None, "costs") or 0.0 for outcome in costs}

    def _parameters(self, changed: Mapping[str, Any]) -> ParameterSet:
        values = {name: self._number(changed, name, None, "parameters") or 0.0 for name in changed}
        try:
            return ParameterSet(values)
        except ValueError as problem:
            raise self._no("parameters", "known-parameter", f"{problem}.", "See the list of parameters.") from None

    def _no(self, key: str, rule: str, error: str, fix: str) -> InputRefused:
        return InputRefused(error, where=f"{self.name}, {key} (rule {rule})", fix=fix)
