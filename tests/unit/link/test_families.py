"""Who belongs together: small councils, each person by their first name, and the families that come of them."""

from __future__ import annotations

import re

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.link.families import give_families
from earlyhelp.link.family_rules import DEFINITIONS, FAMILY, HOUSEHOLD, MOST_IN_FAMILY, RECORDED, FamilyDefinition
from earlyhelp.link.homes import MOST_PEOPLE
from earlyhelp.link.pages import generated_pages
from spec.dataset import parse, whole_tables

ADULTS_ARE_BORN_BEFORE = "2006"


def linked(
    definition: FamilyDefinition = FAMILY, *, shuffled: int | None = None, **tables: str
) -> duckdb.DuckDBPyConnection:
    """A connection after families were given; a person's key is their name, and each name is one person.

    `people`: name, surname, dob and address (postcode, then the line) of the person, the address empty where it is not known.
    `shuffled`: rows keep their numbers and lie in another order.
    """
    con = whole_tables({"person": _people(tables.pop("people", "")), **tables})
    for table in ("person", "family_member") if shuffled is not None else ():
        con.execute(f"CREATE OR REPLACE TABLE {table} AS FROM {table} ORDER BY hash(row_id + {shuffled})")
    keys = "SELECT person_key FROM person UNION SELECT person_key FROM family_member UNION SELECT person_key FROM person_address"
    con.execute(
        f"CREATE TABLE person_label AS SELECT person_key, 'P' || person_key AS person_id, 1 AS records FROM ({keys})"
    )
    give_families(con, "salt", definition)
    return con


def _people(text: str) -> list[dict[str, object]]:
    return [
        {
            "person_key": row["name"],
            "surname": row["surname"],
            "dob": row["dob"],
            "is_child": (row["dob"] or "") >= ADULTS_ARE_BORN_BEFORE if row["dob"] else None,
            "postcode": row["address"] and " ".join(row["address"].split()[:2]),
            "address_line": row["address"] and " ".join(row["address"].split()[2:]),
        }
        for row in (parse(text) if text else [])
    ]


def families(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Everybody's families as "Ann Ben", and whoever is in none by themselves."""
    rows = con.execute(
        "SELECT string_agg(DISTINCT person_id[2:], ' ' ORDER BY person_id[2:]) FROM (SELECT person_id, family_id FROM "
        "family_membership UNION SELECT person_id, family_id FROM person_of) GROUP BY family_id"
    ).fetchall()
    return {members for (members,) in rows}


def main_family(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """The members of a person's main family."""
    [(members,)] = con.execute(
        "SELECT string_agg(DISTINCT person_id[2:], ' ' ORDER BY person_id[2:]) FROM family_membership "
        f"WHERE family_id = (SELECT family_id FROM person_of WHERE person_key = '{name}')"
    ).fetchall()
    return members


def family_ids(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(con.execute("SELECT person_key, family_id FROM person_of").fetchall())


def warned(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    return con.execute("SELECT * FROM link_warning").fetchall()


def test_a_sibling_whom_only_the_school_knows_joins_the_recorded_family_at_the_same_address():
    con = linked(
        people="""
            name | surname | dob        | address
            Ann  | Shaw    | 1985-01-01 | AB1 2CD 4 Elm Road
            Ben  | Shaw    | 2012-01-01 | AB1 2CD 4 Elm Road
            Cat  | Shaw    | 2015-01-01 | ab12cd  4 ELM RD
        """.replace("ab12cd ", "AB1 2CD"),
        family_member="""
            family_key | person_key | role
            F1         | Ann        | parent
            F1         | Ben        | child
        """,
    )
    assert families(con) == {"Ann Ben Cat"}


def test_a_step_family_is_one_and_the_father_who_left_is_in_his_own():
    con = linked(
        people="""
            name | surname | dob        | address
            Ann  | Shaw    | 1985-01-01 | AB1 2CD 4 Elm Road
            Ben  | Lee     | 2012-01-01 | AB1 2CD 4 Elm Road
            Carl | Okoro   | 1983-01-01 | AB1 2CD 4 Elm Road
            Dee  | Okoro   | 2014-01-01 | AB1 2CD 4 Elm Road
            Dan  | Lee     | 1982-01-01 | AB9 9ZZ 1 Oak Way
            Eve  | Lee     | 2020-01-01 | AB9 9ZZ 1 Oak Way
        """,
        family_member="""
            family_key | person_key | role   | from_date  | to_date
            F1         | Ann        | parent | 2012-01-01 |
            F1         | Ben        | child  | 2012-01-01 |
            F1         | Dan        | parent | 2012-01-01 | 2016-05-01
        """,
    )
    assert families(con) == {"Ann Ben Carl Dan Dee", "Dan Eve"}
    assert main_family(con, "Dan") == "Dan Eve"
    left = con.execute(
        "SELECT to_date FROM family_membership WHERE person_id = 'PDan' AND rule = 'recorded'"
    ).fetchall()
    assert [str(day) for (day,) in left] == ["2016-05-01"]


def test_a_child_in_shared_care_has_two_homes_and_the_recorded_one_is_the_main_one():
    con = linked(
        people="""
            name | surname | dob        | address
            Ann  | Shaw    | 1985-01-01 | AB1 2CD 4 Elm Road
            Ben  | Shaw    | 2012-01-01 | AB1 2CD 4 Elm Road
            Dan  | Lee     | 1982-01-01 | AB9 9ZZ 1 Oak Way
            Eve  | Lee     | 2018-01-01 | AB9 9ZZ 1 Oak Way
        """,
        person_address="""
            person_key | address_line | postcode | valid_from
            Ben        | 1 Oak Way    | AB9 9ZZ  | 2020-01-01
        """,
        family_member="""
            family_key | person_key | role
            F1         | Ann        | parent
            F1         | Ben        | child
        """,
    )
    assert families(con) == {"Ann Ben", "Ben Dan Eve"}
    assert main_family(con, "Ben") == "Ann Ben"


def test_a_child_with_two_homes_that_no_system_records_is_where_they_came_last():
    con = linked(
        people="""
            name | surname | dob
            Ann  | Shaw    | 1985-01-01
            Ben  | Shaw    | 2012-01-01
            Dan  | Lee     | 1982-01-01
        """.replace("dob\n", "dob | address\n").replace("-01-01\n", "-01-01 |\n"),
        person_address="""
            person_key | address_line | postcode | valid_from
            Ann        | 4 Elm Road   | AB1 2CD  | 2012-01-01
            Ben        | 4 Elm Road   | AB1 2CD  | 2012-01-01
            Ben        | 1 Oak Way    | AB9 9ZZ  | 2020-01-01
            Dan        | 1 Oak Way    | AB9 9ZZ  | 2019-01-01
        """,
    )
    assert families(con) == {"Ann Ben", "Ben Dan"}
    assert main_family(con, "Ben") == "Ben Dan"


MOVED = """
    person_key | address_line | postcode | valid_from | valid_to
    Ann        | 4 Elm Road   | AB1 2CD  | 2012-01-01 | 2019-06-30
    Ben        | 4 Elm Road   | AB1 2CD  | 2012-01-01 | 2019-06-30
    Ann        | 1 Oak Way    | AB9 9ZZ  | 2019-07-01 |
    Ben        | 1 Oak Way    | AB9 9ZZ  | 2019-07-01 |
    Sue        | 4 Elm Road   | AB1 2CD  | 2019-07-01 |
    Tom        | 4 Elm Road   | AB1 2CD  | 2019-07-01 |
"""


def test_a_family_that_moves_stays_one_and_the_next_tenants_are_another():
    con = linked(
        people="""
            name | surname | dob        | address
            Ann  | Shaw    | 1985-01-01 |
            Ben  | Shaw    | 2012-01-01 |
            Sue  | Shaw    | 1990-01-01 |
            Tom  | Shaw    | 2016-01-01 |
        """,
        person_address=MOVED,
    )
    assert families(con) == {"Ann Ben", "Sue Tom"}


def test_nobody_lived_at_an_address_of_their_household_before_they_were_born():
    con = linked(
        people="""
            name | surname | dob        | address
            Ann  | Shaw    | 1985-01-01 |
            Kim  | Shaw    | 2021-01-01 |
            Sue  | Shaw    | 1990-01-01 |
        """,
        person_address="""
            person_key | address_line | postcode | valid_from | valid_to
            Ann        | 1 Oak Way    | AB9 9ZZ  | 2019-07-01 |
            Kim        | 1 Oak Way    | AB9 9ZZ  | 2019-07-01 |
            Kim        | 4 Elm Road   | AB1 2CD  | 2012-01-01 | 2019-06-30
            Sue        | 4 Elm Road   | AB1 2CD  | 2010-01-01 | 2018-12-31
        """,
    )
    assert families(con) == {"Ann Kim", "Sue"}


def test_ten_thousand_people_at_a_refuge_are_no_family_and_end_in_a_warning():
    con = whole_tables({})
    con.execute(
        "INSERT INTO person BY NAME SELECT i AS row_id, 'k' || i AS person_key, 'Shaw' AS surname, DATE '1990-01-01' AS dob, "
        "'AB1 2CD' AS postcode, '1 Safe House' AS address_line, 'feed' AS feed_id FROM range(10000) AS t (i)"
    )
    con.execute(
        "CREATE TABLE person_label AS SELECT person_key, 'P' || person_key AS person_id, 1 AS records FROM person"
    )
    give_families(con, "salt")
    assert con.execute("SELECT count(DISTINCT family_id) FROM person_of").fetchall() == [(10000,)]
    assert warned(con) == [("People at an address of too many to be a family", 10000)]


def test_an_address_of_a_few_strangers_more_than_a_family_has_joins_nobody():
    names = [f"N{number:02}" for number in range(MOST_PEOPLE + 1)]
    lines = "\n".join(f"{name} | Shaw | 1990-01-01 | AB1 2CD 4 Elm Road" for name in names)
    assert families(linked(people=f"name | surname | dob | address\n{lines}")) == set(names)


def test_a_family_id_of_too_many_is_collective_and_joins_nobody():
    names = [f"N{number:02}" for number in range(MOST_IN_FAMILY + 1)]
    listed = "family_key | person_key\n" + "\n".join(f"UNKNOWN | {name}" for name in names)
    con = linked(family_member=listed)
    assert families(con) == set(names)
    assert con.execute("FROM family_of_key").fetchall() == []
    assert warned(con) == [("People under a family id of too many to be a family", len(names))]


def test_a_grandparent_who_has_the_child_is_a_second_family_beside_the_mother():
    con = linked(
        people="""
            name | surname | dob        | address
            Kay  | Shaw    | 2014-01-01 | AB9 9ZZ 1 Oak Way
            Ann  | Shaw    | 1990-01-01 | AB1 2CD 4 Elm Road
            Gran | Shaw    | 1956-01-01 | AB9 9ZZ 1 Oak Way
        """,
        family_member="""
            family_key | person_key | role
            F1         | Ann        | parent
            F1         | Kay        | child
        """,
    )
    assert families(con) == {"Ann Kay", "Gran Kay"}


def test_a_grandparent_carer_of_another_surname_is_joined_to_the_child_who_lives_there():
    con = linked(
        people="""
            name | surname | dob        | address
            Kay  | Shaw    | 2014-01-01 | AB9 9ZZ 1 Oak Way
            Gran | Moss    | 1960-01-01 | AB9 9ZZ 1 Oak Way
        """
    )
    assert families(con) == {"Gran Kay"}


@pytest.mark.parametrize(
    ("says", "address"),
    [
        ("next door", "AB1 2CD 6 Elm Road"),
        ("the flat above", "AB1 2CD Flat 2, 4 Elm Road"),
        ("the same number in another street", "AB1 2CE 4 Ash Road"),
    ],
)
def test_neighbours_of_the_same_surname_are_no_family(says, address):
    con = linked(
        people=f"""
            name | surname | dob        | address
            Ann  | Khan    | 1985-01-01 | AB1 2CD 4 Elm Road
            Ben  | Khan    | 2012-01-01 | {address}
        """
    )
    assert families(con) == {"Ann", "Ben"}, says


def test_flat_1_of_house_3_is_not_flat_3_of_house_1():
    con = linked(
        people="""
            name | surname | dob        | address
            Ann  | Khan    | 1985-01-01 | AB1 2CD Flat 1, 3 Elm Road
            Ben  | Khan    | 2012-01-01 | AB1 2CD Flat 3, 1 Elm Road
            Cat  | Khan    | 2013-01-01 | AB1 2CD 3 Elm Road, flat 1
        """
    )
    assert families(con) == {"Ann Cat", "Ben"}


LODGER = """
    name | surname | dob        | address
    Ann  | Shaw    | 1985-01-01 | AB1 2CD 4 Elm Road
    Bob  | Shaw    | 1984-01-01 | AB1 2CD 4 Elm Road
    Cat  | Shaw    | 2012-01-01 | AB1 2CD 4 Elm Road
    Lou  | Okoro   | 1986-01-01 | AB1 2CD 4 Elm Road
"""


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (FAMILY, {"Ann Bob Cat", "Lou"}),
        (HOUSEHOLD, {"Ann Bob Cat Lou"}),
        (RECORDED, {"Ann", "Bob", "Cat", "Lou"}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_lodger_is_of_the_household_and_not_of_the_family(definition, expected):
    assert families(linked(definition, people=LODGER)) == expected


def test_families_of_two_systems_are_one_through_the_people_they_share():
    con = linked(
        family_member="""
            family_key | person_key | role
            old-7      | Ann        | parent
            old-7      | Ben        | child
            new-9      | Ann        | parent
            new-9      | Ben        | child
            new-9      | Cat        | child
            new-8      | Dan        | parent
        """
    )
    assert families(con) == {"Ann Ben Cat", "Dan"}
    keys = dict(con.execute("FROM family_of_key").fetchall())
    assert keys["old-7"] == keys["new-9"] != keys["new-8"]


def test_two_recorded_families_of_one_child_stay_two_while_each_has_an_adult_of_its_own():
    con = linked(
        family_member="""
            family_key | person_key | role
            F1         | Ann        | parent
            F1         | Ben        | child
            F2         | Dan        | parent
            F2         | Ben        | child
        """
    )
    assert families(con) == {"Ann Ben", "Ben Dan"}


def test_a_person_named_on_a_record_of_help_belongs_to_its_family():
    people = "name | surname | dob | address\nBen | Lee | 2012-01-01 |"
    con = linked(
        people=people,
        eh_episode="person_key | family_key\nBen | F1\nStranger | F1",
        family_member="family_key | person_key\nF1 | Ann",
    )
    assert families(con) == {"Ann Ben"}


def test_surnames_spelled_a_little_otherwise_at_one_address_are_one():
    con = linked(
        people="""
            name | surname         | dob        | address
            Ola  | Kowalska        | 2012-01-01 | AB1 2CD 4 Elm Road
            Jan  | Kowalski        | 2014-01-01 | AB1 2CD 4 Elm Road
            Eve  | Kowalska-Brown  | 2016-01-01 | AB1 2CD 4 Elm Road
            Zoe  | Green           | 2016-01-01 | AB1 2CD 4 Elm Road
        """
    )
    assert families(con) == {"Eve Jan Ola", "Zoe"}


BEFORE = """
    name | surname | dob        | address
    Ann  | Shaw    | 1985-01-01 | AB1 2CD 4 Elm Road
    Ben  | Lee     | 2012-01-01 | AB9 9ZZ 1 Oak Way
"""


def test_a_family_keeps_its_id_when_a_baby_is_born_into_it():
    alone = family_ids(linked(people=BEFORE))
    together = family_ids(linked(people=BEFORE + "    Cat  | Shaw | 2025-01-01 | AB1 2CD 4 Elm Road\n"))
    assert together["Cat"] == together["Ann"] == alone["Ann"]
    assert together["Ben"] == alone["Ben"]


def test_family_ids_cannot_be_told_without_the_key():
    one, other = (whole_tables({"family_member": parse("family_key | person_key\nF1 | Ann")}) for _ in range(2))
    for con, salt in ((one, "salt"), (other, "another")):
        con.execute("CREATE TABLE person_label AS SELECT 'Ann' AS person_key, 'PAnn' AS person_id, 1 AS records")
        give_families(con, salt)
    assert one.execute("FROM family_of_key").fetchall() != other.execute("FROM family_of_key").fetchall()


HOMES = ("AB1 2CD 4 Elm Road", "AB1 2CD 6 Elm Road", "AB9 9ZZ 1 Oak Way", "")
someone = st.tuples(
    st.sampled_from(("Shaw", "Lee", "Shaw-Lee", "Okoro")),
    st.sampled_from(("1980", "1990", "2012", "2018")),
    st.sampled_from(HOMES),
)
members = st.lists(st.tuples(st.sampled_from(("F1", "F2", "F3")), st.integers(0, 7)), max_size=8, unique=True)


def _made_up(
    people: list[tuple[str, str, str]], listed: list[tuple[str, int]], shuffled: int | None = None
) -> duckdb.DuckDBPyConnection:
    lines = [f"{n} | {s} | {born}-01-01 | {home}" for n, (s, born, home) in zip("ABCDEFGH", people, strict=False)]
    known = [f"{key} | {'ABCDEFGH'[place]}" for key, place in listed if place < len(people)]
    return linked(
        people="\n".join(["name | surname | dob | address", *lines]),
        shuffled=shuffled,
        **({"family_member": "\n".join(["family_key | person_key", *known])} if known else {}),
    )


@settings(max_examples=8, deadline=None)
@given(people=st.lists(someone, min_size=2, max_size=8), listed=members, shuffled=st.integers(0, 1000))
def test_families_do_not_depend_on_the_order_of_rows(people, listed, shuffled):
    con, other = _made_up(people, listed), _made_up(people, listed, shuffled)
    assert families(other) == families(con)
    assert family_ids(other) == family_ids(con)


@settings(max_examples=8, deadline=None)
@given(people=st.lists(someone, min_size=1, max_size=7), listed=members)
def test_a_stranger_changes_no_family(people, listed):
    listed = [each for each in listed if each[1] < len(people)]
    before, after = (_made_up(each, listed) for each in (people, [*people, ("Stone", "1970", "ZZ1 1ZZ 9 Far Lane")]))
    stranger = "ABCDEFGH"[len(people)]
    assert families(after) == families(before) | {stranger}
    assert family_ids(after) == family_ids(before) | {stranger: family_ids(after)[stranger]}


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda definition: definition.name)
def test_every_definition_says_its_rules_and_does_with_empty_tables(definition):
    rules = [*definition.gathers, definition.main, definition.records, *filter(None, [definition.joins])]
    assert all(len(rule.says.split()) > 5 and rule.says.endswith(".") and rule.sql.strip() for rule in rules)
    assert re.fullmatch(r"[a-z]+ [1-9][0-9]*", definition.full_name)
    page = generated_pages()["families.md"]
    assert all(text in page for text in (definition.full_name, definition.says, *(rule.says for rule in rules)))
    assert families(linked(definition)) == set()


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda definition: definition.name)
def test_every_person_has_one_main_family_and_it_is_one_they_belong_to(definition):
    con = linked(definition, people=LODGER, family_member="family_key | person_key\nF1 | Ann\nF1 | Eve\nF2 | Ann")
    assert con.execute("SELECT count(*), count(DISTINCT person_key), count(family_id) FROM person_of").fetchall() == [
        (5, 5, 5)
    ]
    assert (
        con.execute(
            "SELECT count(*) FROM person_of JOIN family_membership AS own USING (person_id) GROUP BY person_id "
            "HAVING NOT bool_or(own.family_id = person_of.family_id)"
        ).fetchall()
        == []
    )
    assert {version for (version,) in con.execute("SELECT DISTINCT version FROM family_membership").fetchall()} == {
        definition.full_name
    }
