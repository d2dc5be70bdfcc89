"""Pairs of records that may be of one person, each with the probability that they are."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import duckdb

from earlyhelp.link.blocking import KEYS
from earlyhelp.link.comparisons import (
    ALIKE,
    any_of,
    columns_compared,
    initial_of,
    long_enough,
    name_levels,
    swapped,
    two_known_names,
)
from earlyhelp.link.model import Parameters, linker_on
from earlyhelp.link.records import records_sql

LEAST_PROBABILITY = 0.5
"""Pairs below are forgotten."""


def score_pairs(con: duckdb.DuckDBPyConnection, parameters: Parameters) -> None:
    """Make `link_pair` (unique_id_l, unique_id_r, weight, probability, clash) of the pairs of `link_record` worth knowing.

    `weight`: the logarithm to base two of the odds. `clash`: something says that they are two people, whatever else agrees.
    """
    show_compared(con)
    api, linker = _linker(con, "link_compared", parameters, _filled(con, "link_record"))
    scored = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY, warning_mode="never")
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_pair AS {judged_sql(scored.physical_name)}")
    api.delete_tables_created_by_splink_from_db()


def show_compared(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_compared`: of `link_record` what Splink reads, which may set apart all that it is given."""
    shown = ", ".join(sorted({*columns_compared(), *KEYS}))
    con.execute(f"CREATE OR REPLACE TEMP VIEW link_compared AS SELECT unique_id, {shown} FROM link_record")


def score_fresh_pairs(con: duckdb.DuckDBPyConnection, parameters: Parameters) -> None:
    """The same where only the pairs with a record of `link_fresh` (unique_id) are scored; `link_kept` holds all others.

    `link_old` (unique_id, number): the records that an earlier run saw as they are, and their numbers in it. `link_kept`
    (number_l, number_r, weight, probability, clash): its pairs; those with a record that is gone, or that is fresh, are left out.
    """
    fresh = "FROM link_record SEMI JOIN link_fresh USING (unique_id)"
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_fresh_group AS SELECT {', '.join(KEYS)} {fresh}")
    keys = _filled(con, "link_fresh_group")
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_close AS {_close_sql(keys)}")
    con.execute("CREATE OR REPLACE TEMP VIEW link_new AS FROM link_close WHERE fresh")
    api, linker = _linker(con, "link_close", parameters, keys)
    scored = linker.inference.predict_between(
        api.register("link_close"),
        api.register("link_new"),
        blocking_rules_to_generate_predictions=[f"l.{key} = r.{key} AND ({_ONCE})" for key in keys],
        threshold_match_probability=LEAST_PROBABILITY,
        warning_mode="never",
    )
    judged = judged_sql(scored.physical_name, "link_close")
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_pair AS {_KEPT} UNION ALL {judged}")
    api.delete_tables_created_by_splink_from_db()


_ONCE = "NOT l.fresh OR l.unique_id < r.unique_id"
"""Each pair of two fresh records is found from both sides."""


def _filled(con: duckdb.DuckDBPyConnection, records: str) -> Sequence[str]:
    """The columns of `KEYS` that any of these records fills; the first of all where none does."""
    counts = con.execute(f"SELECT {', '.join(f'count({key})' for key in KEYS)} FROM {records}").fetchall()[0]
    return [key for key, count in zip(KEYS, counts, strict=True) if count] or KEYS[:1]


def _close_sql(keys: Sequence[str]) -> str:
    """SQL for what is compared of the records that are fresh, or share a group with one that is."""
    groups = [f"SELECT unique_id FROM link_row SEMI JOIN link_fresh_group USING ({key})" for key in keys]
    close = " UNION ".join(["SELECT unique_id FROM link_fresh", *groups])
    compared = columns_compared() | set(re.findall(r"\b[lr]\.(\w+)", CLASH + ONE_IS_MEANT + NAMES_ALONE))
    return (
        f"SELECT unique_id, {', '.join(sorted({*compared, *keys}))}, unique_id IN (SELECT unique_id FROM link_fresh) AS fresh "
        f"FROM ({records_sql(f'(FROM link_row SEMI JOIN ({close}) USING (unique_id))')})"
    )


_KEPT = """
    SELECT least(l.unique_id, r.unique_id) AS unique_id_l, greatest(l.unique_id, r.unique_id) AS unique_id_r, weight,
        probability, clash
    FROM link_kept JOIN link_old AS l ON l.number = number_l JOIN link_old AS r ON r.number = number_r
"""


def _linker(
    con: duckdb.DuckDBPyConnection, records: str, parameters: Parameters, keys: Sequence[str]
) -> tuple[Any, Any]:
    from splink import DuckDBAPI

    name_levels(con)
    api = DuckDBAPI(connection=con)
    return api, linker_on(api, api.register(records), parameters, keys=keys)


def judged_sql(scored: str, records: str = "link_record") -> str:
    """SQL for `link_pair` of the relation `scored`: Splink's pairs, each with whether its records, found in `records`, clash.

    Pairs of which only a family can be told are left out. Those of whom names alone are told are believed to be one to no more
    than `_OF_NAMES`.
    """
    judged = (
        "SELECT least(unique_id_l, unique_id_r) AS unique_id_l, greatest(unique_id_l, unique_id_r) AS unique_id_r, "
        f"match_weight, match_probability, {NAMES_ALONE} AS of_names, {CLASH} AS clash FROM {scored} AS pair "
        f"JOIN {records} AS l ON l.unique_id = least(unique_id_l, unique_id_r) "
        f"JOIN {records} AS r ON r.unique_id = greatest(unique_id_l, unique_id_r) WHERE {ONE_IS_MEANT}"
    )
    return (
        "SELECT unique_id_l, unique_id_r, "
        f"CASE WHEN of_names THEN least(match_weight, {_OF_NAMES_WEIGHT}) ELSE match_weight END AS weight, "
        f"CASE WHEN of_names THEN least(match_probability, {_OF_NAMES}) ELSE match_probability END AS probability, "
        f"clash FROM ({judged})"
    )


NO_PAIRS = (
    "CREATE OR REPLACE TEMP TABLE link_pair (unique_id_l BIGINT, unique_id_r BIGINT, weight DOUBLE, probability DOUBLE, "
    "clash BOOLEAN)"
)
_A_GENERATION, _A_SIBLING = 12 * 365, 300
"""Days between births from which two of one name are parent and child at the least, and from which they may be siblings.

Brothers are often recorded under one forename, Mohammed or Muhammad most of all: whoever joins them by it hides a child, and
those of some communities more than others. Only a birth that is a guess is given the years of a generation.
"""
_A_PREGNANCY = 200
"""Days about the day on which a child is expected in which a brother or sister can be born only with it, however that day was
reckoned: half a year and some weeks."""
_SWAPPED = swapped(
    ("l.forename", "r.forename"),
    ("l.surname", "r.surname"),
    ("l.forename_sound", "l.surname_sound", "r.forename_sound", "r.surname_sound"),
)
_SPELT_ALIKE = any_of(
    "l.forename_sound = r.forename_sound",
    "starts_with(l.forename, r.forename) OR starts_with(r.forename, l.forename)",
    f"{long_enough('l.forename', 'r.forename')} AND damerau_levenshtein(l.forename, r.forename) <= 1",
    "jaro_winkler_similarity(l.forename, r.forename) >= 0.88",
)
_SAME_NAME = any_of(
    "l.forename = r.forename OR l.forename_usual = r.forename_usual",
    "l.forename_said = r.forename_said AND coalesce(l.sex = r.sex, TRUE)",
    "l.forename_forms LIKE concat('%|', r.forename_usual, '|%')",
    "r.forename_forms LIKE concat('%|', l.forename_usual, '|%')",
    "l.forename = r.surname AND jaro_winkler_similarity(l.surname, r.forename) >= 0.88",
    "l.surname = r.forename AND jaro_winkler_similarity(l.forename, r.surname) >= 0.88",
    _SWAPPED,
    "l.preferred_name = r.forename OR l.forename = r.preferred_name",
    "l.given LIKE concat('%|', r.forename_usual, '|%')",
    "r.given LIKE concat('%|', l.forename_usual, '|%')",
    initial_of("l.forename", "r.given"),
    initial_of("r.forename", "l.given"),
    f"NOT {two_known_names('l.forename_{}', 'r.forename_{}')} AND {_SPELT_ALIKE}",
)
"""What is said alike is one name, though not of a boy and a girl: DANIELE and DANIELLE may be twins."""
NAMES_CLASH = f"(l.forename IS NOT NULL AND r.forename IS NOT NULL AND NOT {_SAME_NAME})"
_A_SLIP = 1
"""Signs by which a value differs that was mistyped once."""
NUMBERS_CLASH = any_of(
    *(f"damerau_levenshtein(l.{number}, r.{number}) > {_A_SLIP}" for number in ("upn", "nhs_number"))
)
"""Two numbers of which one is the other with a slip say nothing: their check letter or digit makes two that are both as they
should be differ by two signs at least, so that one of them is mistyped."""
NUMBERS_AGREE = "(coalesce(l.upn = r.upn, FALSE) OR coalesce(l.nhs_number = r.nhs_number, FALSE))"
DEATHS_CLASH = "coalesce(l.death_date <> r.death_date, FALSE)"
AGES_CLASH = "(coalesce(l.grown <> r.grown, FALSE) AND (l.birth IS NULL OR r.birth IS NULL))"
"""A father and a son of one name: where one of the births is not known, that one is grown up and the other a child tells them."""
_BOTH_EXACT = "l.birth_exact AND r.birth_exact"
_FAR = f"CASE WHEN l.forename = r.forename AND NOT ({_BOTH_EXACT}) THEN {_A_GENERATION} ELSE {_A_SIBLING} END"
_DAYS_APART = "abs(l.birth_number - r.birth_number)"
_UNBORN = "(l.unborn OR r.unborn)"
_BIRTHS_MEET = any_of(
    "l.birth_text = r.birth_text",
    f"{_UNBORN} AND {_DAYS_APART} <= {_A_PREGNANCY}",
    f"{_DAYS_APART} < {_A_SIBLING} AND damerau_levenshtein(l.birth_text, r.birth_text) <= 1",
    "substr(l.birth_text, 1, 4) || substr(l.birth_text, 7, 2) || substr(l.birth_text, 5, 2) = r.birth_text",
    f"l.birth_year = r.birth_year AND NOT ({_BOTH_EXACT})",
)
BIRTHS_CLASH = any_of(
    f"{_DAYS_APART} > {_FAR} AND damerau_levenshtein(l.birth_text, r.birth_text) > 2 AND NOT {_BIRTHS_MEET}",
    f"{_UNBORN} AND {_DAYS_APART} > {_A_PREGNANCY}",
)
TWO_BIRTHS = (
    f"((SELECT holds FROM link_relatives) AND {_BOTH_EXACT} AND NOT {NUMBERS_AGREE} "
    f"AND damerau_levenshtein(l.birth_text, r.birth_text) > 2 AND NOT {_BIRTHS_MEET})"
)
"""SQL over records `l` and `r` that is true where each tells a birth of its own, however near in time, and no number agrees."""
CLASH = f"""(CASE
    WHEN {DEATHS_CLASH} THEN TRUE WHEN {NUMBERS_AGREE} AND NOT ({NAMES_CLASH} AND {BIRTHS_CLASH}) THEN FALSE
    WHEN {NUMBERS_CLASH} THEN TRUE
    WHEN NOT (SELECT holds FROM link_relatives) THEN FALSE WHEN {AGES_CLASH} THEN TRUE WHEN {NAMES_CLASH} THEN TRUE
    ELSE {BIRTHS_CLASH} END)"""
"""SQL over records `l` and `r` that is true of two people, whatever else agrees; else false.

A number under which both the name and the birth are another's was given to a brother or sister by mistake. Twins share all but
the forename and the numbers, siblings all but the forename and the day of birth; siblings recorded under one forename, and a
child named after a parent, all but the day of birth. Written as cases, for in these DuckDB works out what is dear for the few
rows alone of which nothing else has decided; in an AND or OR whose value is asked for, for all.
"""
_FORENAMES, _FORENAMES_IN_FULL = (
    f"(coalesce(length(l.forename), 0) >= {least} AND coalesce(length(r.forename), 0) >= {least})" for least in (1, 2)
)
_A_FORENAME = "coalesce(l.forename, r.forename) IS NOT NULL"
_SINGLE_PEOPLE = "NOT (SELECT holds FROM link_relatives)"
ONE_IS_MEANT = any_of(
    _FORENAMES_IN_FULL,
    f"{_BIRTHS_MEET} AND ({_A_FORENAME} OR l.source_system <> r.source_system)",
    NUMBERS_AGREE,
    f"{_FORENAMES} AND (l.source_system <> r.source_system OR {_SINGLE_PEOPLE})",
    f"{_SINGLE_PEOPLE} AND l.source_system <> r.source_system AND NOT {_UNBORN}",
)
"""SQL over records `l` and `r` that is true where they hold more in common than a family does: forename, birth or a number.

Surname and home are those of brothers and sisters as well. A record that tells nothing else, of an unborn child most of all, is
like each of them, and to be joined to none. Where there are no families they are enough for two sources, never within one.
A source lists a family's members once each: in it an initial is a brother's too, and two unborn children are twins.
"""
_OF_NAMES = 0.75
"""The most that two names alone are believed. How common each is tells too little of both: names of a community go together, so
that there are many a Fatema Begum and Mahmoud El-Sayed where there is one Imogen Harewood."""
_OF_NAMES_WEIGHT = math.log2(_OF_NAMES / (1 - _OF_NAMES))
_HOMES_MEET = any_of(
    "l.uprn = r.uprn",
    "damerau_levenshtein(l.postcode, r.postcode) <= 1",
    f"l.building = r.building AND jaro_winkler_similarity(l.street, r.street) >= {ALIKE}",
)
NAMES_ALONE = (
    "((l.birth IS NULL OR r.birth IS NULL) AND (SELECT holds FROM link_relatives) "
    f"AND NOT {NUMBERS_AGREE} AND NOT {_HOMES_MEET})"
)
"""SQL over records `l` and `r` that is true where a birth is not known of both, the homes differ, and no number is shared."""
