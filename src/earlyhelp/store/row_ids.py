"""How rows are numbered in the whole store: by the feed they came in, the part of its file, the fill, and their place there.

Rows of a later feed have higher numbers, and within a feed later rows of a part.
"""

from __future__ import annotations

_PARTS, _FILLS, _ROWS = 1 << 10, 1 << 4, 1 << 32
"""More parts in a file, fills of a part and rows of a fill than there can be: they share the digits of a number."""
ROWS_OF_A_FEED = _PARTS * _FILLS * _ROWS
"""How far the numbers of two feeds in turn lie apart: the remainder is a row's place within its feed."""


def before_first_row(feed: int, part: int, fill: int) -> int:
    """What to add to the number of a row in its part, which begins at 1."""
    return ((feed * _PARTS + part) * _FILLS + fill) * _ROWS


def place_sql(row_id: str) -> tuple[str, str, str]:
    """SQL for the part, the fill and the number of the row in its part that a row's number is made of."""
    within = f"({row_id} % {ROWS_OF_A_FEED})"
    return f"{within} // {_FILLS * _ROWS}", f"({within} // {_ROWS}) % {_FILLS}", f"{within} % {_ROWS}"
