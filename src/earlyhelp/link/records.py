"""What linkage reads: one row for each record of a person that says something by which it could be recognised."""

from __future__ import annotations

import duckdb

from earlyhelp.link.blocking import give_blocks
from earlyhelp.link.names import LETTERS, family_table, given_table, name_table
from earlyhelp.link.rarity import make_rarities, warn_of_what_tells_nobody_apart
from earlyhelp.standard import sql

CASE_SYSTEM = ("annex_a", "cin_census", "ssda903", "ssd", "mosaic", "liquidlogic", "eclipse", "capita_one")
"""Systems and returns in which a person carries the council's own id."""

_NO_SURNAME = "^(UNKNOWN|NOT KNOWN|NOT STATED|NONE|NK|TBC|TEST)$"
"""What stands for a surname where there is none."""
_BORN = "CASE WHEN dob >= DATE '1905-01-01' THEN dob END"
"""Earlier days are what systems write where they know none."""


def gather_records(con: duckdb.DuckDBPyConnection) -> int:
    """Make `link_record` from the people in `con`, and say how many of its rows can be compared with others.

    One row a person key: `unique_id` (a number), `person_key`, `row_id`, `source_system`, `case_id` (the council's own), names
    in capitals, day of birth, address, valid numbers. To be compared, a record holds a name or a number.
    """
    _numbers(con)
    _spell(con)
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_told AS {_told_sql()}")
    _names(con)
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_plain AS {_RECORDS}")
    give_blocks(con, "link_plain")
    con.execute("DROP TABLE link_plain")
    make_rarities(con, "link_record")
    warn_of_what_tells_nobody_apart(con)
    comparable = "SELECT count(*) FROM link_record WHERE coalesce(forename, surname, upn, nhs_number) IS NOT NULL"
    return int(con.execute(comparable).fetchall()[0][0])


def _names(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_given`, `link_family` and `link_name` of all the names that are told, each read once."""
    forenames, surnames = (_distinct(con, name, "link_told") for name in ("forenames", "surnames"))
    if not forenames and not surnames:  # without loading what tables of names need
        for table, columns in _NO_NAMES.items():
            con.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({', '.join(f'{each} VARCHAR' for each in columns)})")
        return
    given_table(con, forenames)
    family_table(con, surnames)
    name_table(con, {*_distinct(con, "calling", "link_given"), *_distinct(con, "family", "link_family")})


def _distinct(con: duckdb.DuckDBPyConnection, column: str, table: str) -> list[str]:
    return [
        name for (name,) in con.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL").fetchall()
    ]


_NO_NAMES = {
    "link_given": ("forenames", "calling", "given"),
    "link_family": ("surnames", "family"),
    "link_name": ("name", "usual", "sound", "known", "forms"),
}


def _numbers(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_number`: the pupil and the NHS number of each person key, where they are what such numbers look like."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_number AS SELECT person_key, "
        f"max(value) FILTER (type = 'upn' AND {_UPN}) AS upn, "
        f"max(value) FILTER (type = 'nhs_number' AND {_NHS}) AS nhs_number "
        "FROM (SELECT person_key, type, upper(replace(value, ' ', '')) AS value FROM person_identifier) GROUP BY person_key"
    )


_UPN = "regexp_full_match(value, '[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]')"
_NHS = "regexp_full_match(value, '[0-9]{10}') AND value NOT IN ('0000000000', '9999999999')"


def _told_sql() -> str:
    systems = sql.listed(CASE_SYSTEM)
    spelt = " ".join(
        f"LEFT JOIN link_spelt AS {name} ON {name}.raw = person.{column}" for name, column in _SPELT.items()
    )
    return (
        "SELECT person_key, row_id, source_system, "
        f"CASE WHEN source_system IN ({systems}) THEN ltrim(source_person_id, '0') END AS case_id, "
        f"given.told AS forenames, CASE WHEN NOT regexp_matches(family.told, '{_NO_SURNAME}') THEN family.told END AS surnames, "
        "former.told AS former_surname, preferred.told AS preferred_name, "
        f"{_BORN} AS dob, expected_dob, coalesce({_BORN}, expected_dob) AS birth, "
        f"{_BORN} IS NULL AND expected_dob IS NOT NULL AS unborn, "
        "coalesce(dob_accuracy, 'exact') AS dob_accuracy, death_date, "
        "CASE WHEN sex IN ('M', 'F') THEN sex END AS sex, ethnicity, "
        "replace(upper(postcode), ' ', '') AS postcode, "
        "regexp_extract(upper(address_line), '[0-9]+[A-Z]?') AS building, "
        "nullif(regexp_replace(upper(address_line), '[^A-Z]+', '', 'g'), '') AS street, "
        f"uprn, is_child, is_duplicate_of FROM person {spelt}"
    )


_SPELT = {"given": "forename", "family": "surname", "former": "former_surname", "preferred": "preferred_name"}


def _spell(con: duckdb.DuckDBPyConnection) -> None:
    """Make `link_spelt` (raw, told): each different name as sources write it, and in plain capitals."""
    raw = " UNION ".join(f"SELECT {column} AS raw FROM person WHERE {column} IS NOT NULL" for column in _SPELT.values())
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE link_spelt AS SELECT raw, {LETTERS.format(name='raw')} AS told FROM ({raw})"
    )


_RECORDS = """
    SELECT CAST(row_number() OVER (ORDER BY told.row_id) AS BIGINT) AS unique_id, told.* EXCLUDE (building),
        nullif(building, '') AS building, upn, nhs_number, calling AS forename, given, family AS surname,
        own.usual AS forename_usual, own.sound AS forename_sound, own.known AS forename_known, own.forms AS forename_forms,
        inherited.sound AS surname_sound,
        least(calling, family) || ' ' || greatest(calling, family) AS both_names,
        strftime(birth, '%Y%m%d') AS birth_text, year(birth) AS birth_year,
        date_diff('day', DATE '1900-01-01', birth) AS birth_number,
        NOT unborn AND dob_accuracy = 'exact' AND NOT (day(birth) = 1 AND month(birth) IN (1, 7)) AS birth_exact,
        hash(forenames, surnames, former_surname, preferred_name, birth, unborn, dob_accuracy, death_date, sex, postcode,
            building, street, uprn, upn, nhs_number) AS mark
    FROM link_told AS told LEFT JOIN link_number USING (person_key)
    LEFT JOIN link_given USING (forenames) LEFT JOIN link_family USING (surnames)
    LEFT JOIN link_name AS own ON own.name = calling LEFT JOIN link_name AS inherited ON inherited.name = family
"""
