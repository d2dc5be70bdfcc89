"""The glossary of the documentation is a page too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from page_words import words_of

from earlyhelp.web.blocks_of_words import Term
from earlyhelp.web.glossary import terms, terms_in


def test_every_paragraph_that_begins_with_a_word_in_bold_is_a_term() -> None:
    text = "# Glossary\n\nSome words.\n\n**Wait**: the days from\nacceptance, see `B2`.\n\n**Caliper (of)**: how far.\n"
    assert terms_in(text) == (
        Term("Caliper (of)", "How far."),
        Term("Wait", "The days from acceptance, see B2."),
    )


def test_no_two_terms_of_the_glossary_have_the_same_place_on_the_page() -> None:
    anchors = [each.anchor for each in terms()]
    assert len(anchors) == len(set(anchors))
    assert all(anchors)


def test_the_page_holds_every_term_or_those_of_one_letter(client_as: Callable[..., Any]) -> None:
    viewer = client_as("partner")
    told = words_of(viewer.get("/glossary/"))
    assert "As-at date" in told
    assert all(each.meaning.split("`")[0][:30] in told for each in terms())
    some = words_of(viewer.get("/glossary/?letter=W"))
    assert "Worklist" in some
    assert "As-at date" not in some
