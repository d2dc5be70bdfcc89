"""How common each name, day of birth and postcode is: agreement on a rare one says more."""

from __future__ import annotations

import duckdb

from earlyhelp.link.comparisons import COMPARISONS

USUAL = {"forename": 0.005, "surname": 0.0035, "birth_text": 0.00016, "postcode": 0.0002}
"""The share of people who have the same value as somebody drawn by chance, in a council of middling size."""
_BELIEVED = 2_000
"""As many records as the usual share is worth: what a few records say of a name's frequency is mostly chance."""
_OF_FAMILIES = ("surname", "postcode")
"""What relatives share: that only two records hold it says less than it would of a day of birth."""


def rarity_columns() -> list[str]:
    """The columns whose rarity counts."""
    return [level.exact for each in COMPARISONS for level in each.levels if level.rarity]


def make_rarities(con: duckdb.DuckDBPyConnection, told: str) -> None:
    """Make `link_tf_<column>` (column, records, tf_<column>) for each: the share of the records of `told` that have the value.

    The share is drawn towards the usual one while records are few. The two records that are compared have the value whoever
    they are of, so that of a forename or a day of birth only others are counted.
    """
    for column in rarity_columns():
        own = 0 if column in _OF_FAMILIES else 2
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE link_tf_{column} AS SELECT {column}, count(*) AS records, "
            f"(greatest(count(*) - {own}, 0) + {_BELIEVED * USUAL[column]}) / (sum(count(*)) OVER () + {_BELIEVED}) "
            f"AS tf_{column} FROM {told} WHERE {column} IS NOT NULL GROUP BY {column}"
        )


def warn_of_what_tells_nobody_apart(con: duckdb.DuckDBPyConnection) -> None:
    """Add to `link_warning` what most records lack, or have in common: a column that was exported empty or filled by default.

    To be called when `make_rarities` has counted `link_record`.
    """
    for column, called in _CALLED.items():
        con.execute(
            "INSERT INTO link_warning SELECT what, found FROM (SELECT (SELECT count(*) FROM link_row), "
            f"coalesce(sum(records), 0), coalesce(max(records), 0) FROM link_tf_{column}) AS counted (records, known, alike), "
            "LATERAL (VALUES "
            f"('Records without {called}', records - known), ('Records that all have the same {called}', alike)) "
            f"AS told (what, found) WHERE records >= {_FEWEST_TOLD} AND found > {_MOST_ALIKE} * records",
        )
    con.execute(
        "INSERT INTO link_warning SELECT 'Records born on 1 January, as systems write that know the year alone', found "
        "FROM (SELECT count(*) FILTER (day(dob) = 1 AND month(dob) = 1) AS found, count(dob) AS known FROM link_row) "
        f"WHERE known >= {_FEWEST_TOLD} AND found > {_MOST_ALIKE} * known"
    )


_CALLED = {"forename": "forename", "surname": "surname", "birth_text": "date of birth"}
_FEWEST_TOLD, _MOST_ALIKE = 1_000, 0.5
"""From so many records on it is told that more than this share lack a value or have it in common."""
