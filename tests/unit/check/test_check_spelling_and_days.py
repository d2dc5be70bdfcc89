"""What rules on spelling and on swapped dates share does what a person would do by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.check.swapped_days import swapped
from earlyhelp.standard import eh_score

WORDS = ("School", "SCHOOL", "school", "Health", "health", "HEALTH", "GP")


def by_hand(words: Sequence[str]) -> list[int]:
    """The places of the words that are not as usual: usual is what stands oftenest, then what is not in one case."""
    usual: dict[str, str] = {}
    counted = Counter(words)
    for word in sorted(counted, key=lambda each: (-counted[each], each in (each.upper(), each.lower()), each)):
        usual.setdefault(word.lower(), word)
    return [place for place, word in enumerate(words, start=1) if usual[word.lower()] != word]


def named(words: Sequence[str]) -> list[int]:
    """The places of the words that the rule names."""
    with duckdb.connect() as con:
        con.execute("CREATE TABLE eh_score (row_id BIGINT, tool VARCHAR)")
        con.executemany("INSERT INTO eh_score VALUES (?, ?)", list(enumerate(words, start=1)))
        found = con.execute(f"SELECT row_id FROM ({in_other_capitals(eh_score.tool)}) ORDER BY ALL").fetchall()
    return [row for (row,) in found]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
def test_words_are_named_that_stand_oftener_in_other_capitals(words: list[str]):
    assert named(words) == by_hand(words)


def test_of_spellings_as_frequent_the_one_in_capitals_and_small_letters_is_usual():
    assert named(["SCHOOL", "School"]) == [1]
    assert named(["SCHOOL", "School", "SCHOOL"]) == [2]


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_is_swapped_with_its_month_where_that_is_another_day(day: date):
    other = date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None
    [(found,)] = duckdb.execute(f"SELECT {swapped('day')} FROM (SELECT DATE '{day}' AS day)").fetchall()
    assert found == other
