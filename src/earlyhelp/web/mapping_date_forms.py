"""What is asked of a column of dates that do not tell by themselves what they mean, in words and by its own examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms

from earlyhelp.ingest.mapping.dates import Asks
from earlyhelp.ingest.values import USUALLY, DateOrder, DayNumbers, HowWritten, ShortYears, read_date
from earlyhelp.reports.wording import in_words


class _Asked(NamedTuple):
    """A kind of question in words, and each answer with how an invented date reads by it.

    `wanted`: what is to be said. The invented date is for whoever may not see those of the file.
    """

    question: str
    wanted: str
    answers: Mapping[HowWritten, tuple[str, str]]


_ASKED = {
    Asks.ORDER: _Asked(
        "which stands first, the day or the month?",
        "which stands first, the day or the month",
        {
            DateOrder.DAY_FIRST: ("The day stands first", "31/03/2025 is 31 March 2025"),
            DateOrder.MONTH_FIRST: ("The month stands first", "03/31/2025 is 31 March 2025"),
        },
    ),
    Asks.NUMBERS: _Asked(
        "what are the numbers under it?",
        "what its numbers are",
        {
            DayNumbers.SINCE_1900: ("Days, as Excel counts them", "45383 is 1 April 2024"),
            DayNumbers.SINCE_1904: ("Days, as Excel for the Mac once counted them", "43921 is 1 April 2024"),
            DayNumbers.NO_DATES: ("No dates: they are told as faulty", ""),
        },
    ),
    Asks.YEARS: _Asked(
        "what are its years of two digits?",
        "what its years are",
        {
            ShortYears.LAST: ("The last years so far that end so", "31/03/12 is 31 March 2012"),
            ShortYears.NONE: ("No years: the dates are told as faulty", ""),
        },
    ),
}


def how_written(value: str) -> HowWritten:
    """The answer that a field's value stands for. Raises KeyError for none."""
    return {str(each): each for asked in _ASKED.values() for each in asked.answers}[value]


def date_field(asked: Mapping[str, Any], today: date) -> forms.ChoiceField:
    """The question of one column: nothing is chosen beforehand but what speaks for itself, or what was said before."""
    heading, told = asked["heading"], _ASKED[asked["asks"]]
    missing = f"{heading}: say {told.wanted}."
    return forms.ChoiceField(
        label=f"{heading}: {told.question}",
        help_text=f"{_why(asked)} For example: {'; '.join(asked['examples'])}.",
        choices=[(str(each), _answer(asked["examples"], each, *words, today)) for each, words in told.answers.items()],
        initial=asked["likely"],
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


def _why(asked: Mapping[str, Any]) -> str:
    rows = f"{asked['rows']:,} row{'s' * (asked['rows'] != 1)}"
    if asked["asks"] == Asks.NUMBERS:
        return f"In {rows} a number stands where a date is expected."
    if asked["asks"] == Asks.YEARS:
        return f"In {rows} the year has two digits."
    if asked["likely"] == DateOrder.MONTH_FIRST:
        return f"Some of its dates have the month first; {rows} could be read either way, or are of that kind."
    return f"{rows[0].upper()}{rows[1:]} could be read either way, and nothing in the column settles it."


def _answer(examples: Sequence[str], answer: HowWritten, words: str, invented: str, today: date) -> str:
    """An answer with what the first example means by it."""
    reads = _reads(examples, answer, today) or (f"for example {invented}" if invented else "")
    return f"{words}: {reads}" if reads else words


def _reads(examples: Sequence[str], answer: HowWritten, today: date) -> str:
    """What the first example that is a date by this answer means; nothing where what is shown is its shape alone."""
    for text in examples:
        if day := read_date(text, USUALLY.as_said((answer,)), today).value:
            return f"{text} is {in_words(day)}"
    return ""
