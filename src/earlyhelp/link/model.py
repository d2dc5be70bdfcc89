"""The parameters of the linkage model: learned without labels, kept with the snapshot, the same for every engine.

Fellegi and Sunter (1969): each level of likeness has a probability among pairs of one person (m) and among pairs of two (u);
their ratios multiply. Splink estimates m by expectation maximisation. What is stored are numbers, not SQL, because a saved
model of Splink is bound to one engine's dialect.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from earlyhelp.link.blocking import KEYS
from earlyhelp.link.comparisons import splink_comparisons
from earlyhelp.link.rarity import rarity_columns

ENOUGH_RECORDS = 5_000
"""With fewer, the shipped parameters are used: training on few pairs of one person is not stable."""
_GROWN = 2.0
"""Parameters are learned again when there are more than so many times the records from which they were learned."""
Levels = Mapping[str, Mapping[str, tuple[float, float]]]
"""Comparison, level: the share of pairs of one person that are alike to that degree (m), and of pairs of two (u)."""


@dataclass(frozen=True)
class Parameters:
    """What the model holds.

    `prior`: probability that two records drawn by chance are of one person. `levels`: see `Levels`. `trained_on`: records it
    was learned from. `relatives`: the records hold families (`relatives`).
    """

    prior: float
    levels: Levels = field(default_factory=dict)
    trained_on: int = 0
    relatives: bool = True

    def of(self, comparison: str, level: str) -> Sequence[float] | None:
        """The m and u of a level, or None where nothing is known of it."""
        return self.levels.get(comparison, {}).get(level)

    def as_json(self) -> dict[str, Any]:
        """What a parameter file holds."""
        about = {"prior": self.prior, "trained_on": self.trained_on, "relatives": self.relatives}
        return {**about, "levels": self.levels}


def read_parameters(told: Mapping[str, Any]) -> Parameters:
    """Parameters from what a parameter file holds."""
    levels = {name: {level: (m, u) for level, (m, u) in each.items()} for name, each in told["levels"].items()}
    return Parameters(told["prior"], levels, told["trained_on"], told["relatives"])


def shipped() -> Parameters:
    """The parameters that come with the software."""
    return read_parameters(json.loads((files("earlyhelp.link") / "parameters.json").read_text("utf-8")))


def still_fit(parameters: Parameters | None, records: int) -> bool:
    """True for parameters that need not be learned again: there are too few records to learn from, or not many more."""
    return parameters is not None and (records < ENOUGH_RECORDS or records <= _GROWN * parameters.trained_on)


def linker_on(
    api: Any,
    records: Any,
    parameters: Parameters,
    only: frozenset[str] | None = None,
    keys: Sequence[str] = KEYS,
) -> Any:
    """A Splink linker over registered records, with these parameters and how rare names are; `only`: some comparisons.

    `keys`: the columns of which pairs share one; at least one. `api` holds the tables `link_tf_<column>` of `rarity`.
    """
    from splink import Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=parameters.prior,
        comparisons=splink_comparisons(parameters, only),
        blocking_rules_to_generate_predictions=[block_on(key) for key in keys],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        em_convergence=0.001,
    )
    linker = Linker(records, settings, log_level=logging.CRITICAL, validate_settings=False)
    for column in rarity_columns():
        linker.table_management.register_term_frequency_lookup(api.register(f"link_tf_{column}"), column)
    return linker
