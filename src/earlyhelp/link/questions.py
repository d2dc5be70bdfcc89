"""Which pairs of records a reviewer is asked about, and in which order: by how much an answer would change.

The value of an answer is the chance that it is not what stands now, times what hangs on it.

**The chance.** Two records that are taken for one person: one minus the probability that they are, from the pair itself
or by way of a third record of the person, whichever is surer, so that nobody is asked about a weak pair that others
hold together. Two records that are taken for two people, because the model is not sure enough: the probability that
they are one. Where strong evidence speaks on both sides it is one half: two reviewers who differ; one case id on two
that contradict each other; sure of each other, but kept apart by what a third record says; all agrees but one thing
that only two people can differ in (`AGAINST`). Where several such things differ it is small: those are siblings and
twins. For each kind of contradiction the reviewers' own answers move the chance from where it starts, so that after a
few dozen pairs of twins nobody is asked about twins first. Below `LEAST_CHANCE` nobody is asked at all.

**What hangs on it.** Rows that an answer would move from one person to another: the records, requests, assessments, episodes
and statutory events of the side that has fewer. Rows of help and of harm that only the answer brings together (or parts) count
once more, since whether help came before harm is what figures are about. A side is a person where two are to be joined; where
one is to be parted, each of the person's records goes with the one of the pair that it is more like.

Answers to that queue say nothing about links at large, as it asks about doubtful ones. For that there is the sample: of each
grade `SAMPLED` links, drawn by the keyed hash that is their id, however sure they are.

It says what an answer is worth to the figures, and nothing about a family: nothing that a row says enters it, only that it is
there. It is never shown beside a name, kept, or used for anything but the order of the queue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from earlyhelp.errors import InputRefused
from earlyhelp.link.matching import LINKED
from earlyhelp.link.people import GRADES
from earlyhelp.link.pseudonyms import hmac_sql
from earlyhelp.link.records import gather_records
from earlyhelp.link.scoring import AGES_CLASH, BIRTHS_CLASH, DEATHS_CLASH, NAMES_CLASH, NUMBERS_CLASH
from earlyhelp.standard import (
    contact,
    eh_assessment,
    eh_episode,
    person,
    person_identifier,
    person_link,
    social_care_event,
    sql,
    stored_columns,
)
from earlyhelp.standard.codelists import CASE_SYSTEM

HELP = (contact, eh_assessment, eh_episode)
"""Tables of which a row is a step of early help."""
HARM = (social_care_event,)
"""Tables of which a row is a statutory event."""
CANDIDATES = "link_candidate"
READ = (*(each.table_name for each in (person, person_identifier, person_link, *HELP, *HARM)), CANDIDATES)
"""Tables of a snapshot that are read here, both sides."""

EVEN_CHANCE = 0.5
"""The chance of another answer where strong evidence speaks on both sides."""
SEVERAL_CHANCE = 0.02
"""The chance that two are one person where more than one thing contradicts it, before any reviewer has said."""
BELIEVED = 4
"""As many answers as the chances before any answer are worth."""
CASE_ID_SURE = 0.999
"""How sure two records under one id of the case system are of one person, where nothing clashes."""
AGAINST = {
    "forename": NAMES_CLASH,
    "number": NUMBERS_CLASH,
    "birth": BIRTHS_CLASH,
    "age": AGES_CLASH,
    "death": DEATHS_CLASH,
}
"""What only two people can differ in, as SQL over their records `l` and `r`."""
LEAST_CHANCE = 0.01
"""Nobody is asked where another answer is less likely."""
_SURE = 1 - LEAST_CHANCE
_GRADE = " ".join(f"WHEN probability >= {least} THEN '{grade}'" for grade, least in GRADES)
SAMPLED = 100
"""Links of each grade in the sample. All right, that is at least 96 right in a hundred (Wilson); half right, 40 to 60."""
_PAIR_SIGNS = 12
"""Hexadecimal signs of a pair's id: among a million pairs no two share one, in practice."""


@dataclass(frozen=True)
class Question:
    """One pair of records to be judged. `person_key_l` stands before `person_key_r`; `person_id_l` is the person of the first.

    `probability`: the model's. `chance`: that an answer changes what stands. `stake`: the rows that hang on it. `value`: both.
    `turn`: place of its grade's pairs in the sample, from 1; 0 for a pair that is not in it.
    """

    pair: str
    person_key_l: str
    person_key_r: str
    person_id_l: str
    person_id_r: str
    probability: float
    grade: str
    sources: str
    chance: float
    stake: int
    value: float
    turn: int = 0

    @property
    def keys(self) -> tuple[str, str]:
        """The two records."""
        return self.person_key_l, self.person_key_r

    @property
    def people(self) -> frozenset[str]:
        """The people they are taken for: one or two."""
        return frozenset((self.person_id_l, self.person_id_r))


def questions(
    con: duckdb.DuckDBPyConnection, salt: str, answered: Mapping[tuple[str, str], str] | None = None
) -> list[Question]:
    """Every pair worth asking about, of the sample and of `answered`, the one of the highest value first.

    `con`: both sides of a snapshot as `read_tables` gives them, with the tables of `READ`. `salt`: the key of the
    pairs' ids. `answered`: by the two keys what stands of pairs that reviewers have answered. Raises InputRefused for a
    snapshot that was made before pairs were kept.
    """
    _require_candidates(con)
    _records(con)
    _pairs(con, salt)
    _answered(con, answered or {})
    con.execute(f"CREATE OR REPLACE TEMP TABLE review_support AS {_SUPPORT}")
    _contradictions(con)
    con.execute(f"CREATE OR REPLACE TEMP TABLE review_question AS {_CHANCE}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE review_side AS {_SIDES}")
    return [Question(*row) for row in con.execute(_VALUE).fetchall()]


def pair_called(con: duckdb.DuckDBPyConnection, salt: str, pair: str) -> Mapping[str, Any] | None:
    """What a line of the reviewers' decisions says of a pair, by its id; None where linkage looked at none of that name.

    The two keys, grade, systems, and `sample`: whether it is in the sample.
    """
    _require_candidates(con)
    _records(con)
    _pairs(con, salt)
    found = con.execute(
        "SELECT person_key_l, person_key_r, grade, sources, turn > 0 FROM review_pair WHERE pair = ?", [pair]
    ).fetchone()
    return (
        dict(zip(("person_key_l", "person_key_r", "grade", "sources", "sample"), found, strict=True)) if found else None
    )


def with_identity(con: duckdb.DuckDBPyConnection, keys: str) -> None:
    """Make `person` and `person_identifier` as linkage reads them, of the records that the SQL `keys` names."""
    for table in (person, person_identifier):
        name = table.table_name
        columns = stored_columns(table)
        hidden = {column for column, each in columns.items() if each.sensitivity.on_identity_side}
        listed = ", ".join(f"{'held' if column in hidden else 'told'}.{sql.name(column)}" for column in columns)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT told.row_id, {listed} FROM memory.main.{name} AS told "
            f"JOIN identity_{name} AS held USING (row_id) WHERE told.person_key IN ({keys})"
        )


def _require_candidates(con: duckdb.DuckDBPyConnection) -> None:
    if not con.execute(f"SELECT 1 FROM duckdb_views() WHERE view_name = 'identity_{CANDIDATES}'").fetchone():
        raise InputRefused(
            "The current snapshot does not hold the pairs that linkage looked at.",
            where="snapshot",
            fix="Make it again: earlyhelp run DIR",
        )


def _records(con: duckdb.DuckDBPyConnection) -> None:
    """Make `review_record`: each record with its person, its system, its case id, and how many rows are about it."""
    told = " UNION ALL ".join(
        f"SELECT person_key, {help_} AS help, {harm} AS harm FROM memory.main.{table.table_name}"
        for tables, help_, harm in ((HELP, 1, 0), (HARM, 0, 1))
        for table in tables
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE review_record AS "
        f"WITH event AS (SELECT person_key, sum(help) AS help, sum(harm) AS harm FROM ({told}) GROUP BY person_key), "
        "told AS (SELECT DISTINCT ON (told.person_key) told.person_key, told.source_system, CASE WHEN told.source_system IN "
        f"({sql.listed(CASE_SYSTEM)}) THEN ltrim(held.source_person_id, '0') END AS case_id "
        "FROM memory.main.person AS told JOIN identity_person AS held USING (row_id) ORDER BY row_id) "
        "SELECT person_key, person_id, told.source_system, case_id, coalesce(help, 0) AS help, coalesce(harm, 0) AS harm, "
        "1 + coalesce(help, 0) + coalesce(harm, 0) AS held FROM told "
        "JOIN (SELECT DISTINCT person_key, person_id FROM memory.main.person_link) USING (person_key) "
        "LEFT JOIN event USING (person_key)"
    )


def _pairs(con: duckdb.DuckDBPyConnection, salt: str) -> None:
    """Make `review_pair`: the pairs that linkage looked at, each with its id, people, systems, grade and turn in the sample."""
    pair = hmac_sql(salt, "person_key_l || ' ' || person_key_r", _PAIR_SIGNS)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE review_pair AS SELECT * EXCLUDE (place), "
        f"CASE WHEN joined AND place <= {SAMPLED} THEN place ELSE 0 END AS turn FROM (SELECT *, CASE {_GRADE} END AS grade, "
        "row_number() OVER (PARTITION BY joined, grade ORDER BY pair) AS place FROM ("
        f"SELECT 'R' || {pair} AS pair, told.*, l.person_id AS person_id_l, "
        "r.person_id AS person_id_r, l.person_id = r.person_id AS joined, coalesce(l.case_id = r.case_id, FALSE) AS same_id, "
        "least(l.source_system, r.source_system) || ' + ' || greatest(l.source_system, r.source_system) AS sources "
        "FROM (SELECT least(person_key_l, person_key_r) AS person_key_l, greatest(person_key_l, person_key_r) AS person_key_r, "
        f"max(probability) AS probability, bool_or(clash) AS clash FROM identity_{CANDIDATES} GROUP BY ALL) AS told "
        "JOIN review_record AS l ON l.person_key = person_key_l JOIN review_record AS r ON r.person_key = person_key_r))"
    )


def _answered(con: duckdb.DuckDBPyConnection, answered: Mapping[tuple[str, str], str]) -> None:
    con.execute(
        "CREATE OR REPLACE TEMP TABLE review_answered (person_key_l VARCHAR, person_key_r VARCHAR, decision VARCHAR)"
    )
    if answered:
        rows = sorted((*keys, decision) for keys, decision in answered.items())
        con.executemany("INSERT INTO review_answered VALUES (?, ?, ?)", rows)


_TIES = """
    SELECT person_key_l AS one, person_key_r AS other, probability FROM review_pair WHERE joined AND NOT clash
    UNION ALL SELECT person_key_r, person_key_l, probability FROM review_pair WHERE joined AND NOT clash
"""
_SUPPORT = f"""
    WITH tie AS ({_TIES})
    SELECT person_key_l, person_key_r, max(least(first.probability, second.probability)) AS support
    FROM review_pair AS pair JOIN tie AS first ON first.one = person_key_l
    JOIN tie AS second ON second.one = first.other AND second.other = person_key_r
    WHERE joined AND pair.probability < {_SURE} GROUP BY ALL
"""
"""How sure two records are of one person by way of a third: as sure as the weaker of the two steps."""


def _contradictions(con: duckdb.DuckDBPyConnection) -> None:
    """Make `review_clash`: the pairs that clash, each with what contradicts that they are one, and `review_kind` of the kinds."""
    clashing = "FROM review_pair WHERE clash"
    with_identity(con, f"SELECT person_key_l {clashing} UNION SELECT person_key_r {clashing}")
    gather_records(con)
    found = ", ".join(f"CASE WHEN {condition} THEN '{what}' END" for what, condition in AGAINST.items())
    con.execute(
        "CREATE OR REPLACE TEMP TABLE review_clash AS SELECT person_key_l, person_key_r, "
        f"CASE WHEN len(list_filter([{found}], x -> x IS NOT NULL)) > 1 THEN 'several' ELSE coalesce({found}) END AS against "
        "FROM review_pair JOIN link_record AS l ON l.person_key = person_key_l "
        "JOIN link_record AS r ON r.person_key = person_key_r WHERE clash"
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE review_kind AS {_KINDS}")


_STARTS = sql.rows([*((what, EVEN_CHANCE) for what in AGAINST), ("several", SEVERAL_CHANCE)])
_KINDS = f"""
    SELECT against, (start * {BELIEVED} + count(*) FILTER (decision = 'same'))
        / ({BELIEVED} + count(*) FILTER (decision IN ('same', 'different'))) AS one_of_kind
    FROM (VALUES {_STARTS}) AS kind (against, start) LEFT JOIN review_clash USING (against)
    LEFT JOIN review_answered USING (person_key_l, person_key_r) GROUP BY against, start
"""
"""The chance that two are one person by what contradicts it: what is believed before, moved by what reviewers said."""
_CHANCE = f"""
    SELECT * FROM (
        SELECT *, CASE
            WHEN decision = 'disputed' THEN {EVEN_CHANCE}
            WHEN joined AND clash THEN {EVEN_CHANCE}
            WHEN joined THEN 1 - greatest(probability, coalesce(support, 0), CASE WHEN same_id THEN {CASE_ID_SURE} ELSE 0 END)
            WHEN clash AND NOT same_id THEN coalesce(one_of_kind, {EVEN_CHANCE})
            WHEN clash OR same_id OR probability >= {LINKED} THEN {EVEN_CHANCE}
            ELSE probability END AS chance
        FROM review_pair LEFT JOIN review_support USING (person_key_l, person_key_r)
        LEFT JOIN review_clash USING (person_key_l, person_key_r) LEFT JOIN review_kind USING (against)
        LEFT JOIN review_answered USING (person_key_l, person_key_r)
    ) WHERE chance >= {LEAST_CHANCE} OR decision IS NOT NULL OR turn > 0
"""
_SIDES = f"""
    WITH tie AS ({_TIES}),
    apart AS (
        SELECT pair, side.with_l, help, harm, held FROM (
            SELECT pair, person_id_l AS person_id, TRUE AS with_l FROM review_question WHERE NOT joined
            UNION ALL SELECT pair, person_id_r, FALSE FROM review_question WHERE NOT joined
        ) AS side JOIN review_record AS record USING (person_id)
    ),
    together AS (
        SELECT pair, person_key = person_key_l OR (person_key <> person_key_r
            AND coalesce(l.probability, 0) >= coalesce(r.probability, 0)) AS with_l, help, harm, held
        FROM review_question JOIN review_record AS record ON record.person_id = person_id_l
        LEFT JOIN tie AS l ON l.one = record.person_key AND l.other = person_key_l
        LEFT JOIN tie AS r ON r.one = record.person_key AND r.other = person_key_r WHERE joined
    )
    SELECT pair, sum(held) FILTER (with_l) AS held_l, sum(held) FILTER (NOT with_l) AS held_r,
        sum(help) FILTER (with_l) AS help_l, sum(help) FILTER (NOT with_l) AS help_r,
        sum(harm) FILTER (with_l) AS harm_l, sum(harm) FILTER (NOT with_l) AS harm_r
    FROM (FROM apart UNION ALL FROM together) GROUP BY pair
"""
_VALUE = """
    SELECT pair, person_key_l, person_key_r, person_id_l, person_id_r, probability, grade, sources, chance,
        CAST(stake AS BIGINT) AS stake, chance * stake AS value, turn
    FROM (SELECT *, least(held_l, held_r) + least(help_l, harm_r) + least(harm_l, help_r) AS stake
        FROM review_question JOIN review_side USING (pair))
    ORDER BY value DESC, pair
"""
