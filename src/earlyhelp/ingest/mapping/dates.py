"""What the dates of a file do not tell by themselves: whether the day or the month stands first, what bare numbers and years of
two digits are.

Nothing is guessed here: a column that leaves it open is asked about, and what somebody answers is kept in the map.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from earlyhelp.ingest.cells import could_be_two_days, in_both_orders, orders_told, tidied
from earlyhelp.ingest.codes import is_blank_word
from earlyhelp.ingest.mapping.saved import SavedList
from earlyhelp.ingest.values import (
    DateOrder,
    DayNumbers,
    HowWritten,
    ShortYears,
    day_and_month,
    has_short_year,
    is_day_number,
)
from earlyhelp.standard import Column, Date, DateTime

EXAMPLES = 3
"""Dates of a column by which a question about it is shown."""


class Asks(StrEnum):
    """What is asked of a column of dates."""

    ORDER = "order"
    NUMBERS = "numbers"
    YEARS = "years"


@dataclass(frozen=True)
class DateQuestion:
    """What the dates under a heading leave open. `rows`: how many hold such a date; `examples`: the most frequent of them.

    `likely`: what most dates speak for, or what was said before; None where nothing speaks for either.
    """

    heading: str
    column: Column
    asks: Asks
    rows: int
    examples: tuple[str, ...]
    likely: HowWritten | None


def questions_of(
    heading: str, column: Column, times: Mapping[str, int], said: Sequence[HowWritten] = ()
) -> Iterator[DateQuestion]:
    """What is to be asked about the dates under one heading; nothing for a column that holds none.

    `times`: how often each text stands there. `said`: what is known of it already.
    """
    if column.type not in (Date, DateTime):
        return
    texts = {tidied(text): rows for text, rows in times.items() if not is_blank_word(tidied(text))}
    unclear, likely = _order(texts)
    if unclear:
        known = next((each for each in said if isinstance(each, DateOrder)), likely)
        yield _question(heading, column, Asks.ORDER, unclear, known)
    numbers = {text: rows for text, rows in texts.items() if is_day_number(text)}
    if numbers:
        told = next((each for each in said if isinstance(each, DayNumbers)), None)
        yield _question(heading, column, Asks.NUMBERS, numbers, told)
    short = {text: rows for text, rows in texts.items() if has_short_year(text)}
    if short:
        years = next((each for each in said if isinstance(each, ShortYears)), ShortYears.LAST)
        yield _question(heading, column, Asks.YEARS, short, years)


def with_years(saved: SavedList, asked: Sequence[DateQuestion]) -> SavedList:
    """The list with years of two digits taken for the last that end so, where it says nothing of them yet.

    No event of children's services and hardly a life lies a century back: whoever accepts the proposals accepts this.
    """
    open_years = [each.heading for each in asked if each.asks is Asks.YEARS]
    said = {heading: saved.dates.get(heading, ()) for heading in open_years}
    silent = {heading: how for heading, how in said.items() if not any(isinstance(each, ShortYears) for each in how)}
    return saved.with_dates({heading: (*how, ShortYears.LAST) for heading, how in silent.items()})


def _question(
    heading: str, column: Column, asks: Asks, texts: Mapping[str, int], likely: HowWritten | None
) -> DateQuestion:
    often = sorted(texts, key=lambda text: (-texts[text], text))
    return DateQuestion(heading, column, asks, sum(texts.values()), tuple(often[:EXAMPLES]), likely)


def _order(texts: Mapping[str, int]) -> tuple[dict[str, int], DateOrder | None]:
    """The texts that could be two days, where the others do not settle that the day stands first; and what those speak for.

    A column that tells of both orders speaks for neither, unless most of it has the month first.
    """
    day_first, month_first = orders_told(texts)
    if day_first > month_first and not in_both_orders(day_first, month_first):
        return {}, None
    unclear = {text: texts[text] for text in sorted(could_be_two_days(texts))}
    if month_first > day_first:
        pairs = {text: pair for text in texts if (pair := day_and_month(text))}
        telling = {text: texts[text] for text, (first, second) in pairs.items() if second > 12 >= first}
        return unclear or telling, DateOrder.MONTH_FIRST
    return unclear, None
