"""From the text of a cell to a typed value: which reader goes with which type, and what counts as nothing or as an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from earlyhelp.ingest.codes import BLANK_WORDS, code_reader, is_blank_word, spelling
from earlyhelp.ingest.grid import SPREADSHEET_ERRORS
from earlyhelp.ingest.values import (
    EARLIEST_YEAR,
    USUALLY,
    DateOrder,
    Written,
    day_and_month,
    read_boolean,
    read_date,
    read_integer,
    read_moment,
    read_number,
    read_postcode,
    read_year,
)
from earlyhelp.standard import Boolean, CodeType, Date, DateTime, Integer, Key, Number, Postcode, Text, Type, Year, sql

Reading = tuple[Any, str | None]
Reader = Callable[[str], Reading]
LONGEST_READ = 1_000
"""Signs of a text that are looked at for a date, a number or a code; what is longer is none, and looking takes time."""
HARD_SPACE = "\u00a0"
WHITE_SPACE = " \t\r\n\u200b\ufeff"
SLIPS = 0.01
"""Share of the dates that tell their order up to which those in the other order are slips of the pen."""

_FEWEST_CONVERTED = 6
"""Different real dates, and different texts beside them, from which a column can look half converted."""

PLACEHOLDERS = frozenset({date(1900, 1, 1), date(2999, 12, 31), date(3000, 12, 31), date(9999, 12, 31)})
"""Days that systems write where they know none: the first that theirs can hold, and the last for what has not ended."""
_FULL_DATE = r"(19\d\d|20\d\d)-\d\d-\d\d"
_TIME = r"[ T]\d\d:\d\d:\d\d(\.\d{1,6})?"


class Dates(NamedTuple):
    """How the dates of a column are read.

    `latest`: the latest day that is taken for one; `ahead`: the last day to which a year of two digits may belong. `of_birth`:
    they are days of birth, of which 1 January 1900 stands for a day that nobody knew, and is a fault to mend.
    """

    latest: date
    written: Written = USUALLY
    ahead: date | None = None
    of_birth: bool = False


def at_once(kind: Type, latest: date) -> str:
    """SQL that reads the plain spellings of a type without Python (ISO dates, bare numbers); NULL for all others."""
    latest_day = sql.literal(latest)
    no_placeholder = f"cell[:10] NOT IN ({sql.listed([day.isoformat() for day in sorted(PLACEHOLDERS)])})"
    plain = {
        Date: (
            rf"{_FULL_DATE}({_TIME})?",
            f"CASE WHEN try_cast(cell[:10] AS DATE) <= {latest_day} AND {no_placeholder} THEN try_cast(cell[:10] AS DATE) END",
        ),
        DateTime: (rf"{_FULL_DATE}{_TIME}", f"CASE WHEN {no_placeholder} THEN try_cast(cell AS TIMESTAMP) END"),
        Number: (r"-?\d{1,15}(\.\d{1,9})?", "try_cast(cell AS DOUBLE)"),
        Integer: (r"-?\d{1,15}", "try_cast(cell AS BIGINT)"),
    }
    if kind not in plain:
        return f"CAST(NULL AS {kind.duckdb})"
    pattern, value = plain[kind]
    return f"CASE WHEN regexp_full_match(cell, '{pattern}') THEN {value} END"


def reader_of(
    kind: Type,
    dates: Dates,
    doubtful: Mapping[str, str] = MappingProxyType({}),
    saved: Mapping[str, str] | None = None,
) -> Reader:
    """How a text becomes a value of that type. A blank word is a missing value; an Excel error is a problem.

    `doubtful`: texts that are not read, each with the problem that stands in the way. `saved`: the council's own words with
    their codes; a word that stands there is no blank.
    """
    plain = _plain_reader(kind, dates, saved)

    def read(text: str) -> Reading:
        if text in SPREADSHEET_ERRORS:
            return None, "spreadsheet_error"
        if is_blank_word(text) and not (saved and spelling(text) in saved):
            return None, None
        if text in doubtful:
            return None, doubtful[text]
        return plain(text if kind in (Key, Text) else text[:LONGEST_READ])

    return read


def shaped_reader(pattern: str) -> Reader:
    """A text as it stands; one without the usual shape is a problem and stays."""
    shape = re.compile(pattern)

    def read(text: str) -> Reading:
        if text in SPREADSHEET_ERRORS:
            return None, "spreadsheet_error"
        if is_blank_word(text):
            return None, None
        return text, None if shape.fullmatch(text) else "wrong_shape"

    return read


def _plain_reader(kind: Type, dates: Dates, saved: Mapping[str, str] | None) -> Reader:
    if isinstance(kind, CodeType):
        return code_reader(kind, saved)
    readers: dict[Type, Reader] = {
        Key: lambda text: (text, None),
        Text: lambda text: (text, None),
        Date: lambda text: _date_reading(text, dates),
        DateTime: lambda text: _as_told(read_moment(text, dates.written, dates.ahead), dates),
        Boolean: read_boolean,
        Integer: read_integer,
        Number: read_number,
        Postcode: read_postcode,
        Year: read_year,
    }
    return readers[kind]


def _date_reading(text: str, dates: Dates) -> Reading:
    value, problem = _as_told(read_date(text, dates.written, dates.ahead), dates)
    rewritten = day_and_month(text) is None and not text[:4].isdigit()
    serial = text.replace(".", "").isdigit()
    return value, "date_rewritten" if value and (rewritten or serial) else problem


def _as_told(found: tuple[Any, str | None], dates: Dates) -> Reading:
    """The day that was read, unless it stands for none or lies too far ahead."""
    value, problem = found
    day = value.date() if isinstance(value, datetime) else value
    if day in PLACEHOLDERS and not (dates.of_birth and day.year == EARLIEST_YEAR):
        return None, "placeholder_date"
    return (None, "impossible_date") if day and day > dates.latest else (value, problem)


def orders_told(times: Mapping[str, int]) -> tuple[int, int]:
    """How many dates of a column can only have the day first, and how many only the month; `times`: as for `unclear_dates`."""
    pairs = {text: pair for text in times if (pair := day_and_month(text))}
    day_first = sum(times[text] for text, (first, second) in pairs.items() if first > 12 >= second)
    month_first = sum(times[text] for text, (first, second) in pairs.items() if second > 12 >= first)
    return day_first, month_first


def in_both_orders(one: int, other: int) -> bool:
    """True where dates that tell their order tell of both, and the fewer are too many for slips of the pen.

    One that is outnumbered is a slip, and so is one in a hundred: who types 13 for 12 has no other order in mind.
    """
    fewer = min(one, other)
    return fewer > 0 and (one == other or (fewer > 1 and fewer > SLIPS * (one + other)))


def doubtful_dates(times: Mapping[str, int], order: DateOrder, *, said: bool = False) -> dict[str, str]:
    """The texts of a date column that are not to be read, each with its problem; arguments as for `unclear_dates`."""
    converted = frozenset[str]() if said else half_converted(times)
    unclear = unclear_dates(times, order, said=said)
    return {**dict.fromkeys(converted, "half_converted_date"), **dict.fromkeys(unclear, "ambiguous_date")}


def half_converted(times: Mapping[str, int]) -> frozenset[str]:
    """The real dates (written year first) of a column in which Excel has taken texts for dates with the month first.

    It makes 4 March of the text 03/04/2024, and leaves 25/04/2024, which has no such month, as text. So of a column that it
    half converted every real date falls on the 12th or earlier, and no text does: of six and six that came about otherwise
    fewer than one in four thousand look so. Real dates with one number for day and month are right either way.
    """
    texts = [pair for text in times if (pair := day_and_month(text))]
    real = {text: (int(text[8:10]), int(text[5:7])) for text in times if re.match(_FULL_DATE, text)}
    if min(len(texts), len(real)) < _FEWEST_CONVERTED or any(max(pair) <= 12 for pair in texts):
        return frozenset()
    if any(day > 12 for day, _ in real.values()):
        return frozenset()
    return frozenset(text for text, (day, month) in real.items() if day != month)


def unclear_dates(times: Mapping[str, int], order: DateOrder, *, said: bool = False) -> frozenset[str]:
    """The texts of a date column that could be two days, where the rest of the column speaks against its order.

    `times`: how often each text stands in the column. Dates with a number above 12 tell the order. Where a column tells of
    both orders, or of the other one, the dates that tell nothing are not guessed at. `said`: somebody has said that the
    column is in this order: then it is taken so, unless at least as many dates contradict it as bear it out.
    """
    day_first, month_first = orders_told(times)
    against, bearing = (month_first, day_first) if order is DateOrder.DAY_FIRST else (day_first, month_first)
    outvoted = 0 < against >= bearing
    if not outvoted and (said or not in_both_orders(against, bearing)):
        return frozenset()
    return could_be_two_days(times)


def could_be_two_days(times: Mapping[str, int]) -> frozenset[str]:
    """The texts of a column that are one day with the day first and another with the month first."""
    pairs = {text: pair for text in times if (pair := day_and_month(text))}
    return frozenset(text for text, (one, other) in pairs.items() if one <= 12 and other <= 12 and one != other)


def trimmed(cell: str) -> str:
    """SQL for the text of a raw cell without white space around it; empty is NULL, and a space that may not break a space."""
    return f"nullif(trim(replace({cell}, '{HARD_SPACE}', ' '), '{WHITE_SPACE}'), '')"


def tidied(text: str) -> str:
    """What `trimmed` makes of a text, in Python."""
    return text.replace(HARD_SPACE, " ").strip(WHITE_SPACE)


def may_need_care(cell: str, kind: Type, plain: bool = False) -> str:
    """SQL, cheap and never wrongly false: True for a cell that `with_care` could read otherwise than as it stands.

    That is a text that begins with white space, "#" or a letter beyond ASCII, ends with white space, or holds a space that
    may not break (none of which is in a `plain` grid); and for keys a word that stands for nothing.
    """
    ends = " OR ".join(f"ends_with({cell}, {sql.literal(mark)})" for mark in WHITE_SPACE)
    edges = f"{may_begin_with_space(cell)} OR starts_with({cell}, '#') OR {ends} OR contains({cell}, '{HARD_SPACE}')"
    looks = [] if plain else [edges]
    looks += [_stands_for_nothing(cell)] if kind is Key else []
    return " OR ".join(looks) or "FALSE"


def may_begin_with_space(cell: str) -> str:
    """SQL, cheap and never wrongly false: True for a cell that begins with white space of any kind."""
    return f"({cell} < '!' OR {cell} > '~')"


def _stands_for_nothing(cell: str) -> str:
    """SQL that is true for a word that stands for nothing; by its first sign most are known for none without lowering them."""
    first = {ord(sign) for word in BLANK_WORDS if word for sign in (word[0], word[0].upper())}
    likely = f"ascii({cell}) IN ({', '.join(map(str, [0, *sorted(first)]))})"
    return f"CASE WHEN {likely} THEN lower({cell}) IN ({sql.listed(sorted(BLANK_WORDS))}) ELSE FALSE END"


def with_care(cell: str, kind: Type) -> str:
    """SQL for a cell read as text: trimmed, an Excel error is no text, and a key that says "NULL" is no key."""
    text = trimmed(cell)
    missing = f"{text} IN ({sql.listed(SPREADSHEET_ERRORS)})"
    missing += f" OR {_stands_for_nothing(text)}" if kind is Key else ""
    return f"CASE WHEN {missing} THEN NULL ELSE {text} END"


SHAPE = (
    "left(regexp_replace(regexp_replace(regexp_replace({cell}, '\\p{{N}}', '9', 'g'), "
    "'\\p{{Lu}}', 'A', 'g'), '[^\\P{{L}}A]', 'a', 'g'), 24)"
)
"""SQL that masks a value as `values.shape` does."""
