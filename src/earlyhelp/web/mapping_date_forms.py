"""What is asked of a column of dates that do not tell by themselves what they mean, in words and by its own examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from earlyhelp.ingest.mapping.dates import Asks
from earlyhelp.ingest.values import DateOrder, DayNumbers, HowWritten, read_date
from earlyhelp.reports.wording import in_words

_ORDERS = {
    DateOrder.DAY_FIRST: ("The day stands first", "31/03/2025 is 31 March 2025"),
    DateOrder.MONTH_FIRST: ("The month stands first", "03/31/2025 is 31 March 2025"),
}
_NUMBERS = {
    DayNumbers.SINCE_1900: ("Days, as Excel counts them", "45383 is 1 April 2024"),
    DayNumbers.SINCE_1904: ("Days, as Excel for the Mac once counted them", "43921 is 1 April 2024"),
    DayNumbers.NO_DATES: ("No dates: they are told as faulty", ""),
}
"""Each answer in words, and how an invented date reads by it, for whoever may not see those of the file."""


def how_written(value: str) -> HowWritten:
    """The answer that a field's value stands for. Raises ValueError for none."""
    return DateOrder(value) if value in list(DateOrder) else DayNumbers(value)


def date_field(asked: Mapping[str, Any]) -> forms.ChoiceField:
    """The question of one column: nothing is chosen beforehand but what most dates speak for, or what was said before."""
    heading, is_order = asked["heading"], asked["asks"] == Asks.ORDER
    question = "which stands first, the day or the month?" if is_order else "what are the numbers under it?"
    wanted = "which stands first, the day or the month" if is_order else "what its numbers are"
    return forms.ChoiceField(
        label=f"{heading}: {question}",
        help_text=f"{_why(asked, is_order)} For example: {'; '.join(asked['examples'])}.",
        choices=_choices(asked["examples"], _ORDERS if is_order else _NUMBERS),
        initial=asked["likely"],
        widget=forms.RadioSelect,
        error_messages={"required": f"{heading}: say {wanted}.", "invalid_choice": f"{heading}: say {wanted}."},
    )


def _why(asked: Mapping[str, Any], is_order: bool) -> str:
    rows = f"{asked['rows']:,} row{'s' * (asked['rows'] != 1)}"
    if not is_order:
        return f"In {rows} a number stands where a date is expected."
    if asked["likely"] == DateOrder.MONTH_FIRST:
        return f"Some of its dates have the month first; {rows} could be read either way, or are of that kind."
    return f"{rows[0].upper()}{rows[1:]} could be read either way, and nothing in the column settles it."


def _choices(examples: Sequence[str], answers: Mapping[Any, tuple[str, str]]) -> list[tuple[str, str]]:
    """The answers, each with what the first example means by it."""
    told = []
    for answer, (words, invented) in answers.items():
        reads = _reads(examples, answer) or (f"for example {invented}" if invented else "")
        told.append((str(answer), f"{words}: {reads}" if reads else words))
    return told


def _reads(examples: Sequence[str], answer: HowWritten) -> str:
    """What the first example that is a date by this answer means; nothing where what is shown is its shape alone."""
    for text in examples:
        day = read_date(text, answer).value if isinstance(answer, DateOrder) else read_date(text, numbers=answer).value
        if day:
            return f"{text} is {in_words(day)}"
    return ""
