"""Outcome tools as the measures need them: SQL for the way each scale points, and which tools tell how young children develop."""

from __future__ import annotations

from collections.abc import Iterator

from earlyhelp.standard.scales import Scale
from earlyhelp.standard.sql import literal

TWO_YEAR_REVIEW = ("asq", "asq-3", "asq 3", "ages and stages questionnaire", "2-year review", "two-year review")
"""Names of tools, in small letters, with which health visitors review children at two to two and a half."""
GOOD_LEVEL = ("gld", "good level of development")
"""Names, in small letters, of the good level of development at the end of reception."""


def scales_sql(*scales: Scale) -> str:
    """SQL rows of tool, domain (both in small letters, '' for every domain), lowest, highest and +1 or -1 for better."""
    return ",\n            ".join(_rows(scales))


def _rows(scales: tuple[Scale, ...]) -> Iterator[str]:
    for scale in scales:
        way = 1 if scale.higher_is_better else -1
        for tool in scale.tools:
            yield (f"({literal(tool)}, {literal(scale.domain.lower())}, {scale.lowest}, {scale.highest}, {way})")
