"""Everything that can be wrong with a row or a value on the way in: what was expected, what to do, and how grave it is.

`error`: the row is in quarantine. `warning`: the row is in; the value is missing or doubtful and on the fix-list.
`note`: the value was rewritten and means the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One rule of intake, in words for the person who can mend it."""

    rule: str
    expected: str
    fix: str
    severity: str = "warning"


_DATE = "a date such as 31/03/2024 or 2024-03-31"

PROBLEMS: dict[str, Problem] = {
    each.rule: each
    for each in (
        Problem("missing_key", "an id", "Fill in the id in the source system and extract again.", "error"),
        Problem("missing_date", _DATE, "Fill in the date of the event in the source system.", "error"),
        Problem(
            "total_row",
            "one line of the list, and not the sum of others",
            "Nothing is lost: what it sums up is in. Leave totals out of the extract, so that nobody has to tell them apart.",
            "error",
        ),
        Problem("missing_column", "the column under its published heading", "Add the column to the extract.", "error"),
        Problem(
            "unknown_kind",
            "a kind of row that this source is known to hold",
            "Leave rows of this kind out of the extract, or give them the usual name of their kind.",
            "error",
        ),
        Problem(
            "not_of_the_profile",
            "a row as the publisher's profile describes it",
            "Correct it where it is kept; the publisher's own validator names the same faults.",
            "error",
        ),
        Problem(
            "erased",
            "no row about somebody whose data were erased from this workspace",
            "Nothing to mend here: ask why the source system still holds the person.",
            "error",
        ),
        Problem("ragged_row", "as many fields as there are headings", "Look for a delimiter inside a value.", "error"),
        Problem("unclosed_quote", "quotation marks in pairs", "Remove or double the stray quotation mark.", "error"),
        Problem(
            "impossible_date",
            "a day that exists, from 1900 to ten years ahead",
            "Correct the date in the source system.",
        ),
        Problem(
            "two_digit_year",
            "a year of four digits",
            "Export dates with a year of four digits, or say of the heading in its map that its years are the last that end so: "
            "short-years, under [list.dates].",
        ),
        Problem(
            "placeholder_date",
            "a day on which something happened",
            "Nothing to mend: systems write this day where they know none. It is read as no day.",
            "note",
        ),
        Problem(
            "day_and_month_swapped",
            "day before month, as in 31/03/2024",
            "Correct the date, or say date_order = 'month-first' for this source in council.toml.",
        ),
        Problem(
            "ambiguous_date",
            "a column with one order of day and month",
            "Dates of this column put the month first, so that this one could be two days. Export dates as 2024-03-31, or, if "
            "all are in one order, say date_order for this source in council.toml or in its map.",
        ),
        Problem(
            "half_converted_date",
            "a column of dates that no program has turned round",
            "Every real date of this column falls on the 12th or earlier, and every text on the 13th or later: Excel took the "
            "texts it could for dates with the month first, so that this one may be turned round. Export again and open it in "
            "nothing before it is loaded, or, if the dates are right, say date_order for this source in council.toml or its map.",
        ),
        Problem("not_a_date", _DATE, "Correct the value in the source system."),
        Problem("not_yes_or_no", "yes or no", "Correct the value in the source system."),
        Problem("not_a_number", "a number", "Correct the value in the source system."),
        Problem("not_a_whole_number", "a whole number", "Correct the value in the source system."),
        Problem(
            "not_a_year",
            "two years that follow each other, such as 2024-25",
            "Write the year as 2024-25: one year alone may be the one in which it begins or the one in which it ends.",
        ),
        Problem("not_a_postcode", "a postcode such as SW18 2PU", "Correct the postcode in the source system."),
        Problem("spreadsheet_error", "a value", "Mend the formula in the workbook and save it again."),
        Problem("unmapped_value", "a code or label of the list", "Map the word to a code: earlyhelp map."),
        Problem("blank_required", "a value", "Fill in the value in the source system."),
        Problem("repeated_key", "one row for each id", "The last row is used; remove the others or mend the ids."),
        Problem(
            "repeated_line",
            "each line once",
            "The same amount stands above: both are added up. Remove one if it is one payment.",
        ),
        Problem("repeated_row", "each row once", "The row stands above, sign for sign: both count as one."),
        Problem(
            "may_be_total",
            "one line of the list, and not the sum of others",
            "A cell of it says total, and its numbers are not the sums of those above: leave it out of the extract if it is one.",
        ),
        Problem("before_other_date", "dates in their order", "Correct whichever date is wrong."),
        Problem("out_of_range", "a value within its range", "Correct the value in the source system."),
        Problem("above_other_number", "no more than the number beside it", "Correct whichever number is wrong."),
        Problem("wrong_shape", "the usual shape of this value", "Correct the value in the source system."),
        Problem("not_valid_in_year", "a code in use in that year", "Check the code against the year's code list."),
        Problem(
            "after_extract_date", "a date on or before the extract was made", "Check the date, or the extract date."
        ),
        Problem("left_out", "all that is needed for this further fact", "The row is in; this fact of it is not."),
        Problem(
            "expected_birth",
            "a date of birth in the past",
            "Kept as the expected date of birth of an unborn child.",
            "note",
        ),
        Problem("date_rewritten", _DATE, "Read as meant; export dates as dates to be sure.", "note"),
    )
}


def problem(rule: str) -> Problem:
    """The declared problem of that name."""
    return PROBLEMS[rule]
