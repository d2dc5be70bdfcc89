"""Names as linkage compares them: spellings of one name, names that stay apart, and by which of its names a child is told."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.link.names import (
    LETTERS,
    calling_name,
    family_name,
    family_table,
    forms,
    given_names,
    given_table,
    known,
    name_table,
    said,
    sound,
    usual,
)

LIST = (files("earlyhelp.link") / "forenames.csv").read_text("utf-8")
LINES = list(csv.reader(LIST.splitlines()))
LISTED = sorted({name for line in LINES for name in line})

PARTS = [
    "MOHAMMED",
    "MD",
    "ABDUL",
    "ABD",
    "AL",
    "SYED",
    "SINGH",
    "KAUR",
    "HASSAN",
    "LILY",
    "MAE",
    "XIAO",
    "MING",
    "UD",
    "DIN",
]
PARTS += [
    "BABY",
    "TWIN",
    "MISS",
    "J",
    "O",
    "BRIEN",
    "VAN",
    "DER",
    "OLUWA",
    "SEUN",
    "RAHMAN",
    "SAINT",
    "EL",
    "BIN",
    "JR",
]
WRITTEN = st.lists(
    st.sampled_from(PARTS) | st.text("ABCDEILMNOSU", min_size=1, max_size=9), min_size=1, max_size=5
).map(" ".join)
ONE_NAME = st.sampled_from(LISTED) | st.text("ABCDEGHILMNOSUWY", min_size=1, max_size=12)


def letters(name: str | None) -> str | None:
    row = duckdb.execute(f"SELECT {LETTERS.format(name='name')} FROM (SELECT ?::VARCHAR AS name)", [name]).fetchone()
    return row[0] if row else None


# The list


def test_every_name_of_the_list_is_in_plain_capitals():
    assert [name for name in LISTED if not re.fullmatch("[A-Z]{2,}", name)] == []


def test_the_list_is_long_enough_and_in_order():
    assert len([line for line in LINES if len(line) > 1]) >= 400
    assert LIST.splitlines() == sorted(LIST.splitlines(), key=lambda line: line.split(",")[0])


def test_no_line_names_a_form_twice():
    assert [line for line in LINES if len(set(line)) < len(line)] == []


def test_a_usual_form_stands_in_no_other_line():
    found = Counter(name for line in LINES for name in set(line))
    assert [line[0] for line in LINES if found[line[0]] > 1] == []


def test_names_that_share_a_form_are_few_against_all():
    """A form of several names says less: many of them would mean that lines were written without looking."""
    found = Counter(name for line in LINES for name in set(line))
    assert len([name for name, lines in found.items() if lines > 1]) < len(LISTED) / 20


def test_no_form_stands_in_more_than_six_lines():
    found = Counter(name for line in LINES for name in set(line))
    assert {name: lines for name, lines in found.items() if lines > 6} == {}


def test_names_that_begin_with_god_are_left_to_what_follows():
    assert [name for name in LISTED if name.startswith("OLUWA")] == []


# One name in several spellings


@pytest.mark.parametrize(
    "spellings",
    [
        "MOHAMMED MUHAMMAD MOHAMED MOHD MD MEHMET MAXAMED",
        "HUSSEIN HUSSAIN HOSSAIN HUSEYIN XUSEEN",
        "HASSAN HASAN XASAN",
        "AISHA AYESHA AYSE CAISHA AISHATU",
        "FATIMA FATEMA FATMA FATOUMATA",
        "YUSUF YOUSEF YUUSUF YOUSSOUF",
        "ABDULRAHMAN ABDIRAHMAN CABDIRAXMAAN ABDERRAHMANE",
        "ZAINAB ZEYNEP SAYNAB",
        "KHADIJA HATICE KADIATU",
        "SARAH SARA",
        "ELIZABETH LIZ LIZZIE ELZBIETA",
        "CATHERINE KATE KATARZYNA KATERYNA ECATERINA",
        "MICHAEL MIKE MICHAL MYKHAILO MIHAI",
        "OLIVER OLIWIER",
        "SOFIA SOPHIA ZOFIA",
        "KULDIP KULDEEP",
        "JASWINDER JASVINDER",
        "LAKSHMI LAXMI LUXMI",
        "POOJA PUJA",
        "GEOFFREY JEFF",
        "SEAN SHAUN",
        "NEVE NIAMH",
        "OLEKSII ALEXEI",
        "CHUKWUEMEKA EMEKA",
        "OLUWASEUN SEUN",
        "FUNMILAYO OLUWAFUNMILAYO",
    ],
)
def test_spellings_of_one_name_have_one_usual_form(spellings):
    assert len({usual(name) for name in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("short", "names"),
    [
        ("HARRY", "HAROLD HARRISON HENRY"),
        ("ALEX", "ALEXANDER ALEXANDRA ALEXIS"),
        ("SAM", "SAMANTHA SAMSON SAMUEL"),
        ("CHARLIE", "CHARLES CHARLOTTE"),
        ("JACK", "JACKSON JOHN"),
        ("MAX", "MAXIM MAXIMILIAN MAXINE MAXWELL"),
        ("BETH", "BETHANY ELIZABETH"),
        ("TEDDY", "EDMUND EDWARD THEODORA THEODORE"),
    ],
)
def test_a_short_form_of_several_names_stays_itself_and_knows_them_all(short, names):
    assert usual(short) == short
    assert known(short) is None
    assert forms(short) == tuple(names.split())


def test_an_unlisted_name_is_its_own_usual_form_and_is_not_known():
    assert (usual("QWERTIN"), known("QWERTIN"), forms("QWERTIN")) == ("QWERTIN", None, ())


# Names that brothers, sisters and twins carry


@pytest.mark.parametrize(
    "pair",
    [
        "HASSAN HUSSEIN",
        "HASAN HUSAIN",
        "HASSAN HASNAIN",
        "TAIWO KEHINDE",
        "LUKE LUCA",
        "LUKE LUCAS",
        "ANNA HANNAH",
        "MARIA MARIAM",
        "MARIA MARY",
        "MARIAM MARY",
        "MARIA MARIE",
        "DANIEL DANIELLE",
        "ALEXANDER ALEXANDRA",
        "GABRIEL GABRIELLA",
        "AMIR AMIRA",
        "SAMIR SAMIRA",
        "KARIM KARIMA",
        "JAYDEN KAYDEN",
        "JACK JAKE",
        "ELLA ELLIE",
        "EMMA EMILY",
        "EVA AVA",
        "SOPHIA SOPHIE",
        "ISABELLA ELIZABETH",
        "JOHN JONATHAN",
        "LIAM WILLIAM",
        "CHARLES CHARLOTTE",
        "HENRY HAROLD",
        "FREDDIE TEDDY",
        "MANDEEP SANDEEP",
        "HARPREET GURPREET",
        "JASPREET JASLEEN",
        "SUKHDEEP SUKHWINDER",
        "MOHAMMED MAHMOOD",
        "AHMED HAMED",
        "AYAAN RAYAAN",
        "ZAIN ZAYAN",
        "ZAID ZIYAD",
        "SALIM SALMAN",
        "SALEH SALAH",
        "YUSUF YUNUS",
        "IBRAHIM ISMAIL",
        "AMINA AMNA",
        "ALI ALIA",
        "ABDULLAH ABDULRAHMAN",
        "ADAM ADAN",
        "RYAN RAYAN",
        "LAILA LYLA",
        "SARA ZARA",
    ],
)
def test_names_that_one_family_gives_to_two_children_share_no_line(pair):
    one, other = pair.split()
    assert forms(one)
    assert forms(other)
    assert set(forms(one)).isdisjoint(forms(other))
    assert usual(one) != usual(other)
    assert said(one) != said(other)


def test_hassan_and_hussein_sound_alike_so_that_only_the_list_parts_them():
    assert sound("HASSAN") == sound("HUSSEIN")
    assert known("HASAN") != known("HOSSAIN")


# Sounds


def test_spellings_of_one_name_sound_alike_and_a_misspelt_unlisted_name_like_the_right_one():
    assert sound("AYESHA") == sound("AISHA")
    assert sound("STEFFEN") == sound("STEPHIN")
    assert sound("SMITH") != sound("JONES")


def test_a_name_in_which_nothing_is_heard_sounds_as_it_is_written():
    assert sound("H") == "H"


@given(ONE_NAME)
def test_every_name_has_a_sound_of_at_most_six_signs_or_its_own_letters(name):
    assert 0 < len(sound(name)) <= 6 or sound(name) == name


@pytest.mark.parametrize(
    "pair",
    [
        "ZARA ZAHRA",
        "ALICIA ALISHA",
        "ALYCIA ALYSHA",
        "RHIANNON RIANON",
        "SELINA CELINA",
        "CAMRON KAMRON",
        "SOFIYA SOPHIYA",
        "QAMAR KAMAR",
    ],
)
def test_two_spellings_of_one_name_are_said_alike_though_each_may_be_listed_for_itself(pair):
    one, other = pair.split()
    assert said(one) == said(other)


@pytest.mark.parametrize(
    "pair",
    [
        "JAMIE AMIE",
        "KELLY KEELEY",
        "MILA MYLA",
        "MIA MAYA",
        "RAYAN RAYHAN",
        "TALA TALHA",
        "HASSAN HUSSEIN",
        "HAMED HAMID",
        "ELI ELLIE",
        "KATIE KACEY",
        "NICOLA NICHOLAS",
        "EDEN AIDEN",
        "TRIX TRISH",
    ],
)
def test_names_that_sound_much_alike_and_are_two_are_said_otherwise(pair):
    one, other = pair.split()
    assert said(one) != said(other)


def test_few_names_that_the_list_holds_apart_are_said_alike():
    """Each such pair is no contradiction any more: many would mean that a spelling is taken for a sound that it is not."""
    lines = {}
    for name in LISTED:
        if known(name):
            lines.setdefault(said(name), set()).add(known(name))
    assert len([names for names in lines.values() if len(names) > 1]) < len(lines) / 100


# By which forename somebody is told


@pytest.mark.parametrize(
    ("forenames", "calling"),
    [
        ("JACK", "JACK"),
        ("JACK JAMES", "JACK"),
        ("LILY MAE", "LILY"),
        ("MOHAMMED", "MOHAMMED"),
        ("MOHAMMED HASSAN", "HASSAN"),
        ("MD HASSAN ALI", "HASSAN"),
        ("MOHAMMED MOHAMMED", "MOHAMMED"),
        ("MUHAMMAD A", "MUHAMMAD"),
        ("AHMED MOHAMMED", "AHMED"),
        ("SYED MOHAMMED ALI", "ALI"),
        ("SYED", "SYED"),
        ("HARPREET KAUR", "HARPREET"),
        ("KAUR HARPREET", "HARPREET"),
        ("M HASSAN", "HASSAN"),
        ("J", "J"),
        ("ABDUL", "ABDUL"),
        ("ABDUL RAHMAN", "ABDULRAHMAN"),
        ("ABD AL RAHMAN", "ABDALRAHMAN"),
        ("MOHAMMED ABDUL RAHMAN", "ABDULRAHMAN"),
        ("SALAH UD DIN", "SALAHUDDIN"),
        ("MD JALAL UDDIN", "JALALUDDIN"),
        ("OLUWA SEUN", "OLUWASEUN"),
        ("XIAO MING", "XIAOMING"),
        ("KA WAI", "KAWAI"),
        ("KAI LEE", "KAI"),
        ("MISS ANNE", "ANNE"),
        ("BABY", ""),
        ("BABY BOY", ""),
        ("UNBORN", ""),
        ("TWIN TWO", ""),
        ("BABY ROSE", "ROSE"),
        ("UB", ""),
        ("U B", ""),
        ("UBB", ""),
        ("UN BORN", ""),
        ("UNBORN BABY", ""),
        ("NOT YET BORN", ""),
        ("BABY OF SARAH", ""),
        ("BABY BOY OF SARAH JANE", ""),
        ("B O SARAH", ""),
        ("TO BE CONFIRMED", ""),
        ("NOT YET NAMED", ""),
        ("UNBORN ROSE", "ROSE"),
        ("NOT KNOWN", ""),
        ("", ""),
    ],
)
def test_a_child_is_told_by_the_forename_that_its_brothers_and_sisters_do_not_carry(forenames, calling):
    assert calling_name(forenames) == calling


def test_muslim_twins_are_told_by_their_second_names_and_chinese_sisters_by_both_syllables():
    assert usual(calling_name("MOHAMMED HASSAN")) != usual(calling_name("MUHAMMAD HUSSAIN"))
    assert calling_name("KA WAI") != calling_name("KA MAN")


def test_all_given_names_are_kept_one_by_one():
    assert given_names("SYED MD ABDUR RAHMAN KHAN") == ("SYED", "MD", "ABDURRAHMAN", "KHAN")
    assert given_names("MISS LILY MAE") == ("LILY", "MAE")


# Surnames


@pytest.mark.parametrize(
    ("surnames", "family"),
    [
        ("SMITH", "SMITH"),
        ("SMITH JONES", "SMITHJONES"),
        ("GARCIA LOPEZ", "GARCIALOPEZ"),
        ("VAN DER BERG", "VANDERBERG"),
        ("DA SILVA", "DASILVA"),
        ("MAC DONALD", "MACDONALD"),
        ("O BRIEN", "OBRIEN"),
        ("D SOUZA", "DSOUZA"),
        ("AL MASRI", "ALMASRI"),
        ("EL MASRI", "ALMASRI"),
        ("ALLEN", "ALLEN"),
        ("KAUR GILL", "GILL"),
        ("SINGH GILL", "GILL"),
        ("KAUR", "KAUR"),
        ("KHATUN BEGUM", "KHATUNBEGUM"),
        ("SAINT JOHN", "STJOHN"),
        ("SMITH JR", "SMITH"),
        ("BIN SALMAN", "SALMAN"),
        ("SMITH J", "SMITH"),
        ("A", "A"),
    ],
)
def test_a_surname_is_one_word_without_what_most_of_a_community_carry(surnames, family):
    assert family_name(surnames) == family


# Said twice, the same


@given(ONE_NAME)
def test_the_usual_form_of_a_usual_form_is_itself(name):
    assert usual(usual(name)) == usual(name)


@given(WRITTEN)
@settings(max_examples=300)
def test_a_calling_name_is_one_word_and_its_own_calling_name(forenames):
    calling = calling_name(forenames)
    assert " " not in calling
    assert calling_name(calling) == calling


@given(WRITTEN)
@settings(max_examples=300)
def test_a_family_name_is_one_word_with_letters_and_its_own_family_name(surnames):
    family = family_name(surnames)
    assert re.fullmatch("[A-Z]+", family)
    assert family_name(family) == family


@given(WRITTEN)
def test_a_calling_name_is_made_of_letters_that_were_told_and_of_endings_and_articles(forenames):
    assert set(calling_name(forenames)) <= set(forenames) | set("UDDIN") | set("AL")


# Letters


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Łukasz", "LUKASZ"),
        ("Małgorzata", "MALGORZATA"),
        ("I\u015f\u0131l", "ISIL"),
        ("İbrahim", "IBRAHIM"),
        ("Ștefan", "STEFAN"),
        ("Şerban", "SERBAN"),
        ("Țepeș", "TEPES"),
        ("Nguyễn", "NGUYEN"),
        ("Đặng", "DANG"),
        ("Groß", "GROSS"),
        ("Søren", "SOREN"),
        ("Æsa", "AESA"),
        ("Þór", "THOR"),
        ("Adébáyọ̀", "ADEBAYO"),
        ("Cafe\u0301", "CAFE"),
        ("O\u2019Brien", "OBRIEN"),
        ("O'Brien", "OBRIEN"),
        ("O`Brien", "OBRIEN"),
        ("D\u00b4Souza", "DSOUZA"),
        ("\u02bfAli", "ALI"),
        ("Anne-Marie", "ANNE MARIE"),
        ("Anne\u2013Marie", "ANNE MARIE"),
        ("Smith/Jones", "SMITH JONES"),
        ("Lukasz?", "LUKASZ"),
        ("Szyma\ufffdska", "SZYMASKA"),
        ("Anna ? Maria", "ANNA MARIA"),
        ("Mia\tRose", "MIA ROSE"),
        ("  van  der Berg ", "VAN DER BERG"),
        ("Иван", None),
        (" - ", None),
        ("", None),
        (None, None),
    ],
)
def test_letters_of_every_european_spelling_are_told_in_plain_capitals(written, told):
    assert letters(written) == told


# Tables


def test_the_table_of_names_tells_usual_form_sound_and_what_is_known():
    con = duckdb.connect()
    name_table(con, ["HARRY", "HASAN", "QWERTIN", "HASAN"])
    assert con.execute("SELECT name, usual, known, forms FROM link_name ORDER BY name").fetchall() == [
        ("HARRY", "HARRY", None, "|HAROLD|HARRISON|HENRY|"),
        ("HASAN", "HASSAN", "HASSAN", "|HASSAN|"),
        ("QWERTIN", "QWERTIN", None, "|QWERTIN|"),
    ]
    assert con.execute("SELECT sound FROM link_name WHERE name = 'HASAN'").fetchall() == [(sound("HASAN"),)]


def test_the_tables_of_all_forenames_and_surnames_tell_each_once():
    con = duckdb.connect()
    given_table(con, ["MD HASAN", "TWIN ONE", "MD HASAN"])
    family_table(con, ["KAUR GILL"])
    assert con.execute("SELECT * FROM link_given ORDER BY forenames").fetchall() == [
        ("MD HASAN", "HASAN", "|MOHAMMED|HASSAN|"),
        ("TWIN ONE", None, "||"),
    ]
    assert con.execute("SELECT * FROM link_family").fetchall() == [("KAUR GILL", "GILL", sound("GILL"))]


def test_no_name_at_all_makes_empty_tables():
    con = duckdb.connect()
    name_table(con, [])
    given_table(con, [])
    assert con.execute("SELECT count(*) FROM link_name, link_given").fetchall() == [(0,)]
