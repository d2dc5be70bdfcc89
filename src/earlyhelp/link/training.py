"""Learning the parameters from the council's own records, without labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import duckdb

from earlyhelp.link.comparisons import COMPARISONS, TRAINING, Comparison, Level, compared_by, name_levels
from earlyhelp.link.model import ENOUGH_RECORDS, Levels, Parameters, linker_on, shipped
from earlyhelp.link.relatives import holds_relatives
from earlyhelp.link.strangers import SAMPLED_PAIRS, Shares, shares_among_strangers

NUMBERS = ("upn", "nhs_number")
"""Never trained: almost all that agree are of one person, and what is left are mistakes too few to learn from."""
_BELIEVED_OF_SAMPLE = 8_000
"""As many sampled pairs as the shipped chance of a level is worth: of rare levels a sample holds one pair or none."""
_TRAINING_PAIRS = 150_000
_NO_CHANCE = "below the minimum allowed value"
"""What Splink says where its estimates run towards nought; it has no class of error for that."""
_LEAST = 1e-6
_LEAST_LEFT = 0.02
"""The smallest part of a counted chance that is believed to be chance: the rest were pairs of one person."""
_BELIEVED_PAIRS = 4e6
"""As many ordered pairs as the shipped chance of agreement is worth: what a few records tell of it is little."""
_MOST = {
    ("forename", "different"): 0.02,
    ("forename", "another known name"): 0.02,
    ("surname", "different"): 0.08,
    ("birth", "the same year or ten days apart"): 0.01,
    ("birth", "different"): 0.03,
}
"""Where there are relatives: the largest share of pairs of one person that may differ so far. Beyond, siblings, twins and
namesakes of about one age were taken for one person."""
Agreements = Mapping[tuple[tuple[str, ...], str], tuple[float, float]]
"""By columns and the one of them that says anything: ordered pairs that agree on all, and records that tell of the one."""
_FOUND_OTHERWISE, _MOST_ALIKE = 0.05, 0.3
"""For each record, pairs of one person that disagree in name or birth, where nothing was learned; and the largest prior."""


def train(con: duckdb.DuckDBPyConnection, records: int) -> Parameters:
    """The parameters for the `link_record` of `con`: learned from it where it is large enough, else the shipped ones.

    `records`: how many can be compared. The prior, and the chance that strangers agree, are always the data's own.
    """
    usual = shipped()
    equal = _equal_in_all(con)
    relatives = holds_relatives(con)
    prior = _prior(equal, usual.levels, records)
    counted = _counted(con)
    start = replace(usual, prior=prior, levels=_by_chance(counted, usual.levels), relatives=relatives)
    if records < ENOUGH_RECORDS:
        return start
    shares = shares_among_strangers(con, _filled(con))
    learned = _learn(
        con, replace(start, levels=_among_strangers(start.levels, start.levels, shares)), frozenset(shares)
    )
    if relatives:
        learned = {name: _sound(name, levels) for name, levels in learned.items()}
    levels = {**start.levels, **learned}
    prior = _prior(equal, levels, records)
    apart = _among_strangers(levels, start.levels, shares, prior)
    return Parameters(prior, _by_chance(counted, apart, prior), records, relatives)


def _among_strangers(levels: Levels, usual: Levels, shares: Shares, prior: float = 0.0) -> Levels:
    """The levels with the chance that two people are alike to that degree, as pairs drawn by chance tell it.

    `usual`: the chances that hold where the pairs tell little. `prior`: the share of the pairs that are of one person, and are
    taken out.
    """
    drawn = {
        name: {
            level: (m, _drawn(told.get(level), prior * m, usual[name][level][1]))
            for level, (m, _) in levels[name].items()
        }
        for name, told in shares.items()
    }
    return {**levels, **drawn}


def _learn(con: duckdb.DuckDBPyConnection, start: Parameters, filled: frozenset[str]) -> Levels:
    """What Splink learns of these comparisons by expectation maximisation: how alike two records of one person are.

    Nothing where records hold nothing beside what pairs are drawn by, as a list of names alone.
    """
    from splink import DuckDBAPI

    telling = [columns for columns in TRAINING if filled - compared_by(columns)]
    if not telling:
        return {}
    name_levels(con)
    api = DuckDBAPI(connection=con)
    linker = linker_on(api, api.register("link_record"), start, only=filled)
    for columns in telling:
        _learn_of(linker, columns)
    return _told_by(linker, start)


def _learn_of(linker: Any, columns: Iterable[str]) -> None:
    """Learn from pairs that agree on these columns; what is shipped stays where that tells nothing."""
    from splink import block_on
    from splink.internals.exceptions import EMTrainingException

    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), max_pairs=_TRAINING_PAIRS, estimate_without_term_frequencies=True
        )
    except EMTrainingException:  # no two records agree on them
        return
    except ValueError as problem:  # it ran towards a chance of nought, of which nothing can be believed
        if _NO_CHANCE not in str(problem):
            raise


def _filled(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The comparisons to be learned: those of which at least one record says something."""
    exact = {each.name: next(level.exact for level in each.levels if level.exact) for each in COMPARISONS}
    counts = con.execute(
        f"SELECT {', '.join(f'count({column})' for column in exact.values())} FROM link_record"
    ).fetchall()[0]
    return frozenset(name for name, count in zip(exact, counts, strict=True) if count and name not in NUMBERS)


def _told_by(linker: Any, start: Parameters) -> Levels:
    """What the linker learned of each level, by names; where it learned nothing, what it started with."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for comparison in linker.misc.save_model_to_json()["comparisons"]:
        name = comparison["output_column_name"]
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                label = level["label_for_charts"]
                m, u = start.of(name, label) or (_LEAST, _LEAST)
                found.setdefault(name, {})[label] = (_probability(level.get("m_probability"), m), u)
    return found


def _probability(value: Any, otherwise: float) -> float:
    return max(float(value), _LEAST) if isinstance(value, float) else otherwise


def _drawn(sampled: float | None, of_one_person: float, usual: float) -> float:
    """The chance that two people are alike to a degree, as a sample tells it, drawn towards the usual one.

    `of_one_person`: the share of the sampled pairs that are alike to that degree for being of one person; of strangers are at
    least none.
    """
    if sampled is None:
        return usual
    found = max(sampled - of_one_person, 0.0)
    chance = (found * SAMPLED_PAIRS + usual * _BELIEVED_OF_SAMPLE) / (SAMPLED_PAIRS + _BELIEVED_OF_SAMPLE)
    return max(chance, _LEAST)


def _equal_in_all(con: duckdb.DuckDBPyConnection) -> float:
    """Pairs that agree on both names and the day of birth."""
    found = con.execute(
        "SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (SELECT count(*) AS n FROM link_record "
        "WHERE birth_text IS NOT NULL AND both_names IS NOT NULL GROUP BY both_names, birth_text)"
    ).fetchall()
    return float(found[0][0])


def _prior(equal: float, levels: Levels, records: int) -> float:
    """The chance that two records are of one person: pairs equal in names and birth, and how many of theirs are that."""
    share = levels["forename"]["equal"][0] * levels["surname"]["equal"][0] * levels["birth"]["equal"][0]
    found = equal / min(max(share, 0.3), 0.95) + _FOUND_OTHERWISE * records
    return min(found / (records * (records - 1) / 2), _MOST_ALIKE)


def _counted(con: duckdb.DuckDBPyConnection) -> Agreements:
    """How many pairs of `link_record` agree on what is counted: all columns of a level, and the one that says anything."""
    return {
        _asked(comparison, level): _pairs_that_agree(con, *_asked(comparison, level))
        for comparison in COMPARISONS
        for level in comparison.levels
        if _columns_counted(level)
    }


def _asked(comparison: Comparison, level: Level) -> tuple[tuple[str, ...], str]:
    return _columns_counted(level), next(each.exact for each in comparison.levels if each.exact)


def _columns_counted(level: Level) -> tuple[str, ...]:
    return (level.exact,) if level.rarity else level.counted


def _pairs_that_agree(con: duckdb.DuckDBPyConnection, columns: tuple[str, ...], known: str) -> tuple[float, float]:
    """Ordered pairs that agree on the columns, and of how many records `known` is told."""
    told = " AND ".join(f"{column} IS NOT NULL" for column in dict.fromkeys((*columns, known)))
    agree, records = con.execute(
        f"SELECT (SELECT coalesce(sum(n * (n - 1)), 0) FROM (SELECT count(*) AS n FROM link_record WHERE {told} "
        f"GROUP BY {', '.join(columns)})), (SELECT count({known}) FROM link_record)"
    ).fetchall()[0]
    return float(agree), float(records)


def _by_chance(counted: Agreements, levels: Levels, prior: float = 0.0) -> Levels:
    """The same levels with the chance that two people agree, counted over all records, where values are counted.

    It is drawn towards the chance it has in `levels` while records are few. `prior`: the share of the counted pairs that are of
    one person, and are taken out; so is what a stronger level holds.
    """
    found = {name: dict(each) for name, each in levels.items()}
    for comparison in COMPARISONS:
        held: dict[tuple[str, ...], float] = {}
        for level in comparison.levels:
            columns = _columns_counted(level)
            if columns and level.name in found.get(comparison.name, {}):
                m, u = found[comparison.name][level.name]
                pairs, records = counted[_asked(comparison, level)]
                agree = (pairs + _BELIEVED_PAIRS * u) / (records**2 + _BELIEVED_PAIRS)
                stronger = sum(share for more, share in held.items() if set(columns) < set(more))
                chance = max(agree - stronger - prior * m, _LEAST_LEFT * agree, _LEAST)
                held[columns] = chance + prior * m
                found[comparison.name][level.name] = (m, chance)
    return found


def _sound(name: str, levels: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The levels with no more pairs of one person that differ than can be; the other levels take what is left."""
    capped = {level: min(m, _MOST.get((name, level), 1.0)) for level, (m, _) in levels.items()}
    free = [level for level in levels if (name, level) not in _MOST]
    taken = sum(capped.values()) - sum(capped[level] for level in free)
    scale = (1 - taken) / (sum(capped[level] for level in free) or 1.0)
    return {level: (capped[level] * (scale if level in free else 1.0), u) for level, (_, u) in levels.items()}
