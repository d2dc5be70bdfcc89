"""How a printed table's columns share its width, by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

_EDGE = 4
"""Room that a column needs beside its text, in characters."""
_LONGEST_WORD, _LONGEST_TEXT = 28, 240
"""A longer word may be broken; a longer text asks for no more room, for it runs over lines in any case."""
_WIDER = 0.3
"""By how much of a character."""
_ONE_LINE = 34
"""Up to so much, with its edges, a column is given before longer texts take what is left."""


def column_widths(head: Sequence[str], rows: Sequence[Sequence[str]], characters: int) -> list[float]:
    """The share of each column in the table's width; together 1.

    characters: how many fit into the whole width. Each column has room for its longest word. Where a little more for
    each keeps the shorter texts on one line, they have it; the rest goes to the others, as their texts are longer (after the
    automatic layout of tables: CSS 2.2, 17.5.2.2). Words at the head may run over lines.
    """
    columns = [column[1:] for column in zip(head, *rows, strict=True)]
    bold = [_longest_word(name) + 1 for name in head]
    words = [max([name, *map(_longest_word, column)]) for name, column in zip(bold, columns, strict=True)]
    least = [_EDGE + min(word, _LONGEST_WORD) for word in words]
    texts = [_EDGE + min(max(map(_length, column), default=0), _LONGEST_TEXT) for column in columns]
    most = [max(low, text) for low, text in zip(least, texts, strict=True)]
    first = [max(low, min(high, _ONE_LINE)) for low, high in zip(least, most, strict=True)]
    heads = [max(high, _EDGE + len(name)) for high, name in zip(most, head, strict=True)]
    given: Sequence[float] = first if sum(first) <= characters else least
    for wanted in (most, heads):
        given = _grown(given, wanted, characters)
    return [each / sum(given) for each in given]


def _grown(widths: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Each width nearer to what is wanted, all by the same share of the way: as far as the room goes."""
    wishes = [high - low for low, high in zip(widths, wanted, strict=True)]
    spare = max(room - sum(widths), 0)
    share = min(spare / (sum(wishes) or 1), 1.0)
    return [low + share * wish for low, wish in zip(widths, wishes, strict=True)]


def _longest_word(text: str) -> float:
    return max(map(_length, text.split()), default=0)


def _length(text: str) -> float:
    """In characters of a common width: digits and capitals are wider."""
    return len(text) + _WIDER * sum(each.isdigit() or each.isupper() for each in text)
