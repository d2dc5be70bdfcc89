"""What linkage reads: one row for each record of a person that says something by which it could be recognised."""

from __future__ import annotations

import duckdb

from earlyhelp.link.blocking import KEYS, keys_for, leave_out_crowds
from earlyhelp.link.names import LETTERS, UNBORN, UNNAMED, family_table, given_table, name_table
from earlyhelp.link.rarity import make_rarities, warn_of_what_tells_nobody_apart
from earlyhelp.standard import sql
from earlyhelp.standard.codelists import CASE_SYSTEM

_NO_SURNAME = "^(UNKNOWN|NOT KNOWN|NOT STATED|NONE|NK|TBC|TEST|UNBORN|UBB)$"
"""What stands for a surname where there is none."""
_BORN = "CASE WHEN dob >= DATE '1905-01-01' THEN dob END"
"""Earlier days are what systems write where they know none."""


def gather_records(con: duckdb.DuckDBPyConnection) -> int:
    """Make `link_record` from the people in `con`, and say how many of its rows can be compared with others.

    One row a person key: `unique_id` (a number), `person_key`, `row_id`, `source_system`, `case_id` (the council's own), names
    in capitals, day of birth, address, valid numbers, what pairs are found by. To be compared, a record holds a name or a
    number. A name is worked out and kept once, however many bear it: `link_record` is a view of `link_row` and the names.
    """
    _numbers(con)
    _latest_day(con)
    _spell(con)
    _names(con)
    people = int(con.execute("SELECT count(*) FROM person").fetchall()[0][0])
    keys = keys_for(people)
    filled = ", ".join(f"{key} AS {name}" for name, key in keys.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_row AS SELECT * EXCLUDE ({_SHOWN}), {filled} FROM ({_ROWS})")
    shown = ", ".join(["*", *(f"CAST(NULL AS UBIGINT) AS {key}" for key in KEYS if key not in keys)])
    con.execute(f"CREATE OR REPLACE TEMP VIEW link_record AS SELECT {shown} FROM ({records_sql('link_row')})")
    make_rarities(con, "link_record")
    leave_out_crowds(con, keys)
    warn_of_what_tells_nobody_apart(con)
    comparable = "SELECT count(*) FROM link_record WHERE coalesce(forename, surname, upn, nhs_number) IS NOT NULL"
    return int(con.execute(comparable).fetchall()[0][0])


def _latest_day(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_latest` (day): the day on which the latest extract was drawn; empty where no feed tells one."""
    there = con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'feed'").fetchone()
    latest = "SELECT max(extract_date) AS day FROM feed" if there else "SELECT CAST(NULL AS DATE) AS day"
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_latest AS {latest}")


def _spell(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_spelt_<column>` (raw, told) of each column of names: what sources write, and that in plain capitals."""
    for column, told in _SPELT.items():
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE link_spelt_{column} AS SELECT raw, {told} AS told "
            f"FROM (SELECT raw, {LETTERS.format(name='raw')} AS told FROM "
            f"(SELECT DISTINCT {column} AS raw FROM person WHERE {column} IS NOT NULL))"
        )


_SPELT = {
    "forename": "told",
    "surname": f"CASE WHEN NOT regexp_matches(told, '{_NO_SURNAME}') THEN told END",
    "former_surname": "told",
    "preferred_name": "told",
}


def _names(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_given_name` and `link_family_name`: all that is compared of the names that sources write, each numbered."""
    forenames, surnames = (_distinct(con, "told", f"link_spelt_{name}") for name in ("forename", "surname"))
    if forenames or surnames:
        given_table(con, forenames)
        family_table(con, surnames)
        name_table(con, _distinct(con, "calling", "link_given"))
    else:  # without loading what tables of names need
        for table, columns in _NO_NAMES.items():
            con.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({', '.join(f'{each} VARCHAR' for each in columns)})")
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_given_name AS {_GIVEN_NAMES}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_family_name AS {_FAMILY_NAMES}")


def _distinct(con: duckdb.DuckDBPyConnection, column: str, table: str) -> list[str]:
    return [
        name for (name,) in con.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL").fetchall()
    ]


_NO_NAMES = {
    "link_given": ("forenames", "calling", "given"),
    "link_family": ("surnames", "family", "sound"),
    "link_name": ("name", "usual", "sound", "said", "known", "forms"),
}
_GIVEN_NAMES = f"""
    SELECT CAST(row_number() OVER () AS INTEGER) AS given_number, raw, told AS forenames, calling AS forename, given,
        usual AS forename_usual, sound AS forename_sound, said AS forename_said, known AS forename_known,
        forms AS forename_forms,
        regexp_matches(told, '{UNBORN}') AS said_unborn, regexp_matches(told, '{UNNAMED}') AS unnamed
    FROM link_spelt_forename LEFT JOIN link_given ON forenames = told LEFT JOIN link_name ON name = calling
"""
_FAMILY_NAMES = """
    SELECT CAST(row_number() OVER () AS INTEGER) AS family_number, raw, told AS surnames, family AS surname,
        sound AS surname_sound
    FROM link_spelt_surname LEFT JOIN link_family ON surnames = told
"""


def _numbers(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_number`: the pupil and the NHS number of each person key, where they are what such numbers look like.

    Pupil numbers of which the second took the place of the first stand as one, the same for everybody who bears either.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_number AS SELECT person_key, "
        f"max(value) FILTER (type = 'upn' AND {_UPN}) AS upn, "
        f"max(value) FILTER (type = 'nhs_number' AND {_NHS}) AS nhs_number "
        f"FROM ({_TOLD_NUMBERS}) GROUP BY person_key"
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_renamed AS {_RENAMED}")
    if con.execute("SELECT 1 FROM link_renamed LIMIT 1").fetchone():
        con.execute(
            "UPDATE link_number SET upn = stands FROM ("
            "WITH RECURSIVE same AS (SELECT former AS one, upn AS other FROM link_renamed "
            "UNION ALL SELECT upn, former FROM link_renamed), "
            "reached AS (SELECT one AS bears, other AS reached FROM same "
            "UNION SELECT bears, other FROM reached JOIN same ON one = reached) "
            "SELECT bears, least(bears, min(reached)) AS stands FROM reached GROUP BY bears) WHERE upn = bears"
        )


_UPN = "regexp_full_match(value, '[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]')"
_NHS = "regexp_full_match(value, '[0-9]{10}') AND value NOT IN ('0000000000', '9999999999')"
_TOLD_NUMBERS = "SELECT person_key, type, upper(replace(value, ' ', '')) AS value FROM person_identifier"
_RENAMED = f"""
    WITH told AS (
        SELECT DISTINCT value AS former, upn, source_system FROM ({_TOLD_NUMBERS}) JOIN link_number USING (person_key)
        JOIN person USING (person_key) WHERE type IN ('upn', 'former_upn') AND {_UPN} AND value <> upn
    )
    SELECT former, any_value(upn) AS upn FROM told
    WHERE NOT EXISTS (
        FROM link_number AS own JOIN person USING (person_key)
        WHERE own.upn = told.former AND person.source_system = told.source_system
    )
    GROUP BY former HAVING count(DISTINCT upn) = 1
"""
"""Former pupil numbers with the one that took their place. Not one that two numbers claim, nor one that the same system holds
of somebody else as well: there a slip is likelier, and the number must not make twins one."""
_NAMED = ", ".join(
    f"CASE WHEN NOT coalesce(given.unnamed AND given.forename = family.surname, FALSE) THEN given.{each} END AS {each}"
    for each in ("given_number", "forename", "forename_sound")
)
"""What the forename tells; nothing where it is a word for a child without a name, and the surname once more: BABY HUGHES."""
_UNBORN = f"({_BORN} IS NULL AND expected_dob IS NOT NULL OR coalesce(given.said_unborn, FALSE))"
"""The day of birth, if any, is the day on which the child is expected: systems keep one or the other in the same column."""
_STILL_A_CHILD, _LONG_GROWN = 16, 26
"""Years of age below which nobody is told as an adult, and from which nobody is told as a child or young person."""
_GROWN_BY_BIRTH = (
    f"CASE WHEN birth > day - INTERVAL {_STILL_A_CHILD} YEAR THEN FALSE "
    f"WHEN birth <= day - INTERVAL {_LONG_GROWN} YEAR THEN TRUE END"
)
_GROWN = f"CASE WHEN birth IS NULL THEN NOT is_child WHEN {_GROWN_BY_BIRTH} IS DISTINCT FROM is_child THEN {_GROWN_BY_BIRTH} END"
"""Whether somebody is grown up: by the day of birth, else by what the source says of them. Empty where that leaves it open,
from 16 to 25, or where the source says one thing and the day of birth another."""
_TOLD = f"""
    SELECT person_key, row_id, source_system,
        CASE WHEN source_system IN ({sql.listed(CASE_SYSTEM)}) THEN ltrim(source_person_id, '0') END AS case_id,
        {_NAMED}, family_number, family.surname, family.surname_sound,
        former.told AS former_surname, preferred.told AS preferred_name,
        {_BORN} AS dob, coalesce({_BORN}, expected_dob) AS birth, {_UNBORN} AS unborn, {_GROWN} AS grown,
        coalesce(dob_accuracy, 'exact') = 'exact' AS told_exactly, death_date,
        CASE WHEN sex IN ('M', 'F') THEN sex END AS sex, ethnicity,
        replace(upper(postcode), ' ', '') AS postcode,
        nullif(regexp_extract(upper(address_line), '[0-9]+[A-Z]?'), '') AS building,
        nullif(regexp_replace(upper(address_line), '[^A-Z]+', '', 'g'), '') AS street,
        uprn, is_duplicate_of, upn, nhs_number,
        hash(person.forename, person.surname, person.former_surname, person.preferred_name, dob, expected_dob, dob_accuracy,
            death_date, sex, postcode, address_line, uprn, upn, nhs_number, grown) AS mark
    FROM person CROSS JOIN link_latest LEFT JOIN link_number USING (person_key)
    LEFT JOIN link_given_name AS given ON given.raw = person.forename
    LEFT JOIN link_family_name AS family ON family.raw = person.surname
    LEFT JOIN link_spelt_former_surname AS former ON former.raw = person.former_surname
    LEFT JOIN link_spelt_preferred_name AS preferred ON preferred.raw = person.preferred_name
"""
_BIRTH_YEAR = "year(birth) AS birth_year"
_BOTH_NAMES = "least(forename, surname) || ' ' || greatest(forename, surname) AS both_names"
_ROWS = f"""
    SELECT unique_id, told.*, {_BOTH_NAMES}, strftime(birth, '%Y%m%d') AS birth_text, {_BIRTH_YEAR}
    FROM ({_TOLD}) AS told
    JOIN (SELECT row_id, CAST(row_number() OVER (ORDER BY row_id) AS BIGINT) AS unique_id FROM person) AS place USING (row_id)
"""
"""Numbered apart: numbering whole rows takes longer than all else here."""
_SHOWN = "forename, forename_sound, surname, surname_sound, both_names, birth_year"
"""What `link_record` shows beside the columns of `link_row`, that pairs are found by."""


def records_sql(rows: str) -> str:
    """SQL for the rows of `link_record` that a relation holds, given as rows of `link_row`."""
    return f"""
    SELECT told.* EXCLUDE (given_number, family_number), given.* EXCLUDE (given_number, raw, said_unborn, unnamed),
        family.* EXCLUDE (family_number, raw), {_BOTH_NAMES}, {_BIRTH_YEAR},
        date_diff('day', DATE '1900-01-01', birth) AS birth_number,
        NOT unborn AND told_exactly AND NOT (day(birth) = 1 AND month(birth) IN (1, 7)) AS birth_exact
    FROM {rows} AS told LEFT JOIN link_given_name AS given USING (given_number)
    LEFT JOIN link_family_name AS family USING (family_number)
    """
