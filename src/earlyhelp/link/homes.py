"""Who lived at which address, and who of them belongs together: what family definitions read besides family ids."""

from __future__ import annotations

import duckdb
import numpy as np

from earlyhelp.link.comparisons import ALIKE
from earlyhelp.link.components import joined
from earlyhelp.standard import sql
from earlyhelp.standard.ages import COMING_OF_AGE

MOST_PEOPLE = 12
"""More people than this at one address over the years, and it is communal: a refuge, a hostel, a home, a school. The census
counts households up to "8 or more people"; this leaves room for grown children, new tenants and one person taken for two."""
MOST_SURNAMES = 8
"""More surnames than this at one address, and it is communal, too. Step-families of three generations have four or five."""
PARENT_AGES = (15, 55)
"""Years by which a carer can be older than a child, where only an address joins them."""
MOST_CARERS = 2
"""Adults at an address up to which each is taken for a carer of the children there. A third one may be a lodger."""

_LETTERS = "regexp_replace(replace(upper(strip_accents(coalesce({name}, ''))), chr(39), ''), '[^A-Z]+', ' ', 'g')"
_PARTICLES = (
    "DE",
    "DA",
    "DI",
    "DU",
    "VAN",
    "VON",
    "DER",
    "DEN",
    "AL",
    "EL",
    "BIN",
    "BINT",
    "ABU",
    "LE",
    "LA",
    "ST",
    "MC",
    "MAC",
)
"""Parts of a surname that many unrelated people have."""
_FLAT = r"\b(?:FLAT|APARTMENT|APT|UNIT|ROOM)\s*([0-9]+[A-Z]?|[A-Z])\b"
_STREET = f"regexp_replace(upper(address_line), '{_FLAT}', '')"
_ADDRESS = f"""
    CASE WHEN replace(postcode, ' ', '') <> '' AND regexp_matches(address_line, '[0-9A-Za-z]') THEN
        upper(replace(postcode, ' ', '')) || ' ' || regexp_extract(upper(address_line), '{_FLAT}', 1) || '/' || coalesce(
            nullif(array_to_string(regexp_extract_all({_STREET}, '[0-9]+[A-Z]?\\b'), ' '), ''),
            regexp_replace({_STREET}, '[^A-Z]+', '', 'g')) END
"""
"""A postcode with the numbers of the flat and of the building, or with the letters of a house that has a name."""


def find_homes(con: duckdb.DuckDBPyConnection) -> None:
    """Make `family_person`, `family_surname`, `family_stay`, `communal_home` and `home_group` from the tables of people.

    `con` holds `family_label` (person_key, person_id), `person`, `person_address` and `feed`.

    `family_person` (person_id, row_id, dob, is_child): a linked person, NULL where nobody says whether they are a child.
    `family_stay` (person_id, home, from_date, to_date, begins, ends, times): where they lived, and how many records say so.
    `home` is an address in one spelling.
    `communal_home` (home, people, surnames): addresses that join nobody.
    `home_group` (home, person_id, part): people at one home who belong together by surname, record or care.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE family_person AS {_PEOPLE}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE family_surname AS {_SURNAMES}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE family_stay AS {_STAYS}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE communal_home AS {_COMMUNAL}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE home_pair AS {_PAIRS}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE home_tie AS {_TIES}")
    con.execute(f"INSERT INTO home_tie {_CARERS}")
    _put_together(con)


def _put_together(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE OR REPLACE TEMP TABLE home_member AS SELECT home, person_id, row_number() OVER (ORDER BY home, person_id) - 1 "
        "AS place FROM (SELECT home, one AS person_id FROM home_tie UNION SELECT home, other FROM home_tie)"
    )
    ties = con.execute(
        "SELECT l.place AS l, r.place AS r FROM home_tie JOIN home_member AS l ON l.home = home_tie.home AND l.person_id = one "
        "JOIN home_member AS r ON r.home = home_tie.home AND r.person_id = other"
    ).fetchnumpy()
    count = int(con.execute("SELECT count(*) FROM home_member").fetchall()[0][0])
    part = joined(np.asarray(ties["l"], np.int64), np.asarray(ties["r"], np.int64), count)
    con.register("home_part", {"place": np.arange(count), "part": part})
    con.execute(
        "CREATE OR REPLACE TEMP TABLE home_group AS SELECT * EXCLUDE (place) FROM home_member JOIN home_part USING (place)"
    )
    con.unregister("home_part")


_PEOPLE = f"""
    SELECT family_label.person_id, min(row_id) AS row_id, min(dob) AS dob, coalesce(bool_or(is_child),
        bool_or(dob > extract_date - INTERVAL {COMING_OF_AGE} YEAR)) AS is_child
    FROM person JOIN family_label USING (person_key)
    LEFT JOIN (SELECT feed_id, max(extract_date) AS extract_date FROM feed GROUP BY feed_id) USING (feed_id)
    GROUP BY family_label.person_id
"""
_SURNAMES = f"""
    SELECT DISTINCT family_label.person_id, unnest(list_filter(string_split(
        {_LETTERS.format(name="surname")} || ' ' || {_LETTERS.format(name="former_surname")}, ' '),
        lambda token: len(token) > 1 AND token NOT IN ({sql.listed(_PARTICLES)}))) AS token
    FROM person JOIN family_label USING (person_key)
"""
_STAYS = f"""
    WITH told AS (
        SELECT person_key, {_ADDRESS} AS written, uprn, CAST(NULL AS DATE) AS from_date, CAST(NULL AS DATE) AS to_date FROM person
        UNION ALL SELECT person_key, {_ADDRESS}, uprn, valid_from, valid_to FROM person_address
    ), numbered AS (
        SELECT uprn, arg_max(written, (times, written)) AS home FROM (
            SELECT uprn, written, count(*) AS times FROM told WHERE uprn IS NOT NULL AND written IS NOT NULL GROUP BY ALL
        ) GROUP BY uprn
    )
    SELECT family_label.person_id, coalesce(numbered.home, written, 'UPRN ' || uprn) AS home, from_date, to_date,
        greatest(dob, coalesce(from_date, CASE WHEN to_date IS NULL THEN DATE '9999-12-31' ELSE DATE '0001-01-01' END)) AS begins,
        coalesce(to_date, DATE '9999-12-31') AS ends, count(*) AS times
    FROM told LEFT JOIN numbered USING (uprn) JOIN family_label USING (person_key)
    LEFT JOIN family_person ON family_person.person_id = family_label.person_id
    WHERE coalesce(numbered.home, written, uprn) IS NOT NULL AND NOT coalesce(to_date < dob, FALSE) GROUP BY ALL
"""
"""An address without dates is one of today: it meets others of today, and none that has ended. Nobody lived anywhere before they
were born: case systems copy the addresses of a household to a child who comes later."""
_COMMUNAL = f"""
    SELECT home, count(DISTINCT person_id) AS people, count(DISTINCT token) AS surnames
    FROM family_stay LEFT JOIN family_surname USING (person_id) GROUP BY home
    HAVING people > {MOST_PEOPLE} OR surnames > {MOST_SURNAMES}
"""
_PAIRS = """
    SELECT DISTINCT l.home, l.person_id AS one, r.person_id AS other
    FROM (FROM family_stay ANTI JOIN communal_home USING (home)) AS l JOIN family_stay AS r USING (home)
    WHERE l.person_id < r.person_id AND l.begins <= r.ends AND r.begins <= l.ends
"""
_TIES = f"""
    SELECT DISTINCT home, one, other FROM home_pair
    JOIN family_surname AS l ON l.person_id = one JOIN family_surname AS r ON r.person_id = other
    WHERE l.token = r.token OR jaro_winkler_similarity(l.token, r.token) >= {ALIKE}
    UNION SELECT DISTINCT home, one, other FROM home_pair
    JOIN recorded_member AS l ON l.person_id = one
    JOIN recorded_member AS r ON r.person_id = other AND r.family_key = l.family_key
"""
_CARERS = f"""
    WITH here AS (SELECT home, one, other FROM home_pair UNION ALL SELECT home, other, one FROM home_pair),
    adult AS (SELECT person_id AS other, dob FROM family_person WHERE is_child IS DISTINCT FROM TRUE),
    few AS (SELECT home FROM here SEMI JOIN adult USING (other) GROUP BY home HAVING count(DISTINCT other) <= {MOST_CARERS})
    SELECT home, least(one, other), greatest(one, other) FROM here SEMI JOIN few USING (home) JOIN adult USING (other)
    JOIN family_person AS child ON child.person_id = one AND child.is_child
    WHERE coalesce(
        child.dob BETWEEN adult.dob + INTERVAL {PARENT_AGES[0]} YEAR AND adult.dob + INTERVAL {PARENT_AGES[1]} YEAR, FALSE)
"""
"""Within `coalesce` the ages are only a filter: bare, every child of the council is compared with every adult first."""
