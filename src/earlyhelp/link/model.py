"""The parameters of the linkage model: learned without labels, kept with the snapshot, the same for every engine.

Fellegi and Sunter (1969): each level of likeness has a probability among pairs of one person (m) and among pairs of two (u);
their ratios multiply. Splink estimates m by expectation maximisation. What is stored are numbers, not SQL, because a saved
model of Splink is bound to one engine's dialect.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any

import duckdb

from earlyhelp.link.blocking import KEYS
from earlyhelp.link.comparisons import COMPARISONS, TRAINING, splink_comparisons
from earlyhelp.link.rarity import rarity_columns

ENOUGH_RECORDS = 5_000
"""With fewer, the shipped parameters are used: training on few pairs of one person is not stable."""
_SAMPLED_PAIRS = 300_000
_TRAINING_PAIRS = 150_000
_GROWN = 2.0
"""Parameters are learned again when there are more than so many times the records from which they were learned."""
_LEAST = 1e-6
_MOST = {
    ("forename", "different"): 0.02,
    ("forename", "another known name"): 0.02,
    ("surname", "different"): 0.08,
    ("birth", "different"): 0.03,
}
"""The largest share of pairs of one person that may differ so far: beyond, siblings and twins were taken for one person."""
NUMBERS = ("upn", "nhs_number")
"""Never trained: almost all that agree are of one person, and what is left are mistakes too few to learn from."""
_FOUND_BY_RULES = 0.8
"""The share of pairs of one person that agree on both names and the day of birth, or on the pupil's number."""


_FOUND_OTHERWISE, _MOST_ALIKE = 0.05, 0.3
"""For each record, pairs of one person that disagree on all of these; and the largest prior there can be."""


@dataclass(frozen=True)
class Parameters:
    """`prior`: probability that two records drawn by chance are of one person. `levels`: comparison, level -> (m, u)."""

    prior: float
    levels: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)
    trained_on: int = 0

    def of(self, comparison: str, level: str) -> Sequence[float] | None:
        """The m and u of a level, or None where nothing is known of it."""
        return self.levels.get(comparison, {}).get(level)

    def as_json(self) -> dict[str, Any]:
        """What a parameter file holds."""
        return {"prior": self.prior, "trained_on": self.trained_on, "levels": self.levels}


def read_parameters(told: Mapping[str, Any]) -> Parameters:
    """Parameters from what a parameter file holds."""
    levels = {name: {level: (m, u) for level, (m, u) in each.items()} for name, each in told["levels"].items()}
    return Parameters(told["prior"], levels, told["trained_on"])


def shipped() -> Parameters:
    """The parameters that come with the software."""
    return read_parameters(json.loads((files("earlyhelp.link") / "parameters.json").read_text("utf-8")))


def still_fit(parameters: Parameters | None, records: int) -> bool:
    """True for parameters that need not be learned again: there are too few records to learn from, or not many more."""
    return parameters is not None and (records < ENOUGH_RECORDS or records <= _GROWN * parameters.trained_on)


def linker_on(api: Any, records: Any, parameters: Parameters, **told: Any) -> Any:
    """A Splink linker over registered records, with these parameters and how rare names are; `api` holds `link_tf_<column>`."""
    from splink import Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=parameters.prior,
        comparisons=splink_comparisons(parameters),
        blocking_rules_to_generate_predictions=[block_on(key) for key in KEYS],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        em_convergence=0.001,
        **told,
    )
    linker = Linker(records, settings, log_level=logging.CRITICAL)
    for column in rarity_columns():
        linker.table_management.register_term_frequency_lookup(api.register(f"link_tf_{column}"), column)
    return linker


def train(con: duckdb.DuckDBPyConnection, records: int) -> Parameters:
    """The parameters for the `link_record` of `con`: learned from it where it is large enough, else the shipped ones.

    The prior is always the data's own.
    """
    start = replace(shipped(), prior=_prior(con, records))
    if records < ENOUGH_RECORDS:
        return start
    start = replace(start, levels=_by_chance(con, start.levels))
    from splink import DuckDBAPI, block_on
    from splink.internals.exceptions import EMTrainingException

    api = DuckDBAPI(connection=con)
    linker = linker_on(api, api.register("link_record"), start)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=_SAMPLED_PAIRS, seed=1, min_count_per_level=None, num_chunks=1
    )
    for columns in TRAINING:
        with suppress(EMTrainingException):  # no two records agree on these columns: what is shipped stays
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*columns), max_pairs=_TRAINING_PAIRS, estimate_without_term_frequencies=True
            )
    levels = {name: _sound(name, learned) for name, learned in _learned(linker, start).items()}
    return Parameters(start.prior, _by_chance(con, levels | {name: start.levels[name] for name in NUMBERS}), records)


def _prior(con: duckdb.DuckDBPyConnection, records: int) -> float:
    """The chance that two records are of one person, from the pairs that agree on names and birth, or on a number."""
    count = "coalesce(sum(n * (n - 1) / 2), 0)"
    alike = con.execute(
        f"SELECT {count} FROM (SELECT count(*) AS n FROM link_record WHERE birth_text IS NOT NULL AND both_names IS NOT NULL "
        "GROUP BY both_names, birth_text)"
    ).fetchall()[0][0]
    found = float(alike) / _FOUND_BY_RULES + _FOUND_OTHERWISE * records
    return min(found / (records * (records - 1) / 2), _MOST_ALIKE)


def _by_chance(
    con: duckdb.DuckDBPyConnection, levels: Mapping[str, Mapping[str, tuple[float, float]]]
) -> dict[str, dict[str, tuple[float, float]]]:
    """The same levels with the chance that two people agree exactly, counted over all values instead of sampled."""
    counted = {name: dict(each) for name, each in levels.items()}
    for comparison in COMPARISONS:
        for level in comparison.levels:
            if level.rarity and level.name in counted.get(comparison.name, {}):
                m, _ = counted[comparison.name][level.name]
                if chance := _chance_of_agreement(con, level.exact):
                    counted[comparison.name][level.name] = (m, chance)
    return counted


def _chance_of_agreement(con: duckdb.DuckDBPyConnection, column: str) -> float:
    found = con.execute(
        f"SELECT sum(n * n) / power(sum(n), 2) FROM (SELECT count(*) AS n FROM link_record WHERE {column} IS NOT NULL "
        f"GROUP BY {column})"
    ).fetchall()[0][0]
    return max(float(found), _LEAST) if found and found < 0.9 else 0.0


def _learned(linker: Any, start: Parameters) -> dict[str, dict[str, tuple[float, float]]]:
    """What the linker learned of each level, by names; where it learned nothing, what it started with."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for comparison in linker.misc.save_model_to_json()["comparisons"]:
        name = comparison["output_column_name"]
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                label = level["label_for_charts"]
                m, u = start.of(name, label) or (_LEAST, _LEAST)
                learned = (_probability(level.get("m_probability"), m), _probability(level.get("u_probability"), u))
                found.setdefault(name, {})[label] = learned
    return found


def _probability(value: Any, otherwise: float) -> float:
    return max(float(value), _LEAST) if isinstance(value, float) else otherwise


def _sound(name: str, levels: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The levels with no more pairs of one person that differ than can be; the other levels take what is left."""
    capped = {level: min(m, _MOST.get((name, level), 1.0)) for level, (m, _) in levels.items()}
    free = [level for level in levels if (name, level) not in _MOST]
    taken = sum(capped.values()) - sum(capped[level] for level in free)
    scale = (1 - taken) / (sum(capped[level] for level in free) or 1.0)
    return {level: (capped[level] * (scale if level in free else 1.0), u) for level, (_, u) in levels.items()}
