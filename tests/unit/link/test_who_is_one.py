"""Who is one person, and who is not: twins, siblings, namesakes, and one child under many spellings."""

from __future__ import annotations

import pytest
from tests.unit.link.worlds import empty, groups, ids, people

MIA = "who | source_system | forename | surname | dob | sex | address_line | postcode\n"


def of(*together: str) -> set[frozenset[str]]:
    return {frozenset(each.split()) for each in together}


def test_one_child_is_known_by_three_systems_under_three_ids() -> None:
    con = people(
        MIA
        + """case   | mosaic     | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        school | attendance | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        police | police     | MIA | THORNTON | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("case school police")


@pytest.mark.parametrize(
    "otherwise",
    [
        "Mia   | Thornton  | 2014-01-02 | F | 3 Mill Lane | ZZ1 1AA",
        "Mia   | Thornton  | 2014-02-11 | F | 3 Mill Lane | ZZ1 1AA",
        "Mia   | Thorntonn | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA",
        "Thornton | Mia    | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA",
        "Thormtom | Mia    | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA",
        "Mia   | Thornton  | 2014-02-01 | F | 9 High St   | ZZ8 8BB",
        "Mia   | Weaver    | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA",
        "Mia   | Thornton  | 2014-02-01 | M | 3 Mill Lane | ZZ1 1AA",
        "Mia   | Thornton  |            | F | 3 Mill Lane | ZZ1 1AA",
        "Mya   | Thornton  | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA",
    ],
)
def test_one_thing_that_differs_does_not_part_a_child_from_herself(otherwise: str) -> None:
    con = people(
        MIA
        + f"""case   | mosaic     | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        school | attendance | {otherwise}"""
    )

    assert groups(con) == of("case school")


def test_twins_differ_in_the_forename_alone() -> None:
    con = people(
        MIA
        + """mia    | mosaic     | Mia   | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        ava    | mosaic     | Ava   | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        school | attendance | Ava   | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("mia", "ava school")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zara", "Zahra"),
        ("Alicia", "Alisha"),
        ("Rhiannon", "Rianon"),
        ("Celina", "Selina"),
        ("Al-Amin", "Alamin"),
        ("Al Amin", "Amin"),
        ("El-Hassan", "Al Hassan"),
        ("Al", "Alan"),
        ("Ellie", "Eleanor"),
        ("Ellie", "Ellei"),
        ("Harry", "Henry"),
    ],
)
def test_two_spellings_that_are_said_alike_are_of_one_child(one: str, other: str) -> None:
    con = people(
        MIA
        + f"""case | mosaic     | {one}   | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        school | attendance | {other} | Thornton | 2014-02-01 | F |             | ZZ1 1AA"""
    )

    assert groups(con) == of("case school")


@pytest.mark.parametrize(
    ("one", "other", "sex"),
    [
        ("Zara", "Sara", "F"),
        ("Jamie", "Amie", "F"),
        ("Kelly", "Keeley", "F"),
        ("Ella", "Ellie", "F"),
        ("Millie", "Mollie", "F"),
        ("Mila", "Myla", "F"),
        ("Rayan", "Rayhan", "F"),
        ("Hassan", "Hussain", "F"),
        ("Al-Amin", "Al-Imran", "F"),
        ("Mohammed Al Amin", "Mohammed Al Imran", "F"),
        ("Danielle", "Daniele", "M"),
        ("Michelle", "Michel", "M"),
    ],
)
def test_twins_of_like_names_are_two(one: str, other: str, sex: str) -> None:
    con = people(
        MIA
        + f"""one | mosaic     | {one}   | Thornton | 2014-02-01 | F     | 3 Mill Lane | ZZ1 1AA
        other | attendance | {other} | Thornton | 2014-02-01 | {sex} | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("one", "other")


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("S", "I", False),
        ("C", "K", False),
        ("S", "Ian", False),
        ("Jo", "Bo", False),
        ("S", "S", True),
        ("S", "Sam", True),
    ],
)
def test_two_initials_that_differ_are_of_two_people(one: str, other: str, is_one: bool) -> None:
    con = people(
        MIA
        + f"""one | housing | {one}   | Patterson |            | | 1 Halford Close | ZZ1 1AA
        other | police    | {other} | Patterson | 1984-07-30 | | 1 Halford Close | ZZ1 1AA"""
    )

    assert (groups(con) == of("one other")) is is_one


def test_twins_called_by_each_others_second_names_are_two() -> None:
    con = people(
        MIA
        + """tom   | mosaic     | Thomas | Oliver | 2014-02-01 | M | 3 Mill Lane | ZZ1 1AA
        henry | attendance | Henry  | Oliver | 2014-02-01 | M | 3 Mill Lane | ZZ1 1AA
        ollie | police     | Oliver | Henry  | 2014-02-01 | M | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("tom", "henry ollie")


@pytest.mark.parametrize(
    ("little", "whose"),
    [
        ("D       | 2014-02-01", None),
        ("        | 2014-02-01", None),
        ("Daniel  |           ", "daniel"),
        ("Da      | 2014-02-01", "daniel"),
    ],
    ids=["an initial of both", "no forename", "a forename in full", "letters of one of them"],
)
def test_a_record_that_could_be_of_either_twin_is_joined_to_none(little: str, whose: str | None) -> None:
    con = people(
        f"""who | source_system | forename | dob | surname | address_line | postcode
        daniel | mosaic     | Daniel  | 2014-02-01 | Stan | 3 Mill Lane | ZZ1 1AA
        school | attendance | Daniel  | 2014-02-01 | Stan | 3 Mill Lane | ZZ1 1AA
        dylan  | mosaic     | Dylan   | 2014-02-01 | Stan | 3 Mill Lane | ZZ1 1AA
        little | housing    | {little}             | Stan | 3 Mill Lane | ZZ1 1AA"""
    )

    expected = ("daniel school little", "dylan") if whose else ("daniel school", "dylan", "little")
    assert groups(con) == of(*expected)


def test_a_record_without_forename_does_not_bridge_twins() -> None:
    con = people(
        MIA
        + """mia    | mosaic | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        ava    | mosaic | Ava | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        police | police |     | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA"""
    )

    assert frozenset({"mia", "ava", "police"}) not in groups(con)
    assert not any({"mia", "ava"} <= each for each in groups(con))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("M", "Mohammed Umar"),
        ("U", "Mohammed Umar"),
        ("M Umar", "Mohammed"),
        ("M. Umar", "Muhammad Umar"),
        ("O", "Grace Omolara"),
        ("M Kaur", "Manpreet Kaur"),
    ],
)
def test_an_initial_is_of_any_forename_and_m_before_another_is_mohammed(one: str, other: str) -> None:
    con = people(
        MIA
        + f"""school | attendance | {other} | Iqbal | 2014-02-01 | | 3 Mill Lane | ZZ1 1AA
        house  | housing    | {one}   | Iqbal | 2014-02-01 | | 3 Mill Lane | ZZ1 1AA
        twin   | attendance | Bilal   | Iqbal | 2014-02-01 | | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("school house", "twin")


def test_an_initial_that_is_of_no_forename_is_another_childs() -> None:
    con = people(
        MIA
        + """school | attendance | Mohammed Umar | Iqbal | 2014-02-01 | | 3 Mill Lane | ZZ1 1AA
        house  | housing    | B             | Iqbal | 2014-02-01 | | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("school", "house")


@pytest.mark.parametrize(("elder", "younger", "sex"), [("Ella", "Ellie", "F"), ("Mohammed", "Mohammed", "M")])
def test_siblings_of_like_names_or_recorded_under_one_forename_are_two(elder: str, younger: str, sex: str) -> None:
    con = people(
        MIA
        + f"""elder | mosaic     | {elder}   | Thornton | 2014-02-01 | {sex} | 3 Mill Lane | ZZ1 1AA
        younger | attendance | {younger} | Thornton | 2016-09-23 | {sex} | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("elder", "younger")


@pytest.mark.parametrize("guess", ["2016-01-01", "2016-07-01"])
def test_a_day_of_birth_that_is_a_guess_parts_no_child_from_himself(guess: str) -> None:
    con = people(
        MIA
        + f"""case  | mosaic | Mohammed | Khan | 2014-09-23 | M | 3 Mill Lane | ZZ1 1AA
        police | police | Mohammed | Khan | {guess}    | M | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("case police")


@pytest.mark.parametrize(
    ("one", "other", "forename", "is_one"),
    [
        ("2013-12-01", "2013-01-12", "Mia", True),
        ("2013-01-01", "2013-12-24", "Miaa", True),
        ("2013-12-02", "2013-01-12", "Mia", False),
    ],
    ids=["day and month changed places", "a guess of the year, and a slip in the name", "neither"],
)
def test_births_far_apart_in_one_year_are_two_unless_one_is_the_other_written_otherwise(
    one: str, other: str, forename: str, is_one: bool
) -> None:
    con = people(
        MIA
        + f"""case | mosaic | Mia        | Thornton | {one}   | F | 3 Mill Lane | ZZ1 1AA
        police | police | {forename} | Thornton | {other} | F | 3 Mill Lane | ZZ1 1AA"""
    )

    assert (groups(con) == of("case police")) is is_one


def test_a_son_named_after_his_father_is_not_his_father() -> None:
    con = people(
        MIA
        + """son    | attendance | George | Thornton | 2014-02-01 | M | 3 Mill Lane | ZZ1 1AA
        father | police     | George | Thornton | 1985-06-17 | M | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("son", "father")


@pytest.mark.parametrize(
    ("son", "father", "is_one"),
    [
        ("2014-02-01 | true ", "           | false", False),
        ("2014-02-01 |      ", "           | false", False),
        ("           | true ", "1985-06-17 |      ", False),
        ("           | true ", "           | false", False),
        ("2014-02-01 | true ", "           |      ", True),
        ("2014-02-01 | true ", "           | true ", True),
        ("2005-02-01 | true ", "           | false", True),
        ("2014-02-01 | false", "           | false", True),
        ("           | true ", "2003-06-17 | false", True),
    ],
    ids=[
        "a child by both, an adult without a birth",
        "a child by the day of birth",
        "an adult by the day of birth",
        "by what both sources say",
        "one says nothing",
        "both say child",
        "who was a child has come of age",
        "a source that contradicts itself",
        "a young person",
    ],
)
def test_where_a_birth_is_not_known_a_child_is_no_adult_of_that_name_and_home(
    son: str, father: str, is_one: bool
) -> None:
    con = empty()
    con.execute("INSERT INTO feed BY NAME SELECT 1 AS row_id, 'f' AS feed_id, DATE '2026-03-31' AS extract_date")

    people(
        f"""who | source_system | dob | is_child | forename | surname | sex | address_line | postcode
        son    | attendance | {son}    | George | Thornton | M | 3 Mill Lane | ZZ1 1AA
        father | housing    | {father} | George | Thornton | M | 3 Mill Lane | ZZ1 1AA""",
        con=con,
    )

    assert (groups(con) == of("son father")) is is_one


def test_two_pupil_numbers_are_two_children_whatever_else_agrees() -> None:
    con = people(
        """who | source_system | forename | surname | dob | postcode | upn
        one   | mosaic     | Mia | Thornton | 2014-02-01 | ZZ1 1AA | A123456789012
        other | attendance | Mia | Thornton | 2014-02-01 | ZZ1 1AA | B999999999999"""
    )

    assert groups(con) == of("one", "other")


@pytest.mark.parametrize(
    ("number", "right", "mistyped"),
    [
        ("upn", "T912334313807", "T912334313307"),
        ("upn", "T912334313807", "T912334318307"),
        ("upn", "T912334313807", "I912334313807"),
        ("nhs_number", "9434765919", "9434765719"),
        ("nhs_number", "9434765919", "9434675919"),
    ],
)
def test_a_number_that_is_another_with_a_slip_parts_nobody_for_one_is_mistyped(
    number: str, right: str, mistyped: str
) -> None:
    con = people(
        f"""who | source_system | forename | surname | dob | postcode | {number}
        case   | mosaic     | Mia | Thornton | 2014-02-01 | ZZ1 1AA | {mistyped}
        school | attendance | Mia | Thornton | 2014-02-01 | ZZ1 1AA | {right}
        sister | attendance | Ava | Thornton | 2014-02-01 | ZZ1 1AA | {mistyped[:-3]}888"""
    )

    assert groups(con) == of("case school", "sister")


def test_a_pupil_number_that_took_the_place_of_another_is_the_same_child() -> None:
    con = people(
        """who | source_system | forename | surname | dob | postcode | upn | former_upn
        moved  | school_census | Mia | Thornton | 2014-02-01 | ZZ1 1AA | B999999999999 | A123456789012
        before | attendance    | Mia | Thornton | 2014-02-01 | ZZ1 1AA | A123456789012 |
        after  | cin_census    |     |          | 2014-02-01 |         | B999999999999 |"""
    )

    assert groups(con) == of("moved before after")


def test_a_former_number_that_the_same_school_gives_to_another_child_joins_no_twins() -> None:
    con = people(
        """who | source_system | forename | surname | dob | postcode | upn | former_upn
        mia | school_census | Mia | Thornton | 2014-02-01 | ZZ1 1AA | B999999999999 | A123456789012
        zoe | school_census | Zoe | Thornton | 2014-02-01 | ZZ1 1AA | A123456789012 |"""
    )

    assert groups(con) == of("mia", "zoe")


def test_a_former_number_that_two_children_claim_joins_nobody() -> None:
    con = people(
        """who | source_system | forename | surname | dob | postcode | upn | former_upn
        mia | school_census | Mia | Thornton | 2014-02-01 | ZZ1 1AA | B999999999999 | A123456789012
        zoe | school_census | Zoe | Thornton | 2014-02-01 | ZZ1 1AA | C111111111111 | A123456789012
        who | attendance    | Zoe | Thornton | 2014-02-01 | ZZ1 1AA | A123456789012 |"""
    )

    assert groups(con) == of("mia", "zoe", "who")


@pytest.mark.parametrize(
    ("forename", "birth", "is_one"),
    [("Mason", "2006-06-16", False), ("Mason", "2014-02-01", True), ("Mia", "2006-06-16", True), ("Mason", "", True)],
    ids=["another name and birth", "another name", "another birth", "no birth"],
)
def test_a_pupil_number_under_which_name_and_birth_are_anothers_joins_nobody(
    forename: str, birth: str, is_one: bool
) -> None:
    con = people(
        f"""who | source_system | forename | surname | dob | postcode | upn
        school | attendance | Mia        | Thornton | 2014-02-01 | ZZ1 1AA | A123456789012
        case   | mosaic     | {forename} | Thornton | {birth}    | ZZ1 1AA | A123456789012"""
    )

    assert (groups(con) == of("school case")) is is_one


def test_a_pupil_number_joins_records_that_say_little_else() -> None:
    con = people(
        """who | source_system | forename | surname | dob | upn
        case   | mosaic     | Mia | Thornton | 2014-02-01 | A123456789012
        census | cin_census |     |          | 2014-02-01 | A123456789012""",
    )

    assert groups(con) == of("case census")


def test_returns_of_one_case_system_share_its_ids() -> None:
    con = people(
        """who | id | source_system | forename | surname | dob
        case   | 00417 | mosaic  | Mia | Thornton | 2014-02-01
        return | 417   | annex_a |     |          | 2014-02-01
        police | 417   | police  | Tom | Ash      | 1990-05-05"""
    )

    assert groups(con) == of("case return", "police")


def test_an_id_that_was_given_to_somebody_else_joins_nobody() -> None:
    con = people(
        """who | id | source_system | forename | surname | dob
        first  | 417 | mosaic  | Mia   | Thornton | 2014-02-01
        second | 417 | eclipse | Jakub | Nowak    | 2003-11-30"""
    )

    assert groups(con) == of("first", "second")


def test_a_record_marked_as_a_duplicate_joins_the_one_that_replaced_it() -> None:
    con = people(
        """who | source_system | forename | surname | dob | is_duplicate_of
        old | mosaic | M.   | T        |            | new
        new | mosaic | Mia  | Thornton | 2014-02-01 |"""
    )

    assert groups(con) == of("old new")


def test_what_a_reviewer_parted_stays_apart_and_what_one_joined_stays_joined() -> None:
    rows = (
        MIA
        + """case   | mosaic     | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        school | attendance | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        police | police     | Zoe | Other    | 1999-12-30 | F | 9 High St   | ZZ8 8BB"""
    )

    con = people(rows, decisions=(("school", "case", "different"), ("case", "police", "same")))

    assert groups(con) == of("case police", "school")


def test_ids_stay_while_records_arrive_and_a_merger_keeps_the_older() -> None:
    con = people(
        MIA
        + """case   | mosaic     | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        tom    | mosaic     | Tom | Ash      | 2009-07-21 | M | 9 High St   | ZZ8 8BB"""
    )
    before = ids(con)

    people(MIA + "school | attendance | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA", con=con)

    assert ids(con) == {**before, "school": before["case"]}


def test_a_key_that_only_a_contact_holds_is_a_person_alone() -> None:
    con = empty()
    con.execute("INSERT INTO contact BY NAME SELECT 1 AS row_id, 'K' AS person_key")

    people("who | source_system | forename\nM | mosaic | Mia", con=con)

    assert groups(con) == of("K", "M")


def test_links_say_how_sure_they_are_and_by_what_means() -> None:
    con = people(
        """who | id | source_system | forename | surname | dob | postcode | upn
        case   | 417 | mosaic     | Mia | Thornton | 2014-02-01 | ZZ1 1AA | A123456789012
        return | 417 | annex_a    |     |          | 2014-02-01 |         |
        school | 9   | attendance | Mia | Thornton | 2014-02-01 | ZZ1 1AA | A123456789012
        alone  | 8   | police     | Tom | Ash      | 2009-07-21 | ZZ8 8BB |"""
    )

    told = con.execute("SELECT person_key, method FROM person_label ORDER BY person_key").fetchall()

    assert told == [("alone", "single"), ("case", "identifier"), ("return", "identifier"), ("school", "model")]
    assert con.execute("SELECT score FROM person_label WHERE person_key = 'alone'").fetchall() == [(1.0,)]
    assert con.execute("SELECT min(score) > 0.999 FROM person_label").fetchall() == [(True,)]


def test_a_thousand_records_that_say_the_same_are_no_person() -> None:
    con = empty()
    con.execute(
        "INSERT INTO person BY NAME SELECT range AS row_id, 'K' || range AS person_key, 'x' || range AS source_person_id, "
        "'police' AS source_system, 'Test' AS forename, 'Test' AS surname, DATE '2000-01-01' AS dob, 'ZZ1 1AA' AS postcode "
        "FROM range(3000)"
    )

    people("who | source_system | forename\nM | mosaic | Mia", con=con)

    assert max(len(each) for each in groups(con)) == 1
    assert con.execute("SELECT max(records) FROM link_warning WHERE what LIKE '%share%'").fetchall() == [(3000,)]


def test_an_unborn_child_is_followed_to_birth() -> None:
    con = people(
        """who | source_system | forename | surname | dob | expected_dob | address_line | postcode
        unborn  | mosaic     | Unborn | Thornton |            | 2014-02-20 | 3 Mill Lane | ZZ1 1AA
        sister  | attendance | Ava    | Thornton | 2011-05-03 |            | 3 Mill Lane | ZZ1 1AA
        born    | health     | Mia    | Thornton | 2014-02-01 |            | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("unborn born", "sister")


EXPECTED = "who | source_system | forename | surname | dob | expected_dob | address_line | postcode\n"


@pytest.mark.parametrize(
    ("forename", "days"),
    [
        ("Unborn", "|"),
        ("Unborn", "| 2025-03-04"),
        ("Unborn", "| 2022-03-04"),
        ("Unborn", "2022-03-04 |"),
        ("Un-born Baby", "|"),
        ("U/B", "|"),
        ("UBB", "|"),
        ("Baby Hughes", "|"),
        ("Baby of Ava", "|"),
        ("B/O Ava", "|"),
        ("TBC", "|"),
        ("", "|"),
    ],
)
def test_an_unborn_child_is_nobody_of_its_brothers_and_sisters(forename: str, days: str) -> None:
    con = people(
        EXPECTED
        + f"""unborn | mosaic | {forename} | Hughes | {days}      | 3 Mill Lane | ZZ1 1AA
        sister   | mosaic | Ava        | Hughes | 2012-03-04 | | 3 Mill Lane | ZZ1 1AA
        brother  | mosaic | Tom        | Hughes | 2020-03-04 | | 3 Mill Lane | ZZ1 1AA
        mother   | mosaic | Sarah      | Hughes |            | | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("unborn", "sister", "brother", "mother")


@pytest.mark.parametrize(
    ("unborn", "born"),
    [
        ("Unborn | Hughes | | 2025-03-04", "2025-03-04"),
        ("Unborn | Hughes | | 2025-03-04", "2025-04-01"),
        ("Unborn | Hughes | | 2025-03-04", "2024-12-20"),
        ("UB     | Hughes | 2025-03-04 |", "2025-02-11"),
        ("Unborn Hughes | Hughes | 2025-03-04 |", "2025-02-11"),
    ],
    ids=["on the day", "late", "early", "its day stands as that of birth", "its surname twice"],
)
def test_an_unborn_child_is_the_one_that_is_born_about_the_day_it_was_expected(unborn: str, born: str) -> None:
    con = people(
        EXPECTED
        + f"""unborn | mosaic | {unborn}                 | 3 Mill Lane | ZZ1 1AA
        born     | health | Mia    | Hughes | {born}     | | 3 Mill Lane | ZZ1 1AA
        sister   | mosaic | Ava    | Hughes | 2024-05-04 | | 3 Mill Lane | ZZ1 1AA"""
    )

    assert groups(con) == of("unborn born", "sister")


@pytest.mark.parametrize(
    ("little", "is_joined"),
    [
        ("     |            |              ", False),
        ("     |            | A123456789012", True),
        ("     | 2014-02-01 |              ", True),
        ("     | 2014-01-02 |              ", True),
        ("     | 2014-07-01 |              ", True),
        ("     | 2014-09-23 |              ", False),
        ("     | 2017-02-01 |              ", False),
        ("Mia  |            |              ", True),
    ],
    ids=[
        "nothing else",
        "a pupil number",
        "the day of birth",
        "day and month swapped",
        "a guess in the year of birth",
        "another day",
        "the day three years later",
        "the forename",
    ],
)
def test_surname_and_home_are_a_familys_so_that_one_of_it_is_told_by_more(little: str, is_joined: bool) -> None:
    con = people(
        f"""who | source_system | forename | dob | upn | surname | address_line | postcode
        case   | mosaic     | Mia | 2014-02-01 | A123456789012 | Thornton | 3 Mill Lane | ZZ1 1AA
        police | police     | {little}                         | Thornton | 3 Mill Lane | ZZ1 1AA"""
    )

    assert (groups(con) == of("case police")) is is_joined


@pytest.mark.parametrize(
    ("system", "one", "other", "is_joined"),
    [
        ("mosaic", "Unborn | | 2025-03-04", "Unborn | | 2025-03-04", False),
        ("health", "Unborn | | 2025-03-04", "Unborn | | 2025-03-04", True),
        ("mosaic", "Unborn | | 2025-03-04", "Mia | 2025-03-09 |", True),
        ("mosaic", "J | |", "Joseph | 2012-03-04 |", False),
        ("health", "J | |", "Joseph | 2012-03-04 |", True),
        ("mosaic", "J | 2012-03-04 |", "Joseph | 2012-03-04 |", True),
        ("mosaic", "Joseph | |", "Joseph | 2012-03-04 |", True),
    ],
    ids=[
        "two unborn of one system, who may be twins",
        "two unborn of two systems",
        "unborn and born",
        "an initial of one system, which may be a brother's",
        "an initial of two systems",
        "an initial and a birth",
        "a forename in full",
    ],
)
def test_within_one_system_an_initial_or_an_unborn_child_is_a_brothers_as_well(
    system: str, one: str, other: str, is_joined: bool
) -> None:
    con = people(
        f"""who | source_system | forename | dob | expected_dob | surname | address_line | postcode
        case  | mosaic   | {one}   | Hughes | 3 Mill Lane | ZZ1 1AA
        other | {system} | {other} | Hughes | 3 Mill Lane | ZZ1 1AA"""
    )

    assert (groups(con) == of("case other")) is is_joined


@pytest.mark.parametrize(("system", "is_joined"), [("mosaic", False), ("police", True)])
def test_in_lists_without_families_surname_and_home_join_two_sources_but_none_within_one(
    system: str, is_joined: bool
) -> None:
    con = empty()
    con.execute(
        "INSERT INTO person BY NAME SELECT range AS row_id, 'K' || range AS person_key, 'x' || range AS source_person_id, "
        "'mosaic' AS source_system, name AS forename, name AS surname, DATE '2000-01-01' + CAST(range * 7 AS INTEGER) AS dob, "
        "'ZZ9 ' || range AS postcode FROM (SELECT range, translate(CAST(range AS VARCHAR), '0123456789', 'abcdefghij') "
        "AS name FROM range(600))"
    )
    people(
        f"""who | source_system | forename | surname | dob | address_line | postcode
        case  | mosaic   | Mia | Thornton | 2014-02-01 | 3 Mill Lane | ZZ1 1AA
        other | {system} |     | Thornton |            | 3 Mill Lane | ZZ1 1AA""",
        con=con,
    )

    assert con.execute("SELECT holds FROM link_relatives").fetchall() == [(False,)]
    assert (frozenset({"case", "other"}) in groups(con)) is is_joined


@pytest.mark.parametrize(
    ("birth", "home", "is_one"),
    [
        ("          ", "9 High St | ZZ8 8BB", False),
        ("          ", "          |        ", False),
        ("          ", "3 Mill Lane |      ", True),
        ("          ", "          | ZZ1 1AA", True),
        ("1988-10-27", "9 High St | ZZ8 8BB", True),
    ],
    ids=["another home", "no home", "the house", "the postcode", "a birth"],
)
def test_names_alone_join_nobody_where_there_are_families(birth: str, home: str, is_one: bool) -> None:
    con = people(
        f"""who | source_system | forename | surname | dob | address_line | postcode
        health | health  | Fatema | Begum | 1988-10-27 | 3 Mill Lane | ZZ1 1AA
        house  | housing | Fatema | Begum | {birth}    | {home}"""
    )

    assert (groups(con) == of("health house")) is is_one
    assert con.execute("SELECT count(*) FROM link_pair").fetchall() == [(1,)], "a reviewer may know"


def test_what_stands_for_a_name_is_no_name() -> None:
    con = people(
        MIA
        + """one   | police | Unknown | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA
        other | health | Unknown | Ash      | 2014-02-01 | M | 9 High St   | ZZ8 8BB"""
    )

    assert con.execute("SELECT count(forename) FROM link_record").fetchall() == [(0,)]
    assert groups(con) == of("one", "other")


@pytest.mark.parametrize(
    ("forename", "surname", "born", "warned"),
    [
        ("NULL", "'S' || range", "NULL", "Records without forename"),
        ("'F' || range", "'Smith'", "NULL", "Records that all have the same surname"),
        (
            "'F' || range",
            "'S' || range",
            "make_date(2000 + range % 20, 1, 1)",
            "Records born on 1 January, as systems write that know the year alone",
        ),
    ],
)
def test_it_is_said_what_tells_nobody_apart(forename: str, surname: str, born: str, warned: str) -> None:
    con = empty()
    con.execute(
        "INSERT INTO person BY NAME SELECT range AS row_id, 'K' || range AS person_key, 'x' || range AS source_person_id, "
        f"'police' AS source_system, {forename} AS forename, {surname} AS surname, CAST({born} AS DATE) AS dob FROM range(1200)"
    )

    people("who | source_system | forename\nM | mosaic | Mia", con=con)

    assert (warned, 1200) in con.execute("SELECT what, records FROM link_warning").fetchall()
