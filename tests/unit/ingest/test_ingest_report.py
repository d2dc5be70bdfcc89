"""What the report of a feed tells: words to be mapped without naming anybody, and what has changed since the last load."""

from __future__ import annotations

import pytest

from earlyhelp.ingest.drift import drift_against
from earlyhelp.ingest.feed_report import listable


@pytest.mark.parametrize(
    "text",
    [
        "Police - MASH",
        "Early Help Hub",
        "Fam Sup Tier 2",
        "Library card",
        "5E",
        "WBTR",
        "RC10",
        "Mixed - see file",
        "Mum low mood",
        "Mother Depressed",
        "Child Protection plan",
        "Parent Support Group",
        "St Mary's Primary School",
        "Step Down from CIN",
        "Moved to another road",
        "Family Hub 2 North",
        "White British",
        "White Polish",
        "Black",
        "Young Carer",
        "TBC",
    ],
)
def test_a_word_to_be_mapped_is_shown_as_it_stands(text):
    assert listable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zebedee Quillfeather", "Aaaaaaa Aaaaaaaaaaaa"),
        ("QUILLFEATHER Zebedee", "AAAAAAAAAAAA Aaaaaaa"),
        ("seen by mrs jones", "aaaa aa aaa aaaaa"),
        ("z.q@example.org", "a.a@aaaaaaa.aaa"),
        ("born 19/07/2011", "aaaa 99/99/9999"),
        ("943 476 5919", "999 999 9999"),
        ("9434765919", "9999999999"),
        ("Mum Zelda Quill low mood", "Aaa Aaaaa Aaaaa aaa aaaa"),
        ("Mum Zelda low mood", "Aaa Aaaaa aaa aaaa"),
        ("sent by nan Zelda Quill", "aaaa aa aaa Aaaaa Aaaaa"),
        ("Zebedee White", "Aaaaaaa Aaaaa"),
        ("Z. Young", "A. Aaaaa"),
        ("Moved to 12 Quill Road", "Aaaaa aa 99 Aaaaa Aaaa"),
        ("Moved to ZZ1 9QQ", "Aaaaa aa AA9 9AA"),
        ("moved to zz19qq", "aaaaa aa aa99aa"),
        ("x" * 61, "a" * 24 + "... (61 characters)"),
    ],
)
def test_what_may_speak_about_a_person_is_shown_in_shape(text, shown):
    assert listable(text) == shown


def feed(*parts, source="annex_a", unmapped=()):
    values = [{"table": "contact", "column": "source_code", "value": value, "count": 1} for value in unmapped]
    return {"source": source, "parts": list(parts), "unmapped_values": values}


def part(name, title, columns, rows=10, unread=()):
    return {
        "part": name,
        "list": title,
        "table": "contact",
        "rows_read": rows,
        "columns": list(columns),
        "columns_not_read": list(unread),
    }


def kinds(report, *earlier):
    return [(each["kind"], each["column"]) for each in drift_against(report, earlier)]


def test_the_first_load_of_a_source_has_nothing_to_differ_from():
    assert kinds(feed(part("a", "List 1", "xy"), unmapped=["Vicar"])) == []
    assert kinds(feed(part("a", "List 1", "xy")), feed(part("a", "List 1", "x"), source="ssd")) == []


def test_columns_that_come_and_go_are_told_whatever_the_file_is_called():
    before, now = part("contact_2025_04", "contact", "abc"), part("contact_2025_05", "contact", "abd")
    assert kinds(feed(now), feed(before)) == [("column_gone", "c"), ("column_new", "d")]


def test_a_column_nobody_reads_is_new_too():
    assert kinds(feed(part("a", "List 1", "ab", unread=["notes"])), feed(part("a", "List 1", "ab"))) == [
        ("column_new", "notes")
    ]


def test_a_list_is_held_against_the_same_list_and_not_against_another_of_the_same_table():
    earlier = [feed(part("List 3", "List 3", "abc")), feed(part("List 4", "List 4", "xyz"))]
    assert kinds(feed(part("List 3", "List 3", "abc")), *earlier) == []


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [(40, 30, False), (40, 21, False), (40, 20, True), (20, 40, True), (0, 40, True), (19, 1, False)],
)
def test_half_or_twice_the_rows_of_the_last_load_is_told_unless_both_are_few(now, then, told):
    found = kinds(feed(part("a", "List 1", "ab", now)), feed(part("a", "List 1", "ab", then)))
    assert found == ([("volume", None)] if told else [])


def test_a_word_is_new_when_no_earlier_load_of_the_source_had_it():
    january, february = (feed(part("a", "List 1", "a"), unmapped=words) for words in (["Vicar"], []))
    march = feed(part("a", "List 1", "a"), unmapped=["Vicar", "Verger"])
    assert [each["words"] for each in drift_against(march, [january, february])] == ["New unmapped word: Verger."]
