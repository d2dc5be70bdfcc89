"""A case study as a file: every field declared, the same when read again, and refused where it is not as one is written."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.errors import InputRefused
from earlyhelp.release.free_text import plain_text
from earlyhelp.reports.case_note import (
    BLANK,
    LARGEST,
    LONGEST,
    RECOGNISED,
    TAGGED_FROM,
    CaseStudy,
    as_toml,
    label_of,
    note_of,
    parsed,
)
from earlyhelp.standard import code_lists

WHERE = "note.toml"
TEXTS = dict.fromkeys(LONGEST, "Some words.")


def note(**more: object) -> CaseStudy:
    return CaseStudy(**{**TEXTS, "tags": ("SF6",), **more})


def read(told: CaseStudy) -> CaseStudy:
    return note_of(parsed(as_toml(told).encode(), WHERE), WHERE)


@given(
    st.fixed_dictionaries(
        {
            name: st.text(max_size=100).map(plain_text).filter(bool).map(lambda text: text[:100].strip() or "x")
            for name in LONGEST
        }
    )
)
def test_a_note_is_the_same_when_it_is_read_again(texts):
    plain = {name: plain_text(text) or "x" for name, text in texts.items()}
    told = CaseStudy(**plain, tags=("SF6", "targeted"), figures=("C0123456789",))
    assert read(told) == told


def test_a_shared_note_carries_its_council_and_what_was_told_and_no_certificate():
    told = note(council="E09000032", council_name="Wandsworth", told=("Decisions in time: 40.0%.",))
    assert read(told) == told
    assert "figures" not in as_toml(told)
    assert told.name == "e09000032-some-words"


def test_the_blank_names_every_field_and_is_no_note_yet():
    told = tomllib.loads(BLANK)
    assert set(told) == {*LONGEST, "figures", "tags", RECOGNISED}
    told.pop(RECOGNISED)
    with pytest.raises(InputRefused, match="title is missing"):
        note_of(told, WHERE)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": ""}, "title is missing"),
        ({"tried": 5}, "tried is missing"),
        ({"contact": "x" * 201}, "contact is longer than 200"),
        ({"tags": []}, "tags are codes"),
        ({"tags": ["nothing"]}, "tags are codes"),
        ({"tags": "SF6"}, "tags is no list"),
        ({"tags": [["SF6"]]}, "tags is no list"),
        ({"figures": ["../../etc"]}, "figures are certificates"),
        ({"figures": ["C0123456789"] * 11}, "figures is no list"),
        ({"told": ["x" * 401]}, "told is no list"),
        ({"score": 1}, "a field that there is not"),
        ({"council": "../E09"}, "no council's code"),
        ({"council": 5}, "no council's code"),
        ({"council_name": "x" * 81}, "council_name is no name"),
    ],
)
def test_what_is_no_note_is_refused_by_the_field_and_quotes_nothing(change, why):
    with pytest.raises(InputRefused, match=why) as refused:
        note_of({**TEXTS, "tags": ["SF6"], **change}, WHERE)
    assert "../" not in refused.value.error


@pytest.mark.parametrize("content", [b"\xff\xfe", b"title = ", b"x" * (LARGEST + 1), b"[" * 5000])
def test_what_is_no_toml_or_too_large_is_refused(content):
    with pytest.raises(InputRefused):
        parsed(content, WHERE)


def test_the_name_of_a_file_is_made_of_letters_digits_and_hyphens_alone():
    assert note(title="../../etc/passwd\n; rm").name == "etc-passwd-rm"
    assert note(title="ÄÖ").name == "note"


def test_every_tag_of_the_lists_has_its_words():
    assert all(label_of(code) for name in TAGGED_FROM for code in code_lists()[name].codes)
    assert label_of("nothing") is None
