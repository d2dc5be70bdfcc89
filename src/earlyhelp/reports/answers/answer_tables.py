"""The table of an answer as tables to read: one for each kind of row, its cells in words, its columns by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from earlyhelp.reports.answers.prepared import Reply
from earlyhelp.reports.blocks import TableBlock
from earlyhelp.reports.wording import IN_WORDS, in_words, split_words

Row = Mapping[str, Any]
KINDS = {
    "ward": "Wards",
    "small_area": "Small areas",
    "ending": "How waits ended",
    "scenario": "The list played on",
    "shock": "What followed each kind of sign",
    "how soon": "How soon, all kinds taken together",
    "month": "Month by month around the sign",
    "demand": "Its share of demand",
    "rule": "How the plain rule would have done",
    "sequence": "What came before step-ups",
    "recorded": "What was recorded before them",
    "missed": "Year by year: what may have been missed",
    "unseen": "Step-ups of which nothing had been recorded",
    "watched": "Watched for a rise",
}
"""Each kind of row as the caption of its table."""
NAMES = {
    "in_words": "figure",
    "period_end": "up to",
    "n_treated": "families offered it",
    "observed": "families helped",
    "group_by_own_pattern": "by the council's own pattern",
    "probability_among_worst": "chance to be among the worst",
    "probability_by_notifications": "the same by notifications alone",
    "repeat": "told of again within 12 months",
    "may_be_hidden": "may be hidden from the police",
    "like_share": "of families like them",
    "request_like": "of families like them",
    "within_3": "within 3 months",
    "within_6": "within 6 months",
    "within_12": "within 12 months",
    "of_100": "of 100 families with it",
    "precision": "of those listed, came within 12 months",
    "recall": "of those who came, had been listed",
    "shrunken": "drawn towards the council's",
    "shocks": "families with the sign",
}
_HIDDEN = {"about", "level", "numerator", "denominator", "status", "service_id", "school_urn"}
_SHARES = {
    "share", "like_share", "within_3", "within_6", "within_12", "request", "request_like", "beyond", "precision", "recall",
    "of_all_families", "repeat", "low_income_share", "shrunken", "share_clear",
}  # fmt: skip
_CHANGES = {"change", "change_a_year"}
"""Of shares: told in points, with their sign."""
_WHOLE = {"group": "all", "period": "all days"}
"""What an empty cell of a column that describes a figure means."""
NOTHING = "no data"


def tables_of(caption: str, reply: Reply) -> list[TableBlock]:
    """A table for each run of rows with the same columns; none where the answer has no rows. caption: where a kind has none."""
    return [
        _table(caption, [*rows], reply.printed) for _, rows in groupby(reply.table, key=lambda row: (*row, _kind(row)))
    ]


def _kind(row: Row) -> str:
    return str(row.get("about") or row.get("level") or "")


def _table(caption: str, rows: Sequence[Row], printed: Sequence[str]) -> TableBlock:
    columns = [name for name in _columns(rows[0], printed) if any(row[name] not in (None, "") for row in rows)]
    columns = columns or list(rows[0])[:1]
    kind = _kind(rows[0])
    words = KINDS.get(kind, f"{caption} By {kind}" if kind else caption)
    cells = tuple(tuple(cell(name, row) for name in columns) for row in rows)
    figures = tuple(place for place, name in enumerate(columns) if place and _is_figure(name, rows))
    return TableBlock(words, tuple(heading(each) for each in columns), cells, figures)


def _columns(row: Row, printed: Sequence[str]) -> list[str]:
    hidden = _HIDDEN | {name.removesuffix("_label") for name in row if name.endswith("_label")}
    if "in_words" in row:
        hidden |= {"value", "lower", "upper"} | {name for name, value in row.items() if isinstance(value, list)}
    wanted = [name for name in printed if name in row] or list(row)
    told = [*(name for name in ("kind",) if name in row and name not in wanted), *wanted]
    told += ["certificate"] if "certificate" in row and "certificate" not in told else []
    return [name for name in told if name not in hidden]


def _is_figure(name: str, rows: Sequence[Row]) -> bool:
    told = [row[name] for row in rows if row[name] is not None]
    return name == "in_words" or all(isinstance(each, int | float) and not isinstance(each, bool) for each in told)


def heading(name: str) -> str:
    """A column's heading in words."""
    return NAMES.get(name) or NAMES.get(name.removesuffix("_label")) or split_words(name.removesuffix("_label"))


def cell(name: str, row: Row) -> str:
    """A cell in words; where there is no value, which of the four it is."""
    value = row[name]
    if value is None or value == "":
        return _nothing(name, row)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, list | tuple):
        return ", ".join(NOTHING if each is None else str(each) for each in value)
    return _number(name, value, row) if isinstance(value, int | float) else str(value)


def _nothing(name: str, row: Row) -> str:
    """What stands in a cell without a value: of all groups or days, no interval, or which of the four it is."""
    if name in _WHOLE:
        return _WHOLE[name]
    told = {str(status): words for status, words in IN_WORDS.items()}
    is_bound = name.endswith(("lower", "upper"))
    return told.get(str(row.get("status", "")), "none" if is_bound else NOTHING)


def _bounded(name: str, row: Row) -> str:
    """What a column is a bound of; any other column itself."""
    if name in ("lower", "upper"):
        return next((each for each in ("change", "share") if each in row), name)
    return name.removesuffix("_lower").removesuffix("_upper")


def _number(name: str, value: float, row: Row) -> str:
    name = _bounded(name, row)
    if name.startswith("probability"):
        return _in_a_hundred(value)
    if name in _CHANGES:
        return f"{100 * value:+.1f} points"
    if name in _SHARES or (name == "expected" and "share" in row) or (name == "accepted" and _kind(row) == "month"):
        return f"{value:.1%}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def _in_a_hundred(chance: float) -> str:
    whole = round(100 * chance)
    return "over 99 in 100" if whole > 99 else "under 1 in 100" if whole < 1 else f"{whole} in 100"
