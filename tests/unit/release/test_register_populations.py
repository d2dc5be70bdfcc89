"""Which records a side of the line counts, read off the declarations: who counts the same, and what each is limited to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import duckdb
import pytest

from earlyhelp.measures import CATALOGUE, Measure, Statistic
from earlyhelp.release.register_populations import OF_CHILDREN, Population, population_from, populations_of
from earlyhelp.standard import NOT_RECORDED
from earlyhelp.standard.local_standards import LOCAL_STANDARDS

DECLARED = {
    f"{measure.id}.{name}": measure.defined_as(name)
    for measure in CATALOGUE.values()
    for name in ("default", *measure.definitions)
}
REQUESTS = CATALOGUE["A1"]
OF_REQUESTS = ("A1.rate", "A2.default", "A3.default", "A4.default", "A8.default", "A9.default", "A9.rate")


def sides(name: str) -> dict[str, Population]:
    found = populations_of(DECLARED[name])._asdict()
    return {side: each for side, each in found.items() if each is not None}


def of_requests(rows: str, statistic: Statistic = Statistic.SHARE) -> Measure:
    return replace(REQUESTS, rows=rows, statistic=statistic)


@pytest.mark.parametrize("name", DECLARED)
def test_every_declaration_can_be_read_or_is_told_of_by_itself_alone(name: str):
    """What is limited is a split that the measure offers, and a mean has nothing above the line but a sum."""
    from earlyhelp.measures import splits_of

    measure = DECLARED[name]
    for side, each in sides(name).items():
        assert each.limited <= splits_of(measure).keys() | {OF_CHILDREN}
        assert not each.only.keys() & each.but.keys()
        assert side == "below" or measure.statistic is not Statistic.MEAN


@pytest.mark.parametrize(
    "name", [each for each in DECLARED if any(own in DECLARED[each].rows for own in LOCAL_STANDARDS)]
)
def test_rows_that_read_a_council_s_own_numbers_are_laid_beside_none(name: str):
    """Two councils, or one in two years, may set another number: the words of the rows are the same."""
    assert sides(name) == {}
    assert sides("A6.within_2").keys() == {"above", "below"}


def test_measures_of_requests_count_the_same_records_limited_to_codes():
    base = sides("A1.default")["above"]
    assert (base.only, base.but) == ({}, {})
    found = {name: sides(name) for name in OF_REQUESTS}
    assert {each.records for own in found.values() for each in own.values()} == {base.records}
    assert found["A4.default"]["above"].only == {"decision_code": ("nfa", "returned")}
    assert found["A4.default"]["below"].but == {"decision_code": ("not_recorded", "pending", "unmapped")}
    assert found["A1.rate"]["above"].only == {OF_CHILDREN: ("true",)}
    assert found["A9.rate"]["above"].only == {**found["A9.default"]["above"].only, OF_CHILDREN: ("true",)}


def test_a_denominator_of_one_measure_is_that_of_another():
    """Help that ended for a recorded reason: those who stepped up and those who disengaged are shares of the same."""
    assert sides("G1.default")["below"] == sides("C8.default")["below"]
    assert sides("G1.default")["below"].records == sides("C7.default")["above"].records
    assert sides("B2.default") == sides("B2.ninth_decile")


def test_other_units_days_and_conditions_are_other_records():
    by_request, by_child = sides("A1.default")["above"], sides("A1.children")["above"]
    assert by_request.records != by_child.records
    assert sides("B2.default")["below"].records != sides("B2.default")["above"].records
    rows = "SELECT contact.*, row_id AS unit_id, {day} AS day FROM contact WHERE {when}"
    told = {
        populations_of(of_requests(rows.format(day=day, when=when), Statistic.COUNT)).above.records
        for day, when in product(("contact_date", "decision_date"), ("TRUE", "contact_date > DATE '2024-04-01'"))
    }
    assert len(told) == 4


def test_the_name_of_a_table_the_order_of_conditions_and_spaces_change_nothing():
    one = of_requests("""SELECT contact.*, row_id AS unit_id, contact_date AS day, source_code = '1A' AS counted
        FROM contact WHERE contact.team = 'x' AND contact_date IS NOT NULL AND school_urn <> 'y'""")
    other = of_requests(
        "SELECT asked.*, asked.row_id AS unit_id, asked.contact_date AS day, coalesce(source_code IN ('1A'), FALSE) AS counted "
        "FROM contact AS asked WHERE school_urn <> 'y' AND team IN ('x')"
    )
    assert populations_of(one) == populations_of(other)
    assert populations_of(one).above.only == {"source_code": ("1A",), "team": ("x",)}


@pytest.mark.parametrize(
    "condition",
    [
        "source_code NOT IN ('10')",  # what is empty is left out too, and what says that it is not recorded is not
        "source_code IN ('10', 'not_recorded')",
        "source_code IS NOT NULL",
        "source_code = team",
        "source_code = '1A' OR source_code = '1C'",
        "contact_date > DATE '2024-04-01'",
        "domestic_abuse IS NULL",
        "lower(source_code) = '1a'",
    ],
)
def test_a_condition_that_asks_for_no_codes_makes_other_records(condition: str):
    found = populations_of(
        of_requests(
            f"SELECT contact.*, row_id AS unit_id, contact_date AS day FROM contact WHERE {condition}", Statistic.COUNT
        )
    )
    assert not found.above.limited
    assert found.above.records != sides("A1.default")["above"].records


@pytest.mark.parametrize(
    ("condition", "only", "but"),
    [
        ("domestic_abuse", ("true",), None),
        ("NOT domestic_abuse", ("false",), None),
        ("domestic_abuse IS NOT NULL", None, ("not_recorded",)),
    ],
)
def test_a_yes_or_no_is_a_limit_to_those_who_said_so_or_of_whom_it_is_recorded(condition: str, only, but):
    rows = f"SELECT contact.*, row_id AS unit_id, contact_date AS day FROM contact WHERE {condition}"
    found = populations_of(of_requests(rows, Statistic.COUNT)).above
    assert found.only == ({"domestic_abuse": only} if only else {})
    assert found.but == ({"domestic_abuse": but} if but else {})
    assert found.records == sides("A1.default")["above"].records


@pytest.mark.parametrize(("otherwise", "limited"), [("FALSE", True), ("TRUE", False), ("avoidable", False)])
def test_what_is_not_recorded_is_not_counted_only_where_the_rows_say_so(otherwise: str, limited: bool):
    rows = (
        "SELECT contact.*, row_id AS unit_id, contact_date AS day FROM contact "
        f"WHERE coalesce(source_code IN ('1A'), {otherwise})"
    )
    assert populations_of(of_requests(rows, Statistic.COUNT)).above.only == (
        {"source_code": ("1A",)} if limited else {}
    )


def test_a_column_made_anew_is_not_the_split_of_the_table():
    """Who asked, put together anew: its codes are others, though its name is the same."""
    found = populations_of(
        of_requests(
            "SELECT contact.* EXCLUDE (source_code), 'x' AS source_code, row_id AS unit_id, contact_date AS day, "
            "source_code = 'x' AS counted FROM contact"
        )
    )
    assert not found.above.limited
    assert found.below.records != sides("A1.default")["above"].records


def test_codes_asked_for_twice_are_those_that_both_ask_for():
    found = populations_of(
        of_requests(
            "SELECT contact.*, row_id AS unit_id, contact_date AS day, source_code IN ('1A', '10') AS counted "
            "FROM contact WHERE source_code NOT IN ('10', 'not_recorded') AND source_code IN ('1A', '10', '2A')"
        )
    )
    assert found.below.only == {"source_code": ("1A", "2A")}
    assert found.above.only == {"source_code": ("1A",)}
    assert found.above.but == {}


def test_queries_put_together_are_laid_beside_none():
    assert sides("C2.default") == {}
    rows = "SELECT contact.*, row_id AS unit_id, contact_date AS day FROM contact"
    assert populations_of(of_requests(f"{rows} UNION ALL {rows}", Statistic.COUNT)) == (None, None)
    assert populations_of(of_requests(rows)).above is None


def test_a_population_is_kept_and_read_again():
    told = sides("A4.default")["below"]
    assert (
        population_from(
            {"records": told.records, "only": {}, "but": {name: [*codes] for name, codes in told.but.items()}}
        )
        == told
    )


@pytest.fixture(scope="module")
def requests() -> duckdb.DuckDBPyConnection:
    """Every combination of who asked, what was decided and two yes or no, with gaps, one row a child and one an adult."""
    con = duckdb.connect()
    kinds = {"domestic_abuse": "BOOLEAN", "avoidable": "BOOLEAN", "contact_date": "DATE", "row_id": "INTEGER"}
    con.execute("CREATE TABLE profile (person_id VARCHAR, is_child BOOLEAN, birth_month DATE)")
    con.execute("INSERT INTO profile VALUES ('Ann', TRUE, NULL), ('Una', FALSE, NULL)")
    columns = ", ".join(
        f"{name} {kinds.get(name, 'VARCHAR')}" for name in ("row_id", "person_id", *REQUESTS.of.columns)
    )
    con.execute(f"CREATE TABLE contact ({columns})")
    sources = ("1A", "1C", "2A", "10", "not_recorded", "unmapped", None)
    decisions = ("nfa", "returned", "advice", "pending", "not_recorded", "unmapped", None)
    yes_or_no = (True, False, None)
    every = product(("Ann", "Una"), sources, decisions, yes_or_no, yes_or_no)
    names = "row_id, contact_date, person_id, source_code, decision_code, domestic_abuse, avoidable"
    con.executemany(
        f"INSERT INTO contact ({names}) VALUES (?, DATE '2025-04-01', ?, ?, ?, ?, ?)",
        [(number, *each) for number, each in enumerate(every)],
    )
    return con


@pytest.mark.parametrize("name", OF_REQUESTS)
def test_a_population_is_the_requests_whose_codes_it_allows(requests: duckdb.DuckDBPyConnection, name: str):
    """The rows that the measure counts are those of all requests whose splits, as they are told, have its codes."""
    measure = DECLARED[name]
    shares = measure.statistic is Statistic.SHARE
    for side, population in sides(name).items():
        some = " WHERE counted" if shares and side == "above" else ""
        counted = {each for (each,) in requests.execute(f"SELECT row_id FROM ({measure.rows}){some}").fetchall()}
        assert counted == {row for row, told in _told(requests) if _allows(population, told)}
        assert counted


def _told(requests: duckdb.DuckDBPyConnection) -> list[tuple[int, dict[str, str]]]:
    names = ("source_code", "decision_code", "domestic_abuse", "avoidable")
    values = ", ".join(f"coalesce(CAST({name} AS VARCHAR), '{NOT_RECORDED}')" for name in names)
    values += ", CASE person_id WHEN 'Ann' THEN 'true' ELSE 'false' END"
    rows = requests.execute(f"SELECT row_id, {values} FROM ({REQUESTS.rows})").fetchall()
    return [(row[0], dict(zip((*names, OF_CHILDREN), row[1:], strict=True))) for row in rows]


def _allows(population: Population, told: Mapping[str, str]) -> bool:
    among = all(told[name] in codes for name, codes in population.only.items())
    return among and not any(told[name] in codes for name, codes in population.but.items())


@pytest.mark.parametrize(
    ("rows", "statistic"),
    [
        ("SELECT 1; SELECT 2", Statistic.COUNT),
        ("SELEKT 1", Statistic.COUNT),
        ("SELECT contact.*, row_id AS unit_id, contact_date AS day FROM contact", Statistic.MEAN),
        ("SELECT contact.*, row_id AS unit_id, contact_date AS day FROM contact", Statistic.DISPARITY),
    ],
)
def test_rows_that_cannot_be_read_are_laid_beside_none(rows: str, statistic: Statistic):
    assert populations_of(of_requests(rows, statistic)) == (None, None)


@pytest.mark.parametrize(
    "columns", ["row_id AS unit_id, source_code", "* REPLACE (upper(source_code) AS source_code), row_id AS unit_id"]
)
def test_where_the_columns_of_the_table_are_not_brought_as_they_are_nothing_is_a_limit(columns: str):
    rows = f"SELECT {columns}, contact_date AS day FROM contact WHERE source_code = '1A'"
    found = populations_of(of_requests(rows, Statistic.COUNT)).above
    assert (found.only, found.but) == ({}, {})


def test_a_mean_is_of_those_of_whom_an_amount_is_recorded():
    rows = "SELECT contact.*, row_id AS unit_id, contact_date AS day, {amount} AS amount FROM contact"
    one, other = (
        populations_of(of_requests(rows.format(amount=amount), Statistic.MEAN)) for amount in ("children", "adults")
    )
    assert one.above is other.above is None
    assert len({one.below.records, other.below.records, sides("A1.default")["above"].records}) == 3
