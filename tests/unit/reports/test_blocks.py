"""Content blocks: what cannot be made since it would leave a reader out, and what goes on paper."""

from __future__ import annotations

import pytest

from earlyhelp.reports.blocks import (
    Bullets,
    Content,
    Figure,
    Heading,
    MayNotSay,
    Note,
    TableBlock,
    Text,
    printed,
    texts,
)

TABLE = TableBlock("Waits", ("team", "days"), (("North", "12"), ("South", "too few to say")), (1,))
SPEC = {"mark": "bar"}


def content(*blocks) -> Content:
    return Content("A paper", "As at a day", "Thornbridge", (Heading(1, "First"), *blocks))


def test_a_chart_without_words_for_it_cannot_be_made():
    with pytest.raises(ValueError, match="do not see it"):
        Figure("Waits by team", SPEC, " ", TABLE)


def test_a_chart_without_its_table_cannot_be_made():
    with pytest.raises(ValueError, match="its table"):
        Figure("Waits by team", SPEC, "Bars of waits.", None)


@pytest.mark.parametrize(
    ("caption", "columns", "rows", "said"),
    [
        ("Waits", ("team", "days"), (), "rows"),
        ("Waits", ("team", "days"), (("North",),), "a cell for each column"),
        ("Waits", ("team", "days"), (("North", ""),), "say why there is nothing"),
        (" ", ("team",), (("North",),), "caption"),
    ],
    ids=["no rows", "a row too short", "an empty cell", "no caption"],
)
def test_a_table_that_cannot_be_read_aloud_cannot_be_made(caption, columns, rows, said):
    with pytest.raises(ValueError, match=said):
        TableBlock(caption, columns, rows)


@pytest.mark.parametrize("make", [lambda: Text(""), lambda: Note(" "), lambda: Bullets(()), lambda: Heading(4, "Deep")])
def test_a_block_without_words_or_of_no_level_cannot_be_made(make):
    with pytest.raises(ValueError, match=r"words|level|item"):
        make()


def test_headings_begin_at_level_1_and_skip_no_level():
    with pytest.raises(ValueError, match="skip no level"):
        content(Heading(3, "Third"))
    with pytest.raises(ValueError, match="begin at level 1"):
        Content("A paper", "", "Thornbridge", (Text("No heading."),))
    assert content(Heading(2, "Second"), Heading(3, "Third"), Heading(1, "Again")).headings[-1].text == "Again"


def test_on_paper_a_long_table_moves_to_an_annex_and_a_short_one_stays():
    long = Figure("Long", SPEC, "Many bars.", TABLE, in_annex=True)
    short = Figure("Short", SPEC, "Few bars.", TableBlock("Short", ("a",), (("1",),)))
    shown = printed(content(long, short))
    assert [each for each in shown.blocks if isinstance(each, TableBlock)] == [TABLE]
    assert shown.headings[-1].text.startswith("Annex")
    assert printed(content(short)) == content(short)


def test_what_may_not_be_said_is_no_claim_of_the_document_and_everything_else_is():
    figure = Figure("Title of it", SPEC, "Words for it.", TABLE)
    claimed = list(
        texts(content(Text("Said."), MayNotSay(("That it caused anything.",)), figure, Bullets(("Point.",))))
    )
    assert "That it caused anything." not in claimed
    assert {
        "A paper",
        "First",
        "Said.",
        "Point.",
        "Title of it",
        "Words for it.",
        "Waits",
        "days",
        "too few to say",
    } <= set(claimed)
