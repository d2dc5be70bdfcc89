"""How a printed table's columns share its width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.reports.column_widths import column_widths

WORDS = st.text("ab ", max_size=60)


def test_a_column_of_long_texts_takes_what_short_figures_leave() -> None:
    figures, texts = column_widths(
        ("n", "what it means"), [("28.9", "to pay for itself it would have to avoid " * 4)], 100
    )
    assert figures == pytest.approx(8.9 / 100), "four characters, three of them digits, and the edges"
    assert texts == pytest.approx(91.1 / 100)


def test_short_texts_stay_on_one_line_before_longer_ones_get_more() -> None:
    rows = [("Courts, legal aid, prisons, probation and youth justice " * 2, "2026-04 to 2027-03")]
    _, year = column_widths(("agency", "year"), rows, 60)
    assert year * 60 > 18 + 4, "18 characters and the edges"


def test_no_column_is_narrower_than_its_longest_word_while_there_is_room() -> None:
    came, rest = column_widths(("came", "stage"), [("6,417", "word " * 80)], 60)
    assert came * 60 >= len("6,417")
    assert rest > came


def test_words_at_the_head_run_over_lines_before_figures_do() -> None:
    told, _ = column_widths(("how many were closed and came again", "what"), [("7", "text " * 40)], 60)
    assert told * 60 == pytest.approx(6 + 1 + 4), "the longest word of the head, in bold"


def test_a_table_that_is_too_wide_still_gives_every_column_something() -> None:
    widths = column_widths([""] * 9, [["certificate-of-a-long-name"] * 9], 40)
    assert widths == pytest.approx([1 / 9] * 9)


@given(st.integers(1, 8).flatmap(lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=1, max_size=6)))
def test_the_shares_are_positive_and_fill_the_table(rows: list[list[str]]) -> None:
    widths = column_widths(rows[0], rows[1:], 100)
    assert len(widths) == len(rows[0])
    assert min(widths) > 0
    assert sum(widths) == pytest.approx(1)
