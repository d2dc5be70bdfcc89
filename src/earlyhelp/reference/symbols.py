"""What publishers print where there is no figure. Each kind of nothing stays what it is, and none of them is zero."""

from __future__ import annotations

from dataclasses import dataclass

OK = "ok"
SUPPRESSED = "suppressed"
NOT_AVAILABLE = "not_available"
NOT_APPLICABLE = "not_applicable"
UNRELIABLE = "unreliable"
LOW = "low"
MISSING = "missing"
MISSING_OR_SUPPRESSED = "missing_or_suppressed"


@dataclass(frozen=True)
class Symbol:
    """One sign in place of a figure: as printed, the status it gets here, and what its publisher means by it."""

    printed: str
    status: str
    meaning: str


SYMBOLS = (
    Symbol("", MISSING, "The cell is blank: nothing was given, and nothing says why."),
    Symbol("c", SUPPRESSED, "Confidential: there is a figure, withheld to protect people."),
    Symbol("k", LOW, "Above zero, but it rounds to zero."),
    Symbol("u", UNRELIABLE, "Withheld because what was reported is not reliable."),
    Symbol("x", NOT_AVAILABLE, "Not available: not collected, not returned, or the authority did not exist."),
    Symbol(":", NOT_AVAILABLE, "Not available (older releases)."),
    Symbol("z", NOT_APPLICABLE, "Not applicable: such a figure cannot exist."),
    Symbol(".", NOT_APPLICABLE, "Not applicable (older releases)."),
)
"""The signs of the Government Statistical Service's guidance on symbols in tables and of the education department's releases."""

DASH = Symbol("-", MISSING_OR_SUPPRESSED, "Missing or suppressed: the publisher prints one sign for both.")

STATUSES = (OK, *dict.fromkeys(symbol.status for symbol in (*SYMBOLS, DASH)))
"""Every status a figure can have; only `ok` comes with a value."""


def value_sql(number: str) -> str:
    """SQL for a number that is finite; NULL for what a cell such as `NaN` or `inf` would become."""
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def symbol_sql(printed: str) -> str:
    """SQL for the sign that is printed, without the blanks and brackets newer releases put around it: `[c]` gives `c`."""
    return f"regexp_replace(trim(coalesce({printed}, '')), '^\\[(.*)\\]$', '\\1')"


def status_sql(symbol: str, symbols: tuple[Symbol, ...]) -> str:
    """SQL for the status that a sign gives; NULL for a sign nobody declared."""
    kinds = " ".join(f"WHEN '{each.printed}' THEN '{each.status}'" for each in symbols)
    return f"CASE {symbol} {kinds} END"
