"""What a text may not hold before others read it: numbers that no certificate backs, counts in words, signs of a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.release import policy
from earlyhelp.release.free_text import plain_text, text_faults

DFE = policy("dfe")
PEOPLE = ["families", "children", "parents", "young people", "mothers", "cases", "referrals", "boys"]


def faults(text: str) -> list[str]:
    return [each.what for each in text_faults("changed", text, DFE)]


@pytest.mark.parametrize(
    "text",
    [
        "Families were met weekly for 6 weeks in 2024-25, then every 12 weeks.",
        "For children aged 5 to 11 and for under-5s, at level 3, in Key Stage 2.",
        "It took £12,000 a year and one worker for two days a week.",
        "Six to eight weeks of help, a review after three months, for 16 year olds.",
        "One plan for each family, and a single point of contact for parents.",
        "Outcome SF4 mattered most. Many families came sooner, most parents came twice.",
        "By 2025, waits were shorter.",
    ],
)
def test_what_tells_of_nobody_passes(text):
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("It helped 4 families.", "small count"),
        ("It helped \uff14 families.", "small count"),
        ("It helped 4\u200bfamilies.", "small count"),
        ("It helped \u2074 families.", "small count"),
        ("It helped 40 families.", "no certificate"),
        ("27% more were decided in time.", "no certificate"),
        ("In 2000 families the plan was closed.", "no certificate"),
        ("It reached over 30 households.", "no certificate"),
        ("Three of the families stepped down.", "in words"),
        ("Four lone parents came.", "in words"),
        ("One family in five stepped up.", "in words"),
        ("A handful of boys stayed away.", "in words"),
        ("Two of them moved.", "in words"),
        ("They live in SW18 2AB.", "postcode"),
        ("Mrs Smith led it.", "title"),
        ("Write to jo@council.example.", "e-mail"),
        ("It began on 3 May 2024.", "a day"),
        ("It began on 03/05/2024.", "a day"),
        ("It began on 2024-05-03.", "a day"),
        ("The number is 943 476 5919.", "NHS"),
        ("The record is 3fa85f6457170000.", "key"),
    ],
)
def test_what_tells_of_somebody_or_counts_is_refused(text, what):
    found = faults(text)
    assert found
    assert any(what in each for each in found)


@given(
    st.integers(0, 5000),
    st.sampled_from(PEOPLE),
    st.sampled_from(["{} {}", "about {} more {}", "{} of the {}", "({}) {}"]),
)
def test_no_number_before_people_passes_and_none_is_repeated_in_the_message(number, people, form):
    told = text_faults("changed", form.format(number, people), DFE)
    assert told
    assert not any(str(number) in each.what + each.fix for each in told)


@given(st.integers(1, 999))
def test_a_number_that_the_policy_would_hide_is_called_small_and_no_other(number):
    assert ("small count" in faults(f"{number} families")[0]) == DFE.hides(number)


def test_a_number_of_three_digits_is_called_small_where_the_policy_hides_as_many():
    wide = replace(DFE, highest=200)
    assert "small count" in text_faults("changed", "It helped 150 families.", wide)[0].what
    assert "no certificate" in text_faults("changed", "It helped 250 families.", wide)[0].what


@given(st.text(max_size=80))
def test_plain_text_is_the_same_when_read_twice_and_hides_nothing(text):
    once = plain_text(text)
    assert plain_text(once) == once
    assert "\u200b" not in once
    assert "\x00" not in once
